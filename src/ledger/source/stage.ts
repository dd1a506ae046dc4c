import type { Reading } from '../formats/format.ts'
import { checkRow, slowTexts } from './check-row.ts'
import { chunksOf } from './duck.ts'
import { encodeSelect } from './encode.ts'
import { loadEdges } from './graph-file.ts'
import type { Reader } from './lane.ts'
import { type Fault, refuse } from './refuse.ts'
import { EDGES, type Relation, relationOf, UNNUMBERED } from './relation.ts'
import type { Source } from './source.ts'
import { moves } from './stream.ts'
import { assertWhole } from './whole.ts'

/** Roles as numbers in the staged table. */
export const ROLE = { token: 0, log: 1, transaction: 2, trace: 3, native: 4, internal: 5, flow: 6 } as const

const TABLES = `
CREATE TABLE moves(block UINTEGER, txi INTEGER, idx INTEGER, kind UTINYINT, time BIGINT, h1 UUID, h2 UUID, f UUID, t UUID, a UUID, tails UUID, value UHUGEINT,
  slow VARCHAR[], file UINTEGER, line BIGINT, x_role UTINYINT, x_path INTEGER[], x_alone BOOLEAN);
CREATE TABLE txs(h1 UUID, h2 UUID, block UINTEGER, txi INTEGER, time BIGINT, status BOOLEAN, f UUID, tail UINTEGER, gas HUGEINT, price HUGEINT, created VARCHAR, receipt BOOLEAN, file UINTEGER, line BIGINT);
CREATE TABLE failed(h1 UUID, h2 UUID, path INTEGER[]);
CREATE TABLE covered(role UTINYINT, block UINTEGER);
CREATE TABLE numbered(block UINTEGER, idx INTEGER);
CREATE TABLE block_times(block UINTEGER, time BIGINT);`

/** Reads every source once (transactions and traces twice) into tables of fixed-width columns. Refuses rows on the way, in the order of files and lines. */
export async function stageAll(reader: Reader): Promise<void> {
  await reader.duck.run(TABLES)
  const roles = new Set(reader.sources.map((source) => source.table.role))
  for (const [i, source] of reader.sources.entries()) {
    reader.signal?.throwIfAborted()
    reader.progress?.({ phase: 'reading', done: i, total: reader.sources.length, unit: 'files' })
    await stage(reader, source, roles)
  }
}

async function stage(reader: Reader, source: Source, roles: ReadonlySet<string>): Promise<void> {
  const { role } = source.table
  const { reading } = source
  const relation = relationOf(source, reading.blockWide !== true)
  const note = await assertWhole(source, reader.signal)
  if (note !== null) reader.notes.push(note)
  if (source.layout.kind === 'gexf') await loadEdges(reader.duck, EDGES, source.path, source.layout.compression)
  let rows: number | null = null
  let faults: readonly Fault[] = []
  if (role === 'block') {
    rows = await insert(reader, `block_times SELECT TRY_CAST(${reading.block} AS UINTEGER), ${reading.time!.seconds} FROM ${relation.sql}`)
  }
  if (role === 'transaction' || role === 'receipt') rows = await insert(reader, `txs ${transactionSelect(source, relation)}`)
  if (role !== 'receipt' && moves(source)) {
    const moved = await stageMoves(reader, source, relation)
    faults = moved.faults
    if (reading.moves === undefined) rows ??= moved.rows
  }
  if (role === 'trace') await insert(reader, `failed ${failedSelect(source, relation)}`)
  const covers =
    (role === 'trace' && (roles.has('transaction') || roles.has('native'))) ||
    (role === 'token' && roles.has('log')) ||
    (role === 'native' && roles.has('transaction'))
  if (covers)
    await insert(
      reader,
      `covered SELECT DISTINCT ${ROLE[role as keyof typeof ROLE]}, TRY_CAST(${reading.block} AS UINTEGER) FROM ${relation.sql}`,
    )
  if (reading.numbered !== undefined && roles.has('token')) {
    const idx = `TRY_CAST(${reading.index} AS INTEGER)`
    await insert(reader, `numbered SELECT TRY_CAST(${reading.block} AS UINTEGER), ${idx} FROM ${relation.sql} WHERE ${reading.numbered}`)
  }
  if (reading.counted !== undefined) await noteCounted(reader, source, reading.counted, relation)
  rows ??= source.layout.kind === 'parquet' ? source.layout.rows : await count(reader, relation.sql)
  reader.rowsRead.set(source.number, rows + (await refuse(reader, source, faults)))
}

/** Stages what moves value, and lists what is unsound; a text file is read again, with numbered rows, only if there is something to list. */
async function stageMoves(
  reader: Reader,
  source: Source,
  relation: Relation,
): Promise<{ readonly rows: number; readonly faults: readonly Fault[] }> {
  const rows = await insert(reader, `moves ${movesSelect(source, relation)}`)
  const faults = await faultsOf(reader, source)
  if (faults.length === 0 || relation.row !== UNNUMBERED) return { rows, faults }
  await reader.duck.run(`DELETE FROM moves WHERE file = ${source.number}`)
  await insert(reader, `moves ${movesSelect(source, relationOf(source, true))}`)
  return { rows, faults: await faultsOf(reader, source) }
}

function movesSelect(source: Source, relation: Relation): string {
  const { reading, table } = source
  const path = reading.path === undefined ? 'NULL' : pathList(reading.path)
  const moves = [reading.moves, reading.failed === undefined ? undefined : `NOT ${reading.failed}`].filter(
    (condition) => condition !== undefined,
  )
  const narrowed: Source = moves.length === 0 ? source : { ...source, reading: { ...reading, moves: moves.join(' AND ') } }
  const extra = [`${ROLE[table.role as keyof typeof ROLE]} AS x_role`, `${path} AS x_path`, `${reading.alone ?? 'false'} AS x_alone`]
  return encodeSelect(narrowed, relation.sql, relation.row, extra)
}

function pathList(text: string): string {
  return `CASE WHEN ${text} = '' THEN []::INTEGER[] ELSE TRY_CAST(string_split(${text}, '_') AS INTEGER[]) END`
}

function failedSelect(source: Source, relation: Relation): string {
  const { reading } = source
  const hash = hashParts(reading)
  return `SELECT ${hash}, ${pathList(reading.path!)} FROM ${relation.sql} WHERE ${reading.failed}`
}

function hashParts(reading: Reading): string {
  return `TRY_CAST(substr(${reading.hash}, 3, 32) AS UUID), TRY_CAST(substr(${reading.hash}, 35, 32) AS UUID)`
}

function transactionSelect(source: Source, relation: Relation): string {
  const { reading } = source
  const whole = (sql: string | undefined) =>
    sql === undefined ? 'NULL' : `TRY_CAST(nullif(regexp_replace(CAST(${sql} AS VARCHAR), '\\.0+$', ''), '') AS HUGEINT)`
  const status =
    reading.status === undefined
      ? 'NULL'
      : `(CAST(${reading.status} AS VARCHAR) NOT IN ('0', '0.0', 'false') OR nullif(CAST(${reading.status} AS VARCHAR), '') IS NULL)`
  const from = reading.from ?? 'NULL::VARCHAR'
  return `SELECT ${hashParts(reading)}, TRY_CAST(${reading.block} AS UINTEGER), ${reading.txIndex === undefined ? 'NULL' : `TRY_CAST(${reading.txIndex} AS INTEGER)`},
    ${reading.time?.seconds ?? 'NULL'}, ${status}, TRY_CAST(substr(${from}, 3, 32) AS UUID), TRY_CAST('0x' || substr(${from}, 35, 8) AS UINTEGER),
    ${whole(reading.gasUsed)}, ${whole(reading.gasPrice)}, ${reading.created ?? 'NULL'}, ${source.table.role === 'receipt'}, ${source.number}, ${relation.row} FROM ${relation.sql}`
}

/** Rows whose texts `checkRow` does not accept. */
async function faultsOf(reader: Reader, source: Source): Promise<Fault[]> {
  const faults: Fault[] = []
  const result = await reader.duck.stream(`SELECT slow FROM moves WHERE file = ${source.number} AND slow IS NOT NULL ORDER BY line`)
  for await (const chunk of chunksOf(result)) {
    const vector = chunk.getColumnVector(0)
    for (let i = 0; i < chunk.rowCount; i++) {
      const texts = slowTexts((vector.getItem(i) as { items: (string | null)[] }).items)
      const checked = checkRow(texts)
      if (checked.fault !== null) faults.push({ row: Number(texts.line), ...checked.fault })
    }
  }
  return faults
}

async function noteCounted(
  reader: Reader,
  source: Source,
  counted: { readonly sql: string; readonly what: string },
  relation: Relation,
): Promise<void> {
  const found = await count(reader, `${relation.sql} WHERE ${counted.sql}`)
  if (found > 0) reader.notes.push(`${source.path}: ${found} ${counted.what}; they are no transfers here.`)
}

async function count(reader: Reader, from: string): Promise<number> {
  const [row] = await reader.duck.rows(`SELECT count(*) FROM ${from}`)
  return Number(row![0])
}

/** @returns rows inserted */
async function insert(reader: Reader, into: string): Promise<number> {
  const result = await reader.duck.connection.run(`INSERT INTO ${into}`)
  return result.rowsChanged
}
