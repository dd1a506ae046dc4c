import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { CordonError } from '../../chain/index.ts'
import { isMissing, syncFolder } from '../versions/files.ts'
import { whileLocked } from '../versions/lock.ts'

/** Puts a small file in place of an older one in one step that survives a loss of power. For the holder of a lock alone: the name beside it is fixed. */
export async function replaceFile(path: string, text: string | Uint8Array): Promise<void> {
  const beside = `${path}.partial`
  const file = await open(beside, 'w')
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(beside, path)
  await syncFolder(dirname(path))
}

/** How long somebody else's short piece of work is waited for. */
const PATIENCE_MS = 5_000
const PAUSE_MS = 25

/**
 * Runs `work` while this process alone may write to what a lock folder stands for, waiting up to `patience` milliseconds for others to finish.
 *
 * @throws CordonError `screen/in-use`, `screen/not-writable`, `screen/disk-full`
 */
export async function whileSole<T>(lock: string, what: string, work: () => Promise<T>, patience: number = PATIENCE_MS): Promise<T> {
  let begun = false
  for (let waited = 0; ; waited += PAUSE_MS) {
    try {
      return await whileLocked(lock, () => {
        begun = true
        return work()
      })
    } catch (error) {
      const held = !begun && error instanceof CordonError && error.code === 'list/in-use'
      if (!held) throw begun ? error : lockFault(error, what)
      if (waited >= patience) {
        throw new CordonError('screen/in-use', `${what} is being written to by somebody else (${error.message})`, {
          place: { file: what },
          remedy: `Wait until that has finished; if its machine is gone for good, remove the highest lock-… file in ${lock}.`,
          cause: error,
        })
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  }
}

function lockFault(error: unknown, path: string): unknown {
  if (!(error instanceof CordonError)) return diskFault(error, path)
  return error.code === 'list/not-writable' || error.code === 'list/disk-full' ? diskFault(error.cause, path) : error
}

/** Turns what the system says of a failed write into what a person can do about it. */
export function diskFault(error: unknown, path: string): unknown {
  const code = (error as { readonly code?: unknown } | null)?.code
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new CordonError('screen/disk-full', `the disk is full: could not write ${path}`, {
      place: { file: path },
      remedy: 'Free some space and run it again; what was written whole stays as it is.',
      cause: error,
    })
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR' || code === 'EISDIR' || isMissing(error)) {
    return new CordonError('screen/not-writable', `cannot write ${path}: ${(error as Error).message}`, {
      place: { file: path },
      remedy: 'Name a place that you may write to.',
      cause: error,
    })
  }
  return error
}
