import type { Work } from '../../chain/index.ts'
import {
  type BatchOptions,
  type BatchReport,
  changedEntries,
  openScreener,
  type RescreenReport,
  runBatch,
  runRescreen,
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
}

/** A file of customers or payments to be screened. `map` says which column stands for what, where its name does not tell. */
export type ScreenFile = FileTask &
  Pick<BatchOptions, 'map' | 'setting' | 'language'> & {
    readonly input: string
    readonly lists?: readonly string[]
    /** Lists as they were in service at another time than `at`. */
    readonly listsAt?: string
    readonly matcher?: string
  }

/** Earlier answers to be asked again: `answers.jsonl` of a batch or of an earlier rescreening. */
export type ScreenFileAgain = FileTask & { readonly before: string }

/**
 * Screens a file (CSV, JSON lines, a JSON document, Parquet, IVMS101): `answers.jsonl`, `summary.csv` and `refused.jsonl` in `out`.
 *
 * @throws CordonError `screen/no-lists`, `screen/other-matcher`, and what `runBatch` throws
 */
export async function screenBatch(
  { store, at, listsAt, matcher, input, out, lists, suppress, anew, ...options }: ScreenFile,
  work: Work,
): Promise<BatchReport> {
  const clock = () => new Date(at)
  const screener = await openScreener({ store, at: listsAt ?? at, clock, ...(lists && { lists }), ...(matcher && { matcher }) })
  return runBatch({
    ...options,
    input,
    out,
    screener,
    clock: () => clock().getTime(),
    anew: anew ?? false,
    ...(suppress && { suppress: suppressor(suppress) }),
    ...work,
  })
}

/**
 * Asks the questions of an earlier batch again: `changes.jsonl` and the answers of now in `out`.
 *
 * @throws CordonError `screen/no-lists`, and what `runRescreen` throws
 */
export async function screenBatchAgain({ store, at, before, out, suppress, anew }: ScreenFileAgain, work: Work): Promise<RescreenReport> {
  const clock = () => new Date(at)
  const screener = await openScreener({ store, at, clock })
  const changed = await changedEntries(before, store, screener)
  return runRescreen({
    before,
    screener,
    out,
    clock: () => clock().getTime(),
    anew: anew ?? false,
    ...(changed && { changed }),
    ...(suppress && { suppress: suppressor(suppress) }),
    ...work,
  })
}

function suppressor({ version, suppressions }: PlainSuppressor): Suppressor {
  return { version, suppressions: Map.groupBy(suppressions, ({ customer }) => customer) }
}
