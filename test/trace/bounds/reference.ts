import { type BoundsInput, type Injection, OUTSIDE } from '../../../src/trace/bounds/index.ts'

/**
 * Bounds the plain way, to compare with: every event of every pool is a node, every holding between two events an edge, and the flows are found
 * by Dinic's algorithm in BigInt. Shares no code with the room. Transactions must be netted: no pool both pays and receives in one.
 */
export function plainBounds(input: BoundsInput, group: number): { least: bigint; most: bigint } {
  const { graph, arrived } = expand(input, group)
  return { least: arrived - dinic(graph, 'clean'), most: dinic(graph, 'stolen') }
}

/** Where the moves end that pass through one transaction pool: each move has its own, unless several paid and several received. */
export function unitEnd({ from, to, value, tx }: BoundsInput['moves'], start: number): number {
  let first = start
  while (first > 0 && tx[first - 1] === tx[start]) first--
  const payers = new Set<number>()
  const receivers = new Set<number>()
  let end = first
  for (; end < value.length && tx[end] === tx[start]; end++) {
    if (value[end] === 0n || (from[end] === to[end] && from[end]! >= 0)) continue
    payers.add(from[end]!)
    receivers.add(to[end]!)
  }
  return payers.size > 1 && receivers.size > 1 ? end : start + 1
}

interface Graph {
  nodes: number
  readonly tail: number[]
  readonly head: number[]
  readonly capacity: bigint[]
  readonly supply: { readonly stolen: [number, bigint][]; readonly clean: [number, bigint][] }
}

const SINK = 0

function expand({ pools, opening, moves, injections }: BoundsInput, group: number): { graph: Graph; arrived: bigint } {
  const graph: Graph = { nodes: 1, tail: [], head: [], capacity: [], supply: { stolen: [], clean: [] } }
  const edge = (u: number, v: number, amount: bigint): void => {
    graph.tail.push(u)
    graph.head.push(v)
    graph.capacity.push(amount)
  }
  const balance = new Array<bigint>(pools).fill(0n)
  const latest = Array.from({ length: pools }, () => graph.nodes++)
  const event = (pool: number): number => {
    const node = graph.nodes++
    edge(latest[pool]!, node, balance[pool]!)
    latest[pool] = node
    return node
  }
  let arrived = 0n
  for (const { pool, amount, colour } of opening) {
    balance[pool]! += amount
    if (colour !== 'clean') graph.supply.stolen.push([latest[pool]!, amount])
    if (colour !== 'stolen') graph.supply.clean.push([latest[pool]!, amount])
  }
  const mixture = (source: number | null, value: bigint, { least, most }: Injection): number => {
    const inlet = graph.nodes++
    const outlet = graph.nodes++
    edge(inlet, outlet, value)
    graph.supply.stolen.push([inlet, most])
    if (source === null) graph.supply.clean.push([inlet, value - least])
    else edge(source, inlet, value - least)
    return outlet
  }
  const { from, to, value } = moves
  for (let start = 0, end = 0; start < value.length; start = end) {
    end = unitEnd(moves, start)
    const hub = graph.nodes++
    for (const injection of injections) {
      if (injection.kind !== 'holding' || injection.before < start || injection.before >= end) continue
      const before = event(injection.pool)
      latest[injection.pool] = mixture(before, balance[injection.pool]!, injection)
    }
    for (let i = start; i < end; i++) {
      if (from[i]! >= 0 && from[i] !== to[i]) {
        edge(event(from[i]!), hub, value[i]!)
        balance[from[i]!]! -= value[i]!
      } else if (from[i]! < 0) graph.supply.clean.push([hub, value[i]!])
    }
    for (let i = start; i < end; i++) {
      if (to[i] === from[i] && to[i]! >= 0) continue
      const injection = injections.find((one) => one.kind === 'move' && one.move === i)
      const source = injection === undefined ? hub : mixture(hub, value[i]!, injection)
      if (to[i]! >= 0) {
        edge(source, event(to[i]!), value[i]!)
        balance[to[i]!]! += value[i]!
      } else if (to[i]! < OUTSIDE && -2 - to[i]! === group) {
        edge(source, SINK, value[i]!)
        arrived += value[i]!
      }
    }
  }
  return { graph, arrived }
}

/** Maximum flow from the supplies of a colour to the sink (E. A. Dinic, 1970): blocking flows along shortest paths. */
function dinic(graph: Graph, colour: 'stolen' | 'clean'): bigint {
  const source = graph.nodes
  const nodes = graph.nodes + 1
  const out: number[][] = Array.from({ length: nodes }, () => [])
  const to: number[] = []
  const residual: bigint[] = []
  const edge = (u: number, v: number, amount: bigint): void => {
    out[u]!.push(to.length)
    to.push(v)
    residual.push(amount)
    out[v]!.push(to.length)
    to.push(u)
    residual.push(0n)
  }
  graph.tail.forEach((u, e) => {
    edge(u, graph.head[e]!, graph.capacity[e]!)
  })
  for (const [v, amount] of graph.supply[colour]) edge(source, v, amount)
  let flow = 0n
  for (;;) {
    const level = new Int32Array(nodes).fill(-1)
    level[source] = 0
    const queue = [source]
    for (let at = 0; at < queue.length && level[SINK] === -1; at++) {
      for (const a of out[queue[at]!]!) {
        if (level[to[a]!] === -1 && residual[a]! > 0n) {
          level[to[a]!] = level[queue[at]!]! + 1
          queue.push(to[a]!)
        }
      }
    }
    if (level[SINK] === -1) return flow
    const current = new Int32Array(nodes)
    const path: number[] = []
    let v = source
    for (;;) {
      if (v === SINK) {
        let amount = residual[path[0]!]!
        for (const a of path) if (residual[a]! < amount) amount = residual[a]!
        for (const a of path) {
          residual[a]! -= amount
          residual[a ^ 1]! += amount
        }
        flow += amount
        path.length = 0
        v = source
      }
      const arc = out[v]![current[v]!]
      if (arc === undefined) {
        if (v === source) break
        v = to[path.pop()! ^ 1]!
        current[v]!++
      } else if (residual[arc]! > 0n && level[to[arc]!] === level[v]! + 1) {
        path.push(arc)
        v = to[arc]!
      } else current[v]!++
    }
  }
}
