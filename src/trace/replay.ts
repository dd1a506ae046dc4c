import type { Work } from '../chain/index.ts'
import type { AccountId, Ledger, Row, Tx } from '../ledger/index.ts'
import { Conversions, conversionOrder, type Intake } from './conversion.ts'
import { conversionKey, Findings } from './findings.ts'
import type { Fraction } from './fraction.ts'
import { EventHeap } from './heap.ts'
import { type History, readHistory, type Transactions } from './history.ts'
import type { Judge } from './judge.ts'
import { type AssetLegs, type Leg, type Movement, matchInOrder, mirror, netTransaction } from './netting.ts'
import type { OpenPool, PoolEvent, Seeded } from './opened.ts'
import { cleanParcel, mixedParcel, type Parcel, stolenParcel } from './parcel.ts'
import type { Policy } from './pool.ts'
import type { ResolvedSeeds, SeedRule } from './seeds.ts'
import { shareOut } from './share.ts'
import { timelineOf } from './timeline.ts'

/** How far a replay goes. */
export interface ReplayLimits {
  readonly maxDepth: number
  readonly maxAccounts: number
  /** Accounts that are opened whatever their number. */
  readonly always?: ReadonlyMap<AccountId, unknown>
  /** Forward: first row not replayed any more. Backward: last row replayed. Null: to the ledger's end. */
  readonly untilRow: Row | null
  /** Stolen amount below which an arrival opens nothing, by asset number. */
  readonly minAmount: (asset: number) => bigint
  readonly minShare: Fraction
}

/** What the replay asks of its surroundings while it runs. */
export interface ReplayOptions extends Work {
  readonly ledger: Ledger
  readonly policy: Policy
  readonly direction: 1 | -1
  readonly seeds: ResolvedSeeds
  readonly judge: Judge
  readonly limits: ReplayLimits
  readonly histories: Map<AccountId, History>
  readonly transactions: Transactions
  /** Called once when an account is first reached, before it is judged: may name it a deposit address, or find rows to leave out. */
  readonly inspect: (account: AccountId, history: History) => Promise<void>
  /** Rows that count as if they had not happened (look-alike dust). Grows while the replay runs. */
  readonly leftOut: ReadonlySet<Row>
  /** Conversions that another replay made: made here too, although more accounts are open. */
  readonly conversions?: ReadonlySet<string>
  /** Receiver that is given clean value first (fees, by choice). */
  readonly spared?: AccountId | undefined
  /** Told of every netted asset side that touches an opened pool, for the bounds. */
  readonly record?: (event: PoolEvent) => void
}

const NONE: Seeded = { least: 0n, most: 0n }

/** Where the order of the heap holds a seed rather than a pool. */
const SEED_EVENT = -1

/**
 * Replay the ledger in chain order around the stolen value: an account's pool is opened when stolen value first arrives in it, with what it
 * held by then; from there on every transaction that changes it is netted and replayed under the policy.
 */
export class Replay {
  readonly findings = new Findings()
  readonly pools: OpenPool[] = []
  /** Accounts that have at least one pool, with the depth at which they were first reached. */
  readonly opened = new Map<AccountId, number>()
  readonly #o: ReplayOptions
  readonly #index = new Map<number, number>()
  readonly #heap = new EventHeap()
  readonly #assets: number

  constructor(options: ReplayOptions) {
    this.#o = options
    this.#assets = options.ledger.manifest.assets.length
  }

  async run(): Promise<void> {
    const { seeds, direction, transactions, judge } = this.#o
    await judge.learn(seeds.accounts.keys())
    for (const [account, rules] of seeds.accounts) await this.#openSeed(account, rules)
    await transactions.read(seeds.transactions.keys())
    for (const tx of seeds.transactions.keys()) this.#heap.push(direction * tx, SEED_EVENT)
    let reported = 0
    while (this.#heap.size > 0) {
      const step = this.#heap.next
      const pools: number[] = []
      while (this.#heap.next === step) {
        const pool = this.#heap.pop()
        if (pool !== SEED_EVENT) pools.push(pool)
      }
      const pending = this.#transaction(step * direction, pools)
      if (pending !== null) await pending
      for (const pool of pools) this.#schedule(pool, step)
      this.findings.transactionsReplayed += 1
      if (++reported === 4096) {
        reported = 0
        this.#o.signal?.throwIfAborted()
        this.#o.progress?.({ phase: 'following', done: this.findings.transactionsReplayed, total: null, unit: 'transactions' })
        // Give timers and signals a turn: everything else in this loop may run without one.
        await new Promise<void>((resolve) => setImmediate(resolve))
      }
    }
  }

  poolOf(account: AccountId, asset: number): OpenPool | undefined {
    const at = this.#index.get(account * this.#assets + asset)
    return at === undefined ? undefined : this.pools[at]
  }

  #poolIndex(account: AccountId, asset: number): number {
    return this.#index.get(account * this.#assets + asset) ?? -1
  }

  async #history(account: AccountId): Promise<History> {
    const { histories, ledger } = this.#o
    let history = histories.get(account)
    if (history === undefined) {
      history = await readHistory(ledger, account)
      histories.set(account, history)
    }
    return history
  }

  async #openSeed(account: AccountId, rules: readonly SeedRule[]): Promise<void> {
    const history = await this.#history(account)
    await this.#o.inspect(account, history)
    const assets = [...new Set(history.asset)].sort((a, b) => a - b)
    for (const asset of assets) {
      const rule = rules.find((r) => r.asset === asset) ?? rules.find((r) => r.asset === null)
      if (rule !== undefined) await this.#open(account, asset, null, 0, rule)
    }
    if (!this.opened.has(account)) this.opened.set(account, 0)
  }

  /** Open a pool as it stands just before `step`, or for a seed just before the seed's first row. */
  async #open(account: AccountId, asset: number, step: number | null, depth: number, seed: SeedRule | null): Promise<number> {
    const { direction, leftOut, policy, transactions } = this.#o
    const history = await this.#history(account)
    const timeline = timelineOf(history, asset, direction, leftOut)
    let balance = timeline.opening
    let cursor = 0
    const events = timeline.step.length
    const past = (event: number): boolean => {
      if (step !== null) return (timeline.step[event] as number) < step
      const row = history.row[timeline.entry[event] as number] as number
      const start = seed?.startRow ?? null
      return start !== null && (direction === 1 ? row < start : row >= start)
    }
    while (cursor < events && past(cursor)) {
      balance += timeline.change[cursor] as bigint
      cursor += 1
    }
    // The transaction that brings the first stolen value is the caller's: it is put in there.
    if (step !== null && timeline.step[cursor] === step) cursor += 1
    let stolen = 0n
    if (seed !== null) {
      stolen = seed.remaining === null || seed.remaining > balance ? balance : seed.remaining
      if (seed.remaining !== null) seed.remaining -= stolen
      if (stolen > 0n) this.findings.seeded.add(asset, stolen)
    }
    const pool = policy.pool()
    if (balance > stolen) pool.put(cleanParcel(balance - stolen))
    if (stolen > 0n) pool.put(stolenParcel(stolen))
    const index = this.pools.length
    this.pools.push({ account, asset, pool, timeline, held: balance, heldStolen: stolen, seed, cursor, planned: false, depth, cut: false })
    this.#index.set(account * this.#assets + asset, index)
    const known = this.opened.get(account)
    if (known === undefined || known > depth) this.opened.set(account, depth)
    const shared: Tx[] = []
    for (let event = cursor; event < events; event++) {
      if (history.alone[timeline.entry[event] as number] === 0) shared.push(Math.abs(timeline.step[event] as number))
    }
    if (shared.length > 0) await transactions.read(shared)
    this.#push(index)
    return index
  }

  /** Move a pool past `step` and enter its next event. */
  #schedule(index: number, step: number): void {
    const open = this.pools[index] as OpenPool
    const { timeline } = open
    while (open.cursor < timeline.step.length && (timeline.step[open.cursor] as number) <= step) open.cursor += 1
    this.#push(index)
  }

  #push(index: number): void {
    const open = this.pools[index] as OpenPool
    const next = open.timeline.step[open.cursor]
    if (next === undefined) return
    const { untilRow } = this.#o.limits
    if (untilRow !== null) {
      const history = this.#o.histories.get(open.account) as History
      const row = history.row[open.timeline.entry[open.cursor] as number] as number
      if (this.#o.direction === 1 ? row >= untilRow : row < untilRow) {
        open.cut = true
        return
      }
    }
    this.#heap.push(next, index)
  }

  /** Replay one transaction. Returns a promise only when something has to be read for it. */
  #transaction(tx: Tx, pools: readonly number[]): Promise<void> | null {
    const theft = this.#o.seeds.transactions.get(tx) ?? null
    const legs = this.#legs(tx, pools)
    if (theft === null && legs.length === 1) {
      const leg = legs[0] as AssetLegs
      const payer = leg.payers[0] as Leg
      const receiver = leg.receivers[0] as Leg
      if (leg.payers.length === 1 && leg.receivers.length === 1) return this.#direct(tx, leg.asset, payer, receiver)
    }
    return this.#several(tx, legs)
  }

  #legs(tx: Tx, pools: readonly number[]): AssetLegs[] {
    const { direction, histories, leftOut, transactions } = this.#o
    const first = pools[0]
    let movements: readonly (Movement & { readonly row: Row })[]
    if (first !== undefined) {
      const open = this.pools[first] as OpenPool
      const history = histories.get(open.account) as History
      const entry = open.timeline.entry[open.cursor] as number
      if (history.alone[entry] === 1) {
        const value = history.value[entry] as bigint
        const from = history.from[entry] as number
        const to = history.to[entry] as number
        const payers = [{ account: direction === 1 ? from : to, value }]
        const receivers = [{ account: direction === 1 ? to : from, value }]
        return [{ asset: open.asset, payers, receivers }]
      }
    }
    movements = transactions.movements(tx)
    if (leftOut.size > 0) movements = movements.filter((movement) => !leftOut.has(movement.row))
    const legs = netTransaction(movements)
    return direction === 1 ? legs : mirror(legs)
  }

  /** One payer, one receiver, one asset: nearly every transaction. */
  #direct(tx: Tx, asset: number, payer: Leg, receiver: Leg): Promise<void> | null {
    const from = this.#poolIndex(payer.account, asset)
    const parcel = from === -1 ? cleanParcel(payer.value) : this.#take(this.pools[from] as OpenPool, payer.value)
    const depth = from === -1 ? 0 : (this.pools[from] as OpenPool).depth
    if (parcel.stolen !== 0n) this.#flow(tx, payer.account, receiver.account, asset, parcel.stolen, receiver.value, depth + 1)
    const finish = (to: number, seeded: Seeded): void => {
      this.#o.record?.({
        tx,
        asset,
        payers: [{ account: payer.account, pool: from, value: payer.value, stolen: 'no' }],
        receivers: [{ account: receiver.account, pool: to, value: receiver.value, seeded, converted: false }],
      })
    }
    const to = this.#poolIndex(receiver.account, asset)
    if (to !== -1) {
      finish(to, this.#put(to, parcel, depth + 1))
      return null
    }
    if (parcel.stolen === 0n) {
      finish(-1, NONE)
      return null
    }
    return this.#arrive(tx, asset, receiver, parcel, depth + 1).then((index) => finish(index, NONE))
  }

  #take(open: OpenPool, value: bigint): Parcel {
    if (this.#o.policy.looksAhead && !open.planned) {
      const outs: bigint[] = []
      const { change } = open.timeline
      for (let event = open.cursor; event < change.length && (change[event] as bigint) < 0n; event++) outs.push(-(change[event] as bigint))
      open.pool.plan?.(outs)
      open.planned = true
    }
    return open.pool.take(value)
  }

  /** Put a parcel into an opened pool; returns how much of it a seed colours, for the bounds. */
  #put(index: number, parcel: Parcel, depth: number): Seeded {
    const open = this.pools[index] as OpenPool
    let entering = parcel
    const rule = open.seed
    let bound = NONE
    if (rule !== null) {
      // All that reaches a seed is stolen; of a seed with an amount, how much that is depends on what was stolen already, and so on the accounting.
      if (rule.colour === 'unknown') bound = NONE
      else if (rule.remaining === null) bound = { least: parcel.value, most: parcel.value }
      else bound = { least: 0n, most: parcel.value < rule.amount ? parcel.value : rule.amount }
    }
    if (rule !== null && parcel.stolen < parcel.value && rule.remaining !== 0n) {
      const clean = parcel.value - parcel.stolen
      const seeded = rule.remaining === null || rule.remaining > clean ? clean : rule.remaining
      if (rule.remaining !== null) rule.remaining -= seeded
      this.findings.seeded.add(open.asset, seeded)
      entering = mixedParcel(parcel.value, parcel.stolen + seeded)
    }
    open.pool.put(entering)
    open.planned = false
    if (parcel.stolen !== 0n && depth < open.depth) open.depth = depth
    return bound
  }

  #flow(tx: Tx, from: AccountId, to: AccountId, asset: number, amount: bigint, value: bigint, depth: number): void {
    this.findings.flows.push({ tx, from, to, asset, amount, value, depth })
  }

  /** Stolen value reaches an account that has no pool of the asset yet: stop there, or open it. Returns the pool, or -1. */
  async #arrive(tx: Tx, asset: number, receiver: Leg, parcel: Parcel, depth: number): Promise<number> {
    const { judge, limits, direction } = this.#o
    const { account } = receiver
    await judge.learn([account])
    if (judge.service(account) === null && !this.opened.has(account)) {
      const history = await this.#history(account)
      await this.#o.inspect(account, history)
    }
    const closed = judge.closed(account)
    if (closed !== null) {
      this.findings.leftUnfollowed(account, asset, parcel.stolen, tx, closed)
      return -1
    }
    if (judge.service(account) !== null && !this.#o.seeds.accounts.has(account)) {
      this.findings.arrived(account, asset, parcel.stolen, tx)
      return -1
    }
    const refuse = (reason: 'depth' | 'account-limit' | 'amount-below-minimum' | 'share-below-minimum'): number => {
      this.findings.leftUnfollowed(account, asset, parcel.stolen, tx, reason)
      return -1
    }
    if (depth > limits.maxDepth) return refuse('depth')
    if (parcel.stolen < limits.minAmount(asset)) return refuse('amount-below-minimum')
    if (parcel.stolen * limits.minShare.den < limits.minShare.num * parcel.value) return refuse('share-below-minimum')
    if (!this.opened.has(account) && this.opened.size >= limits.maxAccounts && limits.always?.has(account) !== true)
      return refuse('account-limit')
    const index = await this.#open(account, asset, direction * tx, depth, null)
    this.#put(index, parcel, depth)
    return index
  }

  /** Any transaction: several payers, receivers or assets, swaps, thefts named by transaction. */
  async #several(tx: Tx, legs: readonly AssetLegs[]): Promise<void> {
    const { judge, seeds } = this.#o
    const theft = seeds.transactions.get(tx) ?? null
    if (legs.length > 1) {
      const everyone = new Set<AccountId>()
      for (const leg of legs) for (const side of [leg.payers, leg.receivers]) for (const { account } of side) everyone.add(account)
      await judge.learn(everyone)
    }
    const converts = (account: AccountId, asset: number): boolean =>
      legs.length > 1 &&
      (this.#o.conversions?.has(conversionKey(tx, account)) === true ||
        (this.#poolIndex(account, asset) === -1 && judge.exchangesAssets(account)))
    const pays = (leg: AssetLegs): boolean =>
      theft !== null || leg.payers.some(({ account }) => (this.poolOf(account, leg.asset)?.pool.stolen ?? 0n) !== 0n)
    const conversions = new Conversions(tx, legs, converts, this.findings)
    for (const leg of conversionOrder(legs, pays, converts)) await this.#side(tx, leg, theft?.stolen(leg) ?? null, conversions)
    conversions.close()
  }

  /** One asset's side of a transaction: payers fill the transaction's pool in order, receivers empty it in order. */
  async #side(tx: Tx, leg: AssetLegs, theft: bigint | null, conversions: Conversions): Promise<void> {
    const { asset } = leg
    const parcels: Parcel[] = []
    const depths: number[] = []
    const swapped: (Intake | null)[] = []
    const marks: ('no' | 'all' | 'maybe')[] = []
    let toSeed = theft ?? 0n
    for (const { account, value } of leg.payers) {
      const at = this.#poolIndex(account, asset)
      let parcel = at === -1 ? cleanParcel(value) : this.#take(this.pools[at] as OpenPool, value)
      let depth = at === -1 ? 0 : (this.pools[at] as OpenPool).depth
      let source: Intake | null = null
      let mark: 'no' | 'all' | 'maybe' = 'no'
      if (at === -1 || this.#o.conversions?.has(conversionKey(tx, account)) === true) {
        const exchanged = conversions.pay(account, asset, value)
        if (exchanged !== null) {
          parcel = exchanged.parcel
          source = exchanged.source
          depth = source.depth
          mark = 'maybe'
        }
      }
      if (toSeed > 0n) {
        const clean = parcel.value - parcel.stolen
        const seeded = clean < toSeed ? clean : toSeed
        this.findings.seeded.add(asset, seeded)
        toSeed -= seeded
        parcel = mixedParcel(parcel.value, parcel.stolen + seeded)
        mark = parcel.stolen === parcel.value ? 'all' : 'maybe'
      }
      parcels.push(parcel)
      depths.push(depth)
      swapped.push(source)
      marks.push(mark)
    }
    const received = shareOut(this.#o.policy, parcels, leg.receivers, this.#o.spared)
    const paidStolen = parcels.map((parcel) => parcel.stolen)
    const matches = this.#o.policy.conserves
      ? matchInOrder(
          paidStolen,
          received.map((parcel) => parcel.stolen),
        )
      : matchInOrder(
          parcels.map((p) => p.value),
          received.map((p) => p.value),
        ).filter((m) => (received[m.receiver] as Parcel).stolen !== 0n)
    const depthAt = new Array<number>(received.length).fill(Number.POSITIVE_INFINITY)
    const origin = new Array<AccountId>(received.length).fill(-1)
    for (const { payer, receiver, amount } of matches) {
      const from = leg.payers[payer] as Leg
      const to = leg.receivers[receiver] as Leg
      const depth = (depths[payer] as number) + 1
      if (depth < (depthAt[receiver] as number)) depthAt[receiver] = depth
      if (origin[receiver] === -1) origin[receiver] = from.account
      this.#flow(tx, from.account, to.account, asset, amount, from.value < to.value ? from.value : to.value, depth)
      const source = swapped[payer] ?? null
      if (source !== null) {
        this.findings.swaps.push({
          tx,
          account: source.origin,
          via: from.account,
          to: to.account,
          gave: { asset: source.asset, stolen: source.stolen, value: source.value },
          got: { asset, stolen: amount, value: from.value },
        })
      }
    }
    const recorded: { account: AccountId; pool: number; value: bigint; seeded: Seeded; converted: boolean }[] = []
    for (let r = 0; r < received.length; r++) {
      const receiver = leg.receivers[r] as Leg
      const parcel = received[r] as Parcel
      const depth = depthAt[r] as number
      let at = this.#poolIndex(receiver.account, asset)
      let seeded = NONE
      const exchanges = conversions.passesOn(receiver.account, asset)
      if (at !== -1 && !exchanges) {
        seeded = this.#put(at, parcel, depth)
      } else if (at !== -1) {
        this.#put(at, cleanParcel(receiver.value), depth)
      }
      if (parcel.stolen !== 0n && (at === -1 || exchanges)) {
        if (exchanges) {
          const { account, value } = receiver
          conversions.take(account, { asset, stolen: parcel.stolen, value, origin: origin[r] as number, depth: depth - 1 })
        } else {
          at = await this.#arrive(tx, asset, receiver, parcel, depth)
        }
      }
      recorded.push({ account: receiver.account, pool: at, value: receiver.value, seeded, converted: exchanges })
    }
    if (this.#o.record !== undefined) {
      const payers = leg.payers.map(({ account, value }, i) => ({
        account,
        pool: this.#poolIndex(account, asset),
        value,
        stolen: marks[i] as 'no' | 'all' | 'maybe',
      }))
      // A pool that this very transaction opened did not pay here: it was not open when payments were taken.
      this.#o.record({ tx, asset, payers, receivers: recorded })
    }
  }
}
