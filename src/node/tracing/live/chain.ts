import type { Work } from '../../../chain/index.ts'
import { type Ledger, openAnyLedger, openEsplora } from '../../../ledger/index.ts'
import { askLive } from './ask-live.ts'
import type { LiveSource } from './source.ts'

/** A live server as a ledger. */
export type LivePlace = {
  readonly source: LiveSource
  /** Hash of the block as of which it answers; null for its newest. */
  readonly asOf: string | null
  /** Folder of the job's own in which answers are kept, so that a job that is begun anew goes on where it stopped. */
  readonly cache: string
}

/** Where a chain is read: the folder of a ledger, or a live server. */
export type Place = string | LivePlace

/**
 * Opens a chain, and closes it. `use` is given the block as of which a live server answers; null of a ledger on disk.
 *
 * @throws CordonError as `openAnyLedger`, `openEsplora` and `askLive`
 */
export async function withChain<T>(place: Place, work: Work, use: (ledger: Ledger, asOf: string | null) => Promise<T>): Promise<T> {
  if (typeof place === 'string') {
    const ledger = await openAnyLedger(place)
    try {
      return await use(ledger, null)
    } finally {
      await ledger.close()
    }
  }
  const { source, asOf, cache } = place
  return askLive(source, async ({ address, fetch }) => {
    const ledger = await openEsplora({
      url: address,
      fetch,
      network: source.network,
      cacheDirectory: cache,
      minInterval: source.intervalMs,
      maxRequests: source.maxRequests,
      ...(asOf !== null && { asOf }),
      ...work,
    })
    try {
      return await use(ledger, ledger.tip.hash)
    } finally {
      await ledger.close()
    }
  })
}
