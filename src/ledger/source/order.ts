import type { Reader } from './lane.ts'
import { ROLE } from './stage.ts'
import { moves } from './stream.ts'

const LAST = 2_147_483_647

/**
 * The staged movements that count, in chain order, as SQL, and at most how many they are.
 *
 * What does not count: native value by transactions in blocks that have traces; what failed, or ran inside a call that failed; token transfers from
 * logs in blocks that have them as token transfers; a transaction listed again.
 */
export async function orderedMoves(reader: Reader): Promise<{ readonly sql: string; readonly rows: number }> {
  const { duck, notes } = reader
  const tableRows = async (table: string) => Number((await duck.rows(`SELECT count(*) FROM ${table}`))[0]![0])
  const [staged, txs, failed, covered, numbered, times] = await Promise.all(
    ['moves', 'txs', 'failed', 'covered', 'numbered', 'block_times'].map(tableRows),
  )
  const repeated = await dropRepeatedTransactions(reader)
  const joins: string[] = []
  const where: string[] = []
  const txi = ['m.txi']
  const time = ['m.time']
  if (txs! > 0) {
    joins.push(
      `LEFT JOIN (SELECT h1, h2, max(txi) AS txi, bool_and(status) AS status, max(time) AS time FROM txs WHERE h1 IS NOT NULL GROUP BY h1, h2) x ON m.h1 = x.h1 AND m.h2 = x.h2`,
    )
    txi.push('x.txi')
    time.push('x.time')
    where.push(
      `(m.x_role NOT IN (${ROLE.transaction}, ${ROLE.trace}, ${ROLE.native}, ${ROLE.internal}) OR x.status IS DISTINCT FROM false)`,
    )
  }
  if (times! > 0) {
    joins.push('LEFT JOIN (SELECT block, min(time) AS time FROM block_times GROUP BY block) b ON m.block = b.block')
    time.push('b.time')
  } else if (txs! > 0) {
    joins.push('LEFT JOIN (SELECT block, min(time) AS time FROM txs WHERE time IS NOT NULL GROUP BY block) b ON m.block = b.block')
    time.push('b.time')
  }
  if (covered! > 0) {
    const within = (...roles: number[]) =>
      `m.block IN (SELECT block FROM covered WHERE role IN (${roles.join(', ')}) AND block IS NOT NULL)`
    where.push(`NOT (m.x_role = ${ROLE.transaction} AND ${within(ROLE.trace, ROLE.native)})`)
    where.push(`NOT (m.x_role = ${ROLE.native} AND ${within(ROLE.trace)})`)
    where.push(`NOT (m.x_role = ${ROLE.log} AND NOT m.x_alone AND ${within(ROLE.token)})`)
    noteCovered(reader)
  }
  if (failed! > 0) {
    where.push(
      `NOT (m.x_role = ${ROLE.trace} AND EXISTS (SELECT 1 FROM failed d WHERE d.h1 = m.h1 AND d.h2 = m.h2 AND len(d.path) < len(m.x_path) AND list_slice(m.x_path, 1, len(d.path)) = d.path))`,
    )
  }
  if (numbered! > 0) {
    where.push(`NOT (m.x_role = ${ROLE.token} AND EXISTS (SELECT 1 FROM numbered n WHERE n.block = m.block AND n.idx = m.idx))`)
    notes.push('Token transfers whose log names a token number (ERC-721) are left out: the number is no amount.')
  }
  if (repeated > 0) where.push('NOT EXISTS (SELECT 1 FROM repeated r WHERE r.file = m.file AND r.line = m.line)')
  await noteOverlap(reader)
  const base = `SELECT m.block, coalesce(${txi.join(', ')}) AS txi, m.idx, m.kind, coalesce(${time.join(', ')}) AS time, m.h1, m.h2, m.f, m.t, m.a, m.tails, m.value, m.slow, m.file, m.line, m.x_path
    FROM moves m ${joins.join(' ')}${where.length === 0 ? '' : ` WHERE ${where.join(' AND ')}`}`
  const within = `kind, coalesce(idx, ${LAST}), x_path, file, line`
  const grouped = needsGrouping(reader)
  noteOrder(reader, grouped)
  if (notes.length > 1) notes.splice(0, notes.length, ...new Set(notes))
  if (!grouped) return { sql: `SELECT * FROM (${base}) ORDER BY block, coalesce(txi, ${LAST}), ${within}`, rows: staged! }
  // Where transactions have no number, they follow each other by their first log, else by where they first appear; each stays in one piece.
  const sql = `SELECT block, txi_of_all AS txi, idx, kind, time, h1, h2, f, t, a, tails, value, slow, file, line FROM (
    SELECT *, max(txi) OVER one AS txi_of_all, min(CASE WHEN kind = 2 THEN idx END) OVER one AS first_log, min(file * 1099511627776::BIGINT + line) OVER one AS first_seen
    FROM (${base}) WINDOW one AS (PARTITION BY block, h1, h2))
    ORDER BY block, coalesce(txi_of_all, ${LAST}), coalesce(first_log, ${LAST}), first_seen, h1, h2, ${within}`
  return { sql, rows: staged! }
}

/** Grouping by transaction is needed where some rows have no transaction index and the log index does not order all rows anyway. */
function needsGrouping(reader: Reader): boolean {
  const moving = reader.sources.filter((source) => source.table.role !== 'receipt' && moves(source))
  const lacking = moving.filter((source) => source.reading.txIndex === undefined)
  if (lacking.length === 0) return false
  const alone = moving.every(
    (source) => source.table.role === 'token' && source.reading.blockWide === true && source.reading.txIndex === undefined,
  )
  return !(alone && reader.sources.every((source) => source.table.role === 'token' || !moves(source)))
}

/** A transaction's hash names it: listed twice (exports of two accounts both hold it), its native value still moved once. */
async function dropRepeatedTransactions(reader: Reader): Promise<number> {
  if (!reader.sources.some((source) => source.table.role === 'transaction')) return 0
  const twice = `SELECT h1, h2 FROM moves WHERE x_role = ${ROLE.transaction} AND h1 IS NOT NULL GROUP BY h1, h2 HAVING count(*) > 1`
  await reader.duck.run(`CREATE TABLE repeated AS SELECT file, line FROM (SELECT file, line, row_number() OVER (PARTITION BY h1, h2 ORDER BY file, line) AS n
    FROM moves WHERE x_role = ${ROLE.transaction} AND (h1, h2) IN (${twice})) WHERE n > 1`)
  const repeated = Number((await reader.duck.rows('SELECT count(*) FROM repeated'))[0]![0])
  if (repeated > 0) {
    reader.notes.push(
      `${repeated} rows list a transaction (by its hash) that was listed before; its native value was taken once. Token and internal transfers are never merged.`,
    )
  }
  return repeated
}

/** Without log indexes the same transfer in the exports of two accounts cannot be told from two equal ones: all are kept, and people are told. */
async function noteOverlap(reader: Reader): Promise<void> {
  const lacking = reader.sources.filter(
    (source) => (source.table.role === 'token' || source.table.role === 'internal') && source.reading.index === undefined,
  )
  if (lacking.length < 2) return
  const [row] =
    await reader.duck.rows(`SELECT coalesce(sum(n), 0) FROM (SELECT count(*) AS n FROM moves WHERE x_role IN (${ROLE.token}, ${ROLE.internal}) AND idx IS NULL
    GROUP BY h1, h2, f, t, a, tails, value, slow[9], x_path HAVING count(DISTINCT file) > 1)`)
  const overlap = Number(row![0])
  if (overlap === 0) return
  reader.notes.push(
    `${overlap} rows without a log index are equal to rows of another file. All count: if the files are exports of accounts that paid each other, their common transfers count twice.`,
  )
}

function noteCovered(reader: Reader): void {
  const roles = new Set(reader.sources.map((source) => source.table.role))
  if (roles.has('trace') && roles.has('transaction'))
    reader.notes.push('Native value is taken from traces in blocks that have traces, else from transactions.')
  if (roles.has('native') && (roles.has('transaction') || roles.has('trace'))) {
    reader.notes.push('Native value is taken from traces where a block has them, else from native transfers, else from transactions.')
  }
  if (roles.has('token') && roles.has('log')) {
    reader.notes.push(
      'Token transfers are taken from token transfers in blocks that have them, else from logs; minting and burning of wrapped native coin always from logs.',
    )
  }
}

function noteOrder(reader: Reader, grouped: boolean): void {
  const lacksIndex = (source: (typeof reader.sources)[number]) => source.reading.index === undefined && source.reading.path === undefined
  for (const source of reader.sources) {
    const { role, id } = source.table
    if (role === 'block' || role === 'name' || role === 'receipt' || role === 'transaction') continue
    if (role === 'trace' && source.reading.index === undefined)
      reader.notes.push(`${id} has no trace index: inside a transaction traces are ordered by their position in the call tree.`)
    if (lacksIndex(source)) reader.notes.push(`${id} has no log or trace index: inside a transaction rows keep the order of file and line.`)
    if (grouped && source.reading.txIndex === undefined) {
      reader.notes.push(
        `${id} has no transaction index: it is taken by hash from the sources beside; transactions that stay without follow in their block by first log index, else by first appearance.`,
      )
    }
    if (!grouped && source.reading.txIndex === undefined)
      reader.notes.push(`${id} has no transaction index: block and log index alone give the order.`)
  }
}
