import { join } from 'node:path'
import type { NodeParts } from '../../parts.ts'
import type { LedgerTask } from '../kinds-ledger.ts'
import type { Place } from './chain.ts'
import { liveSource } from './source.ts'

/** A live server as a job has it: by its name. Where it is and what lets it in is looked up when the job begins. */
export type LiveTask = {
  readonly key: string
  readonly object: null
  readonly source: string
  readonly asOf: string | null
  /** Requests at most, where the caller allows fewer than the operator. */
  readonly maxRequests: number | null
}

/** A chain as a job has it. */
export type ChainTask = LedgerTask | LiveTask

/** Where a job's process reads its chain. Throws `node/not-found` where the configuration has the source no more. */
export function placeOf({ config }: Pick<NodeParts, 'config'>, task: ChainTask, folder: string): Place {
  if ('directory' in task) return task.directory
  const source = liveSource(config, task.source)
  const maxRequests = Math.min(source.maxRequests, task.maxRequests ?? source.maxRequests)
  return { source: { ...source, maxRequests }, asOf: task.asOf, cache: join(folder, 'answers') }
}
