import type { DuckDBDataChunk, DuckDBVector } from '@duckdb/node-api'
import { chunksOf, type Duck } from '../../source/duck.ts'
import type { ExportFile } from './file.ts'
import type { FileGroup } from './plan.ts'
import { transactionsSelect } from './select.ts'

/** A row of a transactions file, in the order of the chain. */
export interface ExportRow {
  readonly file: ExportFile
  readonly record: number
  readonly height: number
  /** Position in the block; null where the file has none. */
  readonly position: number | null
  readonly blockHash: string | null
  /** The whole row as JSON. */
  readonly text: string
}

type Columns = [DuckDBVector, DuckDBVector, DuckDBVector, DuckDBVector, DuckDBVector, DuckDBVector]

/** The fetch that is under way: the database must not be closed under it. */
export interface Pending {
  settled: Promise<void>
}

const ignore = (): void => {}

/**
 * Rows of files that overlap, by height, hash of the block and position in it; without a position the coinbase first, then in the order of files and rows. Sorting
 * spills to disk, so that memory does not grow with the files.
 */
export async function* rowsInOrder(duck: Duck, group: FileGroup, pending: Pending): AsyncGenerator<ExportRow> {
  const files = new Map(group.map((file) => [file.number, file]))
  const union = group
    .map((file) => `SELECT *, ${file.number}::UINTEGER AS file FROM (${transactionsSelect(file, true)})`)
    .join(' UNION ALL ')
  const result = await duck.stream(`SELECT file, CAST(record AS DOUBLE), block, position, block_hash, text FROM (${union})
    ORDER BY block, block_hash, position NULLS LAST, coinbase DESC, file, record`)
  const rowsOf = (chunk: DuckDBDataChunk): ExportRow[] => {
    const [file, record, height, position, blockHash, text] = Array.from({ length: 6 }, (_, k) => chunk.getColumnVector(k)) as Columns
    return Array.from({ length: chunk.rowCount }, (_, i) => ({
      file: files.get(file.getItem(i) as number) as ExportFile,
      record: record.getItem(i) as number,
      height: height.getItem(i) as number,
      position: position.getItem(i) as number | null,
      blockHash: blockHash.getItem(i) as string | null,
      text: text.getItem(i) as string,
    }))
  }
  const chunks = chunksOf(result)
  let next = chunks.next()
  for (;;) {
    const { done, value: chunk } = await next
    if (done === true) return
    const rows = rowsOf(chunk)
    // DuckDB works on the next chunk while the rows of this one are made into blocks.
    next = chunks.next()
    // Its failure is met when its turn comes; whoever closes the database waits for it before.
    pending.settled = next.then(ignore, ignore)
    yield* rows
  }
}
