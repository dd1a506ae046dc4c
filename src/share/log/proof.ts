import { CordonError } from '../../chain/index.ts'
import { isCount } from './bytes.ts'
import type { Frontier } from './frontier.ts'
import { EMPTY_ROOT, HASH_BYTES, type Hash, largestPower, nodeHash, sameHash, splitPoint } from './merkle.ts'
import { type HashReader, nodesOf, readRoots, type Span } from './nodes.ts'

/**
 * The hashes that lead from an entry to the root of the tree, the leaf's neighbour first: RFC 6962, section 2.1.1 (RFC 9162, 2.1.3.1).
 *
 * @param reader must have every complete subtree of the first `size` entries
 * @param index of the entry, from 0, below `size`
 * @throws CordonError `log/outside` where there is no such entry; `log/hash-missing`
 */
export async function proveInclusion(reader: HashReader, index: number, size: number): Promise<readonly Hash[]> {
  if (!isCount(index) || !isCount(size) || index >= size) throw outside(`entry ${index} of a log of ${size} entries`)
  const spans: Span[] = []
  let start = 0
  let end = size
  while (end - start > 1) {
    const middle = start + splitPoint(end - start)
    if (index < middle) {
      spans.push({ start: middle, end })
      end = middle
    } else {
      spans.push({ start, end: middle })
      start = middle
    }
  }
  return readRoots(reader, spans.reverse())
}

/**
 * The hashes that show a tree to begin with a smaller one: RFC 6962, section 2.1.2 (RFC 9162, 2.1.4.1). None where the smaller is empty or both are of one size.
 *
 * @throws CordonError `log/outside` where `first` is above `second`; `log/hash-missing`
 */
export async function proveConsistency(reader: HashReader, first: number, second: number): Promise<readonly Hash[]> {
  if (!isCount(first) || !isCount(second) || first > second) throw outside(`a log of ${first} entries within one of ${second}`)
  if (first === 0 || first === second) return []
  const spans: Span[] = []
  let start = 0
  let end = second
  while (end !== first) {
    const middle = start + splitPoint(end - start)
    if (first <= middle) {
      spans.push({ start: middle, end })
      end = middle
    } else {
      spans.push({ start, end: middle })
      start = middle
    }
  }
  // Where the smaller tree is a complete subtree of the larger, its root is known to whoever checks, and left out.
  if (start > 0) spans.push({ start, end })
  return readRoots(reader, spans.reverse())
}

/** The right edge of the first `size` entries, from stored subtrees. Throws `log/hash-missing`. */
export async function frontierAt(reader: HashReader, size: number): Promise<Frontier> {
  const spans = nodesOf({ start: 0, end: size }).map(({ level, index }) => ({ start: index * 2 ** level, end: (index + 1) * 2 ** level }))
  return { size, hashes: await readRoots(reader, spans) }
}

export type InclusionClaim = {
  /** Of the entry, from 0. */
  readonly index: number
  /** Entries of the tree. */
  readonly size: number
  readonly leaf: Hash
  readonly path: readonly Hash[]
  readonly root: Hash
}

/** Why an inclusion proof does not hold, or null where it does: RFC 9162, section 2.1.3.2, step by step. */
export function inclusionFault(claim: InclusionClaim): string | null {
  const { index, size, leaf, path, root } = claim
  if (!isCount(index) || !isCount(size) || index >= size) return `there is no entry ${index} in a log of ${size} entries`
  if (![leaf, root, ...path].every((hash) => hash.length === HASH_BYTES)) return 'a hash is not of 32 bytes'
  let fn = index
  let sn = size - 1
  let r = leaf
  for (const p of path) {
    if (sn === 0) return 'the path is too long'
    if (fn % 2 === 1 || fn === sn) {
      r = nodeHash(p, r)
      while (fn % 2 === 0 && fn !== 0) {
        fn = half(fn)
        sn = half(sn)
      }
    } else {
      r = nodeHash(r, p)
    }
    fn = half(fn)
    sn = half(sn)
  }
  if (sn !== 0) return 'the path is too short'
  return sameHash(r, root) ? null : 'the path leads to another root'
}

export type ConsistencyClaim = {
  readonly first: number
  readonly second: number
  readonly firstRoot: Hash
  readonly secondRoot: Hash
  readonly path: readonly Hash[]
}

/** Why a consistency proof does not hold, or null where it does: RFC 9162, section 2.1.4.2, step by step; trees of one size, and the empty one, by their roots alone. */
export function consistencyFault(claim: ConsistencyClaim): string | null {
  const { first, second, firstRoot, secondRoot, path } = claim
  if (!isCount(first) || !isCount(second) || first > second) return `a log of ${second} entries cannot begin with ${first}`
  if (![firstRoot, secondRoot, ...path].every((hash) => hash.length === HASH_BYTES)) return 'a hash is not of 32 bytes'
  if (first === second || first === 0) {
    if (path.length > 0) return 'the path is too long'
    if (first === 0 && !sameHash(firstRoot, EMPTY_ROOT)) return 'the root of the empty log is wrong'
    return first !== second || sameHash(firstRoot, secondRoot) ? null : 'two logs of one size have different roots'
  }
  const [seed, ...rest] = largestPower(first) === first ? [firstRoot, ...path] : path
  if (seed === undefined || path.length === 0) return 'the path is too short'
  let fn = first - 1
  let sn = second - 1
  while (fn % 2 === 1) {
    fn = half(fn)
    sn = half(sn)
  }
  let fr = seed
  let sr = seed
  for (const c of rest) {
    if (sn === 0) return 'the path is too long'
    if (fn % 2 === 1 || fn === sn) {
      fr = nodeHash(c, fr)
      sr = nodeHash(c, sr)
      while (fn % 2 === 0 && fn !== 0) {
        fn = half(fn)
        sn = half(sn)
      }
    } else {
      sr = nodeHash(sr, c)
    }
    fn = half(fn)
    sn = half(sn)
  }
  if (sn !== 0) return 'the path is too short'
  if (!sameHash(fr, firstRoot)) return 'the path leads to another root of the smaller log'
  return sameHash(sr, secondRoot) ? null : 'the path leads to another root of the larger log'
}

function half(n: number): number {
  return Math.floor(n / 2)
}

function outside(what: string): CordonError {
  return new CordonError('log/outside', `There is no ${what}.`, { remedy: 'Ask for an entry below the size of a checkpoint of this log.' })
}
