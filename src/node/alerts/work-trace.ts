import { readFile } from 'node:fs/promises'
import { evaluate, type Raised, traceEvents } from '../../cases/index.ts'
import { CordonError, type Work } from '../../chain/index.ts'
import { parseTrace } from '../../trace/index.ts'
import type { RulesAndWatches } from './work-movements.ts'

export type TraceLook = RulesAndWatches & {
  /** Under which id its events are told. */
  readonly trace: string
  /** Documents: of the run before, null where there was none, and of this one. */
  readonly before: string | null
  readonly after: string
  readonly seenAt: string
}

/** Compares a trace with the run before it. */
export async function lookAtTrace({ trace, before, after, seenAt, rules, watches }: TraceLook, _work: Work): Promise<readonly Raised[]> {
  const now = parseTrace(await readFile(after, 'utf8'), 'trace.json')
  const earlier = before === null ? null : parseTrace(await readFile(before, 'utf8'), 'trace.json')
  return eventsOf().flatMap((event) => evaluate(rules, watches, event))

  function eventsOf() {
    try {
      return traceEvents(trace, earlier, now, seenAt)
    } catch (error) {
      // The summaries of the two agree in the seeds that they show; the documents have all.
      if (error instanceof CordonError && error.code === 'alerts/other-trace') return traceEvents(trace, null, now, seenAt)
      throw error
    }
  }
}
