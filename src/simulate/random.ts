import { createHash } from 'node:crypto'

/**
 * A small generator whose every answer comes from 32-bit integer arithmetic and exact IEEE operations (no logarithm,
 * no power), so that a seed gives the same world on every machine.
 */
export interface Random {
  /** Uniform over 0 .. 2^32 - 1. */
  next(): number
  /** Uniform over 0 .. n - 1, for n up to 2^53. */
  below(n: number): number
  /** True once in `n`. */
  oneIn(n: number): boolean
  /** Uniform over [0, 1), 32 bits. */
  unit(): number
  /** A rank in 0 .. n - 1 whose frequency falls as 1 / (rank + 2^skip): Zipf's law, octave by octave. */
  zipf(n: number, skip: number): number
  /**
   * A heavy-tailed size: base * 2^k * (1 + u), where each doubling is `keep` / 1024 as frequent as the one before
   * (a Pareto tail of exponent -log2(keep / 1024)), and k is at most `doublings`.
   */
  heavy(base: number, keep: number, doublings: number): number
}

/** sfc32 (Doty-Humphrey, PractRand), seeded with the SHA-256 of any text. */
export function createRandom(seed: string): Random {
  const digest = createHash('sha256').update(seed).digest()
  let a = digest.readInt32LE(0)
  let b = digest.readInt32LE(4)
  let c = digest.readInt32LE(8)
  let counter = 1

  const next = (): number => {
    const t = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return t >>> 0
  }
  for (let i = 0; i < 16; i++) next()

  const unit = () => next() / 4294967296
  const below = (n: number) => {
    if (n <= 4294967296) return Math.floor((next() / 4294967296) * n)
    return Math.floor(((next() * 2097152 + (next() >>> 11)) / 9007199254740992) * n)
  }
  const zipf = (n: number, skip: number) => {
    const first = 1 << skip
    const last = 31 - Math.clz32(n + first - 1)
    for (;;) {
      const octave = skip + below(last - skip + 1)
      const rank = (1 << octave) + below(1 << octave) - first
      if (rank < n) return rank
    }
  }
  const heavy = (base: number, keep: number, doublings: number) => {
    let size = base
    for (let k = 0; k < doublings && (next() & 1023) < keep; k++) size *= 2
    return size * (1 + unit())
  }
  return { next, below, oneIn: (n) => below(n) === 0, unit, zipf, heavy }
}
