import { CordonError } from '../../chain/index.ts'
import { type ListStatus, NEVER_OVERRULED, type Refusal, type RefusalCode } from '../../screen/index.ts'
import type { Config } from '../config/index.ts'
import type { Caller } from '../people/caller.ts'
import type { Overruled } from './import-work.ts'

/** The kind of an overruling among the objects. */
export const OVERRULING = 'overruling'

/** The body of an overruling: two persons say that a list which was refused is right. */
export type OverrulingBody = {
  readonly list: string
  /** When the files were refused, as the list's log has it. */
  readonly refusedAt: string
  readonly refusals: readonly Refusal[]
  readonly sources: readonly { readonly name: string; readonly sha256: string; readonly bytes: number }[]
  readonly codes: readonly RefusalCode[]
  readonly reason: string
  readonly by: string
  readonly at: string
  readonly state: 'proposed' | 'approved'
  readonly approved: { readonly by: string; readonly at: string; readonly reason: string } | null
}

/**
 * The first half of an overruling, of the refusal that stands on a list.
 *
 * @throws CordonError `list/bad-option` where there is no such refusal, or none that can be overruled
 */
export function propose(
  { list, lastRefusal }: ListStatus,
  { refusedAt, codes, reason }: { readonly refusedAt: string; readonly codes: readonly RefusalCode[]; readonly reason: string },
  by: string,
  at: string,
): OverrulingBody {
  if (lastRefusal === null || lastRefusal.time !== refusedAt)
    throw bad(
      'refusedAt',
      `${list} has no refusal of ${refusedAt} that stands last`,
      `Take lastRefusal.time from GET /api/v1/lists/${list}.`,
    )
  const there = new Set(lastRefusal.refusals.map(({ code }) => code))
  for (const code of codes) {
    if (NEVER_OVERRULED.has(code))
      throw bad('codes', `${code} cannot be overruled: there is nothing that could be put in service`, 'Give the right files.')
    if (!there.has(code)) throw bad('codes', `${code} was not held against these files`, `Overrule of ${[...there].join(', ')}.`)
  }
  const sources = lastRefusal.sources.map(({ name, sha256, bytes }) => ({ name, sha256, bytes }))
  return {
    list,
    refusedAt,
    refusals: lastRefusal.refusals,
    sources,
    codes: [...new Set(codes)],
    reason,
    by,
    at,
    state: 'proposed',
    approved: null,
  }
}

/**
 * The second half, by another person, who signed in himself.
 *
 * @throws CordonError `list/four-eyes`; `node/conflict` where it is approved already
 */
export function approve(
  before: OverrulingBody,
  reason: string,
  { person, credential }: Pick<Caller, 'person' | 'credential'>,
  at: string,
): OverrulingBody {
  if (before.state === 'approved')
    throw new CordonError('node/conflict', 'the overruling is approved already', { remedy: 'Import the files with it.' })
  if (person === before.by)
    throw new CordonError('list/four-eyes', 'who proposed an overruling does not approve it', {
      remedy: 'Have somebody else look at the files.',
    })
  if (credential.kind === 'key') throw new CordonError('list/four-eyes', 'a key is no second pair of eyes', { remedy: 'Sign in yourself.' })
  return { ...before, state: 'approved', approved: { by: person, at, reason } }
}

/**
 * What an import by one of the two is allowed, the other being the second person.
 *
 * @throws CordonError `list/four-eyes` where it is not approved, or somebody else imports
 */
export function overruledFor({ codes, reason, sources, by, approved }: OverrulingBody, { person, organisation }: Caller): Overruled {
  if (approved === null)
    throw new CordonError('list/four-eyes', 'nobody has approved this overruling yet', { remedy: 'Have a second person approve it.' })
  if (person !== by && person !== approved.by)
    throw new CordonError('list/four-eyes', 'one of the two persons of an overruling imports with it', { remedy: 'Let one of them do it.' })
  const other = person === by ? approved.by : by
  return { codes, reason, sources: sources.map(({ sha256 }) => sha256), approvedBy: personInLog({ person: other, organisation }) }
}

/** How a person stands in the log of a list, which is read outside the node too: by organisation and id, never by name. */
export function personInLog({ person, organisation }: Pick<Caller, 'person' | 'organisation'>): string {
  return `${organisation}/${person}`
}

/** Lists are the node's own, and everybody is screened against them: its home organisation alone imports. Throws `node/forbidden`. */
export function mayKeepLists({ home }: Config, { organisation }: Pick<Caller, 'organisation'>): void {
  if (organisation === home.organisation) return
  throw new CordonError('node/forbidden', 'the lists are kept by the organisation that runs the node', {
    remedy: 'Ask it to import the list, or run a node of your own.',
  })
}

function bad(field: string, message: string, remedy: string): CordonError {
  return new CordonError('list/bad-option', message, { place: { field }, remedy })
}
