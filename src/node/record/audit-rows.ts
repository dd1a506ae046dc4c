import { canonicalJson } from '../../chain/index.ts'
import type { Database } from '../database/database.ts'
import type { Tx } from '../database/tx.ts'
import type { RowWritten } from './entry.ts'
import type { RecordFinding } from './finding.ts'
import { VOUCHED, written } from './rows.ts'

const PAGE = 500

type Told = { readonly index: number; readonly wrote: NonNullable<RowWritten['wrote']> }

/**
 * The invariant: each row of the tables of `VOUCHED` is what the entries of the record say was written to it, column by column the last that was, from the first entry to the last; a row that no entry made is not there, and one that was made and not taken away is.
 * So whoever changes, adds or deletes a row past the node is found, whatever he changes later by way of the node: an act tells the columns that it set, not the rest of the row.
 * Rows from before the record spoke of them are in the entries `row.baseline`, which the upgrade wrote (step `0013-rows`).
 *
 * Memory grows with the rows that there are.
 */
export async function auditRows(database: Database, found: (finding: RecordFinding) => void): Promise<void> {
  await database.system(async (tx) => {
    const told = await toldRows(tx)
    for (const table of VOUCHED) {
      for (const row of await tx.query<RowWritten>(`select ${written(table)} from cordon.${table.name}`)) {
        const name = nameOf(row)
        const last = told.get(name)
        told.delete(name)
        if (last === undefined) found({ where: name, what: 'the record does not say that this row was made' })
        else
          for (const column of differing(last.wrote, row.wrote ?? {}))
            found({ where: `${name} ${column}`, what: `it is not what was written, by entry ${last.index} of the record or before it` })
      }
    }
    for (const [name, { index }] of told) found({ where: name, what: `the row is missing; entry ${index} of the record speaks of it` })
  })
}

/** What the record says that there is, by table and row. Entries that cannot be read are found elsewhere. */
async function toldRows(tx: Tx): Promise<Map<string, Told>> {
  const told = new Map<string, Told>()
  for (let next = 0; ; ) {
    const entries = await tx.query<{ index: number; entry: string }>(
      `select index, entry from cordon.log where index >= $1 and entry like '%"rows":%' order by index limit $2`,
      [next, PAGE],
    )
    for (const { index, entry } of entries)
      for (const row of rowsOf(entry)) {
        const name = nameOf(row)
        if (row.wrote === null) told.delete(name)
        else told.set(name, { index, wrote: { ...told.get(name)?.wrote, ...row.wrote } })
      }
    const last = entries.at(-1)
    if (last === undefined || entries.length < PAGE) return told
    next = last.index + 1
  }
}

function rowsOf(entry: string): readonly RowWritten[] {
  try {
    const { rows } = JSON.parse(entry) as { readonly rows?: unknown }
    return Array.isArray(rows) ? rows.filter(isRow) : []
  } catch {
    return []
  }
}

/** An entry that was tampered with can be anything; that it was is found by its hash. */
function isRow(row: unknown): row is RowWritten {
  if (typeof row !== 'object' || row === null) return false
  const { table, key, wrote } = row as { readonly [name: string]: unknown }
  return typeof table === 'string' && typeof key === 'string' && typeof wrote === 'object' && !Array.isArray(wrote)
}

function nameOf({ table, key }: RowWritten): string {
  return `${table} ${key}`
}

function differing(told: Told['wrote'], there: Told['wrote']): readonly string[] {
  const columns = new Set([...Object.keys(told), ...Object.keys(there)])
  return [...columns].filter(
    (column) => !(column in told && column in there) || canonicalJson(told[column]) !== canonicalJson(there[column]),
  )
}
