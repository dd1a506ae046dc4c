import { CordonError, type Progress, type Work } from '../../chain/index.ts'
import { isAbort } from '../abort.ts'
import { endWithParent } from './guard.ts'
import type { FromWorker, ToWorker } from './messages.ts'

/** Milliseconds between two reports of one phase. */
const EVERY_MS = 250

/** The process of one job: one task, one answer. Files that it is given by name lie where it stands. */
endWithParent()
const stop = new AbortController()
process.on('message', (message: ToWorker) => {
  if (message.type === 'stop') stop.abort()
  else void run(message)
})

async function run({ module, work, input, folder }: Extract<ToWorker, { type: 'run' }>): Promise<void> {
  let answer: FromWorker
  try {
    process.chdir(folder)
    const functions = (await import(module)) as Readonly<Record<string, (input: unknown, work: Work) => Promise<unknown>>>
    const todo = functions[work]
    if (todo === undefined) throw new TypeError(`${module} has no function ${work}`)
    process.send?.({ type: 'begun' } satisfies FromWorker)
    // Whoever cancelled while modules were loading is heard before anything is done.
    stop.signal.throwIfAborted()
    answer = { type: 'done', outcome: await todo(input, { progress: reporter(), signal: stop.signal }) }
  } catch (error) {
    answer = told(error)
  }
  process.send?.(answer, () => process.exit(0))
}

function told(error: unknown): FromWorker {
  if (error instanceof CordonError) {
    const { code, message, place, remedy } = error
    return { type: 'error', code, message, place, remedy }
  }
  if (stop.signal.aborted && (isAbort(error) || error === stop.signal.reason)) return { type: 'stopped' }
  return { type: 'failure', text: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}

function reporter(): (progress: Progress) => void {
  let phase = ''
  let last = 0
  return (progress) => {
    const now = performance.now()
    if (progress.phase === phase && now - last < EVERY_MS) return
    phase = progress.phase
    last = now
    process.send?.({ type: 'progress', progress } satisfies FromWorker)
  }
}
