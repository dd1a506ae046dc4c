import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { cordon } from '../../cli/terminal.ts'
import { type NodeWorld, nodeWorld } from '../world.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let world: NodeWorld
let folder: string
let config: string
let passphrase: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cordon-backup-command-'))
  world = await nodeWorld({ change: (read) => ({ ...read, data: join(folder, 'node') }) })
  const analyst = await world.someone('Ann', ['analyst'])
  await analyst.ask('POST', '/api/v1/cases', { case: { title: 'kept' } })
  config = join(folder, 'node.yaml')
  passphrase = join(folder, 'passphrase.txt')
  await writeFile(config, `data: ${join(folder, 'node')}\n`)
  await writeFile(passphrase, 'correct horse battery staple\n')
})
afterAll(async () => {
  await world.close()
  await rm(folder, { recursive: true, force: true })
})

it('cordon node backup and restore: out of a stopped node into another folder, which verifies', async () => {
  const out = join(folder, 'node.tar.gz')
  const running = await cordon('node', 'backup', '--config', config, '--out', out, '--passphrase-file', passphrase)
  expect(running).toMatchObject({ exit: 1, err: expect.stringContaining('is in use') })
  await world.node.stop()
  const unsaid = await cordon('node', 'backup', '--config', config, '--out', out)
  expect(unsaid.err).toContain('--without-keys')
  const made = await cordon('node', 'backup', '--config', config, '--out', out, '--passphrase-file', passphrase)
  expect(made).toMatchObject({ exit: 0, out: expect.stringMatching(/rows.*keys sealed/) })
  expect((await readFile(out)).length).toBeGreaterThan(1000)
  const other = join(folder, 'other.yaml')
  await writeFile(other, `data: ${join(folder, 'other')}\n`)
  const refused = await cordon('node', 'restore', out, '--config', config, '--passphrase-file', passphrase)
  expect(refused).toMatchObject({ exit: 3, err: expect.stringContaining('is not empty') })
  const restored = await cordon('node', 'restore', out, '--config', other, '--passphrase-file', passphrase, '--json')
  expect(JSON.parse(restored.out)).toMatchObject({ migrated: [], objects: 1 })
  expect(await cordon('audit', 'verify', '--config', other)).toMatchObject({ exit: 0, out: expect.stringContaining('Verified') })
})
