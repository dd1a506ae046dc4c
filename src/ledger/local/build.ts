import { readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { CordonError, type Work } from '../../chain/index.ts'
import type { IncomingTransfers } from '../batch.ts'
import { takeFees } from './fees.ts'
import { FileWriter, fileBytes, readParts, sync } from './files.ts'
import { type Continuation, Intake, type IntakeResult } from './intake.ts'
import { type Job, runJobs } from './jobs.ts'
import { findKey } from './keyindex.ts'
import { assetWidth, type SegmentRecord, type StoredFile } from './layout.ts'
import { defaultReadMode, openFile } from './mapping.ts'
import type { SortJob } from './sort.ts'
import { HASH_WORDS } from './words.ts'

/** Rows from which threads pay for their start. */
const THREADS_FROM = 500_000

export interface BuildOptions extends Work {
  /** Name that the segment will have. */
  readonly name: string
  /** Bytes that sorting may hold at once, over both threads. */
  readonly memory: number
  /** Refused rows over which the import stops; none when left out. */
  readonly refuseLimit?: number | undefined
}

export interface BuiltSegment {
  readonly record: SegmentRecord
  readonly intake: IntakeResult
}

/**
 * Builds one segment in `folder` from transfers in chain order: one pass that streams, then sorts by sender and by receiver and
 * indexes for addresses and transactions, two at a time. All files are on the disk when this returns.
 *
 * @throws CordonError as `Intake.add` and `buildKeyIndex`, and `ledger/too-many-refused`
 */
export async function buildSegment(
  incoming: IncomingTransfers,
  folder: string,
  start: Continuation,
  options: BuildOptions,
): Promise<BuiltSegment> {
  const intake = await takeRows(incoming, folder, start, options)
  const { rows } = intake
  const threads = rows >= THREADS_FROM
  const width = assetWidth(intake.assets.length)
  const path = (name: string): string => join(folder, name)
  const accounts = start.firstAccount + intake.accounts
  const groups = intake.active?.length ?? accounts
  const sortJob = (phase: string, direction: 'out' | 'in', key: string, other: string, otherTarget: string): SortJob => ({
    kind: 'sort',
    phase,
    rows,
    groups,
    accounts,
    orderFile: intake.active === null ? null : path('active'),
    keyFile: path(key),
    otherFile: path(other),
    assetFile: path('tmp.asset'),
    wordFile: path('tmp.word'),
    target: {
      start: path(`${direction}.start`),
      row: path(`${direction}.row`),
      other: path(otherTarget),
      asset: path(`${direction}.asset`),
      word: path(`${direction}.word`),
    },
    assetWidth: width,
    memory: options.memory / 2,
  })
  const jobs: Job[] = [
    sortJob('sorting by sender', 'out', 'from', 'tmp.to', 'out.to'),
    sortJob('sorting by receiver', 'in', 'tmp.to', 'from', 'in.from'),
    ...keyIndexJobs(folder, options.memory),
  ]
  let done = 0
  const total = jobs.length
  options.progress?.({ phase: 'sorting and indexing', done, total, unit: 'columns' })
  await runJobs(jobs, {
    threads,
    signal: options.signal,
    done: () => options.progress?.({ phase: 'sorting and indexing', done: ++done, total, unit: 'columns' }),
  })
  const indexWidth = narrowIndex(folder, intake.highestIndex)

  const hashes = openFile(path('tx.hash'), fileBytes(path('tx.hash')), defaultReadMode())
  const [bucket, slot] = ['tx.bucket', 'tx.slot'].map((name) => openFile(path(name), fileBytes(path(name)), defaultReadMode()))
  if (bucket === undefined || slot === undefined) throw new Error('the index of transactions was not written')
  const index = {
    keys: new Uint32Array(hashes.buffer),
    words: HASH_WORDS,
    bucket: new Uint32Array(bucket.buffer),
    slot: new Uint32Array(slot.buffer),
  }
  const { fees, payers } = await takeFees(incoming.fees(), folder, {
    findTx: (hash) => findKey(index, hash),
    memory: options.memory,
    signal: options.signal,
  }).finally(() => {
    for (const file of [hashes, bucket, slot]) file.close()
  })
  checkRefused(incoming, options.refuseLimit)

  for (const name of readdirSync(folder)) if (name.startsWith('tmp.')) rmSync(path(name))
  const record: Omit<SegmentRecord, 'files'> = {
    name: options.name,
    firstRow: start.firstRow,
    rows,
    firstTx: start.firstTx,
    transactions: intake.transactions,
    firstAccount: start.firstAccount,
    accounts: intake.accounts,
    active: groups,
    blocks: intake.blocks,
    fees,
    payers,
    assetWidth: width,
    indexWidth,
  }
  return { record: { ...record, files: await sealFiles(folder, threads, options) }, intake }
}

/** The two jobs that index addresses and transactions of a segment. */
export function keyIndexJobs(folder: string, memory: number): Job[] {
  return (['account.key', 'tx.hash'] as const).map((keys) => {
    const name = keys === 'account.key' ? 'account' : 'tx'
    return {
      kind: 'key-index',
      keysFile: join(folder, keys),
      words: name === 'account' ? 5 : HASH_WORDS,
      bucketFile: join(folder, `${name}.bucket`),
      slotFile: join(folder, `${name}.slot`),
      skipZero: name === 'tx',
      memory: memory / 2,
    }
  })
}

/** Hashes every file of a finished segment and waits until the disk holds them. */
export async function sealFiles(folder: string, threads: boolean, work: Work): Promise<Record<string, StoredFile>> {
  const names = readdirSync(folder).sort()
  const path = (name: string): string => join(folder, name)
  work.progress?.({ phase: 'hashing files', done: 0, total: names.length, unit: 'files' })
  // Two heaps of about the same size, one for each thread.
  const heaps: { files: string[]; bytes: number }[] = [
    { files: [], bytes: 0 },
    { files: [], bytes: 0 },
  ]
  const bytes = new Map(names.map((name) => [name, fileBytes(path(name))]))
  for (const name of [...names].sort((a, b) => (bytes.get(b) ?? 0) - (bytes.get(a) ?? 0))) {
    const heap = heaps.reduce((least, other) => (other.bytes < least.bytes ? other : least))
    heap.files.push(path(name))
    heap.bytes += bytes.get(name) ?? 0
  }
  const [hashes] = await Promise.all([
    runJobs(
      heaps.map(({ files }) => ({ kind: 'hash', files })),
      { threads, signal: work.signal },
    ),
    Promise.all(names.map((name) => sync(path(name)))),
  ])
  await sync(folder)
  work.progress?.({ phase: 'hashing files', done: names.length, total: names.length, unit: 'files' })
  return Object.fromEntries(names.map((name) => [name, { bytes: bytes.get(name) ?? 0, sha256: hashes[path(name)] ?? '' }]))
}

async function takeRows(incoming: IncomingTransfers, folder: string, start: Continuation, options: BuildOptions): Promise<IntakeResult> {
  const intake = new Intake(folder, start)
  let rows = 0
  try {
    for await (const batch of incoming.batches()) {
      options.signal?.throwIfAborted()
      intake.add(batch, incoming.assets)
      rows += batch.length
      checkRefused(incoming, options.refuseLimit)
      options.progress?.({ phase: 'reading', done: rows, total: null, unit: 'transfers' })
    }
    return intake.finish()
  } finally {
    intake.abandon()
  }
}

function checkRefused({ refused }: IncomingTransfers, limit: number | undefined): void {
  if (limit === undefined || refused.count <= limit) return
  const first = refused.rows[0]
  throw new CordonError(
    'ledger/too-many-refused',
    `${refused.count} rows were refused, more than the limit of ${limit}${first === undefined ? '' : `; first: ${first.reason}`}`,
    {
      ...(first === undefined ? {} : { place: { file: first.file, line: first.line, field: first.field } }),
      remedy: 'mend the source, or raise the limit if these rows may be left out; the ledger is as it was before',
    },
  )
}

/** Keeps source indexes in as few bytes as they need: none, two or four. */
function narrowIndex(folder: string, highest: number): 0 | 2 | 4 {
  const source = join(folder, 'tmp.index')
  if (highest < 0) return 0
  if (highest > 0x7fff) {
    renameSync(source, join(folder, 'index'))
    return 4
  }
  const writer = new FileWriter(join(folder, 'index'))
  const part = new Int32Array(1 << 17)
  try {
    readParts(source, new Uint8Array(part.buffer), (bytes) => writer.write(Int16Array.from(part.subarray(0, bytes / 4))))
    writer.close()
  } finally {
    writer.abandon()
  }
  return 2
}
