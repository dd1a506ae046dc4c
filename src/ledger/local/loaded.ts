import type { Worker } from 'node:worker_threads'

/** What a worker thread says when its native code is loaded. */
export const LOADED = 'loaded'

/**
 * Ends a worker thread, but not before it has said {@link LOADED}: a thread that is ended while native code sets itself up in it takes the whole process with it (what N-API throws there is
 * fatal). To be called when the thread is made; what it gives ends it.
 */
export function endOnceLoaded(worker: Worker): () => Promise<void> {
  const loaded = new Promise<void>((resolve) => {
    worker.on('message', (message: unknown) => {
      if (message === LOADED) resolve()
    })
    worker.once('error', () => resolve())
    worker.once('exit', () => resolve())
  })
  return async () => {
    await loaded
    await worker.terminate()
  }
}
