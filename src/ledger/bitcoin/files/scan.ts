import { closeSync, openSync } from 'node:fs'
import { BITCOIN_NETWORKS, CordonError, type NetworkName } from '../../../chain/index.ts'
import { type BlockHeader, coinbaseHeight, HEADER_BYTES, hashHex, hasWork, readBlock, readHeader } from '../wire/index.ts'
import { readHex, readPiece } from './bytes.ts'
import { type Catalogue, MIN_BLOCK_BYTES } from './catalogue.ts'
import { type Frame, frames, garbage, unfinished } from './frames.ts'
import { MAX_BLOCK_BYTES, type Recognised } from './recognise.ts'
import { FileWindow } from './window.ts'

/** So much that was never written at the end of a block is no chance: a node is still writing it, or was stopped. */
const UNWRITTEN_BYTES = 16

/** What the scans of all files add to. */
export interface Scan {
  readonly network: NetworkName
  readonly catalogue: Catalogue
  readonly notes: string[]
  /** Blocks that were found before. */
  readonly repeats: { hash: string; path: string }[]
}

/**
 * Finds the blocks of a file without reading them: their headers, proof of work checked, and where they are. Returns how many the file holds.
 *
 * @throws CordonError as `frames`; `bitcoin/garbage`, `bitcoin/no-proof-of-work`, `bitcoin/bad-block`, `bitcoin/bad-hex`
 */
export function scanBlocks(file: Recognised, number: number, newest: boolean, scan: Scan): number {
  if (file.kind === 'empty') return 0
  return file.kind === 'blocks' ? scanFrames(file, number, newest, scan) : scanOne(file, number, scan)
}

function scanFrames(file: Recognised, number: number, newest: boolean, scan: Scan): number {
  const { path } = file
  const window = new FileWindow(path, file.key)
  try {
    let blocks = 0
    let last: { readonly frame: Frame; readonly header: BlockHeader } | null = null
    const take = (): void => {
      if (last === null) return
      add(scan, number, path, last.frame.start, last.frame.length, last.header)
      blocks++
    }
    for (const frame of frames(window, { network: scan.network, trailer: 0, newest, notes: scan.notes })) {
      take()
      last = null
      const problem = problemOf(frame, window, scan.network)
      if (typeof problem !== 'string') last = { frame, header: problem }
      else if (newest && window.isUnwritten(frame.start + HEADER_BYTES)) {
        scan.notes.push(unfinished(path, frame.start))
        return blocks
      } else throw garbage(path, frame.start, problem)
    }
    if (newest && last !== null && isUnfinished(file, last.frame, window, scan.network)) scan.notes.push(unfinished(path, last.frame.start))
    else take()
    return blocks
  } finally {
    window.close()
  }
}

/** The header of a frame that can be a block, or why it cannot. */
function problemOf(frame: Frame, window: FileWindow, network: NetworkName): BlockHeader | string {
  if (frame.length < MIN_BLOCK_BYTES) return `a block would have ${frame.length} bytes, fewer than the shortest`
  if (frame.length > MAX_BLOCK_BYTES) return `a block would have ${frame.length} bytes, more than any may have`
  const header = readHeader(window.look(frame.start, HEADER_BYTES), 0)
  return hasWork(header, network) ? header : 'what should be a block has no header with proof of work'
}

/** Whether the last block of the newest file has a header, and not yet all of what follows. */
function isUnfinished(file: Recognised, frame: Frame, window: FileWindow, network: NetworkName): boolean {
  const end = frame.start + frame.length
  if (!window.isUnwritten(end - UNWRITTEN_BYTES, end)) return false
  const bytes = pieceOf(file, frame.start, frame.length)
  try {
    readBlock(bytes, { network, height: coinbaseHeight(bytes, BITCOIN_NETWORKS[network]) ?? 0, witnesses: false })
    return false
  } catch (error) {
    if (error instanceof CordonError) return true
    throw error
  }
}

function scanOne(file: Recognised, number: number, scan: Scan): number {
  const { path } = file
  const hex = file.kind === 'hex'
  const bytes = hex ? readHex(path, file.bytes) : pieceOf(file, 0, HEADER_BYTES)
  const length = hex ? bytes.length : file.bytes
  const header = readHeader(bytes, 0, { file: path })
  if (!hasWork(header, scan.network)) {
    throw new CordonError(
      'bitcoin/no-proof-of-work',
      `${path} is no block of the ${scan.network} network: its header does not show the work`,
      {
        place: { file: path },
        remedy: 'Name the network that it is of.',
      },
    )
  }
  if (length > MAX_BLOCK_BYTES) {
    throw new CordonError('bitcoin/bad-block', `${path} begins with a block's header and has ${length} bytes, more than any block`, {
      place: { file: path },
      remedy: 'A file without magic and length before each block holds one block.',
    })
  }
  add(scan, number, path, 0, length, header)
  return 1
}

function pieceOf(file: Recognised, position: number, length: number): Uint8Array {
  const fd = openSync(file.path, 'r')
  try {
    return readPiece(fd, file.path, file.key, position, length)
  } finally {
    closeSync(fd)
  }
}

function add(scan: Scan, number: number, path: string, position: number, length: number, header: BlockHeader): void {
  if (scan.catalogue.add(number, position, length, header) !== null) scan.repeats.push({ hash: hashHex(header.hash), path })
}
