import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { Work } from '../../chain/index.ts'
import { ABSENT } from '../ledger.ts'
import { bitWords, rankOf } from './bits.ts'
import { keyIndexJobs, sealFiles } from './build.ts'
import { compareAddresses } from './fees.ts'
import { FileWriter, writeFile } from './files.ts'
import { runJobs } from './jobs.ts'
import { type AssetWidth, assetWidth, type Direction, otherFile, type SegmentRecord } from './layout.ts'
import type { Segment } from './segment.ts'
import { narrow } from './sort.ts'
import { WIDE } from './value.ts'
import { ADDRESS_WORDS } from './words.ts'

/** A segment this many times as large as the next is left alone: rows are rewritten a logarithmic number of times, and few segments remain. */
const TIER = 4
/** Segments that a reader must look into at most. */
const MOST_SEGMENTS = 8

/** How many segments at the end of the list should become one; 1 means none. */
export function segmentsToMerge(rows: readonly number[]): number {
  let merged = 1
  let sum = rows.at(-1) ?? 0
  while (merged < rows.length) {
    const before = rows[rows.length - merged - 1] as number
    const left = rows.length - merged + 1
    if (before >= sum * TIER && left <= MOST_SEGMENTS) break
    sum += before
    merged++
  }
  return merged
}

export interface MergeOptions extends Work {
  readonly name: string
  readonly memory: number
  /** Number of assets of the ledger. */
  readonly assets: number
}

/**
 * Writes neighbouring segments as one, the same to the byte as if their blocks had been imported together. Reads and writes from front to
 * back; holds next to nothing in memory.
 */
export async function mergeSegments(parts: readonly Segment[], folder: string, options: MergeOptions): Promise<SegmentRecord> {
  const first = parts[0]
  const last = parts.at(-1)
  if (first === undefined || last === undefined) throw new Error('nothing to merge')
  const sum = (of: (record: SegmentRecord) => number): number => parts.reduce((total, { record }) => total + of(record), 0)
  const rows = sum((record) => record.rows)
  const accounts = last.record.firstAccount + last.record.accounts
  const target = new Target(folder)
  try {
    const active = first.active === null ? null : unionOf(parts)
    const groups = active?.length ?? accounts
    if (active !== null) target.write('active', active)
    writeChainOrder(parts, target, rows)
    const indexWidth = Math.max(...parts.map(({ record }) => record.indexWidth)) as 0 | 2 | 4
    if (indexWidth !== 0) writeIndexes(parts, target, indexWidth)
    const width = assetWidth(options.assets)
    for (const direction of ['out', 'in'] as const) {
      options.progress?.({ phase: 'merging', done: direction === 'out' ? 0 : rows, total: rows * 2, unit: 'transfers' })
      await writeDirection(parts, target, { direction, active, groups, width, signal: options.signal })
    }
    const payers = writeFees(parts, target)
    target.close()
    await runJobs(keyIndexJobs(folder, options.memory), { threads: rows >= 500_000, signal: options.signal })
    return {
      name: options.name,
      firstRow: first.firstRow,
      rows,
      firstTx: first.record.firstTx,
      transactions: sum((record) => record.transactions),
      firstAccount: first.record.firstAccount,
      accounts: sum((record) => record.accounts),
      active: groups,
      blocks: sum((record) => record.blocks),
      fees: sum((record) => record.fees),
      payers,
      assetWidth: width,
      indexWidth,
      files: await sealFiles(folder, rows >= 500_000, options),
    }
  } finally {
    target.abandon()
  }
}

/** Writers of a folder by file. */
class Target {
  private readonly folder: string
  private readonly writers = new Map<string, FileWriter>()

  constructor(folder: string) {
    this.folder = folder
  }

  write(name: string, data: ArrayBufferView): void {
    let writer = this.writers.get(name)
    if (writer === undefined) {
      writer = new FileWriter(join(this.folder, name))
      this.writers.set(name, writer)
    }
    writer.write(data)
  }

  whole(name: string, data: ArrayBufferView): void {
    writeFile(join(this.folder, name), data)
  }

  close(): void {
    for (const writer of this.writers.values()) writer.close()
  }

  abandon(): void {
    for (const writer of this.writers.values()) writer.abandon()
  }
}

/** Accounts that occur in any of the parts, rising. */
function unionOf(parts: readonly Segment[]): Uint32Array {
  const all = new Uint32Array(parts.reduce((total, { record }) => total + record.active, 0))
  let n = 0
  for (const { active } of parts) {
    all.set(active ?? [], n)
    n += active?.length ?? 0
  }
  all.sort()
  let kept = 0
  for (let i = 0; i < all.length; i++) if (i === 0 || all[i] !== all[kept - 1]) all[kept++] = all[i] as number
  return all.subarray(0, kept)
}

function writeChainOrder(parts: readonly Segment[], target: Target, rows: number): void {
  const bits = new Uint32Array(bitWords(rows))
  const base = parts[0]?.firstRow ?? 0
  for (const part of parts) {
    const offset = part.firstRow - base
    target.write('from', part.from)
    target.write('account.key', part.accountKeys)
    target.write('tx.hash', part.txHashes)
    target.write('block.number', part.blockNumber)
    target.write(
      'block.row',
      part.blockRow.map((row) => row + offset),
    )
    target.write('block.time', part.blockTime)
    target.write('wide', part.wide)
    // The mark after each part's last row is the first row of the next part's first transaction: the two bits are one.
    const own = part.starts.bits
    const shift = offset & 31
    const word = offset >>> 5
    for (let w = 0; w < own.length; w++) {
      const value = own[w] as number
      if (value === 0) continue
      bits[word + w] = ((bits[word + w] as number) | (value << shift)) >>> 0
      if (shift > 0 && value >>> (32 - shift) !== 0) bits[word + w + 1] = ((bits[word + w + 1] as number) | (value >>> (32 - shift))) >>> 0
    }
  }
  target.write('start.bits', bits)
  target.write('start.rank', rankOf(bits))
}

function writeIndexes(parts: readonly Segment[], target: Target, width: 2 | 4): void {
  const step = 1 << 17
  for (const { index, record } of parts) {
    for (let begin = 0; begin < record.rows; begin += step) {
      const length = Math.min(step, record.rows - begin)
      const source = index === null ? new Int16Array(length).fill(-1) : index.subarray(begin, begin + length)
      target.write('index', width === 2 ? Int16Array.from(source) : Int32Array.from(source))
    }
  }
}

const FLUSH = 1 << 16

async function writeDirection(
  parts: readonly Segment[],
  target: Target,
  options: {
    readonly direction: Direction
    readonly active: Uint32Array | null
    readonly groups: number
    readonly width: AssetWidth
    readonly signal: AbortSignal | undefined
  },
): Promise<void> {
  const { direction, active, groups, width } = options
  const base = parts[0]?.firstRow ?? 0
  const start = new Uint32Array(groups + 1)
  const row = new Uint32Array(FLUSH)
  const other = new Uint32Array(FLUSH)
  const asset = narrow(width, FLUSH)
  const word = new Uint32Array(FLUSH * 2)
  let filled = 0
  const flush = (): void => {
    target.write(`${direction}.row`, row.subarray(0, filled))
    target.write(otherFile(direction), other.subarray(0, filled))
    target.write(`${direction}.asset`, asset.subarray(0, filled))
    target.write(`${direction}.word`, word.subarray(0, filled * 2))
    filled = 0
  }
  let wideBytes = 0
  const sources = parts.map((part) => {
    const source = {
      columns: part[direction],
      active: part.active,
      accounts: part.record.active,
      offset: part.firstRow - base,
      wideBase: wideBytes,
      next: 0,
    }
    wideBytes += part.wide.length
    return source
  })
  let position = 0
  for (let g = 0; g < groups; g++) {
    const account = active === null ? g : (active[g] as number)
    for (const source of sources) {
      const { columns } = source
      // Groups of each part come in the order of accounts too: one step at a time finds them.
      const here = source.active === null ? source.next : source.active[source.next]
      if (here !== account || source.next >= source.accounts) continue
      const group = source.next++
      const end = columns.start[group + 1] as number
      for (let p = columns.start[group] as number; p < end; p++) {
        row[filled] = (columns.row[p] as number) + source.offset
        other[filled] = columns.other[p] as number
        asset[filled] = columns.asset[p] as number
        const low = columns.word[p * 2] as number
        const high = columns.word[p * 2 + 1] as number
        if (high < WIDE || source.wideBase === 0) {
          word[filled * 2] = low
          word[filled * 2 + 1] = high
        } else {
          const offset = (high & 0xff_ffff) * 0x1_0000_0000 + low + source.wideBase
          word[filled * 2] = offset % 0x1_0000_0000
          word[filled * 2 + 1] = ((high & 0xff00_0000) | Math.floor(offset / 0x1_0000_0000)) >>> 0
        }
        position++
        if (++filled === FLUSH) {
          flush()
          options.signal?.throwIfAborted()
          await setImmediate()
        }
      }
    }
    start[g + 1] = position
  }
  flush()
  target.whole(`${direction}.start`, start)
}

/** Payers by address; a payer of several parts has its fees in their order. Returns how many payers there are. */
function writeFees(parts: readonly Segment[], target: Target): number {
  const paid = parts.filter(({ record }) => record.fees > 0)
  if (paid.length === 0) return 0
  const baseTx = parts[0]?.record.firstTx ?? 0
  const at = paid.map(() => 0)
  const starts: number[] = [0]
  let fees = 0
  for (;;) {
    let least = -1
    for (const [s, part] of paid.entries()) {
      if (at[s] === part.record.payers) continue
      const smallest = paid[least]
      if (
        smallest === undefined ||
        compareAddresses(part.u32('fee.payer'), at[s] as number, smallest.u32('fee.payer'), at[least] as number) < 0
      )
        least = s
    }
    const smallest = paid[least]
    if (smallest === undefined) break
    const payer = at[least] as number
    const key = smallest.u32('fee.payer').slice(payer * ADDRESS_WORDS, (payer + 1) * ADDRESS_WORDS)
    target.write('fee.payer', key)
    for (const [s, part] of paid.entries()) {
      const i = at[s] as number
      if (i === part.record.payers || compareAddresses(part.u32('fee.payer'), i, key, 0) !== 0) continue
      const start = part.u32('fee.start')
      const from = start[i] as number
      const end = start[i + 1] as number
      const offset = part.record.firstTx - baseTx
      target.write(
        'fee.tx',
        part
          .u32('fee.tx')
          .slice(from, end)
          .map((tx) => (tx === ABSENT ? ABSENT : tx + offset)),
      )
      target.write('fee.amount', part.u32('fee.amount').subarray(from * 2, end * 2))
      fees += end - from
      at[s] = i + 1
    }
    starts.push(fees)
  }
  target.whole('fee.start', Uint32Array.from(starts))
  return starts.length - 1
}
