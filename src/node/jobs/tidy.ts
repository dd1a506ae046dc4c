import { sweepUploads } from '../files/index.ts'
import type { NodeParts } from '../parts.ts'

const EVERY_MS = 600_000

/** Takes away, now and again, what nobody comes back for: abandoned uploads, files of jobs that are over. Gives what ends it. */
export function keepTidy(node: NodeParts, report: (error: unknown) => void): () => Promise<void> {
  let running: Promise<void> = Promise.resolve()
  const sweep = () => {
    running = running
      .then(async () => {
        await sweepUploads(node)
        await node.jobs.sweep(node)
      })
      .catch(report)
  }
  sweep()
  const timer = setInterval(sweep, EVERY_MS)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}
