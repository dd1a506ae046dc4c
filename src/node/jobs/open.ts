import { join, resolve } from 'node:path'
import type { Config } from '../config/index.ts'
import { FileStore, Receiver } from '../files/index.ts'
import type { NodeParts } from '../parts.ts'
import { Library } from '../tracing/index.ts'
import { Jobs } from './jobs.ts'
import { JOB_KINDS } from './kinds.ts'

/** Opens what a node works with beside its database: files, uploads, jobs, and the process that reads ledgers and tags. */
export async function openWork({ data, limits, library }: Config): Promise<Pick<NodeParts, 'files' | 'receiver' | 'jobs' | 'library'>> {
  const reserve = limits.reserveMiB * 2 ** 20
  const receiver = new Receiver(resolve(data, 'uploads'), {
    limit: limits.uploadMiB * 2 ** 20,
    reserve,
    idleMs: limits.uploadIdleSeconds * 1000,
    minRate: limits.uploadBytesPerSecond,
  })
  await receiver.open()
  return {
    files: await FileStore.open(resolve(data, 'files'), reserve),
    receiver,
    jobs: new Jobs(resolve(join(data, 'jobs')), JOB_KINDS),
    library: new Library(
      library.tags.map((path) => resolve(path)),
      limits.jobMiB,
    ),
  }
}
