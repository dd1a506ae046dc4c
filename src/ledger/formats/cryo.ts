import { BLOCK_TRANSACTION } from './ethereum-etl.ts'
import { readLog } from './events.ts'
import { type Columns, firstOf, has, isFloat, lacking, type Table, type ValueForm } from './format.ts'
import { amountColumn, column, hexText, notZero, optional, pathText, syntheticHash, timeColumn, whereHas } from './sql.ts'

/**
 * Parquet of cryo (cryo_freeze, crates/freeze/src/datasets). Hashes and addresses are bytes, or text with `--hex`; a 256-bit column comes in up to
 * four representations (`value_binary`, `value_string`, `value_f64` …), of which the exact ones are preferred.
 */

const REPRESENTATIONS = ['_string', '_binary', '_d128', '', '_u64', '_f64', '_f32']

function wideName(c: Columns, name: string): string | undefined {
  return firstOf(c, ...REPRESENTATIONS.map((suffix) => name + suffix))
}

const hasWide = (name: string) => (c: Columns) => wideName(c, name) !== undefined
const lossyWide = (name: string) => (c: Columns) => isFloat(c, wideName(c, name)!)

/** A 256-bit column: bytes are big-endian; text is decimal, but hexadecimal where bytes were asked for as text. */
function wideColumn(c: Columns, name: string): { sql: string; form: ValueForm } {
  const found = wideName(c, name)!
  const type = c.types.get(found)!
  if (type === 'BLOB' || (type === 'VARCHAR' && found.endsWith('_binary'))) return { sql: hexText(c, found), form: 'hex' }
  return amountColumn(c, found)
}

const base = (c: Columns) => ({
  block: column('block_number'),
  hash: hexText(c, 'transaction_hash'),
  txIndex: optional(c, 'transaction_index', 'transaction_position'),
  time: timeColumn(c, 'timestamp'),
})

const lacksOf = (c: Columns, more: Readonly<Record<string, readonly string[]>> = {}) =>
  lacking(c, { 'transaction index': ['transaction_index', 'transaction_position'], time: ['timestamp'], ...more })

const transactions: Table = {
  id: 'cryo/transactions',
  role: 'transaction',
  needs: ['transaction_hash', 'block_number', 'transaction_index', 'from_address', 'to_address', 'gas_limit'],
  also: hasWide('value'),
  lacks: (c) => lacksOf(c, { status: ['success'], fees: ['gas_used'], 'internal transfers': ['action_value'] }),
  lossy: lossyWide('value'),
  read: (c) => {
    const value = wideColumn(c, 'value')
    return {
      ...base(c),
      from: hexText(c, 'from_address'),
      to: hexText(c, 'to_address'),
      asset: 'native',
      value,
      moves: notZero(value),
      ...(has(c, 'nonce') ? { nonce: column('nonce') } : {}),
      status: optional(c, 'success'),
      gasUsed: optional(c, 'gas_used'),
      gasPrice: optional(c, 'gas_price'),
    }
  },
}

const erc20Transfers: Table = {
  id: 'cryo/erc20_transfers',
  role: 'token',
  needs: ['block_number', 'log_index', 'transaction_hash', 'erc20', 'from_address', 'to_address'],
  also: hasWide('value'),
  lacks: (c) => lacksOf(c),
  lossy: lossyWide('value'),
  read: (c) => ({
    ...base(c),
    index: column('log_index'),
    blockWide: true,
    from: hexText(c, 'from_address'),
    to: hexText(c, 'to_address'),
    asset: { token: hexText(c, 'erc20') },
    value: wideColumn(c, 'value'),
  }),
}

const logs: Table = {
  id: 'cryo/logs',
  role: 'log',
  needs: ['block_number', 'log_index', 'transaction_hash', 'address', 'topic0', 'topic1', 'topic2', 'topic3', 'data'],
  lacks: (c) => lacksOf(c),
  read: (c, { chain }) => ({
    ...base(c),
    index: column('log_index'),
    blockWide: true,
    ...readLog(
      {
        address: hexText(c, 'address'),
        topics: [hexText(c, 'topic0'), hexText(c, 'topic1'), hexText(c, 'topic2'), hexText(c, 'topic3')],
        data: hexText(c, 'data'),
      },
      chain,
    ),
  }),
}

const nativeTransfers: Table = {
  id: 'cryo/native_transfers',
  role: 'native',
  needs: ['block_number', 'transfer_index', 'transaction_hash', 'from_address', 'to_address'],
  also: hasWide('value'),
  lacks: (c) => [
    ...lacksOf(c),
    'call type and status of calls (without --exclude-failed, failed and delegate calls stand among the transfers)',
  ],
  lossy: lossyWide('value'),
  read: (c) => {
    const value = wideColumn(c, 'value')
    return {
      ...base(c),
      hash: orBlock(c),
      index: column('transfer_index'),
      from: hexText(c, 'from_address'),
      to: hexText(c, 'to_address'),
      asset: 'native',
      value,
      moves: notZero(value),
    }
  },
}

const traces: Table = {
  id: 'cryo/traces',
  role: 'trace',
  needs: ['action_from', 'action_to', 'action_call_type', 'action_type', 'trace_address', 'transaction_hash', 'block_number'],
  also: hasWide('action_value'),
  lacks: (c) => [...lacksOf(c, { 'status of calls': ['error'] }), 'trace index (the position in the call tree orders)'],
  lossy: lossyWide('action_value'),
  read: (c) => {
    const value = wideColumn(c, 'action_value')
    const type = column('action_type')
    // cryo puts the receiver of a reward where the sender of a call stands.
    const from = hexText(c, 'action_from')
    const created = has(c, 'result_address') ? hexText(c, 'result_address') : 'NULL::VARCHAR'
    return {
      ...base(c),
      hash: orBlock(c),
      from: `CASE ${type} WHEN 'reward' THEN '0x${'0'.repeat(40)}' ELSE ${from} END`,
      to: `CASE ${type} WHEN 'reward' THEN ${from} WHEN 'create' THEN ${created} ELSE ${hexText(c, 'action_to')} END`,
      asset: 'native',
      value,
      path: pathText(c, 'trace_address'),
      failed: whereHas(c, 'error', (error) => `coalesce(CAST(${error} AS VARCHAR), '') <> ''`),
      moves: `(${type} IN ('create', 'suicide', 'reward') OR (${type} = 'call' AND coalesce(nullif(CAST(${column('action_call_type')} AS VARCHAR), ''), 'call') = 'call')) AND ${notZero(value)}`,
    }
  },
}

/** Rewards have no transaction; one name per block stands for it. */
function orBlock(c: Columns): string {
  const hash = hexText(c, 'transaction_hash')
  return `CASE WHEN ${column('transaction_hash')} IS NULL THEN ${syntheticHash(BLOCK_TRANSACTION, column('block_number'))} ELSE ${hash} END`
}

export const cryo: readonly Table[] = [transactions, erc20Transfers, logs, nativeTransfers, traces]
