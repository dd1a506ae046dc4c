import type { LedgerManifest } from '../../ledger/index.ts'
import { formatTime } from '../../trace/index.ts'
import { storable } from '../jobs/index.ts'
import type { LedgerContent } from './ledger.ts'

const MOST_NOTES = 20

/** What a manifest says, shortly. */
export function contentOf({
  hash,
  chain,
  transfers,
  transactions,
  accounts,
  assets,
  blocks,
  time,
  lossy,
  genesis,
  orderNotes,
}: LedgerManifest): LedgerContent {
  return {
    hash,
    chain,
    transfers,
    transactions,
    accounts,
    assets: assets.length,
    blocks,
    time: time && { first: formatTime(time.first), last: formatTime(time.last) },
    lossy,
    genesis,
    notes: orderNotes.slice(0, MOST_NOTES).map(storable),
  }
}
