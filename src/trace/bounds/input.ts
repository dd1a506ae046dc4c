import { CordonError } from '../../chain/index.ts'

/** `from` or `to` of a move that has left, or comes from beyond, everything that the trace followed. */
export const OUTSIDE = -1

/** How `from` and `to` of a move name terminal group `group`. */
export function terminal(group: number): number {
  return -2 - group
}

/** What a pool held before the first move. `unknown` may be stolen or clean, whichever is worse for the bound. */
export interface Opening {
  readonly pool: number
  readonly amount: bigint
  readonly colour: 'stolen' | 'clean' | 'unknown'
}

/**
 * How stolen value begins on the way. Either way the amount that begins is not known but for its limits, 0 <= least <= most <= value; equal limits
 * make it exact. What is coloured afresh loses the colour that it came with: whatever stolen value its payer had put in there ends there.
 *
 * - `move`: of what arrives by that move, between `least` and `most` is stolen, whatever its payer held. The rest keeps the payer's colour.
 *   Where several paid and several received in one transaction, its payer is the transaction. A seed account that receives: least = most = the move's value. Output of a swap, with OUTSIDE as payer: the limits of what was stolen of
 *   its input, in units of the output. The limits of several moves are taken as independent of each other: where they are not, the bounds stay
 *   true but could be closer.
 * - `holding`: of what the pool holds just before the transaction of move `before`, between `least` and `most` is stolen.
 */
export type Injection =
  | { readonly kind: 'move'; readonly move: number; readonly least: bigint; readonly most: bigint }
  | { readonly kind: 'holding'; readonly pool: number; readonly before: number; readonly least: bigint; readonly most: bigint }

/** Transfers of one asset in chain order; entry `i` of each column is one move. */
export interface Moves {
  /** Pool 0 ... pools-1, OUTSIDE, or a terminal group (see {@link terminal}), which pays like OUTSIDE: clean value. */
  readonly from: Int32Array
  readonly to: Int32Array
  /** Base units, not negative. */
  readonly value: readonly bigint[]
  /**
   * Transaction ordinal, never falling. A transaction's moves are netted, and complete: where several paid and several received, the moves
   * of accounts that were not opened (OUTSIDE to OUTSIDE) belong to it too, for value may have passed between the two.
   */
  readonly tx: Uint32Array
}

/** Everything that happened to one asset in the accounts which a trace opened. A pool is one such account. */
export interface BoundsInput {
  readonly pools: number
  readonly opening: readonly Opening[]
  readonly moves: Moves
  readonly injections: readonly Injection[]
  /**
   * Terminal groups: sets of places where value ends, such as the accounts of an exchange. What a pool still holds in the end becomes a group's
   * by a last move of that balance to it.
   */
  readonly groups: number
}

export function malformed(message: string): CordonError {
  return new CordonError('bounds/malformed', message, {
    remedy: 'give the moves of every opened pool, netted per transaction and in chain order',
  })
}

/** Check columns, indexes and limits. @throws CordonError `bounds/malformed` */
export function checkInput({ pools, opening, moves, injections, groups }: BoundsInput): void {
  const { from, to, value, tx } = moves
  const count = value.length
  if (from.length !== count || to.length !== count || tx.length !== count) throw malformed('the columns of the moves differ in length')
  const place = (at: number): boolean => at < pools && at >= -1 - groups
  for (let i = 0; i < count; i++) {
    if (!place(from[i]!) || !place(to[i]!))
      throw malformed(`move ${i} goes from ${from[i]} to ${to[i]}: there are ${pools} pools and ${groups} groups`)
    if (value[i]! < 0n) throw malformed(`move ${i} has the value ${value[i]}`)
    if (i > 0 && tx[i]! < tx[i - 1]!) throw malformed(`move ${i} belongs to an earlier transaction than move ${i - 1}`)
  }
  for (const { pool, amount } of opening) {
    if (!(pool >= 0 && pool < pools) || amount < 0n) throw malformed(`opening balance ${amount} of pool ${pool}`)
  }
  for (const injection of injections) {
    const { least, most } = injection
    if (least < 0n || most < least) throw malformed(`an injection has limits ${least} and ${most}`)
    if (injection.kind === 'holding') {
      const { pool, before } = injection
      if (!(pool >= 0 && pool < pools) || !(before >= 0 && before <= count))
        throw malformed(`injection into pool ${pool} before move ${before}`)
    } else {
      const moved = value[injection.move]
      if (moved === undefined || most > moved) throw malformed(`injection of at most ${most} into move ${injection.move} of value ${moved}`)
    }
  }
}
