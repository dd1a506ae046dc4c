import { join, resolve } from 'node:path'
import type { BatchReport, ExposureParameters, FieldMap, Language, RescreenReport, Setting } from '../../screen/index.ts'
import { checkInputs, type JobInput, type JobRun, jobKind, moduleBeside, type WriteResult } from '../jobs/index.ts'
import type { NodeParts } from '../parts.ts'
import type { ChainTask } from '../tracing/index.ts'
import { madeFrom, type TagsTask, tagPaths } from '../tracing/kinds-trace.ts'
import { placeOf } from '../tracing/live/task.ts'
import { madeFile } from '../tracing/made-file.ts'
import type { ScreenFile, ScreenFileAgain } from './batch-work.ts'
import type { Exposed, ExposureTask } from './exposure-work.ts'
import type { PlainSuppressor } from './standing-decisions.ts'

const WORKER = moduleBeside('./worker', import.meta.url)
/** Lines in words that a job's result shows; the document has all. */
const MOST_LINES = 200

/** A file that is screened. Decisions count as they stood when it was asked for, and so do lists. */
export type FileTask = {
  readonly inputs: readonly JobInput[]
  readonly at: string
  readonly suppress: PlainSuppressor | null
  readonly map?: FieldMap | undefined
  readonly setting?: Partial<Setting> | undefined
  readonly language?: Language | undefined
  readonly lists?: readonly string[] | undefined
  readonly listsAt?: string | undefined
  readonly matcher?: string | undefined
}

/** Screens a file of customers or payments; its results are files of the node. */
export const screenFileKind = jobKind<FileTask, BatchReport>({
  name: 'screen.file',
  scope: 'screen:ask',
  module: WORKER,
  work: 'screenBatch',
  prepare: async (node, { task, folder }) => {
    const { map, language } = task
    return {
      ...(await common(node, task, folder)),
      input: await inputOf(task, folder),
      ...(map && { map }),
      ...(language && { language }),
    } satisfies ScreenFile
  },
  settle: async (node, run, report) =>
    results(node, run, ['answers.jsonl', 'summary.csv', 'refused.jsonl'], report, {
      rows: report.totals.rows,
      questions: report.totals.asks,
      hits: report.totals.hits,
      alerts: report.totals.alerts,
    }),
})

/** Asks the questions of an earlier batch again. */
export const screenAgainKind = jobKind<FileTask, RescreenReport>({
  name: 'screen.file-again',
  scope: 'screen:ask',
  module: WORKER,
  work: 'screenBatchAgain',
  prepare: async (node, { task, folder }) =>
    ({ ...(await common(node, task, folder)), before: await inputOf(task, folder) }) satisfies ScreenFileAgain,
  settle: async (node, run, report) =>
    results(node, run, ['changes.jsonl', 'answers.jsonl'], report, { questions: report.totals.asks, differing: report.totals.differing }),
})

async function common(node: NodeParts, { at, suppress, setting, lists, listsAt, matcher }: FileTask, folder: string) {
  return {
    store: resolve(node.config.library.lists),
    at,
    out: join(folder, 'work', 'out'),
    suppress,
    ...(setting && { setting }),
    ...(lists && { lists }),
    ...(listsAt && { listsAt }),
    ...(matcher && { matcher }),
  }
}

async function inputOf({ inputs }: FileTask, folder: string): Promise<string> {
  await checkInputs(folder, inputs)
  return join(folder, 'input', (inputs[0] as JobInput).file)
}

/** Takes in the files that a run left. The record has the input's hash and counts, never a row. */
async function results(
  node: NodeParts,
  run: JobRun<FileTask>,
  names: readonly string[],
  report: BatchReport | RescreenReport,
  counts: Readonly<Record<string, number>>,
): Promise<WriteResult> {
  const paths = names.map((name) => join(run.folder, 'work', 'out', name))
  const stored = await Promise.all(paths.map((path) => node.files.adopt(path)))
  const { at, matcher, lists, totals } = report
  return async (ask, job) => {
    const from = run.task.inputs.flatMap(({ object }) => (object === null ? [] : [object]))
    const files: Record<string, string> = {}
    for (const [i, name] of names.entries())
      files[name] = await madeFile(ask, job, paths[i] as string, stored[i] as (typeof stored)[number], from)
    const versions = lists.map(({ list, version }) => `${list}:${version}`).join(' ')
    Object.assign(ask.detail, { input: run.task.inputs[0]?.sha256 ?? null, lists: versions, matcher, ...counts })
    return { files, at, matcher, lists: lists.map(({ list, version }) => ({ list, version })), totals }
  }
}

/** A wallet whose exposure is asked for. */
export type WalletExposureTask = ChainTask &
  TagsTask & {
    readonly at: string
    readonly wallet: string
    readonly parameters: Partial<ExposureParameters>
    readonly language: Language
  }

/** How far a wallet is exposed to listed parties, by a ledger; the document is a file of the node. */
export const exposureKind = jobKind<WalletExposureTask, Exposed>({
  name: 'screen.exposure',
  scope: 'screen:ask',
  module: WORKER,
  work: 'screenExposure',
  prepare: async (node, { task, folder }) => {
    const { at, wallet, parameters, language } = task
    const tags = await tagPaths(node, task, folder)
    const out = join(folder, 'work', 'exposure.json')
    return {
      store: resolve(node.config.library.lists),
      at,
      place: placeOf(node, task, folder),
      tags,
      wallet,
      parameters,
      language,
      out,
    } satisfies ExposureTask
  },
  settle: async (node, run, { headline, lines, itself, counterparties, ledger, lists }): Promise<WriteResult> => {
    const path = join(run.folder, 'work', 'exposure.json')
    const stored = await node.files.adopt(path)
    return async (ask, job) => {
      const file = await madeFile(ask, job, path, stored, madeFrom(run.task))
      const versions = lists.map(({ list, version }) => `${list}:${version}`).join(' ')
      Object.assign(ask.detail, {
        question: node.screening.mark({ exposure: run.task.wallet }),
        ledger,
        lists: versions,
        exposed: headline !== null,
      })
      return { file, headline, lines: lines.slice(0, MOST_LINES), itself, counterparties }
    }
  },
})
