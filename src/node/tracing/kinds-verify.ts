import { join } from 'node:path'
import { checkInputs, type JobInput, jobKind, moduleBeside, type WriteResult } from '../jobs/index.ts'
import { tagPaths } from './kinds-trace.ts'
import { type ChainTask, placeOf } from './live/task.ts'
import type { TraceBody } from './trace-body.ts'
import type { OutsideInput, TraceVerified } from './work-verify.ts'

const WORKER = moduleBeside('./worker', import.meta.url)

/** What a verification is to do. */
export type VerifyTraceTask = ChainTask & {
  readonly trace: string
  readonly document: string
  readonly ownTags: string | null
  readonly tagFiles: TraceBody['inputs']['tagFiles']
}

/** Runs a trace again and compares the bytes. */
export const verifyTraceKind = jobKind<VerifyTraceTask, TraceVerified>({
  name: 'trace.verify',
  scope: 'traces:run',
  module: WORKER,
  work: 'verifyTraceDocument',
  prepare: async (node, { task, folder }) => {
    const document = join(folder, 'work', 'trace.json')
    await node.files.linkTo(task.document, document)
    const tags = await tagPaths(node, { inputs: [], ownTags: task.ownTags }, folder)
    for (const { file, sha256 } of task.tagFiles) {
      const path = join(folder, 'work', file)
      await node.files.linkTo(sha256, path)
      tags.push(path)
    }
    return { document, place: placeOf(node, task, folder), tags }
  },
  settle:
    async (_node, { task }, { same, differences, ledger }): Promise<WriteResult> =>
    async (ask) => {
      ask.detail.same = same
      return { trace: task.trace, same, differences, ledger, document: task.document }
    },
})

/** A trace document from elsewhere, and the files of tags that it was made with. */
export type VerifyDocumentTask = ChainTask & { readonly document: JobInput; readonly tagFiles: readonly JobInput[] }

/** Runs a trace again that another node, or the command line, made. */
export const verifyDocumentKind = jobKind<VerifyDocumentTask, TraceVerified>({
  name: 'trace.verify-document',
  scope: 'traces:run',
  module: WORKER,
  work: 'verifyOutsideDocument',
  prepare: async (node, { task, folder }) => {
    const { document, tagFiles } = task
    await checkInputs(folder, [document, ...tagFiles])
    return {
      document: document.file,
      place: placeOf(node, task, folder),
      tags: tagFiles.map(({ file, sha256 }) => ({ file, sha256 })),
      out: join(folder, 'work', 'tags'),
    } satisfies OutsideInput
  },
  settle:
    async (_node, { task: { document } }, found): Promise<WriteResult> =>
    async (ask) => {
      Object.assign(ask.detail, { same: found.same, document: document.sha256 })
      return { ...found, document: document.sha256 }
    },
})
