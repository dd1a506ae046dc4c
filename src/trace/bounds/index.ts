import { FlowSolver } from './flow.ts'
import { type BoundsInput, malformed } from './input.ts'
import { type TimeNetwork, timeNetwork } from './network.ts'
import { reduce } from './reduce.ts'

export { type BoundsInput, type Injection, type Opening, OUTSIDE, terminal } from './input.ts'

/** Stolen value that reached a place under any accounting whatever, in base units: at least `least`, at most `most`. */
export interface Interval {
  readonly least: bigint
  readonly most: bigint
}

/** The same by terminal group. */
export interface Bounds {
  readonly least: bigint[]
  readonly most: bigint[]
}

/**
 * Policy-free bounds of one asset: for each terminal group the least and the most stolen value that can have arrived there from the pools, whatever
 * accounting rule is chosen. Both are reached by some accounting, so no closer bounds exist.
 *
 * The amount of every movement and of every balance is known; its colour is not. An *admissible colouring* says of each how much of it is
 * stolen: between nothing and all, and conserved in every pool over time, where the holding between two events is an edge whose capacity is the
 * balance. It is then a flow in {@link timeNetwork} that fills the edges where stolen value begins and leaves empty those where clean value does.
 *
 * most(T) is the maximum flow from where stolen value may begin into T, and least(T) is what arrives in T less the maximum flow into T from
 * where clean value may begin. *Proof.* An admissible colouring is such a flow, so it brings no more into T. Conversely let f be a maximum flow. At every
 * pool as much value comes in as goes out, and so it is with f; hence also with the rest, value minus f, which therefore splits into paths from
 * beginnings to ends. Colour stolen the paths of the rest that begin where stolen value does, and clean all others. Added to f this is conserved, lies
 * between nothing and all on every edge, and fills exactly the stolen beginnings: it is admissible. It brings at least f into T, and, being a flow from the
 * same beginnings, at most f. The same with the colours exchanged gives the least. What may begin as either colour is taken as stolen for
 * the most and as clean for the least; so is, of an amount known only by its limits, what lies between them.
 *
 * @throws CordonError `bounds/malformed` when the moves are out of order, refer to no pool or group, or take more out of a pool than it holds
 * @example
 * ```ts
 * // 10 stolen meet 10 clean in pool 0, which then pays 15 to an exchange: at least 5, at most 10 of them are stolen.
 * bounds({
 *   pools: 1,
 *   groups: 1,
 *   opening: [{ pool: 0, amount: 10n, colour: 'stolen' }, { pool: 0, amount: 10n, colour: 'clean' }],
 *   moves: { from: Int32Array.of(0), to: Int32Array.of(terminal(0)), value: [15n], tx: Uint32Array.of(0) },
 *   injections: [],
 * }) // { least: [5n], most: [10n] }
 * ```
 */
export function bounds(input: BoundsInput): Bounds {
  const bounder = new Bounder(input)
  const least: bigint[] = []
  const most: bigint[] = []
  for (let group = 0; group < input.groups; group++) {
    const interval = bounder.of([group])
    least.push(interval.least)
    most.push(interval.most)
  }
  return { least, most }
}

/**
 * Bounds of any sets of groups over one input: what a set can have received together is in general less than the sum of what each of its groups can.
 * Owns the networks and the work space.
 */
export class Bounder {
  readonly #arrived: readonly bigint[]
  readonly #stolen: FlowSolver
  readonly #clean: FlowSolver

  /** @throws CordonError `bounds/malformed` */
  constructor(input: BoundsInput) {
    const network = timeNetwork(input)
    this.#arrived = arrivals(network)
    this.#stolen = new FlowSolver(reduce(network, 'stolen'))
    this.#clean = new FlowSolver(reduce(network, 'clean'))
  }

  /** Bounds of some groups taken together. @throws CordonError `bounds/malformed` when there is no such group */
  of(groups: readonly number[]): Interval {
    const distinct = [...new Set(groups)]
    const stranger = distinct.find((group) => this.#arrived[group] === undefined)
    if (stranger !== undefined) throw malformed(`there is no group ${stranger}`)
    let total = 0n
    for (const group of distinct) total += this.#arrived[group]!
    if (total === 0n) return { least: 0n, most: 0n }
    const most = this.#stolen.into(distinct)
    // Nothing stolen can have come, so nothing must have.
    const least = most === 0n ? 0n : total - this.#clean.into(distinct)
    return { least, most }
  }
}

/** What comes into each group from the network. */
function arrivals({ groups, head, capacity }: TimeNetwork): bigint[] {
  const total = new Array<bigint>(groups).fill(0n)
  for (let e = 0; e < head.length; e++) if (head[e]! < groups) total[head[e]!] = total[head[e]!]! + capacity[e]!
  return total
}
