import { BLOCK_TRANSACTION } from './ethereum-etl.ts'
import { readLog } from './events.ts'
import { lacking, type Table } from './format.ts'
import { amountColumn, column, hexText, notZero, optional, syntheticHash, timeColumn, topicsText } from './sql.ts'

/** Account-chain tables of GraphSense as its library writes them to CSV and JSON lines: the data of ethereum-etl under camel-case names. */

const transactions: Table = {
  id: 'graphsense/transactions',
  role: 'transaction',
  needs: ['txHash', 'blockId', 'transactionIndex', 'fromAddress', 'toAddress', 'value'],
  lacks: (c) =>
    lacking(c, { time: ['blockTimestamp'], status: ['receiptStatus'], fees: ['receiptGasUsed'], 'internal transfers': ['traceId'] }),
  read: (c) => ({
    block: column('blockId'),
    hash: hexText(c, 'txHash'),
    txIndex: column('transactionIndex'),
    time: timeColumn(c, 'blockTimestamp'),
    from: hexText(c, 'fromAddress'),
    to: hexText(c, 'toAddress'),
    asset: 'native',
    value: amountColumn(c, 'value'),
    moves: notZero(amountColumn(c, 'value')),
    ...(c.types.has('nonce') ? { nonce: column('nonce') } : {}),
    status: optional(c, 'receiptStatus'),
    gasUsed: optional(c, 'receiptGasUsed'),
    gasPrice: optional(c, 'gasPrice'),
  }),
}

const traces: Table = {
  id: 'graphsense/traces',
  role: 'trace',
  needs: ['blockId', 'traceId', 'traceIndex', 'fromAddress', 'toAddress', 'value', 'status', 'callType', 'txHash'],
  lacks: () => ['transaction index', 'time'],
  read: (c) => {
    // `call_<hash>_0_1`, `create_<hash>_`, `suicide_<hash>_2`, `reward_<block>_0`, `genesis_…`: what the row is, and where in the call tree.
    const id = column('traceId')
    const kind = `split_part(${id}, '_', 1)`
    const noTransaction = `nullif(${column('txHash')}, '') IS NULL`
    const from = hexText(c, 'fromAddress')
    return {
      block: column('blockId'),
      hash: `CASE WHEN ${noTransaction} THEN ${syntheticHash(BLOCK_TRANSACTION, column('blockId'))} ELSE ${hexText(c, 'txHash')} END`,
      index: column('traceIndex'),
      from: `CASE WHEN ${noTransaction} AND ${from} IS NULL THEN '0x${'0'.repeat(40)}' ELSE ${from} END`,
      to: hexText(c, 'toAddress'),
      asset: 'native',
      value: amountColumn(c, 'value'),
      path: `CASE WHEN ${noTransaction} THEN '' ELSE regexp_replace(${id}, '^[a-z]+_0x[0-9a-f]+_?', '') END`,
      failed: `coalesce(CAST(${column('status')} AS VARCHAR) = '0', false)`,
      moves: `(${kind} IN ('create', 'suicide', 'reward', 'genesis', 'daofork') OR (${kind} = 'call' AND coalesce(nullif(${column('callType')}, ''), 'call') = 'call')) AND ${notZero(amountColumn(c, 'value'))}`,
    }
  },
}

const logs: Table = {
  id: 'graphsense/logs',
  role: 'log',
  needs: ['blockId', 'logIndex', 'address', 'data', 'topics', 'transactionIndex', 'txHash'],
  lacks: () => ['time'],
  read: (c, { chain }) => {
    const topic = (i: number) => `nullif(regexp_extract_all(${topicsText(c, 'topics')}, '0x[0-9a-fA-F]{64}')[${i + 1}], '')`
    return {
      block: column('blockId'),
      hash: hexText(c, 'txHash'),
      txIndex: column('transactionIndex'),
      index: column('logIndex'),
      blockWide: true,
      ...readLog({ address: hexText(c, 'address'), topics: [topic(0), topic(1), topic(2), topic(3)], data: hexText(c, 'data') }, chain),
    }
  },
}

export const graphsense: readonly Table[] = [transactions, traces, logs]
