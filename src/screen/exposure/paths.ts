import type { Flow } from '../../trace/index.ts'

/**
 * Shortest ways through the flows of a backward trace: for each account, the transfers from it to the wallet, as few as possible, each not before the one that precedes it.
 *
 * Breadth first from the wallet against the arrows. Each flow is visited once: the flows into an account that lie no later than one out of it are a growing front part of them, and what was visited is kept as that part's length.
 *
 * @param flows in chain order
 * @param arrived whether an account of the trace is the wallet
 */
export function shortestPaths(flows: readonly Flow[], arrived: (account: string) => boolean): ReadonlyMap<string, readonly Flow[]> {
  const order = transactionOrder(flows)
  const into = new Map<string, number[]>()
  flows.forEach((flow, k) => {
    const list = into.get(flow.to)
    if (list === undefined) into.set(flow.to, [k])
    else list.push(k)
  })
  const next = new Int32Array(flows.length).fill(-1)
  const first = new Map<string, number>()
  const visited = new Map<string, number>()
  const queue: number[] = []
  const visit = (k: number, after: number): void => {
    const { from } = flows[k] as Flow
    next[k] = after
    queue.push(k)
    if (!first.has(from)) first.set(from, k)
  }
  for (const [account, list] of into) if (arrived(account)) for (const k of list) if (!arrived((flows[k] as Flow).from)) visit(k, -1)
  for (let head = 0; head < queue.length; head++) {
    const at = queue[head] as number
    const { from } = flows[at] as Flow
    const list = into.get(from) ?? []
    let done = visited.get(from) ?? 0
    for (; done < list.length && (order[list[done] as number] as number) <= (order[at] as number); done++) {
      const k = list[done] as number
      if (!arrived((flows[k] as Flow).from)) visit(k, at)
    }
    visited.set(from, done)
  }
  const paths = new Map<string, Flow[]>()
  for (const [account, start] of first) {
    const path: Flow[] = []
    for (let k = start; k !== -1; k = next[k] as number) path.push(flows[k] as Flow)
    paths.set(account, path)
  }
  return paths
}

/** Ordinal of each flow's transaction: within one, the order of flows says nothing. */
function transactionOrder(flows: readonly Flow[]): Int32Array {
  let at = -1
  let last: string | null = null
  return Int32Array.from(flows, ({ transaction }) => {
    if (transaction !== last) at++
    last = transaction
    return at
  })
}
