import { BITCOIN_NETWORKS, CordonError, type NetworkName } from '../../../chain/index.ts'
import { describeMagic, networkOfMagic } from './magic.ts'
import type { FileWindow } from './window.ts'

/** Magic and length, before every block and undo record (Bitcoin Core, `node/blockstorage.h`, `STORAGE_HEADER_BYTES`). */
export const FRAME_BYTES = 8

/** One block or undo record: where its first byte is, and its length. */
export interface Frame {
  readonly start: number
  readonly length: number
}

export interface FrameOptions {
  readonly network: NetworkName
  /** Bytes that follow each record and are not in its length. */
  readonly trailer: number
  /** A node may still be writing at the end of the file: what is cut off there is no error. */
  readonly newest: boolean
  /** Receives a sentence where the last record was left out. */
  readonly notes: string[]
}

/**
 * The records of a block or undo file, up to the space that is set aside at its end.
 *
 * @throws CordonError `bitcoin/wrong-magic`, `bitcoin/garbage`, `bitcoin/truncated-file`
 */
export function* frames(window: FileWindow, options: FrameOptions): Generator<Frame> {
  const expected = BITCOIN_NETWORKS[options.network].magic
  const { path, size } = window
  for (let at = 0; at < size; ) {
    const head = window.look(at, FRAME_BYTES)
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
    const magic = head.length < 4 ? null : view.getUint32(0, true)
    if (magic !== expected) {
      if (window.isUnwritten(at)) return
      if (magic !== null) throw wrongMagic(path, at, magic, options.network)
    }
    const length = head.length < FRAME_BYTES ? null : view.getUint32(4, true)
    if (length === null || at + FRAME_BYTES + length + options.trailer > size) {
      if (options.newest) {
        options.notes.push(unfinished(path, at))
        return
      }
      throw new CordonError(
        'bitcoin/truncated-file',
        `${path} ends within what begins at byte ${at}: ${length === null ? 'its length is cut off' : `${length} bytes should follow, and ${size - at - FRAME_BYTES} do`}`,
        { place: { file: path }, remedy: 'Copy the file again from the node that wrote it.' },
      )
    }
    yield { start: at + FRAME_BYTES, length }
    at += FRAME_BYTES + length + options.trailer
  }
}

/** A sentence on the last record of a file that a node was still writing. */
export function unfinished(path: string, at: number): string {
  return `${path}: what begins at byte ${at} is not complete (a node is still writing it, or was stopped); it is left out`
}

function wrongMagic(path: string, at: number, magic: number, network: NetworkName): CordonError {
  const expected = describeMagic(BITCOIN_NETWORKS[network].magic)
  if (networkOfMagic(magic) !== null || at === 0) {
    return new CordonError('bitcoin/wrong-magic', `${path} has ${describeMagic(magic)} at byte ${at}, where ${expected} is expected`, {
      place: { file: path },
      remedy: 'Read files of one network at a time, and name that network.',
    })
  }
  return garbage(path, at, `${describeMagic(magic)} stands where ${expected} should begin the next block`)
}

export function garbage(path: string, at: number, what: string): CordonError {
  return new CordonError('bitcoin/garbage', `${path} is damaged at byte ${at}: ${what}`, {
    place: { file: path },
    remedy:
      'Copy the file again from the node that wrote it; if it is damaged there, let the node fetch the blocks again (bitcoind -reindex).',
  })
}
