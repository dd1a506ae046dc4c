import { MAX_SATOSHIS } from './builder.ts'

/** What a number of coins that was kept as floating point means in satoshis. */
export interface ReadCoins {
  readonly satoshis: bigint
  /** True when the number is the very double that the nearest amount of whole satoshis is read as, so that nothing was lost; false when it lies beside it, as sums of doubles do. */
  readonly exact: boolean
}

/**
 * Satoshis of an amount in coins that came as a JSON number or a DOUBLE. No arithmetic is done in floating point: `toFixed` rounds the exact value of the double
 * to eight decimals in decimal arithmetic (ECMA-262, Number.prototype.toFixed), and what comes out is read back to see whether it is the same double.
 *
 * An amount of whole satoshis survives the way through a double unharmed: below 21 million coins neighbouring doubles are at most 2^-28 apart, less than half
 * a satoshi, so that the double nearest to an amount is nearest to no other.
 *
 * @returns null where the number is no amount: negative, above 21 million coins, not finite
 */
export function satoshisOfCoins(coins: number): ReadCoins | null {
  if (!Number.isFinite(coins) || coins < 0 || coins > 21_000_000) return null
  const text = coins.toFixed(8)
  const satoshis = BigInt(text.replace('.', ''))
  return satoshis > MAX_SATOSHIS ? null : { satoshis, exact: Number(text) === coins }
}
