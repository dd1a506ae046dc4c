import { type KoreanName, parseKorean } from '../korean/index.ts'
import type { EntryKind } from '../lists/entry.ts'
import { cleanName } from '../names/index.ts'
import type { AnswerNote } from './answer.ts'
import type { CandidateSearch } from './candidates.ts'
import { type FoundEntries, NOT_FOUND } from './found.ts'
import type { Listed } from './listed.ts'
import { type PreparedName, prepareName } from './name-index.ts'
import { scoreNamePair } from './name-score.ts'

export interface NameToFind {
  readonly text: string
  readonly told: { readonly family: string; readonly given: string } | null
  readonly kind: EntryKind | null
  /** Names below this score are not kept. */
  readonly least: number
}

/**
 * Finds entries by a name and adds them to what was found before; each entry keeps its best name.
 *
 * @returns whether there was anything to look for: false for a name without letter or digit
 * @throws CordonError `screen/name-too-long`
 */
export function findNames(listed: Listed, search: CandidateSearch, wanted: NameToFind, found: FoundEntries, notes: AnswerNote[]): boolean {
  const shown = JSON.stringify(wanted.text.slice(0, 80))
  const changes = cleanName(wanted.text).notes
  if (changes.length > 0) notes.push({ code: 'name-changed', text: `${changes.join(', ')} in ${shown}` })
  const form = formsOf(wanted)
  const kinds: readonly EntryKind[] =
    wanted.kind === null || wanted.kind === 'unknown' ? ['person', 'organisation', 'vessel'] : [wanted.kind]
  const looked = kinds.map(form)
  if (looked.every((name) => name.folded.tokens.length === 0)) {
    notes.push({ code: 'name-empty', text: `${shown} has no letter or digit that could be compared: it was not looked for` })
    return false
  }
  for (const number of candidatesOf(listed, search, looked, notes)) {
    const name = listed.name(number)
    const asked = form(name.kind)
    const nameScore = scoreNamePair(asked, name, listed.weigh)
    if (nameScore < wanted.least) continue
    const entry = listed.index.nameEntry[number] as number
    const before = found.get(entry) ?? NOT_FOUND
    const strongScore = Math.max(before.strongScore, listed.isWeak(number, asked) ? 0 : nameScore)
    found.set(entry, nameScore > before.nameScore ? { ...before, nameScore, name: number, asked, strongScore } : { ...before, strongScore })
  }
  return true
}

/** Whoever filled in the form may have divided a Korean name wrongly (Kim Jong, Un): it is read as it was divided, and as if nobody had, in both orders. */
function askedName(text: string, kind: EntryKind, told: NameToFind['told']): PreparedName {
  const name = prepareName(text, kind, told)
  if (told === null || kind !== 'person') return name
  const readings = new Map<string, KoreanName>()
  const { family, given } = told
  const undivided = new Set([name.folded.text, `${family} ${given}`, `${given} ${family}`].map((each) => cleanName(each).text))
  for (const reading of [...name.korean, ...[...undivided].flatMap((each) => parseKorean(each))]) {
    const key = [
      reading.script,
      ...[...reading.family, null, ...reading.given].map((place) => place?.map(({ text: written }) => written).join('|') ?? ' '),
    ].join()
    if (!readings.has(key)) readings.set(key, reading)
  }
  return { ...name, korean: [...readings.values()] }
}

/** A person's name is read otherwise than a company's or a ship's: it is compared in the form of the kind that is listed, and worked out once for each. */
function formsOf({ text, told }: NameToFind): (listed: EntryKind) => PreparedName {
  const forms = new Map<EntryKind, PreparedName>()
  return (listed) => {
    const kind = listed === 'unknown' ? 'organisation' : listed
    let name = forms.get(kind)
    if (name === undefined) {
      name = askedName(text, kind, told)
      forms.set(kind, name)
    }
    return name
  }
}

function candidatesOf(listed: Listed, search: CandidateSearch, forms: readonly PreparedName[], notes: AnswerNote[]): ReadonlySet<number> {
  const candidates = new Set<number>()
  const searched = new Set<string>()
  for (const name of forms) {
    for (const number of search.korean(name)) candidates.add(number)
    // Most names read the same as a body's or a ship's.
    const reading = [name.folded.kind === 'person', ...name.folded.tokens.map(({ text, role }) => `${role} ${text}`)].join()
    if (searched.has(reading)) continue
    searched.add(reading)
    const { names, cut } = search.ordinary(name, listed.weigh)
    for (const number of names) candidates.add(number)
    if (cut) notes.push({ code: 'candidates-cut', text: 'so many names have the same words that not all of them were compared' })
  }
  return candidates
}
