import { resolve } from 'node:path'
import { Type } from 'typebox'
import { BITCOIN_NETWORKS, type ChainId, CordonError, type NetworkName } from '../../../chain/index.ts'
import type { BitcoinSource, Config } from '../../config/index.ts'
import { notFound } from '../../objects/errors.ts'

/** A source as a job's process has it: where it is and what lets it in. It is put together when a job begins, from the configuration of that moment, and is in nothing that is kept. */
export type LiveSource = {
  readonly name: string
  readonly kind: BitcoinSource['kind']
  readonly url: string
  readonly network: NetworkName
  /** Absolute, for the process stands elsewhere. */
  readonly credentialsFile: string | null
  /** Milliseconds between two requests, and requests of one job at most. */
  readonly intervalMs: number
  readonly maxRequests: number
}

const INTERVAL_MS = 250
const MOST_REQUESTS = 20_000

/** The name of a source: looked up among those of the configuration, and never a part of an address. */
export const SourceName = Type.String({
  pattern: '^[a-z0-9-]{1,32}$',
  description: 'name of a source of the configuration (GET /sources)',
})

/** A source by its name. Throws `node/not-found`. */
export function sourceNamed(config: Config, name: string): BitcoinSource {
  const found = config.library.bitcoin.find((each) => each.name === name)
  if (found === undefined) throw notFound('source', name)
  return found
}

/** A source whose blocks can be imported. Throws `node/not-found`, `ledger/no-blocks`. */
export function blockSource(config: Config, name: string): BitcoinSource {
  const source = sourceNamed(config, name)
  if (source.kind !== 'esplora') return source
  throw new CordonError('ledger/no-blocks', `${name} is an Esplora server, which gives no blocks`, {
    remedy: 'Name it as the ledger of a trace, or import from a Bitcoin Core node.',
  })
}

/** The network of a source, as CAIP-2. */
export function sourceChain({ network = 'main' }: BitcoinSource): ChainId {
  return BITCOIN_NETWORKS[network].chain
}

/**
 * A source for the process of a job that begins.
 *
 * @throws CordonError `node/not-found` where the configuration has it no more
 */
export function liveSource(config: Config, name: string): LiveSource {
  const { kind, url, network = 'main', credentialsFile, intervalMs = INTERVAL_MS, maxRequests = MOST_REQUESTS } = sourceNamed(config, name)
  return {
    name,
    kind,
    url,
    network,
    credentialsFile: credentialsFile === undefined ? null : resolve(credentialsFile),
    intervalMs,
    maxRequests,
  }
}
