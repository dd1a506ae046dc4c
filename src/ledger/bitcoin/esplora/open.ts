import { createHash } from 'node:crypto'
import { BITCOIN_NETWORKS, CordonError, type NetworkName, type Progress } from '../../../chain/index.ts'
import { DiskCache, NO_CACHE } from './cache.ts'
import { Chain } from './chain.ts'
import { Client, type ClientOptions } from './client.ts'
import { Histories } from './histories.ts'
import { EsploraLedger } from './ledger.ts'
import { readServer } from './server.ts'
import { type Block, Source } from './source.ts'

export interface EsploraOptions {
  /** Of the API, e.g. `https://blockstream.info/api`, http or https; a user and password in it are sent as a header and never shown. */
  readonly url: string
  readonly network: NetworkName
  /** Answer as of this block (its hash), and not of the newest: to go on with a trace, or to make it again. */
  readonly asOf?: string
  /** Answers are kept in this folder, so that work that was interrupted goes on where it stopped. */
  readonly cacheDirectory?: string
  /** Milliseconds between two requests; 250 when left out. There is never more than one at a time. */
  readonly minInterval?: number
  /** Milliseconds that a request may take; 30,000 when left out. */
  readonly timeout?: number
  /** Requests that this ledger may make in all; 20,000 when left out. */
  readonly maxRequests?: number
  /** Milliseconds since 1970. */
  readonly clock?: () => number
  readonly sleep?: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>
  readonly fetch?: typeof globalThis.fetch
  readonly signal?: AbortSignal
  /** Told of every request. */
  readonly progress?: (progress: Progress) => void
}

/**
 * Opens a live Esplora server (electrs and what speaks like it) as a ledger. The newest block of now, or `asOf`, is its end: see {@link EsploraLedger}.
 *
 * @throws CordonError `esplora/bad-url`, `esplora/bad-option`; `esplora/wrong-network` where the server's chain does not begin with the network's genesis block;
 *   `esplora/not-in-chain` where `asOf` is no block of it; and what {@link Client} throws
 */
export async function openEsplora(options: EsploraOptions): Promise<EsploraLedger> {
  const server = readServer(options.url)
  const network = BITCOIN_NETWORKS[options.network]
  const client = new Client(clientOptions(options, server))
  const cache = options.cacheDirectory === undefined ? NO_CACHE : new DiskCache(options.cacheDirectory)
  const source = new Source(client, cache, network, createHash('sha256').update(server.base).digest('hex').slice(0, 16))

  // Asked every time: a cache would answer for another server.
  const genesis = (await source.hashAt(0)) === network.genesis ? await source.block(network.genesis) : null
  if (genesis === null || genesis.height !== 0) {
    throw new CordonError(
      'esplora/wrong-network',
      `the server's chain does not begin with the genesis block of Bitcoin's ${network.name} network`,
      {
        place: client.place('/block-height/0'),
        remedy: 'Name the network that the server serves, or the address of one for this network.',
      },
    )
  }
  const end = options.asOf === undefined ? await newest(source) : await blockOf(source, options.asOf)
  source.setTip(end)
  const chain = new Chain(source, end)
  const histories = new Histories(source, chain)
  return new EsploraLedger({ network, source, chain, histories, client, cache, url: server.base, firstTime: genesis.header.time })
}

function clientOptions(options: EsploraOptions, server: ClientOptions['server']): ClientOptions {
  const { minInterval = 250, timeout = 30_000, maxRequests = 20_000, clock, sleep, fetch, signal, progress } = options
  for (const [name, value] of Object.entries({ minInterval, timeout, maxRequests })) {
    if (Number.isSafeInteger(value) && value >= (name === 'minInterval' ? 0 : 1) && value < 2 ** 31) continue
    throw new CordonError('esplora/bad-option', `${name} is ${value}`, { remedy: 'Give a whole number of milliseconds or requests.' })
  }
  return {
    server,
    minInterval,
    timeout,
    maxRequests,
    ...(clock === undefined ? {} : { clock }),
    ...(sleep === undefined ? {} : { sleep }),
    ...(fetch === undefined ? {} : { fetch }),
    ...(signal === undefined ? {} : { signal }),
    ...(progress === undefined ? {} : { progress }),
  }
}

async function newest(source: Source): Promise<Block> {
  const hash = await source.tipHash()
  const block = await source.block(hash)
  if (block !== null) return block
  throw notInChain(`the server has no block ${hash}, which it calls its newest`, source.place('/blocks/tip/hash'))
}

async function blockOf(source: Source, hash: string): Promise<Block> {
  if (!/^[0-9a-f]{64}$/.test(hash))
    throw new CordonError('esplora/bad-option', 'asOf is not the hash of a block', { remedy: 'Give 64 lower-case hex digits.' })
  const block = await source.block(hash)
  if (block !== null && (await source.hashAt(block.height)) === hash) return block
  throw notInChain(`block ${hash} is not part of the server's chain`, source.place(`/block/${hash}`))
}

function notInChain(what: string, place: { readonly file: string }): CordonError {
  return new CordonError('esplora/not-in-chain', what, {
    place,
    remedy: 'Leave the block off to begin with the newest one, or use another server.',
  })
}
