import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CordonError } from '../../../chain/index.ts'

const KEY_BYTES = 8

/** The eight bytes with which Bitcoin Core (since version 28) masks block and undo files, as two words; null where nothing is masked. */
export type Key = readonly [number, number] | null

/**
 * The key for the files of a folder, from its xor.dat.
 *
 * @throws CordonError `bitcoin/bad-key`
 */
export function keyOf(folder: string): Key {
  const path = join(folder, 'xor.dat')
  if (!existsSync(path)) return null
  const bytes = readFileSync(path)
  if (bytes.length !== KEY_BYTES) {
    throw new CordonError('bitcoin/bad-key', `${path} has ${bytes.length} bytes; the key of a blocks folder has ${KEY_BYTES}`, {
      place: { file: path },
      remedy: 'Copy xor.dat again from the node that wrote the block files.',
    })
  }
  const low = bytes.readUInt32LE(0)
  const high = bytes.readUInt32LE(4)
  return low === 0 && high === 0 ? null : [low, high]
}

/** Folder whose xor.dat masks a file. */
export function folderOf(path: string): string {
  return dirname(path)
}

/** Takes the mask off the first `length` of bytes that were read at `position` of their file. */
export function unmask(bytes: Uint8Array, length: number, position: number, key: Key): void {
  if (key === null) return
  const mask = new Uint8Array(KEY_BYTES)
  const view = new DataView(mask.buffer)
  view.setUint32(0, key[0], true)
  view.setUint32(4, key[1], true)
  const turned = Uint8Array.from(mask, (_, i) => mask[(i + position) % KEY_BYTES] as number)
  let at = 0
  if (bytes.byteOffset % 4 === 0) {
    const words = new Uint32Array(bytes.buffer, bytes.byteOffset, 2 * Math.floor(length / KEY_BYTES))
    const [low, high] = new Uint32Array(turned.buffer) as unknown as [number, number]
    for (let word = 0; word < words.length; word += 2) {
      words[word] = (words[word] as number) ^ low
      words[word + 1] = (words[word + 1] as number) ^ high
    }
    at = 4 * words.length
  }
  for (; at < length; at++) bytes[at] = (bytes[at] as number) ^ (turned[at % KEY_BYTES] as number)
}
