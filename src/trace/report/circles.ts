/** An edge that carries value; `amount` is lowered in place. */
interface Carrier {
  readonly from: number
  readonly to: number
  amount: bigint
}

/**
 * Take out of a flow what only goes round in circles: as long as there is a cycle, its smallest amount is subtracted from each of its edges.
 * What enters and leaves every node on balance stays the same (flow decomposition; Ahuja, Magnanti and Orlin, Network Flows, 1993, theorem 3.5).
 * Edges are visited in the order given, so equal input gives equal output. Returns what was taken out, counted once per circle.
 */
export function removeCircles(nodes: number, edges: readonly Carrier[]): bigint {
  const out: Carrier[][] = Array.from({ length: nodes }, () => [])
  for (const edge of edges) if (edge.amount > 0n) (out[edge.from] as Carrier[]).push(edge)
  let removed = 0n
  for (let cycle = findCycle(out); cycle !== null; cycle = findCycle(out)) {
    const least = cycle.reduce((min, { amount }) => (amount < min ? amount : min), (cycle[0] as Carrier).amount)
    for (const edge of cycle) {
      edge.amount -= least
      if (edge.amount === 0n) {
        const list = out[edge.from] as Carrier[]
        list.splice(list.indexOf(edge), 1)
      }
    }
    removed += least
  }
  return removed
}

/** Edges of some cycle, by depth-first search; null where there is none. */
function findCycle(out: readonly (readonly Carrier[])[]): Carrier[] | null {
  const state = new Uint8Array(out.length)
  for (let start = 0; start < out.length; start++) {
    if (state[start] !== 0) continue
    const path: Carrier[] = []
    const stack: { node: number; next: number }[] = [{ node: start, next: 0 }]
    state[start] = 1
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const edge = (out[top.node] as readonly Carrier[])[top.next++]
      if (edge === undefined) {
        state[top.node] = 2
        stack.pop()
        path.pop()
      } else if (state[edge.to] === 1) {
        const begin = path.findIndex(({ from }) => from === edge.to)
        return begin === -1 ? [edge] : [...path.slice(begin), edge]
      } else if (state[edge.to] === 0) {
        state[edge.to] = 1
        path.push(edge)
        stack.push({ node: edge.to, next: 0 })
      }
    }
  }
  return null
}
