import { BASE } from './limbs.ts'
import type { ColumnPools } from './pools.ts'
import { RunQueues } from './runs.ts'

/** LIFO in columns; see `policies/lifo.ts` for the rule. */
export class LifoColumns implements ColumnPools {
  readonly amount = new Float64Array(4)
  readonly #queues: RunQueues

  constructor(pools: number) {
    this.#queues = new RunQueues(pools)
  }

  put(pool: number, stolen: boolean): void {
    this.#queues.append(pool, stolen ? 1 : 0, this.amount[0] as number, this.amount[1] as number)
  }

  /** The newest runs pass one by one, newest first, to the end of the other queue, the last of them perhaps in part. */
  move(from: number, to: number): void {
    const { amount } = this
    const queues = this.#queues
    const start = queues.start[from] as number
    const mask = queues.mask[from] as number
    const head = queues.head[from] as number
    let count = queues.count[from] as number
    let colour = ((queues.colour[from] as number) ^ (count - 1)) & 1
    let lo = amount[0] as number
    let hi = amount[1] as number
    let stolenLo = 0
    let stolenHi = 0
    while (lo !== 0 || hi !== 0) {
      if (count === 0) throw new RangeError('more was taken from a pool than it holds')
      const { amounts } = queues
      const at = (start + ((head + count - 1) & mask)) * 2
      let runLo = amounts[at] as number
      let runHi = amounts[at + 1] as number
      if (runHi > hi || (runHi === hi && runLo > lo)) {
        const leftLo = runLo - lo
        amounts[at] = leftLo < 0 ? leftLo + BASE : leftLo
        amounts[at + 1] = leftLo < 0 ? runHi - hi - 1 : runHi - hi
        runLo = lo
        runHi = hi
        lo = 0
        hi = 0
      } else {
        lo -= runLo
        hi -= runHi
        if (lo < 0) {
          lo += BASE
          hi -= 1
        }
        count -= 1
      }
      queues.append(to, colour, runLo, runHi)
      if (colour === 1) {
        stolenLo += runLo
        stolenHi += runHi
        if (stolenLo >= BASE) {
          stolenLo -= BASE
          stolenHi += 1
        }
      }
      colour ^= 1
    }
    queues.count[from] = count
    amount[2] = stolenLo
    amount[3] = stolenHi
  }

  clear(pool: number): void {
    this.#queues.count[pool] = 0
  }

  stolen(pool: number): void {
    this.#queues.stolen(pool, this.amount, 2)
  }
}
