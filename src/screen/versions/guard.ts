import type { EntryKind } from '../lists/entry.ts'
import { publishedTime } from './draft.ts'
import type { Refusal, RefusalCode } from './event.ts'
import type { Counts } from './manifest.ts'

/** How much a list may change from one version to the next before a person must look. */
export interface GuardLimits {
  /** Share of entries, names and wallets that may be gone: authorities take off a few names a week, not a tenth of the list. */
  readonly fall: number
  /** Of lists with fewer entries than this a number is allowed instead of a share. */
  readonly smallList: number
  readonly smallFall: number
  /** Share that a kind may lose, for kinds of at least `kindLeast` entries. */
  readonly kindFall: number
  readonly kindLeast: number
  /** Share of all entries that may have moved from one kind to another (half the sum of the differences of shares). */
  readonly kindShift: number
  /** Share of what was read that may be refused. */
  readonly refusedShare: number
  /** Notes for each entry from which the files cannot belong together: thousands of aliases of no entry mean that the main file is cut off. */
  readonly notesPerEntry: number
  readonly notesLeast: number
  /** Seconds by which a date of publication may lie ahead of our clock: time zones, and clocks that differ. */
  readonly ahead: number
}

export const GUARD: GuardLimits = {
  fall: 0.1,
  smallList: 50,
  smallFall: 5,
  kindFall: 0.5,
  kindLeast: 10,
  kindShift: 0.25,
  refusedShare: 0.01,
  notesPerEntry: 3,
  notesLeast: 100,
  ahead: 2 * 86_400,
}

/** What the guard looks at, of what was read and of the version in service. */
export interface Judged {
  readonly counts: Counts
  readonly kinds: Readonly<Record<EntryKind, number>>
  readonly published: string | null
}

export interface Candidate extends Judged {
  /** The format that it was read from, and those that the list is given out in; null for a list that we do not know. */
  readonly format: string
  readonly formats: readonly string[] | null
  /** Notes of any kind. */
  readonly notes: number
  /** Rows, fields and entries refused. */
  readonly refused: number
  /** Names of files of no bytes. */
  readonly emptyFiles: readonly string[]
  readonly otherLists: readonly string[]
}

/** Nothing to put in service, or something that would be filed under a wrong name: no second person can make that right. */
export const NEVER_OVERRULED: ReadonlySet<RefusalCode> = new Set(['schema', 'other-list'])

/**
 * Everything that speaks against putting a version into service; empty where nothing does. A list that is empty, shrunken or misread would answer "no match" for people who are listed,
 * so the last good version stays until a person has looked.
 *
 * @param now milliseconds since 1970
 */
export function judge(next: Candidate, current: Judged | null, now: number, limits: GuardLimits = GUARD): readonly Refusal[] {
  const against: Refusal[] = []
  const say = (code: RefusalCode, message: string, remedy: string): void => void against.push({ code, message, remedy })
  for (const name of next.emptyFiles) say('empty-file', `${name} is empty`, 'fetch the file again')
  if (next.otherLists.length > 0) {
    say(
      'other-list',
      `the files hold entries of ${next.otherLists.join(', ')}`,
      'import them under that list, or give only the files of this one',
    )
  }
  if (next.formats !== null && !next.formats.includes(next.format)) {
    say(
      'other-format',
      `this list comes as ${next.formats.join(', ')}, not as ${next.format}`,
      'give the authority’s own file; for a list of your own choose another id, e.g. own-watch',
    )
  }
  if (next.counts.entries === 0)
    say('no-entries', 'the files hold no entry', 'fetch the files again; look at the notes for what was refused')
  else {
    if (current !== null) for (const fall of falls(next, current, limits)) say('shrunken', fall, LOOK)
    if (current !== null) for (const change of kindChanges(next, current, limits)) say('kinds', change, LOOK)
    if (next.notes > Math.max(limits.notesLeast, limits.notesPerEntry * next.counts.entries)) {
      say(
        'refused-rows',
        `there are ${next.notes} notes on ${next.counts.entries} entries`,
        'look at the notes: a file of the set may be cut off, or not belong to the others',
      )
    }
    const rows = next.counts.entries + next.refused
    if (next.refused > limits.refusedShare * rows) {
      const share = `${next.refused} of ${rows} (${percent(next.refused / rows)}; ${percent(limits.refusedShare)} is allowed)`
      say(
        'refused-rows',
        `rows were refused: ${share}`,
        'look at the notes: the format may have changed, or a file may not belong to the others',
      )
    }
  }
  if (next.published !== null) {
    if (publishedTime(next.published) > now + limits.ahead * 1000) {
      say(
        'future',
        `the list says that it was published on ${next.published}, which is to come`,
        'check the clock of this machine, and the file',
      )
    }
    if (current?.published && isBefore(next.published, current.published)) {
      say('older', `published on ${next.published}, before the version in service (${current.published})`, 'fetch the newest file')
    }
  }
  return against
}

const LOOK = 'compare the file with the authority’s site: part of it, or a file of the set, may be missing'

function falls(next: Judged, current: Judged, limits: GuardLimits): readonly string[] {
  return (['entries', 'names', 'wallets', 'identifiers', 'births'] as const).flatMap((what) => {
    const [before, after] = [current.counts[what] ?? 0, next.counts[what] ?? 0]
    const allowed = before < limits.smallList ? limits.smallFall : before * limits.fall
    return before - after > allowed ? [`${what} fell from ${before} to ${after} (by ${percent((before - after) / before)})`] : []
  })
}

function kindChanges(next: Judged, current: Judged, limits: GuardLimits): readonly string[] {
  const kinds = Object.keys(current.kinds) as EntryKind[]
  // A list that shrinks as a whole is told as such; here counts what a kind loses beyond that.
  const left = Math.min(1, next.counts.entries / current.counts.entries)
  const fallen = kinds.flatMap((kind) => {
    const [before, after] = [current.kinds[kind], next.kinds[kind]]
    const gone = before >= limits.kindLeast && after < before * left * (1 - limits.kindFall)
    return gone ? [`${kind}: ${after} where there were ${before}`] : []
  })
  if (fallen.length > 0 || current.counts.entries < limits.kindLeast) return fallen
  const share = (judged: Judged, kind: EntryKind): number => judged.kinds[kind] / judged.counts.entries
  const moved = kinds.reduce((sum, kind) => sum + Math.abs(share(next, kind) - share(current, kind)), 0) / 2
  return moved > limits.kindShift ? [`${percent(moved)} of the entries are of another kind than before`] : []
}

/** By day where one of them has no time of day. */
function isBefore(a: string, b: string): boolean {
  if (a.length === 10 || b.length === 10) return a.slice(0, 10) < b.slice(0, 10)
  return publishedTime(a) < publishedTime(b)
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
