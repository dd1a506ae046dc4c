/** Accounts are below 2^26 and assets below 64, so that a pair of them is one 32-bit key. */
const ASSETS = 64
const EMPTY = 0xffff_ffff

/** Exact balances of (account, asset) pairs: an open-addressing table of 20 bytes a place. */
export interface Balances {
  /** Place of a pair, made when it is new. Places move when the table grows: use one before asking for the next. */
  place(account: number, asset: number): number
  /** `hi` and `lo` of the pair (see SimulatedAsset). */
  hi(account: number, asset: number): number
  lo(account: number, asset: number): number
  add(account: number, asset: number, hi: number, lo: number, loLimit: number): void
  /** False, and nothing changed, when the balance is smaller than the amount. */
  take(account: number, asset: number, hi: number, lo: number, loLimit: number): boolean
  readonly pairs: number
}

export function createBalances(expectedPairs: number): Balances {
  let bits = 10
  while (2 ** bits * 0.7 < expectedPairs) bits += 1
  let keys = new Uint32Array(2 ** bits).fill(EMPTY)
  let his = new Float64Array(2 ** bits)
  let los = new Float64Array(2 ** bits)
  let used = 0

  const seek = (key: number): number => {
    const mask = keys.length - 1
    let at = Math.imul(key, 0x9e37_79b1) >>> (32 - bits)
    for (;;) {
      const there = keys[at]
      if (there === key || there === EMPTY) return at
      at = (at + 1) & mask
    }
  }

  const grow = () => {
    const old = { keys, his, los }
    bits += 1
    keys = new Uint32Array(2 ** bits).fill(EMPTY)
    his = new Float64Array(2 ** bits)
    los = new Float64Array(2 ** bits)
    for (let i = 0; i < old.keys.length; i++) {
      const key = old.keys[i]!
      if (key === EMPTY) continue
      const at = seek(key)
      keys[at] = key
      his[at] = old.his[i]!
      los[at] = old.los[i]!
    }
  }

  const place = (account: number, asset: number): number => {
    const key = account * ASSETS + asset
    let at = seek(key)
    if (keys[at] === key) return at
    if (used + 1 > keys.length * 0.8) {
      grow()
      at = seek(key)
    }
    used += 1
    keys[at] = key
    return at
  }

  return {
    place,
    hi(account, asset) {
      const at = seek(account * ASSETS + asset)
      return keys[at] === EMPTY ? 0 : his[at]!
    },
    lo(account, asset) {
      const at = seek(account * ASSETS + asset)
      return keys[at] === EMPTY ? 0 : los[at]!
    },
    add(account, asset, hi, lo, loLimit) {
      const at = place(account, asset)
      const low = los[at]! + lo
      if (low >= loLimit) {
        los[at] = low - loLimit
        his[at] = his[at]! + hi + 1
      } else {
        los[at] = low
        his[at] = his[at]! + hi
      }
      if (his[at]! > Number.MAX_SAFE_INTEGER)
        throw new Error(`account ${account} would hold more of asset ${asset} than can be counted exactly`)
    },
    take(account, asset, hi, lo, loLimit) {
      const at = seek(account * ASSETS + asset)
      if (keys[at] === EMPTY) return hi === 0 && lo === 0
      let newHi = his[at]! - hi
      let newLo = los[at]! - lo
      if (newLo < 0) {
        newLo += loLimit
        newHi -= 1
      }
      if (newHi < 0) return false
      his[at] = newHi
      los[at] = newLo
      return true
    },
    get pairs() {
      return used
    },
  }
}
