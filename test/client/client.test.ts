import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clientTypes } from '../../scripts/make-client.ts'
import { type Change, type CordonClient, cordonClient, ifMatch, ProblemError } from '../../src/client/index.ts'
import { createApiKey } from '../../src/node/people/api-keys.ts'
import type { Scope } from '../../src/node/people/roles.ts'
import { type NodeWorld, nodeWorld, type Someone } from '../node/world.ts'

let world: NodeWorld
let ann: CordonClient
let bob: CordonClient
let annHerself: Someone
let line: Wire

const ANALYST: readonly Scope[] = ['cases:read', 'cases:write', 'objects:read', 'objects:write', 'events:read']

async function keyOf(someone: Someone, scopes: readonly Scope[]): Promise<string> {
  const { database, authenticate, clock, random } = world.node.parts
  const caller = await authenticate({ authorization: null, session: someone.cookie.split('=')[1] ?? '', certificate: null })
  const wish = { name: 'test', scopes, expiresAt: new Date(clock().getTime() + 3_600_000), rate: { perMinute: 60_000, burst: 5_000 } }
  return (await database.system((tx) => createApiKey(tx, caller!, wish, { clock, random }))).key
}

beforeAll(async () => {
  line = await wire()
  // A node answers under its own addresses alone.
  world = await nodeWorld({ change: (config) => ({ ...config, listen: { ...config.listen, publicUrl: line.url } }) })
  line.port = Number(new URL(world.node.url).port)
  await world.organisation('npa', 'JPN')
  annHerself = await world.someone('Ann', ['analyst'])
  const bobHimself = await world.someone('Bob', ['analyst'], 'npa')
  ann = cordonClient({ url: world.node.url, key: await keyOf(annHerself, ANALYST) })
  bob = cordonClient({ url: `${world.node.url}/`, key: await keyOf(bobHimself, ANALYST) })
})
afterAll(async () => {
  line?.close()
  await world?.close()
})

async function open(title: string, label?: { tlp: 'AMBER'; nations: string[] }) {
  return await ann.post('/api/v1/cases', { body: { case: { title }, ...(label && { label }) } })
}

describe('the client', () => {
  test('has the types of the doors as they are: where this fails, run `npm run client`', async () => {
    const made = await clientTypes(world.node.app.swagger())
    const kept = readFileSync(new URL('../../src/client/schema.ts', import.meta.url), 'utf8')
    expect(made === kept, 'src/client/schema.ts is not what the doors say: run `npm run client`').toBe(true)
  })

  test('makes and reads a case', async () => {
    const made = await open('Made by the client')
    expect(made.response.status).toBe(201)
    expect(made.data).toMatchObject({ kind: 'case', version: 1, body: { title: 'Made by the client' } })
    const read = await ann.get('/api/v1/cases/{id}', { params: { path: { id: made.data.id } } })
    expect(read.data).toMatchObject({ id: made.data.id, hash: made.data.hash })
    expect(read.etag).toBe(made.etag)
  })

  test('changes what was read, and not what somebody else changed meanwhile', async () => {
    const read = await open('First')
    const { id } = read.data
    const change = (title: string) => ann.put('/api/v1/cases/{id}', { params: { path: { id }, header: ifMatch(read) }, body: { title } })
    expect((await change('Second')).data).toMatchObject({ version: 2, body: { title: 'Second' } })
    await expect(change('Third')).rejects.toMatchObject({ code: 'node/changed', status: 412 })
  })

  test('gives a problem as an error with its code and remedy', async () => {
    const error = await ann
      .get('/api/v1/cases/{id}', { params: { path: { id: '01939f7e-1c5b-7cc3-9b1e-6a1d1f6f2a10' } } })
      .catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(ProblemError)
    expect(error).toMatchObject({ code: 'node/not-found', status: 404, remedy: expect.stringContaining('Check the id') })
    expect((error as ProblemError).instance).toMatch(/^\S+$/)
    await expect(cordonClient({ url: world.node.url, key: 'no key' }).get('/api/v1/cases')).rejects.toMatchObject({
      code: 'node/not-signed-in',
      status: 401,
    })
  })

  test('a case of one organisation is not there for the client of another until its label says so', async () => {
    const closed = await open('Closed')
    const opened = await open('Opened', { tlp: 'AMBER', nations: ['JPN'] })
    await expect(bob.get('/api/v1/cases/{id}', { params: { path: { id: closed.data.id } } })).rejects.toMatchObject({ status: 404 })
    expect((await bob.get('/api/v1/cases/{id}', { params: { path: { id: opened.data.id } } })).data.body.title).toBe('Opened')
  })

  test('goes through a list page by page, without a gap or a repeat', async () => {
    for (let at = 0; at < 7; at++) await open(`Paged ${at}`)
    const titles: string[] = []
    for await (const { body } of ann.pages('/api/v1/cases', { params: { query: { limit: 3, q: 'paged' } } })) titles.push(body.title)
    expect(titles).toEqual(['Paged 6', 'Paged 5', 'Paged 4', 'Paged 3', 'Paged 2', 'Paged 1', 'Paged 0'])
  })

  test('a list that the caller leaves is asked for no further pages', async () => {
    for (let at = 0; at < 4; at++) await open(`Left ${at}`)
    for await (const { body } of ann.pages('/api/v1/cases', { params: { query: { limit: 1, q: 'left' } } })) {
      expect(body.title).toBe('Left 3')
      break
    }
  })

  test('an act that is sent twice with one Idempotency-Key is done once', async () => {
    const header = { 'Idempotency-Key': 'the-same-key-1' }
    const body = { case: { title: 'Once' } }
    const first = await ann.post('/api/v1/cases', { params: { header }, body })
    const second = await ann.post('/api/v1/cases', { params: { header }, body })
    expect(second.data.id).toBe(first.data.id)
    expect(second.response.headers.get('idempotent-replayed')).toBe('true')
  })
})

describe('an upload', () => {
  const bytes = new Blob([new Uint8Array(100_000).map((_, at) => at % 251)])

  test('is sent in pieces and is what was sent', async () => {
    const seen: number[] = []
    const upload = await ann.upload(bytes, { name: 'evidence.bin', pieceBytes: 30_000, progress: (at) => seen.push(at) })
    expect(upload).toMatchObject({
      state: 'complete',
      bytes: 100_000,
      sha256: createHash('sha256')
        .update(await bytes.bytes())
        .digest('hex'),
    })
    expect(seen).toEqual([30_000, 60_000, 90_000, 100_000])
  })

  test('goes on where it was when the connection broke', async () => {
    const broken = cordonClient({ url: line.url, key: await keyOf(annHerself, ANALYST), world: { sleep: async () => {} } })
    let cuts = 0
    const upload = await broken.upload(bytes, {
      name: 'evidence.bin',
      pieceBytes: 20_000,
      progress: () => {
        if (cuts++ < 3) line.cut()
      },
    })
    expect(upload).toMatchObject({
      state: 'complete',
      bytes: 100_000,
      sha256: createHash('sha256')
        .update(await bytes.bytes())
        .digest('hex'),
    })
    expect(cuts).toBeGreaterThan(3)
  })

  test('of nothing is complete, and one of the wrong hash is refused', async () => {
    expect(await ann.upload(new Blob([]), { name: 'empty.txt' })).toMatchObject({ state: 'complete', bytes: 0 })
    await expect(ann.upload(bytes, { name: 'evidence.bin', sha256: '0'.repeat(64) })).rejects.toMatchObject({ code: 'uploads/other-hash' })
  })
})

/** A wire between a client and the node (whose `port` is set later) that can be cut. */
type Wire = { url: string; port: number; connections: number; cut(): void; close(): void }

async function wire(): Promise<Wire> {
  const sockets = new Set<Socket>()
  const made: Wire = {
    url: '',
    port: 0,
    connections: 0,
    cut: () => {
      for (const socket of sockets) socket.destroy()
    },
    close: () => {
      made.cut()
      server.close()
    },
  }
  const server = createServer((near) => {
    made.connections++
    const far = connect(made.port, '127.0.0.1')
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    near.pipe(far)
    far.pipe(near)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  made.url = `http://127.0.0.1:${(server.address() as { port: number }).port}`
  return made
}

describe('events', () => {
  test('come in order while the connection breaks again and again: none is lost, none comes twice', async () => {
    const listener = cordonClient({
      url: line.url,
      key: await keyOf(annHerself, ANALYST),
      world: { random: () => 0, sleep: async () => {} },
    })
    const stop = new AbortController()
    const told: Change[] = []
    const made: string[] = []
    const listening = (async () => {
      for await (const change of listener.events({ kinds: ['case'], signal: stop.signal })) {
        told.push(change)
        if (told.length === 6) stop.abort()
      }
    })()
    try {
      await expect.poll(() => line.connections).toBeGreaterThan(0)
      // The stream stands at the end before anything is made.
      await new Promise((resolve) => setTimeout(resolve, 300))
      for (let at = 0; at < 6; at++) {
        made.push((await open(`Told ${at}`)).data.id)
        if (at === 1 || at === 3) line.cut()
      }
      await listening
    } finally {
      stop.abort()
    }
    expect(told.map(({ object }) => object)).toEqual(made)
    expect(told.every(({ kind, version, action }) => kind === 'case' && version === 1 && action === 'created')).toBe(true)
    expect(line.connections).toBeGreaterThan(1)
  })

  test('go on from a cursor that was kept', async () => {
    const take = async (count: number, after?: string) => {
      const taken: Change[] = []
      for await (const change of ann.events({ kinds: ['case'], ...(after !== undefined && { after }) })) {
        taken.push(change)
        if (taken.length === count) break
      }
      return taken
    }
    const first = take(1)
    await new Promise((resolve) => setTimeout(resolve, 300))
    const one = await open('Before the break')
    const [seen] = await first
    expect(seen?.object).toBe(one.data.id)
    const two = await open('During the break')
    expect((await take(1, seen?.cursor))[0]?.object).toBe(two.data.id)
  })

  test('of what is not released to the listener there is none', async () => {
    const told: string[] = []
    const stop = new AbortController()
    const listening = (async () => {
      for await (const { object } of bob.events({ signal: stop.signal })) {
        told.push(object)
        stop.abort()
      }
    })()
    await new Promise((resolve) => setTimeout(resolve, 300))
    await open('Not for Bob')
    const opened = await open('For Bob', { tlp: 'AMBER', nations: ['JPN'] })
    await listening
    expect(told).toEqual([opened.data.id])
  })

  test('end with the reason where the key does not hold, and with another’s cursor', async () => {
    const first = async (client: CordonClient, after?: string) => {
      for await (const change of client.events(after === undefined ? {} : { after })) return change
      return null
    }
    await expect(first(cordonClient({ url: world.node.url, key: 'no key' }))).rejects.toMatchObject({ code: 'node/not-signed-in' })
    await expect(first(bob, 'made up')).rejects.toMatchObject({ code: 'node/bad-token', status: 400 })
  })
})
