import type { AccountId, Tx } from '../ledger/index.ts'
import { conversionKey, type Findings } from './findings.ts'
import type { AssetLegs } from './netting.ts'
import { mixedParcel, type Parcel } from './parcel.ts'

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

/** The swaps of one transaction while it is replayed: what converters took in, and what of it they pay out as another asset. */
export class Conversions {
  readonly #tx: Tx
  readonly #legs: readonly AssetLegs[]
  readonly #converts: (account: AccountId, asset: number) => boolean
  readonly #findings: Findings
  readonly #intakes = new Map<AccountId, Intake[]>()
  readonly #spent = new Set<Intake>()

  constructor(tx: Tx, legs: readonly AssetLegs[], converts: (account: AccountId, asset: number) => boolean, findings: Findings) {
    this.#tx = tx
    this.#legs = legs
    this.#converts = converts
    this.#findings = findings
  }

  /** Whether what the account gains of an asset goes on as another one: it converts, and pays something else in this transaction. */
  passesOn(account: AccountId, asset: number): boolean {
    return (
      this.#converts(account, asset) &&
      this.#legs.some((other) => other.asset !== asset && other.payers.some((payer) => payer.account === account))
    )
  }

  take(account: AccountId, intake: Intake): void {
    const list = this.#intakes.get(account)
    if (list === undefined) this.#intakes.set(account, [intake])
    else list.push(intake)
  }

  /**
   * What a converter pays out of what it took in, as the exact fraction of its stolen intake, rounded down. Null when it took in nothing stolen, or when the assets that
   * it took in differ in share and no price is at hand to weigh them.
   */
  pay(account: AccountId, asset: number, value: bigint): { readonly parcel: Parcel; readonly source: Intake } | null {
    const list = this.#intakes.get(account)
    const source = list?.[0]
    if (list === undefined || source === undefined) return null
    const share = stolenShare(list, this.#received(account, asset))
    if (share === null) return null
    for (const intake of list) {
      if (this.#spent.has(intake)) continue
      this.#spent.add(intake)
      this.#findings.swappedOut.add(intake.asset, intake.stolen)
    }
    this.#findings.conversions.add(conversionKey(this.#tx, account))
    const product = value * share.num
    const stolen = product / share.den
    if (product % share.den !== 0n) this.#findings.roundedSwaps += 1
    if (stolen > 0n) this.#findings.swappedIn.add(asset, stolen)
    return { parcel: mixedParcel(value, stolen), source }
  }

  /** Write down what was taken in and never paid out. */
  close(): void {
    for (const [account, list] of this.#intakes) {
      for (const { asset, stolen } of list.filter((intake) => !this.#spent.has(intake))) {
        this.#findings.unmatched.add(conversionKey(this.#tx, account))
        this.#findings.leftUnfollowed(account, asset, stolen, this.#tx, 'swap-legs-unmatched')
      }
    }
  }

  /** All that the account gained of other assets. */
  #received(account: AccountId, paying: number): { readonly asset: number; readonly value: bigint }[] {
    const received: { asset: number; value: bigint }[] = []
    for (const { asset, receivers } of this.#legs) {
      if (asset === paying) continue
      for (const receiver of receivers) if (receiver.account === account) received.push({ asset, value: receiver.value })
    }
    return received
  }
}

/** Share of what an account took in that is stolen: one fraction, or null when the assets that it took in differ in share and no price is at hand to weigh them. */
function stolenShare(
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
