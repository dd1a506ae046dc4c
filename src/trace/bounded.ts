import type { AccountId } from '../ledger/index.ts'
import { Bounder, type Injection, type Interval, type Opening, OUTSIDE, terminal } from './bounds/index.ts'
import type { Judge } from './judge.ts'
import { matchInOrder } from './netting.ts'
import type { PoolEvent } from './opened.ts'
import type { Replay } from './replay.ts'

/** Bounds by place, in base units; null where none were sought. */
export interface BoundsByPlace {
  account(kind: 'service' | 'held', account: AccountId, asset: number): Interval | null
  entity(id: string, asset: number): Interval | null
  /** What the bounds do not cover, in plain sentences. */
  readonly notes: readonly string[]
}

export interface BoundsOptions {
  /** The replays whose end points are to be bounded. */
  readonly replays: readonly Replay[]
  /** A replay under poison, which opened whatever any accounting can reach, and what it recorded. */
  readonly reach: Replay
  readonly events: readonly PoolEvent[]
  readonly judge: Judge
  /** Colour of balances from before the ledger begins. */
  readonly opening: 'clean' | 'unknown'
}

/** End points of one asset beyond which only entities are bounded, not each account: every end point costs two maximum flows. */
const MAX_ACCOUNT_GROUPS = 500

/** Bound every end point, and every entity as a whole, by maximum flow on the time-expanded network of what can have been reached. */
export function boundsOf(options: BoundsOptions): BoundsByPlace {
  const { replays, reach, judge } = options
  const byAccount = new Map<string, Interval>()
  const byEntity = new Map<string, Interval>()
  const notes: string[] = []
  const services = replays.flatMap((replay) => replay.findings.services)
  const holding = replays.flatMap((replay) => replay.pools).filter((open) => open.pool.stolen !== 0n)
  for (const asset of distinct([...services, ...holding].map((place) => place.asset)).sort((a, b) => a - b)) {
    const at = distinct(services.filter((entry) => entry.asset === asset).map((entry) => entry.account))
    const held = distinct(holding.filter((open) => open.asset === asset).map((open) => open.account))
    const network = new AssetNetwork(options, asset).bounder(at, held)
    if (at.length + held.length <= MAX_ACCOUNT_GROUPS) {
      for (const [i, account] of at.entries()) byAccount.set(`service/${account}/${asset}`, network.of([i]))
      for (const [i, account] of held.entries()) byAccount.set(`held/${account}/${asset}`, network.of([at.length + i]))
    } else {
      notes.push(
        `Bounds of the ${at.length + held.length} single end points of one asset were not computed (more than ${MAX_ACCOUNT_GROUPS}); those of entities were.`,
      )
    }
    const groupsOf = new Map<string, number[]>()
    at.forEach((account, i) => {
      const id = judge.of(account).entity?.id as string
      groupsOf.set(id, [...(groupsOf.get(id) ?? []), i])
    })
    for (const [id, groups] of groupsOf) byEntity.set(`${id}/${asset}`, network.of(groups))
  }
  const left = reach.findings.notFollowed.length
  if (left > 0) {
    notes.push(
      `Bounds hold for the accounts that were opened: any accounting can also reach ${left} accounts that the limits kept closed, and what came back from there is not counted.`,
    )
  }
  if (reach.findings.swaps.length > 0)
    notes.push('Bounds across a swap are wide: of what a swap paid out, anything from nothing to all is taken to be stolen.')
  return {
    account: (kind, account, asset) => byAccount.get(`${kind}/${account}/${asset}`) ?? null,
    entity: (id, asset) => byEntity.get(`${id}/${asset}`) ?? null,
    notes,
  }
}

function distinct<T>(list: readonly T[]): T[] {
  return [...new Set(list)]
}

/** Everything recorded of one asset, as the bounds want it. */
class AssetNetwork {
  readonly #opening: Opening[] = []
  /** Pool of each account, numbered from 0 within the asset, and its balance at the end. */
  readonly #pool = new Map<number, number>()
  #pools = 0
  readonly #end = new Map<AccountId, { readonly pool: number; readonly balance: bigint }>()
  readonly #moves: {
    readonly from: number
    readonly to: number
    readonly receiver: AccountId | null
    readonly value: bigint
    readonly tx: number
  }[] = []
  readonly #injections: Injection[] = []

  constructor({ reach, events, opening }: BoundsOptions, asset: number) {
    reach.pools.forEach((open, index) => {
      if (open.asset !== asset) return
      const pool = this.#pools++
      this.#pool.set(index, pool)
      this.#end.set(open.account, { pool, balance: open.pool.balance })
      const clean = open.held - open.heldStolen
      const unexplained = opening === 'unknown' ? (open.timeline.before < clean ? open.timeline.before : clean) : 0n
      this.#opening.push({ pool, amount: open.heldStolen, colour: open.seed?.colour ?? 'stolen' })
      this.#opening.push({ pool, amount: unexplained, colour: 'unknown' })
      this.#opening.push({ pool, amount: clean - unexplained, colour: 'clean' })
    })
    let order = 0
    for (const event of events) if (event.asset === asset) this.#add(event, order++)
  }

  /** A payer that hands on value of uncertain colour stands before the transaction as a pool of its own, filled a step earlier. */
  #payer(payer: PoolEvent['payers'][number], step: number): number {
    const from = payer.pool === -1 ? OUTSIDE : (this.#pool.get(payer.pool) as number)
    if (payer.stolen === 'no') return from
    const pool = this.#pools++
    this.#injections.push({ kind: 'move', move: this.#moves.length, least: payer.stolen === 'all' ? payer.value : 0n, most: payer.value })
    this.#moves.push({ from, to: pool, receiver: null, value: payer.value, tx: step })
    return pool
  }

  #add(event: PoolEvent, order: number): void {
    const payers = event.payers.map((payer) => this.#payer(payer, 3 * order))
    const matches = matchInOrder(
      event.payers.map(({ value }) => value),
      event.receivers.map(({ value }) => value),
    )
    const returned: { to: number; value: bigint }[] = []
    const toSeed = event.receivers.map(({ seeded }) => ({ ...seeded }))
    for (const { payer, receiver, amount } of matches) {
      const to = event.receivers[receiver] as PoolEvent['receivers'][number]
      const left = toSeed[receiver] as { least: bigint; most: bigint }
      if (to.converted) {
        // What is converted on goes elsewhere as another asset: it has not arrived. What an opened pool keeps instead may be of either colour.
        this.#moves.push({ from: payers[payer] as number, to: OUTSIDE, receiver: null, value: amount, tx: 3 * order + 1 })
        if (to.pool !== -1) returned.push({ to: this.#pool.get(to.pool) as number, value: amount })
        continue
      }
      if (left.most > 0n) {
        const least = left.least < amount ? left.least : amount
        const most = left.most < amount ? left.most : amount
        left.least -= least
        left.most -= most
        this.#injections.push({ kind: 'move', move: this.#moves.length, least, most })
      }
      this.#moves.push({
        from: payers[payer] as number,
        to: to.pool === -1 ? OUTSIDE : (this.#pool.get(to.pool) as number),
        receiver: to.account,
        value: amount,
        // Replays run backward count down; the network wants order only.
        tx: 3 * order + 1,
      })
    }
    for (const { to, value } of returned) {
      this.#injections.push({ kind: 'move', move: this.#moves.length, least: 0n, most: value })
      this.#moves.push({ from: OUTSIDE, to, receiver: null, value, tx: 3 * order + 2 })
    }
  }

  /** Groups: first each of `services`, then what each of `held` holds in the end. */
  bounder(services: readonly AccountId[], held: readonly AccountId[]): Bounder {
    const group = new Map(services.map((account, i) => [account, i]))
    const moves = [...this.#moves]
    const after = (moves.at(-1)?.tx ?? -1) + 1
    held.forEach((account, i) => {
      const end = this.#end.get(account)
      if (end === undefined || end.balance === 0n) return
      moves.push({ from: end.pool, to: terminal(services.length + i), receiver: null, value: end.balance, tx: after + i })
    })
    return new Bounder({
      pools: this.#pools,
      opening: this.#opening.filter(({ amount }) => amount > 0n),
      moves: {
        from: Int32Array.from(moves, (move) => move.from),
        to: Int32Array.from(moves, ({ to, receiver }) => {
          const at = to === OUTSIDE && receiver !== null ? group.get(receiver) : undefined
          return at === undefined ? to : terminal(at)
        }),
        value: moves.map((move) => move.value),
        tx: Uint32Array.from(moves, (move) => move.tx),
      },
      injections: this.#injections,
      groups: services.length + held.length,
    })
  }
}
