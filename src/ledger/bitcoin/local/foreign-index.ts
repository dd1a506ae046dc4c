import { finish, mix, sameKey } from '../../local/words.ts'
import { TXID_WORDS } from './layout.ts'

/**
 * Finds outputs from before a segment by transaction id and index. They have no index on disk, because a ledger of the whole chain has none of them; of a part of the chain they are most of
 * what is spent, so one is made at the first question: a counting sort by hash, 8 bytes an output.
 */
export class ForeignIndex {
  readonly #hashes: Uint32Array
  readonly #indexes: Uint32Array
  readonly #bucket: Uint32Array
  readonly #slot: Uint32Array
  readonly #shift: number

  /** `hashes` are transaction ids of TXID_WORDS words each, `indexes` parallel to them. Neither is copied. */
  constructor(hashes: Uint32Array, indexes: Uint32Array) {
    this.#hashes = hashes
    this.#indexes = indexes
    const bits = Math.max(1, Math.ceil(Math.log2(Math.max(2, indexes.length))))
    this.#shift = 32 - bits
    const bucket = new Uint32Array(2 ** bits + 1)
    for (let k = 0; k < indexes.length; k++) {
      const b = this.#bucketOf(hashes, k * TXID_WORDS, indexes[k] as number) + 1
      bucket[b] = (bucket[b] as number) + 1
    }
    for (let b = 1; b < bucket.length; b++) bucket[b] = (bucket[b] as number) + (bucket[b - 1] as number)
    const slot = new Uint32Array(indexes.length)
    const next = bucket.slice()
    for (let k = 0; k < indexes.length; k++) {
      const b = this.#bucketOf(hashes, k * TXID_WORDS, indexes[k] as number)
      const at = next[b] as number
      next[b] = at + 1
      slot[at] = k
    }
    this.#bucket = bucket
    this.#slot = slot
  }

  /** Place of an output among those of the segment, or -1. */
  find(txid: Uint32Array, index: number): number {
    const b = this.#bucketOf(txid, 0, index)
    const end = this.#bucket[b + 1] as number
    for (let i = this.#bucket[b] as number; i < end; i++) {
      const k = this.#slot[i] as number
      if (this.#indexes[k] === index && sameKey(this.#hashes, k * TXID_WORDS, txid, 0, TXID_WORDS)) return k
    }
    return -1
  }

  #bucketOf(txids: Uint32Array, at: number, index: number): number {
    // Ids are as good as random, and the outputs of one of them must not share a bucket.
    return finish(mix(mix(mix(0, txids[at] as number), txids[at + 1] as number), index)) >>> this.#shift
  }
}
