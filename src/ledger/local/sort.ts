import { closeSync, openSync } from 'node:fs'
import { FileWriter, readFully, writeFile } from './files.ts'
import type { AssetWidth } from './layout.ts'

/** Sorts rows by an account in them. Plain data, so that it can be sent to a worker thread. */
export interface SortJob {
  readonly kind: 'sort'
  /** For people: `sorting by sender`. */
  readonly phase: string
  readonly rows: number
  /** Number of distinct accounts in the rows. */
  readonly groups: number
  /** Highest account number, plus one. */
  readonly accounts: number
  /** File of the accounts in the order wanted; null where that is 0..groups-1. */
  readonly orderFile: string | null
  /** Columns in chain order: account to sort by, another u32 number, asset (u32; null for none) and a 64-bit word. */
  readonly keyFile: string
  readonly otherFile: string
  readonly assetFile: string | null
  readonly wordFile: string
  /** Columns to write; those with null are not wanted. */
  readonly target: {
    readonly start: string
    readonly row: string | null
    readonly other: string
    readonly asset: string | null
    readonly word: string
  }
  readonly assetWidth: AssetWidth
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
export function sortRows(job: SortJob): void {
  const { rows, groups } = job
  const rank = job.orderFile === null ? null : ranksOf(job.orderFile, groups, job.accounts)
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
    writeFile(job.target.start, start)

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

/** Position of each account in the order wanted. The array is as long as the ledger has accounts, but the system only backs the pages that are touched. */
function ranksOf(orderFile: string, groups: number, accounts: number): Uint32Array {
  const order = new Uint32Array(groups)
  const fd = openSync(orderFile, 'r')
  try {
    readFully(fd, new Uint8Array(order.buffer), 0)
  } finally {
    closeSync(fd)
  }
  const rank = new Uint32Array(accounts)
  for (let g = 0; g < groups; g++) rank[order[g] as number] = g
  return rank
}

/** Reads the columns in chain order, part by part, into the same few arrays. */
class PartReader {
  private readonly rows: number
  private readonly fds: (number | null)[]
  private readonly key = new Uint32Array(PART_ROWS)
  private readonly other = new Uint32Array(PART_ROWS)
  private readonly asset = new Uint32Array(PART_ROWS)
  private readonly word = new Uint32Array(PART_ROWS * 2)

  constructor(job: SortJob) {
    this.rows = job.rows
    this.fds = [job.keyFile, job.otherFile, job.assetFile, job.wordFile].map((path) => (path === null ? null : openSync(path, 'r')))
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
    for (const fd of this.fds) if (fd !== null) closeSync(fd)
  }

  private read(file: number, into: Uint32Array, offset: number): void {
    const fd = this.fds[file]
    if (typeof fd === 'number') readFully(fd, new Uint8Array(into.buffer), offset)
  }
}

/** Takes sorted entries apart into the columns on disk. */
class BandWriter {
  private readonly row: FileWriter | null
  private readonly other: FileWriter
  private readonly asset: FileWriter | null
  private readonly word: FileWriter
  private readonly width: AssetWidth

  constructor({ target, assetWidth }: SortJob) {
    this.row = target.row === null ? null : new FileWriter(target.row)
    this.other = new FileWriter(target.other)
    this.asset = target.asset === null ? null : new FileWriter(target.asset)
    this.word = new FileWriter(target.word)
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
      this.row?.write(row.subarray(0, count))
      this.other.write(other.subarray(0, count))
      this.asset?.write(asset.subarray(0, count))
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
    return [this.row, this.other, this.asset, this.word].filter((writer) => writer !== null)
  }
}

/** An array for asset numbers of the given width. */
export function narrow(width: AssetWidth, length: number): Uint8Array | Uint16Array | Uint32Array {
  return width === 1 ? new Uint8Array(length) : width === 2 ? new Uint16Array(length) : new Uint32Array(length)
}
