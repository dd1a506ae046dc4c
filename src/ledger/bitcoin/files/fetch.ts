import { closeSync, openSync } from 'node:fs'
import type { NetworkName } from '../../../chain/index.ts'
import type { BitcoinBlock, SpentColumn } from '../block.ts'
import { readBlock, readUndo } from '../wire/index.ts'
import { readHex, readPiece } from './bytes.ts'
import type { Recognised } from './recognise.ts'
import { UndoFinder, type UndoRecords } from './undo-records.ts'

/** Everything that reading blocks needs to know; crosses to a worker thread. */
export interface FetchOptions {
  readonly network: NetworkName
  readonly witnesses: boolean
  /** By number, with the undo records of each where it has some. */
  readonly files: readonly { readonly file: Recognised; readonly undo: UndoRecords | null }[]
}

/** Blocks to read one after the other; parallel columns. */
export interface Batch {
  readonly file: Uint32Array
  readonly position: Float64Array
  readonly length: Uint32Array
  readonly height: Uint32Array
}

/** Files that are kept open at a time. */
const OPEN_FILES = 64

/** Reads blocks from their places in files, each with what its inputs spent where there is undo data. */
export class Fetcher {
  private readonly options: FetchOptions
  /** Open files by path, the one used last at the end. */
  private readonly open = new Map<string, number>()
  private readonly finders = new Map<number, UndoFinder>()

  constructor(options: FetchOptions) {
    this.options = options
  }

  /** @throws CordonError as `readBlock`, `readUndo`; `bitcoin/file-changed`, `bitcoin/bad-hex` */
  fetch(batch: Batch, i: number): BitcoinBlock {
    const number = batch.file[i] as number
    const position = batch.position[i] as number
    const length = batch.length[i] as number
    const { file, undo } = this.options.files[number] as FetchOptions['files'][number]
    const bytes =
      file.kind === 'hex' ? readHex(file.path, file.bytes) : readPiece(this.descriptor(file.path), file.path, file.key, position, length)
    const block = readBlock(bytes, {
      network: this.options.network,
      height: batch.height[i] as number,
      witnesses: this.options.witnesses,
      file: file.path,
      offset: position,
    })
    const spent = undo === null ? null : this.spent(block, number, undo)
    return spent === null ? block : { ...block, spent }
  }

  close(): void {
    for (const fd of this.open.values()) closeSync(fd)
    this.open.clear()
  }

  private spent(block: BitcoinBlock, number: number, undo: UndoRecords): SpentColumn | null {
    // A coinbase alone spends nothing: its record would say nothing.
    if (block.transactions === 1) return readUndo(new Uint8Array(1), block)
    let finder = this.finders.get(number)
    if (finder === undefined) {
      finder = new UndoFinder(undo)
      this.finders.set(number, finder)
    }
    const record = finder.find(this.descriptor(undo.path), block.previous, block.transactions - 1)
    return record === null ? null : readUndo(record.bytes, block, { file: undo.path, offset: record.offset })
  }

  private descriptor(path: string): number {
    let fd = this.open.get(path)
    if (fd === undefined) {
      const oldest = this.open.entries().next().value
      if (this.open.size >= OPEN_FILES && oldest !== undefined) {
        closeSync(oldest[1])
        this.open.delete(oldest[0])
      }
      fd = openSync(path, 'r')
    } else this.open.delete(path)
    this.open.set(path, fd)
    return fd
  }
}
