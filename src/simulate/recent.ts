import type { Random } from './random.ts'

/** The last so many (a, b, c) triples, to draw from at random. */
export interface Recent {
  push(a: number, b: number, c: number): void
  /** Index of a random entry, or -1 while there is none. */
  draw(random: Random): number
  readonly a: Float64Array
  readonly b: Float64Array
  readonly c: Float64Array
}

export function createRecent(capacity: number): Recent {
  const a = new Float64Array(capacity)
  const b = new Float64Array(capacity)
  const c = new Float64Array(capacity)
  let count = 0
  return {
    a,
    b,
    c,
    push(x, y, z) {
      const at = count++ % capacity
      a[at] = x
      b[at] = y
      c[at] = z
    },
    draw: (random) => (count === 0 ? -1 : random.below(Math.min(count, capacity))),
  }
}
