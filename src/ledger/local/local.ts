import { join } from 'node:path'
import { CordonError } from '../../chain/index.ts'
import {
  ABSENT,
  type AccountId,
  type FeeTotal,
  type Ledger,
  type OutgoingSlice,
  type Row,
  type RowWindow,
  type TransactionInfo,
  type TransferBatch,
  type Tx,
} from '../ledger.ts'
import { firstRowOf, nextStart, transactionOf } from './bits.ts'
import { feesPaid } from './fees.ts'
import { accountKey, BATCH_ROWS, gather, readRows } from './gather.ts'
import type { StoredManifest } from './layout.ts'
import { defaultReadMode, type ReadMode, residentFileBytes } from './mapping.ts'
import { type DirectionColumns, Segment } from './segment.ts'
import { readManifest } from './store.ts'
import { readValue, ValueSum } from './value.ts'
import { ADDRESS_WORDS, formatKey, HASH_WORDS, lowerBound, parseKey } from './words.ts'

export interface OpenOptions {
  /** How columns are read; by default mapped where the platform can. */
  readonly read?: ReadMode
  /**
   * Bytes of mapped pages that may be resident before they are given back, 512 MiB when left out. The system maps sixteen pages around each
   * one that is touched: scattered questions would otherwise fill memory with columns that nobody asked for.
   */
  readonly residentLimit?: number
}

/**
 * The columns themselves, for loops that cannot wait for batches. Positions `start[account]` to `start[account + 1]` of a direction are an
 * account's transfers in chain order. Valid until the ledger is closed, which empties every array; callers must not write to them (the
 * system would stop the process).
 */
export interface LedgerColumns {
  readonly out: DirectionColumns
  readonly in: DirectionColumns
  /** Sender of each row. */
  readonly from: Uint32Array
  /** Transaction of a row, in constant time. */
  transactionOf(row: Row): Tx
  /** First row of a transaction; one past the last gives the number of rows. */
  firstRowOf(tx: Tx): Row
  /** Value of a word of `word`, given as its (low, high) pair. */
  value(low: number, high: number): bigint
}

const RESIDENT_LIMIT = 320 * 2 ** 20
/** Accounts or transactions between two looks at the process's memory (a look takes some 10 µs). */
const RESIDENT_CHECK_EVERY = 256

/**
 * Opens a ledger on disk. Nothing but the manifest is read; columns come into memory as questions touch them.
 *
 * @throws CordonError `ledger/not-a-ledger`, `ledger/newer-schema`, `ledger/damaged` when a file is missing or cut short
 */
export async function openLedger(directory: string, options: OpenOptions = {}): Promise<LocalLedger> {
  const manifest = await readManifest(directory)
  try {
    return new LocalLedger(directory, manifest, options)
  } catch (error) {
    // A writer may have replaced the segments between the two reads; then the manifest is another one now.
    const again = await readManifest(directory)
    const names = (stored: StoredManifest): string => stored.segments.map(({ name }) => name).join(' ')
    if (names(again) === names(manifest)) throw error
    return new LocalLedger(directory, again, options)
  }
}

/** A ledger on disk, open for reading. Later imports and appends do not change what it answers. */
export class LocalLedger implements Ledger {
  readonly directory: string
  readonly manifest: StoredManifest
  readonly segments: readonly Segment[]
  private readonly residentLimit: number
  private asked = 0
  private closed = false

  constructor(directory: string, manifest: StoredManifest, options: OpenOptions) {
    const mode = options.read ?? defaultReadMode()
    this.residentLimit = options.residentLimit ?? RESIDENT_LIMIT
    this.directory = directory
    this.manifest = manifest
    const opened: Segment[] = []
    try {
      for (const record of manifest.segments) opened.push(new Segment(join(directory, record.name), record, mode))
    } catch (error) {
      for (const segment of opened) segment.close()
      throw error
    }
    this.segments = opened
  }

  /** See `Ledger.outgoing`: mapped columns, one slice a segment in which the account pays. */
  readonly outgoing = (account: AccountId): readonly OutgoingSlice[] => {
    const slices: OutgoingSlice[] = []
    for (const segment of this.segments) {
      const group = segment.group(account)
      if (group === -1) continue
      const { start, row, other } = segment.out
      slices.push({ firstRow: segment.firstRow, row, to: other, start: start[group] as number, end: start[group + 1] as number })
    }
    return slices
  }

  /** See `Ledger.readAhead`. First where the accounts' columns begin, then the columns: the disk is asked for many places at once. */
  readonly readAhead = (accounts: readonly AccountId[]): void => {
    for (const segment of this.segments) {
      const groups = accounts.map((account) => segment.group(account)).filter((group) => group !== -1)
      for (const group of groups) segment.prefetch('out.start', group * 4, group * 4 + 8)
      const { start } = segment.out
      for (const group of groups) {
        const from = (start[group] as number) * 4
        const to = (start[group + 1] as number) * 4
        segment.prefetch('out.row', from, to)
        segment.prefetch('out.to', from, to)
      }
    }
  }

  async accountIds(addresses: readonly string[]): Promise<Uint32Array> {
    this.checkOpen()
    return Uint32Array.from(addresses, (address) => {
      const key = parseKey(address, ADDRESS_WORDS)
      const found = key === null ? -1 : this.findAccount(key)
      return found === -1 ? ABSENT : found
    })
  }

  async addresses(accounts: ArrayLike<AccountId>): Promise<string[]> {
    this.checkOpen()
    return Array.from(accounts, (account) => {
      this.keepSmall(1)
      const segment = this.segmentWhere('firstAccount', 'accounts', account, 'account')
      return formatKey(segment.accountKeys, (account - segment.record.firstAccount) * ADDRESS_WORDS, ADDRESS_WORDS)
    })
  }

  async degrees(accounts: ArrayLike<AccountId>): Promise<{ readonly out: Float64Array; readonly in: Float64Array }> {
    this.checkOpen()
    const out = new Float64Array(accounts.length)
    const into = new Float64Array(accounts.length)
    for (const segment of this.segments) {
      const sent = segment.out.start
      const received = segment.in.start
      for (let i = 0; i < accounts.length; i++) {
        const group = segment.group(accounts[i] as number)
        if (group === -1) continue
        out[i] = (out[i] as number) + (sent[group + 1] as number) - (sent[group] as number)
        into[i] = (into[i] as number) + (received[group + 1] as number) - (received[group] as number)
      }
    }
    return { out, in: into }
  }

  async *transfersOf(accounts: ArrayLike<AccountId>, window: RowWindow = {}): AsyncGenerator<TransferBatch> {
    this.checkOpen()
    const wanted = this.sorted(accounts, this.manifest.accounts, 'account')
    if (wanted.length === 0) return
    this.keepSmall(wanted.length)
    for (const segment of this.segments) {
      for (const batch of gather(segment, wanted, window)) {
        yield batch
        this.checkOpen()
      }
    }
  }

  async *transfersIn(txs: ArrayLike<Tx>): AsyncGenerator<TransferBatch> {
    this.checkOpen()
    const wanted = this.sorted(txs, this.manifest.transactions, 'transaction')
    this.keepSmall(wanted.length)
    const rows = new Uint32Array(BATCH_ROWS)
    let i = 0
    for (const segment of this.segments) {
      let filled = 0
      const endTx = segment.record.firstTx + segment.record.transactions
      for (; i < wanted.length && (wanted[i] as number) < endTx; i++) {
        const first = firstRowOf(segment.starts, (wanted[i] as number) - segment.record.firstTx)
        const end = nextStart(segment.starts.bits, first)
        for (let row = first; row < end; row++) {
          rows[filled++] = row
          if (filled < BATCH_ROWS) continue
          yield readRows(segment, rows)
          this.checkOpen()
          filled = 0
        }
      }
      if (filled === 0) continue
      yield readRows(segment, rows.subarray(0, filled))
      this.checkOpen()
    }
  }

  async transactionIds(hashes: readonly string[]): Promise<Uint32Array> {
    this.checkOpen()
    return Uint32Array.from(hashes, (hash) => {
      const key = parseKey(hash, HASH_WORDS)
      if (key === null) return ABSENT
      for (const segment of this.segments) {
        const found = segment.findTransaction(key)
        if (found !== -1) return found
      }
      return ABSENT
    })
  }

  async transactions(txs: ArrayLike<Tx>): Promise<TransactionInfo[]> {
    this.checkOpen()
    return Array.from(txs, (tx) => {
      this.keepSmall(1)
      const segment = this.segmentWhere('firstTx', 'transactions', tx, 'transaction')
      const local = tx - segment.record.firstTx
      const row = firstRowOf(segment.starts, local)
      const block = lowerBound(segment.blockRow, row + 1) - 1
      const time = segment.blockTime[block] as number
      return {
        tx,
        hash: formatKey(segment.txHashes, local * HASH_WORDS, HASH_WORDS),
        block: segment.blockNumber[block] as number,
        time: Number.isNaN(time) ? null : time,
        firstRow: segment.firstRow + row,
        rows: nextStart(segment.starts.bits, row) - row,
      }
    })
  }

  async blocks(txs: ArrayLike<Tx>): Promise<Float64Array> {
    this.checkOpen()
    return Float64Array.from(txs, (tx) => {
      this.keepSmall(1)
      const segment = this.segmentWhere('firstTx', 'transactions', tx, 'transaction')
      const row = firstRowOf(segment.starts, tx - segment.record.firstTx)
      return segment.blockNumber[lowerBound(segment.blockRow, row + 1) - 1] as number
    })
  }

  async sourceIndexes(rows: ArrayLike<Row>): Promise<Int32Array> {
    this.checkOpen()
    return Int32Array.from(rows, (row) => {
      this.keepSmall(1)
      const segment = this.segmentWhere('firstRow', 'rows', row, 'row')
      return segment.index?.[row - segment.firstRow] ?? -1
    })
  }

  async rowAt(at: { readonly time: number } | { readonly block: number }): Promise<Row> {
    this.checkOpen()
    for (const segment of this.segments) {
      const block = 'time' in at ? lowerBound(segment.blockTimeSoFar, at.time) : lowerBound(segment.blockNumber, at.block)
      if (block < segment.record.blocks) return segment.firstRow + (segment.blockRow[block] as number)
    }
    return this.manifest.transfers
  }

  async balanceAt(account: AccountId, asset: number, row: Row): Promise<bigint> {
    this.checkOpen()
    this.segmentWhere('firstAccount', 'accounts', account, 'account')
    let balance = 0n
    for (const segment of this.segments) {
      const group = segment.group(account)
      if (group === -1 || segment.firstRow >= row) continue
      balance += sumBefore(segment, segment.in, group, asset, row) - sumBefore(segment, segment.out, group, asset, row)
    }
    return balance
  }

  async fees(accounts: ArrayLike<AccountId>): Promise<FeeTotal[]> {
    this.checkOpen()
    return Array.from(accounts, (account) => {
      const key = accountKey(this.segmentWhere('firstAccount', 'accounts', account, 'account'), account)
      return { account, amount: this.segments.reduce((sum, segment) => sum + feesPaid(segment, key), 0n) }
    })
  }

  async close(): Promise<void> {
    this.closed = true
    for (const segment of this.segments) segment.close()
  }

  /** The columns without a copy, where the ledger is one segment (as an import leaves it); null otherwise. */
  columns(): LedgerColumns | null {
    this.checkOpen()
    const [segment] = this.segments
    if (segment === undefined || this.segments.length > 1) return null
    const { out, in: into, from, starts, wide } = segment
    return {
      out,
      in: into,
      from,
      transactionOf: (row) => transactionOf(starts, row),
      firstRowOf: (tx) => firstRowOf(starts, tx),
      value: (low, high) => readValue(low, high, wide),
    }
  }

  /** Number of an address given as five words in disk order, or -1. */
  findAccount(key: Uint32Array): number {
    for (const segment of this.segments) {
      const found = segment.findAccount(key)
      if (found !== -1) return found
    }
    return -1
  }

  /** Gives mapped pages back once they have grown past their limit. */
  private keepSmall(asked: number): void {
    this.asked += asked
    if (this.asked < RESIDENT_CHECK_EVERY) return
    this.asked = 0
    if (residentFileBytes() > this.residentLimit) for (const segment of this.segments) segment.release()
  }

  private checkOpen(): void {
    if (this.closed) throw new CordonError('ledger/closed', 'the ledger has been closed')
  }

  /** Numbers in rising order, each once. */
  private sorted(numbers: ArrayLike<number>, limit: number, what: 'account' | 'transaction'): Uint32Array {
    const sorted = Uint32Array.from(numbers)
    if (sorted.length > 1) sorted.sort()
    const last = sorted.at(-1)
    if (last !== undefined && last >= limit) throw unknown(what, last)
    let n = 0
    for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[n - 1]) sorted[n++] = sorted[i] as number
    return sorted.subarray(0, n)
  }

  private segmentWhere(
    first: 'firstRow' | 'firstTx' | 'firstAccount',
    count: 'rows' | 'transactions' | 'accounts',
    wanted: number,
    what: 'row' | 'transaction' | 'account',
  ): Segment {
    for (let i = this.segments.length - 1; i >= 0; i--) {
      const segment = this.segments[i] as Segment
      if (wanted >= segment.record[first] && wanted < segment.record[first] + segment.record[count]) return segment
    }
    throw unknown(what, wanted)
  }
}

function unknown(what: 'row' | 'transaction' | 'account', number: number): CordonError {
  return new CordonError(`ledger/unknown-${what}`, `the ledger has no ${what}${what === 'row' ? '' : ' number'} ${number}`)
}

function sumBefore(segment: Segment, columns: DirectionColumns, group: number, asset: number, row: Row): bigint {
  const { start, word } = columns
  const from = start[group] as number
  const end = lowerBound(columns.row, row - segment.firstRow, from, start[group + 1] as number)
  const sum = new ValueSum(segment.wide)
  for (let p = from; p < end; p++) {
    if (columns.asset[p] === asset) sum.add(word[p * 2] as number, word[p * 2 + 1] as number)
  }
  return sum.value
}
