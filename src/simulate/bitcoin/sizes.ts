import { CordonError } from '../../chain/index.ts'
import { between, magnitude } from '../magnitude.ts'

/** How large each part of a Bitcoin world is, from the number of its transactions alone. */
export interface BitcoinSizes {
  readonly transactions: number
  /** Blocks before anyone but miners has money: a coinbase may be spent after 100 blocks. */
  readonly firstBlocks: number
  /** Height of the last block. */
  readonly lastHeight: number
  readonly users: number
  readonly merchants: number
  readonly exchanges: number
  readonly miners: number
  readonly thefts: number
  /** Transactions that the largest theft may use. */
  readonly largestTheft: number
  /** Satoshis: the smallest ordinary withdrawal. */
  readonly unit: number
  /** Rounds of Wasabi and of JoinMarket to aim at; Whirlpool mixes come on top. */
  readonly coinJoinTarget: number
}

export const LEAST_TRANSACTIONS = 2_000
export const MOST_TRANSACTIONS = 2_000_000

const FIRST_BLOCKS = 130

/**
 * Sizes of a world of that many transactions, coinbases and genesis included.
 *
 * @throws CordonError `simulate/size` outside 2,000 .. 2,000,000 transactions or with an impossible number of thefts.
 */
export function bitcoinSizes(transactions: number, thefts?: number): BitcoinSizes {
  if (!Number.isInteger(transactions) || transactions < LEAST_TRANSACTIONS || transactions > MOST_TRANSACTIONS)
    throw new CordonError('simulate/size', `a Bitcoin world of ${transactions} transactions cannot be made`, {
      place: { field: 'transactions' },
      remedy: `give a whole number from ${LEAST_TRANSACTIONS} to ${MOST_TRANSACTIONS}`,
    })
  const level = magnitude(transactions)
  const number = thefts ?? between(level, [3, 5, 10, 16])
  if (!Number.isInteger(number) || number < 0 || number > transactions / 600)
    throw new CordonError('simulate/size', `${number} thefts do not fit into ${transactions} transactions`, {
      place: { field: 'thefts' },
      remedy: 'give a whole number of thefts, at most one per 600 transactions',
    })
  const blocks = transactions <= 10_000 ? Math.max(120, Math.floor(transactions / 30)) : between(level, [333, 1_000, 3_000, 6_000])
  return {
    transactions,
    firstBlocks: FIRST_BLOCKS,
    lastHeight: FIRST_BLOCKS + blocks,
    users: Math.max(200, Math.floor(transactions / 12)),
    merchants: between(level, [6, 20, 80, 160]),
    exchanges: between(level, [4, 8, 14, 24]),
    miners: between(level, [4, 6, 10, 14]),
    thefts: number,
    largestTheft: transactions <= 10_000 ? Math.floor(transactions / 40) : between(level, [250, 1_200, 5_000, 10_000]),
    unit: between(level, [2_000_000, 800_000, 200_000, 100_000]),
    coinJoinTarget: Math.max(2, Math.floor(transactions / 1_500)),
  }
}
