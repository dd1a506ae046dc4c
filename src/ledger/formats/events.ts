import { NULL_ACCOUNT } from '../../chain/index.ts'
import type { Reading } from './format.ts'
import { literal } from './sql.ts'

/** Keccak-256 of `Transfer(address,address,uint256)`: ERC-20, and ERC-721 with the token number as a fourth topic. */
export const TRANSFER = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'
/** Keccak-256 of `Deposit(address,uint256)` and `Withdrawal(address,uint256)`, the events of WETH9, which mints and burns without a Transfer. */
export const DEPOSIT = '0xe1fffcc4923d04b559f4d29a8bfc6cda04eb5b0d3c460751c2402c5c5cc9109c'
export const WITHDRAWAL = '0x7fcf532c15f0a6db0bd6d0e038bea71d30d808c7d98cb3bf7268a95bf5081b65'

/** Contracts known to be WETH9 or its exact copy. Elsewhere the two events may mean anything, so they are left alone. */
const WRAPPED_NATIVE: Readonly<Record<string, string>> = {
  'eip155:1': '0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2',
  'eip155:10': '0x4200000000000000000000000000000000000006',
  'eip155:56': '0xbb4cdb9cbd36b01bd1cbaebf2de08d9173bc095c',
  'eip155:137': '0x0d500b1d8e8ef31e21c99d1db9a6444d3adf1270',
  'eip155:8453': '0x4200000000000000000000000000000000000006',
}

/** A log's parts as SQL; topics are 0x-texts or NULL. */
export interface LogColumns {
  readonly address: string
  readonly topics: readonly [string, string, string, string]
  readonly data: string
}

/** What a log says of tokens: ERC-20 transfers, and minting and burning of wrapped native coin. ERC-721 transfers carry no amount and are counted. */
export function readLog(
  log: LogColumns,
  chain: string,
): Pick<Reading, 'from' | 'to' | 'asset' | 'value' | 'moves' | 'counted' | 'numbered' | 'alone'> {
  const [t0, t1, t2, t3] = log.topics
  const wrapped = WRAPPED_NATIVE[chain]
  const isTransfer = `coalesce(${t0} = '${TRANSFER}', false)`
  const transfer = `(${isTransfer} AND ${t2} IS NOT NULL AND ${t3} IS NULL)`
  const wraps =
    wrapped === undefined ? 'false' : `coalesce(${log.address} = ${literal(wrapped)} AND ${t0} IN ('${DEPOSIT}', '${WITHDRAWAL}'), false)`
  const nobody = literal(NULL_ACCOUNT)
  return {
    from: `CASE ${t0} WHEN '${DEPOSIT}' THEN ${nobody} ELSE ${addressOf(t1)} END`,
    to: `CASE ${t0} WHEN '${DEPOSIT}' THEN ${addressOf(t1)} WHEN '${WITHDRAWAL}' THEN ${nobody} ELSE ${addressOf(t2)} END`,
    asset: { token: log.address },
    // A word of 32 bytes; what some contracts append is not the amount, and less than a word is none.
    value: {
      sql: `CASE WHEN strlen(${log.data}) >= 66 THEN substr(${log.data}, 1, 66) ELSE ${log.data} || ' is less than 32 bytes' END`,
      form: 'hex',
    },
    moves: `(${transfer} OR ${wraps})`,
    counted: {
      sql: `(${isTransfer} AND NOT ${transfer})`,
      what: 'Transfer events that are not ERC-20 (a token number as fourth topic, or no indexed accounts)',
    },
    numbered: `(${isTransfer} AND ${t3} IS NOT NULL)`,
    alone: wraps,
  }
}

/** An address fills the last 20 bytes of a topic; anything in the first 12 stays in the text, so that the row is refused as no address. */
function addressOf(topic: string): string {
  return `CASE WHEN starts_with(${topic}, '0x000000000000000000000000') THEN '0x' || substr(${topic}, 27) ELSE ${topic} END`
}
