import type { ChainId, Work } from '../../chain/index.ts'
import type { IncomingBatch, IncomingFees } from '../batch.ts'
import type { AssetTable } from './assets.ts'
import type { Duck } from './duck.ts'
import type { Refusals } from './refusals.ts'
import type { Source } from './source.ts'

/** What both ways of reading (`stream.ts`, `sort.ts`) work with. */
export interface Reader extends Work {
  readonly duck: Duck
  readonly chain: ChainId
  readonly sources: readonly Source[]
  readonly assets: AssetTable
  readonly refusals: Refusals
  /** Sentences for the manifest, grown while reading. */
  readonly notes: string[]
  /** Rows read and transfers made, by number of the source. */
  readonly rowsRead: Map<number, number>
  readonly transfers: Map<number, number>
}

/** A way of reading all sources in chain order. */
export interface Lane {
  batches(): AsyncGenerator<IncomingBatch>
  fees(): AsyncGenerator<IncomingFees>
}

export function refuser(reader: Reader): (file: number, line: number, field: string, reason: string) => void {
  const paths = new Map(reader.sources.map((source) => [source.number, source.path]))
  return (file, line, field, reason) => reader.refusals.add({ file: paths.get(file) ?? '', line, field, reason })
}

export function repeatsNote(repeats: number): string {
  return `${repeats} token transfers have the block and log index of the one before them. All were kept: rows are never merged. Check whether a file was given twice.`
}
