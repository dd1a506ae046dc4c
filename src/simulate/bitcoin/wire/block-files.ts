import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { undoChecksum } from './undo.ts'

/** Bitcoin Core begins a new file before one would pass this length (`blockstorage.h`, MAX_BLOCKFILE_SIZE). */
const LARGEST_FILE = 0x800_0000

/** A file of a world, as the report lists it. */
export interface BlockFile {
  readonly file: string
  readonly bytes: number
  /** Blocks, or records of undo data. */
  readonly rows: number
}

/** A block on its way to disk. */
export interface StoredBlock {
  readonly height: number
  readonly previous: Uint8Array
  readonly bytes: Uint8Array
  /** Undo data; null for genesis, which spends nothing and is never undone. */
  readonly undo: Uint8Array | null
}

/** Writes `blk*.dat` and `rev*.dat` as Bitcoin Core does. */
export interface BlockFiles {
  /** Adds blocks in the order in which they arrived; their undo data follows in the order of heights, as blocks are connected. All go into the newest file. */
  add(arrived: readonly StoredBlock[]): void
  /** Closes the files and lists them. */
  close(): readonly BlockFile[]
}

/**
 * @param magic the network's, as a little-endian number
 * @param key eight bytes that all files are obfuscated with and that go into xor.dat (Core since version 28), or null for none
 * @param largest bytes in one block file
 */
export function createBlockFiles(folder: string, magic: number, key: Uint8Array | null, largest: number = LARGEST_FILE): BlockFiles {
  mkdirSync(folder, { recursive: true })
  if (key !== null) writeFileSync(join(folder, 'xor.dat'), key)
  const done: BlockFile[] = []
  let number = 0
  let blocks = openFile(folder, 'blk', number, key)
  let undos = openFile(folder, 'rev', number, key)
  const finish = () => done.push(blocks.close(), undos.close())

  return {
    add(arrived) {
      const more = arrived.reduce((sum, { bytes }) => sum + bytes.length + 8, 0)
      if (blocks.length > 0 && blocks.length + more > largest) {
        finish()
        number += 1
        blocks = openFile(folder, 'blk', number, key)
        undos = openFile(folder, 'rev', number, key)
      }
      for (const { bytes } of arrived) blocks.write([frame(magic, bytes.length), bytes])
      for (const { previous, undo } of arrived.toSorted((a, b) => a.height - b.height))
        if (undo !== null) undos.write([frame(magic, undo.length), undo, undoChecksum(previous, undo)])
    },
    close() {
      finish()
      return done
    },
  }
}

function frame(magic: number, length: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeUInt32LE(magic, 0)
  bytes.writeUInt32LE(length, 4)
  return bytes
}

function openFile(folder: string, kind: 'blk' | 'rev', number: number, key: Uint8Array | null) {
  const file = join(folder, `${kind}${String(number).padStart(5, '0')}.dat`)
  const handle = openSync(file, 'wx')
  let length = 0
  let rows = 0
  return {
    get length() {
      return length
    },
    write(parts: readonly Uint8Array[]) {
      const record = Buffer.concat(parts)
      if (key !== null) for (let k = 0; k < record.length; k++) record[k] = record[k]! ^ key[(length + k) & 7]!
      for (let at = 0; at < record.length; ) at += writeSync(handle, record, at)
      length += record.length
      rows += 1
    },
    close(): BlockFile {
      closeSync(handle)
      return { file, bytes: length, rows }
    },
  }
}
