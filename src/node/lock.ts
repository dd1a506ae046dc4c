import { join } from 'node:path'
import { CordonError } from '../chain/index.ts'
import { whileLocked } from '../screen/index.ts'

/**
 * Takes a data folder for this process alone, and gives what lets it go: two processes on one embedded database would destroy it. A holder that died has let it go.
 *
 * @throws CordonError `node/in-use`
 */
export async function takeData(data: string): Promise<() => Promise<void>> {
  let letGo = () => {}
  const until = new Promise<void>((resolve) => {
    letGo = resolve
  })
  let ended: Promise<void> = Promise.resolve()
  await new Promise<void>((taken, failed) => {
    ended = whileLocked(join(data, 'lock'), async () => {
      taken()
      await until
    })
    ended.catch(failed)
  }).catch((error: unknown) => {
    throw inUse(data, error)
  })
  return async () => {
    letGo()
    await ended
  }
}

function inUse(data: string, error: unknown): unknown {
  if (!(error instanceof CordonError && error.code === 'list/in-use')) return error
  return new CordonError('node/in-use', `${data} is in use by another node or command`, {
    place: { file: data },
    remedy: 'Stop it first, or give another folder.',
    cause: error,
  })
}
