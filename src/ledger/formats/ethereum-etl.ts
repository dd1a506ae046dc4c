import { readLog } from './events.ts'
import { type Columns, has, lacking, type Reading, type Table } from './format.ts'
import { amountColumn, column, hexText, notZero, optional, pathText, syntheticHash, timeColumn, topicsText, whereHas } from './sql.ts'

/**
 * ethereum-etl (CSV and Parquet), and the BigQuery tables `crypto_ethereum` with the same names.
 * Columns: ethereum-etl docs/schema.md. Values are integers of base units as text.
 */

const TOKEN_STANDARD = 'token standard (an ERC-721 transfer looks like an amount)'

export const tokenTransfers: Table = {
  id: 'ethereum-etl/token_transfers',
  role: 'token',
  needs: ['token_address', 'from_address', 'to_address', 'value', 'transaction_hash', 'log_index', 'block_number'],
  lacks: (c) => [...lacking(c, { 'transaction index': ['transaction_index'], time: ['block_timestamp'] }), TOKEN_STANDARD],
  read: readTokenTransfers,
}

export function readTokenTransfers(c: Columns): Reading {
  return {
    block: column('block_number'),
    hash: hexText(c, 'transaction_hash'),
    txIndex: optional(c, 'transaction_index'),
    index: column('log_index'),
    blockWide: true,
    time: timeColumn(c, 'block_timestamp'),
    from: hexText(c, 'from_address'),
    to: hexText(c, 'to_address'),
    asset: { token: hexText(c, 'token_address') },
    value: amountColumn(c, 'value'),
  }
}

export const transactions: Table = {
  id: 'ethereum-etl/transactions',
  role: 'transaction',
  needs: ['hash', 'block_number', 'transaction_index', 'from_address', 'to_address', 'value'],
  lacks: (c) =>
    lacking(c, {
      time: ['block_timestamp'],
      status: ['receipt_status'],
      fees: ['receipt_gas_used'],
      'internal transfers': ['trace_address'],
    }),
  read: readTransactions,
}

export function readTransactions(c: Columns): Reading {
  return {
    block: column('block_number'),
    hash: hexText(c, 'hash'),
    txIndex: column('transaction_index'),
    time: timeColumn(c, 'block_timestamp'),
    from: hexText(c, 'from_address'),
    to: hexText(c, 'to_address'),
    asset: 'native',
    value: amountColumn(c, 'value'),
    moves: notZero(amountColumn(c, 'value')),
    ...(has(c, 'nonce') ? { nonce: column('nonce') } : {}),
    status: optional(c, 'receipt_status'),
    gasUsed: optional(c, 'receipt_gas_used'),
    gasPrice: effectivePrice(c, 'receipt_effective_gas_price', 'gas_price'),
    created: has(c, 'receipt_contract_address') ? hexText(c, 'receipt_contract_address') : undefined,
  }
}

/** The price that was paid, where the file has it, else the price that was offered: for mined transactions nodes report the paid one there. */
function effectivePrice(c: Columns, paid: string, offered: string): string | undefined {
  const names = [paid, offered].filter((name) => has(c, name)).map((name) => `nullif(CAST(${column(name)} AS VARCHAR), '')`)
  return names.length === 0 ? undefined : `coalesce(${names.join(', ')})`
}

export const receipts: Table = {
  id: 'ethereum-etl/receipts',
  role: 'receipt',
  needs: ['transaction_hash', 'transaction_index', 'block_number', 'gas_used', 'status', 'contract_address'],
  lacks: () => [],
  read: (c) => ({
    block: column('block_number'),
    hash: hexText(c, 'transaction_hash'),
    txIndex: column('transaction_index'),
    status: column('status'),
    gasUsed: column('gas_used'),
    gasPrice: optional(c, 'effective_gas_price'),
    created: hexText(c, 'contract_address'),
  }),
}

export const logs: Table = {
  id: 'ethereum-etl/logs',
  role: 'log',
  needs: ['log_index', 'transaction_hash', 'transaction_index', 'block_number', 'address', 'data', 'topics'],
  lacks: (c) => lacking(c, { time: ['block_timestamp'] }),
  read: readLogs,
}

export function readLogs(c: Columns, { chain }: { readonly chain: string }): Reading {
  const words = topicsText(c, 'topics')
  const topic = (i: number) => `nullif(regexp_extract_all(${words}, '0x[0-9a-fA-F]{64}')[${i + 1}], '')`
  return {
    block: column('block_number'),
    hash: hexText(c, 'transaction_hash'),
    txIndex: column('transaction_index'),
    index: column('log_index'),
    blockWide: true,
    time: timeColumn(c, 'block_timestamp'),
    ...readLog({ address: hexText(c, 'address'), topics: [topic(0), topic(1), topic(2), topic(3)], data: hexText(c, 'data') }, chain),
  }
}

export const traces: Table = {
  id: 'ethereum-etl/traces',
  role: 'trace',
  needs: [
    'block_number',
    'transaction_hash',
    'transaction_index',
    'from_address',
    'to_address',
    'value',
    'trace_type',
    'call_type',
    'trace_address',
  ],
  lacks: (c) => [
    ...lacking(c, { time: ['block_timestamp'], 'status of calls': ['status', 'error'] }),
    'trace index (the position in the call tree orders)',
  ],
  read: readTraces,
}

/**
 * Calls, creations and self-destructs move value, delegate, static and code calls do not. Rewards, genesis balances and the DAO fork come from
 * the null account (or as the row says) and have no transaction: they get one name per block.
 */
export function readTraces(c: Columns): Reading {
  const type = column('trace_type')
  const noTransaction = `nullif(CAST(${column('transaction_hash')} AS VARCHAR), '') IS NULL`
  const nobody = `'0x${'0'.repeat(40)}'`
  const moving = `(${type} IN ('create', 'suicide', 'reward', 'genesis', 'daofork') OR (${type} = 'call' AND coalesce(nullif(${column('call_type')}, ''), 'call') = 'call'))`
  const failed = [
    whereHas(c, 'error', (e) => `nullif(CAST(${e} AS VARCHAR), '') IS NOT NULL`),
    whereHas(c, 'status', (s) => `CAST(${s} AS VARCHAR) IN ('0', '0.0', 'false')`),
  ].join(' OR ')
  return {
    block: column('block_number'),
    hash: `CASE WHEN ${noTransaction} THEN ${syntheticHash(BLOCK_TRANSACTION, column('block_number'))} ELSE ${hexText(c, 'transaction_hash')} END`,
    txIndex: column('transaction_index'),
    time: timeColumn(c, 'block_timestamp'),
    from: `CASE WHEN ${noTransaction} AND ${hexText(c, 'from_address')} IS NULL THEN ${nobody} ELSE ${hexText(c, 'from_address')} END`,
    to: hexText(c, 'to_address'),
    asset: 'native',
    value: amountColumn(c, 'value'),
    path: pathText(c, 'trace_address'),
    failed: `(${failed})`,
    moves: `(${moving} AND ${notZero(amountColumn(c, 'value'))})`,
  }
}

/** The name that stands for what a block itself pays out: see `syntheticHash`. */
export const BLOCK_TRANSACTION = 'cordon:block'

export const blocks: Table = {
  id: 'ethereum-etl/blocks',
  role: 'block',
  needs: ['number', 'hash', 'timestamp'],
  lacks: () => [],
  read: (c) => ({ block: column('number'), hash: hexText(c, 'hash'), time: timeColumn(c, 'timestamp') }),
}

export const tokens: Table = {
  id: 'ethereum-etl/tokens',
  role: 'name',
  needs: ['address', 'symbol', 'name', 'decimals', 'total_supply'],
  lacks: () => [],
  read: (c) => ({
    block: '0',
    hash: "''",
    asset: { token: hexText(c, 'address') },
    described: { decimals: column('decimals'), symbol: column('symbol') },
  }),
}

export const ethereumEtl: readonly Table[] = [tokenTransfers, transactions, receipts, logs, traces, blocks, tokens]
