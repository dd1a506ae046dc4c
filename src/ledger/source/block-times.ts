import type { Duck } from './duck.ts'
import { chunksOf, words } from './duck.ts'

/** Times of blocks, asked mostly in rising order. */
export interface BlockTimes {
  readonly size: number
  /** Unix seconds, -1 when the block is not known. */
  of(block: number): number
}

/** Reads a relation of (block, seconds). The first time wins where a block is listed twice. */
export async function readBlockTimes(duck: Duck, relation: string): Promise<BlockTimes> {
  const result = await duck.stream(
    `SELECT block, CAST(min(time) AS DOUBLE) AS time FROM (${relation}) WHERE block IS NOT NULL AND time IS NOT NULL GROUP BY block ORDER BY block`,
  )
  const blocks: Uint32Array[] = []
  const times: Float64Array[] = []
  for await (const chunk of chunksOf(result)) {
    const seconds = words(chunk.getColumnVector(1)).slice()
    blocks.push(words(chunk.getColumnVector(0)).slice())
    times.push(new Float64Array(seconds.buffer))
  }
  return lookup(
    joined(blocks, (n) => new Uint32Array(n)),
    joined(times, (n) => new Float64Array(n)),
  )
}

function lookup(block: Uint32Array, time: Float64Array): BlockTimes {
  let last = 0
  return {
    size: block.length,
    of(wanted) {
      if (block[last] === wanted) return time[last]!
      if (block[last + 1] === wanted) return time[++last]!
      let low = 0
      let high = block.length
      while (low < high) {
        const middle = (low + high) >>> 1
        if (block[middle]! < wanted) low = middle + 1
        else high = middle
      }
      if (block[low] !== wanted) return -1
      last = low
      return time[low]!
    },
  }
}

function joined<T extends Uint32Array | Float64Array>(parts: readonly T[], make: (n: number) => T): T {
  const all = make(parts.reduce((n, part) => n + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
