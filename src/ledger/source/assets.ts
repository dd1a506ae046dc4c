import { type Asset, type ChainId, erc20Asset, nativeAsset, USD } from '../../chain/index.ts'
import { NATIVE_MARK, USD_MARK } from './encode.ts'
import type { TokenName } from './names.ts'

/** Assets in order of appearance, found by the 20 bytes of their contract without making a text of them. */
export class AssetTable {
  readonly assets: Asset[] = []
  /** What tokens call themselves, where sources say. */
  names: ReadonlyMap<string, TokenName> = new Map()
  readonly #chain: ChainId
  /** Five words a key: first 16 bytes as DuckDB's UUID keeps them, then the last 4. */
  #keys = new Uint32Array(5 * 64)
  /** Asset number + 1 by hash, 0 where free. */
  #slots = new Uint32Array(256)

  constructor(chain: ChainId) {
    this.#chain = chain
  }

  /** The asset of five words: (low, high) of bytes 8-15, (low, high) of bytes 0-7, bytes 16-19. */
  find(w0: number, w1: number, w2: number, w3: number, tail: number): number {
    const mask = this.#slots.length - 1
    let slot = (Math.imul(w0 ^ w3, 0x9e3779b1) ^ Math.imul(w1 ^ tail, 0x85ebca6b) ^ w2) >>> 0
    for (slot = (slot ^ (slot >>> 15)) & mask; ; slot = (slot + 1) & mask) {
      const found = this.#slots[slot]!
      if (found === 0) return this.#add(w0, w1, w2, w3, tail)
      const k = (found - 1) * 5
      const keys = this.#keys
      if (keys[k] === w0 && keys[k + 1] === w1 && keys[k + 2] === w2 && keys[k + 3] === w3 && keys[k + 4] === tail) return found - 1
    }
  }

  #add(w0: number, w1: number, w2: number, w3: number, tail: number): number {
    const number = this.assets.length
    if (number * 5 + 5 > this.#keys.length) {
      const larger = new Uint32Array(this.#keys.length * 2)
      larger.set(this.#keys)
      this.#keys = larger
    }
    this.#keys.set([w0, w1, w2, w3, tail], number * 5)
    const hex = (word: number) => (word >>> 0).toString(16).padStart(8, '0')
    this.assets.push(this.#asset(`0x${hex(w3)}${hex(w2)}${hex(w1)}${hex(w0)}${hex(tail)}`))
    this.#rebuild()
    return number
  }

  #asset(contract: string): Asset {
    if (contract === NATIVE_MARK) return { id: nativeAsset(this.#chain), decimals: 18, symbol: this.#chain === 'eip155:1' ? 'ETH' : null }
    if (contract === USD_MARK) return { id: USD, decimals: 18, symbol: 'USD' }
    const name = this.names.get(contract)
    return { id: erc20Asset(this.#chain, contract), decimals: name?.decimals ?? null, symbol: name?.symbol ?? null }
  }

  /** Few assets are new, so slots are filled anew; doubling keeps that cheap. */
  #rebuild(): void {
    const count = this.assets.length
    const grown = count * 2 > this.#slots.length
    if (grown) this.#slots = new Uint32Array(this.#slots.length * 4)
    const mask = this.#slots.length - 1
    for (let number = grown ? 0 : count - 1; number < count; number++) {
      const [w0, w1, w2, w3, tail] = this.#keys.subarray(number * 5, number * 5 + 5) as unknown as [number, number, number, number, number]
      let slot = (Math.imul(w0 ^ w3, 0x9e3779b1) ^ Math.imul(w1 ^ tail, 0x85ebca6b) ^ w2) >>> 0
      for (slot = (slot ^ (slot >>> 15)) & mask; this.#slots[slot] !== 0; ) slot = (slot + 1) & mask
      this.#slots[slot] = number + 1
    }
  }
}
