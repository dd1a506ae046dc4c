import { Worker } from 'node:worker_threads'
import { CordonError } from '../../../chain/index.ts'
import { endOnceLoaded, LOADED } from '../../local/loaded.ts'
import type { BitcoinBlock } from '../block.ts'
import { type Batch, Fetcher, type FetchOptions } from './fetch.ts'

/** Blocks of one batch as far as they could be read, and what stopped it. */
export interface Fetched {
  readonly blocks: readonly BitcoinBlock[]
  readonly error: FetchError | null
}

/** An error on its way between threads, where it loses its class. */
export type FetchError =
  | { readonly code: string; readonly message: string; readonly place: object; readonly remedy: string | null }
  | { readonly failure: string }

/** Batches in work or waiting for the reader, for each thread: one is read while another is used. */
const AHEAD = 2

export function fetchBatch(fetcher: Fetcher, batch: Batch): Fetched {
  const blocks: BitcoinBlock[] = []
  try {
    for (let i = 0; i < batch.file.length; i++) blocks.push(fetcher.fetch(batch, i))
    return { blocks, error: null }
  } catch (error) {
    if (error instanceof CordonError) {
      const { code, message, place, remedy } = error
      return { blocks, error: { code, message, place, remedy } }
    }
    return { blocks, error: { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) } }
  }
}

/** The memory of blocks, to move it to another thread instead of copying it. */
export function memoryOf(blocks: readonly BitcoinBlock[]): ArrayBuffer[] {
  const memory = new Set<ArrayBuffer>()
  for (const { hash, script, spent } of blocks) {
    const arrays = [hash, script.bytes]
    if (spent !== null) arrays.push(spent.known, spent.script.bytes)
    for (const { buffer } of arrays) memory.add(buffer as ArrayBuffer)
    if (spent !== null) for (const { buffer } of [spent.value, spent.script.start, spent.script.end]) memory.add(buffer as ArrayBuffer)
  }
  return [...memory]
}

/**
 * Reads batches of blocks in order, in this thread when `threads` is 0, else ahead of the reader in so many others.
 *
 * @throws what reading throws, after the blocks before it; the signal's reason
 */
export async function* fetchAll(
  batches: Iterable<Batch>,
  options: FetchOptions & { readonly threads: number; readonly signal: AbortSignal },
): AsyncGenerator<BitcoinBlock> {
  const { threads, signal, ...own } = options
  const source = threads === 0 ? inThisThread(batches, own) : inOthers(batches, own, threads, signal)
  for await (const { blocks, error } of source) {
    for (const block of blocks) {
      signal.throwIfAborted()
      yield block
    }
    signal.throwIfAborted()
    if (error !== null) throw revived(error)
  }
}

async function* inThisThread(batches: Iterable<Batch>, options: FetchOptions): AsyncGenerator<Fetched> {
  const fetcher = new Fetcher(options)
  try {
    for (const batch of batches) {
      // Lets a signal or a timer in, which reading does not.
      await new Promise((resolve) => setImmediate(resolve))
      yield fetchBatch(fetcher, batch)
    }
  } finally {
    fetcher.close()
  }
}

/** Batches go to the threads in turn, so that their answers come back in an order that is known. */
async function* inOthers(batches: Iterable<Batch>, options: FetchOptions, threads: number, signal: AbortSignal): AsyncGenerator<Fetched> {
  signal.throwIfAborted()
  const lanes = Array.from({ length: threads }, () => new Lane(options))
  const stop = (): void => {
    for (const lane of lanes) lane.stop(signal.reason)
  }
  // At once, not when the reader next asks: it may never ask again.
  signal.addEventListener('abort', stop, { once: true })
  const waiting = batches[Symbol.iterator]()
  const asked: Lane[] = []
  let turn = 0
  const ask = (): void => {
    const next = waiting.next()
    if (next.done === true) return
    const lane = lanes[turn++ % lanes.length] as Lane
    lane.ask(next.value)
    asked.push(lane)
  }
  try {
    for (let i = 0; i < AHEAD * lanes.length; i++) ask()
    for (let lane = asked.shift(); lane !== undefined; lane = asked.shift()) {
      const answer = await lane.answer()
      ask()
      yield answer
    }
  } finally {
    signal.removeEventListener('abort', stop)
    await Promise.all(lanes.map((lane) => lane.stop(new Error('the blocks are read'))))
  }
}

/** One worker thread: batches in, answers out, in the same order. */
class Lane {
  private readonly worker: Worker
  private readonly end: () => Promise<void>
  private readonly answers: Fetched[] = []
  private waiting: { resolve: (answer: Fetched) => void; reject: (error: unknown) => void } | null = null
  private failure: { readonly error: unknown } | null = null

  constructor(options: FetchOptions) {
    // Run unbuilt the file is .ts, built it is .js.
    const file = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js'
    this.worker = new Worker(new URL(file, import.meta.url), { workerData: options })
    this.end = endOnceLoaded(this.worker)
    this.worker.on('message', (answer: Fetched | typeof LOADED) => {
      if (answer === LOADED) return
      if (this.waiting === null) this.answers.push(answer)
      else this.waiting.resolve(answer)
      this.waiting = null
    })
    this.worker.once('error', (error) => this.fail(error))
    this.worker.once('exit', () => this.fail(new Error('a worker thread was stopped before it had finished')))
  }

  ask(batch: Batch): void {
    this.worker.postMessage(batch)
  }

  answer(): Promise<Fetched> {
    const ready = this.answers.shift()
    if (ready !== undefined) return Promise.resolve(ready)
    if (this.failure !== null) return Promise.reject(this.failure.error)
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject }
    })
  }

  async stop(reason: unknown): Promise<void> {
    this.fail(reason)
    await this.end()
  }

  private fail(error: unknown): void {
    this.failure ??= { error }
    this.waiting?.reject(this.failure.error)
    this.waiting = null
  }
}

function revived(error: FetchError): Error {
  if ('failure' in error) return new Error(error.failure)
  const { code, message, place, remedy } = error
  return new CordonError(code, message, { place, ...(remedy === null ? {} : { remedy }) })
}
