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
 * An immutable map from ASCII keys to postings, in typed arrays with buffers of their own: it can be handed from one thread to another without a copy.
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
  #count = 0

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
    else if (list.some((each) => each.ordinal === posting.ordinal && each.item === posting.item && each.mark === posting.mark)) return
    else list.push(posting)
    this.#count++
  }

  finish(): ExactIndex {
    const keys = this.#postings.size
    let size = 16
    while (size < keys * 2) size *= 2
    let length = 0
    for (const key of this.#postings.keys()) length += key.length
    const index: ExactIndex = {
      slots: new Uint32Array(size),
      hashes: new Uint32Array(keys),
      starts: new Uint32Array(keys + 1),
      bytes: new Uint8Array(length),
      postings: new Uint32Array(keys + 1),
      ordinals: new Uint32Array(this.#count),
      items: new Uint32Array(this.#count),
      marks: new Uint8Array(this.#count),
      details: new Uint16Array(this.#count),
    }
    let k = 0
    let byte = 0
    let at = 0
    for (const [key, list] of this.#postings) {
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

/** The buffers of an index as one record of plain bytes, to be posted to another thread (`postMessage(parts, Object.values(parts))`) or written down. */
export type ExactIndexParts = Readonly<Record<keyof ExactIndex, ArrayBuffer>>

export function toParts(index: ExactIndex): ExactIndexParts {
  return {
    slots: index.slots.buffer,
    hashes: index.hashes.buffer,
    starts: index.starts.buffer,
    bytes: index.bytes.buffer,
    postings: index.postings.buffer,
    ordinals: index.ordinals.buffer,
    items: index.items.buffer,
    marks: index.marks.buffer,
    details: index.details.buffer,
  }
}

/** @throws CordonError `screen/index` where the parts do not belong together */
export function fromParts(parts: ExactIndexParts): ExactIndex {
  const wrong = (what: string) =>
    new CordonError('screen/index', `these are no parts of an exact index: ${what}`, { remedy: 'build the index again from its lists' })
  let index: ExactIndex
  try {
    index = {
      slots: new Uint32Array(parts.slots),
      hashes: new Uint32Array(parts.hashes),
      starts: new Uint32Array(parts.starts),
      bytes: new Uint8Array(parts.bytes),
      postings: new Uint32Array(parts.postings),
      ordinals: new Uint32Array(parts.ordinals),
      items: new Uint32Array(parts.items),
      marks: new Uint8Array(parts.marks),
      details: new Uint16Array(parts.details),
    }
  } catch (cause) {
    throw wrong(cause instanceof Error ? cause.message : String(cause))
  }
  const keys = index.hashes.length
  const size = index.slots.length
  const count = index.ordinals.length
  if (size < 16 || (size & (size - 1)) !== 0 || size < keys * 2) throw wrong(`${size} slots for ${keys} keys`)
  if (index.starts.length !== keys + 1 || index.starts[keys] !== index.bytes.length) throw wrong('the keys do not fill their bytes')
  if (index.postings.length !== keys + 1 || index.postings[keys] !== count) throw wrong('the keys do not account for the postings')
  if (index.items.length !== count || index.marks.length !== count || index.details.length !== count)
    throw wrong('postings of unequal length')
  return index
}

/** Bytes of memory that an index takes. */
export function indexBytes(index: ExactIndex): number {
  return Object.values(toParts(index)).reduce((sum, buffer) => sum + buffer.byteLength, 0)
}
