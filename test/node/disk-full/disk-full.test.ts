import { randomBytes } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { auditRecord } from '../../../src/node/record/audit.ts'
import { upload } from '../files/work.ts'
import { NO_POSTGRES, startPostgres } from '../postgres.ts'
import { serveOwn } from '../screen/lists-of-tests.ts'
import { type NodeWorld, nodeWorld, type Someone } from '../world.ts'
import { NO_SMALL_DISK, type SmallDisk, smallDisk } from './small-disk.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const BALLAST_MIB = 16
const WRITES_BELOW_MIB = 24

async function audited(world: NodeWorld): Promise<boolean> {
  const { keys, database } = world.node.parts
  return (await auditRecord(database, { origin: keys.record.key.name, logKeys: [keys.record.key], witnesses: [], quorum: 0 }, [])).sound
}

async function actions(world: NodeWorld): Promise<{ action: string; detail: Record<string, unknown> }[]> {
  const rows = await world.node.parts.database.system((tx) =>
    tx.query<{ entry: string }>(`select entry from log where entry like '%"node.disk-%' order by index`),
  )
  return rows.map(({ entry }) => JSON.parse(entry))
}

/** Until something holds; at most so many seconds. */
async function until(holds: () => Promise<boolean>, seconds: number): Promise<boolean> {
  for (const end = performance.now() + seconds * 1000; performance.now() < end; await new Promise((resolve) => setTimeout(resolve, 100)))
    if (await holds()) return true
  return false
}

describe.skipIf(NO_SMALL_DISK !== null)(`a node whose disk is full${NO_SMALL_DISK === null ? '' : ` (skipped: ${NO_SMALL_DISK})`}`, () => {
  let disk: SmallDisk
  let world: NodeWorld
  let analyst: Someone
  let path: string
  let file: string
  beforeAll(async () => {
    disk = smallDisk(160)
    world = await nodeWorld({
      change: (config) => ({
        ...config,
        data: join(disk.folder, 'node'),
        limits: { ...config.limits, writesBelowMiB: WRITES_BELOW_MIB, ballastMiB: BALLAST_MIB, reserveMiB: WRITES_BELOW_MIB },
      }),
    })
    analyst = await world.someone('Ann', ['analyst'])
    path = `/api/v1/cases/${(await analyst.ask('POST', '/api/v1/cases', { case: { title: 'before' } })).json.id}`
    await serveOwn(world, 'id,name,kind\nw1,"HAN, Pyong Chol",person\n')
    file = (await analyst.ask('POST', '/api/v1/files', { upload: await upload(world, analyst, 'a.txt', 'kept') })).json.id
    await until(
      async () =>
        existsSync(join(disk.folder, 'node/reserve')) && statSync(join(disk.folder, 'node/reserve')).size === BALLAST_MIB * 2 ** 20,
      10,
    )
  })
  afterAll(async () => {
    disk.free()
    await world.close()
    disk.remove()
  })
  const writes = async () => await analyst.ask('POST', '/api/v1/cases', { case: { title: 'more' } })
  const reads = async () => (await analyst.ask('GET', path)).status

  it('refuses to write before the disk is full, and goes on reading', async () => {
    disk.fillUntil(WRITES_BELOW_MIB - 4)
    await new Promise((resolve) => setTimeout(resolve, 150))
    const refused = await writes()
    expect(refused.status).toBe(507)
    expect(refused.json).toMatchObject({ code: 'node/disk-full', remedy: expect.stringContaining('reading goes on') })
    expect(await reads()).toBe(200)
    expect((await world.nobody('GET', '/health')).status).toBe(200)
  })

  it('answers questions that come by POST, each anew, and refuses the same with something to keep', async () => {
    const kept = () => world.node.parts.database.system((tx) => tx.query('select key from idempotency'))
    const before = await kept()
    const questions: [string, object | undefined][] = [
      ['/screen/name', { name: 'Han Pyong Chol' }],
      ['/screen/wallet', { address: '0x1111111111111111111111111111111111111111', keep: false }],
      ['/screen/batch', { questions: [{ about: 'name', name: 'Han Pyong Chol' }] }],
      ['/screen/again', {}],
      ['/screen/suppressions', { customer: 'c-1' }],
      ['/lists/history', { query: 'han', on: '2026-01-01' }],
      [`/files/${file}/verify`, undefined],
    ]
    for (const [door, body] of questions)
      for (let n = 0; n < 2; n++) {
        const { status, headers, text } = await analyst.ask('POST', `/api/v1${door}`, body, { 'idempotency-key': 'asked-twice' })
        expect(status, `${door}: ${text}`).toBe(200)
        expect(headers.get('idempotent-replayed')).toBeNull()
      }
    expect(await kept()).toEqual(before)
    for (const [door, body] of [
      ['/screen/name', { name: 'Han Pyong Chol', keep: true }],
      ['/screen/again', { keep: true }],
    ] as const)
      expect((await analyst.ask('POST', `/api/v1${door}`, body)).json, door).toMatchObject({ status: 507, code: 'node/disk-full' })
  })

  it('gives its ballast up when others take the last byte, so that reading goes on and each read is in the record', async () => {
    disk.fillUntil(0)
    expect(disk.freeMib()).toBe(0)
    await new Promise((resolve) => setTimeout(resolve, 150))
    const before = (await world.node.parts.database.system((tx) => tx.query<{ size: number }>('select size from log_head')))[0]
      ?.size as number
    for (let n = 0; n < 200; n++) expect(await reads()).toBe(200)
    const after = (await world.node.parts.database.system((tx) => tx.query<{ size: number }>('select size from log_head')))[0]
      ?.size as number
    expect(after - before).toBeGreaterThanOrEqual(200)
    expect((await writes()).status).toBe(507)
    expect(statSync(join(disk.folder, 'node/reserve')).size).toBeLessThan(BALLAST_MIB * 2 ** 20)
  })

  it('refuses even to read when there is no room left for the record, and says why', async () => {
    for (let n = 0; n < 10; n++) {
      disk.fillUntil(0)
      await new Promise((resolve) => setTimeout(resolve, 250))
      await reads()
    }
    disk.fillUntil(0)
    await new Promise((resolve) => setTimeout(resolve, 250))
    const refused = await analyst.ask('GET', path)
    expect(refused.status).toBe(507)
    expect(refused.json.code).toBe('node/disk-full')
    expect((await world.nobody('GET', '/health')).status).toBe(200)
  })

  it('works again without being started when there is room, and its record says what happened', async () => {
    disk.free()
    expect(await until(async () => (await writes()).status === 201, 15)).toBe(true)
    expect(await reads()).toBe(200)
    expect(statSync(join(disk.folder, 'node/reserve')).size).toBe(BALLAST_MIB * 2 ** 20)
    expect(await until(async () => (await actions(world)).length >= 2, 5)).toBe(true)
    const [full, enough] = await actions(world)
    expect(full).toMatchObject({ action: 'node.disk-full', detail: { where: 'data folder' } })
    expect(enough).toMatchObject({ action: 'node.disk-free', detail: { refused: expect.any(Number) } })
    expect(enough?.detail.refused as number).toBeGreaterThanOrEqual(2)
    expect(await audited(world)).toBe(true)
  })
})

const missing = NO_SMALL_DISK ?? NO_POSTGRES
describe.skipIf(missing !== null)(`a PostgreSQL server whose disk is full${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let disk: SmallDisk
  let world: NodeWorld
  let analyst: Someone
  let path: string
  let stop: () => Promise<void>
  beforeAll(async () => {
    disk = smallDisk(200)
    const server = await startPostgres(disk.folder)
    stop = server.stop
    world = await nodeWorld({ url: server.url, change: (config) => ({ ...config, limits: { ...config.limits, ballastMiB: BALLAST_MIB } }) })
    analyst = await world.someone('Ann', ['analyst'])
    path = `/api/v1/cases/${(await analyst.ask('POST', '/api/v1/cases', { case: { title: 'before' } })).json.id}`
    const filled = async () => {
      const [row] = await world.node.parts.database.system((tx) =>
        tx.query<{ bytes: number }>(`select pg_total_relation_size('cordon.reserve')::bigint as bytes`),
      )
      return (row?.bytes ?? 0) >= BALLAST_MIB * 2 ** 20
    }
    expect(await until(filled, 20)).toBe(true)
  })
  afterAll(async () => {
    disk.free()
    await world.close()
    await stop()
    disk.remove()
  })

  it('makes the node refuse to write and go on reading, and work again when there is room', async () => {
    disk.fillUntil(0)
    const big = () => analyst.ask('POST', '/api/v1/cases', { case: { title: 'big', summary: randomBytes(10_000).toString('hex') } })
    expect(await until(async () => (await big()).status === 507, 20)).toBe(true)
    expect(await until(async () => (await actions(world)).length === 1, 20)).toBe(true)
    expect((await big()).json.code).toBe('database/disk-full')
    for (let n = 0; n < 100; n++) expect((await analyst.ask('GET', path)).status).toBe(200)
    disk.free()
    expect(await until(async () => (await big()).status === 201, 20)).toBe(true)
    expect(await until(async () => (await actions(world)).length >= 2, 5)).toBe(true)
    expect((await actions(world)).map(({ action }) => action)).toEqual(['node.disk-full', 'node.disk-free'])
    expect(await audited(world)).toBe(true)
  }, 90_000)
})
