import type { DuckDBDataChunk, DuckDBListValue } from '@duckdb/node-api'
import { type IncomingBatch, KIND } from '../batch.ts'
import type { AssetTable } from './assets.ts'
import { type CheckedRow, checkRow, slowTexts } from './check-row.ts'
import { bytes, words } from './duck.ts'

/** Rows of a batch: large enough that a batch costs little, small enough that a few of them fit the cache of the next stage. */
const BATCH = 65_536
/** Marks, in the kind column, a row whose texts come along for `checkRow`. */
export const SLOW_BIT = 0x80
const SIGN = 0x8000_0000

/** The SELECT list over an encoded relation that `Assembler.take` expects. */
export const STREAMED = `block, coalesce(txi, -1) AS txi, coalesce(idx, -1) AS idx, (kind | CASE WHEN slow IS NULL THEN 0 ELSE ${SLOW_BIT} END)::UTINYINT AS kind,
  CAST(coalesce(time, -1) AS DOUBLE) AS time, h1, h2, f, t, a, tails, value, file, slow`

type Mutable = {
  block: Uint32Array
  time: Float64Array
  txIndex: Int32Array
  index: Int32Array
  kind: Uint8Array
  hash: [Uint32Array, Uint32Array, Uint32Array, Uint32Array]
  from: [Uint32Array, Uint32Array, Uint32Array]
  to: [Uint32Array, Uint32Array, Uint32Array]
  asset: Uint32Array
  value: Uint32Array
  wide: Map<number, bigint> | null
}

export interface AssemblerOptions {
  readonly assets: AssetTable
  readonly refuse: (file: number, line: number, field: string, reason: string) => void
  /** Time of a block where rows have none; -1 when unknown. Asked in the order of the rows. */
  readonly timeOf: ((block: number) => number) | null
}

/** Makes batches of DuckDB's chunks by copying their memory. Each batch is its own memory: nothing is re-used. */
export class Assembler {
  /** Transfers by file. */
  readonly transfers = new Map<number, number>()
  /** Token transfers with the same block and log index as the one before. */
  repeats = 0
  readonly #options: AssemblerOptions
  #batch = allocate()
  #length = 0
  #lastBlock = -1
  #lastIndex = -1

  constructor(options: AssemblerOptions) {
    this.#options = options
  }

  /** Takes a chunk in and returns the batches that it filled. */
  take(chunk: DuckDBDataChunk): IncomingBatch[] {
    const filled: IncomingBatch[] = []
    const rows = chunk.rowCount
    const vector = (i: number) => chunk.getColumnVector(i)
    const [block, txi, idx, kind, time] = [words(vector(0)), words(vector(1)), words(vector(2)), bytes(vector(3)), words(vector(4))]
    const [h1, h2, f, t, a, tails, value, file] = [5, 6, 7, 8, 9, 10, 11, 12].map((i) => words(vector(i))) as Uint32Array[] as [
      Uint32Array,
      Uint32Array,
      Uint32Array,
      Uint32Array,
      Uint32Array,
      Uint32Array,
      Uint32Array,
      Uint32Array,
    ]
    const times = new Float64Array(time.buffer, time.byteOffset, rows)
    const { assets, timeOf } = this.#options
    let counted = 0
    let countedFile = rows > 0 ? file[0]! : 0
    for (let i = 0; i < rows; i++) {
      if (this.#length === BATCH) filled.push(this.#finish())
      const b = this.#batch
      const n = this.#length
      if (file[i] !== countedFile) {
        this.#count(countedFile, counted)
        countedFile = file[i]!
        counted = 0
      }
      if (kind[i]! >= SLOW_BIT) {
        const texts = slowTexts((vector(13).getItem(i) as DuckDBListValue).items as (string | null)[])
        const checked = checkRow(texts)
        if (checked.row === null) {
          this.#options.refuse(countedFile, Number(texts.line ?? 0), checked.fault.field, checked.fault.reason)
          continue
        }
        this.#put(n, checked.row, kind[i]! & ~SLOW_BIT)
      } else {
        const j = 4 * i
        const two = 2 * n
        b.block[n] = block[i]!
        b.txIndex[n] = txi[i]!
        b.index[n] = idx[i]!
        b.kind[n] = kind[i]!
        b.time[n] = times[i]!
        b.hash[0][two] = h1[j + 2]!
        b.hash[0][two + 1] = h1[j + 3]! ^ SIGN
        b.hash[1][two] = h1[j]!
        b.hash[1][two + 1] = h1[j + 1]!
        b.hash[2][two] = h2[j + 2]!
        b.hash[2][two + 1] = h2[j + 3]! ^ SIGN
        b.hash[3][two] = h2[j]!
        b.hash[3][two + 1] = h2[j + 1]!
        b.from[0][two] = f[j + 2]!
        b.from[0][two + 1] = f[j + 3]! ^ SIGN
        b.from[1][two] = f[j]!
        b.from[1][two + 1] = f[j + 1]!
        b.from[2][n] = tails[j + 3]! ^ SIGN
        b.to[0][two] = t[j + 2]!
        b.to[0][two + 1] = t[j + 3]! ^ SIGN
        b.to[1][two] = t[j]!
        b.to[1][two + 1] = t[j + 1]!
        b.to[2][n] = tails[j + 2]!
        b.asset[n] = assets.find(a[j]!, a[j + 1]!, a[j + 2]!, (a[j + 3]! ^ SIGN) >>> 0, tails[j + 1]!)
        b.value[4 * n] = value[j]!
        b.value[4 * n + 1] = value[j + 1]!
        b.value[4 * n + 2] = value[j + 2]!
        b.value[4 * n + 3] = value[j + 3]!
      }
      if (timeOf !== null && b.time[n] === -1) b.time[n] = timeOf(b.block[n]!)
      if (b.kind[n] === KIND.token) {
        if (b.index[n] === this.#lastIndex && b.block[n] === this.#lastBlock && this.#lastIndex >= 0) this.repeats++
        this.#lastIndex = b.index[n]!
        this.#lastBlock = b.block[n]!
      }
      counted++
      this.#length = n + 1
    }
    this.#count(countedFile, counted)
    return filled
  }

  /** What is left at the end. */
  rest(): IncomingBatch | null {
    return this.#length === 0 ? null : this.#finish()
  }

  #count(file: number, rows: number): void {
    this.transfers.set(file, (this.transfers.get(file) ?? 0) + rows)
  }

  #put(n: number, row: CheckedRow, kind: number): void {
    const b = this.#batch
    b.block[n] = row.block
    b.txIndex[n] = row.txIndex
    b.index[n] = row.index
    b.kind[n] = kind
    b.time[n] = row.time
    for (let k = 0; k < 4; k++) putWord(b.hash[k]!, n, row.hash, 2 + 16 * k)
    for (let k = 0; k < 2; k++) putWord(b.from[k]!, n, row.from, 2 + 16 * k)
    for (let k = 0; k < 2; k++) putWord(b.to[k]!, n, row.to, 2 + 16 * k)
    b.from[2][n] = word(row.from, 34)
    b.to[2][n] = word(row.to, 34)
    b.asset[n] = this.#options.assets.find(
      word(row.asset, 26),
      word(row.asset, 18),
      word(row.asset, 10),
      word(row.asset, 2),
      word(row.asset, 34),
    )
    for (let k = 0; k < 4; k++) b.value[4 * n + k] = Number((row.value >> BigInt(32 * k)) & 0xffff_ffffn)
    if (row.value >> 128n > 0n) {
      b.wide ??= new Map()
      b.wide.set(n, row.value)
    }
  }

  #finish(): IncomingBatch {
    const b = this.#batch
    const n = this.#length
    this.#batch = allocate()
    this.#length = 0
    if (n === BATCH) return { length: n, ...b }
    return {
      length: n,
      block: b.block.subarray(0, n),
      time: b.time.subarray(0, n),
      txIndex: b.txIndex.subarray(0, n),
      index: b.index.subarray(0, n),
      kind: b.kind.subarray(0, n),
      hash: [b.hash[0].subarray(0, 2 * n), b.hash[1].subarray(0, 2 * n), b.hash[2].subarray(0, 2 * n), b.hash[3].subarray(0, 2 * n)],
      from: [b.from[0].subarray(0, 2 * n), b.from[1].subarray(0, 2 * n), b.from[2].subarray(0, n)],
      to: [b.to[0].subarray(0, 2 * n), b.to[1].subarray(0, 2 * n), b.to[2].subarray(0, n)],
      asset: b.asset.subarray(0, n),
      value: b.value.subarray(0, 4 * n),
      wide: b.wide,
    }
  }
}

function allocate(): Mutable {
  const pairs = () => new Uint32Array(2 * BATCH)
  return {
    block: new Uint32Array(BATCH),
    time: new Float64Array(BATCH),
    txIndex: new Int32Array(BATCH),
    index: new Int32Array(BATCH),
    kind: new Uint8Array(BATCH),
    hash: [pairs(), pairs(), pairs(), pairs()],
    from: [pairs(), pairs(), new Uint32Array(BATCH)],
    to: [pairs(), pairs(), new Uint32Array(BATCH)],
    asset: new Uint32Array(BATCH),
    value: new Uint32Array(4 * BATCH),
    wide: null,
  }
}

/** Eight hex digits of a text as a number. */
function word(hex: string, at: number): number {
  return Number.parseInt(hex.slice(at, at + 8), 16)
}

/** Sixteen hex digits as (low, high). */
function putWord(target: Uint32Array, n: number, hex: string, at: number): void {
  target[2 * n] = word(hex, at + 8)
  target[2 * n + 1] = word(hex, at)
}
