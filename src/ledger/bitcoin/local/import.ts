import { BITCOIN_NETWORKS, CordonError, type Work } from '../../../chain/index.ts'
import { ABSENT, type SourceRecord } from '../../ledger.ts'
import { segmentsToMerge } from '../../local/merge.ts'
import { type Held, nextSegmentName, publish, readAnyManifest, stagingFolder, whileHeld } from '../../local/store.ts'
import { lowerBound } from '../../local/words.ts'
import type { BitcoinBlock, IncomingBlocks } from '../block.ts'
import { hashHex } from '../wire/header.ts'
import { blocksOf } from './blocks-of.ts'
import { type BuiltBitcoinSegment, buildBitcoinSegment, type EarlierOutputs } from './build.ts'
import { bitcoinLedgerHash, NO_DIGEST } from './digest.ts'
import { type BitcoinContinuation, fromNoBlock } from './intake.ts'
import { BITCOIN_SCHEMA, type BitcoinManifest, type BitcoinSegmentRecord } from './layout.ts'
import { LocalBitcoinLedger } from './ledger.ts'

export interface BitcoinWriteOptions extends Work {
  /** Bytes that sorting may use, 1.5 GiB when left out. The tables of transactions and accounts come before it (about 150 bytes a transaction). */
  readonly memoryLimit?: number | undefined
  /** Threads beside this one: 1 when left out; with 0 indexing stays in this one. */
  readonly threads?: 0 | 1 | 2 | undefined
}

/** What an import or an append did. */
export interface BitcoinImportReport {
  readonly manifest: BitcoinManifest
  /** Blocks and transactions that it brought. */
  readonly blocks: number
  readonly transactions: number
  /** Blocks of the ledger that were undone because the chain went another way. */
  readonly undone: number
  /** Its own sources; the manifest lists earlier ones too. */
  readonly sources: readonly SourceRecord[]
  /** Bytes of the whole ledger on disk. */
  readonly bytes: number
}

const DEFAULT_MEMORY = 1.5 * 2 ** 30
const MISSING = ' heights between the first block and the last are not in the ledger: what was paid there is not seen.'
const NO_EARLIER: EarlierOutputs = { accountOf: () => ABSENT, satoshisOf: () => -1 }

/** Opens a Bitcoin ledger on disk. Throws `ledger/not-a-ledger`, `ledger/other-chain` for one of an account chain, `ledger/newer-schema`, `ledger/damaged`. */
export async function openBitcoinLedger(directory: string): Promise<LocalBitcoinLedger> {
  const names = (manifest: BitcoinManifest): string => manifest.segments.map(({ name }) => name).join(' ')
  for (let manifest = await bitcoinManifest(directory); ; ) {
    try {
      return new LocalBitcoinLedger(directory, manifest)
    } catch (error) {
      // A writer may have replaced the segments between the two reads; then the manifest is another one now.
      const again = await bitcoinManifest(directory)
      if (names(again) === names(manifest)) throw error
      manifest = again
    }
  }
}

/** The manifest of a Bitcoin ledger. Throws as `openBitcoinLedger`, but for damage to its segments. */
export async function bitcoinManifest(directory: string): Promise<BitcoinManifest> {
  const manifest = await readAnyManifest(directory)
  if (manifest.format === 'cordon-bitcoin-ledger') return manifest
  throw new CordonError('ledger/other-chain', `${directory} is a ledger of ${manifest.chain}, not of Bitcoin`, {
    place: { file: directory },
    remedy: 'name a Bitcoin ledger',
  })
}

/**
 * Writes a new ledger into a folder, in the place of one that may be there: the old one stays whole until the new one is. Closes `incoming`.
 *
 * @throws CordonError as `BitcoinIntake.add`, `ledger/in-use`, `ledger/not-a-ledger`, `ledger/disk-full`, and what the source throws
 */
export async function writeBitcoinLedger(
  incoming: IncomingBlocks,
  directory: string,
  options: BitcoinWriteOptions = {},
): Promise<BitcoinImportReport> {
  return whileHeld(incoming, directory, async (held) => {
    const staged = new Staged(held, options)
    const built = await staged.build(incoming, fromNoBlock(), NO_EARLIER)
    const manifest = manifestOf(incoming, null, [built.record], built)
    await publish(directory, manifest, staged.folders())
    return reportOf(manifest, incoming, built, 0)
  })
}

/**
 * Adds newer blocks to a ledger. Blocks that it has are passed over. Where the first other one follows a block below the ledger's last, the chain was reorganised: the blocks after the fork are
 * undone first, provided that the new branch is longer. Closes `incoming`.
 *
 * @throws CordonError `bitcoin/not-linked` when the new blocks follow none of the ledger's, `bitcoin/shorter-branch`, `ledger/other-chain`, and as `writeBitcoinLedger`; the ledger is
 *   then as it was
 */
export async function extendBitcoinLedger(
  incoming: IncomingBlocks,
  directory: string,
  options: BitcoinWriteOptions = {},
): Promise<BitcoinImportReport> {
  return whileHeld(incoming, directory, async (held) => {
    const ledger = await openBitcoinLedger(directory)
    const opened: LocalBitcoinLedger[] = [ledger]
    try {
      const previous = ledger.manifest
      if (previous.chain !== BITCOIN_NETWORKS[incoming.network].chain)
        throw new CordonError('ledger/other-chain', `the ledger holds ${previous.chain} and the new blocks are of ${incoming.network}`, {
          remedy: 'keep one ledger for each chain',
        })
      const { first, rest } = await firstNew(incoming, ledger)
      const staged = new Staged(held, options)
      let base = ledger
      let undone = 0
      if (first !== null && previous.tip !== null && first.height <= previous.tip.height) {
        undone = blocksAbove(ledger, first.height - 1)
        base = await cut(ledger, first.height - 1, staged)
        opened.push(base)
      }
      const built = await staged.build({ blocks: () => rest }, continuationOf(base), base)
      if (built.intake.blocks === 0) return reportOf(manifestOf(incoming, previous, previous.segments, null), incoming, built, 0)
      if (undone > 0 && (built.intake.last?.height ?? 0) <= (previous.tip?.height ?? 0))
        throw new CordonError(
          'bitcoin/shorter-branch',
          `the new branch ends at height ${built.intake.last?.height} and the ledger at ${previous.tip?.height}: nothing was undone`,
          { remedy: 'append again when the new branch is longer than the old one' },
        )
      let records: readonly BitcoinSegmentRecord[] = [...base.manifest.segments, built.record]
      let manifest = manifestOf(incoming, base.manifest, records, built)
      const count = segmentsToMerge(records.map(({ rows }) => rows))
      if (count > 1) {
        const whole = new LocalBitcoinLedger(directory, manifest, { folders: staged.places() })
        opened.push(whole)
        const before = subset(whole.manifest, records.slice(0, -count))
        const earlier = new LocalBitcoinLedger(directory, before, { folders: staged.places() })
        opened.push(earlier)
        const merged = await staged.build(
          { blocks: () => later(blocksOf(whole, whole.segments.slice(-count))) },
          continuationOf(earlier),
          earlier,
        )
        records = [...records.slice(0, -count), merged.record]
        manifest = { ...manifest, segments: records }
      }
      for (const each of opened) await each.close()
      await publish(directory, manifest, staged.folders(records))
      return reportOf(manifest, incoming, built, undone)
    } finally {
      for (const each of opened) await each.close()
    }
  })
}

/** Segments on their way: built beside the ledger under the names that they will have. */
class Staged {
  readonly #held: Held
  readonly #options: BitcoinWriteOptions
  readonly #folders: { readonly folder: string; readonly name: string }[] = []

  constructor(held: Held, options: BitcoinWriteOptions) {
    this.#held = held
    this.#options = options
  }

  async build(incoming: Pick<IncomingBlocks, 'blocks'>, start: BitcoinContinuation, earlier: EarlierOutputs): Promise<BuiltBitcoinSegment> {
    const name = nextSegmentName(this.#held.directory)
    const folder = stagingFolder(this.#held.directory, name)
    this.#folders.push({ folder, name })
    const { progress, signal, memoryLimit, threads = 1 } = this.#options
    return buildBitcoinSegment(incoming, folder, start, {
      ...(progress === undefined ? {} : { progress }),
      ...(signal === undefined ? {} : { signal }),
      name,
      memory: memoryLimit ?? DEFAULT_MEMORY,
      earlier,
      threads: threads > 0,
    })
  }

  /** Where each staged segment lies until it is published. */
  places(): ReadonlyMap<string, string> {
    return new Map(this.#folders.map(({ folder, name }) => [name, folder]))
  }

  /** Those that the ledger will have; what is left over is cleared away with the lock. */
  folders(records?: readonly { readonly name: string }[]): { readonly folder: string; readonly name: string }[] {
    return this.#folders.filter(({ name }) => records === undefined || records.some((record) => record.name === name))
  }
}

/** The first block that the ledger does not have, and all from it on. */
async function firstNew(
  incoming: IncomingBlocks,
  ledger: LocalBitcoinLedger,
): Promise<{ readonly first: BitcoinBlock | null; readonly rest: AsyncGenerator<BitcoinBlock> }> {
  const blocks = incoming.blocks()[Symbol.asyncIterator]()
  const has = ({ height, hash }: BitcoinBlock): boolean => {
    const own = ledger.blockHash(height)
    return own !== null && Buffer.compare(own, hash) === 0
  }
  let next = await blocks.next()
  while (next.done !== true && has(next.value)) next = await blocks.next()
  const first = next.done === true ? null : next.value
  if (first !== null && ledger.manifest.tip !== null && first.height <= ledger.manifest.tip.height) {
    const parent = ledger.blockHash(first.height - 1)
    if (parent === null || Buffer.compare(parent, first.previous) !== 0)
      throw new CordonError(
        'bitcoin/not-linked',
        `block ${hashHex(first.hash)} (height ${first.height}) is not in the ledger and does not follow any of its blocks`,
        { remedy: 'append blocks from the last common one on, or import everything anew' },
      )
  }
  async function* rest(): AsyncGenerator<BitcoinBlock> {
    for (let at = next; at.done !== true; at = await blocks.next()) yield at.value
  }
  return { first, rest: rest() }
}

function blocksAbove(ledger: LocalBitcoinLedger, height: number): number {
  return ledger.segments.reduce((sum, segment) => sum + segment.u32('block.height').filter((own) => own > height).length, 0)
}

/** The ledger as it was when `height` was its last block: whole segments stay, the one that the fork goes through is built anew. */
async function cut(ledger: LocalBitcoinLedger, height: number, staged: Staged): Promise<LocalBitcoinLedger> {
  const kept = ledger.segments.filter((segment) => (segment.u32('block.height').at(-1) ?? 0) <= height)
  const through = ledger.segments.find((segment) => (segment.u32('block.height')[0] ?? 0) <= height && !kept.includes(segment))
  const records = kept.map(({ record }) => record)
  const previous = { ...ledger.manifest, time: spanUpTo(ledger, height) }
  const base = new LocalBitcoinLedger(ledger.directory, subset(previous, records))
  if (through === undefined) return base
  try {
    const built = await staged.build(
      { blocks: () => later(blocksOf(ledger, [through], (own) => own <= height)) },
      continuationOf(base),
      base,
    )
    return new LocalBitcoinLedger(ledger.directory, subset(previous, [...records, built.record]), { folders: staged.places() })
  } finally {
    await base.close()
  }
}

/** First and last time of the blocks up to a height. */
function spanUpTo(ledger: LocalBitcoinLedger, height: number): BitcoinManifest['time'] {
  let span: BitcoinManifest['time'] = null
  for (const segment of ledger.segments) {
    const times = segment.u32('block.time').subarray(0, lowerBound(segment.u32('block.height'), height + 1))
    for (const time of times) span = spanOf(span, time, time)
  }
  return span
}

async function* later(blocks: Iterable<BitcoinBlock>): AsyncGenerator<BitcoinBlock> {
  yield* blocks
}

/** What a new segment goes on from. */
function continuationOf(ledger: LocalBitcoinLedger): BitcoinContinuation {
  const last = ledger.segments.at(-1)
  if (last === undefined) return fromNoBlock()
  const { record } = last
  const block = record.blocks - 1
  return {
    firstTx: record.firstTx + record.transactions,
    firstInput: record.firstInput + record.inputs,
    firstOutput: record.firstOutput + record.outputs,
    firstForeign: record.firstForeign + record.foreign,
    firstRow: record.firstRow + record.rows,
    firstAccount: record.firstAccount + record.accounts,
    tip:
      block < 0
        ? null
        : {
            height: last.u32('block.height')[block] as number,
            hash: last.u8('block.hash').slice(block * 32, block * 32 + 32),
            digest: last.u8('block.digest').slice(block * 32, block * 32 + 32),
          },
    findAccount: (key) => ledger.findAccount(key),
    findOutput: (txid, index) => ledger.findOutput(txid, index),
    spendsForeign: (txid, index) => ledger.findForeign(txid, index) !== ABSENT,
  }
}

/** The manifest with fewer segments, as far as a ledger that is only built upon needs it. */
function subset(manifest: BitcoinManifest, segments: readonly BitcoinSegmentRecord[]): BitcoinManifest {
  const sum = (of: (record: BitcoinSegmentRecord) => number): number => segments.reduce((total, record) => total + of(record), 0)
  return {
    ...manifest,
    segments,
    transfers: sum((record) => record.rows),
    transactions: sum((record) => record.transactions),
    inputs: sum((record) => record.inputs),
    outputs: sum((record) => record.outputs),
    foreign: sum((record) => record.foreign),
    accounts: sum((record) => record.accounts),
    ...(segments.length === 0 ? { blocks: null, time: null, tip: null } : {}),
  }
}

function manifestOf(
  incoming: IncomingBlocks,
  previous: BitcoinManifest | null,
  segments: readonly BitcoinSegmentRecord[],
  built: BuiltBitcoinSegment | null,
): BitcoinManifest {
  if (built === null && previous !== null) return previous
  const { chain, asset, name } = BITCOIN_NETWORKS[incoming.network]
  const intake = built?.intake
  const sum = (of: (record: BitcoinSegmentRecord) => number): number => segments.reduce((total, record) => total + of(record), 0)
  const firstHeight = previous?.blocks?.first ?? intake?.first?.height
  const lastHeight = intake?.last?.height ?? previous?.blocks?.last
  const gaps = sum((record) => record.gaps)
  return {
    format: 'cordon-bitcoin-ledger',
    schema: BITCOIN_SCHEMA,
    chain,
    hash: bitcoinLedgerHash(chain, intake?.digest ?? NO_DIGEST),
    assets: [{ id: asset, decimals: 8, symbol: name === 'main' ? 'BTC' : 'tBTC' }],
    transfers: sum((record) => record.rows),
    transactions: sum((record) => record.transactions),
    accounts: sum((record) => record.accounts),
    inputs: sum((record) => record.inputs),
    outputs: sum((record) => record.outputs),
    foreign: sum((record) => record.foreign),
    unknownValues: sum((record) => record.unknownValues),
    blocks: firstHeight === undefined || lastHeight === undefined ? null : { first: firstHeight, last: lastHeight },
    time: spanOf(previous?.time ?? null, intake?.firstTime ?? null, intake?.lastTime ?? null),
    lossy: (previous?.lossy ?? false) || incoming.lossy,
    // From block 0 on a whole chain knows every output that it spends. One that spends others lacks transactions, whatever its heights say.
    genesis: firstHeight === 0 && gaps === 0 && sum((record) => record.foreign) === 0,
    orderNotes: [
      ...new Set([
        // How many heights are missing is said anew each time.
        ...(previous?.orderNotes ?? []).filter((note) => !note.endsWith(MISSING)),
        ...incoming.notes,
        ...(gaps === 0 ? [] : [`${gaps}${MISSING}`]),
      ]),
    ],
    sources: [...(previous?.sources ?? []), ...incoming.sources],
    tip: intake?.last == null ? null : { height: intake.last.height, hash: hashHex(intake.last.hash) },
    segments,
  }
}

function spanOf(
  range: { readonly first: number; readonly last: number } | null,
  first: number | null,
  last: number | null,
): { readonly first: number; readonly last: number } | null {
  if (first === null || last === null) return range
  return range === null ? { first, last } : { first: Math.min(range.first, first), last: Math.max(range.last, last) }
}

function reportOf(
  manifest: BitcoinManifest,
  incoming: IncomingBlocks,
  { intake }: BuiltBitcoinSegment,
  undone: number,
): BitcoinImportReport {
  const bytes = manifest.segments.flatMap(({ files }) => Object.values(files)).reduce((sum, file) => sum + file.bytes, 0)
  return { manifest, blocks: intake.blocks, transactions: intake.transactions, undone, sources: incoming.sources, bytes }
}
