import { BASE } from './limbs.ts'

/** Runs that a new queue has room for: nearly every account is one clean run for ever. */
const FIRST_ROOM = 2

/**
 * A queue of runs for every pool: what `Lots` is, in columns. A run is an amount of one colour; neighbours of equal colour are one run, so colours alternate
 * and only that of the first is kept.
 *
 * Runs of a queue lie side by side in a ring inside one shared array, because taking many runs in a row is where the time goes: followed as links they
 * would miss the cache one by one. A ring has room for a power of two; a full one moves to twice the room and leaves its place to the next queue of that
 * size: what is in use is at most four times the longest that each queue ever was, and a run moves to a new place once on average.
 */
export class RunQueues {
  /** Amounts as (lo, hi): run k of a queue at 2·(start + ((head + k) & mask)). */
  amounts: Float64Array
  readonly start: Int32Array
  /** Room less one. */
  readonly mask: Int32Array
  readonly head: Int32Array
  readonly count: Int32Array
  /** Colour of the first run, 1 for stolen; of an empty queue, meaningless. */
  readonly colour: Uint8Array
  #used: number
  /** Places left behind, by the logarithm of their room. */
  readonly #free: number[][] = Array.from({ length: 32 }, () => [])

  constructor(pools: number) {
    this.amounts = new Float64Array(pools * FIRST_ROOM * 2)
    this.start = Int32Array.from({ length: pools }, (_, pool) => pool * FIRST_ROOM)
    this.mask = new Int32Array(pools).fill(FIRST_ROOM - 1)
    this.head = new Int32Array(pools)
    this.count = new Int32Array(pools)
    this.colour = new Uint8Array(pools)
    this.#used = pools * FIRST_ROOM
  }

  /** Add a run at the end, or to the last run when that is of its colour. */
  append(pool: number, colour: number, lo: number, hi: number): void {
    const count = this.count[pool] as number
    const mask = this.mask[pool] as number
    const end = (this.head[pool] as number) + count
    if (count === 0) this.colour[pool] = colour
    else if ((((this.colour[pool] as number) ^ (count - 1)) & 1) === colour) {
      const { amounts } = this
      const at = ((this.start[pool] as number) + ((end - 1) & mask)) * 2
      let low = (amounts[at] as number) + lo
      let high = (amounts[at + 1] as number) + hi
      if (low >= BASE) {
        low -= BASE
        high += 1
      }
      amounts[at] = low
      amounts[at + 1] = high
      return
    }
    if (count > mask) {
      this.#enlarge(pool)
      const at = ((this.start[pool] as number) + count) * 2
      this.amounts[at] = lo
      this.amounts[at + 1] = hi
    } else {
      const at = ((this.start[pool] as number) + (end & mask)) * 2
      this.amounts[at] = lo
      this.amounts[at + 1] = hi
    }
    this.count[pool] = count + 1
  }

  /** Move a full ring to twice its room, first run first. */
  #enlarge(pool: number): void {
    const room = (this.mask[pool] as number) + 1
    const size = 31 - Math.clz32(room)
    const from = this.start[pool] as number
    const head = (this.head[pool] as number) & (room - 1)
    const to = this.#free[size + 1]?.pop() ?? this.#fresh(room * 2)
    const { amounts } = this
    amounts.copyWithin(to * 2, (from + head) * 2, (from + room) * 2)
    amounts.copyWithin((to + room - head) * 2, from * 2, (from + head) * 2)
    this.#free[size]?.push(from)
    this.start[pool] = to
    this.mask[pool] = room * 2 - 1
    this.head[pool] = 0
  }

  #fresh(room: number): number {
    const at = this.#used
    this.#used += room
    if (this.#used * 2 > this.amounts.length) {
      const { amounts } = this
      this.amounts = new Float64Array(Math.max(amounts.length * 2, this.#used * 2))
      this.amounts.set(amounts)
    }
    return at
  }

  /** Sets `sum[at]` to what a queue holds that is stolen. */
  stolen(pool: number, sum: Float64Array, at: number): void {
    const { amounts } = this
    const start = this.start[pool] as number
    const head = this.head[pool] as number
    const mask = this.mask[pool] as number
    let lo = 0
    let hi = 0
    for (let k = 1 - (this.colour[pool] as number); k < (this.count[pool] as number); k += 2) {
      const run = (start + ((head + k) & mask)) * 2
      lo += amounts[run] as number
      hi += amounts[run + 1] as number
      if (lo >= BASE) {
        lo -= BASE
        hi += 1
      }
    }
    sum[at] = lo
    sum[at + 1] = hi
  }
}
