/** 0 at 10^4 of whatever a world is counted in, rising by one with every power of ten, linear between: no logarithm, so no platform's rounding. */
export function magnitude(count: number): number {
  let level = 0
  let floor = 10_000
  while (count >= floor * 10) {
    floor *= 10
    level += 1
  }
  return count <= 10_000 ? 0 : level + (count - floor) / (floor * 9)
}

/** A size between those given for whole levels, linear; the last one holds from there on. */
export function between(level: number, steps: readonly number[]): number {
  const low = Math.min(Math.floor(level), steps.length - 1)
  const high = Math.min(low + 1, steps.length - 1)
  const a = steps[low] ?? 0
  const b = steps[high] ?? a
  return Math.floor(a + (b - a) * (level - low))
}
