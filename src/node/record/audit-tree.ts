import { appendLeaf, EMPTY_FRONTIER, type Frontier, leafHash } from '../../share/index.ts'
import type { Database } from '../database/database.ts'
import { logRows } from './entries.ts'
import type { RecordFinding } from './finding.ts'

const BATCH = 2000

/** Compares the stored inner nodes of the tree, and its size, with the entries: proofs are made of them. */
export async function auditTree(database: Database): Promise<RecordFinding[]> {
  const findings: RecordFinding[] = []
  let frontier: Frontier = EMPTY_FRONTIER
  let expected: { level: number; index: number; hash: Buffer }[] = []
  let nodes = 0
  const compare = async () => {
    const batch = expected
    expected = []
    nodes += batch.length
    const rows = await database.system((tx) =>
      tx.query<{ level: number; index: number }>(
        `select wanted.level, wanted.index from unnest($1::int[], $2::bigint[], $3::text[]) as wanted(level, index, hash)
         left join log_node n on n.level = wanted.level and n.index = wanted.index where n.hash is distinct from decode(wanted.hash, 'hex')`,
        [batch.map(({ level }) => level), batch.map(({ index }) => index), batch.map(({ hash }) => hash.toString('hex'))],
      ),
    )
    for (const { level, index } of rows)
      findings.push({ where: `log_node ${level}/${index} hash`, what: 'the node is missing or is not what its entries make' })
  }
  for await (const { entry } of logRows(database)) {
    const appended = appendLeaf(frontier, leafHash(Buffer.from(entry)))
    frontier = appended.frontier
    for (const { level, index, hash } of appended.completed) expected.push({ level, index, hash: Buffer.from(hash) })
    if (expected.length >= BATCH) await compare()
  }
  await compare()
  const [row] = await database.system((tx) =>
    tx.query<{ size: number | null; nodes: number }>(
      'select (select max(size) from log_head) as size, (select count(*) from log_node) as nodes',
    ),
  )
  if (row?.size !== frontier.size)
    findings.push({ where: 'log_head size', what: `it says ${row?.size ?? 'nothing'}, and there are ${frontier.size} entries` })
  if (row !== undefined && row.nodes > nodes) findings.push({ where: 'log_node', what: `${row.nodes - nodes} nodes belong to no entry` })
  return findings
}
