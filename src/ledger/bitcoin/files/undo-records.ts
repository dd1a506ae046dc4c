import type { NetworkName } from '../../../chain/index.ts'
import { isUndoAfter } from '../wire/index.ts'
import { readPiece } from './bytes.ts'
import { frames } from './frames.ts'
import type { Key } from './obfuscation.ts'
import type { Recognised } from './recognise.ts'
import { FileWindow } from './window.ts'

const HASH_BYTES = 32
/** A compact size. */
const COUNT_BYTES = 9

/** Where the undo records of a file are, and of how many transactions each is. */
export interface UndoRecords {
  readonly path: string
  readonly key: Key
  readonly start: Float64Array
  readonly length: Uint32Array
  readonly spenders: Uint32Array
}

/**
 * Finds the records of an undo file without reading them. One that is cut off at the end is left out with a note: a node writes to undo files of any number, and what a block
 * without undo data spent is said to be unknown.
 *
 * @throws CordonError as `frames`
 */
export function scanUndo(file: Recognised, network: NetworkName, notes: string[]): UndoRecords {
  const start: number[] = []
  const length: number[] = []
  const spenders: number[] = []
  if (file.kind === 'undo') {
    const window = new FileWindow(file.path, file.key)
    try {
      for (const frame of frames(window, { network, trailer: HASH_BYTES, newest: true, notes })) {
        start.push(frame.start)
        length.push(frame.length)
        spenders.push(countAt(window.look(frame.start, Math.min(frame.length, COUNT_BYTES))))
      }
    } finally {
      window.close()
    }
  }
  return {
    path: file.path,
    key: file.key,
    start: Float64Array.from(start),
    length: Uint32Array.from(length),
    spenders: Uint32Array.from(spenders),
  }
}

/** The compact size that a record begins with; a guide only, which reading checks. */
function countAt(bytes: Uint8Array): number {
  const mark = bytes[0] ?? 0
  if (mark < 0xfd) return mark
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (mark === 0xfd) return bytes.length < 3 ? 0 : view.getUint16(1, true)
  return bytes.length < 5 ? 0 : view.getUint32(1, true)
}

/**
 * Finds the record of one block after the other. Records lie in the order in which the node connected the blocks, the order in which they are asked for, so the next one is
 * nearly always the right one; its checksum says whether it is.
 */
export class UndoFinder {
  private readonly records: UndoRecords
  private next = 0

  constructor(records: UndoRecords) {
    this.records = records
  }

  /**
   * Undo data of the block that follows `previous` and has so many transactions that spend, and where it is in the file; null when there is none. `fd` is the file, open.
   */
  find(fd: number, previous: Uint8Array, spenders: number): { readonly bytes: Uint8Array; readonly offset: number } | null {
    const { records } = this
    const count = records.start.length
    for (let away = 0; away <= Math.max(this.next, count - this.next); away++) {
      for (const record of away === 0 ? [this.next] : [this.next + away, this.next - away]) {
        if (record < 0 || record >= count || records.spenders[record] !== spenders) continue
        const start = records.start[record] as number
        const length = records.length[record] as number
        const piece = readPiece(fd, records.path, records.key, start, length + HASH_BYTES, HASH_BYTES)
        if (!isUndoAfter(piece, previous)) continue
        this.next = record + 1
        return { bytes: piece.subarray(HASH_BYTES, HASH_BYTES + length), offset: start }
      }
    }
    return null
  }
}
