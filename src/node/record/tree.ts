import type { HashReader, NodeId } from '../../share/index.ts'
import type { Tx } from '../database/tx.ts'

/** Reads complete subtrees of the record's tree. */
export function treeOf(tx: Tx): HashReader {
  return async (nodes: readonly NodeId[]) => {
    const rows = await tx.query<{ level: number; index: number; hash: Buffer }>(
      'select n.level, n.index, n.hash from log_node n join unnest($1::int[], $2::bigint[]) as wanted(level, index) using (level, index)',
      [nodes.map(({ level }) => level), nodes.map(({ index }) => index)],
    )
    const found = new Map(rows.map(({ level, index, hash }) => [`${level}/${index}`, Buffer.from(hash)]))
    // A hash that is missing stays missing in its place, so that the one who asked can name it.
    return nodes.map(({ level, index }) => found.get(`${level}/${index}`) ?? Buffer.alloc(0))
  }
}

/** How many entries the record has. */
export async function recordSize(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ size: number }>('select size from log_head')
  return (row as { size: number }).size
}
