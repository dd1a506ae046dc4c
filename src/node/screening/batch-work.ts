import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Work } from '../../chain/index.ts'
import {
  type BatchOptions,
  type BatchReport,
  diffVersions,
  openScreener,
  type RescreenReport,
  runBatch,
  runRescreen,
  type Screener,
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
  Pick<BatchOptions, 'map' | 'setting' | 'language'> & { readonly input: string; readonly lists?: readonly string[] }

/** Earlier answers to be asked again: `answers.jsonl` of a batch or of an earlier rescreening. */
export type ScreenFileAgain = FileTask & { readonly before: string }

/**
 * Screens a file (CSV, JSON lines, a JSON document, Parquet, IVMS101): `answers.jsonl`, `summary.csv` and `refused.jsonl` in `out`.
 *
 * @throws CordonError `screen/no-lists`, and what `runBatch` throws
 */
export async function screenBatch(
  { store, at, input, out, lists, suppress, anew, ...options }: ScreenFile,
  work: Work,
): Promise<BatchReport> {
  const clock = () => new Date(at)
  const screener = await openScreener({ store, at, clock, ...(lists && { lists }) })
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
  const changed = await changedSince(store, await listsOf(before), screener)
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

type ListVersion = { readonly list: string; readonly version: string }

/** The lists of the first answer of a file; none where it has none: what is no answer is told by the screening itself, with its place. */
async function listsOf(file: string): Promise<readonly ListVersion[]> {
  const stream = createReadStream(file, 'utf8')
  try {
    for await (const line of createInterface({ input: stream })) {
      const { asks } = JSON.parse(line) as { asks?: readonly { answer?: { lists?: readonly ListVersion[] } }[] }
      return asks?.[0]?.answer?.lists ?? []
    }
  } catch {
    // Told by the screening itself.
  } finally {
    stream.destroy()
  }
  return []
}

/** Entries that differ between two sets of versions; null where a version is not there any more. */
async function changedSince(store: string, then: readonly ListVersion[], { lists }: Screener): Promise<readonly string[] | null> {
  const changed: string[] = []
  for (const { list, version } of then) {
    const now = lists.find((each) => each.list === list)
    if (now === undefined || now.version === version) continue
    try {
      const { added, removed, changed: other } = await diffVersions(store, list, version, now.version)
      for (const { id } of [...added, ...removed, ...other]) changed.push(`${list}:${id}`)
    } catch (error) {
      if ((error as { readonly code?: unknown }).code === 'list/no-version') return null
      throw error
    }
  }
  return changed
}
