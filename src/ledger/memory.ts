import { createHash } from 'node:crypto'
import { type Asset, type AssetId, type ChainId, CordonError, ETHEREUM } from '../chain/index.ts'
import {
  ABSENT,
  type AccountId,
  type FeeTotal,
  type Ledger,
  type LedgerManifest,
  type Row,
  type RowWindow,
  type TransactionInfo,
  type TransferBatch,
  type Tx,
} from './ledger.ts'

/** One transfer of a ledger in memory. Rows of one transaction stand together. */
export interface MemoryRow {
  readonly block: number
  /** Seconds since 1970 UTC, or null. */
  readonly time: number | null
  readonly hash: string
  /** Any name does; letter case is folded. */
  readonly from: string
  readonly to: string
  readonly asset: AssetId
  /** Base units, 0 <= value < 2^256. */
  readonly value: bigint
  /** Log or trace index; none when left out. */
  readonly index?: number
}

export interface MemoryOptions {
  readonly chain?: ChainId
  readonly genesis?: boolean
  readonly lossy?: boolean
  readonly orderNotes?: readonly string[]
  /** Decimals and symbols of assets; assets that are not named here have none. */
  readonly assets?: readonly Asset[]
  readonly fees?: readonly { readonly payer: string; readonly amount: bigint }[]
}

const BATCH_ROWS = 65_536
const VALUE_LIMIT = 1n << 256n

interface Transaction {
  readonly hash: string
  readonly block: number
  readonly time: number | null
  readonly firstRow: number
  rows: number
}

/**
 * A ledger from a list of transfers in chain order, for tests and small worked examples: plain, slow and easy to check by reading.
 * Accounts and assets are numbered by first appearance (sender before receiver), as in the ledger on disk.
 *
 * @throws CordonError `ledger/order` when blocks fall or a transaction's rows do not stand together, `ledger/value` outside 0..2^256-1
 */
export function memoryLedger(rows: readonly MemoryRow[], options: MemoryOptions = {}): Ledger {
  const names: string[] = []
  const idOfName = new Map<string, number>()
  const assets: Asset[] = []
  const idOfAsset = new Map<AssetId, number>()
  const transactions: Transaction[] = []
  const txOfHash = new Map<string, number>()
  const from: number[] = []
  const to: number[] = []
  const asset: number[] = []
  const tx: number[] = []
  const touching: number[][] = []
  const sent: number[] = []
  const received: number[] = []
  const fees = new Map<string, bigint>()

  const account = (name: string): number => {
    const key = name.toLowerCase()
    let id = idOfName.get(key)
    if (id === undefined) {
      id = names.length
      idOfName.set(key, id)
      names.push(key)
      touching.push([])
      sent.push(0)
      received.push(0)
    }
    return id
  }

  for (const [row, transfer] of rows.entries()) {
    if (transfer.value < 0n || transfer.value >= VALUE_LIMIT) {
      throw new CordonError('ledger/value', `row ${row}: value ${transfer.value} is not between 0 and 2^256-1`)
    }
    const hash = transfer.hash.toLowerCase()
    const last = transactions.at(-1)
    if (last !== undefined && transfer.block < last.block) {
      throw new CordonError('ledger/order', `row ${row}: block ${transfer.block} follows block ${last.block}; rows must be in chain order`)
    }
    if (last !== undefined && last.hash === hash && last.block === transfer.block) last.rows++
    else {
      if (txOfHash.has(hash)) throw new CordonError('ledger/order', `row ${row}: the rows of transaction ${hash} do not stand together`)
      txOfHash.set(hash, transactions.length)
      transactions.push({ hash, block: transfer.block, time: transfer.time, firstRow: row, rows: 1 })
    }
    let assetIndex = idOfAsset.get(transfer.asset)
    if (assetIndex === undefined) {
      assetIndex = assets.length
      idOfAsset.set(transfer.asset, assetIndex)
      assets.push(options.assets?.find((known) => known.id === transfer.asset) ?? { id: transfer.asset, decimals: null, symbol: null })
    }
    const sender = account(transfer.from)
    const receiver = account(transfer.to)
    from.push(sender)
    to.push(receiver)
    asset.push(assetIndex)
    tx.push(transactions.length - 1)
    touching[sender]?.push(row)
    if (receiver !== sender) touching[receiver]?.push(row)
    sent[sender] = (sent[sender] ?? 0) + 1
    received[receiver] = (received[receiver] ?? 0) + 1
  }
  for (const fee of options.fees ?? []) {
    const payer = fee.payer.toLowerCase()
    fees.set(payer, (fees.get(payer) ?? 0n) + fee.amount)
  }

  const transactionOf = (id: Tx): Transaction => {
    const found = transactions[id]
    if (found === undefined) throw new CordonError('ledger/unknown-transaction', `the ledger has no transaction number ${id}`)
    return found
  }
  const nameOf = (id: AccountId): string => {
    const name = names[id]
    if (name === undefined) throw new CordonError('ledger/unknown-account', `the ledger has no account number ${id}`)
    return name
  }
  const rowOf = (row: Row): MemoryRow => {
    const found = rows[row]
    if (found === undefined) throw new CordonError('ledger/unknown-row', `the ledger has no row ${row}`)
    return found
  }
  const take = (column: readonly number[], chosen: readonly number[]): Uint32Array => Uint32Array.from(chosen, (row) => column[row] ?? 0)

  function* batchesOf(chosen: readonly number[]): Generator<TransferBatch> {
    for (let start = 0; start < chosen.length; start += BATCH_ROWS) {
      const part = chosen.slice(start, start + BATCH_ROWS)
      yield {
        length: part.length,
        row: Uint32Array.from(part),
        tx: take(tx, part),
        from: take(from, part),
        to: take(to, part),
        asset: take(asset, part),
        value: { length: part.length, get: (i) => rowOf(part[i] ?? ABSENT).value },
        alone: Uint8Array.from(part, (row) => (transactionOf(tx[row] ?? ABSENT).rows === 1 ? 1 : 0)),
      }
    }
  }

  const first = transactions[0]
  const last = transactions.at(-1)
  const times = transactions.flatMap((transaction) => (transaction.time === null ? [] : [transaction.time]))
  const manifest: LedgerManifest = {
    schema: 1,
    chain: options.chain ?? ETHEREUM,
    hash: hashOf(rows, options),
    assets,
    transfers: rows.length,
    transactions: transactions.length,
    accounts: names.length,
    blocks: first && last ? { first: first.block, last: last.block } : null,
    time: times.length > 0 ? { first: times.reduce((a, b) => Math.min(a, b)), last: times.reduce((a, b) => Math.max(a, b)) } : null,
    lossy: options.lossy ?? false,
    genesis: options.genesis ?? false,
    orderNotes: options.orderNotes ?? [],
    sources: [],
  }

  return {
    manifest,
    accountIds: async (addresses) => Uint32Array.from(addresses, (address) => idOfName.get(address.toLowerCase()) ?? ABSENT),
    addresses: async (accounts) => Array.from(accounts, nameOf),
    degrees: async (accounts) => ({
      out: Float64Array.from(accounts, (id) => sent[id] ?? 0),
      in: Float64Array.from(accounts, (id) => received[id] ?? 0),
    }),
    async *transfersOf(accounts, window: RowWindow = {}) {
      const chosen = new Set<number>()
      for (const id of Array.from(accounts)) {
        nameOf(id)
        for (const row of touching[id] ?? []) {
          if (row >= (window.fromRow ?? 0) && row < (window.toRow ?? rows.length)) chosen.add(row)
        }
      }
      yield* batchesOf([...chosen].sort((a, b) => a - b))
    },
    async *transfersIn(txs) {
      const chosen = [...new Set(Array.from(txs))].sort((a, b) => a - b)
      yield* batchesOf(
        chosen.flatMap((id) => {
          const transaction = transactionOf(id)
          return Array.from({ length: transaction.rows }, (_, i) => transaction.firstRow + i)
        }),
      )
    },
    transactionIds: async (hashes) => Uint32Array.from(hashes, (hash) => txOfHash.get(hash.toLowerCase()) ?? ABSENT),
    transactions: async (txs) =>
      Array.from(txs, (id): TransactionInfo => {
        const transaction = transactionOf(id)
        return { tx: id, ...transaction }
      }),
    blocks: async (txs) => Float64Array.from(txs, (id) => transactionOf(id).block),
    sourceIndexes: async (wanted) => Int32Array.from(wanted, (row) => rowOf(row).index ?? -1),
    rowAt: async (at) => {
      const found =
        'time' in at ? rows.findIndex((row) => row.time !== null && row.time >= at.time) : rows.findIndex((row) => row.block >= at.block)
      return found === -1 ? rows.length : found
    },
    balanceAt: async (id, assetIndex, row) => {
      nameOf(id)
      let balance = 0n
      for (const near of touching[id] ?? []) {
        if (near >= row || asset[near] !== assetIndex) continue
        if (to[near] === id) balance += rowOf(near).value
        if (from[near] === id) balance -= rowOf(near).value
      }
      return balance
    },
    fees: async (accounts) => Array.from(accounts, (id): FeeTotal => ({ account: id, amount: fees.get(nameOf(id)) ?? 0n })),
    close: async () => {},
  }
}

function hashOf(rows: readonly MemoryRow[], options: MemoryOptions): string {
  const text = JSON.stringify([rows, options], (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))
  return createHash('sha256').update(text).digest('hex')
}
