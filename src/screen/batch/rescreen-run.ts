import { createHash } from 'node:crypto'
import { CordonError, type Work } from '../../chain/index.ts'
import { whileSole } from '../decide/disk.ts'
import { type Answered, type ChangeKind, rescreen, type Screened, type Suppressor } from '../decide/index.ts'
import { type ByteLine, byteLines } from '../disk/lines.ts'
import type { ListInService, MatcherId, ScreenAnswer, Setting } from '../match/answer.ts'
import { type AsOf, asOfNow, type BatchScreener, pinned } from './as-of.ts'
import { Journal } from './journal.ts'
import { checkOutside } from './outside.ts'
import { ANSWERS } from './run.ts'
import { type SteadyFile, steadyFile } from './steady.ts'

const CHANGES = 'changes.jsonl'

export interface RescreenOptions extends Work {
  /** Earlier answers: `answers.jsonl` of a batch or of an earlier rescreening, or `decisions.jsonl`. */
  readonly before: string
  readonly screener: BatchScreener
  readonly out: string
  readonly clock: () => number
  /** Entries that differ between the versions, as `list:id`: what they cause is told as theirs. */
  readonly changed?: readonly string[]
  readonly suppress?: Suppressor
  /** Where it is not given, the setting of each earlier answer. */
  readonly setting?: Partial<Setting>
  readonly anew?: boolean
}

export interface RescreenTotals {
  readonly subjects: number
  readonly asks: number
  /** Subjects with at least one change. */
  readonly differing: number
  readonly changes: Readonly<Record<ChangeKind, number>>
}

export interface RescreenReport {
  readonly before: { readonly bytes: number; readonly sha256: string }
  readonly at: string
  readonly matcher: MatcherId
  readonly lists: readonly ListInService[]
  readonly totals: RescreenTotals
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>
  readonly resumedAt: number
}

const LONGEST_LINE = 64 * 1024 * 1024
const NOTHING: RescreenTotals = {
  subjects: 0,
  asks: 0,
  differing: 0,
  changes: { 'new-hit': 0, 'gone-hit': 0, 'score-changed': 0, 'alert-changed': 0, 'suppression-lapsed': 0 },
}

/**
 * Asks all earlier questions again, of the screener as it is now, and writes what is different: `changes.jsonl`, a change a line with its statement, and `answers.jsonl`, the answers of now, from which the next rescreening
 * goes on. Stopped or killed, it goes on as a batch does.
 *
 * @throws CordonError `screen/not-answers` where a line is no earlier answer; otherwise as `runBatch`
 */
export async function runRescreen(options: RescreenOptions): Promise<RescreenReport> {
  await checkOutside(options.before, options.out)
  const before = await steadyFile(options.before, options.signal)
  return whileSole(options.out, options.out, () => rescreened(options, before), 0)
}

async function rescreened(options: RescreenOptions, file: SteadyFile): Promise<RescreenReport> {
  const before = { bytes: file.bytes, sha256: file.sha256 }
  const { screener, suppress, setting } = options
  const changed = options.changed === undefined ? null : [...new Set(options.changed)].sort()
  const journal = await Journal.open<RescreenTotals>({
    folder: options.out,
    format: 'cordon-rescreen',
    files: [CHANGES, ANSWERS],
    identity: {
      before,
      matcher: screener.matcher,
      lists: screener.lists.map(({ list, version }) => ({ list, version })),
      setting: setting ?? null,
      decisions: suppress === undefined ? null : { version: suppress.version },
      changed: changed === null ? null : createHash('sha256').update(JSON.stringify(changed)).digest('hex'),
    },
    begun: asOfNow(screener, options.clock),
    totals: NOTHING,
    anew: options.anew ?? false,
  })
  try {
    const { rows: resumedAt, done } = journal.checkpoint
    const asOf = journal.checkpoint.begun as AsOf
    if (!done) await remaining(journal, options, file, asOf, changed === null ? null : new Set(changed))
    const { at, lists } = asOf
    const { totals, files } = journal.checkpoint
    return { before, at, matcher: screener.matcher, lists, totals, files, resumedAt }
  } finally {
    await journal.close()
  }
}

async function remaining(
  journal: Journal<RescreenTotals>,
  options: RescreenOptions,
  file: SteadyFile,
  asOf: AsOf,
  changed: ReadonlySet<string> | null,
): Promise<void> {
  const { before, screener, suppress, setting, progress, signal } = options
  const context = {
    screener: pinned(screener, asOf),
    changed,
    suppressions: suppress?.suppressions ?? null,
    ...(setting === undefined ? {} : { setting }),
  }
  const deal = async (line: ByteLine, number: number, totals: RescreenTotals): Promise<RescreenTotals> => {
    const { after, changes } = rescreen(screenedOf(line.bytes, line.length, before, number), context)
    await journal.write(ANSWERS, `${JSON.stringify(after)}\n`)
    const counts = { ...totals.changes }
    for (const change of changes) {
      await journal.write(CHANGES, `${JSON.stringify(change)}\n`)
      counts[change.kind]++
    }
    return {
      subjects: totals.subjects + 1,
      asks: totals.asks + after.asks.length,
      differing: totals.differing + (changes.length === 0 ? 0 : 1),
      changes: counts,
    }
  }
  const lines = byteLines(file.open(), LONGEST_LINE)
  await journal.through(lines, deal, {
    ...(progress && { progress }),
    ...(signal && { signal }),
    phase: 'screening again',
    unit: 'customers',
    unchanged: file.unchanged,
  })
}

/** A line of answers, or of decisions. */
function screenedOf(bytes: Uint8Array, length: number, file: string, line: number): Screened {
  const value = length > LONGEST_LINE ? null : parsed(bytes)
  if (value?.format === 'cordon-decision' && isAnswered(value))
    return { customer: value.customer ?? null, asks: [{ ask: value.ask, answer: value.answer } as Answered] }
  const named = value?.customer === null || typeof value?.customer === 'string'
  if (named && Array.isArray(value?.asks) && value.asks.every(isAnswered)) return value as Screened
  throw new CordonError('screen/not-answers', `line ${line} of ${file} is no answer of an earlier batch`, {
    place: { file, line },
    remedy: 'Give answers.jsonl of a batch that was finished, unchanged; its last line is cut off where the batch was killed.',
  })
}

type Parsed = {
  readonly format?: unknown
  readonly customer?: string | null
  readonly asks?: unknown
  readonly ask?: unknown
  readonly answer?: unknown
} | null

function parsed(bytes: Uint8Array): Parsed {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Parsed
  } catch {
    return null
  }
}

function isAnswered(value: unknown): boolean {
  const { ask, answer } = (value ?? {}) as {
    readonly ask?: { readonly about?: unknown } | null
    readonly answer?: Partial<ScreenAnswer> | null
  }
  return (
    (ask?.about === 'name' || ask?.about === 'wallet' || ask?.about === 'vessel') &&
    Array.isArray(answer?.hits) &&
    Array.isArray(answer.lists)
  )
}
