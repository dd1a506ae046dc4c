import { join, relative } from 'node:path'
import type { ChainId } from '../../chain/index.ts'
import { MASK } from '../files/index.ts'
import { checkInputs, type JobInput, type JobKind, jobKind, moduleBeside, type WriteResult } from '../jobs/index.ts'
import { changeObject } from '../objects/change.ts'
import { readObject } from '../objects/read.ts'
import type { NodeParts } from '../parts.ts'
import { contentOf } from './content.ts'
import type { LedgerBody } from './ledger.ts'
import { liveSource } from './live/source.ts'
import { madeFile } from './made-file.ts'
import type { ImportInput, ImportOutcome } from './work-ledger.ts'

/** A ledger as a job has it: its folder, and the object where it is one. */
export type LedgerTask = { readonly key: string; readonly directory: string; readonly object: string | null }

/** What an import or an append is to do. */
export type ImportTask = LedgerTask & {
  readonly inputs: readonly JobInput[]
  /** Name of a node that is asked for blocks, in place of inputs. */
  readonly source?: string | undefined
  readonly fromHeight?: number | undefined
  readonly toHeight?: number | undefined
  readonly chain?: ChainId | undefined
  readonly genesis?: boolean | undefined
  readonly refuseLimit?: number | undefined
  readonly height?: number | undefined
}

const WORKER = moduleBeside('./worker', import.meta.url)

function importing(name: string, work: string, keepsSources: boolean): JobKind {
  return jobKind<ImportTask, ImportOutcome>({
    name,
    scope: 'ledgers:import',
    module: WORKER,
    work,
    prepare: async (node, { task, folder }) => {
      const { inputs, source, fromHeight, toHeight, directory, chain, genesis, refuseLimit, height } = task
      await checkInputs(folder, inputs)
      const files = inputs.map(({ file }) => file).filter((file) => file !== MASK)
      // Half of what the process may have is for sorting.
      return {
        files,
        source: source === undefined ? undefined : liveSource(node.config, source),
        fromHeight,
        toHeight,
        directory,
        chain,
        genesis,
        refuseLimit,
        height,
        memoryLimit: node.config.limits.jobMiB * 2 ** 19,
      } satisfies ImportInput
    },
    settle: async (node, { job, task }, outcome): Promise<WriteResult> => {
      const { hash, read, bytes, refused, undone } = outcome
      const content = contentOf(await node.library.ask('manifest', { folder: task.directory }))
      const names = new Map(task.inputs.map(({ file, name: told }) => [file, told]))
      const rows = refused.rows.map((row) => ({ ...row, file: names.get((row as { file: string }).file) ?? null }))
      return async (ask) => {
        if (task.object !== null) {
          const before = await readObject<LedgerBody>(ask, 'ledger', task.object)
          const sources = sourcesAfter(keepsSources ? before.body.sources : [], task, outcome)
          await changeObject(ask, before, { body: { ...before.body, content, sources, changedByJob: job.id } }, 'imported')
        }
        ask.detail.ledger = hash
        if (task.source !== undefined) ask.detail.source = task.source
        return { ledger: task.key, hash, ...read, bytes, undone, refused: { count: refused.count, rows } }
      }
    },
  })
}

/** Where a ledger's content comes from, with what a job brought. A node that is followed stands there once, with all that it gave in a row. */
function sourcesAfter(before: LedgerBody['sources'], { inputs, source }: ImportTask, { bytesRead }: ImportOutcome): LedgerBody['sources'] {
  if (source === undefined) return [...before, ...inputs.map(({ name, sha256, bytes, object }) => ({ name, sha256, bytes, file: object }))]
  if (bytesRead === 0) return before
  const last = before.at(-1)
  const followed = last !== undefined && last.name === source && last.sha256 === null
  const bytes = followed ? last.bytes + bytesRead : bytesRead
  return [...(followed ? before.slice(0, -1) : before), { name: source, sha256: null, bytes, file: null }]
}

/** Files become a ledger, in the place of what it held. */
export const importKind = importing('ledger.import', 'importIntoLedger', false)

/** Newer blocks come after those that a ledger has. */
export const appendKind = importing('ledger.append', 'appendToLedger', true)

type Verified = {
  readonly sound: boolean
  readonly hash: string
  readonly files: number
  readonly bytes: number
  readonly problems: readonly object[]
}

/** A whole ledger is compared with its manifest. */
export const verifyLedgerKind = jobKind<LedgerTask, Verified>({
  name: 'ledger.verify',
  scope: 'ledgers:read',
  module: WORKER,
  work: 'verifyLedgerFiles',
  prepare: async (_node, { task: { directory } }) => ({ directory }),
  settle:
    async (_node, { task }, outcome): Promise<WriteResult> =>
    async () => ({ ledger: task.key, ...outcome }),
})

type Exported = { readonly transfers: number; readonly fees: number; readonly files: readonly string[] }

/** A ledger becomes Parquet files, for every other tool. */
export const exportKind = jobKind<LedgerTask, Exported>({
  name: 'ledger.export',
  scope: 'exports:make',
  module: WORKER,
  work: 'exportLedgerFiles',
  prepare: async (_node, { task: { directory }, folder }) => ({ directory, out: join(folder, 'work', 'parquet') }),
  settle: async (node, run, { transfers, fees, files }): Promise<WriteResult> => {
    const stored = await adoptAll(node, files)
    const out = join(run.folder, 'work', 'parquet')
    return async (ask, job) => {
      const from = run.task.object === null ? [] : [run.task.object]
      const ids: string[] = []
      for (const [path, content] of stored) ids.push(await madeFile(ask, job, relative(out, path), content, from))
      return { ledger: run.task.key, transfers, fees, files: ids }
    }
  },
})

async function adoptAll(node: NodeParts, files: readonly string[]) {
  const stored = []
  for (const path of files) stored.push([path, await node.files.adopt(path)] as const)
  return stored
}
