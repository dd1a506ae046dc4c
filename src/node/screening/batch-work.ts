import type { Work } from '../../chain/index.ts'
import {
  type BatchOptions,
  type BatchReport,
  changedEntries,
  openScreener,
  type RescreenReport,
  runBatch,
  runRescreen,
  type Screener,
  type Setting,
  type Suppressor,
} from '../../screen/index.ts'
import type { PlainSuppressor } from './standing-decisions.ts'

/** What every screening of a file is told, as plain data: it runs where there is no node. */
type FileTask = {
  /** Folder of the lists. */
  readonly store: string
  /** Time as of which it speaks, ISO 8601 UTC: the versions in service then are asked, however often the job is begun anew. */
  readonly at: string
  /** Folder for the results. A run that was stopped is gone on with. */
  readonly out: string
  /** What decisions hold back; see `suppressorOf`. */
  readonly suppress?: PlainSuppressor | null
  /** Takes away what an earlier run left. */
  readonly anew?: boolean
  readonly setting?: Partial<Setting>
  /** These lists alone. */
  readonly lists?: readonly string[]
  /** Lists as they were in service at another time than `at`. */
  readonly listsAt?: string
  readonly matcher?: string
}

/** A file of customers or payments to be screened. `map` says which column stands for what, where its name does not tell. */
export type ScreenFile = FileTask & Pick<BatchOptions, 'map' | 'language'> & { readonly input: string }

/** Earlier answers to be asked again: `answers.jsonl` of a batch or of an earlier rescreening. */
export type ScreenFileAgain = FileTask & { readonly before: string }

/**
 * Screens a file (CSV, JSON lines, a JSON document, Parquet, IVMS101): `answers.jsonl`, `summary.csv` and `refused.jsonl` in `out`.
 *
 * @throws CordonError `screen/no-lists`, `screen/other-matcher`, and what `runBatch` throws
 */
export async function screenBatch({ input, map, language, ...task }: ScreenFile, work: Work): Promise<BatchReport> {
  const screener = await screenerOf(task)
  return runBatch({ ...common(task), input, screener, ...(map && { map }), ...(language && { language }), ...work })
}

/**
 * Asks the questions of an earlier batch again: `changes.jsonl` and the answers of now in `out`.
 *
 * @throws CordonError `screen/no-lists`, `screen/other-matcher`, and what `runRescreen` throws
 */
export async function screenBatchAgain({ before, ...task }: ScreenFileAgain, work: Work): Promise<RescreenReport> {
  const screener = await screenerOf(task)
  const changed = await changedEntries(before, task.store, screener)
  return runRescreen({ ...common(task), before, screener, ...(changed && { changed }), ...work })
}

function screenerOf({ store, at, listsAt, lists, matcher }: FileTask): Promise<Screener> {
  return openScreener({
    store,
    at: listsAt ?? at,
    clock: () => new Date(at),
    ...(lists && { lists }),
    ...(matcher && { matcher }),
  })
}

function common({ at, out, anew, setting, suppress }: FileTask) {
  return {
    out,
    clock: () => Date.parse(at),
    anew: anew ?? false,
    ...(setting && { setting }),
    ...(suppress && { suppress: suppressor(suppress) }),
  }
}

function suppressor({ version, suppressions }: PlainSuppressor): Suppressor {
  return { version, suppressions: Map.groupBy(suppressions, ({ customer }) => customer) }
}
