import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { type Asset, CordonError } from '../../chain/index.ts'
import type { IncomingBatch } from '../batch.ts'
import { bitWords, rankOf } from './bits.ts'
import { ContentHasher } from './content.ts'
import { Dictionary } from './dictionary.ts'
import { FileWriter, writeFile } from './files.ts'
import { growingF64, growingU32 } from './growing.ts'
import { wideHigh, writeWide } from './value.ts'
import { ADDRESS_WORDS, HASH_WORDS, swap } from './words.ts'

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
  private readonly continuing: boolean
  private rows = 0
  private transactions = 0
  private accounts = 0
  /** Dictionary entries that have a ledger number. */
  private known = 0
  private firstTime: number | null = null
  private lastTime: number | null = null
  private highestIndex = -1
  private scratch = new Scratch(0)

  constructor(folder: string, start: Continuation) {
    this.folder = folder
    this.start = start
    this.continuing = start.firstRow > 0
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
    this.bits.reserve(bitWords(this.rows + n))
    for (let begin = 0; begin < n; ) {
      const end = Math.min(n, begin + this.start.hasher.room)
      this.numberAccounts(batch, begin, end)
      this.numberTransactions(batch, begin, end)
      this.encode(batch, begin, end, assets)
      this.write('tmp.index', batch.index.subarray(begin, end))
      begin = end
    }
  }

  /** Closes the files and writes the small columns. */
  finish(): IntakeResult {
    this.flushAccounts()
    this.start.hasher.finish()
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
    if (this.continuing) {
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

  private numberAccounts(batch: IncomingBatch, begin: number, end: number): void {
    const { scratch, dictionary } = this
    dictionary.lookUp(batch.from, begin, end, scratch.fromHash, scratch.from)
    dictionary.lookUp(batch.to, begin, end, scratch.toHash, scratch.to)
    for (let i = begin; i < end; i++) {
      scratch.from[i] = this.accountNumber(scratch.from[i] as number, scratch.fromHash[i] as number, batch.from, i)
      scratch.to[i] = this.accountNumber(scratch.to[i] as number, scratch.toHash[i] as number, batch.to, i)
    }
  }

  /** Ledger number of the account on one side of row i, of which the dictionary has `found` the entry (plus one) or not (0). */
  private accountNumber(found: number, hash: number, side: IncomingBatch['from'], i: number): number {
    if (found !== 0) return this.continuing ? (this.accountOf.data[found - 1] as number) : found - 1
    const a = i * 2
    const entry = this.dictionary.add(
      hash,
      side[0][a + 1] as number,
      side[0][a] as number,
      side[1][a + 1] as number,
      side[1][a] as number,
      side[2][i] as number,
    )
    if (entry < this.known) return this.continuing ? (this.accountOf.data[entry] as number) : entry
    return this.newAccount(entry, side, i)
  }

  /** Gives the dictionary's newest entry its number in the ledger, which may have had it before this import. */
  private newAccount(entry: number, side: IncomingBatch['from'], i: number): number {
    this.known = entry + 1
    const { key } = this
    key[0] = swap(side[0][i * 2 + 1] as number)
    key[1] = swap(side[0][i * 2] as number)
    key[2] = swap(side[1][i * 2 + 1] as number)
    key[3] = swap(side[1][i * 2] as number)
    key[4] = swap(side[2][i] as number)
    const held = this.continuing ? this.start.find(key) : -1
    const account = held === -1 ? this.start.firstAccount + this.accounts++ : held
    if (this.continuing) this.accountOf.push(account)
    if (held === -1) {
      this.newKeys.reserve(this.newKeys.length + ADDRESS_WORDS)
      this.newKeys.data.set(key, this.newKeys.length)
      this.newKeys.length += ADDRESS_WORDS
    }
    return account
  }

  private numberTransactions(batch: IncomingBatch, begin: number, end: number): void {
    const { lastHash, hash } = this
    const hasher = this.start.hasher
    for (let i = begin; i < end; i++) {
      const row = this.rows + i - begin
      const block = batch.block[i] as number
      const time = batch.time[i] as number
      const previous = row === 0 ? null : (this.blockNumber.data[this.blockNumber.length - 1] as number)
      const sameBlock = previous === block
      const starts = !sameBlock || !sameHash(batch.hash, i, lastHash)
      if (!sameBlock) {
        this.checkOrder(block, previous)
        this.startBlock(row, i - begin, block, time)
      } else if (time >= 0) {
        const known = this.blockTime.data[this.blockTime.length - 1] as number
        // A source that knows the block's time helps one that does not; two that disagree are both kept.
        if (Number.isNaN(known) && hasher.timeBlock(time)) this.setTime(time)
        else if (known !== time && starts) this.startBlock(row, i - begin, block, time)
      }
      if (!starts) continue
      for (let k = 0; k < 4; k++) {
        const word = batch.hash[k] as Uint32Array
        lastHash[k * 2] = word[i * 2] as number
        lastHash[k * 2 + 1] = word[i * 2 + 1] as number
        hash[k * 2] = swap(word[i * 2 + 1] as number)
        hash[k * 2 + 1] = swap(word[i * 2] as number)
      }
      hasher.startTransaction(i - begin, hash, 0)
      this.write('tx.hash', hash)
      this.bits.data[row >>> 5] = ((this.bits.data[row >>> 5] as number) | (1 << (row & 31))) >>> 0
      this.transactions++
    }
  }

  private startBlock(row: number, ahead: number, block: number, time: number): void {
    this.blockNumber.push(block)
    this.blockRow.push(row)
    this.blockTime.push(Number.NaN)
    this.start.hasher.startBlock(ahead, block, time >= 0 ? time : -1)
    if (time >= 0) this.setTime(time)
  }

  private setTime(time: number): void {
    this.blockTime.data[this.blockTime.length - 1] = time
    this.firstTime = this.firstTime === null ? time : Math.min(this.firstTime, time)
    this.lastTime = this.lastTime === null ? time : Math.max(this.lastTime, time)
  }

  private checkOrder(block: number, previous: number | null): void {
    if (previous !== null && block < previous) {
      throw new CordonError('ledger/order', `transfers are not in chain order: block ${block} follows block ${previous}`, {
        remedy: 'this is a fault of the reader; please report it with the source files',
      })
    }
    const { lastBlock } = this.start
    if (previous === null && lastBlock !== null && block <= lastBlock) {
      throw new CordonError('ledger/overlap', `the ledger ends with block ${lastBlock} and the new files begin with block ${block}`, {
        remedy: `append only blocks after ${lastBlock}, or import everything anew`,
      })
    }
  }

  private encode(batch: IncomingBatch, begin: number, end: number, assets: readonly Asset[]): void {
    const { scratch } = this
    const hasher = this.start.hasher
    const { value, index, wide } = batch
    for (let i = begin; i < end; i++) {
      const incoming = batch.asset[i] as number
      const asset = (incoming < this.assetOf.length ? (this.assetOf[incoming] as number) : 0) - 1
      scratch.asset[i] = asset >= 0 ? asset : this.newAsset(incoming, assets)
      const high = value[i * 4 + 1] as number
      if (value[i * 4 + 2] === 0 && value[i * 4 + 3] === 0 && high < 0x8000_0000 && !wide?.has(i)) {
        scratch.word[i * 2] = value[i * 4] as number
        scratch.word[i * 2 + 1] = high
      } else this.encodeWide(batch, i, i - begin)
      if ((index[i] as number) > this.highestIndex) this.highestIndex = index[i] as number
    }
    const from = scratch.from.subarray(begin, end)
    const to = scratch.to.subarray(begin, end)
    const asset = scratch.asset.subarray(begin, end)
    hasher.append(from, to, asset, index.subarray(begin, end), value.subarray(begin * 4, end * 4))
    this.write('from', from)
    this.write('tmp.to', to)
    this.write('tmp.asset', asset)
    this.write('tmp.word', scratch.word.subarray(begin * 2, end * 2))
    this.rows += end - begin
    if (hasher.room === 0) {
      this.flushAccounts()
      hasher.finish()
    }
  }

  private encodeWide(batch: IncomingBatch, i: number, ahead: number): void {
    const whole = batch.wide?.get(i)
    const at = i * 4
    const wide = this.writer('wide')
    const offset = wide.bytes
    let length = 0
    if (whole === undefined) {
      const bytes = this.wideBytes
      for (let k = 0; k < 4; k++) {
        const limb = batch.value[at + k] as number
        for (let b = 0; b < 4; b++) bytes[k * 4 + b] = (limb >>> (b * 8)) & 0xff
      }
      length = 16
      while (bytes[length - 1] === 0) length--
    } else {
      if (whole < 0n || whole >= 1n << 256n) throw new CordonError('ledger/value', `value ${whole} is not between 0 and 2^256-1`)
      length = writeWide(whole, this.wideBytes, 0)
      // The hash wants the low limbs, whatever the reader put there.
      for (let k = 0; k < 4; k++) batch.value[at + k] = Number((whole >> BigInt(k * 32)) & 0xffff_ffffn)
      if (whole >= 1n << 128n) this.start.hasher.large(ahead, whole >> 128n)
    }
    if (length < 8 || (length === 8 && (this.wideBytes[7] as number) < 0x80)) {
      this.scratch.word[i * 2] = batch.value[at] as number
      this.scratch.word[i * 2 + 1] = batch.value[at + 1] as number
      return
    }
    wide.write(this.wideBytes.subarray(0, length))
    this.scratch.word[i * 2] = offset % 0x1_0000_0000
    this.scratch.word[i * 2 + 1] = wideHigh(length, offset)
  }

  private newAsset(incoming: number, assets: readonly Asset[]): number {
    const asset = assets[incoming]
    if (asset === undefined) throw new Error(`the reader names asset ${incoming} and lists only ${assets.length}`)
    let number = this.assetOfId.get(asset.id)
    if (number === undefined) {
      number = this.assets.length
      this.assetOfId.set(asset.id, number)
      this.assets.push(asset)
    }
    if (incoming >= this.assetOf.length) {
      const grown = new Uint32Array(Math.max(incoming + 1, this.assetOf.length * 2))
      grown.set(this.assetOf)
      this.assetOf = grown
    }
    this.assetOf[incoming] = number + 1
    return number
  }

  /** Passes on the addresses of accounts that are new since the last run of rows. */
  private flushAccounts(): void {
    const keys = this.newKeys.taken().slice()
    this.start.hasher.addAccounts(keys)
    this.write('account.key', keys)
    this.newKeys.length = 0
  }

  private write(name: string, data: ArrayBufferView): void {
    this.writer(name).write(data)
  }

  private writer(name: string): FileWriter {
    let writer = this.writers.get(name)
    if (writer === undefined) {
      writer = new FileWriter(join(this.folder, name))
      this.writers.set(name, writer)
    }
    return writer
  }
}

/** Columns of one batch on their way to the files. */
class Scratch {
  readonly fromHash: Uint32Array
  readonly toHash: Uint32Array
  readonly from: Uint32Array
  readonly to: Uint32Array
  readonly asset: Uint32Array
  readonly word: Uint32Array

  constructor(rows: number) {
    this.fromHash = new Uint32Array(rows)
    this.toHash = new Uint32Array(rows)
    this.from = new Uint32Array(rows)
    this.to = new Uint32Array(rows)
    this.asset = new Uint32Array(rows)
    this.word = new Uint32Array(rows * 2)
  }
}

/** Whether row i's transaction hash is `last`, which holds the incoming words as they come. */
function sameHash([a, b, c, d]: IncomingBatch['hash'], i: number, last: Uint32Array): boolean {
  const at = i * 2
  return (
    d[at] === last[6] &&
    d[at + 1] === last[7] &&
    a[at] === last[0] &&
    a[at + 1] === last[1] &&
    b[at] === last[2] &&
    b[at + 1] === last[3] &&
    c[at] === last[4] &&
    c[at + 1] === last[5]
  )
}
