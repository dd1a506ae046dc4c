import { openSync, closeSync } from 'node:fs'
import { join } from 'node:path'
import { FileWriter, readFully, writeFile } from './files.ts'
import { type AssetWidth, type Direction, otherFile } from './layout.ts'

/** Sorts a segment's rows by one end. Plain data, so that it can be sent to a worker thread. */
export interface DirectionJob {
  readonly kind: 'direction'
  readonly direction: Direction
  readonly rows: number
  /** Number of distinct accounts in the segment. */
  readonly groups: number
  /** Highest account number of the ledger, plus one. */
  readonly accounts: number
  /** File of the accounts that occur, rising; null where they are 0..groups-1. */
  readonly activeFile: string | null
  /** Columns in chain order: account at this end, at the other end, asset (u32) and value word. */
  readonly keyFile: string
  readonly otherFile: string
  readonly assetFile: string
  readonly wordFile: string
  readonly assetWidth: AssetWidth
  readonly target: string
  /** Bytes that the sort may hold at once, besides 8 per account. */
  readonly memory: number
}

/** One sorted entry while it is scattered: row, other account, low and high word, asset. One or two cache lines, where columns would touch five. */
const STRIDE = 5
const PART_ROWS = 1 << 17

/**
 * Counting sort of the rows by account: counts, prefix sums, scatter, in bands of positions where all at once would pass `memory`.
 * Rows come in chain order and are scattered in it, so each account's rows stay in chain order. Measured against sorting with DuckDB in
 * docs/decisions.
 */
export function sortDirection(job: DirectionJob): void {
  const { rows, groups, target, direction } = job
  const rank = job.activeFile === null ? null : ranksOf(job.activeFile, groups, job.accounts)
  const start = new Uint32Array(groups + 1)
  const part = new PartReader(job)
  try {
    part.keys((keys, count) => {
      for (let i = 0; i < count; i++) {
        const account = keys[i] as number
        const group = (rank === null ? account : (rank[account] as number)) + 1
        start[group] = (start[group] as number) + 1
      }
    })
    for (let g = 0; g < groups; g++) start[g + 1] = (start[g + 1] as number) + (start[g] as number)
    writeFile(join(target, `${direction}.start`), start)

    const writers = new BandWriter(job)
    try {
      const bandRows = Math.max(PART_ROWS, Math.floor(job.memory / (STRIDE * 4)))
      const band = new Uint32Array(Math.min(bandRows, rows) * STRIDE)
      const next = new Uint32Array(groups)
      for (let first = 0; first < rows; first += bandRows) {
        const end = Math.min(rows, first + bandRows)
        next.set(start.subarray(0, groups))
        part.all((base, count, keys, others, assets, words) => {
          for (let i = 0; i < count; i++) {
            const account = keys[i] as number
            const group = rank === null ? account : (rank[account] as number)
            const position = next[group] as number
            next[group] = position + 1
            if (position < first || position >= end) continue
            const at = (position - first) * STRIDE
            band[at] = base + i
            band[at + 1] = others[i] as number
            band[at + 2] = words[i * 2] as number
            band[at + 3] = words[i * 2 + 1] as number
            band[at + 4] = assets[i] as number
          }
        })
        writers.write(band, end - first)
      }
      writers.close()
    } finally {
      writers.abandon()
    }
  } finally {
    part.close()
  }
}

/** Position of each account among those that occur. The array is as long as the ledger has accounts, but the system only backs the pages that are touched. */
function ranksOf(activeFile: string, groups: number, accounts: number): Uint32Array {
  const active = new Uint32Array(groups)
  const fd = openSync(activeFile, 'r')
  try {
    readFully(fd, new Uint8Array(active.buffer), 0)
  } finally {
    closeSync(fd)
  }
  const rank = new Uint32Array(accounts)
  for (let g = 0; g < groups; g++) rank[active[g] as number] = g
  return rank
}

/** Reads the columns in chain order, part by part, into the same few arrays. */
class PartReader {
  private readonly rows: number
  private readonly fds: number[]
  private readonly key = new Uint32Array(PART_ROWS)
  private readonly other = new Uint32Array(PART_ROWS)
  private readonly asset = new Uint32Array(PART_ROWS)
  private readonly word = new Uint32Array(PART_ROWS * 2)

  constructor(job: DirectionJob) {
    this.rows = job.rows
    this.fds = [job.keyFile, job.otherFile, job.assetFile, job.wordFile].map((path) => openSync(path, 'r'))
  }

  keys(each: (keys: Uint32Array, count: number) => void): void {
    for (let base = 0; base < this.rows; base += PART_ROWS) {
      this.read(0, this.key, base * 4)
      each(this.key, Math.min(PART_ROWS, this.rows - base))
    }
  }

  all(each: (base: number, count: number, keys: Uint32Array, others: Uint32Array, assets: Uint32Array, words: Uint32Array) => void): void {
    for (let base = 0; base < this.rows; base += PART_ROWS) {
      this.read(0, this.key, base * 4)
      this.read(1, this.other, base * 4)
      this.read(2, this.asset, base * 4)
      this.read(3, this.word, base * 8)
      each(base, Math.min(PART_ROWS, this.rows - base), this.key, this.other, this.asset, this.word)
    }
  }

  close(): void {
    for (const fd of this.fds) closeSync(fd)
  }

  private read(file: number, into: Uint32Array, offset: number): void {
    readFully(this.fds[file] as number, new Uint8Array(into.buffer), offset)
  }
}

/** Takes sorted entries apart into the columns on disk. */
class BandWriter {
  private readonly row: FileWriter
  private readonly other: FileWriter
  private readonly asset: FileWriter
  private readonly word: FileWriter
  private readonly width: AssetWidth

  constructor({ target, direction, assetWidth }: DirectionJob) {
    this.row = new FileWriter(join(target, `${direction}.row`))
    this.other = new FileWriter(join(target, otherFile(direction)))
    this.asset = new FileWriter(join(target, `${direction}.asset`))
    this.word = new FileWriter(join(target, `${direction}.word`))
    this.width = assetWidth
  }

  write(band: Uint32Array, entries: number): void {
    const row = new Uint32Array(PART_ROWS)
    const other = new Uint32Array(PART_ROWS)
    const asset = narrow(this.width, PART_ROWS)
    const word = new Uint32Array(PART_ROWS * 2)
    for (let base = 0; base < entries; base += PART_ROWS) {
      const count = Math.min(PART_ROWS, entries - base)
      for (let i = 0; i < count; i++) {
        const at = (base + i) * STRIDE
        row[i] = band[at] as number
        other[i] = band[at + 1] as number
        word[i * 2] = band[at + 2] as number
        word[i * 2 + 1] = band[at + 3] as number
        asset[i] = band[at + 4] as number
      }
      this.row.write(row.subarray(0, count))
      this.other.write(other.subarray(0, count))
      this.asset.write(asset.subarray(0, count))
      this.word.write(word.subarray(0, count * 2))
    }
  }

  close(): void {
    for (const writer of this.all()) writer.close()
  }

  abandon(): void {
    for (const writer of this.all()) writer.abandon()
  }

  private all(): FileWriter[] {
    return [this.row, this.other, this.asset, this.word]
  }
}

/** An array for asset numbers of the given width. */
export function narrow(width: AssetWidth, length: number): Uint8Array | Uint16Array | Uint32Array {
  return width === 1 ? new Uint8Array(length) : width === 2 ? new Uint16Array(length) : new Uint32Array(length)
}
