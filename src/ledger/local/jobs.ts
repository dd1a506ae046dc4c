import { createHash } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import { CordonError } from '../../chain/index.ts'
import { readParts } from './files.ts'
import { buildKeyIndex, type KeyIndexJob } from './keyindex.ts'
import { endOnceLoaded, LOADED } from './loaded.ts'
import { type SortJob, sortRows } from './sort.ts'

/** SHA-256 of whole files. */
export interface HashJob {
  readonly kind: 'hash'
  readonly files: readonly string[]
}

/** Work on files that needs nothing but its description: it runs here or in a worker thread alike. */
export type Job = SortJob | KeyIndexJob | HashJob

/** Hashes by file for a hash job, nothing for the others. */
export type JobResult = Readonly<Record<string, string>>

export function runJob(job: Job): JobResult {
  if (job.kind === 'sort') sortRows(job)
  else if (job.kind === 'key-index') buildKeyIndex(job)
  else return Object.fromEntries(job.files.map((file) => [file, hashFile(file)]))
  return {}
}

export function hashFile(path: string): string {
  const hash = createHash('sha256')
  const part = new Uint8Array(1 << 20)
  readParts(path, part, (bytes) => hash.update(part.subarray(0, bytes)))
  return hash.digest('hex')
}

/** What a worker thread answers: errors lose their class on the way and are put together again here. */
export type JobAnswer =
  | { readonly result: JobResult }
  | { readonly error: { readonly code: string; readonly message: string; readonly place: object; readonly remedy: string | null } }
  | { readonly failure: string }

/**
 * Runs jobs in order, up to two at a time (or `lanes`), each in a thread of its own; in this thread when `threads` is false, which small work is
 * faster with. Stops all of them at the first failure or when the signal says so.
 *
 * @throws what a job throws; the signal's reason
 */
export async function runJobs(
  jobs: readonly Job[],
  options: {
    readonly threads: boolean
    readonly lanes?: 1 | 2
    readonly signal?: AbortSignal | undefined
    readonly done?: (job: Job) => void
  },
): Promise<JobResult> {
  const { signal, done } = options
  if (!options.threads) {
    const results = jobs.map((job) => {
      signal?.throwIfAborted()
      const result = runJob(job)
      done?.(job)
      return result
    })
    return Object.assign({}, ...results)
  }
  const results: JobResult[] = []
  const running = new Set<() => Promise<void>>()
  const failures: unknown[] = []
  let next = 0
  const stop = (): void => {
    next = jobs.length
    for (const end of running) void end()
  }
  const lane = async (): Promise<void> => {
    for (let job = jobs[next++]; job !== undefined && failures.length === 0; job = jobs[next++]) {
      try {
        results.push(await runInThread(job, running))
        done?.(job)
      } catch (error) {
        // The first failure is the cause; what follows are only threads that were stopped for it.
        failures.push(error)
        stop()
      }
    }
  }
  signal?.throwIfAborted()
  signal?.addEventListener('abort', stop, { once: true })
  await Promise.all(options.lanes === 1 ? [lane()] : [lane(), lane()])
  signal?.removeEventListener('abort', stop)
  signal?.throwIfAborted()
  if (failures.length > 0) throw failures[0]
  return Object.assign({}, ...results)
}

function runInThread(job: Job, running: Set<() => Promise<void>>): Promise<JobResult> {
  return new Promise((resolve, reject) => {
    // Run unbuilt the file is .ts, built it is .js.
    const worker = new Worker(new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url), {
      workerData: job,
    })
    const end = endOnceLoaded(worker)
    running.add(end)
    worker.on('message', (answer: JobAnswer | typeof LOADED) => {
      if (answer === LOADED) return
      if ('result' in answer) resolve(answer.result)
      else if ('error' in answer) {
        const { code, message, place, remedy } = answer.error
        reject(new CordonError(code, message, { place, ...(remedy === null ? {} : { remedy }) }))
      } else reject(new Error(answer.failure))
    })
    worker.once('error', reject)
    worker.once('exit', () => {
      running.delete(end)
      reject(new Error('a worker thread was stopped before it had finished'))
    })
  })
}
