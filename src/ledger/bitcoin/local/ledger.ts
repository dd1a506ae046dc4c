import { join } from 'node:path'
import { type BitcoinNetwork, bitcoinNetwork, CordonError, scriptName } from '../../../chain/index.ts'
import {
  ABSENT,
  type AccountId,
  type FeeTotal,
  type Row,
  type RowWindow,
  type TransactionInfo,
  type TransferBatch,
  type Tx,
} from '../../ledger.ts'
import { defaultReadMode, type ReadMode } from '../../local/mapping.ts'
import { lowerBound } from '../../local/words.ts'
import { balanceAfter } from '../balance.ts'
import type { BitcoinTable } from '../columns.ts'
import { PSEUDO_ACCOUNTS, pseudoName } from '../pseudo.ts'
import type { BitcoinOutput, BitcoinTransaction, Outpoint, OutputId, UtxoLedger } from '../transaction.ts'
import { BatchBuilder, feesOfTransaction, transfersOfTransaction } from '../transfers.ts'
import { hashHex } from '../wire/header.ts'
import type { BitcoinManifest } from './layout.ts'
import { keysOfName } from './names.ts'
import { BitcoinReader, unknown } from './reader.ts'
import { BitcoinSegment } from './segment.ts'

const BATCH_ROWS = 1 << 14
const TXID = /^(?:0x)?[0-9a-fA-F]{64}$/

/** A Bitcoin ledger on disk, open for reading. Later imports and appends do not change what it answers. */
export class LocalBitcoinLedger extends BitcoinReader implements UtxoLedger {
  readonly directory: string
  readonly manifest: BitcoinManifest
  readonly network: BitcoinNetwork
  #closed = false
  #table: BitcoinTable | null = null

  /**
   * `folders` says where segments lie that do not have their place yet.
   * @throws CordonError `ledger/damaged`
   */
  constructor(
    directory: string,
    manifest: BitcoinManifest,
    options: { readonly read?: ReadMode; readonly folders?: ReadonlyMap<string, string> } = {},
  ) {
    const network = bitcoinNetwork(manifest.chain)
    if (network === null) throw new CordonError('ledger/damaged', `${directory} is of ${manifest.chain}, which is no Bitcoin network`)
    super(openSegments(directory, manifest, options))
    this.directory = directory
    this.manifest = manifest
    this.network = network
  }

  async accountIds(names: readonly string[]): Promise<Uint32Array> {
    this.#checkOpen()
    return Uint32Array.from(names, (name) => {
      if (Object.hasOwn(PSEUDO_ACCOUNTS, name)) return PSEUDO_ACCOUNTS[name as keyof typeof PSEUDO_ACCOUNTS]
      for (const key of keysOfName(name, this.network)) {
        const found = this.findAccount(key)
        if (found !== -1) return found
      }
      return ABSENT
    })
  }

  async addresses(accounts: ArrayLike<AccountId>): Promise<string[]> {
    this.#checkOpen()
    return Array.from(
      accounts,
      (account) => pseudoName(account) ?? scriptName(this.segmentOfAccount(account).scriptOf(account), this.network),
    )
  }

  /** Outputs that each account spent, and outputs paid to it. */
  async degrees(accounts: ArrayLike<AccountId>): Promise<{ readonly out: Float64Array; readonly in: Float64Array }> {
    this.#checkOpen()
    const out = new Float64Array(accounts.length)
    const into = new Float64Array(accounts.length)
    for (const segment of this.segments) {
      const start = segment.u32('paid.start')
      const spent = segment.u32('paid.spent')
      for (let k = 0; k < accounts.length; k++) {
        const group = segment.group(accounts[k] as number)
        if (group === -1) continue
        into[k] = (into[k] as number) + (start[group + 1] as number) - (start[group] as number)
        out[k] = (out[k] as number) + (spent[group] as number)
      }
    }
    return { out, in: into }
  }

  async *transfersOf(accounts: ArrayLike<AccountId>, window: RowWindow = {}): AsyncGenerator<TransferBatch> {
    this.#checkOpen()
    const wanted = new Set<AccountId>(Array.from(accounts))
    const txs = new Set<Tx>()
    for (const account of wanted) {
      this.segmentOfAccount(account)
      for (const output of this.paidTo(account)) {
        const tx = this.creatorOf(output)
        const spender = this.spenderOf(output)
        if (tx !== ABSENT) txs.add(tx)
        if (spender !== ABSENT) txs.add(spender)
      }
    }
    yield* this.#batches([...txs].sort(rising), window, ({ from, to }) => wanted.has(from) || wanted.has(to))
  }

  async *transfersIn(txs: ArrayLike<Tx>): AsyncGenerator<TransferBatch> {
    this.#checkOpen()
    const wanted = [...new Set(Array.from(txs))].sort(rising)
    for (const tx of wanted) this.segmentOfTx(tx)
    yield* this.#batches(wanted, {}, () => true)
  }

  async transactionIds(hashes: readonly string[]): Promise<Uint32Array> {
    this.#checkOpen()
    return Uint32Array.from(hashes, (hash) => this.#findTxid(hash))
  }

  async transactions(txs: ArrayLike<Tx>): Promise<TransactionInfo[]> {
    this.#checkOpen()
    return Array.from(txs, (tx) => {
      const segment = this.segmentOfTx(tx)
      const local = tx - segment.record.firstTx
      const at = segment.blockAt(tx)
      const row = segment.u32('tx.row')
      return {
        tx,
        hash: hashHex(segment.u8('tx.hash').subarray(local * 32, local * 32 + 32)),
        block: segment.u32('block.height')[at] as number,
        time: segment.u32('block.time')[at] as number,
        firstRow: segment.record.firstRow + (row[local] as number),
        rows: (row[local + 1] as number) - (row[local] as number),
      }
    })
  }

  async blocks(txs: ArrayLike<Tx>): Promise<Float64Array> {
    this.#checkOpen()
    return Float64Array.from(txs, (tx) => {
      const segment = this.segmentOfTx(tx)
      return segment.u32('block.height')[segment.blockAt(tx)] as number
    })
  }

  /** Index of the output that each transfer fills; -1 where it fills none. */
  async sourceIndexes(rows: ArrayLike<Row>): Promise<Int32Array> {
    this.#checkOpen()
    return Int32Array.from(rows, (row) => {
      const segment = this.segments.find(({ record }) => row >= record.firstRow && row < record.firstRow + record.rows)
      if (segment === undefined) throw unknown('row', row)
      const first = segment.u32('tx.row')
      const local = lowerBound(first, row - segment.record.firstRow + 1) - 1
      const transfers = transfersOfTransaction(this.transaction(segment.record.firstTx + local))
      return transfers[row - segment.record.firstRow - (first[local] as number)]?.output ?? -1
    })
  }

  async rowAt(at: { readonly time: number } | { readonly block: number }): Promise<Row> {
    const tx = await this.txAt(at)
    if (tx === Number.POSITIVE_INFINITY) return this.manifest.transfers
    const segment = this.segmentOfTx(tx)
    return segment.record.firstRow + (segment.u32('tx.row')[tx - segment.record.firstTx] as number)
  }

  async txAt(at: { readonly time: number } | { readonly block: number }): Promise<Tx> {
    this.#checkOpen()
    let latest = Number.NEGATIVE_INFINITY
    for (const segment of this.segments) {
      const height = segment.u32('block.height')
      const time = segment.u32('block.time')
      let block = 0
      if ('block' in at) block = lowerBound(height, at.block)
      else {
        // Header times need not rise from block to block: the first block by whose end the time has been reached.
        for (; block < time.length; block++) {
          latest = Math.max(latest, time[block] as number)
          if (latest >= at.time) break
        }
      }
      if (block < height.length) return segment.record.firstTx + (segment.u32('block.tx')[block] as number)
    }
    return Number.POSITIVE_INFINITY
  }

  async balanceAt(account: AccountId, asset: number, row: Row): Promise<bigint> {
    this.#checkOpen()
    this.segmentOfAccount(account)
    if (asset !== 0) return 0n
    return balanceAfter(account, this.transfersOf([account], { toRow: row }))
  }

  async fees(accounts: ArrayLike<AccountId>): Promise<FeeTotal[]> {
    this.#checkOpen()
    return Array.from(accounts, (account) => {
      this.segmentOfAccount(account)
      const spenders = new Set(this.paidTo(account).map((output) => this.spenderOf(output)))
      let amount = 0n
      for (const tx of spenders) {
        if (tx === ABSENT) continue
        for (const fee of feesOfTransaction(this.transaction(tx))) if (fee.account === account) amount += fee.amount
      }
      return { account, amount }
    })
  }

  async bitcoinTransactions(txs: ArrayLike<Tx>): Promise<BitcoinTransaction[]> {
    this.#checkOpen()
    return Array.from(txs, (tx) => this.transaction(tx))
  }

  async outputs(outputs: ArrayLike<OutputId>): Promise<BitcoinOutput[]> {
    this.#checkOpen()
    return Array.from(outputs, (output) => this.output(output))
  }

  async outputIds(outpoints: readonly Outpoint[]): Promise<Float64Array> {
    this.#checkOpen()
    return Float64Array.from(outpoints, ({ txid, index }) => {
      const tx = this.#findTxid(txid)
      if (tx !== ABSENT) {
        const segment = this.segmentOfTx(tx)
        const { txOut, firstOutput } = segment.columns
        const local = tx - segment.record.firstTx
        const at = (txOut[local] as number) + index
        return Number.isInteger(index) && index >= 0 && at < (txOut[local + 1] as number) ? firstOutput + at : ABSENT
      }
      const words = txidWords(txid)
      return words === null ? ABSENT : this.findForeign(words, index)
    })
  }

  async outpoints(outputs: ArrayLike<OutputId>): Promise<Outpoint[]> {
    this.#checkOpen()
    return Array.from(outputs, (output) => {
      const { segment, foreign } = this.place(output)
      if (foreign !== -1) {
        return {
          txid: hashHex(segment.u8('foreign.hash').subarray(foreign * 32, foreign * 32 + 32)),
          index: segment.u32('foreign.index')[foreign] as number,
        }
      }
      const tx = segment.creatorOf(output) - segment.record.firstTx
      return {
        txid: hashHex(segment.u8('tx.hash').subarray(tx * 32, tx * 32 + 32)),
        index: output - segment.record.firstOutput - (segment.u32('tx.out')[tx] as number),
      }
    })
  }

  async outputsOf(account: AccountId): Promise<Float64Array> {
    this.#checkOpen()
    this.segmentOfAccount(account)
    return Float64Array.from(this.paidTo(account))
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const segment of this.segments) segment.close()
  }

  /** The columns for walks over the whole ledger; valid until it is closed. */
  table(): BitcoinTable {
    this.#checkOpen()
    this.#table ??= {
      runs: this.segments.map((segment) => segment.columns),
      transactions: this.manifest.transactions,
      outputs: this.manifest.outputs,
      accounts: this.manifest.accounts,
      accountOf: (output) => this.accountOf(output),
      satoshisOf: (output) => this.satoshisOf(output),
      scriptOf: (account) => this.segmentOfAccount(account).scriptTypeOf(account),
      creatorOf: (output) => this.creatorOf(output),
      spenderOf: (output) => this.spenderOf(output),
      timeOf: (tx) => {
        const segment = this.segmentOfTx(tx)
        return segment.u32('block.time')[segment.blockAt(tx)] as number
      },
    }
    return this.#table
  }

  *#batches(
    txs: readonly Tx[],
    window: RowWindow,
    wanted: (transfer: { from: AccountId; to: AccountId }) => boolean,
  ): Generator<TransferBatch> {
    let builder = new BatchBuilder()
    for (const tx of txs) {
      const segment = this.segmentOfTx(tx)
      const row = segment.u32('tx.row')
      const local = tx - segment.record.firstTx
      const first = segment.record.firstRow + (row[local] as number)
      const end = segment.record.firstRow + (row[local + 1] as number)
      if (end <= (window.fromRow ?? 0) || first >= (window.toRow ?? Number.POSITIVE_INFINITY)) continue
      for (const [k, transfer] of transfersOfTransaction(this.transaction(tx)).entries()) {
        const at = first + k
        if (at < (window.fromRow ?? 0) || at >= (window.toRow ?? Number.POSITIVE_INFINITY) || !wanted(transfer)) continue
        builder.add(at, tx, transfer, end - first === 1)
      }
      if (builder.length < BATCH_ROWS) continue
      yield builder.batch()
      this.#checkOpen()
      builder = new BatchBuilder()
    }
    if (builder.length > 0) yield builder.batch()
  }

  #findTxid(hash: string): Tx {
    const words = txidWords(hash)
    return words === null ? ABSENT : this.findKey(words)
  }

  #checkOpen(): void {
    if (this.#closed) throw new CordonError('ledger/closed', 'the ledger has been closed')
  }
}

function openSegments(
  directory: string,
  manifest: BitcoinManifest,
  { read = defaultReadMode(), folders }: { readonly read?: ReadMode; readonly folders?: ReadonlyMap<string, string> },
): BitcoinSegment[] {
  const opened: BitcoinSegment[] = []
  try {
    for (const record of manifest.segments)
      opened.push(new BitcoinSegment(folders?.get(record.name) ?? join(directory, record.name), record, read))
  } catch (error) {
    for (const segment of opened) segment.close()
    throw error
  }
  return opened
}

function rising(a: number, b: number): number {
  return a - b
}

/** A transaction id as people write it in words as the columns have it; null for what is none. */
function txidWords(txid: string): Uint32Array | null {
  if (!TXID.test(txid)) return null
  return new Uint32Array(Uint8Array.from(Buffer.from(txid.slice(-64), 'hex').reverse()).buffer)
}
