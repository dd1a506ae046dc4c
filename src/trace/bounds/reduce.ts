import type { Colour, TimeNetwork } from './network.ts'

/**
 * A time network as one colour sees it: nodes in an order in which every edge goes up, except that groups keep the numbers 0 ... groups-1
 * and are only entered. Edges are sorted by tail, then head, no two alike.
 */
export interface Reduced {
  readonly groups: number
  readonly nodes: number
  readonly tail: Int32Array
  readonly head: Int32Array
  readonly capacity: readonly bigint[]
  /** By node. */
  readonly supply: readonly bigint[]
}

const ROUNDS = 6
/** Go on while a round removes at least this share of the nodes. */
const WORTHWHILE = 0.02

/**
 * Make the network small without changing the maximum flow from its supplies of one colour into any set of groups:
 * - what no supply can reach, or no group be reached from, goes;
 * - no edge has more capacity than can come to its tail or leave its head;
 * - a node with one way in that never binds joins the node before it, and one with one way out that never binds the node after it;
 * - parallel edges become one.
 */
export function reduce(network: TimeNetwork, colour: Colour): Reduced {
  let reduced = tighten(inOrder(network, colour))
  for (let round = 0; round < ROUNDS; round++) {
    const before = reduced.nodes
    reduced = tighten(join(join(reduced, 'tail'), 'head'))
    if (reduced.nodes > before * (1 - WORTHWHILE)) break
  }
  return reduced
}

/** Number the nodes so that every edge goes up (Kahn's algorithm). */
function inOrder({ groups, nodes, tail, head, capacity, supply }: TimeNetwork, colour: Colour): Reduced {
  const edges = tail.length
  const waiting = new Int32Array(nodes)
  for (let e = 0; e < edges; e++) waiting[head[e]!]!++
  const { start, list } = incidence(nodes, tail)
  const name = new Int32Array(nodes)
  const queue = new Int32Array(nodes)
  let end = 0
  for (let v = 0; v < groups; v++) name[v] = v
  for (let v = groups; v < nodes; v++) if (waiting[v] === 0) queue[end++] = v
  for (let at = 0; at < end; at++) {
    const v = queue[at]!
    name[v] = groups + at
    for (let i = start[v]!; i < start[v + 1]!; i++) {
      const w = head[list[i]!]!
      if (--waiting[w]! === 0 && w >= groups) queue[end++] = w
    }
  }
  if (end !== nodes - groups) throw new Error('a network in time has a cycle')
  const amounts = new Array<bigint>(nodes).fill(0n)
  for (const [v, amount] of supply[colour]) amounts[name[v]!] = amount
  return merge(groups, nodes, name, tail, head, capacity, amounts)
}

/** Rename nodes, drop edges from a node to itself, and join parallel edges. `supply` is by new name. */
function merge(
  groups: number,
  nodes: number,
  name: Int32Array,
  tail: Int32Array,
  head: Int32Array,
  capacity: readonly bigint[],
  supply: readonly bigint[],
): Reduced {
  const edges = tail.length
  const newHead = new Int32Array(edges)
  for (let e = 0; e < edges; e++) newHead[e] = name[head[e]!]!
  const byHead = incidence(nodes, newHead).list
  const newTail = new Int32Array(edges)
  for (let i = 0; i < edges; i++) newTail[i] = name[tail[byHead[i]!]!]!
  const byTail = incidence(nodes, newTail).list
  const outTail = new Int32Array(edges)
  const outHead = new Int32Array(edges)
  const outCapacity: bigint[] = []
  let last = -1
  for (let i = 0; i < edges; i++) {
    const e = byHead[byTail[i]!]!
    const u = newTail[byTail[i]!]!
    const w = newHead[e]!
    if (u === w || capacity[e] === 0n) continue
    if (last >= 0 && outTail[last] === u && outHead[last] === w) outCapacity[last] = outCapacity[last]! + capacity[e]!
    else {
      last++
      outTail[last] = u
      outHead[last] = w
      outCapacity.push(capacity[e]!)
    }
  }
  return { groups, nodes, tail: outTail.slice(0, last + 1), head: outHead.slice(0, last + 1), capacity: outCapacity, supply }
}

/** Cut capacities and supplies down to what can come and what can leave, and drop the nodes where nothing does. */
function tighten({ groups, nodes, tail, head, capacity, supply }: Reduced): Reduced {
  const edges = tail.length
  const cut = capacity.slice()
  const coming = supply.slice()
  for (let e = 0; e < edges; e++) {
    // Edges are sorted by tail and go up, so all that comes to the tail has been added.
    const limit = coming[tail[e]!]!
    if (cut[e]! > limit) cut[e] = limit
    coming[head[e]!] = coming[head[e]!]! + cut[e]!
  }
  const leaving = new Array<bigint>(nodes).fill(0n)
  for (let v = 0; v < groups; v++) leaving[v] = coming[v]!
  for (let e = edges - 1; e >= 0; e--) {
    const limit = leaving[head[e]!]!
    if (cut[e]! > limit) cut[e] = limit
    leaving[tail[e]!] = leaving[tail[e]!]! + cut[e]!
  }
  const name = new Int32Array(nodes)
  const amounts: bigint[] = []
  for (let v = 0; v < nodes; v++) {
    name[v] = amounts.length
    if (v < groups || (coming[v]! > 0n && leaving[v]! > 0n)) amounts.push(supply[v]! < leaving[v]! ? supply[v]! : leaving[v]!)
    else name[v] = 0
  }
  // An edge at a dropped node has no capacity left, so the name of that node does not matter.
  return merge(groups, amounts.length, name, tail, head, cut, amounts)
}

/**
 * `tail`: join each node whose edges all come from one node, and bring at least as much as leaves it, to that node. `head`: join each node
 * whose edges all go to one node, and take away at least as much as comes, to that one.
 */
function join(reduced: Reduced, side: 'tail' | 'head'): Reduced {
  const { groups, nodes, tail, head, capacity, supply } = reduced
  const near = side === 'tail' ? head : tail
  const far = side === 'tail' ? tail : head
  const edges = tail.length
  const bound = new Array<bigint>(nodes).fill(0n)
  const through = side === 'head' ? supply.slice() : new Array<bigint>(nodes).fill(0n)
  for (let e = 0; e < edges; e++) {
    bound[near[e]!] = bound[near[e]!]! + capacity[e]!
    through[far[e]!] = through[far[e]!]! + capacity[e]!
  }
  const { start, list } = incidence(nodes, near)
  const into = new Int32Array(nodes)
  for (let v = 0; v < groups; v++) into[v] = v
  // Follow the edges' direction, so that the node on the far side already has its final place.
  for (let at = groups; at < nodes; at++) {
    const v = side === 'tail' ? at : nodes - 1 - (at - groups)
    into[v] = v
    if (start[v] === start[v + 1] || bound[v]! < through[v]! || (side === 'tail' && supply[v]! > 0n)) continue
    const only = into[far[list[start[v]!]!]!]!
    let same = true
    for (let i = start[v]! + 1; i < start[v + 1]! && same; i++) same = into[far[list[i]!]!] === only
    if (same) into[v] = only
  }
  const amounts = supply.slice()
  const name = new Int32Array(nodes)
  let kept = 0
  for (let v = 0; v < nodes; v++) {
    if (into[v] === v) name[v] = kept++
    else {
      amounts[into[v]!] = amounts[into[v]!]! + supply[v]!
      amounts[v] = 0n
    }
  }
  const left: bigint[] = []
  for (let v = 0; v < nodes; v++) {
    if (into[v] === v) left.push(amounts[v]!)
    else name[v] = name[into[v]!]!
  }
  return merge(groups, kept, name, tail, head, capacity, left)
}

/** Entries of `at` by value: those equal to `v` are `list[start[v] .. start[v + 1]]`, in order. */
export function incidence(nodes: number, at: Int32Array): { start: Int32Array; list: Int32Array } {
  const start = new Int32Array(nodes + 1)
  for (let i = 0; i < at.length; i++) start[at[i]! + 1]!++
  for (let v = 0; v < nodes; v++) start[v + 1]! += start[v]!
  const list = new Int32Array(at.length)
  const fill = start.slice()
  for (let i = 0; i < at.length; i++) list[fill[at[i]!]!++] = i
  return { start, list }
}
