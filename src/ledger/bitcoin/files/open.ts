import { closeSync, openSync } from 'node:fs'
import { CordonError, type NetworkName, type Work } from '../../../chain/index.ts'
import type { SourceRecord } from '../../ledger.ts'
import { hashFile } from '../../local/jobs.ts'
import type { BitcoinBlock, IncomingBlocks } from '../block.ts'
import { readHex, readPiece } from './bytes.ts'
import { Catalogue } from './catalogue.ts'
import type { Batch } from './fetch.ts'
import { type BlockFile, locateBlocks } from './locate.ts'
import { type Plan, planBlocks } from './plan.ts'
import { type Scan, scanBlocks } from './scan.ts'
import { fetchAll } from './threads.ts'
import { scanUndo, type UndoRecords } from './undo-records.ts'

export interface BlockFilesOptions extends Work {
  /** Network of blocks without a magic number, and the one that others must have; `main` for the former when left out. */
  readonly network?: NetworkName | undefined
  /** Height of the first block, where neither it nor those after it say it and the blocks before it are not there. */
  readonly height?: number | undefined
  /** Blocks below this height are looked at for the chain and not read. */
  readonly from?: number | undefined
  /**
   * `where-needed` leaves undo data unread where nothing can be spent that the blocks themselves do not create: from the genesis block on without a gap, or, as `complete` says, when whoever
   * uses them has all earlier blocks. `always` when left out.
   */
  readonly undo?: 'always' | 'where-needed' | undefined
  readonly complete?: boolean | undefined
  /** Threads that read ahead of whoever uses the blocks: 1 when left out, 0 for none. */
  readonly threads?: 0 | 1 | 2 | undefined
  /** False leaves the check of witnesses off. */
  readonly witnesses?: boolean | undefined
}

/** Bytes and blocks that a batch has at most, save that one block is always enough. */
const BATCH_BYTES = 4 << 20
const BATCH_BLOCKS = 1000
/** Files up to this size are hashed whole. */
const HASHED_BYTES = 16 << 20

/**
 * Opens files of blocks: a blocks folder of Bitcoin Core or some of its files (blk*.dat with rev*.dat and xor.dat), other files of blocks behind magic and length, single
 * blocks raw or in hex; told apart by content. Every header is read and its proof of work checked before anything else, to find the chain of most work.
 *
 * @throws CordonError as `locateBlocks`, `scanBlocks`, `scanUndo`, `planBlocks`; `bitcoin/wrong-magic` when files are of several networks
 * @example
 * const incoming = await openBlockFiles(['/home/me/.bitcoin/blocks'])
 * for await (const block of incoming.blocks()) console.log(block.height, block.transactions)
 */
export async function openBlockFiles(paths: readonly string[], options: BlockFilesOptions = {}): Promise<IncomingBlocks> {
  const located = locateBlocks(paths)
  const network = networkOf(located, options.network)
  const notes: string[] = []
  const scan: Scan = { network, catalogue: new Catalogue(), notes, repeats: [] }
  const held: number[] = []
  const undo: (UndoRecords | null)[] = []
  for (const [number, { file, undo: undoFile, newest }] of located.entries()) {
    options.progress?.({ phase: 'reading headers', done: number, total: located.length, unit: 'files' })
    await new Promise((resolve) => setImmediate(resolve))
    options.signal?.throwIfAborted()
    held.push(scanBlocks(file, number, newest, scan))
    undo.push(undoFile === null ? null : scanUndo(undoFile, network, notes))
  }
  if (scan.catalogue.blocks === 0) throw noBlocks(located)
  noteRepeats(scan)
  const plan = planBlocks({
    network,
    catalogue: scan.catalogue,
    paths: located.map(({ file }) => file.path),
    head: (block, bytes) => headOf(block, bytes, scan.catalogue, located),
    height: options.height ?? null,
    from: options.from ?? 0,
    notes,
  })
  return new OpenedBlocks({ network, located, undo, held, plan, catalogue: scan.catalogue, notes, options })
}

interface Opened {
  readonly network: NetworkName
  readonly located: readonly BlockFile[]
  readonly undo: readonly (UndoRecords | null)[]
  /** Blocks in each file. */
  readonly held: readonly number[]
  readonly plan: Plan
  readonly catalogue: Catalogue
  readonly notes: string[]
  readonly options: BlockFilesOptions
}

class OpenedBlocks implements IncomingBlocks {
  readonly network: NetworkName
  readonly lossy = false
  readonly sources: SourceRecord[] = []
  private readonly opened: Opened
  private readonly stopped = new AbortController()
  private begun = false

  constructor(opened: Opened) {
    this.opened = opened
    this.network = opened.network
  }

  get notes(): readonly string[] {
    return this.opened.notes
  }

  async *blocks(): AsyncGenerator<BitcoinBlock> {
    if (this.begun) throw new Error('blocks are read once')
    this.begun = true
    const { network, located, undo, plan, catalogue, options } = this.opened
    const { progress, signal, threads = 1, witnesses = true } = options
    const unneeded = this.undoUnneeded()
    const files = located.map(({ file }, i) => ({ file, undo: unneeded ? null : (undo[i] as UndoRecords | null) }))
    const transactions = new Float64Array(files.length)
    const unknown = new Float64Array(files.length)
    const total = plan.block.length
    let done = 0
    const ended = signal === undefined ? this.stopped.signal : AbortSignal.any([signal, this.stopped.signal])
    for await (const block of fetchAll(batchesOf(plan, catalogue), { network, witnesses, files, threads, signal: ended })) {
      const number = plan.block[done] as number
      const file = catalogue.file[number] as number
      if (Buffer.compare(block.hash, catalogue.hash(number)) !== 0) throw changed(located[file]?.file.path as string)
      transactions[file] = (transactions[file] as number) + block.transactions
      if (!unneeded && block.spent === null && block.transactions > 1) unknown[file] = (unknown[file] as number) + 1
      if (done++ % 64 === 0) progress?.({ phase: 'reading', done, total, unit: 'blocks' })
      yield block
    }
    progress?.({ phase: 'reading', done, total, unit: 'blocks' })
    this.account(transactions, unknown)
  }

  async close(): Promise<void> {
    this.stopped.abort(new Error('the block files were closed'))
  }

  private undoUnneeded(): boolean {
    const { plan, options } = this.opened
    if (options.undo !== 'where-needed') return false
    const first = plan.height[0]
    const last = plan.height.at(-1)
    if (first === undefined || last === undefined || last - first + 1 !== plan.block.length) return false
    return first === 0 || options.complete === true
  }

  private account(transactions: Float64Array, unknown: Float64Array): void {
    const { located, undo, held, notes } = this.opened
    const record = (file: BlockFile['file'], own: Pick<SourceRecord, 'format' | 'rowsRead' | 'transfers' | 'lacks'>): void => {
      const sha256 = file.bytes <= HASHED_BYTES ? hashFile(file.path) : null
      this.sources.push({ file: file.path, bytes: file.bytes, sha256, refused: 0, lossy: false, ...own })
    }
    for (const [i, { file, undo: undoFile }] of located.entries()) {
      const lacking = unknown[i] as number
      record(file, {
        format: file.kind === 'block' || file.kind === 'hex' ? 'bitcoin/raw-block' : 'bitcoin-core/blk',
        rowsRead: held[i] as number,
        transfers: transactions[i] as number,
        lacks: lacking > 0 ? ['spent values'] : [],
      })
      if (undoFile === null) continue
      record(undoFile, { format: 'bitcoin-core/rev', rowsRead: undo[i]?.start.length ?? 0, transfers: 0, lacks: [] })
      if (lacking > 0) {
        notes.push(
          `${undoFile.path} has no undo data for ${lacking} of the blocks read from ${file.path}: what their inputs spent from before these files is not known`,
        )
      }
    }
  }
}

function networkOf(located: readonly BlockFile[], wanted: NetworkName | undefined): NetworkName {
  const framed = located.flatMap(({ file, undo }) => (undo === null ? [file] : [file, undo])).filter((file) => file.network !== null)
  const network = wanted ?? framed[0]?.network ?? 'main'
  const other = framed.find((file) => file.network !== network)
  if (other !== undefined) {
    const first = framed.find((file) => file.network === network)
    throw new CordonError(
      'bitcoin/wrong-magic',
      `${other.path} is of the ${other.network} network, and ${first === undefined ? `${network} was asked for` : `${first.path} of ${network}`}`,
      { place: { file: other.path }, remedy: 'Read files of one network at a time, and name that network.' },
    )
  }
  return network
}

function noBlocks(located: readonly BlockFile[]): CordonError {
  const [{ file }] = located as [BlockFile]
  return new CordonError(
    'bitcoin/no-blocks',
    `${file.path}${located.length > 1 ? ' and the files after it have' : ' has'} no whole block yet`,
    {
      place: { file: file.path },
      remedy: 'Wait until the node has fetched some.',
    },
  )
}

function noteRepeats({ repeats, notes }: Scan): void {
  const [first] = repeats
  if (first === undefined) return
  const more = repeats.length === 1 ? '' : `, and ${repeats.length - 1} other blocks`
  notes.push(`block ${first.hash}${more} is there more than once and is taken once (again in ${first.path})`)
}

function headOf(block: number, bytes: number, catalogue: Catalogue, located: readonly BlockFile[]): Uint8Array {
  const { file } = located[catalogue.file[block] as number] as BlockFile
  const wanted = Math.min(bytes, catalogue.length[block] as number)
  if (file.kind === 'hex') return readHex(file.path, file.bytes).subarray(0, wanted)
  const fd = openSync(file.path, 'r')
  try {
    return readPiece(fd, file.path, file.key, catalogue.position[block] as number, wanted)
  } finally {
    closeSync(fd)
  }
}

/** Made as they are asked for: a whole chain has hundreds of thousands. */
function* batchesOf(plan: Plan, catalogue: Catalogue): Generator<Batch> {
  for (let begin = 0; begin < plan.block.length; ) {
    let end = begin
    let bytes = 0
    while (end < plan.block.length && end - begin < BATCH_BLOCKS) {
      bytes += catalogue.length[plan.block[end] as number] as number
      if (end > begin && bytes > BATCH_BYTES) break
      end++
    }
    const blocks = plan.block.subarray(begin, end)
    yield {
      file: Uint32Array.from(blocks, (block) => catalogue.file[block] as number),
      position: Float64Array.from(blocks, (block) => catalogue.position[block] as number),
      length: Uint32Array.from(blocks, (block) => catalogue.length[block] as number),
      height: plan.height.slice(begin, end),
    }
    begin = end
  }
}

function changed(path: string): CordonError {
  return new CordonError('bitcoin/file-changed', `${path} has changed since it was opened`, {
    place: { file: path },
    remedy: 'Read it again when nothing writes to it.',
  })
}
