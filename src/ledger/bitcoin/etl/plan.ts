import { CordonError } from '../../../chain/index.ts'
import { chunksOf, type Duck } from '../../source/duck.ts'
import type { ExportFile } from './file.ts'
import { lineOf } from './line.ts'
import { blocksSelect, transactionsSelect } from './select.ts'

/** A block that an export holds, before its transactions are read. Hashes as people write them; null where no file says. */
export interface PlannedBlock {
  readonly height: number
  readonly hash: string | null
  readonly previous: string | null
  readonly merkleRoot: string | null
  /** Unix seconds from a table of blocks. */
  readonly time: number | null
  /** Transactions that the block has by a table of blocks. */
  readonly expected: number | null
  /** Rows in the files, repeated ones among them. */
  readonly rows: number
  /** Transactions that it must have at least: what a table of blocks says, or one more than the highest index. */
  readonly due: number
  readonly coinbase: boolean
  /** True for a block that another one at its height has replaced. */
  readonly stale: boolean
}

/** Files whose blocks overlap and which must be sorted together, in the order of the chain. */
export type FileGroup = readonly ExportFile[]

export interface Plan {
  readonly blocks: readonly PlannedBlock[]
  readonly groups: readonly FileGroup[]
  /** Rows by number of the file. */
  readonly rows: ReadonlyMap<number, number>
  /** Blocks that tables of blocks list and no transactions file holds. */
  readonly without: number
}

const TABLES = `
CREATE TABLE pieces(file UINTEGER, block UINTEGER, block_hash VARCHAR, n UBIGINT, high UINTEGER, coinbase BOOLEAN, record BIGINT);
CREATE TABLE headers(height UINTEGER, hash VARCHAR, time BIGINT, transactions UINTEGER, merkle VARCHAR, previous VARCHAR);`

/**
 * Reads block numbers and hashes of every row once, and the tables of blocks, and says which blocks there are and in which order their files are read.
 *
 * @throws CordonError `bitcoin/bad-row`, `bitcoin/contradiction`, `bitcoin/two-blocks-at-height`
 */
export async function planExport(duck: Duck, files: readonly ExportFile[]): Promise<Plan> {
  await duck.run(TABLES)
  const rows = new Map<number, number>()
  for (const file of files)
    rows.set(file.number, file.table.kind === 'blocks' ? await readHeaders(duck, file) : await readPieces(duck, file))
  await refuseStrangers(duck)
  const [without] = await duck.rows('SELECT count(*) FROM headers WHERE NOT EXISTS (SELECT 1 FROM pieces WHERE block = height)')
  return { blocks: await blocksOf(duck), groups: await groupsOf(duck, files), rows, without: Number(without?.[0]) }
}

async function readPieces(duck: Duck, file: ExportFile): Promise<number> {
  await duck.run(`INSERT INTO pieces SELECT ${file.number}, block, block_hash, count(*), max(position), bool_or(coinbase), min(record)
    FROM (${transactionsSelect(file, false)}) GROUP BY block, block_hash`)
  const [bad] = await duck.rows(`SELECT min(record) FROM pieces WHERE file = ${file.number} AND block IS NULL`)
  if (bad?.[0] != null) {
    throw await badRow(file, Number(bad[0]), 'block_number', 'the row is cut off, no JSON, or has no block number')
  }
  const [hash] = await duck.rows(
    `SELECT record FROM pieces WHERE file = ${file.number} AND NOT regexp_full_match(block_hash, '[0-9a-f]{64}') LIMIT 1`,
  )
  if (hash !== undefined) throw await badRow(file, Number(hash[0]), 'block_hash', 'it is not 64 hexadecimal digits')
  const [count] = await duck.rows(`SELECT CAST(sum(n) AS VARCHAR) FROM pieces WHERE file = ${file.number}`)
  return Number(count?.[0] ?? 0)
}

async function readHeaders(duck: Duck, file: ExportFile): Promise<number> {
  const select = blocksSelect(file)
  const hash = (name: string) => `regexp_full_match(lower(${name}), '[0-9a-f]{64}')`
  const sound = `NOT broken AND regexp_full_match(height, '[0-9]{1,9}') AND ${hash('hash')} AND (merkle IS NULL OR ${hash('merkle')})
    AND (previous IS NULL OR previous = '' OR ${hash('previous')}) AND (transactions IS NULL OR regexp_full_match(transactions, '[0-9]{1,9}'))`
  const [bad] = await duck.rows(`SELECT min(record) FROM (${select}) WHERE NOT coalesce(${sound}, false)`)
  if (bad?.[0] != null)
    throw await badRow(file, Number(bad[0]), 'row', 'a number or hash of the block is missing or malformed, or the row is cut off')
  await duck.run(`INSERT INTO headers SELECT CAST(height AS UINTEGER), lower(hash), TRY_CAST(time AS BIGINT), TRY_CAST(transactions AS UINTEGER), lower(merkle), lower(nullif(previous, ''))
    FROM (${select})`)
  const [count] = await duck.rows(`SELECT count(*) FROM (${select})`)
  return Number(count?.[0])
}

/** Tables of blocks must know the blocks that transactions name, at heights of which they speak. */
async function refuseStrangers(duck: Duck): Promise<void> {
  const [stranger] = await duck.rows(`SELECT block, block_hash, (SELECT min(hash) FROM headers WHERE height = block) FROM pieces
    WHERE block_hash IS NOT NULL AND EXISTS (SELECT 1 FROM headers WHERE height = block)
      AND NOT EXISTS (SELECT 1 FROM headers WHERE height = block AND hash = block_hash) ORDER BY block LIMIT 1`)
  if (stranger === undefined) return
  throw new CordonError(
    'bitcoin/contradiction',
    `block ${stranger[0]} is ${stranger[1]} by its transactions and ${stranger[2]} by the table of blocks`,
    {
      remedy: 'The two files were exported at different times, across a reorganisation, or of different chains: export both again.',
    },
  )
}

async function blocksOf(duck: Duck): Promise<PlannedBlock[]> {
  const result =
    await duck.stream(`SELECT p.block, coalesce(p.block_hash, h.hash), h.previous, h.merkle, CAST(h.time AS DOUBLE), h.transactions, CAST(p.n AS DOUBLE),
      CAST(coalesce(h.transactions, p.high + 1, p.n) AS DOUBLE), coalesce(p.coinbase, false)
    FROM (SELECT block, block_hash, sum(n) AS n, max(high) AS high, bool_or(coinbase) AS coinbase FROM pieces GROUP BY block, block_hash) p
    LEFT JOIN (SELECT height, hash, min(time) AS time, min(transactions) AS transactions, min(merkle) AS merkle, min(previous) AS previous FROM headers GROUP BY height, hash) h
      ON h.height = p.block AND (p.block_hash IS NULL OR h.hash = p.block_hash)
    ORDER BY p.block, p.block_hash, h.hash`)
  const found: PlannedBlock[] = []
  for await (const chunk of chunksOf(result)) {
    const column = Array.from({ length: 9 }, (_, k) => chunk.getColumnVector(k))
    for (let i = 0; i < chunk.rowCount; i++) {
      const [height, hash, previous, merkleRoot, time, expected, rows, due, coinbase] = column.map((vector) => vector.getItem(i))
      found.push({
        height: height as number,
        hash: hash as string | null,
        previous: previous as string | null,
        merkleRoot: merkleRoot as string | null,
        time: time as number | null,
        expected: expected as number | null,
        rows: rows as number,
        due: due as number,
        coinbase: coinbase as boolean,
        stale: false,
      })
    }
  }
  return withoutStale(found)
}

/** Of blocks at one height, the one that the block above names as its parent stands. */
function withoutStale(blocks: readonly PlannedBlock[]): PlannedBlock[] {
  const decided: PlannedBlock[] = []
  let above: PlannedBlock | undefined
  let end = blocks.length
  while (end > 0) {
    const { height } = blocks[end - 1] as PlannedBlock
    let start = end - 1
    while (start > 0 && blocks[start - 1]?.height === height) start--
    const rivals = blocks.slice(start, end)
    const parent = above?.height === height + 1 ? above.previous : null
    const standing: PlannedBlock | undefined = rivals.length === 1 ? rivals[0] : rivals.find(({ hash }) => hash !== null && hash === parent)
    if (standing === undefined) throw twoBlocks(height, rivals)
    for (const rival of rivals) decided.push(rival === standing ? rival : { ...rival, stale: true })
    above = standing
    end = start
  }
  return decided.reverse()
}

function twoBlocks(height: number, rivals: readonly PlannedBlock[]): CordonError {
  const hashes = rivals.map(({ hash }) => hash ?? 'one without a hash').join(' and ')
  return new CordonError('bitcoin/two-blocks-at-height', `at height ${height} there are ${rivals.length} blocks: ${hashes}`, {
    remedy:
      'One is on a stale branch, and no file says which. Take its rows out, or add a table of blocks that has the hash of each previous block.',
  })
}

/** Files by their first block; those whose ranges overlap are one group. */
async function groupsOf(duck: Duck, files: readonly ExportFile[]): Promise<FileGroup[]> {
  const spans = await duck.rows('SELECT file, min(block), max(block) FROM pieces GROUP BY file ORDER BY min(block), file')
  const groups: ExportFile[][] = []
  let last = -1
  for (const [number, low, high] of spans) {
    const file = files.find((each) => each.number === Number(number)) as ExportFile
    if (groups.length > 0 && Number(low) <= last) groups.at(-1)?.push(file)
    else groups.push([file])
    last = Math.max(last, Number(high))
  }
  return groups
}

/**
 * Whether an export plainly holds chosen transactions rather than whole blocks: less than half of what its blocks must have, or most of them without the coinbase that every block
 * begins with. One that lacks less is damaged.
 */
export function isPlainlyPartial(blocks: readonly PlannedBlock[]): boolean {
  const rows = blocks.reduce((sum, block) => sum + block.rows, 0)
  const due = blocks.reduce((sum, block) => sum + block.due, 0)
  return 2 * rows < due || 2 * blocks.filter(({ coinbase }) => !coinbase).length > blocks.length
}

/** The error for a row that cannot be used. An export lives of all its rows: where a transaction is missing, those that spend its outputs hang in the air. */
export async function badRow(file: ExportFile, record: number, field: string, what: string): Promise<CordonError> {
  const line = await lineOf(file, record)
  return new CordonError('bitcoin/bad-row', `${file.path}:${line} ${field}: ${what}`, {
    place: { file: file.path, line, field },
    remedy: 'Without the row its block would be incomplete, so nothing is imported. Fetch the file again, or correct the row.',
  })
}
