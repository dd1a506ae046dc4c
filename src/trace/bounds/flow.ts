import { type Arcs, type Preflow, PreflowSolver } from './preflow.ts'
import { incidence, type Reduced } from './reduce.ts'

/** Sums of amounts in one stage stay below this, so that twice as much is still exact as a double. */
const LIMIT_BITS = 52
const LIMIT = 2 ** LIMIT_BITS

/** The maximum flow into a set of groups, and a cut of the same capacity. */
export interface Proof {
  readonly value: bigint
  /** By node of the reduced network: 1 where value could still be drawn from a supply. The edges from such nodes to others are the cut. */
  readonly supplied: Uint8Array
}

/**
 * Maximum flows from the supplies of a reduced network into sets of its groups, exact for amounts of any size.
 *
 * The flow is drawn backward, from the groups to the supplies: so only what lies upstream of the groups is visited.
 *
 * Amounts of up to 52 bits are solved as doubles at once. Larger ones are solved in stages: first in units of 2^k, rounded down; that preflow is
 * valid, and the cut that stopped it shows exactly how much is still missing at most: about a unit per edge. The rest is solved on the
 * exact residual network in finer units, no edge being given more than that (an acyclic maximum flow uses no more), and so on to the unit 1.
 */
export class FlowSolver {
  readonly #reduced: Reduced
  readonly #arcs: Arcs
  readonly #solver: PreflowSolver
  /** By arc and node, at first: exact amounts, and the same in units of 2^shift. */
  readonly #capacity: readonly bigint[]
  readonly #shift: number
  readonly #first: { readonly residual: Float64Array; readonly drain: Float64Array }
  readonly #state: Preflow
  /** The state before the present stage, and what was left in base units by the stages before; used where amounts need stages. */
  readonly #before: Preflow
  readonly #exact: Exact
  readonly #marks: Uint8Array
  /** By arc: 1 where it draws upstream, 0 where it gives back. */
  readonly #draws: Uint8Array

  constructor(reduced: Reduced) {
    this.#reduced = reduced
    const { nodes, groups, tail, head, capacity, supply } = reduced
    const edges = tail.length
    // Arc e draws from the head of edge e to its tail; arc edges + e gives back.
    const ends = new Int32Array(2 * edges)
    ends.set(head)
    ends.set(tail, edges)
    const { start, list } = incidence(nodes, ends)
    const place = new Int32Array(2 * edges)
    for (let i = 0; i < list.length; i++) place[list[i]!] = i
    const to = new Int32Array(2 * edges)
    const mate = new Int32Array(2 * edges)
    const exact = new Array<bigint>(2 * edges).fill(0n)
    this.#draws = new Uint8Array(2 * edges)
    for (let e = 0; e < edges; e++) {
      const draw = place[e]!
      const give = place[edges + e]!
      to[draw] = tail[e]!
      to[give] = head[e]!
      mate[draw] = give
      mate[give] = draw
      exact[draw] = capacity[e]!
      this.#draws[draw] = 1
    }
    this.#arcs = { nodes, start, to, mate }
    this.#solver = new PreflowSolver(this.#arcs)
    this.#capacity = exact
    let total = 0n
    for (let e = 0; e < edges; e++) if (head[e]! < groups) total += capacity[e]!
    for (let v = 0; v < groups; v++) total += supply[v]!
    this.#shift = Math.max(0, bits(total) - LIMIT_BITS)
    this.#first = {
      residual: Float64Array.from(exact, (amount) => inUnits(amount, this.#shift)),
      drain: Float64Array.from(supply, (amount) => inUnits(amount, this.#shift)),
    }
    this.#state = amounts(2 * edges, nodes)
    const staged = this.#shift > 0
    this.#before = amounts(staged ? 2 * edges : 0, staged ? nodes : 0)
    this.#exact = { residual: staged ? exact.slice() : [], drain: staged ? supply.slice() : [], excess: new Array<bigint>(nodes).fill(0n) }
    this.#marks = new Uint8Array(nodes)
  }

  /** The most that can flow into the groups together; each group named once. */
  into(groups: readonly number[]): bigint {
    return this.#solve(groups, this.#upstream(groups))
  }

  /** The same with its proof. */
  prove(groups: readonly number[]): Proof {
    const { start } = this.#arcs
    const { residual, drain } = this.#state
    const cone = this.#upstream(groups)
    const value = this.#solve(groups, cone)
    if (this.#shift > 0) {
      // The last stage gave no edge more than was missing, so what it has used up need not be used up in truth.
      for (const v of cone) {
        for (let a = start[v]!; a < start[v + 1]!; a++) residual[a] = this.#exact.residual[a]! > 0n ? 1 : 0
        drain[v] = this.#exact.drain[v]! > 0n ? 1 : 0
      }
    }
    const supplied = new Uint8Array(this.#reduced.nodes)
    this.#solver.reachable(this.#state, supplied)
    return { value, supplied }
  }

  #solve(groups: readonly number[], cone: Int32Array): bigint {
    const state = this.#state
    let shift = this.#shift
    this.#reset(groups, cone, shift)
    if (shift === 0) return BigInt(this.#solver.run(state, cone))
    let value = 0n
    let missing: bigint | null = null
    for (;;) {
      this.#remember(cone)
      const drawn = BigInt(this.#solver.run(state, cone)) << BigInt(shift)
      value += drawn
      this.#settle(cone, shift)
      if (shift === 0) return value
      const bound = this.#missing(cone)
      // An edge that was given all that was missing, and used it up, left less than a unit of it.
      missing = missing !== null && missing - drawn < bound ? missing - drawn : bound
      if (missing === 0n) return value
      shift = this.#refine(cone, missing, shift)
    }
  }

  /** Put all amounts in the cone back to what they are in the beginning, with all that arrives in the groups waiting there. */
  #reset(groups: readonly number[], cone: Int32Array, shift: number): void {
    const { start } = this.#arcs
    const { residual, drain, excess } = this.#state
    const exact = this.#exact
    for (const v of cone) {
      const end = start[v + 1]!
      for (let a = start[v]!; a < end; a++) residual[a] = this.#first.residual[a]!
      drain[v] = this.#first.drain[v]!
      excess[v] = 0
    }
    if (shift > 0) {
      for (const v of cone) {
        const end = start[v + 1]!
        for (let a = start[v]!; a < end; a++) exact.residual[a] = this.#capacity[a]!
        exact.drain[v] = this.#reduced.supply[v]!
        exact.excess[v] = 0n
      }
    }
    for (const g of groups) {
      exact.excess[g] = this.#arriving(g)
      excess[g] = inUnits(exact.excess[g]!, shift)
    }
  }

  #remember(cone: Int32Array): void {
    const { start } = this.#arcs
    const { residual, drain, excess } = this.#state
    const before = this.#before
    for (const v of cone) {
      const end = start[v + 1]!
      for (let a = start[v]!; a < end; a++) before.residual[a] = residual[a]!
      before.drain[v] = drain[v]!
      before.excess[v] = excess[v]!
    }
  }

  #arriving(group: number): bigint {
    const { start } = this.#arcs
    let total = this.#reduced.supply[group]!
    for (let a = start[group]!; a < start[group + 1]!; a++) total += this.#capacity[a]!
    return total
  }

  /** Groups, and all nodes from which an edge leads to them, rising: passes over the cone then run through memory in order. */
  #upstream(groups: readonly number[]): Int32Array {
    const { start, to, nodes } = this.#arcs
    const marks = this.#marks
    const draws = this.#draws
    let found = 0
    const visit = (v: number): void => {
      found++
      const end = start[v + 1]!
      for (let a = start[v]!; a < end; a++) if (draws[a] === 1) marks[to[a]!] = 1
    }
    for (const g of groups) {
      marks[g] = 1
      visit(g)
    }
    for (let v = nodes - 1; v >= this.#reduced.groups; v--) if (marks[v] === 1) visit(v)
    const cone = new Int32Array(found)
    for (let v = 0, at = 0; at < found; v++) {
      if (marks[v] === 1) {
        cone[at++] = v
        marks[v] = 0
      }
    }
    return cone
  }

  /** Enter what a stage moved into the exact amounts. */
  #settle(cone: Int32Array, shift: number): void {
    const before = this.#before
    const exact = this.#exact
    const { start } = this.#arcs
    const { residual, excess, drain } = this.#state
    const unit = BigInt(shift)
    for (const v of cone) {
      for (let a = start[v]!; a < start[v + 1]!; a++) {
        const change = residual[a]! - before.residual[a]!
        if (change !== 0) exact.residual[a] = exact.residual[a]! + (BigInt(change) << unit)
      }
      if (drain[v] !== before.drain[v]) exact.drain[v] = exact.drain[v]! + (BigInt(drain[v]! - before.drain[v]!) << unit)
      if (excess[v] !== before.excess[v]) exact.excess[v] = exact.excess[v]! + (BigInt(excess[v]! - before.excess[v]!) << unit)
    }
  }

  /** How much more can get out at most: what waits where it can still be drawn, and what can still cross the cut from elsewhere. */
  #missing(cone: Int32Array): bigint {
    const { start, to } = this.#arcs
    const exact = this.#exact
    const supplied = this.#marks
    this.#solver.reachable(this.#state, supplied)
    let waiting = 0n
    let crossing = 0n
    for (const v of cone) {
      waiting += exact.excess[v]!
      if (supplied[v] === 1) {
        crossing += exact.excess[v]!
        continue
      }
      crossing += exact.drain[v]!
      for (let a = start[v]!; a < start[v + 1]!; a++) if (supplied[to[a]!] === 1) crossing += exact.residual[a]!
    }
    for (const v of cone) supplied[v] = 0
    return waiting < crossing ? waiting : crossing
  }

  /** Set the next stage up: finer units, and no amount above what is missing. Returns the shift of its units. */
  #refine(cone: Int32Array, missing: bigint, before: number): number {
    const { start } = this.#arcs
    const { residual, drain, excess } = this.#state
    const exact = this.#exact
    let total = missing
    for (const v of cone) {
      const amount = exact.excess[v]!
      if (amount > 0n) total += amount < missing ? amount : missing
    }
    const shift = Math.max(0, bits(total) - LIMIT_BITS)
    const unit = BigInt(shift)
    const most = inUnits(missing, shift)
    // What is more than this in the units of the stage before need not be looked at exactly.
    const plenty = inUnits(missing, before) + 1
    const scaled = (amount: bigint): number => (amount === 0n ? 0 : amount >= missing ? most : Number(amount >> unit))
    for (const v of cone) {
      const end = start[v + 1]!
      for (let a = start[v]!; a < end; a++) residual[a] = residual[a]! > plenty ? most : scaled(exact.residual[a]!)
      drain[v] = scaled(exact.drain[v]!)
      excess[v] = scaled(exact.excess[v]!)
    }
    return shift
  }
}

/** Amounts in base units that are left between stages, by arc and by node. */
interface Exact {
  readonly residual: bigint[]
  readonly drain: bigint[]
  readonly excess: bigint[]
}

function amounts(arcs: number, nodes: number): Preflow {
  return { residual: new Float64Array(arcs), excess: new Float64Array(nodes), drain: new Float64Array(nodes) }
}

function bits(amount: bigint): number {
  return amount === 0n ? 0 : amount.toString(2).length
}

/** Whole units of 2^shift, rounded down, and no more than doubles hold exactly. */
function inUnits(amount: bigint, shift: number): number {
  if (amount === 0n) return 0
  const units = shift === 0 ? amount : amount >> BigInt(shift)
  return units > BigInt(LIMIT) ? LIMIT : Number(units)
}
