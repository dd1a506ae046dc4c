import { randomBytes } from 'node:crypto'
import { type FileHandle, open, stat, truncate } from 'node:fs/promises'

const STEP = 2 ** 20

/** How long a ballast file is, in bytes. */
export async function ballastLength(path: string): Promise<number> {
  return await stat(path).then(
    ({ size }) => size,
    () => 0,
  )
}

/**
 * Fills a file with chance up to a length, so that it takes its room of the disk whatever the file system compresses or leaves out.
 * Returns early, with what it got, when `stop` says so; a disk that is full is an error (ENOSPC) like any other, and what was got stays.
 */
export async function fillBallast(path: string, bytes: number, stop: () => boolean): Promise<void> {
  let at = await ballastLength(path)
  if (at >= bytes) return
  let file: FileHandle | null = null
  try {
    file = await open(path, at === 0 ? 'w' : 'r+', 0o600)
    while (at < bytes && !stop()) at += (await file.write(randomBytes(Math.min(STEP, bytes - at)), 0, undefined, at)).bytesWritten
  } finally {
    await file?.close()
  }
}

/** Gives some of a ballast file's room back to the disk. */
export async function cutBallast(path: string, bytes: number): Promise<void> {
  await truncate(path, Math.max(0, (await ballastLength(path)) - bytes))
}
