import { CordonError } from '../../chain/index.ts'
import { diskFaultOf, isMissing } from '../disk/faults.ts'
import { whileLocked } from '../versions/lock.ts'

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
  const fault = diskFaultOf(error)
  if (fault === 'disk-full') {
    return new CordonError('screen/disk-full', `the disk is full: could not write ${path}`, {
      place: { file: path },
      remedy: 'Free some space and run it again; what was written whole stays as it is.',
      cause: error,
    })
  }
  // The folder of the file may be gone.
  if (fault === 'not-writable' || isMissing(error)) {
    return new CordonError('screen/not-writable', `cannot write ${path}: ${(error as Error).message}`, {
      place: { file: path },
      remedy: 'Name a place that you may write to.',
      cause: error,
    })
  }
  return error
}
