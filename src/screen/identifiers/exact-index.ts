import { CordonError } from '../../chain/index.ts'

/** One thing filed under a key. */
export interface Posting {
  /** The caller's number of the entry. */
  readonly ordinal: number
  /** Which of the entry's wallets or identifiers it is. */
  readonly item: number
  /** 0 to 255, a mark of the caller's. */
  readonly mark: number
  /** 0 to 65,535, a detail of the caller's. */
  readonly detail: number
}

/**
 * An immutable map from ASCII keys to postings, in typed arrays.
 * Open addressing with linear probing, at most half full; a hit is a whole key compared byte by byte, so no collision of hashes can make one.
 */
export interface ExactIndex {
  /** Key number plus one, or 0 where free; its length is a power of two. */
  readonly slots: Uint32Array<ArrayBuffer>
  /** Hash of each key. */
  readonly hashes: Uint32Array<ArrayBuffer>
  /** Where each key begins in `bytes`; one more at the end. */
  readonly starts: Uint32Array<ArrayBuffer>
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Where each key's postings begin; one more at the end. */
  readonly postings: Uint32Array<ArrayBuffer>
  readonly ordinals: Uint32Array<ArrayBuffer>
  readonly items: Uint32Array<ArrayBuffer>
  readonly marks: Uint8Array<ArrayBuffer>
  readonly details: Uint16Array<ArrayBuffer>
}

/** Collects postings; `finish` lays them out. */
export class ExactIndexBuilder {
  readonly #postings = new Map<string, Posting[]>()

  /**
   * Files a posting under a key. The same posting filed twice counts once.
   *
   * @throws CordonError `screen/key` where the key is empty or not ASCII (use `asciiKey`)
   */
  add(key: string, posting: Posting): void {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of ASCII is meant.
    if (!/^[\x00-\x7f]+$/.test(key))
      throw new CordonError('screen/key', `a key of the exact index must be ASCII and not empty: ${JSON.stringify(key)}`)
    const list = this.#postings.get(key)
    if (list === undefined) this.#postings.set(key, [posting])
    else list.push(posting)
  }

  finish(): ExactIndex {
    const keys = this.#postings.size
    let size = 16
    while (size < keys * 2) size *= 2
    let length = 0
    let count = 0
    const lists = [...this.#postings].map(([key, list]) => [key, distinctPostings(list)] as const)
    for (const [key, list] of lists) {
      length += key.length
      count += list.length
    }
    const index: ExactIndex = {
      slots: new Uint32Array(size),
      hashes: new Uint32Array(keys),
      starts: new Uint32Array(keys + 1),
      bytes: new Uint8Array(length),
      postings: new Uint32Array(keys + 1),
      ordinals: new Uint32Array(count),
      items: new Uint32Array(count),
      marks: new Uint8Array(count),
      details: new Uint16Array(count),
    }
    let k = 0
    let byte = 0
    let at = 0
    for (const [key, list] of lists) {
      for (let c = 0; c < key.length; c++) index.bytes[byte++] = key.charCodeAt(c)
      index.starts[k + 1] = byte
      for (const posting of list) {
        index.ordinals[at] = posting.ordinal
        index.items[at] = posting.item
        index.marks[at] = posting.mark
        index.details[at] = posting.detail
        at++
      }
      index.postings[k + 1] = at
      const hash = hashOf(key)
      index.hashes[k] = hash
      let slot = hash & (size - 1)
      while (index.slots[slot] !== 0) slot = (slot + 1) & (size - 1)
      index.slots[slot] = ++k
    }
    return index
  }
}

/** Each posting once, the first of those alike but for their detail. */
function distinctPostings(list: readonly Posting[]): readonly Posting[] {
  if (list.length === 1) return list
  const seen = new Set<string>()
  return list.filter(({ ordinal, item, mark }) => {
    const before = seen.size
    return seen.add(`${ordinal} ${item} ${mark}`).size > before
  })
}

/** Number of a key, or -1 where it is not filed. */
export function findKey(index: ExactIndex, key: string): number {
  const { slots, hashes } = index
  const mask = slots.length - 1
  const hash = hashOf(key)
  for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
    const number = (slots[slot] as number) - 1
    if (number < 0) return -1
    if (hashes[number] === hash && isKey(index, number, key)) return number
  }
}

/** What is filed under a key, in the order in which it was filed. */
export function postingsOf(index: ExactIndex, key: string): Posting[] {
  const number = findKey(index, key)
  const found: Posting[] = []
  if (number < 0) return found
  const end = index.postings[number + 1] as number
  for (let k = index.postings[number] as number; k < end; k++) {
    found.push({
      ordinal: index.ordinals[k] as number,
      item: index.items[k] as number,
      mark: index.marks[k] as number,
      detail: index.details[k] as number,
    })
  }
  return found
}

function isKey({ starts, bytes }: ExactIndex, number: number, key: string): boolean {
  const start = starts[number] as number
  if ((starts[number + 1] as number) - start !== key.length) return false
  for (let c = 0; c < key.length; c++) if (bytes[start + c] !== key.charCodeAt(c)) return false
  return true
}

/** FNV-1a over UTF-16 units, then MurmurHash3's finaliser, whose low bits depend on all others. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5
  for (let c = 0; c < key.length; c++) hash = Math.imul(hash ^ key.charCodeAt(c), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** Bytes of memory that an index takes. */
export function indexBytes(index: ExactIndex): number {
  return Object.values<ArrayBufferView>({ ...index }).reduce((sum, part) => sum + part.byteLength, 0)
}
