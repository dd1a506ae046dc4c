import { createHash, type Hash } from 'node:crypto'
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { CordonError } from '../../chain/index.ts'
import { checkRoom, explainDisk } from './disk.ts'
import { SNIFFED_BYTES, sniffType } from './sniff.ts'
import { hashFile, type Stored, tooLarge, writeAll } from './store.ts'

/** What is taken of senders. */
export type ReceiveRules = {
  readonly limit: number
  /** Bytes of the disk that are left to others. */
  readonly reserve: number
  /** Milliseconds without a byte after which a sender is given up. */
  readonly idleMs: number
  /** Bytes a second, on average since a request began, below which a sender is given up. */
  readonly minRate: number
}

/** A running hash of what has come so far, so that a finished file need not be read again. Lost with the process; then it is read. */
type Running = { readonly hash: Hash; bytes: number; beginning: Buffer }

/** A sender's first seconds do not count: a connection that has just begun has no rate yet. */
const GRACE_MS = 5_000

/**
 * Files on their way in, one file on the disk each: how far an upload is, is how long its file is, whatever happened to the process that wrote it.
 * The names are ids that this node made.
 */
export class Receiver {
  private readonly folder: string
  private readonly rules: ReceiveRules
  private readonly busy = new Map<string, { readonly stop: AbortController; readonly ended: Promise<void> }>()
  private readonly running = new Map<string, Running>()

  constructor(folder: string, rules: ReceiveRules) {
    this.folder = folder
    this.rules = rules
  }

  async open(): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 })
  }

  path(id: string): string {
    if (!/^[0-9a-f-]{36}$/.test(id)) throw new TypeError(`${id} is no id`)
    return join(this.folder, id)
  }

  /** How many bytes are there. */
  async offset(id: string): Promise<number> {
    const info = await stat(this.path(id)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null
      throw error
    })
    return info?.size ?? 0
  }

  /** Refuses what will not fit, before it is sent. Throws `node/too-large`, `node/disk-full`. */
  async checkFits(bytes: number): Promise<void> {
    if (bytes > this.rules.limit) throw tooLarge(this.rules.limit)
    await checkRoom(this.folder, bytes, this.rules.reserve)
  }

  /**
   * Does one request's work on an upload while no other's is under way: from the question how far it is to the word that it is complete. A sender who comes back ends his own earlier request (the signal) and waits until that has let go,
   * so a file that is complete has nobody left who could write into it.
   */
  async alone<T>(id: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    // Of several who waited for one, each but the first finds another in its place.
    for (let earlier = this.busy.get(id); earlier !== undefined; earlier = this.busy.get(id)) {
      earlier.stop.abort()
      await earlier.ended
    }
    const stop = new AbortController()
    const doing = work(stop.signal).finally(() => this.busy.delete(id))
    this.busy.set(id, { stop, ended: doing.then(nothing, nothing) })
    return await doing
  }

  /**
   * Writes what comes after what is there, as fast as the disk takes it and no faster. What came stays, also where the sender is given up. To be called within `alone`, with its signal.
   *
   * @param offset where the sender thinks that he is
   * @param most bytes that the whole may have
   * @throws CordonError `uploads/other-offset`, `node/too-large`, `node/timeout`, `node/disk-full`, `uploads/taken-over`
   */
  async append(id: string, offset: number, source: AsyncIterable<Uint8Array>, most: number, signal: AbortSignal): Promise<number> {
    return await this.write(id, offset, source, Math.min(most, this.rules.limit), signal)
  }

  /** Hash, size and type of all that is there. */
  async digest(id: string): Promise<Stored> {
    const running = this.running.get(id)
    this.running.delete(id)
    if (running === undefined || running.bytes !== (await this.offset(id))) {
      if ((await this.offset(id)) === 0) await (await open(this.path(id), 'a', 0o600)).close()
      return await hashFile(this.path(id))
    }
    return { sha256: running.hash.digest('hex'), bytes: running.bytes, sniffed: sniffType(running.beginning) }
  }

  /** Takes the files of uploads away that have ended. */
  async remove(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      this.running.delete(id)
      await rm(this.path(id), { force: true })
    }
  }

  /** Ids of which there is a file. */
  async ids(): Promise<string[]> {
    return (await readdir(this.folder)).filter((name) => /^[0-9a-f-]{36}$/.test(name))
  }

  private async write(id: string, offset: number, source: AsyncIterable<Uint8Array>, most: number, signal: AbortSignal): Promise<number> {
    const there = await this.offset(id)
    if (there !== offset)
      throw new CordonError('uploads/other-offset', `the upload is at ${there}, and what was sent begins at ${offset}`, {
        place: { field: 'Upload-Offset' },
        remedy: 'Ask with HEAD how far it is, and send from there.',
      })
    const running = this.runningAt(id, offset)
    let at = offset
    try {
      await using file = await open(this.path(id), there === 0 ? 'a' : 'r+', 0o600)
      for await (const part of this.timed(source, signal)) {
        if (at + part.length > most) throw tooLarge(most)
        await writeAll(file, part, there === 0 ? undefined : at)
        at += part.length
        if (running !== null) follow(running, part)
      }
      await file.datasync()
    } catch (error) {
      // The disk may have taken a part of the last piece.
      this.running.delete(id)
      throw explainDisk(error)
    }
    return at
  }

  private runningAt(id: string, offset: number): Running | null {
    if (offset === 0) this.running.set(id, { hash: createHash('sha256'), bytes: 0, beginning: Buffer.alloc(0) })
    const running = this.running.get(id)
    return running?.bytes === offset ? running : null
  }

  /** The pieces of a source, as long as they come fast enough. Time that the disk takes is not held against the sender. */
  private async *timed(source: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const pieces = source[Symbol.asyncIterator]()
    let waited = 0
    let bytes = 0
    for (;;) {
      const began = performance.now()
      const next = await this.inTime(pieces.next(), signal)
      waited += performance.now() - began
      if (next.done === true) return
      bytes += next.value.length
      if (waited > GRACE_MS && (bytes * 1000) / waited < this.rules.minRate) throw tooSlow()
      yield next.value
    }
  }

  private async inTime<T>(next: Promise<T>, signal: AbortSignal): Promise<T> {
    return await new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => reject(tooSlow()), this.rules.idleMs)
      const taken = () =>
        reject(
          new CordonError('uploads/taken-over', 'the same upload was gone on with by another request', {
            remedy: 'Send it by one request at a time.',
          }),
        )
      if (signal.aborted) taken()
      signal.addEventListener('abort', taken, { once: true })
      next.then(resolve, reject).finally(() => {
        clearTimeout(timer)
        signal.removeEventListener('abort', taken)
      })
    })
  }
}

function follow(running: Running, part: Uint8Array): void {
  running.hash.update(part)
  running.bytes += part.length
  if (running.beginning.length < SNIFFED_BYTES) running.beginning = Buffer.concat([running.beginning, part.subarray(0, SNIFFED_BYTES)])
}

function tooSlow(): CordonError {
  return new CordonError('node/timeout', 'what was sent came too slowly', {
    remedy: 'What came is kept: ask with HEAD how far it is, and go on from there.',
  })
}

function nothing(): void {}
