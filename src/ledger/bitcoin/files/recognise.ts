import { closeSync, openSync } from 'node:fs'
import { CordonError, type NetworkName } from '../../../chain/index.ts'
import { fileBytes, readFully } from '../../local/files.ts'
import { HEADER_BYTES, hasWork, readHeader } from '../wire/index.ts'
import { describeMagic, knownMagics, networkOfMagic } from './magic.ts'
import { folderOf, type Key, keyOf, unmask } from './obfuscation.ts'

/** A block takes at most four million weight units, and a byte is at least one (BIP 141). */
export const MAX_BLOCK_BYTES = 4_000_000

/**
 * What a file is: `blocks` one after the other behind magic and length, `undo` records the same way, one `block` alone, or one in `hex` digits; `empty` a block or undo file
 * that only has space set aside.
 */
export interface Recognised {
  readonly path: string
  readonly kind: 'blocks' | 'undo' | 'block' | 'hex' | 'empty'
  /** As the magic says; null where there is none. */
  readonly network: NetworkName | null
  readonly key: Key
  readonly bytes: number
}

const FRAME_BYTES = 8
const CHECKSUM_BYTES = 32
const LOOK_BYTES = FRAME_BYTES + HEADER_BYTES
const HEX_LINE = /^[0-9a-fA-F]+$/

/**
 * What a file is by its content, whatever its name; null when it holds no blocks.
 *
 * @throws CordonError `bitcoin/bad-key`
 */
export function recognise(path: string): Recognised | null {
  const bytes = fileBytes(path)
  const fd = openSync(path, 'r')
  try {
    const head = new Uint8Array(4 * LOOK_BYTES)
    const raw = head.subarray(0, readFully(fd, head, 0))
    const folderKey = keyOf(folderOf(path))
    for (const key of folderKey === null ? [null] : [folderKey, null]) {
      const plain = raw.slice()
      unmask(plain, plain.length, 0, key)
      const network = plain.length < FRAME_BYTES ? null : networkOfMagic(word(plain, 0))
      if (network !== null) return { path, kind: isUndo(fd, plain, bytes, key) ? 'undo' : 'blocks', network, key, bytes }
    }
    if (isHeader(raw)) return { path, kind: 'block', network: null, key: null, bytes }
    const text = Buffer.from(raw).toString('latin1').replace(/\s+/g, '')
    if (HEX_LINE.test(text.slice(0, 2 * HEADER_BYTES)) && isHeader(Buffer.from(text.slice(0, 2 * HEADER_BYTES), 'hex'))) {
      return { path, kind: 'hex', network: null, key: null, bytes }
    }
    if (bytes > 0 && raw.every((byte) => byte === 0)) return { path, kind: 'empty', network: null, key: folderKey, bytes }
    return null
  } finally {
    closeSync(fd)
  }
}

/** Why a file that someone named is not taken for blocks: what was found, and what is read. */
export function unrecognised(path: string): CordonError {
  const head = new Uint8Array(FRAME_BYTES)
  const fd = openSync(path, 'r')
  const got = readFully(fd, head, 0)
  closeSync(fd)
  const found = got < 4 ? `has ${got} bytes` : `begins with ${describeMagic(word(head, 0))}`
  return new CordonError('bitcoin/no-blocks', `${path} holds no Bitcoin blocks: it ${found}`, {
    place: { file: path },
    remedy: `Read are block files that begin with ${knownMagics()}, and single blocks, raw or in hex. Block files of Bitcoin Core 28 and newer need the xor.dat of their folder beside them.`,
  })
}

/** A header of any network: nothing else shows such work, save by a chance of one in 2^32 (on regtest, of one in 2^33). */
function isHeader(bytes: Uint8Array): boolean {
  if (bytes.length < HEADER_BYTES) return false
  const header = readHeader(bytes, 0)
  return hasWork(header, 'main') || hasWork(header, 'regtest')
}

/** Undo records have the same frame as blocks, and a checksum behind each. */
function isUndo(fd: number, head: Uint8Array, size: number, key: Key): boolean {
  if (head.length >= LOOK_BYTES && isHeader(head.subarray(FRAME_BYTES))) return false
  const next = FRAME_BYTES + word(head, 4) + CHECKSUM_BYTES
  if (next === size) return true
  const frame = new Uint8Array(4)
  if (next + 4 > size || readFully(fd, frame, next) < 4) return false
  if (frame.every((byte) => byte === 0)) return true
  unmask(frame, 4, next, key)
  return word(frame, 0) === word(head, 0)
}

function word(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true)
}
