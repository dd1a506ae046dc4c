import { mkdir, rename, rm, rmdir } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { CordonError } from '../chain/index.ts'
import { isFree } from './files.ts'

/**
 * Makes a directory whole or not at all: `write` fills a folder beside it, which takes its name at the end.
 *
 * @param room how much of the disk a world takes, for whoever has too little
 * @throws CordonError `simulate/not-empty`, `simulate/cannot-write`; what `write` throws; the signal's reason when stopped
 */
export async function writeWhole<T>(
  target: { readonly out: string; readonly room: string; readonly signal?: AbortSignal | undefined },
  write: (folder: string) => Promise<T>,
): Promise<T> {
  const out = resolve(target.out)
  const beside = `${out}.partial-${process.pid}`
  try {
    if (!(await isFree(out)))
      throw new CordonError('simulate/not-empty', `${target.out} is not empty`, {
        place: { file: target.out },
        remedy: 'give a new directory, or empty this one',
      })
    await mkdir(dirname(out), { recursive: true })
    await rm(beside, { recursive: true, force: true })
    await mkdir(beside)
    const made = await write(beside)
    await rmdir(out).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
    })
    await rename(beside, out)
    return made
  } catch (error) {
    // The first failure is what the user must hear of, not that of cleaning up after it.
    await rm(beside, { recursive: true, force: true }).catch(() => {})
    if (target.signal?.aborted === true || !isOfTheDisk(error)) throw error
    throw new CordonError('simulate/cannot-write', `the world cannot be written: ${error.message}`, {
      place: { file: target.out },
      remedy: `check that the directory may be written and that the disk has room (${target.room})`,
      cause: error,
    })
  }
}

/** Node's errors of the system have a code; DuckDB says it in its message. */
function isOfTheDisk(error: unknown): error is Error {
  if (!(error instanceof Error) || error instanceof CordonError) return false
  return (error as NodeJS.ErrnoException).code !== undefined || error.message.startsWith('IO Error')
}
