import { CordonError } from '../../../chain/index.ts'
import { finish, mix } from '../../local/words.ts'

const BLOCK_BITS = 16
const BLOCK_KEYS = 1 << BLOCK_BITS
const BLOCK_MASK = BLOCK_KEYS - 1
const MOST_KEYS = 0x7000_0000

export interface KeyTableOptions {
  /** Slots at the start, a power of two. */
  readonly capacity?: number
  /** Keys whose first word (below 32) is a bit of `mask` have nothing but zeros after so many words. */
  readonly short?: { readonly mask: number; readonly words: number }
}

/**
 * Numbers keys of `words` 32-bit words by first appearance: open addressing with linear probing over (tag, number) pairs, the keys in blocks by number so that growing never copies them.
 * The same idea as `Dictionary` of the account ledger, for transaction ids and script keys; keys are handed over in arrays and looked up in runs, so that the cache misses of many overlap.
 *
 * `seed` decides only where entries lie: a random one, and a hash of every word, keep whoever makes keys up from steering them into one place. (Transaction ids too can be made up: not every export lets
 * them be checked.)
 */
export class KeyTable {
  readonly words: number
  /** Keys whose first word is a bit of this mask end with zeros, after `#shortWords`. */
  readonly #shortMask: number
  readonly #shortWords: number
  readonly #seed: number
  readonly #blocks: Uint32Array[] = []
  #slots: Uint32Array
  #mask: number
  #size = 0
  #hashes = new Uint32Array(0)

  constructor(words: number, seed: number, options: KeyTableOptions = {}) {
    const { capacity = 4096, short = { mask: 0, words } } = options
    this.#shortMask = short.mask
    this.#shortWords = short.words
    this.words = words
    this.#seed = seed | 0
    this.#slots = new Uint32Array(capacity * 2)
    this.#mask = capacity - 1
  }

  get size(): number {
    return this.#size
  }

  /** The keys so far, in order, as whole blocks and a last part of one. */
  *keys(from = 0): Generator<Uint32Array> {
    for (let at = from; at < this.#size; ) {
      const block = this.#blocks[at >>> BLOCK_BITS] as Uint32Array
      const end = Math.min(this.#size, ((at >>> BLOCK_BITS) + 1) << BLOCK_BITS)
      yield block.subarray((at & BLOCK_MASK) * this.words, (((end - 1) & BLOCK_MASK) + 1) * this.words)
      at = end
    }
  }

  /**
   * Looks `count` keys up, key k at `keys[k * words]`: `found[k]` becomes its number plus one, or 0. Three loops, so that memory is asked for many keys at once.
   */
  find(keys: Uint32Array, count: number, found: Uint32Array): void {
    this.#hashAll(keys, count)
    const slots = this.#slots
    const mask = this.#mask
    const hashes = this.#hashes
    for (let k = 0; k < count; k++) {
      const slot = ((hashes[k] as number) & mask) * 2
      found[k] = slots[slot] === hashes[k] ? (slots[slot + 1] as number) : 0
    }
    const { words } = this
    for (let k = 0; k < count; k++) {
      const entry = found[k] as number
      if (entry !== 0 && this.#same(entry - 1, keys, k * words)) continue
      found[k] = this.#probe(hashes[k] as number, keys, k * words) + 1
    }
  }

  /** Number of one key, adding it where it is new (then it is the former `size`). */
  add(keys: Uint32Array, at: number): number {
    const hash = this.#hash(keys, at)
    const known = this.#probe(hash, keys, at)
    return known === -1 ? this.#insert(hash, keys, at) : known
  }

  /** Adds a key that stands for a new thing even where it is there already: look-ups find the newest (BIP 30: two coinbases had the ids of earlier ones). */
  put(keys: Uint32Array, at: number): number {
    const hash = this.#hash(keys, at)
    const known = this.#slotOf(hash, keys, at)
    if (known === -1) return this.#insert(hash, keys, at)
    this.#slots[known * 2 + 1] = this.#size + 1
    return this.#keep(keys, at)
  }

  #hashAll(keys: Uint32Array, count: number): void {
    if (this.#hashes.length < count) this.#hashes = new Uint32Array(count * 2)
    const hashes = this.#hashes
    const { words } = this
    for (let k = 0, at = 0; k < count; k++, at += words) hashes[k] = this.#hash(keys, at)
  }

  #hash(keys: Uint32Array, at: number): number {
    let hash = this.#seed
    const end = at + (((this.#shortMask >>> (keys[at] as number)) & 1) === 1 ? this.#shortWords : this.words)
    for (let k = at; k < end; k++) hash = mix(hash, keys[k] as number)
    return finish(hash)
  }

  #same(id: number, keys: Uint32Array, at: number): boolean {
    const block = this.#blocks[id >>> BLOCK_BITS] as Uint32Array
    const own = (id & BLOCK_MASK) * this.words
    for (let k = 0; k < this.words; k++) if (block[own + k] !== keys[at + k]) return false
    return true
  }

  #slotOf(hash: number, keys: Uint32Array, at: number): number {
    const slots = this.#slots
    const mask = this.#mask
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = slots[slot * 2 + 1] as number
      if (entry === 0) return -1
      if (slots[slot * 2] === hash && this.#same(entry - 1, keys, at)) return slot
    }
  }

  #probe(hash: number, keys: Uint32Array, at: number): number {
    const slot = this.#slotOf(hash, keys, at)
    return slot === -1 ? -1 : (this.#slots[slot * 2 + 1] as number) - 1
  }

  #insert(hash: number, keys: Uint32Array, at: number): number {
    const mask = this.#mask
    let slot = hash & mask
    while (this.#slots[slot * 2 + 1] !== 0) slot = (slot + 1) & mask
    this.#slots[slot * 2] = hash
    this.#slots[slot * 2 + 1] = this.#size + 1
    const id = this.#keep(keys, at)
    if (this.#size * 3 > (mask + 1) * 2) this.#grow()
    return id
  }

  #keep(keys: Uint32Array, at: number): number {
    const id = this.#size++
    let block = this.#blocks[id >>> BLOCK_BITS]
    if (block === undefined) {
      block = new Uint32Array(BLOCK_KEYS * this.words)
      this.#blocks.push(block)
    }
    const own = (id & BLOCK_MASK) * this.words
    for (let k = 0; k < this.words; k++) block[own + k] = keys[at + k] as number
    return id
  }

  #grow(): void {
    if (this.#size > MOST_KEYS) throw new CordonError('ledger/too-large', `one import holds at most ${MOST_KEYS} transactions or accounts`)
    const old = this.#slots
    const capacity = (this.#mask + 1) * 2
    const slots = new Uint32Array(capacity * 2)
    const mask = capacity - 1
    for (let i = 0; i < old.length; i += 2) {
      if (old[i + 1] === 0) continue
      let slot = (old[i] as number) & mask
      while (slots[slot * 2 + 1] !== 0) slot = (slot + 1) & mask
      slots[slot * 2] = old[i] as number
      slots[slot * 2 + 1] = old[i + 1] as number
    }
    this.#slots = slots
    this.#mask = mask
  }
}
