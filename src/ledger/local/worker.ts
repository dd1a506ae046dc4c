import { parentPort, workerData } from 'node:worker_threads'
import { CordonError } from '../../chain/index.ts'
import { type Job, type JobAnswer, runJob } from './jobs.ts'
import { LOADED } from './loaded.ts'
import { system } from './mapping.ts'

/** The other side of `runJobs`: one job, one answer. */
function answer(job: Job): JobAnswer {
  try {
    return { result: runJob(job) }
  } catch (error) {
    if (error instanceof CordonError) {
      return { error: { code: error.code, message: error.message, place: error.place, remedy: error.remedy } }
    }
    return { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

system()
parentPort?.postMessage(LOADED)
parentPort?.postMessage(answer(workerData as Job))
