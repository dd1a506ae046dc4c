import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { openScreener } from '../../screen/index.ts'

/** Which lists, as `openScreener` has them. */
export type Wanted = { readonly store: string; readonly lists?: readonly string[]; readonly at?: string }

/**
 * Has the index of some list versions made in a thread beside this one and left where the lists are, so that opening them here reads it instead of making it. A store that cannot be written to keeps none; what is wrong with
 * the lists is told by whoever opens them, so this fails at nothing.
 *
 * @param clock the time as of which lists are in service, where `wanted` has none
 */
export function buildBeside(wanted: Wanted, clock: () => Date, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const file = import.meta.url.endsWith('.ts') ? './build-beside.ts' : './build-beside.js'
    const worker = new Worker(new URL(file, import.meta.url), { workerData: { buildBeside: { now: clock().toISOString(), ...wanted } } })
    const stop = () => void worker.terminate()
    signal.addEventListener('abort', stop, { once: true })
    worker.once('error', () => undefined)
    worker.once('exit', () => {
      signal.removeEventListener('abort', stop)
      if (signal.aborted) reject(signal.reason)
      else resolve()
    })
  })
}

if (!isMainThread && parentPort !== null && workerData?.buildBeside !== undefined) {
  const { now, ...wanted } = workerData.buildBeside as Wanted & { readonly now: string }
  await openScreener({ ...wanted, clock: () => new Date(now) }).catch(() => undefined)
}
