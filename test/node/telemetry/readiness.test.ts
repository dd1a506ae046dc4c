import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { watchSpace } from '../../../src/node/space/index.ts'
import { readinessOf } from '../../../src/node/telemetry/index.ts'
import { type NodeWorld, nodeWorld } from '../world.ts'

let world: NodeWorld
let seconds = 0

beforeAll(async () => {
  // A node that is reached from elsewhere, and signs once in an hour, so that the record can be behind.
  world = await nodeWorld({
    clock: () => new Date(Date.now() + seconds * 1000),
    change: (config) => ({
      ...config,
      listen: { ...config.listen, publicUrl: 'https://cordon.example.org' },
      record: { ...config.record, checkpointSeconds: 3600 },
    }),
  })
})
afterAll(async () => {
  await world?.close()
})

const quiet = () => {}

describe('readiness', () => {
  test('a node that works says so, to whoever asks', async () => {
    expect(await world.nobody('GET', '/ready')).toMatchObject({
      status: 200,
      json: { status: 'ready', checks: { database: 'ok', record: 'ok', disk: 'ok' } },
    })
    expect(await world.nobody('GET', '/health')).toMatchObject({ status: 200, json: { status: 'alive' } })
  })

  test('a node that is reached from elsewhere gives its figures to nobody, also on its own machine', async () => {
    expect(await world.nobody('GET', '/metrics')).toMatchObject({ status: 401, json: { code: 'node/not-signed-in' } })
  })

  test('a node that has not signed what it should have is degraded, and one that has nothing to sign is not', async () => {
    expect((await readinessOf(world.node.parts, quiet)).checks.record).toBe('ok')
    const ann = await world.someone('Ann', ['analyst'])
    await ann.ask('GET', '/api/v1/cases')
    seconds = 3_500
    expect((await world.nobody('GET', '/ready')).json).toMatchObject({ status: 'ready' })
    seconds = 3_700
    expect(await world.nobody('GET', '/ready')).toMatchObject({
      status: 200,
      json: { status: 'degraded', checks: { record: 'failing', database: 'ok' } },
    })
    seconds = 0
  })

  test('a disk without room makes it degraded: what is there can still be read', async () => {
    const { config, database, clock } = world.node.parts
    const data = await mkdtemp(join(tmpdir(), 'cordon-space-'))
    const limits = { ...config.limits, writesBelowMiB: 2 ** 40, ballastMiB: 0 }
    const space = await watchSpace({ ...config, data, limits }, database, clock, quiet)
    try {
      expect(await readinessOf({ ...world.node.parts, space }, quiet)).toMatchObject({
        status: 'degraded',
        checks: { disk: 'failing', database: 'ok' },
      })
    } finally {
      await space.stop()
      await rm(data, { recursive: true, force: true })
    }
  })

  test('a node without its database is unavailable, and its log has the reason', async () => {
    const told: unknown[] = []
    const broken = {
      ...world.node.parts,
      database: { ...world.node.parts.database, system: () => Promise.reject(new Error('the server went away')) },
    }
    expect(await readinessOf(broken, (error) => told.push(error))).toMatchObject({
      status: 'unavailable',
      checks: { database: 'failing', record: 'failing' },
    })
    expect(told).toEqual([new Error('the server went away')])
  })
})
