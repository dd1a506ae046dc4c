import type { BitcoinColumns } from '../../../ledger/index.ts'
import { LEAST_EQUAL } from './shape.ts'

/** Every rule for several owners asks for as many inputs as equal outputs, and for {@link LEAST_EQUAL} of these; all but Whirlpool, which has five, ask for an output more. */
const LEAST_INPUTS = LEAST_EQUAL
const LEAST_OUTPUTS = LEAST_EQUAL + 1

/** Up to here comparing each with each is faster than hashing. */
const FEW = 12

/** Steps past taken slots for each output, on average, beyond which somebody chose values that collide: the detectors decide then. */
const MOST_STEPS = 8

/** Slots of an open-addressed table, kept between calls: a slot counts only where its stamp is that of the running call. */
let slots = 1 << 12
let low = new Uint32Array(slots)
let high = new Uint32Array(slots)
let count = new Uint32Array(slots)
let stamp = new Uint32Array(slots)
let now = 0

/**
 * Whether transaction k of a run is worth asking {@link detectCoinJoin} about: at least three inputs, at least four outputs, three of them of one value. Never false for a transaction in which
 * that finds several owners; a Tx0, which one owner signs, may be passed over. Allocates only when a transaction has more outputs than any before it.
 */
export function mayBeCoinJoin(columns: BitcoinColumns, k: number): boolean {
  const { txIn, txOut } = columns
  if ((txIn[k + 1] as number) - (txIn[k] as number) < LEAST_INPUTS) return false
  const start = txOut[k] as number
  const end = txOut[k + 1] as number
  if (end - start < LEAST_OUTPUTS) return false
  return end - start <= FEW ? repeatsAmongFew(columns.outValue, start, end) : repeatsAmongMany(columns.outValue, start, end)
}

function repeatsAmongFew(value: Uint32Array, start: number, end: number): boolean {
  for (let i = start; i <= end - LEAST_EQUAL; i++) {
    let equal = 1
    const lo = value[2 * i]
    const hi = value[2 * i + 1]
    for (let j = i + 1; j < end; j++) if (value[2 * j] === lo && value[2 * j + 1] === hi && ++equal === LEAST_EQUAL) return true
  }
  return false
}

function repeatsAmongMany(value: Uint32Array, start: number, end: number): boolean {
  if (2 * (end - start) > slots) grow(2 * (end - start))
  if (++now === 0x1_0000_0000) {
    stamp.fill(0)
    now = 1
  }
  const mask = slots - 1
  let steps = MOST_STEPS * (end - start)
  for (let i = start; i < end; i++) {
    const lo = value[2 * i] as number
    const hi = value[2 * i + 1] as number
    let slot = mix(lo, hi) & mask
    while (stamp[slot] === now && (low[slot] !== lo || high[slot] !== hi)) {
      if (--steps < 0) return true
      slot = (slot + 1) & mask
    }
    if (stamp[slot] !== now) {
      stamp[slot] = now
      low[slot] = lo
      high[slot] = hi
      count[slot] = 1
    } else if (++(count[slot] as number) === LEAST_EQUAL) return true
  }
  return false
}

function mix(lo: number, hi: number): number {
  let hash = Math.imul(lo ^ Math.imul(hi, 0x9e37_79b1), 0x85eb_ca6b)
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2_ae35)
  return hash ^ (hash >>> 16)
}

function grow(least: number): void {
  while (slots < least) slots *= 2
  low = new Uint32Array(slots)
  high = new Uint32Array(slots)
  count = new Uint32Array(slots)
  stamp = new Uint32Array(slots)
  now = 0
}
