import type { ListEntry } from '../../../src/screen/lists/entry.ts'
import { DEFAULT_SETTING } from '../../../src/screen/match/matcher.ts'
import { prepareName } from '../../../src/screen/match/name-index.ts'
import { scoreNamePair } from '../../../src/screen/match/name-score.ts'
import { type MeasuredRow, measured } from '../../rows.ts'
import { DATA, type EntryPair, halfOf } from './lists.ts'
import { readTable } from './table.ts'

/**
 * Entries whose names on the list are not all spellings of one name: another name of the same person, which no comparison of names could find and which the list gives as an alias for just that reason. By
 * entry: what marks the other name. Pairs across are listed apart and not counted.
 */
const OTHER_NAMES: Readonly<Record<string, RegExp>> = {
  'KPi.008': /^Chang/,
  'KPi.016': /Hyon U$/,
  'KPi.018': /Yong Sang$/,
  'KPi.030': /Hak Song$/,
  'KPi.031': /^Son Min$/,
  'KPi.040': /Ch['’]?o['’]?l$|Chol$/,
  '19791': /Ch'o'l$|Chol$/,
  '18344': /Leonard$/,
  '18552': /Kyong Nam$/,
  '22611': /^BURLOVA/,
  '22994': /^LUI/,
  '23089': /Young Hyok$/,
  '23823': /Neil$|Niel$/,
  '28264': /khaleesi/,
}
/** Aliases in which more than one part (onset, vowel, coda) of a syllable differs, by what marks them: no romanisation makes them one, as 철 and 춘, 옥 and 국. Counted apart, and in a row of their own as missed. */
const OTHER_SYLLABLES: Readonly<Record<string, RegExp>> = { '21305': /Byong Chun$/, '19792': /Chong-kuk$/ }
/** A handle on the net beside a name. */
const HANDLE = /^[a-z]+\d*$/

export interface AliasPair {
  readonly entry: string
  readonly a: string
  readonly b: string
  /** Two names of one person rather than two spellings of one name. */
  readonly otherName: boolean
  /** A spelling in which a whole syllable is another. */
  readonly otherSyllable: boolean
  readonly half: 0 | 1
}

/** The official alias pairs of DPRK persons. */
export async function aliasPairs(): Promise<readonly AliasPair[]> {
  const rows = await readTable(`${DATA}names/official_alias_pairs.csv`)
  return rows
    .filter(({ schema }) => schema === 'Person')
    .map(({ entity_id = '', name1 = '', name2 = '' }) => {
      const entry = entity_id.trim()
      const other = OTHER_NAMES[entry]
      const otherName = HANDLE.test(name1) || HANDLE.test(name2) || (other !== undefined && other.test(name1) !== other.test(name2))
      const syllable = OTHER_SYLLABLES[entry]
      const otherSyllable = syllable !== undefined && syllable.test(name1) !== syllable.test(name2)
      return { entry, a: name1, b: name2, otherName, otherSyllable, half: halfOf(entry) }
    })
}

/** `金铁三` of `Jin Tiesan (金铁三)` is a name of its own: readers of lists part it. */
function bare(name: string): string {
  return name.replace(/\s*\(.*\)$/, '')
}

export function scoreOfNames(a: string, b: string): number {
  return scoreNamePair(prepareName(bare(a), 'person', null), prepareName(bare(b), 'person', null), () => 1)
}

/** Every pair of distinct DPRK persons on one list, compared by primary name. */
export function personPairs(list: string, entries: readonly ListEntry[]): readonly EntryPair[] {
  const persons = entries.filter(({ kind, programmes }) => kind === 'person' && programmes.some((programme) => programme.includes('DPRK')))
  const names = persons.map(({ names: [name] }) => {
    const { full = '', family = null, given = null } = name ?? {}
    return prepareName(full, 'person', family === null || given === null ? null : { family, given })
  })
  const pairs: EntryPair[] = []
  for (let i = 0; i < persons.length; i++) {
    for (let j = i + 1; j < persons.length; j++) {
      const [a, b] = [persons[i] as ListEntry, persons[j] as ListEntry]
      const score = scoreNamePair(names[i] as (typeof names)[number], names[j] as (typeof names)[number], () => 1)
      pairs.push({ list, a, b, score, half: halfOf(`${a.id}|${b.id}`), homonym: score >= HOMONYM })
    }
  }
  return pairs
}

/** The score of names that are spelled alike but for rules that cost nothing. */
const HOMONYM = 0.985

/** The setting that half 0 would choose: the lowest score at which at most one pair of persons in a thousand is hit falsely; and what it gives on half 1. */
export function aliasRows(
  pairs: readonly AliasPair[],
  persons: readonly EntryPair[],
): { readonly rows: MeasuredRow[]; readonly notes: readonly string[] } {
  const spellings = pairs
    .filter(({ otherName, otherSyllable }) => !otherName && !otherSyllable)
    .map((pair) => ({ ...pair, score: scoreOfNames(pair.a, pair.b) }))
  const distinct = persons.filter(({ homonym }) => !homonym)
  const chosen = chooseThreshold(distinct.filter(({ half }) => half === 0).map(({ score }) => score))
  const recall = (half: 0 | 1 | null, threshold: number): number =>
    share(
      spellings.filter((pair) => half === null || pair.half === half),
      ({ score }) => score >= threshold,
    )
  const falseHits = (half: 0 | 1 | null, threshold: number): number =>
    share(
      distinct.filter((pair) => half === null || pair.half === half),
      ({ score }) => score >= threshold,
    )
  const { alert } = DEFAULT_SETTING
  const row = (id: string, what: string, data: string, value: number, target: string | null): MeasuredRow =>
    measured({ id, what, data, value, unit: 'share', target })
  const odd = spellings.filter(({ half }) => half === 1).length
  const rows = [
    row(
      'names.alias.threshold',
      'Threshold that half 0 of the alias pairs and person pairs chooses',
      'official alias pairs, half 0',
      chosen,
      null,
    ),
    row(
      'names.alias.recall',
      'Recall of official alias pairs of DPRK persons at that threshold',
      `${odd} spelling pairs, half 1`,
      recall(1, chosen),
      '>= 0.97',
    ),
    row(
      'names.alias.false',
      'False hits among pairs of distinct listed DPRK persons at that threshold, homonyms apart',
      `${distinct.filter(({ half }) => half === 1).length} pairs (OFAC, UN), half 1`,
      falseHits(1, chosen),
      '<= 0.001',
    ),
    row(
      'names.alias.recall.default',
      `Recall of official alias pairs at the default alert score of ${alert}`,
      `${spellings.length} spelling pairs`,
      recall(null, alert),
      '>= 0.97',
    ),
    row(
      'names.alias.false.default',
      `False hits among pairs of distinct persons at ${alert}, homonyms apart`,
      `${distinct.length} pairs (OFAC, UN)`,
      falseHits(null, alert),
      '<= 0.001',
    ),
    row(
      'names.alias.syllable',
      `Recall at ${alert} where aliases with another syllable count as missed`,
      `${pairs.filter(({ otherName }) => !otherName).length} pairs`,
      share(
        pairs.filter(({ otherName }) => !otherName).map((pair) => scoreOfNames(pair.a, pair.b)),
        (score) => score >= alert,
      ),
      null,
    ),
    row(
      'names.alias.all',
      `Recall at ${alert} where other names of the same person count as missed`,
      `${pairs.length} pairs`,
      share(
        pairs.map((pair) => scoreOfNames(pair.a, pair.b)),
        (score) => score >= alert,
      ),
      null,
    ),
  ]
  const notes = [
    '## Alias pairs that are missed at the default alert score',
    ...spellings.filter(({ score }) => score < alert).map(({ entry, a, b, score }) => `- ${entry}: ${a} | ${b} (${score.toFixed(3)})`),
    '## Pairs of distinct DPRK persons that are hit',
    ...persons
      .filter(({ score }) => score >= alert)
      .map(
        ({ list, a, b, score, homonym }) =>
          `- ${list} ${a.id} ${a.names[0]?.full} | ${b.id} ${b.names[0]?.full} (${score.toFixed(3)}${homonym ? ', homonyms' : ''})`,
      ),
    '## Aliases with another syllable, not counted as spellings',
    ...pairs.filter(({ otherSyllable }) => otherSyllable).map(({ entry, a, b }) => `- ${entry}: ${a} | ${b}`),
    '## Other names of the same person, not counted as spellings',
    ...pairs.filter(({ otherName }) => otherName).map(({ entry, a, b }) => `- ${entry}: ${a} | ${b}`),
  ]
  return { rows, notes }
}

/** The lowest score, in steps of 0.01, at which no more than a thousandth of the distinct pairs is hit. */
function chooseThreshold(distinct: readonly number[]): number {
  for (let threshold = 0.5; threshold < 1; threshold += 0.01) {
    if (share(distinct, (score) => score >= threshold) <= 0.001) return Math.round(threshold * 100) / 100
  }
  return 1
}

export function share<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return items.length === 0 ? Number.NaN : items.filter(holds).length / items.length
}
