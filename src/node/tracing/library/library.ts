import { type ChildProcess, fork } from 'node:child_process'
import { CordonError } from '../../../chain/index.ts'
import { moduleBeside } from '../../jobs/index.ts'
import type { Question, Reply } from './messages.ts'
import type { QUESTIONS } from './questions.ts'

type Questions = typeof QUESTIONS
type Waiting = { readonly resolve: (value: unknown) => void; readonly reject: (error: unknown) => void; readonly timer: NodeJS.Timeout }

/** Milliseconds that an answer may take. */
const MOST_MS = 20_000
/** Questions that may wait at once. */
const MOST_WAITING = 200

/**
 * Ledgers and tags that are open for questions, in a process of its own: they are mapped memory and long loops, and the node must neither wait for them nor fall with them. The process is started by the first question, and again after it has died.
 */
export class Library {
  private readonly tags: readonly string[]
  private readonly memoryMiB: number
  private child: ChildProcess | null = null
  private readonly waiting = new Map<number, Waiting>()
  private next = 1
  private closed = false

  /** `tags`: files and folders of tags. */
  constructor(tags: readonly string[], memoryMiB: number) {
    this.tags = tags
    this.memoryMiB = memoryMiB
  }

  /**
   * Asks one question.
   *
   * @throws CordonError what the answer throws; `library/busy` where too many wait; `library/too-slow`; `library/died`
   */
  async ask<Name extends keyof Questions>(
    name: Name,
    input: Parameters<Questions[Name]>[0],
  ): Promise<Awaited<ReturnType<Questions[Name]>>> {
    if (this.waiting.size >= MOST_WAITING)
      throw new CordonError('library/busy', 'too many questions to ledgers and tags wait already', { remedy: 'Ask again in a moment.' })
    const id = this.next++
    const child = this.running()
    return (await new Promise<unknown>((resolve, reject) => {
      const timer = setTimeout(() => this.giveUp(child), MOST_MS)
      this.waiting.set(id, { resolve, reject, timer })
      child.send({ id, name, input } satisfies Question, (error) => {
        if (error !== null) this.lost(child, error.message)
      })
    })) as Awaited<ReturnType<Questions[Name]>>
  }

  /** Ends the process. */
  async close(): Promise<void> {
    this.closed = true
    const { child } = this
    if (child === null) return
    await new Promise<void>((resolve) => {
      child.once('close', () => resolve())
      child.kill('SIGKILL')
    })
  }

  private running(): ChildProcess {
    if (this.child !== null) return this.child
    if (this.closed) throw new CordonError('node/stopping', 'the node is stopping', { remedy: 'Ask again when it runs.' })
    const child = fork(moduleBeside('./worker', import.meta.url), [JSON.stringify(this.tags)], {
      execPath: process.execPath,
      execArgv: [`--max-old-space-size=${this.memoryMiB}`],
      env: {},
      serialization: 'advanced',
      stdio: 'ignore',
    })
    child.on('message', (reply: Reply) => this.answered(reply))
    child.once('error', (error) => this.lost(child, error.message))
    child.once('close', (code, signal) => this.lost(child, signal ?? `code ${code}`))
    this.child = child
    return child
  }

  private answered(reply: Reply): void {
    const waiting = this.waiting.get(reply.id)
    if (waiting === undefined) return
    this.waiting.delete(reply.id)
    clearTimeout(waiting.timer)
    if ('value' in reply) waiting.resolve(reply.value)
    else if ('failure' in reply) waiting.reject(new Error(reply.failure))
    else
      waiting.reject(
        new CordonError(reply.code, reply.message, { place: reply.place, ...(reply.remedy !== null && { remedy: reply.remedy }) }),
      )
  }

  /** A question that takes too long holds up all others: the process is begun anew without it. */
  private giveUp(child: ChildProcess): void {
    if (this.child !== child) return
    this.fail(
      new CordonError('library/too-slow', `there was no answer within ${MOST_MS / 1000} seconds`, {
        remedy: 'Ask for less at once: a shorter time, one asset, fewer accounts. What reads a whole ledger is a job.',
      }),
    )
    child.kill('SIGKILL')
  }

  private lost(child: ChildProcess, how: string): void {
    if (this.child === child)
      this.fail(new CordonError('library/died', `the process that reads ledgers and tags ended (${how})`, { remedy: 'Ask again.' }))
  }

  private fail(error: CordonError): void {
    this.child = null
    for (const [id, { reject, timer }] of this.waiting) {
      this.waiting.delete(id)
      clearTimeout(timer)
      reject(error)
    }
  }
}
