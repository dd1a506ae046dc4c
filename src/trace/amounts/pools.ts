/**
 * A policy's pools by number, in columns. What `Pool` says with BigInts and parcels, said with numbers in place: an amount enters and leaves through the
 * `amount` register, as arguments that are doubles would each be boxed.
 *
 * Callers see to it that all pools together never hold 2^100 or more, and that no pool gives more than it holds.
 */
export interface ColumnPools {
  /** [0..1] the amount that moves as (lo, hi), [2..3] the stolen part of it. */
  readonly amount: Float64Array
  /** Put `amount[0..1]`, above zero and all of one colour, into a pool. */
  put(pool: number, stolen: boolean): void
  /** Take `amount[0..1]`, above zero, out of one pool under the policy and put it into another; the stolen part is in `amount[2..3]` afterwards. */
  move(from: number, to: number): void
  /** Make a pool as new; what it holds is gone. */
  clear(pool: number): void
  /** Sets `amount[2..3]` to what a pool holds that is stolen. */
  stolen(pool: number): void
}
