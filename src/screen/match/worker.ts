import { parentPort, workerData } from 'node:worker_threads'
import { CordonError } from '../../chain/index.ts'
import { type IndexRequest, type LoadedIndex, loadIndex } from './load.ts'

/** Builds an index beside the thread that answers, and hands it over without a copy. */
async function load(): Promise<LoadedIndex> {
  try {
    return { buffer: await loadIndex(workerData as IndexRequest) }
  } catch (error) {
    if (!(error instanceof CordonError)) throw error
    const { code, message, place, remedy } = error
    return { error: { code, message, place, remedy } }
  }
}

const loaded = await load()
parentPort?.postMessage(loaded, 'buffer' in loaded ? [loaded.buffer] : [])
