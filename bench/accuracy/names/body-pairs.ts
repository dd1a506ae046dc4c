import type { EntryKind, ListEntry } from '../../../src/screen/lists/entry.ts'
import { DEFAULT_SETTING } from '../../../src/screen/match/matcher.ts'
import { type PreparedName, prepareName } from '../../../src/screen/match/name-index.ts'
import { scoreNamePair } from '../../../src/screen/match/name-score.ts'
import { type MeasuredRow, measured } from '../../rows.ts'
import { share } from './alias-pairs.ts'
import { DATA, type EntryPair, halfOf } from './lists.ts'
import { readTable } from './table.ts'

/**
 * Which names of one listed body or ship are one name, by hand. Lists give as aliases both other spellings of a name and altogether other names, and only the first can be found by comparing.
 *
 * Two names are one where the words that tell bodies apart are the same words, in any romanisation, spacing or with a slip of the pen, and all others are alike but for
 * - legal forms, articles, and an acronym in brackets beside the words that it is of;
 * - what the DPRK is called, and a town of registration on one side;
 * - words for doing business at all: trading, general, group, agency, import and export; `national` before a ministry's `defence`;
 * - English for common Korean words (unhaeng is bank).
 * A number on one side, an acronym alone, a translation or another script of what a body is called, and a word on one side that says what it is or does (bank, bureau, cartoon) make another name.
 *
 * By entry: names that each of these patterns finds are one name, as are all those that none finds. A pattern of `each` leaves every name that it finds by itself.
 */
const OTHER_NAMES: Readonly<Record<string, { readonly groups?: readonly RegExp[]; readonly each?: RegExp }>> = {
  'KPe.002': { each: /^LYONGAKSAN/ },
  'KPe.003': { each: /^TANCHON/ },
  'KPe.004': { each: /^NCG|^Namhung/, groups: [/Daeryong|Tearyong/] },
  'KPe.007': { each: /^/ },
  'KPe.008': { each: /TANGUN/, groups: [/Kuryonggang/] },
  'KPe.010': { each: /^GREEN|^CHOSUN|^JIND|^KU'M|^NAT/i, groups: [/^SAE/i] },
  'KPe.012': { each: /^Department|^KCST/ },
  'KPe.013': { each: /^BANK OF/ },
  'KPe.016': { each: /^Huichon|^Unsan|^Millim|^\p{Script=Han}/u, groups: [/Machine Tool/] },
  'KPe.018': { each: /^ACADEMY|^CH|^NATIONAL|^KUK|^SANSRI|INSTITUTE/ },
  'KPe.020': { each: /^/ },
  'KPe.021': { each: /^/ },
  'KPe.023': { each: /^DCB/ },
  'KPe.027': { each: /^/ },
  'KPe.029': { each: /^/ },
  'KPe.031': { each: /^/ },
  'KPe.047': { each: /^/ },
  'KPe.048': { each: /^/ },
  'KPe.049': { each: /^/ },
  'KPe.054': { each: /ARMED/ },
  'KPe.055': { each: /^\p{Script=Han}/u },
  'KPe.069': { each: /^/ },
  'KPe.073': { each: /^/ },
  '27408': { each: /^/ },
  '12696': { each: /^BANK OF/ },
  '22985': { each: /^/ },
  '24606': { groups: [/BANK/] },
  '24566': { each: /^/ },
  '23476': { each: /METAL|KUMSANG/ },
  '34020': { groups: [/JUSTICE/] },
  '23083': { each: /^/ },
  '24451': { each: /^SK/ },
  '22986': { each: /^/ },
  '22323': { each: /COMPANY|CHUNG/ },
  '19611': { each: /^KOREA GENERAL CONSTRUCTION|^KOGEN|^GENCO|^ZENKO/ },
  '20574': { each: /RIMYONGSU|^NAE/ },
  '9345': { each: /^KOMID|^CHANGG|^EXTERNAL|KUMRYONG|INDUSTRIAL/ },
  '20573': { each: /FOREIGN/ },
  '20581': { each: /^KOEC/ },
  '19528': { each: /^[^,]*$/ },
  '20578': { each: /^/ },
  '23173': { each: /^/ },
  '23085': { each: /^/ },
  '19790': { each: /^/ },
  '20129': { each: /^/ },
  '19789': { each: /PRISONS|GUIDANCE/ },
  '31042': { each: /^/ },
  '34023': { each: /^NINGS|CITY/ },
  '17068': { each: /^/ },
  '24450': { each: /^/ },
  '12210': { each: /^/ },
  '34025': { each: /^/ },
  '25000': { each: /TARIM|^ATACAR|^MURAT/ },
  '28716': { each: /^/ },
  '24977': { each: /YANBIAN.*TECHNOLOGY|^UNSONG|^YANJI|CHINA$/, groups: [/^YANBIAN/] },
}

/** Entries of the UN that OFAC lists by the same names: both are in the half of OFAC's. */
const TWINS: Readonly<Record<string, string>> = {
  'KPe.013': '12696',
  'KPe.020': '17068',
  'KPe.031': '12210',
  'KPe.042': '12313',
  'KPe.055': '23763',
  'KPe.062': '23708',
}

const KINDS: Readonly<Record<string, EntryKind>> = { Org: 'organisation', Vessel: 'vessel' }

export interface BodyAliasPair {
  readonly entry: string
  readonly kind: EntryKind
  readonly a: string
  readonly b: string
  /** Spellings of one name, rather than two names of one body. */
  readonly oneName: boolean
  readonly half: 0 | 1
}

/** The official alias pairs of DPRK bodies and ships. */
export async function bodyAliasPairs(): Promise<readonly BodyAliasPair[]> {
  const rows = await readTable(`${DATA}names/official_alias_pairs.csv`)
  return rows.flatMap(({ schema = '', entity_id = '', name1 = '', name2 = '' }) => {
    const kind = KINDS[schema]
    if (kind === undefined) return []
    const entry = entity_id.trim()
    const oneName = nameOf(entry, name1) === nameOf(entry, name2)
    return [{ entry, kind, a: name1, b: name2, oneName, half: halfOf(TWINS[entry] ?? entry) }]
  })
}

/** The same for all spellings of one name of an entry, by OTHER_NAMES. */
function nameOf(entry: string, name: string): string | number {
  const { groups = [], each } = OTHER_NAMES[entry] ?? {}
  return each?.test(name) === true ? name : groups.findIndex((group) => group.test(name))
}

export function scoreOfBodies(a: string, b: string, kind: EntryKind): number {
  return scoreNamePair(prepareName(a, kind, null), prepareName(b, kind, null), () => 1)
}

/** Every pair of distinct DPRK bodies, and every one of ships, on one list, compared by primary name. */
export function bodyPairs(list: string, entries: readonly ListEntry[]): readonly EntryPair[] {
  const listed = entries.filter(({ programmes }) => programmes.some((programme) => programme.includes('DPRK')))
  return [listed.filter(({ kind }) => kind === 'organisation'), listed.filter(({ kind }) => kind === 'vessel')].flatMap((bodies) => {
    const names = bodies.map(({ kind, names: [name] }) => prepareName(name?.full ?? '', kind, null))
    return bodies.flatMap((a, i) =>
      bodies.slice(i + 1).map((b, k): EntryPair => {
        const [x, y] = [names[i], names[i + 1 + k]] as [PreparedName, PreparedName]
        const homonym = x.folded.joined === y.folded.joined
        return { list, a, b, score: scoreNamePair(x, y, () => 1), half: halfOf(`${a.id}|${b.id}`), homonym }
      }),
    )
  })
}

/**
 * How many spellings of one body's name are matched, and how many pairs of distinct bodies, at the default alert score. Prices were chosen on half 0. The halves are no blind test beyond that: labels,
 * word lists (names/words.ts, korean-words.ts) and legal forms were written by hand with the names of both halves in sight.
 */
export async function bodyRows(
  lists: readonly { readonly service: { readonly list: string }; readonly entries: readonly ListEntry[] }[],
): Promise<{ readonly rows: MeasuredRow[]; readonly notes: readonly string[] }> {
  const { alert } = DEFAULT_SETTING
  const pairs = (await bodyAliasPairs()).map((pair) => ({ ...pair, score: scoreOfBodies(pair.a, pair.b, pair.kind) }))
  const spellings = pairs.filter(({ oneName }) => oneName)
  const all = lists.filter(({ service }) => service.list !== 'us-csl').flatMap(({ service, entries }) => bodyPairs(service.list, entries))
  const distinct = all.filter(({ homonym }) => !homonym)
  const odd = spellings.filter(({ half }) => half === 1)
  const oddDistinct = distinct.filter(({ half }) => half === 1)
  const entriesOf = (some: readonly BodyAliasPair[]): number => new Set(some.map(({ entry }) => entry)).size
  const row = (id: string, what: string, data: string, value: number, target: string | null): MeasuredRow =>
    measured({ id, what, data, value, unit: 'share', target })
  const rows = [
    row(
      'names.bodies.recall',
      `Recall of official alias pairs of DPRK bodies and ships that are one name, at ${alert}`,
      `${odd.length} pairs of ${entriesOf(odd)} entries, half 1`,
      share(odd, ({ score }) => score >= alert),
      null,
    ),
    row(
      'names.bodies.recall.all',
      'The same, both halves',
      `${spellings.length} pairs of ${entriesOf(spellings)} entries`,
      share(spellings, ({ score }) => score >= alert),
      null,
    ),
    row(
      'names.bodies.false',
      `False hits among pairs of distinct listed DPRK bodies and ships at ${alert}, homonyms apart`,
      `${oddDistinct.length} pairs (OFAC, UN), half 1`,
      share(oddDistinct, ({ score }) => score >= alert),
      '<= 0.001',
    ),
  ]
  const told = ({ entry, half, a, b, score }: (typeof pairs)[number]): string =>
    `- ${entry} (half ${half}): ${a} | ${b} (${score.toFixed(3)})`
  const notes = [
    '## Spellings of one body that are missed at the default alert score',
    ...spellings.filter(({ score }) => score < alert).map(told),
    '## Other names of one body that are hit all the same',
    ...pairs.filter(({ oneName, score }) => !oneName && score >= alert).map(told),
    '## Pairs of distinct DPRK bodies and ships that are hit',
    ...all
      .filter(({ score }) => score >= alert)
      .map(
        ({ list, a, b, score, homonym }) =>
          `- ${list} ${a.id} ${a.names[0]?.full} | ${b.id} ${b.names[0]?.full} (${score.toFixed(3)}${homonym ? ', homonyms' : ''})`,
      ),
  ]
  return { rows, notes }
}
