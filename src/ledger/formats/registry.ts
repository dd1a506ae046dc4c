import { awsPublicBlockchain } from './aws.ts'
import { cryo } from './cryo.ts'
import { ethereumEtl } from './ethereum-etl.ts'
import { etherscan } from './etherscan.ts'
import { flowCsv } from './flow-csv.ts'
import type { Columns, Table } from './format.ts'
import { gexf } from './gexf.ts'
import { graphsense } from './graphsense.ts'

/** Every format that Cordon reads. Where two fit, the earlier one wins. */
export const FORMATS: readonly (readonly Table[])[] = [awsPublicBlockchain, ethereumEtl, cryo, etherscan, graphsense, flowCsv, gexf]

/** The table whose columns these are, or the one that comes nearest and what it would still need. */
export type Recognised =
  | { readonly table: Table; readonly nearest: null }
  | { readonly table: null; readonly nearest: { readonly id: string; readonly missing: readonly string[] } }

/** Finds the table by column names: of those that fit, the one that asks for most. */
export function recognise(columns: Columns): Recognised {
  const tables = FORMATS.flat()
  const fitting = tables.filter((table) => missing(table, columns).length === 0 && (table.also?.(columns) ?? true))
  const best = fitting.reduce<Table | null>((a, b) => (a === null || b.needs.length > a.needs.length ? b : a), null)
  if (best !== null) return { table: best, nearest: null }
  const near = tables.map((table) => ({
    id: table.id,
    missing: missing(table, columns),
    share: 1 - missing(table, columns).length / table.needs.length,
  }))
  near.sort((a, b) => b.share - a.share)
  return { table: null, nearest: { id: near[0]!.id, missing: near[0]!.missing } }
}

function missing(table: Table, columns: Columns): string[] {
  return table.needs.filter((name) => !columns.types.has(name))
}
