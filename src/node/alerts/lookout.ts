import type { NodeParts } from '../parts.ts'
import type { Source } from './source.ts'
import { caseSource } from './source-cases.ts'
import { freezeSource } from './source-freezes.ts'
import { ledgerSource } from './source-ledgers.ts'
import { listSource } from './source-lists.ts'
import { traceSource } from './source-traces.ts'

/** A look although nothing rang: other processes write too. */
const LOOK_MS = 5_000
/** Many changes in a row are one look. */
const TOGETHER_MS = 300
/** A source that failed is left alone so long. */
const AGAIN_MS = 30_000

/** Looks for events of every source whenever something changed, and raises alerts of them. Gives what ends it. */
export function keepLookout(node: NodeParts, report: (error: unknown) => void): () => Promise<void> {
  const end = new AbortController()
  const sources: readonly Source[] = [caseSource(node), freezeSource(node), ledgerSource(node), listSource(node), traceSource(node)]
  const running = run(node, sources, end.signal, report)
  return async () => {
    end.abort()
    await running
  }
}

async function run(node: NodeParts, sources: readonly Source[], signal: AbortSignal, report: (error: unknown) => void): Promise<void> {
  const due = new Map<string, number>()
  while (!signal.aborted) {
    // Whatever rings while it is looked is heard.
    const rung = node.doorbell.wait(LOOK_MS, signal)
    for (const source of sources) {
      if (signal.aborted || (due.get(source.name) ?? 0) > performance.now()) continue
      try {
        await source.look(signal)
        due.set(source.name, performance.now() + source.everyMs)
      } catch (error) {
        if (signal.aborted) break
        report(error)
        due.set(source.name, performance.now() + AGAIN_MS)
      }
    }
    await rung
    await pause(TOGETHER_MS, signal)
  }
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, milliseconds)
    function done() {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    signal.addEventListener('abort', done, { once: true })
  })
}
