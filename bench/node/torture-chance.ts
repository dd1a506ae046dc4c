/** Numbers from a seed (mulberry32): the same seed gives the same torture, as far as the system's own timing allows. */
export type Chance = {
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number
  /** True in one of `n` cases. */
  oneIn(n: number): boolean
  pick<T>(items: readonly T[]): T
}

export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const whole = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  return { whole, oneIn: (n) => whole(1, n) === 1, pick: (items) => items[whole(0, items.length - 1)] as (typeof items)[number] }
}
