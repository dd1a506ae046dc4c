import { CordonError } from '../../chain/index.ts'
import { TILE_WIDTH } from './tiles.ts'

/** Bytes of the longest entry that a bundle can hold: its length is a uint16. */
export const LONGEST_ENTRY = 0xffff

/**
 * Entries as C2SP tlog-tiles serves them at `tile/entries/…`: each after its length, a big-endian uint16.
 *
 * @throws CordonError `log/entry-too-long` for an entry above 65,535 bytes, `log/bad-bundle` for none or more than 256
 */
export function formatEntries(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length === 0 || entries.length > TILE_WIDTH) throw bad(`it holds 1 to ${TILE_WIDTH} entries, not ${entries.length}`)
  const parts: Uint8Array[] = []
  for (const [at, entry] of entries.entries()) {
    if (entry.length > LONGEST_ENTRY) {
      throw new CordonError('log/entry-too-long', `Entry ${at} of the bundle has ${entry.length} bytes; ${LONGEST_ENTRY} is the most.`, {
        remedy: 'Put the SHA-256 of what is large into the entry, and keep the content elsewhere.',
      })
    }
    const length = Buffer.allocUnsafe(2)
    length.writeUInt16BE(entry.length)
    parts.push(length, entry)
  }
  return Buffer.concat(parts)
}

/**
 * The entries of a bundle.
 *
 * @param width entries that it must have, 1 to 256
 * @throws CordonError `log/bad-bundle` where it ends early, or holds fewer or more
 */
export function parseEntries(bundle: Uint8Array, width: number): readonly Uint8Array[] {
  const view = new DataView(bundle.buffer, bundle.byteOffset, bundle.length)
  const entries: Uint8Array[] = []
  let at = 0
  while (at < bundle.length) {
    if (entries.length === width) throw bad(`${bundle.length - at} bytes follow its ${width} entries`)
    if (at + 2 > bundle.length) throw bad(`it ends within the length of entry ${entries.length}`)
    const end = at + 2 + view.getUint16(at)
    if (end > bundle.length) throw bad(`it ends within entry ${entries.length}`)
    entries.push(bundle.slice(at + 2, end))
    at = end
  }
  if (entries.length !== width) throw bad(`it holds ${entries.length} entries in place of ${width}`)
  return entries
}

function bad(what: string): CordonError {
  return new CordonError('log/bad-bundle', `This is not the bundle of entries that was asked for: ${what}.`, {
    remedy: 'Fetch it again from the log, or from a mirror.',
  })
}
