import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LoadedTags, loadTags } from '../../../src/attribution/index.ts'
import {
  type EsploraLedger,
  type EsploraOptions,
  importAny,
  type Ledger,
  type LocalBitcoinLedger,
  openBitcoinLedger,
  openEsplora,
} from '../../../src/ledger/index.ts'
import { readSeeds, runTrace, serialize, type TraceDocument, type TraceParameters, verifyTrace } from '../../../src/trace/index.ts'
import { mine } from '../../ledger/bitcoin/esplora/blocks.ts'
import { EsploraServer } from '../../ledger/bitcoin/esplora/server.ts'
import { type SimulatedWorld, simulatedWorld } from './simulated.ts'

const root = await mkdtemp(join(tmpdir(), 'cordon-live-'))
let world: SimulatedWorld
let server: EsploraServer
let url: string
let tags: LoadedTags
let local: LocalBitcoinLedger

beforeAll(async () => {
  world = await simulatedWorld(join(root, 'world'), { transactions: 2_000, seed: 'live' })
  await importAny({ paths: [join(root, 'world/blocks')], directory: join(root, 'ledger') })
  local = await openBitcoinLedger(join(root, 'ledger'))
  server = new EsploraServer(world.blocks)
  url = await server.listen()
  tags = await loadTags([join(root, 'world/tags')])
})
afterAll(async () => {
  await local?.close()
  await server?.close()
  await rm(root, { recursive: true, force: true })
})

const open = (options: Partial<EsploraOptions> = {}): Promise<EsploraLedger> =>
  openEsplora({ url, network: 'regtest', minInterval: 0, ...options })

async function trace(ledger: Ledger, seeds: string, parameters: Partial<TraceParameters> = {}): Promise<TraceDocument> {
  return runTrace({
    ledger,
    tags,
    seeds: readSeeds(seeds),
    parameters: { ...parameters, bitcoin: { fees: 'share', mixing: 'stop', ...parameters.bitcoin, clusters: 'none' } },
  })
}

/** What a document says of the theft; what it says of the ledger differs. */
function findings({ ledger, completeness, ...rest }: TraceDocument): unknown {
  const { limits, ...read } = completeness
  return { ...rest, read, limits: limits.filter((limit) => !ledger.orderNotes.includes(limit)) }
}

describe('a trace over a live server', () => {
  const runs: readonly (readonly [string, Partial<TraceParameters>])[] = [
    ['forward', {}],
    ['through CoinJoins', { maxAccounts: 300, bitcoin: { fees: 'clean-first', mixing: 'follow', clusters: 'none' } }],
    ['backward', { direction: 'backward' }],
    ['by haircut until a time', { policy: 'haircut', until: '2023-11-16T09:00:00Z', maxDepth: 12 }],
  ]
  it.each(runs)(
    'finds what a trace over a ledger of the same chain finds, byte for byte, from every kind of seed: %s',
    async (_, parameters) => {
      let flows = 0
      for (const theft of [1, 2, 3]) {
        const { text, first } = await world.seeds(theft)
        const [output] = await local.outputs(await local.outputIds([first]))
        const [address] = await local.addresses([output?.account as number])
        const ledger = await open()
        for (const seeds of [first.txid, address as string, `${first.txid}:${first.index}`, text]) {
          const there = await trace(local, seeds, parameters)
          const live = await trace(ledger, seeds, parameters)
          expect(findings(live)).toEqual(findings(there))
          flows += live.flows.length
        }
        await ledger.close()
      }
      expect(flows).toBeGreaterThan(100)
    },
  )

  it('meets what a trace has to tell: services, mixes, exits to other chains, and bounds', async () => {
    const ledger = await open()
    const told = await Promise.all([1, 2, 3].map(async (theft) => trace(ledger, (await world.seeds(theft)).text)))
    const kinds = new Set(told.flatMap(({ entities }) => entities.map(({ kind }) => kind)))
    for (const kind of ['exchange', 'mixer', 'bridge', 'miners']) expect([...kinds]).toContain(kind)
    expect(told.flatMap(({ bitcoin }) => bitcoin?.mixes ?? []).length).toBeGreaterThan(0)
    expect(told.flatMap(({ bitcoin }) => bitcoin?.exits ?? []).length).toBeGreaterThan(0)
    expect(told.every(({ endpoints }) => endpoints.some(({ amounts }) => amounts[0]?.least !== null))).toBe(true)
    await ledger.close()
  })

  it('says that it is of a live server and as of which block, and runs again to the same bytes while the chain grows', async () => {
    const tip = world.blocks.at(-1) as SimulatedWorld['blocks'][number]
    const seeds = (await world.seeds(3)).text
    const first = await open()
    const document = await trace(first, seeds)
    expect(document.ledger.orderNotes.join('\n')).toContain(`as of block ${tip.height} (${tip.hash})`)
    const longer = new EsploraServer([...world.blocks, mine(tip, [])])
    const address = await longer.listen()
    try {
      const again = await open({ url: address, asOf: tip.hash })
      const newest = await open({ url: address })
      expect(await verifyTrace(document, { ledger: again, tags })).toEqual({ same: true, differences: [] })
      const { same, differences } = await verifyTrace(document, { ledger: newest, tags })
      expect(same).toBe(false)
      expect(differences[0]).toMatch(/^ledger: the document was made on/)
    } finally {
      await longer.close()
    }
  })

  it('goes on where it was interrupted: the cache spares what was asked before', async () => {
    const { text } = await world.seeds(2)
    const asOf = world.blocks.at(-1)?.hash as string
    const whole = await open()
    const document = await trace(whole, text)
    const needed = whole.traffic.requests

    const stop = new AbortController()
    const cacheDirectory = join(root, 'cache')
    server.misbehave = () => {
      if (server.asked.length - before === Math.floor(needed / 2)) stop.abort()
      return false
    }
    const before = server.asked.length
    const interrupted = await open({ cacheDirectory, asOf, signal: stop.signal })
    await expect(
      runTrace({ ledger: interrupted, tags, seeds: readSeeds(text), parameters: document.parameters, signal: stop.signal }),
    ).rejects.toMatchObject({ name: 'AbortError' })
    server.misbehave = null
    const spent = server.asked.length - before

    const resumed = await open({ cacheDirectory, asOf })
    expect(serialize(await trace(resumed, text))).toBe(serialize(document))
    expect(resumed.traffic.requests).toBeLessThan(needed - 0.8 * spent)
    const cached = await open({ cacheDirectory, asOf })
    expect(serialize(await trace(cached, text))).toBe(serialize(document))
    // The server is still asked whether it is of this network and has the block.
    expect(cached.traffic.requests).toBe(2)
  })
})
