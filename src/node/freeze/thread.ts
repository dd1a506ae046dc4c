import { Worker } from 'node:worker_threads'
import type { FreezeDocument, FreezeLanguage } from '../../cases/index.ts'
import { CordonError } from '../../chain/index.ts'
import type { BlindItem, DeskToken } from '../../share/index.ts'
import { moduleBeside } from '../jobs/index.ts'

export type DeskWork =
  | { readonly do: 'pdf'; readonly document: FreezeDocument; readonly language: FreezeLanguage }
  | { readonly do: 'tokens'; readonly accounts: readonly string[] }

export type DeskQuestion = { readonly id: number; readonly work: DeskWork }

export type DeskReply =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly code: string; readonly message: string; readonly place: object; readonly remedy: string | null }
  | { readonly id: number; readonly failure: string }

type Waiting = { readonly resolve: (value: unknown) => void; readonly reject: (error: unknown) => void; readonly timer: NodeJS.Timeout }

/** Pieces of work that may wait. */
const MOST_WAITING = 64
/** Milliseconds that one piece may take, with all that waits before it. */
const MOST_MS = 60_000

/**
 * A thread for what the desk computes for longer than an answer may hold the others up: a PDF takes half a second, a blind token a millisecond and a half. It begins with the first piece of work, and again after it has died.
 */
export class DeskThread {
  private readonly seed: Uint8Array
  private worker: Worker | null = null
  private readonly waiting = new Map<number, Waiting>()
  private next = 1
  private closed = false

  /** `seed`: of the desk's key for blind tokens, 32 bytes. */
  constructor(seed: Uint8Array) {
    this.seed = seed
  }

  /** A request as PDF. Throws `desk/busy`, `desk/failed`. */
  async pdf(document: FreezeDocument, language: FreezeLanguage): Promise<Buffer> {
    return Buffer.from((await this.ask({ do: 'pdf', document, language })) as Uint8Array)
  }

  /** Tokens of accounts. Throws `blind/not-an-account`, `desk/busy`, `desk/failed`. */
  async tokens(accounts: readonly string[]): Promise<ReadonlyMap<BlindItem, DeskToken>> {
    return (await this.ask({ do: 'tokens', accounts })) as ReadonlyMap<BlindItem, DeskToken>
  }

  /** Ends the thread when what it does is done. */
  async close(): Promise<void> {
    this.closed = true
    const { worker } = this
    if (worker === null) return
    await new Promise<void>((resolve) => {
      const killer = setTimeout(() => void worker.terminate(), MOST_MS)
      worker.once('exit', () => {
        clearTimeout(killer)
        resolve()
      })
      worker.postMessage('end')
    })
  }

  private async ask(work: DeskWork): Promise<unknown> {
    if (this.waiting.size >= MOST_WAITING)
      throw new CordonError('desk/busy', 'too many documents and tokens wait to be made', { remedy: 'Ask again in a moment.' })
    const id = this.next++
    const worker = this.running()
    return await new Promise<unknown>((resolve, reject) => {
      const timer = setTimeout(() => void worker.terminate(), MOST_MS)
      this.waiting.set(id, { resolve, reject, timer })
      worker.postMessage({ id, work } satisfies DeskQuestion)
    })
  }

  private running(): Worker {
    if (this.worker !== null) return this.worker
    if (this.closed) throw new CordonError('node/stopping', 'the node is stopping', { remedy: 'Ask again when it runs.' })
    const worker = new Worker(moduleBeside('./worker', import.meta.url), {
      workerData: { deskThread: { seed: this.seed } },
      resourceLimits: { maxOldGenerationSizeMb: 512 },
      env: {},
    })
    worker.on('message', (reply: DeskReply) => this.answered(reply))
    worker.once('error', (error) => this.lost(worker, String(error)))
    worker.once('exit', (code) => this.lost(worker, `code ${code}`))
    worker.unref()
    this.worker = worker
    return worker
  }

  private answered(reply: DeskReply): void {
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

  private lost(worker: Worker, how: string): void {
    if (this.worker !== worker) return
    this.worker = null
    for (const [id, { reject, timer }] of this.waiting) {
      this.waiting.delete(id)
      clearTimeout(timer)
      reject(new CordonError('desk/failed', `the document could not be made (${how})`, { remedy: 'Ask again.' }))
    }
  }
}
