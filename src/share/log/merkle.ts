import { hash } from 'node:crypto'

/** A node of the tree: SHA-256, 32 bytes. */
export type Hash = Uint8Array

export const HASH_BYTES = 32

/** Root of the tree without entries: SHA-256 of nothing. */
export const EMPTY_ROOT: Hash = hash('sha256', new Uint8Array(0), 'buffer')

// One buffer for all nodes: hashing is synchronous, and what is hashed is two hashes and a prefix each time.
const nodeInput = Buffer.alloc(1 + 2 * HASH_BYTES)
nodeInput[0] = 0x01

/** SHA-256(0x00 || entry): RFC 6962, section 2.1. The prefix keeps an entry from passing for an inner node. */
export function leafHash(entry: Uint8Array): Hash {
  const input = Buffer.allocUnsafe(entry.length + 1)
  input[0] = 0x00
  input.set(entry, 1)
  return hash('sha256', input, 'buffer')
}

/** SHA-256(0x01 || left || right): RFC 6962, section 2.1. */
export function nodeHash(left: Hash, right: Hash): Hash {
  nodeInput.set(left, 1)
  nodeInput.set(right, 1 + HASH_BYTES)
  return hash('sha256', nodeInput, 'buffer')
}

/** Root over leaf hashes by the recursive definition of RFC 6962, section 2.1. For sets at hand; a growing log keeps a `Frontier`. */
export function treeRoot(leaves: readonly Hash[]): Hash {
  if (leaves.length === 0) return EMPTY_ROOT
  return rootOf(leaves, 0, leaves.length)
}

function rootOf(leaves: readonly Hash[], start: number, end: number): Hash {
  if (end - start === 1) return leaves[start]!
  const middle = start + splitPoint(end - start)
  return nodeHash(rootOf(leaves, start, middle), rootOf(leaves, middle, end))
}

/** The largest power of two smaller than `size` (2 or more): where a tree divides. */
export function splitPoint(size: number): number {
  return largestPower(size - 1)
}

/** The largest power of two not above `size` (1 or more). By doubling, since shifts end at 2^32. */
export function largestPower(size: number): number {
  let power = 1
  while (power * 2 <= size) power *= 2
  return power
}

/** Root of adjacent subtrees, widest first, as the right edge of a tree has them. */
export function joinRight(hashes: readonly Hash[]): Hash {
  let root = hashes[hashes.length - 1]!
  for (let i = hashes.length - 2; i >= 0; i--) root = nodeHash(hashes[i]!, root)
  return root
}

export function sameHash(a: Hash, b: Hash): boolean {
  return Buffer.compare(a, b) === 0
}
