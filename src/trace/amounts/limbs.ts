import type { TransferBatch, ValueColumn } from '../../ledger/index.ts'

/**
 * Amounts as two exact integers in doubles: `lo` below 2^50 and `hi`, value = hi·2^50 + lo. No object is made for an amount, so a replay of a million
 * transfers leaves nothing for the garbage collector.
 *
 * An amount in a pool is below 2^100 (1.2·10^12 tokens of 18 decimals), which `openingAmounts` establishes for all that a replay can ever
 * hold before it begins; an asset beyond that is replayed in BigInt. Fifty bits and not fifty-three, because a product of two amounts is then four
 * 25-bit digits a side, whose columns sum to less than 2^53.
 *
 * Between -2^53 and 2^53 `hi` is exact also where it is negative: a balance that falls below zero is (negative hi, lo >= 0).
 */
export const BASE = 2 ** 50
/** `hi` of an amount is below this. */
export const HIGH_LIMIT = 2 ** 50

const SHIFT = 50n
const LIMIT = 1n << 100n
const LOWEST_WORDS = (1n << 64n) - 1n

export interface Amounts {
  readonly lo: Float64Array
  readonly hi: Float64Array
}

type WordColumn = Required<ValueColumn>

function hasWords(column: ValueColumn): column is WordColumn {
  return column.words !== undefined
}

/** The values of all batches in a row; null when one of them is 2^100 or more. */
export function readAmounts(batches: readonly TransferBatch[]): Amounts | null {
  const length = batches.reduce((sum, batch) => sum + batch.length, 0)
  const lo = new Float64Array(length)
  const hi = new Float64Array(length)
  let at = 0
  for (const { value, length: rows } of batches) {
    const fits = hasWords(value) ? readWords(value, lo, hi, at) : readEach(value, lo, hi, at)
    if (!fits) return null
    at += rows
  }
  return { lo, hi }
}

function readWords(column: WordColumn, lo: Float64Array, hi: Float64Array, at: number): boolean {
  const words = new Uint32Array(column.length * 4)
  if (!column.words(words)) return false
  for (let i = 0; i < column.length; i++) if (!split(words, i * 4, lo, hi, at + i)) return false
  return true
}

function readEach(column: ValueColumn, lo: Float64Array, hi: Float64Array, at: number): boolean {
  // A BigInt stored into an array of words is cut up without another BigInt (columns of a ledger are little-endian everywhere).
  const halves = new BigUint64Array(2)
  const words = new Uint32Array(halves.buffer)
  for (let i = 0; i < column.length; i++) {
    const value = column.get(i)
    if (value >= LIMIT) return false
    halves[0] = value
    halves[1] = value > LOWEST_WORDS ? value >> 64n : 0n
    split(words, 0, lo, hi, at + i)
  }
  return true
}

/** Four 32-bit words as (lo, hi); false when they are 2^100 or more. */
function split(words: Uint32Array, from: number, lo: Float64Array, hi: Float64Array, at: number): boolean {
  const second = words[from + 1] as number
  const fourth = words[from + 3] as number
  lo[at] = (words[from] as number) + (second & 0x3_ffff) * 0x1_0000_0000
  hi[at] = (second >>> 18) + (words[from + 2] as number) * 0x4000 + fourth * 0x4000_0000_0000
  return fourth < 16
}

export function bigintOf(lo: number, hi: number): bigint {
  return hi === 0 ? BigInt(lo) : (BigInt(hi) << SHIFT) | BigInt(lo)
}

/** Writes an amount below 2^100 at `target[at]` (lo) and `target[at + 1]` (hi). */
export function writeAmount(value: bigint, target: Float64Array, at: number): void {
  target[at] = Number(BigInt.asUintN(50, value))
  target[at + 1] = Number(value >> SHIFT)
}

/** Adds (lo, hi) to the amount at `state[at]`. */
export function add(state: Float64Array, at: number, lo: number, hi: number): void {
  let low = (state[at] as number) + lo
  let high = (state[at + 1] as number) + hi
  if (low >= BASE) {
    low -= BASE
    high += 1
  }
  state[at] = low
  state[at + 1] = high
}

/** Takes (lo, hi) from the amount at `state[at]`, which must be at least as much. */
export function subtract(state: Float64Array, at: number, lo: number, hi: number): void {
  let low = (state[at] as number) - lo
  let high = (state[at + 1] as number) - hi
  if (low < 0) {
    low += BASE
    high -= 1
  }
  state[at] = low
  state[at + 1] = high
}
