import { type BoundsInput, checkInput, type Injection, malformed, OUTSIDE } from './input.ts'

/**
 * The pools of one asset spread out in time: a directed graph without cycles in which value flows. Terminal group `g` is node `g`, and has no
 * edge out; all other nodes are runs of pools, transactions, and places where colour begins.
 */
export interface TimeNetwork {
  readonly groups: number
  readonly nodes: number
  readonly tail: Int32Array
  readonly head: Int32Array
  readonly capacity: readonly bigint[]
  /** The most stolen value, and the most clean value, that may begin at a node; zero where absent. */
  readonly supply: Readonly<Record<Colour, ReadonlyMap<number, bigint>>>
}

export type Colour = 'stolen' | 'clean'

interface Limits {
  readonly least: bigint
  readonly most: bigint
}

/** Stands for the tail of what comes from OUTSIDE or from a terminal group: clean value, as much as the move carries. */
const CLEAN = -1
/** Stands for the head of what goes OUTSIDE. */
const EXIT = -2

/**
 * Spread the pools out in time.
 *
 * A pool's events fall into *runs*: some receipts, then some payments; the next receipt begins the next run. One node stands for a
 * run, and an edge of the balance in between joins it to the next. That is exact although the holding between any two events has a capacity too.
 * Between receipts of a run that capacity is the sum of what came in before, and between payments it is the sum of what still goes out, so it is
 * never exceeded; and since all receipts precede all payments, any payment may hand on any receipt. As every path therefore moves forward in
 * time, there are no cycles.
 *
 * A transaction in which several paid and several received is a pool of its own, filled before it is emptied; with one payer or one receiver that
 * pool would change nothing. An account that pays and receives in one such transaction pays out of what it held; only where it held too little is
 * the rest passed on, inside the transaction.
 *
 * @throws CordonError `bounds/malformed`, also where a pool pays more than it has
 */
export function timeNetwork(input: BoundsInput): TimeNetwork {
  checkInput(input)
  return new Builder(input).build()
}

class Builder {
  readonly #input: BoundsInput
  #nodes: number
  readonly #tail: number[] = []
  readonly #head: number[] = []
  readonly #capacity: bigint[] = []
  readonly #supply = { stolen: new Map<number, bigint>(), clean: new Map<number, bigint>() }
  /** By pool: node of the present run, whether it has paid already, and the balance. */
  readonly #run: Int32Array
  readonly #paying: Uint8Array
  readonly #balance: bigint[]
  readonly #byMove = new Map<number, Limits>()
  readonly #holdings: (Injection & { kind: 'holding' })[] = []

  constructor(input: BoundsInput) {
    this.#input = input
    this.#nodes = input.groups
    this.#run = new Int32Array(input.pools).fill(-1)
    this.#paying = new Uint8Array(input.pools)
    this.#balance = new Array(input.pools).fill(0n)
    for (const injection of input.injections) {
      if (injection.kind === 'holding') this.#holdings.push(injection)
      else if (this.#byMove.has(injection.move)) throw malformed(`move ${injection.move} has two injections`)
      else this.#byMove.set(injection.move, injection)
    }
    this.#holdings.sort((a, b) => a.before - b.before)
  }

  build(): TimeNetwork {
    const { moves, groups, opening } = this.#input
    for (const { pool, amount, colour } of opening) {
      if (amount === 0n) continue
      const node = this.#receive(pool, amount)
      if (colour !== 'clean') this.#begin('stolen', node, amount)
      if (colour !== 'stolen') this.#begin('clean', node, amount)
    }
    const { tx } = moves
    const count = tx.length
    let holding = 0
    for (let start = 0, end = 0; start < count; start = end) {
      while (end < count && tx[end] === tx[start]) end++
      for (; holding < this.#holdings.length && this.#holdings[holding]!.before < end; holding++) this.#recolour(this.#holdings[holding]!)
      this.#transaction(start, end)
    }
    return {
      groups,
      nodes: this.#nodes,
      tail: Int32Array.from(this.#tail),
      head: Int32Array.from(this.#head),
      capacity: this.#capacity,
      supply: this.#supply,
    }
  }

  #transaction(start: number, end: number): void {
    const { from, to, value } = this.#input.moves
    const live: number[] = []
    for (let i = start; i < end; i++) {
      if (value[i] === 0n) continue
      const payer = from[i]!
      if (payer === to[i] && payer >= 0) {
        // Value that an account pays to itself never leaves it, so only a colour that begins there counts.
        const limits = this.#byMove.get(i)
        if (limits !== undefined) this.#recolour({ ...limits, pool: payer })
      } else live.push(i)
    }
    const first = live[0]
    if (first === undefined) return
    if (live.every((i) => from[i] === from[first]) || live.every((i) => to[i] === to[first])) {
      for (const i of live) this.#deliver(this.#pay(from[i]!, value[i]!, i), i, value[i]!)
    } else this.#manyToMany(live)
  }

  #manyToMany(live: readonly number[]): void {
    const { from, to, value } = this.#input.moves
    const paid = new Map<number, bigint>()
    for (const i of live) paid.set(from[i]!, (paid.get(from[i]!) ?? 0n) + value[i]!)
    const amounts = new Map(live.map((i) => [i, value[i]!]))
    for (const [pool, total] of paid) {
      if (pool < 0) continue
      let passed = total - this.#balance[pool]!
      if (passed <= 0n) continue
      paid.set(pool, total - passed)
      for (const i of live) {
        if (to[i] !== pool || this.#byMove.has(i)) continue
        const less = passed < amounts.get(i)! ? passed : amounts.get(i)!
        amounts.set(i, amounts.get(i)! - less)
        passed -= less
      }
      if (passed > 0n) throw this.#overdrawn(pool, live[0]!)
    }
    const hub = this.#node()
    for (const [payer, total] of paid) {
      if (total === 0n) continue
      const source = this.#pay(payer, total, live[0]!)
      if (source === CLEAN) this.#begin('clean', hub, total)
      else this.#edge(source, hub, total)
    }
    for (const [i, amount] of amounts) if (amount > 0n) this.#deliver(hub, i, amount)
  }

  /** Take value out of a place; returns the node that it comes from. */
  #pay(from: number, value: bigint, move: number): number {
    if (from < 0) return CLEAN
    const balance = this.#balance[from]!
    if (value > balance) throw this.#overdrawn(from, move)
    this.#balance[from] = balance - value
    this.#paying[from] = 1
    return this.#run[from]!
  }

  /** Put value into a pool; returns the node that it goes to. */
  #receive(pool: number, value: bigint): number {
    const before = this.#run[pool]!
    if (before === -1 || this.#paying[pool] === 1) {
      const next = this.#node()
      const balance = this.#balance[pool]!
      if (balance > 0n) this.#edge(before, next, balance)
      this.#run[pool] = next
      this.#paying[pool] = 0
    }
    this.#balance[pool] = this.#balance[pool]! + value
    return this.#run[pool]!
  }

  #deliver(source: number, move: number, value: bigint): void {
    const to = this.#input.moves.to[move]!
    const target = to >= 0 ? this.#receive(to, value) : to === OUTSIDE ? EXIT : -2 - to
    if (target === EXIT) return
    const limits = this.#byMove.get(move)
    if (limits !== undefined) this.#edge(this.#mixture(source, value, limits), target, value)
    else if (source !== CLEAN) this.#edge(source, target, value)
    // Clean value that comes to a group from outside raises its total and its clean part alike.
    else if (target >= this.#input.groups) this.#begin('clean', target, value)
  }

  /** A node that hands on `value`: between the limits of it begins here as stolen, and the rest comes from `source`. */
  #mixture(source: number, value: bigint, { least, most }: Limits): number {
    const node = this.#node()
    this.#begin('stolen', node, most)
    if (source === CLEAN) this.#begin('clean', node, value - least)
    else if (value > least) this.#edge(source, node, value - least)
    return node
  }

  #recolour({ pool, least, most }: Limits & { readonly pool: number }): void {
    const balance = this.#balance[pool]!
    if (most > balance) throw malformed(`injection of at most ${most} into pool ${pool}, which holds ${balance}`)
    if (balance === 0n) return
    const mixture = this.#mixture(this.#run[pool]!, balance, { least, most })
    const next = this.#node()
    this.#edge(mixture, next, balance)
    this.#run[pool] = next
    this.#paying[pool] = 0
  }

  #node(): number {
    return this.#nodes++
  }

  #edge(tail: number, head: number, capacity: bigint): void {
    this.#tail.push(tail)
    this.#head.push(head)
    this.#capacity.push(capacity)
  }

  #begin(colour: Colour, node: number, amount: bigint): void {
    if (amount > 0n) this.#supply[colour].set(node, (this.#supply[colour].get(node) ?? 0n) + amount)
  }

  #overdrawn(pool: number, move: number): Error {
    return malformed(`pool ${pool} pays more than its balance of ${this.#balance[pool]} at move ${move}`)
  }
}
