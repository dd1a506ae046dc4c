/** A residual network in the order of nodes. Arcs of node `v` are `start[v] .. start[v + 1]`; every arc has a mate that runs back. */
export interface Arcs {
  readonly nodes: number
  readonly start: Int32Array
  readonly to: Int32Array
  readonly mate: Int32Array
}

/** State that a run changes in place. All amounts are whole numbers small enough for every sum to stay below 2^53. */
export interface Preflow {
  /** By arc: how much more may pass. */
  readonly residual: Float64Array
  /** By node: what waits there. */
  readonly excess: Float64Array
  /** By node: how much more may leave the network there. */
  readonly drain: Float64Array
}

const NONE = -1

/**
 * Push all the excess that can reach drains out through them: the maximum preflow, by push-relabel, highest label first, with exact labels to begin
 * with and again from time to time (A. V. Goldberg and R. E. Tarjan, J. ACM 35 (1988), doi:10.1145/48014.61051; B. V. Cherkassky and
 * A. V. Goldberg, Algorithmica 19 (1997), doi:10.1007/PL00009180). Excess that cannot get out stays where it got stuck: its place does not
 * matter for the value.
 *
 * Owns the work space for one network, so that many runs on it allocate nothing.
 */
export class PreflowSolver {
  readonly #arcs: Arcs
  /** Distance to a drain, at least; `nodes + 1` where none can be reached. */
  readonly #label: Int32Array
  readonly #current: Int32Array
  readonly #next: Int32Array
  readonly #bucket: Int32Array
  /** All nodes by label, as doubly linked lists: first of each label, and by node the next and the one before. */
  readonly #layer: Int32Array
  readonly #below: Int32Array
  readonly #above: Int32Array
  readonly #queue: Int32Array
  #cone: Int32Array = new Int32Array(0)

  constructor(arcs: Arcs) {
    this.#arcs = arcs
    const { nodes } = arcs
    this.#label = new Int32Array(nodes)
    this.#current = new Int32Array(nodes)
    this.#next = new Int32Array(nodes)
    this.#bucket = new Int32Array(nodes + 2).fill(NONE)
    this.#layer = new Int32Array(nodes + 2).fill(NONE)
    this.#below = new Int32Array(nodes)
    this.#above = new Int32Array(nodes)
    this.#queue = new Int32Array(nodes)
  }

  /**
   * Run to the end on the nodes of `cone`, which no residual arc may leave. Returns how much left through the drains.
   */
  run({ residual, excess, drain }: Preflow, cone: Int32Array): number {
    // Nodes outside the cone have label 0, so that no search takes them for nodes still to be reached.
    for (const v of this.#cone) this.#label[v] = 0
    this.#cone = cone
    const { start, to, mate } = this.#arcs
    const label = this.#label
    const current = this.#current
    const next = this.#next
    const bucket = this.#bucket
    const unreachable = this.#arcs.nodes + 1
    let arcsOfCone = 0
    for (let i = 0; i < cone.length; i++) arcsOfCone += start[cone[i]! + 1]! - start[cone[i]!]!
    const patience = 6 * cone.length + 2 * arcsOfCone
    let drained = 0
    let work = 0
    let highest = this.#relabelAll(residual, excess, drain)
    // No node has a label above this.
    let top = highest
    while (highest > 0) {
      const v = bucket[highest]!
      if (v === NONE) {
        highest--
        continue
      }
      bucket[highest] = next[v]!
      let height = label[v]!
      let amount = excess[v]!
      if (drain[v]! > 0) {
        const out = amount < drain[v]! ? amount : drain[v]!
        drain[v] = drain[v]! - out
        amount -= out
        drained += out
      }
      const end = start[v + 1]!
      let arc = current[v]!
      while (amount > 0) {
        if (arc === end) {
          let least = unreachable
          for (let a = start[v]!; a < end; a++) {
            if (residual[a]! > 0 && label[to[a]!]! < least) {
              least = label[to[a]!]!
              arc = a
            }
          }
          work += end - start[v]! + 12
          const left = height
          height = least < cone.length ? least + 1 : unreachable
          if (this.#move(v, left, height)) {
            // Nothing is left at that height, so from above it no drain can be reached, nor from here.
            while (top > left) this.#lift(top--, unreachable)
            height = unreachable
            label[v] = unreachable
          }
          if (height === unreachable) break
          if (height > top) top = height
          continue
        }
        if (residual[arc]! > 0) {
          const w = to[arc]!
          if (label[w] === height - 1) {
            const r = residual[arc]!
            const push = amount < r ? amount : r
            residual[arc] = r - push
            residual[mate[arc]!] = residual[mate[arc]!]! + push
            amount -= push
            const waiting = excess[w]!
            excess[w] = waiting + push
            if (waiting === 0) {
              next[w] = bucket[height - 1]!
              bucket[height - 1] = w
              if (height - 1 > highest) highest = height - 1
            }
            if (amount === 0) break
          }
        }
        arc++
      }
      excess[v] = amount
      current[v] = arc
      work += 4
      if (work > patience) {
        work = 0
        highest = this.#relabelAll(residual, excess, drain)
        top = highest
      }
    }
    return drained
  }

  /** After a run: whether something more put at a node could still get out. Marks are 1 or 0 by node, for nodes of the cone. */
  reachable({ residual, excess, drain }: Preflow, marks: Uint8Array): void {
    this.#relabelAll(residual, excess, drain)
    for (const v of this.#cone) marks[v] = this.#label[v]! <= this.#arcs.nodes ? 1 : 0
  }

  #enter(v: number, height: number): void {
    const first = this.#layer[height]!
    this.#below[v] = first
    this.#above[v] = NONE
    if (first !== NONE) this.#above[first] = v
    this.#layer[height] = v
  }

  /** Give a node another label; true where no node is left at the one it had. */
  #move(v: number, from: number, to: number): boolean {
    const below = this.#below[v]!
    const above = this.#above[v]!
    if (below !== NONE) this.#above[below] = above
    if (above !== NONE) this.#below[above] = below
    else this.#layer[from] = below
    if (this.#layer[from] === NONE) return true
    this.#label[v] = to
    if (to <= this.#cone.length) this.#enter(v, to)
    return false
  }

  /** Put all nodes of one label out of reach. */
  #lift(height: number, unreachable: number): void {
    for (let v = this.#layer[height]!; v !== NONE; v = this.#below[v]!) this.#label[v] = unreachable
    this.#layer[height] = NONE
  }

  /** Exact distances by breadth-first search from the drains, and the lists of active nodes. Returns the highest label, 0 where there is no drain. */
  #relabelAll(residual: Float64Array, excess: Float64Array, drain: Float64Array): number {
    const { start, to, mate, nodes } = this.#arcs
    const label = this.#label
    const queue = this.#queue
    const bucket = this.#bucket
    const layer = this.#layer
    const cone = this.#cone
    const unreachable = nodes + 1
    bucket.fill(NONE, 0, cone.length + 2)
    layer.fill(NONE, 0, cone.length + 2)
    let end = 0
    for (let i = 0; i < cone.length; i++) {
      const v = cone[i]!
      this.#current[v] = start[v]!
      if (drain[v]! > 0) {
        label[v] = 1
        queue[end++] = v
      } else label[v] = unreachable
    }
    for (let at = 0; at < end; at++) {
      const v = queue[at]!
      const height = label[v]!
      this.#enter(v, height)
      if (excess[v]! > 0) {
        this.#next[v] = bucket[height]!
        bucket[height] = v
      }
      for (let a = start[v]!; a < start[v + 1]!; a++) {
        const w = to[a]!
        if (label[w] === unreachable && residual[mate[a]!]! > 0) {
          label[w] = height + 1
          queue[end++] = w
        }
      }
    }
    return end === 0 ? 0 : label[queue[end - 1]!]!
  }
}
