import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyLedger } from '../../../src/ledger/index.ts'
import { ended, send, sha256 } from '../files/work.ts'
import { type SmallWorld, smallWorld } from '../traces/small-world.ts'

const NODE = fileURLToPath(new URL('./killed-node.ts', import.meta.url))

type Live = { readonly child: ChildProcess; readonly url: string; readonly cookie: string; readonly csrf: string }

let small: SmallWorld
let data: string
let live: Live
beforeAll(async () => {
  small = await smallWorld()
  data = await mkdtemp(join(tmpdir(), 'cordon-killed-'))
  live = await begin()
})
afterAll(async () => {
  if (live !== undefined) await kill()
  await rm(data, { recursive: true, force: true })
  await small?.close()
})

async function begin(): Promise<Live> {
  const child = spawn(process.execPath, [NODE, data, small.ledger, small.tags], { stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const line of child.stdout) {
    const told = JSON.parse(String(line))
    child.stdout.resume()
    return { child, ...told }
  }
  throw new Error('the node ended before it listened')
}

async function kill(): Promise<void> {
  const gone = once(live.child, 'exit')
  live.child.kill('SIGKILL')
  await gone
}

async function ask(method: string, path: string, body?: unknown): Promise<any> {
  const response = await fetch(`${live.url}/api/v1${path}`, {
    method,
    headers: {
      cookie: live.cookie,
      'sec-fetch-site': 'same-origin',
      'x-cordon-csrf': live.csrf,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, text, json: text === '' ? undefined : JSON.parse(text) }
}

const me = { ask: (method: string, path: string, body?: unknown) => ask(method, path.replace('/api/v1', ''), body) } as any

async function uploaded(name: string, bytes: Buffer): Promise<string> {
  const { json } = await ask('POST', '/uploads', { name, bytes: bytes.length, sha256: sha256(bytes) })
  expect((await send(live.url, live.cookie, json.id, 0, bytes)).status).toBe(200)
  return json.id
}

describe('a node that is killed', () => {
  it('in the middle of an upload knows how far it was, and takes the rest', async () => {
    const bytes = Buffer.alloc(8 * 2 ** 20, 'evidence ')
    const { json } = await ask('POST', '/uploads', { name: 'evidence.bin', bytes: bytes.length, sha256: sha256(bytes) })
    let at = 0
    for (const cut of [1, 2]) {
      // A sender that stays in the middle of a piece, so that the kill falls into it.
      const half = bytes.subarray(at, at + cut * 2 ** 20 + 12_345)
      const stalled = new ReadableStream({ start: (controller) => controller.enqueue(half) })
      fetch(`${live.url}/api/v1/uploads/${json.id}`, {
        method: 'PATCH',
        headers: {
          cookie: live.cookie,
          'sec-fetch-site': 'same-origin',
          'x-cordon-csrf': live.csrf,
          'content-type': 'application/octet-stream',
          'upload-offset': String(at),
        },
        body: stalled,
        duplex: 'half',
      } as RequestInit).catch(() => {})
      await expect
        .poll(async () => (await stat(join(data, 'uploads', json.id)).catch(() => null))?.size ?? 0, { interval: 2, timeout: 10_000 })
        .toBeGreaterThan(at)
      await kill()
      const there = (await stat(join(data, 'uploads', json.id))).size
      live = await begin()
      const known = (await ask('GET', `/uploads/${json.id}`)).json
      expect(known).toMatchObject({ offset: there, state: 'open' })
      at = known.offset
    }
    const last = await send(live.url, live.cookie, json.id, at, bytes.subarray(at))
    expect(last.json).toMatchObject({ state: 'complete', sha256: sha256(bytes) })
    await kill()
    live = await begin()
    const file = await ask('POST', '/files', { upload: json.id })
    expect(file.json.body).toMatchObject({ sha256: sha256(bytes), bytes: bytes.length })
    await kill()
    live = await begin()
    expect((await ask('POST', `/files/${file.json.id}/verify`)).json.same).toBe(true)
  }, 120_000)

  it('while a trace runs takes it up again, and there is one trace', async () => {
    const { json } = await ask('POST', '/traces', { title: 'Killed', ledger: 'eth', seeds: small.seeds })
    await expect
      .poll(async () => (await ask('GET', `/jobs/${json.id}`)).json.body.status, { timeout: 10_000, interval: 20 })
      .toBe('running')
    await kill()
    live = await begin()
    const job = await ended(me, json.id)
    expect(job.body).toMatchObject({ status: 'done', attempts: 2, error: null })
    const traces = (await ask('GET', '/traces')).json.items.filter(({ body }: any) => body.job === json.id)
    expect(traces.map(({ id }: any) => id)).toEqual([job.body.result.trace])
  }, 120_000)

  it('at any moment of an import takes it up again, and the ledger is whole', async () => {
    const csv = await readFile(small.transfers)
    const ledger = (await ask('POST', '/ledgers', { name: 'mine' })).json.key
    for (const wait of [0, 700]) {
      const { json } = await ask('POST', `/ledgers/${ledger}/import`, { uploads: [await uploaded('t.csv', csv)], genesis: true })
      await new Promise((resolve) => setTimeout(resolve, wait))
      await kill()
      live = await begin()
      const job = await ended(me, json.id)
      expect(job.body, JSON.stringify(job.body)).toMatchObject({ status: 'done', result: { transfers: 4000 } })
    }
    expect(await verifyLedger(join(data, 'ledgers', ledger))).toMatchObject({ sound: true })
    expect((await ask('GET', `/ledgers/${ledger}`)).json.content.transfers).toBe(4000)
  }, 120_000)

  it('again and again under one job leaves it to people, who resume it', async () => {
    const { json } = await ask('POST', '/traces', { title: 'Heavy', ledger: 'eth', seeds: small.seeds })
    for (let i = 0; i < 3; i++) {
      await expect
        .poll(async () => (await ask('GET', `/jobs/${json.id}`)).json.body.status, { timeout: 10_000, interval: 10 })
        .toBe('running')
      await kill()
      live = await begin()
    }
    expect((await ask('GET', `/jobs/${json.id}`)).json.body).toMatchObject({
      status: 'interrupted',
      attempts: 3,
      error: { code: 'jobs/interrupted' },
    })
    expect((await ask('POST', `/jobs/${json.id}/resume`)).status).toBe(200)
    expect((await ended(me, json.id)).body).toMatchObject({ status: 'done' })
  }, 120_000)
})
