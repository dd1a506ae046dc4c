import { basename, join } from 'node:path'
import { checkInputs, type JobInput, type JobKind, jobKind, moduleBeside, type WriteResult } from '../jobs/index.ts'
import type { LedgerTask } from './kinds-ledger.ts'
import { madeFrom, type TagsTask, tagPaths } from './kinds-trace.ts'
import { madeFile } from './made-file.ts'
import type { Detected } from './work-tags.ts'

/** What a detection is to do; `options` are its own. */
export type DetectTask = LedgerTask & TagsTask & { readonly options: Readonly<Record<string, unknown>> }

const WORKER = moduleBeside('./worker', import.meta.url)

function detecting(name: string, work: string): JobKind {
  return jobKind<DetectTask, Detected>({
    name,
    scope: 'traces:run',
    module: WORKER,
    work,
    prepare: async (node, { task, folder }) => ({
      ...task.options,
      directory: task.directory,
      tags: await tagPaths(node, task, folder),
      out: join(folder, 'work'),
    }),
    settle: async (node, run, { file, tagPack, summary }): Promise<WriteResult> => {
      const stored = await node.files.adopt(file)
      const pack = tagPack === undefined ? null : { name: basename(tagPack), stored: await node.files.adopt(tagPack) }
      const from = madeFrom(run.task)
      return async (ask, job) => ({
        ledger: run.task.key,
        file: await madeFile(ask, job, basename(file), stored, from),
        ...(pack !== null && { tagPack: await madeFile(ask, job, pack.name, pack.stored, from) }),
        ...summary,
      })
    },
  })
}

export const depositsKind = detecting('tags.deposits', 'deposits')
export const clustersKind = detecting('tags.clusters', 'clusters')
export const coinJoinsKind = detecting('tags.coinjoins', 'coinJoins')
export const lookAlikesKind = detecting('tags.look-alikes', 'lookAlikes')

/** Files of tags that are to be checked. */
export type CheckTagsTask = { readonly inputs: readonly JobInput[] }

/** Loads tags and says what they hold, what was refused and where they contradict each other. */
export const checkTagsKind = jobKind<CheckTagsTask, Detected>({
  name: 'tags.check',
  scope: 'traces:run',
  module: WORKER,
  work: 'checkTags',
  prepare: async (_node, { task: { inputs }, folder }) => {
    await checkInputs(folder, inputs)
    return { files: inputs.map(({ file }) => file), out: join(folder, 'work') }
  },
  settle: async (node, run, { file, summary }): Promise<WriteResult> => {
    const stored = await node.files.adopt(file)
    const from = run.task.inputs.flatMap(({ object }) => (object === null ? [] : [object]))
    return async (ask, job) => ({ file: await madeFile(ask, job, basename(file), stored, from), ...summary })
  },
})
