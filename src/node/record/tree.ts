import type { HashReader, NodeId } from '../../share/index.ts'
import type { Tx } from '../database/tx.ts'

/** Reads complete subtrees of the record's tree: leaves beside their entries, the rest from `log_node`. */
export function treeOf(tx: Tx): HashReader {
  return async (nodes: readonly NodeId[]) => {
    const rows = await tx.query<{ level: number; index: number; hash: Buffer }>(
      `select level, index, hash from (
         select 0 as level, index, leaf as hash from log where index = any($1::bigint[])
         union all
         select n.level, n.index, n.hash from log_node n join unnest($2::int[], $3::bigint[]) as wanted(level, index) using (level, index)
       ) found`,
      [
        nodes.filter(({ level }) => level === 0).map(({ index }) => index),
        nodes.filter(({ level }) => level > 0).map(({ level }) => level),
        nodes.filter(({ level }) => level > 0).map(({ index }) => index),
      ],
    )
    const found = new Map(rows.map(({ level, index, hash }) => [`${level}/${index}`, Buffer.from(hash)]))
    return nodes.flatMap(({ level, index }) => found.get(`${level}/${index}`) ?? [])
  }
}

/** How many entries the record has. */
export async function recordSize(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ size: number }>('select size from log_head')
  return (row as { size: number }).size
}
