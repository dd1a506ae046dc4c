import { CordonError, type Work } from '../../chain/index.ts'
import { whileSole } from '../decide/disk.ts'
import type { Suppressor } from '../decide/index.ts'
import type { ListInService, MatcherId, Setting } from '../match/answer.ts'
import type { Language } from '../words/codes.ts'
import { type AnswerContext, type AnsweredSubject, answerSubject } from './answer-subject.ts'
import { type AsOf, asOfNow, type BatchScreener, pinned } from './as-of.ts'
import type { FieldMap } from './fields.ts'
import { type BatchInput, type InputFormat, openInput } from './input.ts'
import { Journal } from './journal.ts'
import { checkOutside } from './outside.ts'
import type { InputRow } from './subject.ts'
import { outcomeOf, refusedRow, SUMMARY_HEADER, summaryRows } from './summary.ts'

export const ANSWERS = 'answers.jsonl'
const SUMMARY = 'summary.csv'
const REFUSED = 'refused.jsonl'

export interface BatchOptions extends Work {
  /** Path of a file of customers or payments. */
  readonly input: string
  readonly screener: BatchScreener
  /** Folder for the results: new, empty, or of a run to go on with. */
  readonly out: string
  /** Milliseconds since 1970. */
  readonly clock: () => number
  readonly map?: FieldMap
  readonly setting?: Partial<Setting>
  readonly suppress?: Suppressor
  /** In which language the summary explains hits; English where it is not given. */
  readonly language?: Language
  /** Takes away what an earlier run left in the folder, and begins anew. Otherwise such a run is gone on with. */
  readonly anew?: boolean
}

export interface BatchTotals {
  /** Rows of the input, refused ones counted. */
  readonly rows: number
  /** Customers, or parties of payments. */
  readonly subjects: number
  readonly asks: number
  readonly hits: number
  readonly alerts: number
  readonly suppressed: number
  /** Subjects by outcome; together all of them. */
  readonly withHits: number
  readonly clean: number
  readonly incomplete: number
  /** Rows that could not be read, fields not understood, questions that the screener refuses: each has a line in refused.jsonl. */
  readonly refusedRows: number
  readonly refusedFields: number
  readonly refusedAsks: number
  /** Columns or properties that stand for nothing that is looked at, 100 at most. */
  readonly unused: readonly string[]
}

export interface BatchReport {
  readonly input: { readonly name: string; readonly format: InputFormat; readonly bytes: number; readonly sha256: string }
  /** When the batch began, ISO 8601 UTC: the time as of which it speaks. */
  readonly at: string
  readonly matcher: MatcherId
  readonly lists: readonly ListInService[]
  readonly totals: BatchTotals
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>
  /** Rows that an earlier run had dealt with; 0 where there was none. */
  readonly resumedAt: number
}

const MOST_UNUSED = 100

const NOTHING: BatchTotals = {
  rows: 0,
  subjects: 0,
  asks: 0,
  hits: 0,
  alerts: 0,
  suppressed: 0,
  withHits: 0,
  clean: 0,
  incomplete: 0,
  refusedRows: 0,
  refusedFields: 0,
  refusedAsks: 0,
  unused: [],
}

/**
 * Screens every customer or payment of a file: names, papers and all that is known with `screen`, wallets with `wallet`, ships' numbers with `vessel`. Results go to `answers.jsonl` (a line per subject with the whole answers),
 * `summary.csv` (a row per hit, and one for everybody without) and `refused.jsonl` (each row, field or question that was not looked at, with place and reason). Each row of the input is in the first or the last.
 *
 * Rows are taken one by one; memory does not grow with the input. A run that was stopped or killed is gone on with by the same call: the files end up with the same bytes as without interruption. A run that is finished is
 * not repeated.
 *
 * @throws CordonError `screen/other-batch` where the folder holds a run with another input, mapping, setting, lists, matcher or decisions; `screen/not-empty`, `screen/batch-changed`, `screen/in-use`, `screen/not-readable`,
 * `screen/no-columns`, `screen/bad-mapping`, `screen/not-parquet`, `screen/not-json-lines`, `screen/no-lists`, `screen/not-writable`, `screen/disk-full`; `screen/input-in-out` where the input lies in the folder for the
 * results; `screen/input-changed` where it was written to while it was read
 */
export async function runBatch(options: BatchOptions): Promise<BatchReport> {
  const { screener, out, signal } = options
  if (screener.lists.length === 0) {
    throw new CordonError('screen/no-lists', 'there is no list to screen against', {
      remedy: 'Import one first: cordon lists import FILES --list ID',
    })
  }
  await checkOutside(options.input, out)
  const input = await openInput(options.input, options.map, signal)
  return whileSole(out, out, () => screened(options, input), 0)
}

async function screened(
  { screener, out, clock, map, setting, suppress, language = 'en', anew = false, progress, signal }: BatchOptions,
  input: BatchInput,
): Promise<BatchReport> {
  const journal = await Journal.open<BatchTotals>({
    folder: out,
    format: 'cordon-batch',
    files: [ANSWERS, SUMMARY, REFUSED],
    identity: {
      input: { sha256: input.sha256, bytes: input.bytes, format: input.format, name: input.name },
      map: map ?? {},
      matcher: screener.matcher,
      lists: screener.lists.map(({ list, version }) => ({ list, version })),
      setting: setting ?? {},
      language,
      decisions: suppress === undefined ? null : { version: suppress.version },
    },
    begun: asOfNow(screener, clock),
    totals: NOTHING,
    anew,
  })
  try {
    const { begun, rows: resumedAt, done } = journal.checkpoint
    const asOf = begun as AsOf
    const { at, lists } = asOf
    const context = {
      screener: pinned(screener, asOf),
      setting,
      suppressions: suppress?.suppressions ?? null,
      at,
      language,
      file: input.name,
    }
    if (!done) await remaining(journal, input, context, { ...(progress && { progress }), ...(signal && { signal }) })
    const { totals, files } = journal.checkpoint
    const { name, format, bytes, sha256 } = input
    return { input: { name, format, bytes, sha256 }, at, matcher: screener.matcher, lists, totals, files, resumedAt }
  } finally {
    await journal.close()
  }
}

interface RunContext extends AnswerContext {
  readonly at: string
  readonly language: Language
  /** Name of the input, for places. */
  readonly file: string
}

async function remaining(journal: Journal<BatchTotals>, input: BatchInput, context: RunContext, work: Work): Promise<void> {
  if (journal.checkpoint.rows === 0) await journal.write(SUMMARY, SUMMARY_HEADER)
  const deal = (row: InputRow, _number: number, totals: BatchTotals): Promise<BatchTotals> => dealtWith(journal, row, totals, context)
  await journal.through(input.rows(work.signal), deal, { ...work, phase: 'screening', unit: 'rows', unchanged: input.unchanged })
}

async function dealtWith(journal: Journal<BatchTotals>, row: InputRow, totals: BatchTotals, context: RunContext): Promise<BatchTotals> {
  const { record, line, refused } = row
  const place = { file: context.file, line, record }
  if (refused !== null) {
    await journal.write(REFUSED, jsonLine({ ...place, what: 'row', customer: null, ...refused }))
    await journal.write(SUMMARY, refusedRow(row))
  }
  let next = {
    ...totals,
    rows: totals.rows + 1,
    refusedRows: totals.refusedRows + (refused === null ? 0 : 1),
    unused: withUnused(totals.unused, row.unused),
  }
  for (const subject of row.subjects) {
    const answered = answerSubject(subject, record, line, context)
    await journal.write(ANSWERS, jsonLine(answered))
    await journal.write(SUMMARY, summaryRows(answered, context.screener.lists, context.at, context.language))
    for (const fault of answered.faults)
      await journal.write(REFUSED, jsonLine({ ...place, what: 'field', customer: answered.customer, ...fault }))
    for (const { about, asked, code, reason } of answered.refused) {
      await journal.write(
        REFUSED,
        jsonLine({ ...place, what: 'question', customer: answered.customer, field: about, reason: `${reason} (${code})`, text: asked }),
      )
    }
    next = counted(next, answered)
  }
  return next
}

function counted(totals: BatchTotals, answered: AnsweredSubject): BatchTotals {
  const hits = answered.asks.flatMap(({ answer }) => answer.hits)
  const outcome = outcomeOf(answered)
  return {
    ...totals,
    subjects: totals.subjects + 1,
    asks: totals.asks + answered.asks.length + answered.refused.length,
    hits: totals.hits + hits.length,
    alerts: totals.alerts + hits.filter((hit) => hit.alert).length,
    suppressed: totals.suppressed + hits.filter((hit) => hit.held === 'suppressed').length,
    withHits: totals.withHits + (outcome === 'potential-match' ? 1 : 0),
    clean: totals.clean + (outcome === 'no-potential-match' ? 1 : 0),
    incomplete: totals.incomplete + (outcome === 'incomplete' ? 1 : 0),
    refusedFields: totals.refusedFields + answered.faults.length,
    refusedAsks: totals.refusedAsks + answered.refused.length,
  }
}

function withUnused(known: readonly string[], found: readonly string[]): readonly string[] {
  const fresh = found.filter((name) => !known.includes(name.slice(0, 100))).map((name) => name.slice(0, 100))
  return fresh.length === 0 || known.length >= MOST_UNUSED ? known : [...known, ...new Set(fresh)].slice(0, MOST_UNUSED)
}

function jsonLine(value: unknown): string {
  return `${JSON.stringify(value)}\n`
}
