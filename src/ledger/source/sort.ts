import type { IncomingBatch } from '../batch.ts'
import { Assembler, STREAMED } from './decode.ts'
import { chunksOf } from './duck.ts'
import { feesOf } from './fees.ts'
import { type Lane, type Reader, repeatsNote } from './lane.ts'
import { tokenNames } from './names.ts'
import { orderedMoves } from './order.ts'
import { stageAll } from './stage.ts'

/** Reads all sources into tables, lets DuckDB join and sort them (out of core where it must), and streams the result. */
export function sortLane(reader: Reader): Lane {
  return { batches: () => batches(reader), fees: () => feesOf(reader) }
}

async function* batches(reader: Reader): AsyncGenerator<IncomingBatch> {
  await stageAll(reader)
  reader.assets.names = await tokenNames(reader.duck, reader.sources)
  const { sql, rows } = await orderedMoves(reader)
  // What is unsound was refused while it was staged; here it is only passed over.
  const assembler = new Assembler({ assets: reader.assets, refuse: () => {}, timeOf: null })
  reader.progress?.({ phase: 'sorting', done: 0, total: rows, unit: 'transfers' })
  const result = await reader.duck.stream(`SELECT ${STREAMED} FROM (${sql})`)
  let done = 0
  for await (const chunk of chunksOf(result)) {
    reader.signal?.throwIfAborted()
    done += chunk.rowCount
    const filled = assembler.take(chunk)
    if (filled.length > 0) reader.progress?.({ phase: 'reading in order', done, total: rows, unit: 'transfers' })
    yield* filled
  }
  const rest = assembler.rest()
  if (rest !== null) yield rest
  for (const [file, count] of assembler.transfers) reader.transfers.set(file, count)
  if (assembler.repeats > 0) reader.notes.push(repeatsNote(assembler.repeats))
}
