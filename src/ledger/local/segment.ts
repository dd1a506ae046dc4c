import type { TransactionStarts } from './bits.ts'
import { type Direction, expectedBytes, otherFile, type SegmentRecord } from './layout.ts'
import type { ReadMode } from './mapping.ts'
import { SegmentFiles } from './segment-files.ts'
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

/** An opened segment of the account ledger. */
export class Segment extends SegmentFiles {
  readonly record: SegmentRecord
  readonly firstRow: number
  /** Row after the last. */
  readonly endRow: number

  /** As `SegmentFiles`. */
  constructor(folder: string, record: SegmentRecord, mode: ReadMode) {
    super(folder, record, expectedBytes(record), mode)
    this.record = record
    this.firstRow = record.firstRow
    this.endRow = record.firstRow + record.rows
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
    return this.u8('wide')
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
    return this.f64('block.time')
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
    const found = this.find('account', 'account.key', ADDRESS_WORDS, key)
    return found === -1 ? -1 : this.record.firstAccount + found
  }

  findTransaction(hash: Uint32Array): number {
    const found = this.find('tx', 'tx.hash', HASH_WORDS, hash)
    return found === -1 ? -1 : this.record.firstTx + found
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
}
