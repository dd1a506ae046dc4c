import { type Asset, CordonError, type Work } from '../../chain/index.ts'
import type { IncomingTransfers, RefusedRow } from '../batch.ts'
import type { SourceRecord } from '../ledger.ts'
import { type BuiltSegment, buildSegment } from './build.ts'
import { ledgerHash } from './content.ts'
import { hashFees } from './fees.ts'
import { type Continuation, fromNothing } from './intake.ts'
import { type ContentRecord, SCHEMA, type SegmentRecord, type StoredManifest } from './layout.ts'
import { type LocalLedger, openLedger } from './local.ts'
import { defaultReadMode } from './mapping.ts'
import { mergeSegments, segmentsToMerge } from './merge.ts'
import { resumeHasher } from './rehash.ts'
import { Segment } from './segment.ts'
import { type Held, nextSegmentName, publish, stagingFolder, whileHeld } from './store.ts'

export interface WriteOptions extends Work {
  /** Refused rows over which the import stops and leaves everything as it was; no limit when left out. */
  readonly refuseLimit?: number | undefined
  /** Bytes that sorting may use, 1.5 GiB when left out. The dictionary of accounts comes before it (about 45 bytes an account). */
  readonly memoryLimit?: number | undefined
}

/** What an import or an append did. */
export interface ImportReport {
  readonly manifest: StoredManifest
  /** Transfers that it brought; the manifest counts all. */
  readonly transfers: number
  /** Its own sources; the manifest lists earlier ones too. */
  readonly sources: readonly SourceRecord[]
  readonly refused: { readonly count: number; readonly rows: readonly RefusedRow[] }
  /** Bytes of the whole ledger on disk. */
  readonly bytes: number
}

const DEFAULT_MEMORY = 1.5 * 2 ** 30

/**
 * Writes a new ledger into a folder, in the place of one that may be there: the old one stays whole until the new one is. Closes `incoming`.
 *
 * @throws CordonError `ledger/in-use`, `ledger/not-a-ledger`, `ledger/disk-full`, `ledger/too-many-refused`, and what the reader throws
 */
export async function writeLedger(incoming: IncomingTransfers, directory: string, options: WriteOptions = {}): Promise<ImportReport> {
  return whileHeld(incoming, directory, async (held) => {
    const { built, folder } = await build(incoming, held, fromNothing(), options)
    const staged = new Segment(folder, built.record, defaultReadMode())
    const content = contentOf(built, [staged])
    staged.close()
    const manifest = manifestOf(incoming, built, null, [built.record], content)
    await publish(directory, manifest, [{ folder, name: built.record.name }])
    return reportOf(manifest, incoming, built)
  })
}

/**
 * Adds newer blocks to a ledger. The cost is that of the new rows; now and then (a logarithmic number of times over a ledger's life) the last
 * segments become one, so that no question has to look into more than a handful. Closes `incoming`.
 *
 * @throws CordonError `ledger/overlap` when a block is not above the ledger's last, `ledger/other-chain`, and as `writeLedger`
 */
export async function extendLedger(incoming: IncomingTransfers, directory: string, options: WriteOptions = {}): Promise<ImportReport> {
  return whileHeld(incoming, directory, async (held) => {
    const ledger = await openLedger(directory)
    const merged: Segment[] = []
    try {
      const previous = ledger.manifest
      if (previous.chain !== incoming.chain) {
        throw new CordonError('ledger/other-chain', `the ledger holds ${previous.chain} and the new files ${incoming.chain}`, {
          remedy: 'keep one ledger for each chain',
        })
      }
      const { built, folder } = await build(incoming, held, continuationOf(ledger), options)
      const added = new Segment(folder, built.record, defaultReadMode())
      merged.push(added)
      const segments = [...ledger.segments, added]
      const content = contentOf(built, segments)
      if (built.record.rows === 0 && built.record.fees === 0) {
        return reportOf(manifestOf(incoming, built, previous, previous.segments, content), incoming, built)
      }
      const count = segmentsToMerge(segments.map(({ record }) => record.rows))
      const records = segments.map(({ record }) => record)
      if (count === 1) {
        const manifest = manifestOf(incoming, built, previous, records, content)
        await publish(directory, manifest, [{ folder, name: built.record.name }])
        return reportOf(manifest, incoming, built)
      }
      const name = nextSegmentName(directory)
      const target = stagingFolder(directory, name)
      const whole = await mergeSegments(segments.slice(-count), target, {
        ...work(options),
        name,
        memory: options.memoryLimit ?? DEFAULT_MEMORY,
        assets: built.intake.assets.length,
      })
      const manifest = manifestOf(incoming, built, previous, [...records.slice(0, -count), whole], content)
      await publish(directory, manifest, [{ folder: target, name }])
      return reportOf(manifest, incoming, built)
    } finally {
      for (const segment of merged) segment.close()
      await ledger.close()
    }
  })
}

async function build(
  incoming: IncomingTransfers,
  held: Held,
  start: Continuation,
  options: WriteOptions,
): Promise<{ readonly built: BuiltSegment; readonly folder: string }> {
  const name = nextSegmentName(held.directory)
  const folder = stagingFolder(held.directory, name)
  const built = await buildSegment(incoming, folder, start, {
    ...work(options),
    name,
    memory: options.memoryLimit ?? DEFAULT_MEMORY,
    refuseLimit: options.refuseLimit,
  })
  return { built, folder }
}

function work({ progress, signal }: Work): Work {
  return { ...(progress === undefined ? {} : { progress }), ...(signal === undefined ? {} : { signal }) }
}

/** What a new segment goes on from. */
function continuationOf({ manifest, segments }: LocalLedger): Continuation {
  const last = segments.at(-1)?.record
  return {
    firstRow: manifest.transfers,
    firstTx: manifest.transactions,
    firstAccount: (last?.firstAccount ?? 0) + (last?.accounts ?? 0),
    lastBlock: manifest.blocks?.last ?? null,
    assets: manifest.assets,
    hasher: resumeHasher(segments, manifest.content.chunks),
    find: (key) => {
      for (const segment of segments) {
        const found = segment.findAccount(key)
        if (found !== -1) return found
      }
      return -1
    },
  }
}

function contentOf(built: BuiltSegment, segments: readonly Segment[]): ContentRecord {
  return { chunks: built.intake.hasher.chunks, fees: hashFees(segments) }
}

function manifestOf(
  incoming: IncomingTransfers,
  { intake }: BuiltSegment,
  previous: StoredManifest | null,
  segments: readonly SegmentRecord[],
  content: ContentRecord,
): StoredManifest {
  const transfers = (previous?.transfers ?? 0) + intake.rows
  const genesis = previous === null || previous.transfers === 0 ? incoming.genesis : previous.genesis
  const assets: readonly Asset[] = intake.assets
  return {
    format: 'cordon-ledger',
    schema: SCHEMA,
    chain: incoming.chain,
    hash: ledgerHash({ chain: incoming.chain, genesis, assets, transfers, content }),
    assets,
    transfers,
    transactions: (previous?.transactions ?? 0) + intake.transactions,
    accounts: (previous?.accounts ?? 0) + intake.accounts,
    blocks: span(previous?.blocks ?? null, intake.firstBlock, intake.lastBlock),
    time: span(previous?.time ?? null, intake.firstTime, intake.lastTime),
    lossy: (previous?.lossy ?? false) || incoming.lossy,
    genesis,
    orderNotes: [...new Set([...(previous?.orderNotes ?? []), ...incoming.orderNotes])],
    sources: [...(previous?.sources ?? []), ...incoming.sources],
    content,
    segments,
  }
}

/** Widens a range by another; null where there is nothing. */
function span(
  range: { readonly first: number; readonly last: number } | null,
  first: number | null,
  last: number | null,
): { first: number; last: number } | null {
  if (first === null || last === null) return range
  return range === null ? { first, last } : { first: Math.min(range.first, first), last: Math.max(range.last, last) }
}

function reportOf(manifest: StoredManifest, incoming: IncomingTransfers, built: BuiltSegment): ImportReport {
  const bytes = manifest.segments.flatMap(({ files }) => Object.values(files)).reduce((sum, file) => sum + file.bytes, 0)
  const { count, rows } = incoming.refused
  return { manifest, transfers: built.intake.rows, sources: incoming.sources, refused: { count, rows: [...rows] }, bytes }
}
