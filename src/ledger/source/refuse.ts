import type { Reader } from './lane.ts'
import { contentOf, linesOf } from './lines.ts'
import { brokenJson, REJECTS } from './relation.ts'
import type { Source } from './source.ts'

/** A row whose texts `checkRow` does not accept, by its number in the file. */
export interface Fault {
  readonly row: number
  readonly field: string
  readonly reason: string
}

/** A row of a CSV file that DuckDB threw out before it had a number. */
interface Reject {
  /** As DuckDB counts, which leaves out line ends inside quotes. */
  readonly line: number
  /** Where its text begins, or the blank lines before it. */
  readonly byte: number
  readonly reason: string
}

const REASONS: Readonly<Record<string, string>> = {
  'MISSING COLUMNS': 'too few columns (a cut-off file ends so)',
  'TOO MANY COLUMNS': 'too many columns',
  'UNQUOTED VALUE': 'a quote that does not close, or text after it',
  'LINE SIZE OVER MAXIMUM': 'line too long',
  'INVALID ENCODING': 'not UTF-8',
}

/**
 * Reports what is refused of the text or Parquet file that was read last, in the order of lines: unsound rows, and rows that are none.
 *
 * @returns how many were no rows at all
 * @throws CordonError `ledger/too-many-refused`
 */
export async function refuse(reader: Reader, source: Source, faults: readonly Fault[]): Promise<number> {
  const { layout } = source
  const rejects = layout.kind === 'csv' ? await takeRejects(reader) : []
  const broken = layout.kind === 'json' && layout.shape === 'lines' ? await brokenLines(reader, source) : []
  const all = [...faults, ...broken]
  if (all.length + rejects.length === 0) return 0
  const lines =
    layout.kind === 'csv' || (layout.kind === 'json' && layout.shape === 'lines')
      ? await linesOf(contentOf(source.path, layout.compression), {
          records: new Set(all.map((fault) => fault.row)),
          thrownOut: rejects.map((reject) => reject.byte),
          header: layout.kind === 'csv',
        })
      : null
  const rows = [
    ...all.map(({ row, field, reason }) => ({ file: source.path, line: lines?.records.get(row) ?? row, field, reason })),
    ...rejects.map(({ line, byte, reason }) => ({ file: source.path, line: lines?.thrownOut.get(byte) ?? line, field: 'row', reason })),
  ]
  for (const row of rows.sort((a, b) => a.line - b.line)) reader.refusals.add(row)
  return rejects.length + broken.length
}

/** What DuckDB threw out of the file that was read last; several passes list the same rows. Empties the list. */
async function takeRejects(reader: Reader): Promise<Reject[]> {
  const [there] = await reader.duck.rows(`SELECT count(*) FROM duckdb_tables() WHERE table_name = '${REJECTS}'`)
  if (there![0] === '0') return []
  const rows = await reader.duck.rows(
    `SELECT min(line), line_byte_position, min(CAST(error_type AS VARCHAR)) FROM ${REJECTS} GROUP BY line_byte_position ORDER BY line_byte_position`,
  )
  await reader.duck.run(`DELETE FROM ${REJECTS}`)
  return rows.map(([line, byte, type]) => ({
    line: Number(line),
    byte: Number(byte) - 1,
    reason: REASONS[type ?? ''] ?? (type ?? 'not a row').toLowerCase(),
  }))
}

async function brokenLines(reader: Reader, source: Source): Promise<Fault[]> {
  const rows = await reader.duck.rows(brokenJson(source))
  return rows.map(([row]) => ({ row: Number(row), field: 'row', reason: 'not JSON' }))
}
