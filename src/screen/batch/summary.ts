import { askedText } from '../decide/index.ts'
import type { AnswerNote, Hit, ListInService, NoteCode } from '../match/answer.ts'
import type { Language } from '../words/codes.ts'
import { explainHit } from '../words/explain.ts'
import type { AnsweredSubject } from './answer-subject.ts'
import type { InputRow } from './subject.ts'

const COLUMNS = [
  'record',
  'line',
  'customer',
  'role',
  'about',
  'asked',
  'outcome',
  'list',
  'version',
  'entry',
  'kind',
  'primary',
  'matched',
  'score',
  'name_score',
  'ofac_compatible',
  'alert',
  'held',
  'programmes',
  'reasons',
  'explanation',
  'statement',
] as const

type Column = (typeof COLUMNS)[number]

export const SUMMARY_HEADER = `${COLUMNS.join(',')}\r\n`

/** Notes that say that something was not looked at: then nobody may read "no potential match" for it. */
const NOT_LOOKED_AT: ReadonlySet<NoteCode> = new Set<NoteCode>([
  'wallet-fault',
  'imo-fault',
  'name-empty',
  'candidates-cut',
  'paper-not-understood',
])

/** `potential-match` with hits; `no-potential-match` where all was looked at and nothing found; `incomplete` where nothing was found, but something was not looked at. */
export type SubjectOutcome = 'potential-match' | 'no-potential-match' | 'incomplete'

export function outcomeOf({ asks, refused }: AnsweredSubject): SubjectOutcome {
  if (asks.some(({ answer }) => answer.hits.length > 0)) return 'potential-match'
  return refused.length > 0 || asks.some(({ answer }) => unlooked(answer.notes).length > 0) ? 'incomplete' : 'no-potential-match'
}

/** A row per hit; where there is none, one row that says on which lists nothing was found, and what was not looked at. RFC 4180, nothing that a spreadsheet takes for a formula. */
export function summaryRows(subject: AnsweredSubject, lists: readonly ListInService[], at: string, language: Language): string {
  const facts = {
    record: String(subject.record),
    line: subject.line === null ? '' : String(subject.line),
    customer: subject.customer ?? '',
    role: subject.role ?? '',
  }
  const outcome = outcomeOf(subject)
  const rest = remarks(subject)
  if (outcome !== 'potential-match') {
    const asked = [...subject.asks.map(({ ask }) => askedText(ask)), ...subject.refused.map((each) => each.asked)].join('; ')
    const about = [...new Set([...subject.asks.map(({ ask }) => ask.about), ...subject.refused.map((each) => each.about)])].join(' ')
    const found = outcome === 'incomplete' ? 'not wholly screened' : noMatch(lists, at)
    return line({ ...facts, about, asked, outcome, statement: [found, ...rest].join('; ') })
  }
  return subject.asks
    .flatMap(({ ask, answer }) =>
      answer.hits.map((hit) =>
        line({
          ...facts,
          about: ask.about,
          asked: askedText(ask),
          outcome,
          ...hitColumns(hit, language),
          statement: [`potential match as of ${at}`, ...rest].join('; '),
        }),
      ),
    )
    .join('')
}

/** The row of an input row that could not be read: whoever reads the summary alone must see that somebody was not screened. */
export function refusedRow({ record, line: at, refused }: InputRow): string {
  return line({
    record: String(record),
    line: at === null ? '' : String(at),
    outcome: 'refused',
    statement: `not screened: the row ${refused?.reason ?? ''}`,
  })
}

/** `no potential match on us-ofac-sdn 2024-05-03-…, un-sc … as of 2026-01-05T10:00:00.000Z` */
export function noMatch(lists: readonly ListInService[], at: string): string {
  return `no potential match on ${lists.map(({ list, version }) => `${list} ${version}`).join(', ') || 'no list at all'} as of ${at}`
}

function remarks(subject: AnsweredSubject): readonly string[] {
  const refused = subject.refused.map((each) => `not looked for: ${each.about} (${each.reason})`)
  const notes = subject.asks.flatMap(({ answer }) => unlooked(answer.notes).map((note) => `not looked at: ${note.text} (${note.code})`))
  const faults = subject.faults.map((each) => `not compared: ${each.field} ${each.reason}`)
  return [...refused, ...notes, ...faults]
}

function unlooked(notes: readonly AnswerNote[]): readonly AnswerNote[] {
  return notes.filter((note) => NOT_LOOKED_AT.has(note.code))
}

function hitColumns(hit: Hit, language: Language): Partial<Record<Column, string>> {
  return {
    list: hit.list,
    version: hit.version,
    entry: hit.entry,
    kind: hit.kind,
    primary: hit.primary,
    matched: hit.matched?.full ?? '',
    score: String(hit.score),
    name_score: String(hit.nameScore),
    ofac_compatible: String(hit.ofacCompatible),
    alert: String(hit.alert),
    held: hit.held ?? '',
    programmes: hit.programmes.join(' '),
    reasons: hit.reasons.map(({ rule }) => rule).join(' '),
    explanation: explainHit(hit, language).join('; '),
  }
}

function line(values: Partial<Record<Column, string>>): string {
  return `${COLUMNS.map((column) => field(values[column] ?? '')).join(',')}\r\n`
}

/** Longer than any name or explanation; the whole text stands in answers.jsonl. */
const LONGEST = 4_000

/** Control characters, and those that turn the direction of the text around. */
const INVISIBLE = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/** One field: cut, directions and control characters made visible, never a formula (OWASP, CSV injection), quoted where needed. */
function field(text: string): string {
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST)}… (${text.length} characters)` : text
  const visible = short.toWellFormed().replace(INVISIBLE, spelled)
  const safe = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(visible) ? `'${visible}` : visible
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function spelled(character: string): string {
  return `[U+${(character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}]`
}
