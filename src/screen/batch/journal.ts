import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { CordonError, canonicalJson, type Work } from '../../chain/index.ts'
import { diskFault } from '../decide/disk.ts'
import { replaceFile, textIfThere } from '../disk/files.ts'
import { syncFolder } from '../disk/folder.ts'
import { LOCK_PREFIX, UNFINISHED_PREFIX } from '../versions/store.ts'

/*
 * Output files that grow together with the reading of an input, so that a killed run goes on where it was. What always holds:
 *
 * 1. `checkpoint.json` tells how many rows of the input were dealt with, and length and SHA-256 of each output file as of then. It is replaced in one step, and only after those bytes are on disk.
 * 2. Bytes behind those lengths are of rows that the checkpoint does not count: going on cuts them off and deals with these rows again. As a row's output depends on nothing but the row and what the
 *    checkpoint's `identity` names, the files end up with the same bytes however often the run was killed.
 * 3. The checkpoint says for what input, lists and matcher the output is. A run for others does not go on with it.
 */

/** What a run must have in common with the one that it goes on with. */
export type Identity = Readonly<Record<string, unknown>>

export interface Checkpoint<T> {
  readonly format: string
  readonly schema: 1
  readonly identity: Identity
  /** What the first run found and later ones keep: when it began, the lists as they were then. */
  readonly begun: unknown
  readonly rows: number
  readonly totals: T
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>
  readonly done: boolean
}

export interface JournalOptions<T> {
  readonly folder: string
  readonly format: string
  /** Names of the output files. */
  readonly files: readonly string[]
  readonly identity: Identity
  readonly begun: unknown
  readonly totals: T
  /** Takes away what an earlier run left, and begins anew. */
  readonly anew: boolean
}

const CHECKPOINT = 'checkpoint.json'

/** Output held in memory before it is written. */
const BUFFERED = 1 << 20

interface Output {
  readonly file: FileHandle
  readonly hash: Hash
  bytes: number
  waiting: string[]
  waitingLength: number
}

/** How a run tells where it is, and hears that it shall stop. */
export interface RowWork extends Work {
  readonly phase: string
  readonly unit: string
  /** Throws where the input is no longer what the run is of: then no further rows count as dealt with. */
  unchanged(): Promise<void>
}

/** A checkpoint costs three flushes to disk; after a kill at most this much is done again. */
const ROWS_BETWEEN = 2_000
const BYTES_BETWEEN = 16 << 20

/** The output files of a run, and how far it is. For the holder of the folder's lock alone. */
export class Journal<T> {
  readonly #folder: string
  readonly #outputs: ReadonlyMap<string, Output>
  #checkpoint: Checkpoint<T>

  private constructor(folder: string, outputs: ReadonlyMap<string, Output>, checkpoint: Checkpoint<T>) {
    this.#folder = folder
    this.#outputs = outputs
    this.#checkpoint = checkpoint
  }

  /**
   * Opens a folder to write to, or to go on with. `anew` takes away the output of a run of the same format alone.
   *
   * @throws CordonError `screen/not-empty` where it holds something else; `screen/other-batch` where it holds a run for other inputs, lists or matcher; `screen/batch-changed` where output is not what was written;
   * `screen/not-writable`, `screen/disk-full`
   */
  static async open<T>(options: JournalOptions<T>): Promise<Journal<T>> {
    const { folder, files } = options
    try {
      await mkdir(folder, { recursive: true })
      if (options.anew) await takeAway(folder, options)
      const checkpoint = (await readCheckpoint<T>(folder, options)) ?? (await begin(folder, options))
      const outputs = new Map<string, Output>()
      try {
        for (const name of files)
          outputs.set(name, await reopened(join(folder, name), checkpoint.files[name] ?? { bytes: 0, sha256: '' }, checkpoint.done))
        await syncFolder(folder)
      } catch (error) {
        for (const { file } of outputs.values()) await file.close()
        throw error
      }
      return new Journal(folder, outputs, checkpoint)
    } catch (error) {
      throw diskFault(error, folder)
    }
  }

  get checkpoint(): Checkpoint<T> {
    return this.#checkpoint
  }

  async write(name: string, text: string): Promise<void> {
    const output = this.#outputs.get(name) as Output
    output.waiting.push(text)
    output.waitingLength += text.length
    if (output.waitingLength >= BUFFERED) await this.#flush(name, output)
  }

  /** Bytes written since the last checkpoint, those in memory counted as characters. */
  get unsettled(): number {
    let bytes = 0
    for (const [name, output] of this.#outputs) bytes += output.bytes + output.waitingLength - (this.#checkpoint.files[name]?.bytes ?? 0)
    return bytes
  }

  /** Puts everything on disk and says that so many rows are dealt with. */
  async settle(rows: number, totals: T, done = false): Promise<void> {
    const files: Record<string, { bytes: number; sha256: string }> = {}
    for (const [name, output] of this.#outputs) {
      await this.#flush(name, output)
      if (output.bytes !== this.#checkpoint.files[name]?.bytes) await output.file.sync()
      files[name] = { bytes: output.bytes, sha256: output.hash.copy().digest('hex') }
    }
    const checkpoint = { ...this.#checkpoint, rows, totals, files, done }
    try {
      await replaceFile(join(this.#folder, CHECKPOINT), checkpointText(checkpoint))
    } catch (error) {
      throw diskFault(error, join(this.#folder, CHECKPOINT))
    }
    this.#checkpoint = checkpoint
  }

  /**
   * Deals with the rows that a run has left, in order, and settles now and then: a run that is killed does again what came after, one that is stopped does not.
   *
   * @param deal writes what a row gives and returns the totals after it
   */
  async through<R>(rows: AsyncIterable<R>, deal: (row: R, number: number, totals: T) => Promise<T>, work: RowWork): Promise<void> {
    const skip = this.#checkpoint.rows
    let { totals } = this.#checkpoint
    let number = 0
    let settled = skip
    let dealt = skip
    try {
      for await (const row of rows) {
        number++
        if (number <= skip) continue
        totals = await deal(row, number, totals)
        dealt = number
        if (number % 100 === 0) work.progress?.({ phase: work.phase, done: number, total: null, unit: work.unit })
        if (number - settled < ROWS_BETWEEN && this.unsettled < BYTES_BETWEEN) continue
        await work.unchanged()
        await this.settle(number, totals)
        settled = number
        work.signal?.throwIfAborted()
      }
    } catch (error) {
      // Stopped: what is done need not be done again.
      if (work.signal?.aborted === true && dealt > settled) {
        await work.unchanged()
        await this.settle(dealt, totals)
      }
      throw error
    }
    await work.unchanged()
    await this.settle(number, totals, true)
  }

  async close(): Promise<void> {
    await Promise.all([...this.#outputs.values()].map(({ file }) => file.close()))
  }

  async #flush(name: string, output: Output): Promise<void> {
    if (output.waiting.length === 0) return
    const bytes = Buffer.from(output.waiting.join(''))
    output.waiting = []
    output.waitingLength = 0
    try {
      for (let at = 0; at < bytes.length; ) at += (await output.file.write(bytes, at, bytes.length - at, output.bytes + at)).bytesWritten
    } catch (error) {
      throw diskFault(error, join(this.#folder, name))
    }
    output.hash.update(bytes)
    output.bytes += bytes.length
  }
}

/** Removes what an earlier run of this kind left, and nothing of anybody else's: without a checkpoint of ours nothing is touched. The checkpoint goes last, so that a run killed here can be begun anew again. */
async function takeAway<T>(folder: string, { format, files }: JournalOptions<T>): Promise<void> {
  const path = join(folder, CHECKPOINT)
  const text = await textIfThere(path)
  if (text === null) return
  let found: unknown
  try {
    found = (JSON.parse(text) as { readonly format?: unknown } | null)?.format
  } catch {
    found = undefined
  }
  if (found !== format) throw otherKind(folder, found)
  for (const name of [...files, CHECKPOINT]) await rm(join(folder, name), { force: true })
}

async function begin<T>(folder: string, { format, identity, begun, totals, files }: JournalOptions<T>): Promise<Checkpoint<T>> {
  const ours = (name: string) => name.startsWith(LOCK_PREFIX) || name.startsWith(UNFINISHED_PREFIX) || name === `${CHECKPOINT}.partial`
  const others = (await readdir(folder)).filter((name) => !ours(name))
  if (others.length > 0) {
    throw new CordonError('screen/not-empty', `${folder} holds ${others.slice(0, 5).join(', ')} and no run to go on with`, {
      place: { file: folder },
      remedy: 'Name a new or empty folder.',
    })
  }
  const empty = Object.fromEntries(files.map((name) => [name, { bytes: 0, sha256: createHash('sha256').digest('hex') }]))
  const checkpoint: Checkpoint<T> = { format, schema: 1, identity, begun, rows: 0, totals, files: empty, done: false }
  const text = checkpointText(checkpoint)
  // Before the first output, so that whatever output there is has a checkpoint.
  await replaceFile(join(folder, CHECKPOINT), text)
  // As a later run will read it, keys in the same order.
  return JSON.parse(text) as Checkpoint<T>
}

async function readCheckpoint<T>(folder: string, { format, identity }: JournalOptions<T>): Promise<Checkpoint<T> | null> {
  const path = join(folder, CHECKPOINT)
  const text = await textIfThere(path)
  if (text === null) return null
  let checkpoint: Checkpoint<T>
  try {
    checkpoint = JSON.parse(text) as Checkpoint<T>
    if (checkpointText(checkpoint) !== text) throw new Error('it is spelt otherwise')
  } catch (cause) {
    throw changed(path, `is not as it was written (${(cause as Error).message})`)
  }
  if (checkpoint.format !== format || checkpoint.schema !== 1) {
    throw otherKind(folder, checkpoint.format)
  }
  const names = [...new Set([...Object.keys(checkpoint.identity), ...Object.keys(identity)])]
  const own = (of: Identity, name: string) => canonicalJson((Object.hasOwn(of, name) ? of[name] : null) ?? null)
  const differing = names.filter((name) => own(checkpoint.identity, name) !== own(identity, name))
  if (differing.length > 0) {
    const told = differing.map((name) => `${name} was ${short(checkpoint.identity[name])} and is ${short(identity[name])}`)
    throw new CordonError('screen/other-batch', `${folder} holds a run that cannot be gone on with: ${told.join('; ')}`, {
      place: { file: path },
      remedy: 'Give what it was begun with, name another folder, or begin anew with --anew, which takes its output away.',
    })
  }
  return checkpoint
}

/** Opens an output file as the checkpoint tells of it. Its bytes are read to go on with their hash, and so compared too. */
async function reopened(
  path: string,
  { bytes, sha256 }: { readonly bytes: number; readonly sha256: string },
  done: boolean,
): Promise<Output> {
  const file = await open(path, 'a+').then(async (made) => {
    await made.close()
    return open(path, 'r+')
  })
  try {
    const { size } = await file.stat()
    if (size < bytes || (done && size !== bytes)) throw changed(path, `has ${size} bytes where ${bytes} were written`)
    const hash = createHash('sha256')
    if (bytes > 0)
      for await (const chunk of createReadStream(path, { end: bytes - 1, highWaterMark: 1 << 20 }) as AsyncIterable<Uint8Array>)
        hash.update(chunk)
    if (hash.copy().digest('hex') !== sha256) throw changed(path, 'is not what was written')
    if (size > bytes) await file.truncate(bytes)
    return { file, hash, bytes, waiting: [], waitingLength: 0 }
  } catch (error) {
    await file.close()
    throw error
  }
}

function checkpointText(checkpoint: Checkpoint<unknown>): string {
  return `${canonicalJson(checkpoint)}\n`
}

function short(value: unknown): string {
  const text = canonicalJson(value ?? null)
  return text.length > 300 ? `${text.slice(0, 300)}…` : text
}

function otherKind(folder: string, format: unknown): CordonError {
  const told = typeof format === 'string' ? format.slice(0, 60) : 'its checkpoint names none'
  return new CordonError('screen/not-empty', `${folder} holds a run of another kind (${told})`, {
    place: { file: join(folder, CHECKPOINT) },
    remedy: 'Name a new or empty folder.',
  })
}

function changed(path: string, what: string): CordonError {
  return new CordonError('screen/batch-changed', `${path} ${what}`, {
    place: { file: path },
    remedy: 'Somebody else wrote to it. Name another folder, or begin anew with --anew, which takes the output away.',
  })
}
