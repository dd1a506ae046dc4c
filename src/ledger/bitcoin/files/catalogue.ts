import { HEADER_BYTES } from '../wire/index.ts'

/** What is kept of every block between the first look at the files and the reading: about 100 bytes each. Blocks are numbered as they were found. */
export class Catalogue {
  blocks = 0
  /** Number of the file that a block is in, where its first byte is there, how many bytes it has. */
  file = new Uint32Array(0)
  position = new Float64Array(0)
  length = new Uint32Array(0)
  bits = new Uint32Array(0)
  /** 32 bytes each. */
  hashes = new Uint8Array(0)
  previous = new Uint8Array(0)
  /** Open addressing over the hashes: number + 1, 0 where empty. */
  private slots = new Uint32Array(1 << 10)

  /** Adds a block, or gives the number of the one that has its hash already. */
  add(file: number, position: number, length: number, header: { hash: Uint8Array; previous: Uint8Array; bits: number }): number | null {
    const there = this.find(header.hash, 0)
    if (there !== null) return there
    const number = this.blocks
    if (number === this.file.length) this.grow()
    this.blocks++
    this.file[number] = file
    this.position[number] = position
    this.length[number] = length
    this.bits[number] = header.bits
    this.hashes.set(header.hash, 32 * number)
    this.previous.set(header.previous, 32 * number)
    if (2 * this.blocks > this.slots.length) this.rehash()
    else this.put(number)
    return null
  }

  /** The block whose hash is at `at` of `bytes`, or null. */
  find(bytes: Uint8Array, at: number): number | null {
    const mask = this.slots.length - 1
    for (let slot = firstSlot(bytes, at) & mask; ; slot = (slot + 1) & mask) {
      const entry = this.slots[slot] as number
      if (entry === 0) return null
      if (this.isAt(entry - 1, bytes, at)) return entry - 1
    }
  }

  /** The block that a block follows, or null when it is not there. */
  parent(block: number): number | null {
    return this.find(this.previous, 32 * block)
  }

  hash(block: number): Uint8Array {
    return this.hashes.subarray(32 * block, 32 * block + 32)
  }

  previousHash(block: number): Uint8Array {
    return this.previous.subarray(32 * block, 32 * block + 32)
  }

  private isAt(block: number, bytes: Uint8Array, at: number): boolean {
    for (let i = 0; i < 32; i++) if (this.hashes[32 * block + i] !== bytes[at + i]) return false
    return true
  }

  private put(block: number): void {
    const mask = this.slots.length - 1
    let slot = firstSlot(this.hashes, 32 * block) & mask
    while (this.slots[slot] !== 0) slot = (slot + 1) & mask
    this.slots[slot] = block + 1
  }

  private rehash(): void {
    this.slots = new Uint32Array(2 * this.slots.length)
    for (let block = 0; block < this.blocks; block++) this.put(block)
  }

  private grow(): void {
    const room = Math.max(256, Math.ceil(1.5 * this.blocks))
    const moved = <A extends Uint8Array | Uint32Array | Float64Array>(to: A, from: A): A => {
      to.set(from)
      return to
    }
    this.file = moved(new Uint32Array(room), this.file)
    this.position = moved(new Float64Array(room), this.position)
    this.length = moved(new Uint32Array(room), this.length)
    this.bits = moved(new Uint32Array(room), this.bits)
    this.hashes = moved(new Uint8Array(32 * room), this.hashes)
    this.previous = moved(new Uint8Array(32 * room), this.previous)
  }
}

/** The first bytes of a hash, which work has left random: the last ones are zero. */
function firstSlot(bytes: Uint8Array, at: number): number {
  return (bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16) | ((bytes[at + 3] as number) << 24)
}

/** Least bytes of a block: a header, a count, and the shortest transaction. */
export const MIN_BLOCK_BYTES = HEADER_BYTES + 1 + 60
