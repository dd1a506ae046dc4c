import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { type Asset, CordonError } from '../../chain/index.ts'
import type { IncomingBatch } from '../batch.ts'
import { bitWords, rankOf } from './bits.ts'
import { ContentHasher } from './content.ts'
import { Dictionary } from './dictionary.ts'
import { FileWriter, writeFile } from './files.ts'
import { growingF64, growingU32 } from './growing.ts'
import { ADDRESS_WORDS, HASH_WORDS, swap } from './words.ts'
import { wideHigh, writeWide } from './value.ts'

/** Where a segment takes up the ledger: everything that its rows must follow on from. */
export interface Continuation {
  readonly firstRow: number
  readonly firstTx: number
  readonly firstAccount: number
  /** Blocks of a segment begin after it; null at the start of a ledger. */
  readonly lastBlock: number | null
  readonly assets: readonly Asset[]
  /** A hasher that has taken in all earlier rows. */
  readonly hasher: ContentHasher
  /** Number of an address (five words in disk order) that the ledger holds already, or -1. */
  readonly find: (key: Uint32Array) => number
}

export function fromNothing(): Continuation {
  return { firstRow: 0, firstTx: 0, firstAccount: 0, lastBlock: null, assets: [], hasher: new ContentHasher(), find: () => -1 }
}

/** What the first pass leaves in its folder, in chain order. Files that begin with `tmp.` are for the second pass only. */
export interface IntakeResult {
  readonly rows: number
  readonly transactions: number
  readonly accounts: number
  readonly blocks: number
  readonly firstBlock: number | null
  readonly lastBlock: number | null
  readonly firstTime: number | null
  readonly lastTime: number | null
  readonly highestIndex: number
  readonly assets: readonly Asset[]
  /** Accounts that occur, rising; null where they are simply all. */
  readonly active: Uint32Array | null
  readonly hasher: ContentHasher
}

/** Rows and accounts are numbered in 32 bits and the last number means "none". */
const MOST_ROWS = 0xffff_fffe

/**
 * First pass: takes batches in chain order and appends columns to files as they come, numbering accounts, assets and transactions
 * by first appearance. Holds only the dictionary, the block table and a bitmap in memory.
 *
 * Streaming beats building the dictionaries with DuckDB (which must group both address columns and join them back); the figures are in
 * docs/decisions.
 */
export class Intake {
  private readonly folder: string
  private readonly start: Continuation
  private readonly writers = new Map<string, FileWriter>()
  private readonly dictionary = new Dictionary(randomInt(2 ** 32))
  /** Ledger number of each account of this intake, where that is not the same. */
  private readonly accountOf = growingU32()
  private readonly newKeys = growingU32(1 << 16)
  private readonly bits = growingU32(1 << 12)
  private readonly blockNumber = growingU32()
  private readonly blockRow = growingU32()
  private readonly blockTime = growingF64()
  private readonly assets: Asset[]
  private readonly assetOfId = new Map<string, number>()
  /** Ledger number, plus one, of each asset of the source. */
  private assetOf = new Uint32Array(64)
  private readonly lastHash = new Uint32Array(HASH_WORDS)
  private readonly hash = new Uint32Array(HASH_WORDS)
  private readonly key = new Uint32Array(ADDRESS_WORDS)
  private readonly wideBytes = new Uint8Array(32)
  private rows = 0
  private transactions = 0
  private accounts = 0
  private firstTime: number | null = null
  private lastTime: number | null = null
  private highestIndex = -1
  private scratch = new Scratch(0)

  constructor(folder: string, start: Continuation) {
    this.folder = folder
    this.start = start
    this.assets = [...start.assets]
    for (const [i, asset] of start.assets.entries()) this.assetOfId.set(asset.id, i)
  }

  /**
   * @throws CordonError `ledger/order` when a block is below the one before; `ledger/overlap` when it is not above the ledger's last;
   *   `ledger/too-large` past 2^32-2 rows; `ledger/disk-full`
   */
  add(batch: IncomingBatch, assets: readonly Asset[]): void {
    const n = batch.length
    if (n === 0) return
    if (this.start.firstRow + this.rows + n > MOST_ROWS) {
      throw new CordonError('ledger/too-large', `one ledger on disk holds at most ${MOST_ROWS} transfers`, {
        remedy: 'split the chain data into several ledgers by block, or use a cluster engine',
      })
    }
    if (this.scratch.from.length < n) this.scratch = new Scratch(n)
    this.numberAccounts(batch)
    this.numberAssets(batch, assets)
    this.bits.reserve(bitWords(this.rows + n))
    for (let from = 0; from < n; ) {
      const end = Math.min(n, from + this.start.hasher.room)
      this.addPart(batch, from, end)
      from = end
    }
    const { scratch } = this
    this.write('from', scratch.from.subarray(0, n))
    this.write('tmp.to', scratch.to.subarray(0, n))
    this.write('tmp.asset', scratch.asset.subarray(0, n))
    this.write('tmp.word', scratch.word.subarray(0, n * 2))
    this.write('tmp.index', batch.index.subarray(0, n))
    this.rows += n
  }

  /** Closes the files and writes the small columns. */
  finish(): IntakeResult {
    this.flushAccounts()
    const { rows } = this
    const bits = this.bits
    bits.reserve(bitWords(rows))
    bits.data[rows >>> 5] = ((bits.data[rows >>> 5] as number) | (1 << (rows & 31))) >>> 0
    const words = bits.data.subarray(0, bitWords(rows))
    this.write('start.bits', words)
    this.write('start.rank', rankOf(words))
    this.write('block.number', this.blockNumber.taken())
    this.write('block.row', this.blockRow.taken())
    this.write('block.time', this.blockTime.taken())
    for (const name of ['from', 'tmp.to', 'tmp.asset', 'tmp.word', 'tmp.index', 'wide', 'account.key', 'tx.hash']) this.writer(name)
    let active: Uint32Array | null = null
    if (this.start.firstAccount > 0 || this.start.firstRow > 0) {
      active = this.accountOf.taken().slice().sort()
      writeFile(join(this.folder, 'active'), active)
    }
    for (const writer of this.writers.values()) writer.close()
    const blocks = this.blockNumber.taken()
    return {
      rows,
      transactions: this.transactions,
      accounts: this.accounts,
      blocks: blocks.length,
      firstBlock: blocks[0] ?? null,
      lastBlock: blocks.at(-1) ?? null,
      firstTime: this.firstTime,
      lastTime: this.lastTime,
      highestIndex: this.highestIndex,
      assets: this.assets,
      active,
      hasher: this.start.hasher,
    }
  }

  /** Closes what is open after a failure; the folder is about to go. */
  abandon(): void {
    for (const writer of this.writers.values()) writer.abandon()
  }

  private numberAccounts(batch: IncomingBatch): void {
    const { scratch, dictionary } = this
    const n = batch.length
    for (const [side, out, hashes] of [
      [batch.from, scratch.fromHash, scratch.hash],
      [batch.to, scratch.to, scratch.toHash],
    ] as const) {
      void side
      void out
      void hashes
    }
    // All hashes first: the look-ups after them are then one stream of independent cache misses.
    hashAll(dictionary, batch.from, n, scratch.fromHash)
    hashAll(dictionary, batch.to, n, scratch.toHash)
    const [f0, f1, f2] = batch.from
    const [t0, t1, t2] = batch.to
    for (let i = 0; i < n; i++) {
      const a = i * 2
      scratch.from[i] = this.accountNumber(scratch.fromHash[i] as number, f0[a + 1] as number, f0[a] as number, f1[a + 1] as number, f1[a] as number, f2[i] as number)
      scratch.to[i] = this.accountNumber(scratch.toHash[i] as number, t0[a + 1] as number, t0[a] as number, t1[a + 1] as number, t1[a] as number, t2[i] as number)
    }
  }
}
