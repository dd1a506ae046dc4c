import { type Confidence, parseWhen, type READINGS } from '../heists/index.ts'
import { bad, line, lineOrNull, prose, proseOrNull } from './text.ts'

/** What a claim is about. `value`: what it was worth. `outcome`: what became of it. `flow`: where it went. */
export const CLAIM_SUBJECTS = ['attribution', 'identity', 'date', 'amount', 'value', 'flow', 'outcome', 'victim', 'other'] as const
export type ClaimSubject = (typeof CLAIM_SUBJECTS)[number]

/**
 * The Admiralty Code (NATO AJP-2.1; STANAG 2511), in two letters that are judged apart: the source, and what it says.
 * Reliability: A completely, B usually, C fairly, D not usually, E unreliable, F cannot be judged. Credibility: 1 confirmed by others, 2 probably true, 3 possibly true, 4 doubtful, 5 improbable, 6 cannot be judged.
 */
export const RELIABILITIES = ['A', 'B', 'C', 'D', 'E', 'F'] as const
export const CREDIBILITIES = [1, 2, 3, 4, 5, 6] as const

/** Where a claim was read. */
export type ClaimSource = {
  readonly title: string
  readonly publisher: string | null
  /** The page that was read, and the document that it reports, where that is another. */
  readonly url: string | null
  readonly original: string | null
  /** As far as they are known: `2024`, `2024-05`, `2024-05-31`, `2024-05-31T04:26Z`. */
  readonly published: string | null
  readonly read: string | null
  readonly readAs: (typeof READINGS)[number] | null
  /** Of the file that holds what was read, as it was captured. */
  readonly sha256: string | null
  readonly reliability: (typeof RELIABILITIES)[number]
  readonly credibility: (typeof CREDIBILITIES)[number]
}

/** The body of an object of kind `claim`: somebody says something. Denials that dispute it refer to it by links. */
export type ClaimBody = {
  readonly claimant: string
  readonly about: ClaimSubject
  /** Of whom or what: an address, a person, a theft. */
  readonly subject: string | null
  readonly says: string
  /** When it was claimed, as far as that is known. */
  readonly when: string | null
  /** How firmly the claimant puts it; null where nothing is said. */
  readonly confidence: Confidence | null
  readonly source: ClaimSource
  readonly note: string | null
}

/** The body of an object of kind `denial`: somebody says that it is not so. */
export type DenialBody = Omit<ClaimBody, 'about' | 'confidence' | 'claimant'> & { readonly by: string }

/** The body of an object of kind `note`. */
export type NoteBody = { readonly text: string }

/** What may be left off is null. */
type Loose<T> = { readonly [K in keyof T]: null extends T[K] ? T[K] | undefined : T[K] }
type Given<T> = Partial<Loose<T>>
export type SourceGiven = Given<ClaimSource> & Pick<ClaimSource, 'title'>
export type ClaimGiven = Given<Omit<ClaimBody, 'source'>> &
  Pick<ClaimBody, 'claimant' | 'about' | 'says'> & { readonly source: SourceGiven }
export type DenialGiven = Given<Omit<DenialBody, 'source'>> & Pick<DenialBody, 'by' | 'says'> & { readonly source: SourceGiven }

const WEB = /^https?:\/\/[^\s]{1,2000}$/
const SHA256 = /^[0-9a-f]{64}$/

/** Checks a claim. What nobody judged is F6. Throws `cases/bad-text` with the field. */
export function readClaim(given: ClaimGiven): ClaimBody {
  return {
    claimant: line(given.claimant, 'claimant', 200),
    about: given.about,
    subject: lineOrNull(given.subject, 'subject', 200),
    says: prose(given.says, 'says', 10_000),
    when: time(given.when, 'when'),
    confidence: given.confidence ?? null,
    source: readSource(given.source),
    note: proseOrNull(given.note, 'note', 10_000),
  }
}

/** Checks a denial. Throws `cases/bad-text` with the field. */
export function readDenial(given: DenialGiven): DenialBody {
  return {
    by: line(given.by, 'by', 200),
    subject: lineOrNull(given.subject, 'subject', 200),
    says: prose(given.says, 'says', 10_000),
    when: time(given.when, 'when'),
    source: readSource(given.source),
    note: proseOrNull(given.note, 'note', 10_000),
  }
}

/** Checks a note. Throws `cases/bad-text`. */
export function readNote({ text }: NoteBody): NoteBody {
  return { text: prose(text, 'text', 50_000) }
}

function readSource(given: SourceGiven): ClaimSource {
  const sha256 = given.sha256 ?? null
  if (sha256 !== null && !SHA256.test(sha256)) throw bad('source.sha256', 'is no SHA-256', 'Write its 64 hexadecimal digits in lower case.')
  return {
    title: line(given.title, 'source.title', 500),
    publisher: lineOrNull(given.publisher, 'source.publisher', 200),
    url: web(given.url, 'source.url'),
    original: web(given.original, 'source.original'),
    published: time(given.published, 'source.published'),
    read: time(given.read, 'source.read'),
    readAs: given.readAs ?? null,
    sha256,
    reliability: given.reliability ?? 'F',
    credibility: given.credibility ?? 6,
  }
}

function time(text: string | null | undefined, field: string): string | null {
  if (text === null || text === undefined) return null
  if (parseWhen(text) === null) {
    throw bad(
      field,
      'is no date',
      'Write as much as is known, in UTC: 2024, 2024-05, 2024-05-31, 2024-05-31T04:26Z or 2024-05-31T04:26:10Z.',
    )
  }
  return text
}

function web(text: string | null | undefined, field: string): string | null {
  const read = lineOrNull(text, field, 2000)
  if (read !== null && !(WEB.test(read) && URL.canParse(read))) throw bad(field, 'is no web address', 'Write it whole, with https://.')
  return read
}
