/**
 * Installs the dependencies when they are missing or differ from the lockfile. Plain JavaScript for Node >= 20.
 */
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { start } from '../bin/start.mjs'

/**
 * Why `npm ci` is needed, or null. Compares what is installed with the lockfile by content, not by date: a fresh checkout changes
 * dates, and an install that needs no network must not be repeated for that.
 *
 * @param {string} root
 * @returns {string | null}
 */
export function whyInstall(root) {
  const installedFile = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(installedFile)) return 'dependencies are not installed'
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages
  for (const [place, entry] of Object.entries(wanted)) {
    if (place === '') continue
    const have = installed[place]
    if (have === undefined) {
      // Packages of other platforms are in the lockfile and never installed.
      if (entry.optional || entry.peer) continue
      return `${place} is not installed`
    }
    if (have.version !== entry.version || have.integrity !== entry.integrity) return `${place} differs from the lockfile`
    if (!existsSync(join(root, place, 'package.json'))) return `${place} is gone`
  }
  for (const place of Object.keys(installed)) if (wanted[place] === undefined) return `${place} is not in the lockfile`
  return null
}

/**
 * `npm ci`, without install scripts: no dependency needs one. npm runs on the Node it was started with, and without
 * `node_modules/.bin` in its path, because it is about to remove the Node that lies there.
 *
 * @param {string} root
 * @returns {Promise<number>} npm's exit code
 */
export function install(root) {
  const bin = join(root, 'node_modules', '.bin')
  const pathKey = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH'
  const path = (process.env[pathKey] ?? '').split(delimiter).filter((part) => part !== bin)
  const options = { cwd: root, env: { ...process.env, [pathKey]: path.join(delimiter) }, stdio: ['ignore', 2, 2] }
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund']
  const { npm_node_execpath: node, npm_execpath: npm } = process.env
  if (node && npm && !node.startsWith(join(root, 'node_modules'))) return start(node, [npm, ...args], options)
  return start(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { ...options, shell: process.platform === 'win32' })
}

/**
 * Makes sure that the dependencies are there; says on stderr why it installs, if it does.
 *
 * @param {string} root
 * @returns {Promise<boolean>} false when the installation failed
 */
export async function setUp(root) {
  const why = whyInstall(root)
  if (why === null) return true
  process.stderr.write(`Setting up (${why}): npm ci\n`)
  return (await install(root)) === 0
}
