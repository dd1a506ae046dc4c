/**
 * An immutable map from strings to lists of numbers, in typed arrays with buffers of their own: a thread that built one hands it to another without a copy, and millions of postings
 * cost no objects. Open addressing with linear probing, at most half full; a key is found by comparing it whole, so no collision of hashes can make a hit.
 */
export interface Postings {
  /** Key number plus one, or 0 where free; its length is a power of two. */
  readonly slots: Uint32Array<ArrayBuffer>
  readonly hashes: Uint32Array<ArrayBuffer>
  /** Where each key begins in `units`; one more at the end. */
  readonly starts: Uint32Array<ArrayBuffer>
  /** UTF-16 code units of the keys, one after the other. */
  readonly units: Uint16Array<ArrayBuffer>
  /** Where each key's values begin; one more at the end. */
  readonly offsets: Uint32Array<ArrayBuffer>
  /** Ascending and without repetition within a key. */
  readonly values: Uint32Array<ArrayBuffer>
}

/** Collects values under keys; `finish` lays them out. */
export class PostingsBuilder {
  readonly #lists = new Map<string, number[]>()

  /** Files a value; values must come in ascending order under each key, as they do when entries are read in order. */
  add(key: string, value: number): void {
    const list = this.#lists.get(key)
    if (list === undefined) this.#lists.set(key, [value])
    else if (list[list.length - 1] !== value) list.push(value)
  }

  /** The keys in the order of their numbers. */
  keys(): IterableIterator<string> {
    return this.#lists.keys()
  }

  finish(): Postings {
    const keys = [...this.#lists.keys()]
    let size = 16
    while (size < keys.length * 2) size *= 2
    const starts = new Uint32Array(keys.length + 1)
    const offsets = new Uint32Array(keys.length + 1)
    for (const [i, key] of keys.entries()) {
      starts[i + 1] = (starts[i] as number) + key.length
      offsets[i + 1] = (offsets[i] as number) + (this.#lists.get(key) as number[]).length
    }
    const units = new Uint16Array(starts[keys.length] as number)
    const values = new Uint32Array(offsets[keys.length] as number)
    const hashes = new Uint32Array(keys.length)
    const slots = new Uint32Array(size)
    for (const [i, key] of keys.entries()) {
      for (let c = 0; c < key.length; c++) units[(starts[i] as number) + c] = key.charCodeAt(c)
      values.set(this.#lists.get(key) as number[], offsets[i] as number)
      const hash = hashOf(key)
      hashes[i] = hash
      let slot = hash & (size - 1)
      while (slots[slot] !== 0) slot = (slot + 1) & (size - 1)
      slots[slot] = i + 1
    }
    return { slots, hashes, starts, units, offsets, values }
  }
}

/** The number of a key, or -1. */
export function keyNumber(index: Postings, key: string): number {
  const hash = hashOf(key)
  const wrap = index.slots.length - 1
  for (let slot = hash & wrap; ; slot = (slot + 1) & wrap) {
    const number = (index.slots[slot] as number) - 1
    if (number < 0) return -1
    if (index.hashes[number] === hash && isKey(index, number, key)) return number
  }
}

/** The values under a key number as a view, not a copy. */
export function valuesOf(index: Postings, number: number): Uint32Array {
  return index.values.subarray(index.offsets[number] as number, index.offsets[number + 1] as number)
}

const NOTHING = new Uint32Array(0)

/** The values under a key; empty where there is none. */
export function lookUp(index: Postings, key: string): Uint32Array {
  const number = keyNumber(index, key)
  return number < 0 ? NOTHING : valuesOf(index, number)
}

function isKey(index: Postings, number: number, key: string): boolean {
  const start = index.starts[number] as number
  if ((index.starts[number + 1] as number) - start !== key.length) return false
  for (let c = 0; c < key.length; c++) if (index.units[start + c] !== key.charCodeAt(c)) return false
  return true
}

/** FNV-1a over code units, with a last mix so that the low bits, which choose the slot, depend on all of it. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5
  for (let c = 0; c < key.length; c++) hash = Math.imul(hash ^ key.charCodeAt(c), 0x01000193)
  hash ^= hash >>> 15
  return Math.imul(hash, 0x2c1b3c6d) >>> 0
}
