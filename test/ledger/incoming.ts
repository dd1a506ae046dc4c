import { type Asset, ETHEREUM } from '../../src/chain/index.ts'
import type { IncomingBatch, IncomingFees, IncomingTransfers, MemoryOptions, MemoryRow } from '../../src/ledger/index.ts'

/** Fees with the transaction that they were paid for. */
export interface IncomingFeeRow {
  readonly payer: string
  readonly amount: bigint
  readonly hash?: string
}

export interface IncomingOptions extends MemoryOptions {
  readonly batchRows?: number
  readonly feeRows?: readonly IncomingFeeRow[]
  /** Runs before each batch is given out. */
  readonly before?: (batch: number) => void | Promise<void>
}

/** Transfers as a reader would hand them over, from plain rows. */
export function incomingOf(rows: readonly MemoryRow[], options: IncomingOptions = {}): IncomingTransfers {
  const assets: Asset[] = []
  const numberOf = (id: string): number => {
    const found = assets.findIndex((asset) => asset.id === id)
    if (found !== -1) return found
    return assets.push(options.assets?.find((asset) => asset.id === id) ?? { id, decimals: null, symbol: null }) - 1
  }
  const step = options.batchRows ?? 7
  const feeRows: readonly IncomingFeeRow[] = options.feeRows ?? options.fees ?? []
  return {
    chain: options.chain ?? ETHEREUM,
    assets,
    async *batches() {
      for (let begin = 0, batch = 0; begin < rows.length; begin += step) {
        await options.before?.(batch++)
        yield batchOf(rows.slice(begin, begin + step), numberOf)
      }
    },
    async *fees() {
      if (feeRows.length > 0) yield feesOf(feeRows)
    },
    sources: [
      {
        file: 'rows',
        format: 'test',
        bytes: 0,
        sha256: null,
        rowsRead: rows.length,
        transfers: rows.length,
        refused: 0,
        lacks: [],
        lossy: false,
      },
    ],
    orderNotes: options.orderNotes ?? [],
    lossy: options.lossy ?? false,
    genesis: options.genesis ?? false,
    refused: { count: 0, rows: [] },
    close: async () => {},
  }
}

function batchOf(rows: readonly MemoryRow[], numberOf: (asset: string) => number): IncomingBatch {
  const value = new Uint32Array(rows.length * 4)
  const wide = new Map<number, bigint>()
  for (const [i, row] of rows.entries()) {
    for (let k = 0; k < 4; k++) value[i * 4 + k] = Number((row.value >> BigInt(k * 32)) & 0xffff_ffffn)
    if (row.value >= 1n << 128n) wide.set(i, row.value)
  }
  return {
    length: rows.length,
    block: Uint32Array.from(rows, (row) => row.block),
    time: Float64Array.from(rows, (row) => row.time ?? -1),
    txIndex: new Int32Array(rows.length).fill(-1),
    index: Int32Array.from(rows, (row) => row.index ?? -1),
    kind: new Uint8Array(rows.length).fill(2),
    hash: hashWords(rows.map((row) => row.hash)),
    from: addressWords(rows.map((row) => row.from)),
    to: addressWords(rows.map((row) => row.to)),
    asset: Uint32Array.from(rows, (row) => numberOf(row.asset)),
    value,
    wide: wide.size > 0 ? wide : null,
  }
}

function feesOf(rows: readonly IncomingFeeRow[]): IncomingFees {
  const amount = new Uint32Array(rows.length * 2)
  for (const [i, row] of rows.entries()) {
    amount[i * 2] = Number(row.amount & 0xffff_ffffn)
    amount[i * 2 + 1] = Number(row.amount >> 32n)
  }
  const none = `0x${'ee'.repeat(32)}`
  return {
    length: rows.length,
    hash: hashWords(rows.map((row) => row.hash ?? none)),
    payer: addressWords(rows.map((row) => row.payer)),
    amount,
  }
}

/** Words of 64 bits: each number of 16 hex digits as (low, high). */
function longWord(texts: readonly string[], digit: number): Uint32Array {
  const words = new Uint32Array(texts.length * 2)
  for (const [i, text] of texts.entries()) {
    words[i * 2 + 1] = Number.parseInt(text.slice(2 + digit, 10 + digit), 16)
    words[i * 2] = Number.parseInt(text.slice(10 + digit, 18 + digit), 16)
  }
  return words
}

function hashWords(texts: readonly string[]): IncomingBatch['hash'] {
  return [longWord(texts, 0), longWord(texts, 16), longWord(texts, 32), longWord(texts, 48)]
}

function addressWords(texts: readonly string[]): IncomingBatch['from'] {
  return [longWord(texts, 0), longWord(texts, 16), Uint32Array.from(texts, (text) => Number.parseInt(text.slice(34, 42), 16))]
}

/**
 * Rows `[first, end)` of an endless made-up ledger, straight as columns: for tests that need hundreds of thousands. Five rows a block, each
 * its own transaction, 97 senders and 89 receivers, values of every width up to 128 bits.
 */
export function numberedTransfers(first: number, end: number, batchRows: number): IncomingTransfers {
  const spread = (n: number, salt: number): number => Math.imul(n + 1, 0x9e3779b1 + 2 * salt) >>> 0
  const pairs = (length: number, number: (i: number) => number, salt: number): Uint32Array =>
    Uint32Array.from({ length: length * 2 }, (_, i) => spread(number(i >> 1), salt + (i & 1)))
  return {
    ...incomingOf([]),
    assets: [{ id: 'eip155:1/slip44:60', decimals: 18, symbol: 'ETH' }],
    async *batches() {
      for (let begin = first; begin < end; begin += batchRows) {
        const length = Math.min(batchRows, end - begin)
        const column = (make: (n: number) => number): Uint32Array => Uint32Array.from({ length }, (_, i) => make(begin + i))
        const words = (make: (n: number) => number, salt: number): Uint32Array => pairs(length, (i) => make(begin + i), salt)
        const sender = (n: number): number => (n * 7) % 97
        const receiver = (n: number): number => (n * 11) % 89
        yield {
          length,
          block: column((n) => 1 + Math.floor(n / 5)),
          time: Float64Array.from(column((n) => 1000 + Math.floor(n / 5))),
          txIndex: new Int32Array(length).fill(-1),
          index: Int32Array.from(column((n) => n % 200)),
          kind: new Uint8Array(length).fill(2),
          hash: [words((n) => n, 1), words((n) => n, 3), words((n) => n, 5), words((n) => n, 7)],
          from: [words(sender, 11), words(sender, 13), column((n) => spread(sender(n), 15))],
          to: [words(receiver, 17), words(receiver, 19), column((n) => spread(receiver(n), 21))],
          asset: new Uint32Array(length),
          value: Uint32Array.from({ length: length * 4 }, (_, i) => ((i & 3) <= (begin + (i >> 2)) % 4 ? spread(begin * 4 + i, 23) : 0)),
          wide: null,
        }
      }
    },
  }
}
