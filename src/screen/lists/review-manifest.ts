import { CordonError } from '../../chain/index.ts'
import { namesNobody, samePerson } from '../same-person.ts'
import { parseListedDate } from './dates.ts'

/**
 * What stands beside a table that people typed from a notice which has no machine form: who typed it, who checked it, and exactly which bytes were approved. As YAML or JSON:
 *
 * ```yaml
 * format: reviewed-notice
 * list: kr-mofa
 * title: 대북 독자제재 대상 지정
 * authority: Ministry of Foreign Affairs, Republic of Korea
 * operator: Kim Minji
 * reviewer: Lee Junho
 * url: https://www.mofa.go.kr/…
 * read_on: 2025-01-09
 * notice: { number: 외교부고시 제2024-12호, date: 2024-12-26 }
 * document: { name: notice.pdf, sha256: 9f86d081… }
 * entries: { name: entries.csv, sha256: 60303ae2… }
 * expected_count: 15
 * programme: DPRK
 * ```
 *
 * `programme` may be left out. The document itself may lie beside; then its hash is checked too.
 */
export interface ReviewManifest {
  readonly list: string
  readonly title: string
  readonly authority: string
  /** Who typed the table. */
  readonly operator: string
  /** The second person, who compared it with the notice. */
  readonly reviewer: string
  readonly url: string
  /** ISO date on which the notice was read. */
  readonly readOn: string
  readonly notice: { readonly number: string; readonly date: string }
  readonly document: FileHash
  readonly entries: FileHash
  readonly expectedCount: number
  readonly programme: string | null
}

export interface FileHash {
  /** Name without folders. */
  readonly name: string
  /** 64 hex digits, lower case. */
  readonly sha256: string
}

/** What was found in the files themselves. */
export interface ReviewedFiles {
  readonly entriesSha256: string
  /** Null where the document is not there. */
  readonly documentSha256: string | null
  /** Rows of the table that are entries. */
  readonly count: number
}

export interface ReviewProblem {
  readonly field: string
  readonly text: string
}

const TEXT_FIELDS = ['list', 'title', 'authority', 'operator', 'reviewer', 'url', 'read_on', 'expected_count'] as const
const KNOWN_FIELDS = new Set<string>(['format', ...TEXT_FIELDS, 'notice', 'document', 'entries', 'programme'])

/**
 * The manifest that a parsed YAML or JSON document holds.
 *
 * @throws CordonError `list/review` that names every field which is missing, empty, unknown or of the wrong shape
 */
export function reviewManifest(value: unknown, file: string): ReviewManifest {
  const problems: ReviewProblem[] = []
  const root = record(value)
  const text = (source: Readonly<Record<string, unknown>>, field: string, path = field): string => {
    const given = source[field]
    const written = typeof given === 'number' ? String(given) : given
    if (typeof written === 'string' && written.trim() !== '') return written.trim()
    problems.push({ field: path, text: 'is missing' })
    return ''
  }
  const texts = Object.fromEntries(TEXT_FIELDS.map((field) => [field, text(root, field)])) as Record<(typeof TEXT_FIELDS)[number], string>
  const notice = record(root.notice)
  const hash = (field: 'document' | 'entries'): FileHash => {
    const part = record(root[field])
    const sha256 = text(part, 'sha256', `${field}.sha256`).toLowerCase()
    if (sha256 !== '' && !/^[0-9a-f]{64}$/.test(sha256)) problems.push({ field: `${field}.sha256`, text: 'is not 64 hex digits' })
    return { name: text(part, 'name', `${field}.name`), sha256 }
  }
  for (const field of Object.keys(root)) if (!KNOWN_FIELDS.has(field)) problems.push({ field, text: 'is not a field of a manifest' })
  if (root.format !== 'reviewed-notice') problems.push({ field: 'format', text: 'is not "reviewed-notice"' })
  if (texts.expected_count !== '' && !/^[1-9][0-9]{0,5}$/.test(texts.expected_count)) {
    problems.push({ field: 'expected_count', text: `"${texts.expected_count.slice(0, 40)}" is not a whole number from 1` })
  }
  const manifest: ReviewManifest = {
    list: texts.list,
    title: texts.title,
    authority: texts.authority,
    operator: texts.operator,
    reviewer: texts.reviewer,
    url: texts.url,
    readOn: texts.read_on,
    notice: { number: text(notice, 'number', 'notice.number'), date: text(notice, 'date', 'notice.date') },
    document: hash('document'),
    entries: hash('entries'),
    expectedCount: Number(texts.expected_count),
    programme: typeof root.programme === 'string' && root.programme.trim() !== '' ? root.programme.trim() : null,
  }
  if (problems.length > 0) throw refusal(problems, file)
  return manifest
}

/**
 * What stands against an approval: nobody but the one who typed has looked, the source is no web address, a date does not exist, or the files are not those that were approved. Empty: it holds.
 * Persons are the same as `samePerson` folds them.
 */
export function reviewProblems(manifest: ReviewManifest, files: ReviewedFiles): ReviewProblem[] {
  const problems: ReviewProblem[] = []
  const add = (field: string, text: string) => problems.push({ field, text })
  if (namesNobody(manifest.operator)) add('operator', 'names nobody')
  if (namesNobody(manifest.reviewer)) add('reviewer', 'names nobody')
  else if (samePerson(manifest.operator, manifest.reviewer))
    add('reviewer', `"${manifest.reviewer}" is the operator; a second person must approve`)
  if (!isWebAddress(manifest.url)) add('url', `"${manifest.url.slice(0, 100)}" is not a web address`)
  for (const [field, date] of [
    ['read_on', manifest.readOn],
    ['notice.date', manifest.notice.date],
  ] as const) {
    if (!/^\d{4}-\d\d-\d\d$/.test(date) || parseListedDate(date).from !== date)
      add(field, `"${date.slice(0, 40)}" is not a date (YYYY-MM-DD)`)
  }
  if (files.entriesSha256 !== manifest.entries.sha256) {
    add('entries.sha256', `${manifest.entries.name} has SHA-256 ${files.entriesSha256}; approved was ${manifest.entries.sha256}`)
  }
  if (files.documentSha256 !== null && files.documentSha256 !== manifest.document.sha256) {
    add('document.sha256', `${manifest.document.name} has SHA-256 ${files.documentSha256}; the manifest says ${manifest.document.sha256}`)
  }
  if (files.count !== manifest.expectedCount)
    add('expected_count', `the table has ${files.count} entries; expected are ${manifest.expectedCount}`)
  return problems
}

/** The problems as one error, so that they can be mended in one go. */
export function refusal(problems: readonly ReviewProblem[], file: string): CordonError {
  const list = problems.map(({ field, text }) => `${field} ${text}`).join('; ')
  return new CordonError('list/review', `${file} does not approve this table: ${list}`, {
    place: { file, ...(problems[0] === undefined ? {} : { field: problems[0].field }) },
    remedy:
      'Mend what is named, have a second person compare the table with the notice, and write the SHA-256 of the approved table into the manifest.',
  })
}

function isWebAddress(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') && url.hostname.includes('.')
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}
