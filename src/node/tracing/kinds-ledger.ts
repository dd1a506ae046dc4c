import { join, relative } from 'node:path'
import type { ChainId } from '../../chain/index.ts'
import { MASK } from '../files/index.ts'
import { checkInputs, type JobInput, type JobKind, jobKind, moduleBeside, type WriteResult } from '../jobs/index.ts'
import { changeObject } from '../objects/change.ts'
import { readObject } from '../objects/read.ts'
import type { NodeParts } from '../parts.ts'
import { contentOf } from './content.ts'
import type { LedgerBody } from './ledger.ts'
import { madeFile } from './made-file.ts'
import type { ImportInput, ImportOutcome } from './work-ledger.ts'

/** A ledger as a job has it: its folder, and the object where it is one. */
export type LedgerTask = { readonly key: string; readonly directory: string; readonly object: string | null }

/** What an import or an append is to do. */
export type ImportTask = LedgerTask & {
  readonly inputs: readonly JobInput[]
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
    prepare: async (node, { task: { inputs, directory, chain, genesis, refuseLimit, height }, folder }) => {
      await checkInputs(folder, inputs)
      const files = inputs.map(({ file }) => file).filter((file) => file !== MASK)
      // Half of what the process may have is for sorting.
      return {
        files,
        directory,
        chain,
        genesis,
        refuseLimit,
        height,
        memoryLimit: node.config.limits.jobMiB * 2 ** 19,
      } satisfies ImportInput
    },
    settle: async (node, { job, task }, { hash, read, bytes, refused, undone }): Promise<WriteResult> => {
      const content = contentOf(await node.library.ask('manifest', { folder: task.directory }))
      const names = new Map(task.inputs.map(({ file, name: told }) => [file, told]))
      const rows = refused.rows.map((row) => ({ ...row, file: names.get((row as { file: string }).file) ?? null }))
      return async (ask) => {
        if (task.object !== null) {
          const before = await readObject<LedgerBody>(ask, 'ledger', task.object)
          const brought = task.inputs.map(({ name: told, sha256, bytes: size, object }) => ({
            name: told,
            sha256,
            bytes: size,
            file: object,
          }))
          const sources = keepsSources ? [...before.body.sources, ...brought] : brought
          await changeObject(ask, before, { body: { ...before.body, content, sources, changedByJob: job.id } }, 'imported')
        }
        ask.detail.ledger = hash
        return { ledger: task.key, hash, ...read, bytes, undone, refused: { count: refused.count, rows } }
      }
    },
  })
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
    return async (ask) => {
      const from = run.task.object === null ? [] : [run.task.object]
      const ids: string[] = []
      for (const [path, content] of stored) ids.push(await madeFile(ask, run, relative(out, path), content, from))
      return { ledger: run.task.key, transfers, fees, files: ids }
    }
  },
})

async function adoptAll(node: NodeParts, files: readonly string[]) {
  const stored = []
  for (const path of files) stored.push([path, await node.files.adopt(path)] as const)
  return stored
}
