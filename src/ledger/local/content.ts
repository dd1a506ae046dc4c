import { createHash } from 'node:crypto'
import type { Asset, ChainId } from '../../chain/index.ts'
import { CHUNK_ROWS, type ContentRecord } from './layout.ts'
import { ADDRESS_WORDS, HASH_WORDS } from './words.ts'

/**
 * What a ledger's hash stands on: its content in chain order, whatever files it came from and in however many segments it lies.
 *
 * Invariant: importing a chain at once, and importing a part and appending the rest, give the same hash; so does importing an export.
 * SHA-256 cannot be interrupted and taken up again, therefore rows are hashed in runs of CHUNK_ROWS and the ledger's hash is that of
 * the list; an append hashes only the last, unfinished run again.
 *
 * A run is hashed as nine columns, each after its length: sender, receiver, asset, source index (-1 for none), low 128 bits of the value
 * (four u32), positions of larger values with their high 128 bits, first rows and hashes of the transactions that start here,
 * (first row, number, time) of the blocks that start here, and addresses of the accounts that first appear here. Accounts and assets
 * are numbered by first appearance in chain order, so their numbers are content too.
 */
export class ContentHasher {
  readonly chunks: string[]
  private rows = 0
  private readonly from = new Uint32Array(CHUNK_ROWS)
  private readonly to = new Uint32Array(CHUNK_ROWS)
  private readonly asset = new Uint32Array(CHUNK_ROWS)
  private readonly index = new Int32Array(CHUNK_ROWS)
  private readonly value = new Uint32Array(CHUNK_ROWS * 4)
  private larges: (number | bigint)[] = []
  private readonly starts = new Uint32Array(CHUNK_ROWS)
  private readonly hashes = new Uint32Array(CHUNK_ROWS * HASH_WORDS)
  private transactions = 0
  private readonly blocks = new Float64Array(CHUNK_ROWS * 3)
  private blockCount = 0
  private addresses: Uint32Array[] = []

  constructor(chunks: readonly string[] = []) {
    this.chunks = [...chunks]
  }

  /** Rows that the unfinished run still takes before it is full. */
  get room(): number {
    return CHUNK_ROWS - this.rows
  }

  /** A block entry begins `ahead` rows after the last appended one. */
  startBlock(ahead: number, number: number, time: number): void {
    const at = this.blockCount++ * 3
    this.blocks[at] = this.rows + ahead
    this.blocks[at + 1] = number
    this.blocks[at + 2] = time
  }

  /** Gives the last block entry its time, if it lies in this run; false when it does not. */
  timeBlock(time: number): boolean {
    if (this.blockCount === 0) return false
    this.blocks[this.blockCount * 3 - 1] = time
    return true
  }

  /** A transaction begins `ahead` rows after the last appended one; its hash stands at word `at`, in disk order. */
  startTransaction(ahead: number, hashes: Uint32Array, at: number): void {
    this.starts[this.transactions] = this.rows + ahead
    const base = this.transactions++ * HASH_WORDS
    for (let k = 0; k < HASH_WORDS; k++) this.hashes[base + k] = hashes[at + k] as number
  }

  /** The high 128 bits of a value that has any, `ahead` rows after the last appended one. */
  large(ahead: number, high: bigint): void {
    this.larges.push(this.rows + ahead, high)
  }

  /** Rows, at most `room` of them, after what starts in them has been told. `value` holds four limbs a row. */
  append(from: Uint32Array, to: Uint32Array, asset: Uint32Array, index: Int32Array, value: Uint32Array): void {
    this.from.set(from, this.rows)
    this.to.set(to, this.rows)
    this.asset.set(asset, this.rows)
    this.index.set(index, this.rows)
    this.value.set(value, this.rows * 4)
    this.rows += from.length
  }

  /** Addresses, in disk order, of accounts that first appeared in the rows of this run. Call before the run is finished. */
  addAccounts(keys: Uint32Array): void {
    if (keys.length > 0) this.addresses.push(keys)
  }

  /** Ends the run: after CHUNK_ROWS rows, and at the end. */
  finish(): void {
    if (this.rows === 0) return
    const { rows, transactions } = this
    const hash = createHash('sha256')
    const column = (data: ArrayBufferView): void => {
      hash.update(new Uint8Array(Float64Array.of(data.byteLength).buffer))
      hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    }
    column(this.from.subarray(0, rows))
    column(this.to.subarray(0, rows))
    column(this.asset.subarray(0, rows))
    column(this.index.subarray(0, rows))
    column(this.value.subarray(0, rows * 4))
    column(new TextEncoder().encode(this.larges.join(' ')))
    column(this.starts.subarray(0, transactions))
    column(this.hashes.subarray(0, transactions * HASH_WORDS))
    column(this.blocks.subarray(0, this.blockCount * 3))
    const accounts = this.addresses.reduce((sum, keys) => sum + keys.length / ADDRESS_WORDS, 0)
    hash.update(new Uint8Array(Float64Array.of(accounts).buffer))
    for (const keys of this.addresses) hash.update(new Uint8Array(keys.buffer, keys.byteOffset, keys.byteLength))
    this.chunks.push(hash.digest('hex'))
    this.rows = 0
    this.transactions = 0
    this.blockCount = 0
    this.larges = []
    this.addresses = []
  }
}

/** The ledger's hash: what it is about, how its assets are named, and the hashes of its content. Where it came from is no part of it. */
export function ledgerHash(about: {
  readonly chain: ChainId
  readonly genesis: boolean
  readonly assets: readonly Asset[]
  readonly transfers: number
  readonly content: ContentRecord
}): string {
  const { chain, genesis, transfers, content } = about
  const assets = about.assets.map(({ id, decimals, symbol }) => [id, decimals, symbol])
  return createHash('sha256')
    .update(JSON.stringify(['cordon-ledger-content', 1, chain, genesis, transfers, assets, content.chunks, content.fees]))
    .digest('hex')
}
