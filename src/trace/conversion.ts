import type { AccountId } from '../ledger/index.ts'
import type { AssetLegs } from './netting.ts'

/** Stolen value that one account took in during one transaction, asset by asset: what it may pass on as another asset. */
export interface Intake {
  readonly asset: number
  readonly stolen: bigint
  readonly value: bigint
  /** Who brought the stolen part, and at which depth. */
  readonly origin: AccountId
  readonly depth: number
}

/**
 * Order a transaction's assets so that an asset comes before those that it is exchanged for: X before Y where some converter
 * receives X and pays Y. Assets that stolen pools pay come first; circles are cut where they close.
 */
export function conversionOrder(
  legs: readonly AssetLegs[],
  isRoot: (legs: AssetLegs) => boolean,
  isConverter: (account: AccountId, asset: number) => boolean,
): AssetLegs[] {
  if (legs.length === 1) return [...legs]
  const paidBy = new Map<AccountId, AssetLegs[]>()
  for (const leg of legs) {
    for (const { account } of leg.payers) {
      const list = paidBy.get(account)
      if (list === undefined) paidBy.set(account, [leg])
      else list.push(leg)
    }
  }
  const state = new Map<AssetLegs, 'open' | 'done'>()
  const finished: AssetLegs[] = []
  const visit = (leg: AssetLegs): void => {
    if (state.has(leg)) return
    state.set(leg, 'open')
    for (const { account } of leg.receivers) {
      if (!isConverter(account, leg.asset)) continue
      for (const next of paidBy.get(account) ?? []) if (next !== leg) visit(next)
    }
    state.set(leg, 'done')
    finished.push(leg)
  }
  // A depth-first search finishes an asset after all that it leads to; roots last, so that reversed they come first.
  for (const leg of legs) if (!isRoot(leg)) visit(leg)
  for (const leg of legs) visit(leg)
  return finished.reverse()
}

/** Share of what an account took in that is stolen: one fraction, or null when the assets that it took in differ in share and no price is at hand to weigh them. */
export function stolenShare(
  intakes: readonly Intake[],
  received: readonly { readonly asset: number; readonly value: bigint }[],
): { readonly num: bigint; readonly den: bigint } | null {
  let share: { num: bigint; den: bigint } | null = null
  for (const { asset, value } of received) {
    const stolen = intakes.find((intake) => intake.asset === asset)?.stolen ?? 0n
    if (share === null) share = { num: stolen, den: value }
    else if (share.num * value !== stolen * share.den) return null
  }
  return share
}
