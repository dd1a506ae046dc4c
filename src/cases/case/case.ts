import { bad, line, proseOrNull } from './text.ts'

/** Where a case stands. `open`: made, nobody works on it. `active`: somebody does. `suspended`: waits for something. `closed`: done. `reopened`: was closed, and is to be looked at again. */
export const CASE_STATUSES = ['open', 'active', 'suspended', 'closed', 'reopened'] as const
export type CaseStatus = (typeof CASE_STATUSES)[number]

export const CASE_PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const
export type CasePriority = (typeof CASE_PRIORITIES)[number]

/** How a case ended. `referred`: somebody else took it on. `unfounded`: nothing happened. `duplicate`: another case holds it. */
export const CASE_OUTCOMES = ['resolved', 'referred', 'unfounded', 'no-further-action', 'duplicate'] as const
export type CaseOutcome = (typeof CASE_OUTCOMES)[number]

/** The number under which an authority or an exchange runs the matter. */
export type CaseReference = { readonly authority: string; readonly number: string }

/** What people write in a case. */
export type CaseGiven = {
  readonly title: string
  readonly summary?: string | null | undefined
  readonly priority?: CasePriority | undefined
  readonly tags?: readonly string[] | undefined
  readonly references?: readonly CaseReference[] | undefined
}

/** The theft of the register that a case was opened from, as the register had it then: `register` is its SHA-256, seeds are as `cordon trace --seeds` reads them. */
export type CaseHeist = {
  readonly id: string
  readonly victim: string
  readonly register: string
  readonly seeds: readonly { readonly chain: string; readonly seeds: readonly string[] }[]
}

/** A change of status. Never changed afterwards. */
export type CaseStep = {
  /** UTC, ISO 8601 with milliseconds. */
  readonly at: string
  /** Person. */
  readonly by: string
  readonly action: string
  readonly from: CaseStatus
  readonly to: CaseStatus
  readonly reason: string | null
}

/** The body of an object of kind `case`. What the case holds hangs on it by links: a reader learns of nothing there that is closed to him. */
export type CaseBody = {
  readonly title: string
  readonly summary: string | null
  readonly priority: CasePriority
  /** Sorted, each once. */
  readonly tags: readonly string[]
  readonly references: readonly CaseReference[]
  readonly status: CaseStatus
  /** Null unless closed. */
  readonly outcome: CaseOutcome | null
  /** Persons, sorted, each once. */
  readonly assignees: readonly string[]
  readonly heist: CaseHeist | null
  readonly history: readonly CaseStep[]
}

export const MOST_TAGS = 50
export const MOST_REFERENCES = 50

type CaseText = Pick<CaseBody, 'title' | 'summary' | 'priority' | 'tags' | 'references'>

/** A case as it is opened. `assignees` are taken as they are: whether they are there is the node's to say. Throws `cases/bad-text`. */
export function openCase(given: CaseGiven, from: { readonly assignees?: readonly string[]; readonly heist?: CaseHeist } = {}): CaseBody {
  return {
    ...readGiven(given),
    status: 'open',
    outcome: null,
    assignees: sorted(from.assignees ?? []),
    heist: from.heist ?? null,
    history: [],
  }
}

/** What people write in a case, checked and in one spelling. Throws `cases/bad-text` with the field. */
export function readGiven(given: CaseGiven): CaseText {
  const { title, summary, priority = 'normal', tags = [], references = [] } = given
  if (tags.length > MOST_TAGS) throw bad('tags', `are more than ${MOST_TAGS}`, 'Keep those that somebody looks for.')
  if (references.length > MOST_REFERENCES) throw bad('references', `are more than ${MOST_REFERENCES}`, 'Put them into a note.')
  return {
    title: line(title, 'title', 200),
    summary: proseOrNull(summary, 'summary', 20_000),
    priority,
    tags: sorted(tags.map((tag, i) => tagOf(tag, `tags[${i}]`))),
    references: unique(
      references.map(({ authority, number }, i) => ({
        authority: line(authority, `references[${i}].authority`, 200),
        number: line(number, `references[${i}].number`, 100),
      })),
    ),
  }
}

/** A tag in one spelling, so that `Lazarus ` and `lazarus` are one: NFKC, lower case, one blank between words. Throws `cases/bad-text`. */
export function tagOf(text: string, field: string): string {
  const folded = line(text, field, 64).normalize('NFKC').toLowerCase().normalize('NFKC').replace(/\s+/g, ' ')
  // Folding can bring blanks to the ends, and make a text longer.
  return line(folded, field, 64)
}

function unique(references: readonly CaseReference[]): CaseReference[] {
  return [...new Map(references.map((each) => [`${each.authority}\n${each.number}`, each])).values()]
}

export function sorted(values: readonly string[]): string[] {
  return [...new Set(values)].sort()
}
