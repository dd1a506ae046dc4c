import type { Columns } from '../../formats/format.ts'

/** How an export writes amounts: whole satoshis, or coins as floating point (AWS). */
export type ValueUnit = 'satoshis' | 'coins'

export type ExportKind = 'transactions' | 'blocks'

/** What a file is by the names of its columns, in any order. */
export interface ExportTable {
  /** `format/table`, as the manifest names it. */
  readonly id: string
  readonly kind: ExportKind
  readonly unit: ValueUnit
}

/** Names of the fields of nested outputs and inputs with their DuckDB types; JSON fields are all `JSON`. */
export interface NestedColumns {
  readonly inputs: ReadonlyMap<string, string>
  readonly outputs: ReadonlyMap<string, string>
}

/**
 * Tells bitcoin-etl's tables (also BigQuery's `crypto_bitcoin`) and those of AWS Public Blockchain Data from all others. Both name columns alike; AWS
 * has one `address` an output where bitcoin-etl has a list of `addresses`, and coins as DOUBLE where bitcoin-etl has satoshis.
 */
export function exportTable(columns: Columns, nested: NestedColumns): ExportTable | null {
  const has = (name: string) => columns.types.has(name)
  if (has('hash') && has('block_number') && has('outputs') && nested.outputs.has('value') && nested.outputs.has('script_hex')) {
    const aws = nested.outputs.has('address') && !nested.outputs.has('addresses')
    return { id: aws ? 'aws/btc-transactions' : 'bitcoin-etl/transactions', kind: 'transactions', unit: aws ? 'coins' : 'satoshis' }
  }
  if (has('hash') && has('number') && has('merkle_root') && (has('stripped_size') || has('coinbase_param') || has('transaction_count'))) {
    const aws = has('previousblockhash') || has('chainwork')
    return { id: aws ? 'aws/btc-blocks' : 'bitcoin-etl/blocks', kind: 'blocks', unit: 'satoshis' }
  }
  return null
}

/** What a transactions file does not carry, said in words. */
export function lacking(columns: Columns, nested: NestedColumns): string[] {
  const wanted: Readonly<Record<string, boolean>> = {
    'transaction index': columns.types.has('index'),
    'block hash': columns.types.has('block_hash'),
    time: columns.types.has('block_timestamp') || columns.types.has('block_time'),
    version: columns.types.has('version'),
    'lock time': columns.types.has('lock_time'),
    'witness flag (told from size and virtual size)': false,
    'size and virtual size': columns.types.has('size') && columns.types.has('virtual_size'),
    'sequence numbers': nested.inputs.size === 0 || nested.inputs.has('sequence'),
    'spent values': nested.inputs.size === 0 || nested.inputs.has('value'),
    'scripts of spent outputs (taken from their addresses)': false,
  }
  return Object.entries(wanted)
    .filter(([, there]) => !there)
    .map(([words]) => words)
}
