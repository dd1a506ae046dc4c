import { readFileSync } from 'node:fs'
import { CordonError } from '../../../chain/index.ts'
import { readFully } from '../../local/files.ts'
import { type Key, unmask } from './obfuscation.ts'
import { MAX_BLOCK_BYTES } from './recognise.ts'

/** Bytes `[position, position + length)` of a file in memory of their own, without the mask. `room` bytes are left free before them. */
export function readPiece(fd: number, path: string, key: Key, position: number, length: number, room = 0): Uint8Array {
  const whole = new Uint8Array(room + length)
  const piece = room === 0 ? whole : whole.subarray(room)
  const got = readFully(fd, piece, position)
  if (got < length) {
    throw new CordonError('bitcoin/file-changed', `${path} has become shorter while it was read`, {
      place: { file: path },
      remedy: 'Read it again when nothing writes to it.',
    })
  }
  unmask(piece, length, position, key)
  return whole
}

/**
 * The one block of a file of hex digits.
 *
 * @throws CordonError `bitcoin/bad-hex`
 */
export function readHex(path: string, bytes: number): Uint8Array {
  const fail = (what: string): CordonError =>
    new CordonError('bitcoin/bad-hex', `${path} ${what}`, {
      place: { file: path },
      remedy: 'A block in hex is one run of digits, two a byte.',
    })
  // Twice the digits, and as much again for line ends.
  if (bytes > 4 * MAX_BLOCK_BYTES) throw fail(`has ${bytes} bytes, more than any block in hex`)
  const text = readFileSync(path, 'latin1').replace(/\s+/g, '')
  if (text.length % 2 !== 0) throw fail(`has ${text.length} hex digits; two make a byte`)
  const wrong = text.search(/[^0-9a-fA-F]/)
  if (wrong >= 0) throw fail(`has ${JSON.stringify(text[wrong])} where a hex digit should be (digit ${wrong + 1})`)
  return new Uint8Array(Buffer.from(text, 'hex'))
}
