import { join } from 'node:path'
import { CordonError } from '../../chain/index.ts'
import type { TransactionStarts } from './bits.ts'
import { findKey, type KeyIndex } from './keyindex.ts'
import { type Direction, expectedBytes, otherFile, type SegmentRecord } from './layout.ts'
import { type MappedFile, openFile, type ReadMode } from './mapping.ts'
import { ADDRESS_WORDS, HASH_WORDS, lowerBound } from './words.ts'

/** One direction of a segment: the transfers of each account, each account's in chain order. */
export interface DirectionColumns {
  /** First position of each account that occurs (see `Segment.group`), and the end. */
  readonly start: Uint32Array
  /** Rows within the segment. */
  readonly row: Uint32Array
  /** Accounts at the other end. */
  readonly other: Uint32Array
  readonly asset: Uint8Array | Uint16Array | Uint32Array
  /** Value words as (low, high) pairs. */
  readonly word: Uint32Array
}

/** An opened segment: arrays over its files. Each file is touched only when its column is first asked for. */
export class Segment {
  readonly record: SegmentRecord
  readonly firstRow: number
  /** Row after the last. */
  readonly endRow: number
  private readonly files = new Map<string, MappedFile>()
  private readonly views = new Map<string, unknown>()

  /**
   * `folder` is the segment's own.
   * @throws CordonError `ledger/damaged` when a file is missing or has another size than it must
   */
  constructor(folder: string, record: SegmentRecord, mode: ReadMode) {
    this.record = record
    this.firstRow = record.firstRow
    this.endRow = record.firstRow + record.rows
    try {
      const expected = expectedBytes(record)
      for (const name of Object.keys(expected)) {
        if (record.files[name]?.bytes !== expected[name]) {
          throw new CordonError('ledger/damaged', `the manifest's entry for ${record.name}/${name} does not fit its counts`, {
            place: { file: join(folder, '..', 'manifest.json'), field: name },
            remedy: 'import the chain data again, or restore the ledger from a copy',
          })
        }
      }
      for (const [name, file] of Object.entries(record.files)) {
        this.files.set(name, openFile(join(folder, name), file.bytes, mode))
      }
    } catch (error) {
      this.close()
      throw error
    }
  }

  get from(): Uint32Array {
    return this.u32('from')
  }

  get starts(): TransactionStarts {
    return this.view('starts', () => ({ bits: this.u32('start.bits'), rank: this.u32('start.rank') }))
  }

  get out(): DirectionColumns {
    return this.direction('out')
  }

  get in(): DirectionColumns {
    return this.direction('in')
  }

  get wide(): Uint8Array {
    return this.view('wide', () => new Uint8Array(this.buffer('wide')))
  }

  get accountKeys(): Uint32Array {
    return this.u32('account.key')
  }

  get txHashes(): Uint32Array {
    return this.u32('tx.hash')
  }

  get blockNumber(): Uint32Array {
    return this.u32('block.number')
  }

  get blockRow(): Uint32Array {
    return this.u32('block.row')
  }

  /** Seconds; NaN where the source has none. */
  get blockTime(): Float64Array {
    return this.view('block.time', () => new Float64Array(this.buffer('block.time')))
  }

  /** Highest time up to each block: times need not rise in every source, the first row at or after a time is found in these. */
  get blockTimeSoFar(): Float64Array {
    return this.view('timeSoFar', () => {
      let highest = Number.NEGATIVE_INFINITY
      return Float64Array.from(this.blockTime, (time) => {
        if (time > highest) highest = time
        return highest
      })
    })
  }

  /** Source index of each row; null where no row has one. */
  get index(): Int16Array | Int32Array | null {
    const width = this.record.indexWidth
    if (width === 0) return null
    return this.view('index', () => (width === 2 ? new Int16Array(this.buffer('index')) : new Int32Array(this.buffer('index'))))
  }

  /** Accounts that occur, rising; null where they are all, so that an account is its own group. */
  get active(): Uint32Array | null {
    return this.record.firstAccount === 0 ? null : this.u32('active')
  }

  /** Place of an account in `start` of both directions; -1 when it does not occur here. */
  group(account: number): number {
    const { active } = this
    if (active === null) return account < this.record.active ? account : -1
    const at = lowerBound(active, account)
    return active[at] === account ? at : -1
  }

  findAccount(key: Uint32Array): number {
    const found = findKey(this.keyIndex('account', ADDRESS_WORDS), key)
    return found === -1 ? -1 : this.record.firstAccount + found
  }

  findTransaction(hash: Uint32Array): number {
    const found = findKey(this.keyIndex('tx', HASH_WORDS), hash)
    return found === -1 ? -1 : this.record.firstTx + found
  }

  /** A file of this segment as u32; for columns that have no name of their own above. */
  u32(name: string): Uint32Array {
    return this.view(name, () => new Uint32Array(this.buffer(name)))
  }

  has(name: string): boolean {
    return this.files.has(name)
  }

  prefetch(name: string, start: number, end: number): void {
    if (end > start) this.files.get(name)?.prefetch(start, end)
  }

  /** Gives back the memory of all columns; they come again as they are touched. */
  release(): void {
    for (const file of this.files.values()) file.release()
  }

  close(): void {
    for (const file of this.files.values()) file.close()
    this.files.clear()
    this.views.clear()
  }

  private direction(direction: Direction): DirectionColumns {
    return this.view(direction, () => {
      const { assetWidth } = this.record
      const asset = this.buffer(`${direction}.asset`)
      return {
        start: this.u32(`${direction}.start`),
        row: this.u32(`${direction}.row`),
        other: this.u32(otherFile(direction)),
        asset: assetWidth === 1 ? new Uint8Array(asset) : assetWidth === 2 ? new Uint16Array(asset) : new Uint32Array(asset),
        word: this.u32(`${direction}.word`),
      }
    })
  }

  private keyIndex(name: 'account' | 'tx', words: number): KeyIndex {
    return this.view(`${name}.index`, () => ({
      keys: this.u32(name === 'account' ? 'account.key' : 'tx.hash'),
      words,
      bucket: this.u32(`${name}.bucket`),
      slot: this.u32(`${name}.slot`),
    }))
  }

  private buffer(name: string): ArrayBuffer {
    const file = this.files.get(name)
    if (file === undefined) throw new CordonError('ledger/closed', 'the ledger has been closed')
    return file.buffer
  }

  private view<T>(name: string, make: () => T): T {
    let view = this.views.get(name) as T | undefined
    if (view === undefined) {
      view = make()
      this.views.set(name, view)
    }
    return view
  }
}
