import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import { CordonError, type Work } from '../../chain/index.ts'

/** A file may unpack to this many times its size: chain data as CSV packs some ten times, never a hundred. */
const MOST_TIMES = 100
/** Whatever its size, it may unpack to this much. */
const ALWAYS = 16 * 2 ** 20
/** Magic bytes of what packs several files: none of the formats that are read. */
const ARCHIVES: readonly (readonly [name: string, hex: string])[] = [
  ['a zip archive', '504b0304'],
  ['a 7z archive', '377abcaf271c'],
  ['a bzip2 file', '425a68'],
  ['an xz file', 'fd377a585a00'],
]

/**
 * Unpacks packed files once, to nowhere, and refuses those that grow beyond all measure, before anything is written.
 *
 * @throws CordonError `files/bomb`, `files/archive`, `files/damaged`
 */
export async function refuseBombs(files: readonly string[], { signal, progress }: Work): Promise<void> {
  for (const [n, file] of files.entries()) {
    progress?.({ phase: 'looking into', done: n, total: files.length, unit: 'files' })
    const head = await beginning(file)
    const archive = ARCHIVES.find(([, magic]) => head.startsWith(magic))
    if (archive !== undefined)
      throw new CordonError('files/archive', `${file} is ${archive[0]}`, {
        place: { file },
        remedy: 'Send the files themselves; single files may be packed with gzip or zstd.',
      })
    const unpack = head.startsWith('1f8b') ? createGunzip() : head.startsWith('28b52ffd') ? createZstdDecompress() : null
    if (unpack === null) continue
    const { size } = await stat(file)
    const most = Math.max(ALWAYS, size * MOST_TIMES)
    const source = createReadStream(file)
    let bytes = 0
    try {
      source.on('error', (error) => unpack.destroy(error))
      for await (const part of source.pipe(unpack) as AsyncIterable<Buffer>) {
        signal?.throwIfAborted()
        bytes += part.length
        if (bytes > most) throw bomb(file, size)
      }
    } catch (error) {
      if (error instanceof CordonError || signal?.aborted) throw error
      throw new CordonError('files/damaged', `${file} does not unpack: ${(error as Error).message}`, {
        place: { file },
        remedy: 'Send it again.',
        cause: error,
      })
    } finally {
      source.destroy()
      unpack.destroy()
    }
  }
}

async function beginning(file: string): Promise<string> {
  await using handle = await open(file, 'r')
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(8), 0, 8, 0)
  return buffer.subarray(0, bytesRead).toString('hex')
}

function bomb(file: string, size: number): CordonError {
  return new CordonError('files/bomb', `${file} has ${size} bytes and unpacks to more than ${MOST_TIMES} times as much`, {
    place: { file },
    remedy: 'Real chain data does not. If this is what you mean to import, send it unpacked.',
  })
}
