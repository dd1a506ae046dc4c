import { parentPort, workerData } from 'node:worker_threads'
import { LOADED } from '../../local/loaded.ts'
import { type Batch, Fetcher, type FetchOptions } from './fetch.ts'
import { fetchBatch, memoryOf } from './threads.ts'

/** The other side of `fetchAll`: batches in, blocks out, until the thread is ended. */
const fetcher = new Fetcher(workerData as FetchOptions)
parentPort?.on('message', (batch: Batch) => {
  const fetched = fetchBatch(fetcher, batch)
  parentPort?.postMessage(fetched, memoryOf(fetched.blocks))
})
// Imports have loaded what hashes.
parentPort?.postMessage(LOADED)
