import { fork } from 'node:child_process'
import { CordonError, type Progress } from '../../chain/index.ts'
import { moduleBeside } from './kind.ts'
import type { FromWorker, ToWorker } from './messages.ts'

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
  /** Told what it wrote to stderr, where it ended without an answer. */
  readonly log: (text: string) => void
}

/** Milliseconds that work has to stop by itself. */
const GRACE_MS = 5_000
const STDERR = 4_096

/**
 * Runs work in a process of its own, so that nothing that it does (seconds in one loop, memory without end, a crash in native code) is felt here. It sees nothing of this process's environment: no secret is in it.
 *
 * @throws CordonError what the work throws; `jobs/died` where it ended without an answer
 * @throws the signal's reason where it was stopped
 */
export async function runProcess({ module, work, input, folder, memoryMiB, signal, progress, log }: ProcessTask): Promise<unknown> {
  signal.throwIfAborted()
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
  let answer: FromWorker | null = null
  child.on('message', (message: FromWorker) => {
    if (message.type === 'progress') progress(message.progress)
    else answer = message
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
    clearTimeout(killer)
    signal.removeEventListener('abort', stop)
  })
  return answered(answer, () => {
    signal.throwIfAborted()
    log(Buffer.concat(errors).toString('utf8').slice(-STDERR))
    return died(killedBy ?? `code ${code}`)
  })
}

function answered(answer: FromWorker | null, none: () => Error): unknown {
  if (answer === null || answer.type === 'progress' || answer.type === 'stopped') throw none()
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
