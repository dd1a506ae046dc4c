import { type Columns, firstOf, has, type Table } from './format.ts'
import { amountColumn, column, hexText, notZero, optional, pathText, timeColumn, whereHas } from './sql.ts'

/**
 * Etherscan and its sisters: the account lists `txlist`, `txlistinternal` and `tokentx`, as CSV or as the API's JSON. Everything is text, the order
 * of columns varies between dumps, and there is no log index: equal rows may be real repeats and all count.
 */

const base = (c: Columns) => ({
  block: column('blockNumber'),
  hash: hexText(c, 'hash'),
  txIndex: optional(c, 'transactionIndex'),
  time: timeColumn(c, 'timeStamp'),
  from: hexText(c, 'from'),
  value: amountColumn(c, 'value'),
})

const PARTIAL = 'other accounts (an export lists what touches one account)'
const moving = notZero({ sql: column('value') })

/** The receiver, or the contract that was created. */
function receiver(c: Columns): string {
  return has(c, 'contractAddress') ? `coalesce(${hexText(c, 'to')}, ${hexText(c, 'contractAddress')})` : hexText(c, 'to')
}

const normal: Table = {
  id: 'etherscan/txlist',
  role: 'transaction',
  needs: ['blockNumber', 'timeStamp', 'hash', 'from', 'to', 'value', 'isError', 'gasUsed', 'nonce'],
  also: (c) => !has(c, 'tokenDecimal'),
  lacks: (c) => [...(firstOf(c, 'transactionIndex') === undefined ? ['transaction index'] : []), 'internal transfers', PARTIAL],
  read: (c) => ({
    ...base(c),
    to: receiver(c),
    asset: 'native',
    moves: moving,
    nonce: column('nonce'),
    status: `CASE WHEN ${failure(c)} THEN '0' ELSE '1' END`,
    gasUsed: column('gasUsed'),
    gasPrice: optional(c, 'gasPrice'),
  }),
}

const internal: Table = {
  id: 'etherscan/txlistinternal',
  role: 'internal',
  needs: ['blockNumber', 'timeStamp', 'hash', 'from', 'to', 'value', 'contractAddress', 'type', 'isError'],
  lacks: () => ['transaction index', 'trace index (the position in the call tree orders)', PARTIAL],
  read: (c) => ({
    ...base(c),
    to: receiver(c),
    asset: 'native',
    moves: `${moving} AND ${column('type')} NOT IN ('delegatecall', 'staticcall', 'callcode') AND NOT ${failure(c)}`,
    ...(has(c, 'traceId') ? { path: pathText(c, 'traceId') } : {}),
  }),
}

const tokens: Table = {
  id: 'etherscan/tokentx',
  role: 'token',
  needs: ['blockNumber', 'timeStamp', 'hash', 'from', 'to', 'value', 'contractAddress', 'tokenDecimal'],
  lacks: (c) => [...(firstOf(c, 'transactionIndex') === undefined ? ['transaction index'] : []), 'log index', PARTIAL],
  read: (c) => ({
    ...base(c),
    to: hexText(c, 'to'),
    asset: { token: hexText(c, 'contractAddress') },
    described: { decimals: column('tokenDecimal'), symbol: has(c, 'tokenSymbol') ? column('tokenSymbol') : 'NULL' },
  }),
}

function failure(c: Columns): string {
  return `(${whereHas(c, 'isError', (error) => `${error} = '1'`)} OR ${whereHas(c, 'txreceipt_status', (status) => `${status} = '0'`)})`
}

export const etherscan: readonly Table[] = [tokens, internal, normal]
