import { fork } from 'node:child_process'
import { CordonError, type Progress } from '../../chain/index.ts'
import { moduleBeside } from './kind.ts'
import type { Answer, FromWorker, ToWorker } from './messages.ts'

/** Work for a process of its own. */
export type ProcessTask = {
  readonly module: URL
  readonly work: string
  readonly input: unknown
  /** Where it stands. */
  readonly folder: string
  /** Heap that it may have, in MiB. */
  readonly memoryMiB: number
  readonly signal: AbortSignal
  readonly progress: (progress: Progress) => void
  /** Told what it wrote to stderr where it ended without an answer, and of a process that did not begin. */
  readonly log: (text: string) => void
  /** Milliseconds within which the process has to have begun, for each attempt. */
  readonly patience?: readonly number[]
}

/**
 * A process was seen that slept for ever in V8 while it loaded code, waiting for a thread of its own: one that has not begun after so long never will. Loading takes a second or two; a machine that swaps may take many times that.
 */
const PATIENCE_MS: readonly number[] = [60_000, 60_000, 60_000]

/** Milliseconds that work has to stop by itself. */
const GRACE_MS = 5_000
const STDERR = 4_096

/** What came of one process: its answer or none, how it ended, null where it was ended because it had not begun. */
type Ended = { readonly answer: Answer | null; readonly how: string | null; readonly errors: string }

/**
 * Runs work in a process of its own, so that nothing that it does (seconds in one loop, memory without end, a crash in native code) is felt here. It sees nothing of this process's environment: no secret is in it.
 * A process that does not begin is ended, and another is started in its place: it has done nothing.
 *
 * @throws CordonError what the work throws; `jobs/died` where it ended without an answer; `jobs/not-begun` where no process began
 * @throws the signal's reason where it was stopped
 */
export async function runProcess(task: ProcessTask): Promise<unknown> {
  const { signal, log, patience = PATIENCE_MS } = task
  for (const within of patience) {
    signal.throwIfAborted()
    const { answer, how, errors } = await once(task, within)
    if (answer !== null) return answered(answer)
    signal.throwIfAborted()
    if (how !== null) {
      log(errors)
      throw died(how)
    }
    log(`its process had not begun after ${within} ms and was ended`)
  }
  throw new CordonError('jobs/not-begun', "the job's process did not begin, however often it was started", {
    remedy: 'The machine is overloaded or out of memory: resume the job when it is not. Nothing was changed.',
  })
}

async function once({ module, work, input, folder, memoryMiB, signal, progress }: ProcessTask, within: number): Promise<Ended> {
  const child = fork(moduleBeside('./worker', import.meta.url), {
    execPath: process.execPath,
    execArgv: [`--max-old-space-size=${memoryMiB}`],
    env: {},
    cwd: folder,
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const errors: Buffer[] = []
  child.stderr?.on('data', (part: Buffer) => {
    errors.push(part)
    while (errors.length > 1 && errors.reduce((sum, { length }) => sum + length, 0) > STDERR) errors.shift()
  })
  let answer: Answer | null = null
  let mute = false
  let begun = false
  const end = () => {
    mute = !begun
    if (mute) child.kill('SIGKILL')
  }
  // What it said while this process was busy is heard before it is judged.
  const waited = setTimeout(() => setImmediate(end), within)
  child.on('message', (message: FromWorker) => {
    begun = true
    if (message.type === 'progress') progress(message.progress)
    else if (message.type !== 'begun' && message.type !== 'stopped') answer = message
  })
  const send = (message: ToWorker) => {
    if (child.connected) child.send(message, () => {})
  }
  let killer: NodeJS.Timeout | undefined
  const stop = () => {
    send({ type: 'stop' })
    killer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS)
  }
  signal.addEventListener('abort', stop, { once: true })
  send({ type: 'run', module: module.href, work, input, folder })
  const [code, killedBy] = await new Promise<[number | null, string | null]>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (status, by) => resolve([status, by]))
  }).finally(() => {
    clearTimeout(waited)
    clearTimeout(killer)
    signal.removeEventListener('abort', stop)
  })
  return { answer, how: mute ? null : (killedBy ?? `code ${code}`), errors: Buffer.concat(errors).toString('utf8').slice(-STDERR) }
}

function answered(answer: Answer): unknown {
  if (answer.type === 'done') return answer.outcome
  if (answer.type === 'failure') throw new Error(answer.text)
  const { code, message, place, remedy } = answer
  throw new CordonError(code, message, { place, ...(remedy !== null && { remedy }) })
}

function died(how: string): CordonError {
  return new CordonError('jobs/died', `the job's process ended without an answer (${how})`, {
    remedy:
      'Mostly it needed more memory than it may have: ask for less at once, or let the operator raise limits.jobMiB. Nothing was changed.',
  })
}
