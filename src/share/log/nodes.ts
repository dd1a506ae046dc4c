import { CordonError } from '../../chain/index.ts'
import { HASH_BYTES, type Hash, joinRight, largestPower } from './merkle.ts'

/** A complete subtree: the root of 2^level entries from index * 2^level on. Level 0 is the leaves. */
export type NodeId = {
  readonly level: number
  readonly index: number
}

export type StoredNode = NodeId & { readonly hash: Hash }

/** Reads roots of complete subtrees, in the order asked. In batches, so that a database answers a whole proof in one query. */
export type HashReader = (nodes: readonly NodeId[]) => Promise<readonly Hash[]>

/** A span of entries that is a subtree of some tree: from `start`, up to and not including `end`. */
export type Span = {
  readonly start: number
  readonly end: number
}

/** The complete subtrees into which a span divides, left to right. `start` is a multiple of the widest of them, as it is for every span that RFC 6962 speaks of. */
export function nodesOf(span: Span): readonly NodeId[] {
  const nodes: NodeId[] = []
  for (let start = span.start; start < span.end; ) {
    const width = largestPower(span.end - start)
    nodes.push({ level: levelOf(width), index: start / width })
    start += width
  }
  return nodes
}

function levelOf(width: number): number {
  let level = 0
  for (let rest = width; rest > 1; rest /= 2) level++
  return level
}

/**
 * The roots of spans, by one call of the reader.
 *
 * @throws CordonError `log/hash-missing` where the reader gives fewer hashes than asked for, or not 32 bytes each
 */
export async function readRoots(reader: HashReader, spans: readonly Span[]): Promise<readonly Hash[]> {
  const parts = spans.map(nodesOf)
  const nodes = parts.flat()
  const hashes = nodes.length === 0 ? [] : await reader(nodes)
  for (const [i, node] of nodes.entries()) {
    if (hashes[i]?.length !== HASH_BYTES) throw missing(node)
  }
  let at = 0
  return parts.map((part) => {
    const root = joinRight(hashes.slice(at, at + part.length))
    at += part.length
    return root
  })
}

function missing(node: NodeId): CordonError {
  return new CordonError(
    'log/hash-missing',
    `The hash of the subtree at level ${node.level}, index ${node.index} of the log is not there.`,
    {
      remedy: 'Restore the log from a backup or rebuild its hashes from the entries; cordon audit verify says what is damaged.',
    },
  )
}
