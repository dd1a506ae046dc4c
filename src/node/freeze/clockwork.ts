import { sweepRounds } from '../deconflict/index.ts'
import type { NodeParts } from '../parts.ts'
import { sweepFreezes, type TellOverdue } from './overdue.ts'

const EVERY_MS = 60_000

/** Looks every minute for deadlines of requests that have passed, and for rounds of deconfliction that are over. Gives what ends it. */
export function keepDesk(node: NodeParts, report: (error: unknown) => void, tell?: TellOverdue): () => Promise<void> {
  let running: Promise<void> = Promise.resolve()
  const sweep = () => {
    running = running.then(async () => {
      await sweepFreezes(node, tell).catch(report)
      await sweepRounds(node).catch(report)
    })
  }
  sweep()
  const timer = setInterval(sweep, EVERY_MS)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}
