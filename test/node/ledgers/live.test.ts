import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BITCOIN_NETWORKS, scriptAddress } from '../../../src/chain/index.ts'
import { openBitcoinLedger } from '../../../src/ledger/index.ts'
import { parseTrace } from '../../../src/trace/index.ts'
import { mine as mineTest } from '../../ledger/bitcoin/esplora/blocks.ts'
import { ALICE, BOB, blocks, ONWARD, PAYMENT, third } from '../../ledger/bitcoin/esplora/payments.ts'
import { EsploraServer } from '../../ledger/bitcoin/esplora/server.ts'
import { type Bcoin, type BcoinNode, loadBcoin, openRegtest } from '../../ledger/bitcoin/node/bcoin.ts'
import { type CoreServer, coreServer } from '../../ledger/bitcoin/node/core-server.ts'
import { firstBlocks, hasRealBlocks } from '../../ledger/bitcoin/node/real.ts'
import { ended } from '../files/work.ts'
import { recordOf, serveOwn } from '../screen/lists-of-tests.ts'
import { type NodeWorld, nodeWorld, type Someone } from '../world.ts'

const PASSWORD = 'a secret of the node'
/** As providers put one into the address. */
const KEY = 'k3y-of-the-operator'
const REGTEST = BITCOIN_NETWORKS.regtest.chain
const port = 30_000 + (process.pid % 10_000)

/** A regtest node of its own chain that speaks JSON-RPC as Bitcoin Core does, and an Esplora server: real ones on loopback. */
describe('live sources of Bitcoin', () => {
  let root: string
  let bcoin: Bcoin
  let chain: BcoinNode
  let esplora: EsploraServer
  let esploraUrl: string
  let real: CoreServer | null = null
  let moved: Server
  let world: NodeWorld
  let ann: Someone
  let kim: Someone
  let cookie: string
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'cordon-live-'))
    cookie = join(root, '.cookie')
    await writeFile(cookie, `__cookie__:${PASSWORD}\n`)
    bcoin = loadBcoin()
    chain = await openRegtest(bcoin, port, PASSWORD)
    chain.miner.addAddress(bcoin.KeyRing.generate().getAddress())
    await grow(12)
    esplora = new EsploraServer(blocks)
    esploraUrl = await esplora.listen()
    if (hasRealBlocks()) real = await coreServer({ blocks: firstBlocks(40) })
    moved = createServer(({ url, headers }, response) => {
      if (url?.startsWith('/echo/')) response.writeHead(403).end(JSON.stringify(headers))
      else if (url?.startsWith('/cut/')) response.writeHead(403).end(`GET ${url.slice(4)} ${'x'.repeat(120)} ${headers.authorization}`)
      else response.writeHead(302, { location: `${esploraUrl}/blocks/tip/hash` }).end()
    })
    await new Promise<void>((resolve) => moved.listen(0, '127.0.0.1', resolve))
    const closed = await closedAddress()
    const regtest = { network: 'regtest' as const }
    world = await nodeWorld({
      change: (config) => ({
        ...config,
        library: {
          ...config.library,
          bitcoin: [
            { name: 'core', kind: 'core-rpc', url: `http://127.0.0.1:${port}`, credentialsFile: cookie, ...regtest },
            { name: 'rest', kind: 'core-rest', url: real?.url ?? 'http://127.0.0.1:1' },
            { name: 'gone', kind: 'core-rpc', url: closed, ...regtest },
            { name: 'locked', kind: 'core-rpc', url: `http://127.0.0.1:${port}`, credentialsFile: join(root, 'none'), ...regtest },
            { name: 'esplora', kind: 'esplora', url: esploraUrl, intervalMs: 0, ...regtest },
            { name: 'echo', kind: 'esplora', url: `${addressOf(moved)}/echo`, credentialsFile: cookie, ...regtest },
            { name: 'cut', kind: 'esplora', url: `${addressOf(moved)}/cut/${KEY}`, credentialsFile: cookie, ...regtest },
            { name: 'moved', kind: 'esplora', url: addressOf(moved), intervalMs: 0, ...regtest },
          ],
        },
        limits: { ...config.limits, reserveMiB: 0 },
      }),
    })
    await world.organisation('kr-npa', 'KOR')
    ann = await world.someone('Ann', ['analyst'])
    kim = await world.someone('Kim', ['analyst'], 'kr-npa')
  })
  afterAll(async () => {
    await world?.close()
    await chain?.close()
    await esplora?.close()
    await real?.close()
    moved?.close()
    await rm(root, { recursive: true, force: true })
  })

  async function closedAddress(): Promise<string> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = addressOf(server)
    await new Promise((resolve) => server.close(resolve))
    return url
  }

  const addressOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  async function grow(count: number, on?: unknown): Promise<void> {
    let tip = on
    for (let k = 0; k < count; k++) {
      const block = await chain.miner.mineBlock(tip)
      tip = await chain.chain.add(block)
    }
  }

  async function newLedger(who = ann): Promise<string> {
    return (await who.ask('POST', '/api/v1/ledgers', { name: 'live' })).json.key
  }

  async function run(path: string, body: object, who = ann): Promise<any> {
    const started = await who.ask('POST', `/api/v1${path}`, body)
    expect(started.status, started.text).toBe(202)
    return ended(who, started.json.id)
  }

  /** Everything that the node keeps and tells, as text. */
  async function everything(): Promise<string> {
    const rows = await world.node.parts.database.system(async (tx) => [
      ...(await tx.query('select body from object')),
      ...(await tx.query('select body from object_version')),
      ...(await tx.query('select task from job_run')),
      ...(await tx.query('select * from change')),
    ])
    return `${JSON.stringify(rows)}\n${await recordOf(world)}`
  }

  it('are listed by name and kind, and not by where they are', async () => {
    const { json, text } = await kim.ask('GET', '/api/v1/sources')
    expect(json.items).toHaveLength(8)
    expect(json.items).toContainEqual({ name: 'core', kind: 'core-rpc', chain: REGTEST, gives: 'blocks' })
    expect(json.items).toContainEqual({ name: 'esplora', kind: 'esplora', chain: REGTEST, gives: 'answers' })
    expect(text).not.toMatch(/127\.0\.0\.1|http|cookie/)
    expect((await (await world.someone('Sub', ['subscriber'])).ask('GET', '/api/v1/sources')).status).toBe(403)
    expect((await world.nobody('GET', '/api/v1/sources')).status).toBe(401)
  })

  it('a node’s blocks become a ledger, and are followed over a reorganisation', async () => {
    const ledger = await newLedger()
    const made = await run(`/ledgers/${ledger}/import`, { source: 'core', toHeight: 10 })
    expect(made.body, JSON.stringify(made.body.error)).toMatchObject({
      status: 'done',
      subject: { ledger, source: 'core' },
      result: { ledger, blocks: 11, transactions: 11, undone: 0 },
    })
    const tipIs = async (height: number) => {
      const own = await openBitcoinLedger(join(world.data, 'ledgers', ledger))
      const entry = (await chain.chain.getEntry(height)) as { rhash(): string }
      expect(own.manifest.tip).toEqual({ height, hash: entry.rhash() })
      await own.close()
    }
    await tipIs(10)
    expect((await run(`/ledgers/${ledger}/append`, { source: 'core' })).body.result).toMatchObject({ blocks: 2, undone: 0 })
    await tipIs(12)
    await grow(4, await chain.chain.getEntry(10))
    expect((await run(`/ledgers/${ledger}/append`, { source: 'core' })).body.result).toMatchObject({ blocks: 4, undone: 2 })
    await tipIs(14)
    const before = (await ann.ask('GET', `/api/v1/ledgers/${ledger}`)).json
    expect(before).toMatchObject({
      content: { chain: REGTEST, blocks: { first: 0, last: 14 }, genesis: true },
      sources: [{ name: 'core', sha256: null, file: null, bytes: expect.any(Number) }],
    })
    expect((await run(`/ledgers/${ledger}/append`, { source: 'core' })).body.result).toMatchObject({ blocks: 0 })
    expect((await ann.ask('GET', `/api/v1/ledgers/${ledger}`)).json).toEqual(before)
    expect((await run(`/ledgers/${ledger}/verify`, {})).body.result.sound).toBe(true)
  })

  it.skipIf(!hasRealBlocks())('real blocks come over REST', async () => {
    const ledger = await newLedger()
    const { body } = await run(`/ledgers/${ledger}/import`, { source: 'rest', fromHeight: 1, toHeight: 40 })
    expect(body.result, JSON.stringify(body.error)).toMatchObject({ blocks: 40 })
    expect((await ann.ask('GET', `/api/v1/ledgers/${ledger}`)).json.content.chain).toBe(BITCOIN_NETWORKS.main.chain)
  })

  it('a job that the node refuses says so and nothing else, and is resumed when the credentials are right', async () => {
    const ledger = await newLedger()
    await writeFile(cookie, '__cookie__:of an earlier start')
    const failed = await run(`/ledgers/${ledger}/import`, { source: 'core' })
    expect(failed.body).toMatchObject({
      status: 'failed',
      error: { code: 'bitcoin/node-refused', message: expect.stringMatching(/^core /) },
    })
    await writeFile(cookie, `__cookie__:${PASSWORD}\n`)
    expect((await ann.ask('POST', `/api/v1/jobs/${failed.id}/resume`)).status).toBe(200)
    expect((await ended(ann, failed.id)).body).toMatchObject({ status: 'done', result: { blocks: 15 } })
  })

  it.each([
    ['gone', 'bitcoin/node-unreachable', /no answer from gone: ECONNREFUSED/],
    ['locked', 'ledger/no-credentials', /the credentials of the source locked/],
  ])('%s fails by its name', async (source, code, message) => {
    const { body } = await run(`/ledgers/${await newLedger()}/import`, { source })
    expect(body).toMatchObject({ status: 'failed', error: { code, message: expect.stringMatching(message) } })
    expect(JSON.stringify(body)).not.toMatch(/127\.0\.0\.1|invalid/)
    expect(JSON.stringify(body)).not.toContain(root)
  })

  it('is not followed to where a server sends it', async () => {
    const asked = esplora.asked.length
    const { body } = await run('/traces', { title: 'x', ledger: 'moved', seeds: [PAYMENT] })
    expect(body).toMatchObject({ status: 'failed', error: { code: 'esplora/redirect' } })
    expect(JSON.stringify(body)).not.toContain('127.0.0.1')
    expect(esplora.asked.length).toBe(asked)
  })

  it('a server that says back what it was sent tells nothing', async () => {
    const { body } = await run('/traces', { title: 'x', ledger: 'echo', seeds: [PAYMENT] })
    expect(body.error).toMatchObject({ code: 'esplora/refused', message: expect.stringContaining('"authorization":"Basic ***"') })
    expect(body.error.message).toContain('"host":"***"')
  })

  it('a server tells nothing by the beginning of what it was sent, or by a part of its address', async () => {
    const { body } = await run('/traces', { title: 'x', ledger: 'cut', seeds: [PAYMENT] })
    expect(body.error).toMatchObject({
      code: 'esplora/refused',
      message: expect.stringMatching(/GET \/\*\*\*\/block-height\/0 x+ Basic \*\*\*$/),
    })
  })

  it.each([
    ['an address in place of a name', { source: 'http://127.0.0.1:1' }, 400, 'node/bad-request'],
    ['a name that is none', { source: 'cores' }, 404, 'node/not-found'],
    ['a name of every object', { source: 'constructor' }, 404, 'node/not-found'],
    ['blocks of an Esplora server', { source: 'esplora' }, 422, 'ledger/no-blocks'],
    ['files beside it', { source: 'core', uploads: [] }, 400, 'node/bad-request'],
    ['a chain beside it', { source: 'core', chain: REGTEST }, 400, 'node/bad-request'],
    ['heights without it', { fromHeight: 1 }, 400, 'node/bad-request'],
    ['an address beside it', { source: 'core', url: 'http://127.0.0.1:1' }, 400, 'node/bad-request'],
  ])('refuse %s', async (_what, body, status, code) => {
    const refused = await ann.ask('POST', `/api/v1/ledgers/${await newLedger()}/import`, body)
    expect([refused.status, refused.json.code]).toEqual([status, code])
  })

  it('write into a ledger of one’s own alone, and an append says itself where it begins', async () => {
    const ledger = await newLedger()
    expect((await kim.ask('POST', `/api/v1/ledgers/${ledger}/import`, { source: 'core' })).status).toBe(404)
    expect((await ann.ask('POST', `/api/v1/ledgers/${ledger}/append`, { source: 'core', fromHeight: 2 })).status).toBe(400)
  })

  it('a trace runs over an Esplora server, and again as of the same block', async () => {
    const { body } = await run('/traces', { title: 'live', ledger: 'esplora', seeds: [PAYMENT] })
    expect(body.status, JSON.stringify(body.error)).toBe('done')
    const trace = (await ann.ask('GET', `/api/v1/traces/${body.result.trace}`)).json
    expect(trace.body.ledger).toMatchObject({ key: 'esplora', name: 'esplora', chain: REGTEST, asOf: third.hash })
    const document = parseTrace((await ann.ask('GET', `/api/v1/traces/${body.result.trace}/document`)).text)
    expect(document.flows.map(({ transaction }) => transaction)).toContain(ONWARD)
    // The chain goes on; what was said as of an earlier block stays.
    esplora.setBlocks([...blocks, mineTest(third, [{ inputs: [{ txid: ONWARD, index: 0 }], outputs: [{ value: 8e7, script: ALICE }] }])])
    expect((await run(`/traces/${body.result.trace}/verify`, {})).body.result).toMatchObject({ same: true })
    const later = await run('/traces', { title: 'later', ledger: 'esplora', seeds: [PAYMENT] })
    expect(later.body.result.document).not.toBe(body.result.document)
    const asOf = await run('/traces', { title: 'again', ledger: 'esplora', seeds: [PAYMENT], live: { asOf: third.hash } })
    expect(asOf.body.result.document).toBe(body.result.document)
  })

  it('a trace that is stopped goes on where it was, without asking again', async () => {
    let held: () => void = () => {}
    const reached = new Promise<void>((resolve) => {
      held = resolve
    })
    esplora.misbehave = (path) => {
      if (!path.endsWith('/outspends')) return false
      held()
      return true
    }
    const from = esplora.asked.length
    const started = await ann.ask('POST', '/api/v1/traces', { title: 'stopped', ledger: 'esplora', seeds: [PAYMENT] })
    await reached
    await expect
      .poll(async () => (await ann.ask('GET', `/api/v1/jobs/${started.json.id}`)).json.progress)
      .toMatchObject({ phase: 'asking the server', unit: 'requests' })
    expect((await ann.ask('POST', `/api/v1/jobs/${started.json.id}/cancel`)).status).toBe(200)
    expect((await ended(ann, started.json.id)).body.status).toBe('cancelled')
    esplora.misbehave = null
    const until = esplora.asked.length
    expect((await ann.ask('POST', `/api/v1/jobs/${started.json.id}/resume`)).status).toBe(200)
    expect((await ended(ann, started.json.id)).body.status).toBe('done')
    const first = esplora.asked.slice(from, until).filter((path) => path === `/tx/${PAYMENT}`)
    const second = esplora.asked.slice(until).filter((path) => path === `/tx/${PAYMENT}`)
    expect([first.length, second.length]).toEqual([1, 0])
  })

  it('a trace ends where the caller’s requests do', async () => {
    const { body } = await run('/traces', { title: 'few', ledger: 'esplora', seeds: [PAYMENT], live: { maxRequests: 3 } })
    expect(body).toMatchObject({ status: 'failed', error: { code: 'esplora/request-limit' } })
  })

  it('exposures of a wallet are asked of an Esplora server', async () => {
    await serveOwn(world, 'id,name,kind,wallet\nw1,Orion Byssus,person,\n')
    const compliance = await world.someone('Cho', ['compliance'])
    const wallet = scriptAddress(Buffer.from(BOB, 'hex'), BITCOIN_NETWORKS.regtest)
    const { body } = await run('/screen/exposures', { ledger: 'esplora', wallet }, compliance)
    expect(body, JSON.stringify(body.error)).toMatchObject({ status: 'done', subject: { ledger: 'esplora' }, result: { itself: 0 } })
  })

  it('an Esplora server is no ledger at other doors, and a node none at all', async () => {
    for (const path of ['', `/accounts/x`, `/transactions/${PAYMENT}`]) {
      const refused = await ann.ask('GET', `/api/v1/ledgers/esplora${path}`)
      expect([refused.status, refused.json.code]).toEqual([422, 'ledger/live'])
    }
    expect((await ann.ask('POST', '/api/v1/ledgers/esplora/import', { source: 'core' })).json.code).toBe('ledger/live')
    expect((await ann.ask('POST', '/api/v1/traces', { title: 'x', ledger: 'core', seeds: [PAYMENT] })).status).toBe(404)
    const ledger = await newLedger()
    await run(`/ledgers/${ledger}/import`, { source: 'core' })
    const idle = await ann.ask('POST', '/api/v1/traces', { title: 'x', ledger, seeds: [PAYMENT], live: { maxRequests: 3 } })
    expect(idle.json.code).toBe('trace/bad-parameter')
  })

  it('are in nothing that is kept or told: no address, no password, no file of it', async () => {
    const ledger = await newLedger()
    await run(`/ledgers/${ledger}/import`, { source: 'core' })
    const kept = await everything()
    const manifest = await readFile(join(world.data, 'ledgers', ledger, 'manifest.json'), 'utf8')
    expect(kept).toContain('"source":"core"')
    expect(manifest).toContain('http://core.invalid/')
    for (const secret of [PASSWORD, Buffer.from(`__cookie__:${PASSWORD}`).toString('base64'), `:${port}`, esploraUrl, cookie])
      expect(`${kept}${manifest}`).not.toContain(secret)
  })
})
