import type { AccountId } from '../ledger/index.ts'

/** One transfer as the replay reads it. */
export interface Movement {
  readonly from: AccountId
  readonly to: AccountId
  readonly asset: number
  readonly value: bigint
}

/** What an account gained or lost of one asset over one transaction. */
export interface Leg {
  readonly account: AccountId
  readonly value: bigint
}

/** One asset's side of a transaction: who paid on balance and who gained, each in order of first mention; sums are equal. */
export interface AssetLegs {
  readonly asset: number
  readonly payers: readonly Leg[]
  readonly receivers: readonly Leg[]
}

/**
 * Net a transaction: each account's balance change per asset. Routers, aggregators and multi-calls that pass value on come to zero and drop out,
 * so the real payers and receivers remain, without an ABI (MFTracer, SIGMETRICS 2026). Unlike there, each asset is netted by itself and
 * exactly. Assets come in order of first mention.
 */
export function netTransaction(movements: readonly Movement[]): AssetLegs[] {
  const first = movements[0]
  if (first === undefined) return []
  if (movements.length === 1) {
    if (first.from === first.to || first.value === 0n) return []
    return [
      { asset: first.asset, payers: [{ account: first.from, value: first.value }], receivers: [{ account: first.to, value: first.value }] },
    ]
  }
  const byAsset = new Map<number, Map<AccountId, bigint>>()
  for (const { from, to, asset, value } of movements) {
    if (value === 0n) continue
    let net = byAsset.get(asset)
    if (net === undefined) {
      net = new Map()
      byAsset.set(asset, net)
    }
    net.set(from, (net.get(from) ?? 0n) - value)
    net.set(to, (net.get(to) ?? 0n) + value)
  }
  const legs: AssetLegs[] = []
  for (const [asset, net] of byAsset) {
    const payers: Leg[] = []
    const receivers: Leg[] = []
    for (const [account, change] of net) {
      if (change < 0n) payers.push({ account, value: -change })
      else if (change > 0n) receivers.push({ account, value: change })
    }
    if (payers.length > 0) legs.push({ asset, payers, receivers })
  }
  return legs
}

/** The transaction as it looks run backward: receivers pay, payers receive, and the last come first. */
export function mirror(legs: readonly AssetLegs[]): AssetLegs[] {
  return legs.map(({ asset, payers, receivers }) => ({ asset, payers: receivers.toReversed(), receivers: payers.toReversed() })).reverse()
}

/** An amount that passed from one payer to one receiver. */
export interface Match {
  readonly payer: number
  readonly receiver: number
  readonly amount: bigint
}

/**
 * Who paid whom, where several paid and several received: amounts are matched in order (north-west corner), which is what an ordered
 * pool does. Sums of the two sides must be equal. Indexes refer to the two lists.
 */
export function matchInOrder(paid: readonly bigint[], received: readonly bigint[]): Match[] {
  const matches: Match[] = []
  let r = 0
  let room = received[0] ?? 0n
  for (let p = 0; p < paid.length; p++) {
    let left = paid[p] as bigint
    while (left !== 0n) {
      while (room === 0n) {
        r += 1
        const next = received[r]
        if (next === undefined) throw new RangeError('payments and receipts of a transaction do not sum to the same amount')
        room = next
      }
      const amount = left < room ? left : room
      matches.push({ payer: p, receiver: r, amount })
      left -= amount
      room -= amount
    }
  }
  return matches
}
