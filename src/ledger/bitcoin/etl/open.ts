import { BITCOIN_NETWORKS, CordonError, type NetworkName, type Work } from '../../../chain/index.ts'
import type { SourceRecord } from '../../ledger.ts'
import { sha256Of } from '../../source/digest.ts'
import { type Duck, type DuckOptions, openDuck } from '../../source/duck.ts'
import { explain } from '../../source/explain.ts'
import { type Located, locate } from '../../source/locate.ts'
import { assertWhole } from '../../source/whole.ts'
import type { BitcoinBlock, IncomingBlocks } from '../block.ts'
import { Assembler } from './assemble.ts'
import { type ExportFile, recogniseExport } from './file.ts'
import { notesOf } from './notes.ts'
import { isPlainlyPartial, type Plan, type PlannedBlock, planExport } from './plan.ts'
import { type ExportRow, type Pending, rowsInOrder } from './rows.ts'
import { lacking } from './tables.ts'

export interface BitcoinExportOptions extends DuckOptions, Work {
  /** `main` when left out. */
  readonly network?: NetworkName | undefined
  /**
   * True where the files hold chosen transactions rather than whole blocks, false where a block that lacks one is an error. Left out, only an export that
   * plainly is no whole one (see `isPlainlyPartial`) passes.
   */
  readonly partial?: boolean | undefined
}

/**
 * Opens exports of bitcoin-etl (JSON lines, also compressed, and Parquet, as BigQuery writes it too) and of AWS Public Blockchain Data for one reading in chain order.
 * Tables of transactions make the blocks; tables of blocks beside them add times, links and Merkle roots.
 *
 * Nothing is left out for being unsound: a transaction that is missing takes the ground from under those that spend its outputs, so that the first bad row is an error.
 *
 * @param paths files, folders and patterns
 * @throws CordonError `ledger/no-such-file`, `ledger/no-data-files`, `ledger/same-file-twice`, `ledger/empty-file`, `ledger/damaged-file`, `ledger/unreadable`, `ledger/unknown-header`,
 *   `bitcoin/no-transactions`; while reading also `bitcoin/bad-row`, `bitcoin/bad-transaction`, `bitcoin/incomplete-block`, `bitcoin/bad-merkle-root`, `bitcoin/broken-chain`,
 *   `bitcoin/contradiction`, `bitcoin/two-blocks-at-height`, `bitcoin/no-time`, `ledger/disk-full`, `ledger/no-temporary-folder`, `ledger/out-of-memory`
 */
export async function openBitcoinExport(paths: readonly string[], options: BitcoinExportOptions = {}): Promise<IncomingBlocks> {
  const located = await locate(paths)
  const duck = await openDuck(options)
  try {
    const files: ExportFile[] = []
    const aside: Located[] = []
    for (const [number, file] of located.entries()) {
      options.signal?.throwIfAborted()
      const found = await recogniseExport(duck, file, number)
      if (found !== null) files.push(found)
      else if (file.named) throw unknownFile(file.path)
      else aside.push(file)
    }
    if (!files.some((file) => file.table.kind === 'transactions')) {
      throw new CordonError('bitcoin/no-transactions', `${paths.join(', ')} holds no table of Bitcoin transactions`, {
        remedy: 'Blocks alone move nothing: add the transactions with their inputs and outputs.',
      })
    }
    return incoming(duck, files, aside, options)
  } catch (error) {
    duck.close()
    throw error instanceof CordonError ? error : explain(error, [])
  }
}

/**
 * Whether a file is a table of a Bitcoin export, told by its columns whatever its name.
 *
 * @throws CordonError `ledger/unreadable`, `ledger/empty-file`, `ledger/damaged-file`
 */
export async function isBitcoinExport(path: string): Promise<boolean> {
  const duck = await openDuck({ threads: 1 })
  try {
    return (await recogniseExport(duck, { path, bytes: 0, named: true }, 0)) !== null
  } finally {
    duck.close()
  }
}

function incoming(duck: Duck, files: readonly ExportFile[], aside: readonly Located[], options: BitcoinExportOptions): IncomingBlocks {
  const name = options.network ?? 'main'
  const lossy = files.some((file) => file.table.unit === 'coins')
  const stop = new AbortController()
  const pending: Pending = { settled: Promise.resolve() }
  const notes: string[] = aside.map(({ path }) => `${path} was left aside: its columns are of no known Bitcoin export.`)
  let sources: SourceRecord[] = []
  let closed = false

  async function* blocks(): AsyncGenerator<BitcoinBlock> {
    const interrupt = () => duck.interrupt()
    options.signal?.addEventListener('abort', interrupt)
    const hashing = digests(files, stop.signal)
    // A failure is thrown at the end; without this it would count as unhandled until then.
    hashing.catch(() => {})
    try {
      for (const file of files) {
        const note = await assertWhole(file, options.signal)
        if (note !== null) notes.push(note)
      }
      options.progress?.({ phase: 'looking at', done: 0, total: files.length, unit: 'files' })
      const plan = await planExport(duck, files)
      const standing = plan.blocks.filter(({ stale }) => !stale)
      const partial = options.partial ?? isPlainlyPartial(standing)
      const assembler = new Assembler(BITCOIN_NETWORKS[name], partial)
      for await (const { planned, rows } of pieces(duck, plan, pending)) {
        options.signal?.throwIfAborted()
        if (planned.stale) {
          assembler.tally.stale++
          continue
        }
        const block = await assembler.block(planned, rows)
        options.progress?.({ phase: 'reading', done: assembler.tally.blocks, total: standing.length, unit: 'blocks' })
        yield block
      }
      notes.push(...notesOf(assembler.tally, plan, partial, lossy))
      sources = records(files, plan, assembler.tally.taken, await hashing)
    } catch (error) {
      if (options.signal?.aborted === true) throw options.signal.reason
      throw error instanceof CordonError ? error : explain(error, [])
    } finally {
      options.signal?.removeEventListener('abort', interrupt)
    }
  }

  return {
    network: name,
    blocks,
    get sources() {
      return sources
    },
    notes,
    lossy,
    async close() {
      if (closed) return
      closed = true
      stop.abort()
      duck.interrupt()
      await pending.settled
      duck.close()
    },
  }
}

/** Rows of one planned block after the other. */
async function* pieces(
  duck: Duck,
  plan: Plan,
  pending: Pending,
): AsyncGenerator<{ readonly planned: PlannedBlock; readonly rows: readonly ExportRow[] }> {
  let at = 0
  const plannedFor = (row: ExportRow): PlannedBlock => {
    while ((plan.blocks[at] as PlannedBlock).height < row.height) at++
    for (let k = at; plan.blocks[k]?.height === row.height; k++) {
      const planned = plan.blocks[k] as PlannedBlock
      if (row.blockHash === null ? !planned.stale : planned.hash === row.blockHash) return planned
    }
    throw new CordonError('ledger/damaged-file', `${row.file.path} changed while it was read: block ${row.height} was not there before`, {
      place: { file: row.file.path },
      remedy: 'Wait until it is written to its end, then import it again.',
    })
  }
  for (const group of plan.groups) {
    let rows: ExportRow[] = []
    for await (const row of rowsInOrder(duck, group, pending)) {
      const first = rows[0]
      if (first !== undefined && (first.height !== row.height || first.blockHash !== row.blockHash)) {
        yield { planned: plannedFor(first), rows }
        rows = []
      }
      rows.push(row)
    }
    if (rows[0] !== undefined) yield { planned: plannedFor(rows[0]), rows }
  }
}

async function digests(files: readonly ExportFile[], signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  for (const { path } of files) found.set(path, await sha256Of(path, signal))
  return found
}

function records(
  files: readonly ExportFile[],
  plan: Plan,
  taken: ReadonlyMap<number, number>,
  sha256: ReadonlyMap<string, string>,
): SourceRecord[] {
  return files.map((file) => ({
    file: file.path,
    format: file.table.id,
    bytes: file.bytes,
    sha256: sha256.get(file.path) ?? null,
    rowsRead: plan.rows.get(file.number) ?? 0,
    transfers: taken.get(file.number) ?? 0,
    refused: 0,
    lacks: file.table.kind === 'transactions' ? lacking(file.columns, file.nested) : [],
    lossy: file.table.unit === 'coins',
  }))
}

function unknownFile(path: string): CordonError {
  return new CordonError('ledger/unknown-header', `${path} is no table of a Bitcoin export`, {
    place: { file: path, line: 1 },
    remedy:
      'Transactions need the columns hash, block_number, inputs and outputs (with value and script_hex); blocks need number, hash and merkle_root. Names count, order does not.',
  })
}
