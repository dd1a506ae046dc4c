import { join, resolve } from 'node:path'
import { checkInputs, type JobInput, jobKind, moduleBeside, type WriteResult } from '../jobs/index.ts'
import type { ImportTask, ListImported } from './import-work.ts'
import type { ListsVerified } from './verify-work.ts'

const WORKER = moduleBeside('./worker', import.meta.url)

/** What an import of a list is to do. */
export type ListTask = Omit<ImportTask, 'store' | 'upload'> & { readonly inputs: readonly JobInput[] }

/** Uploaded files become the new version of a list, confirm the one in service, or are refused. */
export const importListKind = jobKind<ListTask, ListImported>({
  name: 'list.import',
  scope: 'lists:import',
  module: WORKER,
  work: 'importIntoStore',
  prepare: async (node, { task: { inputs, ...task }, folder }) => {
    await checkInputs(folder, inputs)
    const upload = inputs.map(({ file, name }) => ({ path: join(folder, 'input', file), name }))
    return { ...task, store: resolve(node.config.library.lists), upload } satisfies ImportTask
  },
  settle: async (node, _run, imported): Promise<WriteResult> => {
    await node.screening.lists.refresh()
    return async (ask) => {
      const { list, version, outcome, entries, sources } = imported
      Object.assign(ask.detail, { list, version, outcome, entries, sources: sources.map(({ sha256 }) => sha256).join(' ') })
      return { ...imported }
    }
  },
})

/** Everything in the folder of the lists is compared with its hash. */
export const verifyListsKind = jobKind<object, ListsVerified>({
  name: 'list.verify',
  scope: 'lists:read',
  module: WORKER,
  work: 'verifyLists',
  prepare: async (node) => ({ store: resolve(node.config.library.lists) }),
  settle: async (_node, _run, found): Promise<WriteResult> => {
    return async (ask) => {
      Object.assign(ask.detail, { sound: found.sound, files: found.files })
      return { ...found }
    }
  },
})
