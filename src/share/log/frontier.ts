import { CordonError } from '../../chain/index.ts'
import { base64, parseBase64, parseCount } from './bytes.ts'
import { EMPTY_ROOT, HASH_BYTES, type Hash, joinRight, nodeHash } from './merkle.ts'
import type { StoredNode } from './nodes.ts'

/** The right edge of a tree: all that is needed to append to it and to know its root, in 32 bytes per bit that is set in its size. Never changed in place. */
export type Frontier = {
  /** Entries of the tree. */
  readonly size: number
  /** Roots of the complete subtrees into which the tree divides, widest first: one per bit that is set in `size`. */
  readonly hashes: readonly Hash[]
}

export type Appended = {
  readonly frontier: Frontier
  /** Subtrees that the new leaf completed, the leaf itself first. Stored, they serve every proof (see `HashReader`); two per entry on average. */
  readonly completed: readonly StoredNode[]
}

export const EMPTY_FRONTIER: Frontier = { size: 0, hashes: [] }

/** The tree with one more leaf. At most 53 hashes; one on average. */
export function appendLeaf(frontier: Frontier, leaf: Hash): Appended {
  const hashes = frontier.hashes.slice()
  const completed: StoredNode[] = [{ level: 0, index: frontier.size, hash: leaf }]
  let hash = leaf
  let level = 0
  let index = frontier.size
  for (; index % 2 === 1; index = (index - 1) / 2) {
    hash = nodeHash(hashes.pop()!, hash)
    level++
    completed.push({ level, index: (index - 1) / 2, hash })
  }
  hashes.push(hash)
  return { frontier: { size: frontier.size + 1, hashes }, completed }
}

export function frontierRoot(frontier: Frontier): Hash {
  return frontier.hashes.length === 0 ? EMPTY_ROOT : joinRight(frontier.hashes)
}

/** A frontier as text: the size in decimal, then one base64 hash a line, widest subtree first; every line ends with a line feed. */
export function formatFrontier(frontier: Frontier): string {
  return [String(frontier.size), ...frontier.hashes.map(base64)].map((line) => `${line}\n`).join('')
}

/**
 * Reads what `formatFrontier` writes, and nothing else.
 *
 * @throws CordonError `log/bad-frontier`
 */
export function parseFrontier(text: string): Frontier {
  const lines = text.slice(0, 4096).split('\n')
  const size = parseCount(lines[0]!)
  if (size === null) throw bad('its first line is not a size', 1)
  if (lines.pop() !== '') throw bad('it does not end with a line feed', lines.length + 1)
  const expected = setBits(size)
  if (lines.length !== expected + 1) throw bad(`a tree of ${size} entries has ${expected} subtrees, not ${lines.length - 1}`, lines.length)
  const hashes = lines.slice(1).map((line, at) => {
    const hash = parseBase64(line)
    if (hash?.length !== HASH_BYTES) throw bad('a line is not the base64 of 32 bytes', at + 2)
    return hash
  })
  return { size, hashes }
}

function setBits(size: number): number {
  let bits = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) bits += rest % 2
  return bits
}

function bad(what: string, line: number): CordonError {
  return new CordonError('log/bad-frontier', `This is not the right edge of a log: ${what}.`, {
    place: { line },
    remedy: 'Compute it again from the log (cordon audit verify says whether the log is whole).',
  })
}
