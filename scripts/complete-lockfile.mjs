/**
 * Completes package-lock.json after `npm install`: adds the packages of other platforms that the registry in use does not carry.
 * Usage: node scripts/complete-lockfile.mjs [LOCKFILE]
 *
 * npm leaves an optional dependency out of the lockfile when it cannot fetch it, and `npm ci` then refuses the lockfile as out of step.
 * An added entry has the version that its parent asks for and no hash; npm never installs it on another platform than its own.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const OS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32']
const CPU = ['arm64', 'x64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x']

/**
 * Adds what is missing to a parsed lockfile, in place; answers with the places that were added.
 *
 * @param {{ packages: Record<string, any> }} lock
 * @returns {string[]}
 */
export function complete(lock) {
  const added = []
  for (const [place, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (resolves(lock.packages, place, name)) continue
      if (!/^\d+\.\d+\.\d+[\w.+-]*$/.test(version))
        throw new Error(`${place} asks for ${name} ${version}: only exact versions can be added`)
      const at = `node_modules/${name}`
      lock.packages[at] = { version, ...platform(name), ...(entry.dev ? { dev: true } : {}), optional: true }
      added.push(at)
    }
  }
  const [root, ...rest] = Object.entries(lock.packages)
  lock.packages = Object.fromEntries([root, ...rest.sort(([a], [b]) => a.localeCompare(b, 'en'))])
  return added
}

/** True when a package finds `name` as Node would: in its own node_modules, or in one above it. */
function resolves(packages, place, name) {
  for (let at = place; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (packages[`${at === '' ? '' : `${at}/`}node_modules/${name}`] !== undefined) return true
    if (at === '') return false
  }
}

/** The platform that a package's name ends with. */
function platform(name) {
  const words = name.split(/[/-]/)
  const os = OS.find((word) => words.includes(word))
  const cpu = CPU.find((word) => words.includes(word))
  if (os === undefined || cpu === undefined)
    throw new Error(`cannot tell the platform of ${name}: this package is missing for another reason`)
  if (os === process.platform && cpu === process.arch && !name.endsWith('-musl'))
    throw new Error(`${name} is of this very platform and must be installed`)
  const musl = words.some((word) => word.startsWith('musl'))
  return { cpu: [cpu], ...(os === 'linux' ? { libc: [musl ? 'musl' : 'glibc'] } : {}), os: [os] }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const file = process.argv[2] ?? join(dirname(dirname(fileURLToPath(import.meta.url))), 'package-lock.json')
  const lock = JSON.parse(readFileSync(file, 'utf8'))
  const added = complete(lock)
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
  process.stdout.write(`${added.length} packages of other platforms added\n`)
}
