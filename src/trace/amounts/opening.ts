import { type Amounts, BASE, HIGH_LIMIT } from './limbs.ts'
import type { Netting } from './netting.ts'
import { endOfTransaction, type Transfers } from './transfers.ts'

/** A balance as it runs (lo, hi) and the lowest that it has been (lo, hi), account by account: 32 bytes, so two accounts to a cache line. */
const STRIDE = 4

/**
 * Opening balances: the least that keep accounts from going negative, as (lo, hi) at 2·account. Null when the sum of all openings, which is all
 * that the replay's pools ever hold together, or a balance on the way, would pass 2^100.
 */
export function openingAmounts(transfers: Transfers, amounts: Amounts, accounts: number, netting: Netting): Float64Array | null {
  const state = new Float64Array(accounts * STRIDE)
  const { from, to, length } = transfers
  const { lo, hi } = amounts
  for (let start = 0; start < length; ) {
    const end = endOfTransaction(transfers, start)
    if (end === start + 1) {
      const payer = from[start] as number
      const receiver = to[start] as number
      const low = lo[start] as number
      const high = hi[start] as number
      if (payer !== receiver && !(change(state, payer, -low, -high) && change(state, receiver, low, high))) return null
    } else {
      if (!netting.net(transfers, amounts, start, end)) return null
      for (let i = 0; i < netting.count; i++) {
        if (!change(state, netting.account[i] as number, netting.lo[i] as number, netting.hi[i] as number)) return null
      }
    }
    start = end
  }
  return lowestOf(state, accounts)
}

function change(state: Float64Array, account: number, low: number, high: number): boolean {
  const at = account * STRIDE
  let lo = (state[at] as number) + low
  let hi = (state[at + 1] as number) + high
  if (lo >= BASE) {
    lo -= BASE
    hi += 1
  } else if (lo < 0) {
    lo += BASE
    hi -= 1
  }
  state[at] = lo
  state[at + 1] = hi
  const lowest = state[at + 3] as number
  if (hi < lowest || (hi === lowest && lo < (state[at + 2] as number))) {
    state[at + 2] = lo
    state[at + 3] = hi
  }
  return hi < HIGH_LIMIT && hi >= -HIGH_LIMIT
}

function lowestOf(state: Float64Array, accounts: number): Float64Array | null {
  const opening = new Float64Array(accounts * 2)
  let sumHi = 0
  for (let account = 0; account < accounts; account++) {
    const lo = state[account * STRIDE + 2] as number
    const hi = state[account * STRIDE + 3] as number
    if (lo === 0 && hi === 0) continue
    opening[account * 2] = lo === 0 ? 0 : BASE - lo
    opening[account * 2 + 1] = lo === 0 ? -hi : -hi - 1
    // Each `lo` counts as a whole unit of `hi`: a sum that is never too small.
    sumHi += 1 - hi
    if (sumHi >= HIGH_LIMIT) return null
  }
  return opening
}
