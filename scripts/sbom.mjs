/**
 * Writes the bill of materials of what users install (CycloneDX 1.5), from the lockfile alone: `npm run sbom [-- FILE]`, by default to out/sbom.cdx.json. The same lockfile gives the same bytes.
 * (`npm sbom` leaves out packages that are also somebody's peer.)
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const to = resolve(root, process.argv[2] ?? 'out/sbom.cdx.json')
const { name, version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))

const PREFIX = 'node_modules/'
const nameAt = (path) => packages[path].name ?? path.slice(path.lastIndexOf(PREFIX) + PREFIX.length)
const refOf = (path) => `${nameAt(path)}@${packages[path].version}`

/** Where a package finds another: in its own folder, or in one further out. */
function found(from, wanted) {
  for (let at = from; ; ) {
    const path = `${at === '' ? '' : `${at}/`}${PREFIX}${wanted}`
    if (path in packages) return path
    if (at === '') return null
    const outer = at.lastIndexOf(`/${PREFIX}`)
    at = outer < 0 ? '' : at.slice(0, outer)
  }
}

/** Packages whose manifest names no licence, and what the text beside it says. */
const OF_TEXT = { 'png-js': 'MIT' }

function component(path) {
  const { version, license = OF_TEXT[nameAt(path)], integrity, optional } = packages[path]
  const [group, plain] = nameAt(path).startsWith('@') ? nameAt(path).split('/') : [undefined, nameAt(path)]
  return {
    type: 'library',
    'bom-ref': refOf(path),
    ...(group && { group }),
    name: plain,
    version,
    scope: optional ? 'optional' : 'required',
    purl: `pkg:npm/${group ? `${encodeURIComponent(group)}/` : ''}${plain}@${version}`,
    // Packages for other platforms may be in the lockfile by name alone (docs/decisions/0041).
    ...(integrity && { hashes: [{ alg: 'SHA-512', content: Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex') }] }),
    ...(license && { licenses: [/ (OR|AND|WITH) /.test(license) ? { expression: license } : { license: { id: license } }] }),
  }
}

const installed = Object.keys(packages).filter((path) => path !== '' && !packages[path].dev && !packages[path].devOptional)
const needs = (path) => {
  const { dependencies = {}, optionalDependencies = {}, peerDependencies = {} } = packages[path]
  const paths = Object.keys({ ...peerDependencies, ...optionalDependencies, ...dependencies }).map((wanted) => found(path, wanted))
  return [...new Set(paths.filter((each) => each !== null && installed.includes(each)).map(refOf))].sort()
}
const byRef = (a, b) => (a < b ? -1 : a > b ? 1 : 0)
const body = {
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  version: 1,
  metadata: {
    component: {
      type: 'application',
      'bom-ref': `${name}@${version}`,
      name,
      version,
      licenses: [{ license: { id: license } }],
      purl: `pkg:npm/${name}@${version}`,
    },
  },
  components: [...new Map(installed.map((path) => [refOf(path), component(path)])).entries()]
    .sort(([a], [b]) => byRef(a, b))
    .map(([, part]) => part),
  dependencies: [
    ...new Map(
      [['', `${name}@${version}`], ...installed.map((path) => [path, refOf(path)])].map(([path, ref]) => [
        ref,
        { ref, dependsOn: needs(path) },
      ]),
    ).values(),
  ].sort((a, b) => byRef(a.ref, b.ref)),
}
const digest = createHash('sha256').update(JSON.stringify(body)).digest('hex')
const serialNumber = `urn:uuid:${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-a${digest.slice(17, 20)}-${digest.slice(20, 32)}`
mkdirSync(dirname(to), { recursive: true })
writeFileSync(to, `${JSON.stringify({ ...body, serialNumber }, null, 2)}\n`)
console.log(`${body.components.length} components in ${to}`)
