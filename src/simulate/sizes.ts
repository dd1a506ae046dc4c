import { CordonError } from '../chain/index.ts'
import { between, magnitude } from './magnitude.ts'

/** How large each part of a world is, from the number of its transfers alone. */
export interface Sizes {
  readonly transfers: number
  readonly users: number
  readonly exchanges: number
  /** Assets that hold value; fake tokens come on top. */
  readonly assets: number
  readonly fakeTokens: number
  readonly merchants: number
  readonly payers: number
  readonly bots: number
  readonly thefts: number
  /** Accounts that the largest theft may use. */
  readonly largestTheft: number
  /** Blocks of 12 seconds that the world lasts. */
  readonly blocks: number
}

export const LEAST_TRANSFERS = 2_000
export const MOST_TRANSFERS = 400_000_000

const DAY = 7_200

/**
 * Sizes of a world of that many transfers.
 *
 * @throws CordonError `simulate/size` outside 2,000 .. 400,000,000 transfers or with an impossible number of thefts.
 */
export function sizesFor(transfers: number, thefts?: number): Sizes {
  if (!Number.isInteger(transfers) || transfers < LEAST_TRANSFERS || transfers > MOST_TRANSFERS)
    throw new CordonError('simulate/size', `a world of ${transfers} transfers cannot be made`, {
      place: { field: 'transfers' },
      remedy: `give a whole number from ${LEAST_TRANSFERS} to ${MOST_TRANSFERS}`,
    })
  const level = magnitude(transfers)
  const number = thefts ?? between(level, [3, 5, 10, 20, 40])
  if (!Number.isInteger(number) || number < 0 || number > Math.max(3, transfers / 1_000))
    throw new CordonError('simulate/size', `${number} thefts do not fit into ${transfers} transfers`, {
      place: { field: 'thefts' },
      remedy: 'give a whole number of thefts, at most one per thousand transfers',
    })
  return {
    transfers,
    users: Math.max(200, Math.floor(transfers / 12)),
    exchanges: between(level, [4, 8, 14, 24, 36]),
    assets: between(level, [5, 8, 14, 24, 34]),
    fakeTokens: between(level, [2, 3, 4, 5, 6]),
    merchants: between(level, [6, 20, 80, 300, 1_000]),
    payers: between(level, [2, 6, 20, 80, 300]),
    bots: between(level, [2, 4, 8, 20, 60]),
    thefts: number,
    largestTheft: between(level, [60, 500, 3_000, 8_000, 20_000]),
    blocks: 90 * DAY,
  }
}
