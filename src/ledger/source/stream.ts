import type { IncomingBatch } from '../batch.ts'
import { type BlockTimes, readBlockTimes } from './block-times.ts'
import { Assembler, STREAMED } from './decode.ts'
import { chunksOf } from './duck.ts'
import { encodeSelect } from './encode.ts'
import { type Lane, type Reader, refuser, repeatsNote } from './lane.ts'
import { tokenNames } from './names.ts'
import { refuse } from './refuse.ts'
import { relationOf } from './relation.ts'
import type { Source } from './source.ts'
import { assertWhole } from './whole.ts'

/** True when the sources can stream if they are in order: Parquet of one kind of row whose index counts through the block, with at most block times and token names beside. */
export function mayStream(sources: readonly Source[]): boolean {
  const moving = sources.filter(moves)
  const role = moving[0]?.table.role
  return (
    (role === 'token' || role === 'log') &&
    moving.every((s) => s.table.role === role && s.layout.kind === 'parquet' && s.reading.blockWide === true)
  )
}

/** Whether rows of the source are movements, rather than something about blocks or tokens. */
export function moves(source: Source): boolean {
  return source.table.role !== 'block' && source.table.role !== 'name'
}

/** Reads files that are in chain order already, one after the other: no sorting, nothing kept. */
export function streamLane(reader: Reader, ordered: readonly Source[]): Lane {
  return {
    batches: () => batches(reader, ordered),
    async *fees() {},
  }
}

async function* batches(reader: Reader, ordered: readonly Source[]): AsyncGenerator<IncomingBatch> {
  reader.assets.names = await tokenNames(reader.duck, reader.sources)
  const times = await timesBeside(reader)
  const assembler = new Assembler({
    assets: reader.assets,
    refuse: refuser(reader),
    timeOf: times === null ? null : (block) => times.of(block),
  })
  const total = ordered.reduce((n, source) => n + rowsOf(source), 0)
  let done = 0
  for (const source of ordered) {
    const relation = relationOf(source, false)
    const encoded = encodeSelect(source, relation.sql, relation.row)
    const result = await reader.duck.stream(`SELECT ${STREAMED} FROM (${encoded})`)
    for await (const chunk of chunksOf(result)) {
      reader.signal?.throwIfAborted()
      done += chunk.rowCount
      const filled = assembler.take(chunk)
      if (filled.length > 0) reader.progress?.({ phase: 'reading', done, total, unit: 'rows' })
      yield* filled
    }
    reader.rowsRead.set(source.number, rowsOf(source))
  }
  const rest = assembler.rest()
  if (rest !== null) yield rest
  for (const [file, count] of assembler.transfers) reader.transfers.set(file, count)
  if (assembler.repeats > 0) reader.notes.push(repeatsNote(assembler.repeats))
}

function rowsOf(source: Source): number {
  return source.layout.kind === 'parquet' ? source.layout.rows : 0
}

async function timesBeside(reader: Reader): Promise<BlockTimes | null> {
  for (const source of reader.sources.filter((candidate) => !moves(candidate))) {
    const note = await assertWhole(source, reader.signal)
    if (note !== null) reader.notes.push(note)
    const [count] = await reader.duck.rows(`SELECT count(*) FROM ${relationOf(source, false).sql}`)
    reader.rowsRead.set(source.number, Number(count![0]) + (await refuse(reader, source, [])))
  }
  const files = reader.sources.filter((source) => source.table.role === 'block')
  if (files.length === 0) return null
  const selects = files.map((source) => {
    const relation = relationOf(source, false)
    return `SELECT TRY_CAST(${source.reading.block} AS UINTEGER) AS block, ${source.reading.time!.seconds} AS time FROM ${relation.sql}`
  })
  return readBlockTimes(reader.duck, selects.join(' UNION ALL '))
}
