import { type KoreanName, keysOfOnsets, koreanKeys, onsetsOfWord, parseKorean } from '../korean/index.ts'
import type { EntryKind, ListedName } from '../lists/entry.ts'
import {
  cleanName,
  type FoldedName,
  type FoldedToken,
  foldName,
  isUnvowelled,
  skeletonOf,
  tokenKeys,
  withoutTitle,
} from '../names/index.ts'
import { type Postings, PostingsBuilder } from './postings.ts'

/** A name with all that comparing needs. Korean readings are made for what may be a person alone. */
export interface PreparedName {
  readonly text: string
  readonly kind: EntryKind
  readonly folded: FoldedName
  readonly korean: readonly KoreanName[]
}

/** Works a name out. `kind` of the result is what the name is read as. @param told family and given name, where the source tells them apart */
export function prepareName(
  text: string,
  kind: EntryKind,
  told: { readonly family: string; readonly given: string } | null,
  pool?: Map<string, FoldedToken>,
): PreparedName {
  const asWritten = foldName(kind === 'person' ? withoutTitle(text) : text, kind, pool)
  // Lists that do not say what an entry is mix people and companies: a word that only companies have tells.
  const person =
    kind === 'person' ||
    (kind === 'unknown' && !asWritten.tokens.some(({ role }) => role === 'legal-form' || role === 'generic' || role === 'number'))
  const folded = person && kind !== 'person' ? foldName(withoutTitle(text), 'person', pool) : asWritten
  const parts = told === null ? null : { family: cleanName(told.family).text, given: cleanName(told.given).text }
  return { text, kind: person ? 'person' : kind, folded, korean: person ? parseKorean(folded.text, parts) : [] }
}

/** Family and given name of a listed name, where its list has both. */
export function toldParts({
  family,
  given,
}: Pick<ListedName, 'family' | 'given'>): { readonly family: string; readonly given: string } | null {
  return family !== null && given !== null ? { family, given } : null
}

/**
 * Where names are found. Names have numbers in the order of the lists; a name is filed under each of its words, under what its words sound and look like (by way of the word's
 * number, so that a word of a thousand names is filed once), under neighbouring words run together, and under the keys of its Korean readings.
 */
export interface NameIndex {
  readonly [column: string]: Postings
  /** Word → names. */
  readonly words: Postings
  /** Key of names/token.ts → numbers of keys of `words`. */
  readonly alike: Postings
  /** Word with one letter left out → numbers of keys of `words`. */
  readonly mistyped: Postings
  /** Two neighbouring words, or all, without the space, and acronyms → names. */
  readonly joined: Postings
  /** Key of korean/keys.ts → names. */
  readonly korean: Postings
  /** Han or Hangul strings and their pairs of characters → names. */
  readonly characters: Postings
}

/** Collects names; `finish` lays the index out. */
export class NameIndexBuilder {
  readonly #words = new PostingsBuilder()
  readonly #joined = new PostingsBuilder()
  readonly #korean = new PostingsBuilder()
  readonly #characters = new PostingsBuilder()
  /** Every key of every token with this text: the same word is another token in a person's name and in a body's. */
  readonly #alike = new Map<string, Set<string>>()

  /** Files a name; numbers must ascend. */
  add(number: number, name: PreparedName): void {
    const filed = name.folded.tokens.filter(isFiled)
    for (const token of filed) {
      const keys = tokenKeys(token)
      for (const text of [token.text, ...token.alternatives]) {
        this.#words.add(text, number)
        const known = this.#alike.get(text) ?? new Set<string>()
        this.#alike.set(text, known)
        for (const key of keys) known.add(key)
      }
    }
    for (const { key } of joinedKeys(name.folded)) this.#joined.add(key, number)
    const { whole, given, alone } = koreanKeys(name.korean)
    for (const key of [...whole, ...given, ...alone]) this.#korean.add(key, number)
    for (const key of characterKeys(name.folded)) this.#characters.add(key, number)
  }

  finish(): NameIndex {
    const words = this.#words.finish()
    const alike = new PostingsBuilder()
    const mistyped = new PostingsBuilder()
    let number = 0
    for (const text of this.#words.keys()) {
      for (const key of this.#alike.get(text) ?? []) alike.add(key, number)
      for (const key of deletions(text)) mistyped.add(key, number)
      number++
    }
    return {
      words,
      alike: alike.finish(),
      mistyped: mistyped.finish(),
      joined: this.#joined.finish(),
      korean: this.#korean.finish(),
      characters: this.#characters.finish(),
    }
  }
}

/** Words that a name is looked for by. Legal forms, articles and titles stand in too many names, and a lone initial says nothing. */
export function isFiled(token: FoldedToken): boolean {
  return (
    token.role !== 'legal-form' && token.role !== 'stop' && token.role !== 'particle' && token.role !== 'title' && token.role !== 'initial'
  )
}

/** How many different words a name is looked for by. */
export function distinctWords(name: PreparedName): number {
  return new Set(name.folded.tokens.filter(isFiled).map((token) => token.text)).size
}

/** Words run together, and the words that they are of. */
export interface JoinedKey {
  readonly key: string
  /** The key under which a single word that may be this run is filed among `alike`; null where it is the word itself. */
  readonly word: string | null
  readonly tokens: readonly FoldedToken[]
}

/** As many letters as names/align.ts takes for an acronym at most, words in a run, and consonants of a run at least. */
const LONGEST_ACRONYM = 8
const LONGEST_RUN = 4
const LEAST_CONSONANTS = 4

/**
 * Neighbouring words run together, the first letters of a body's words, and the whole name: as it is folded, and letter by letter as it is written, since a name without spaces folds otherwise (Abdalrahman,
 * Acmetradingltd). Runs of Korean syllables also by their onsets (DAE DONG, TAEDONG), runs of a person's words also by their consonants (نصر الله, Nasrallah).
 */
export function joinedKeys(name: FoldedName): readonly JoinedKey[] {
  const words = name.tokens.filter((token) => token.role !== 'legal-form' && token.role !== 'stop')
  const keys = new Map<string, JoinedKey>()
  const put = (key: string, tokens: readonly FoldedToken[], word: string | null = null): void => {
    if (!keys.has(key)) keys.set(key, { key, word, tokens })
  }
  for (let i = 0; i + 1 < words.length; i++) put(textOf(words.slice(i, i + 2)), words.slice(i, i + 2))
  for (const whole of [name.joined, writtenLetters(name.text)]) if (whole.length >= 4) put(whole, words)
  // Hsiao Hung is Xiao Hong in another spelling, and Xiaohong without the space.
  if (name.kind === 'person' && words.length <= LONGEST_RUN) {
    for (let i = 0; i + 1 < words.length; i++) {
      const pair = words.slice(i, i + 2) as [FoldedToken, FoldedToken]
      const [firsts, seconds] = pair.map(({ text, alternatives }) => [text, ...alternatives]) as [string[], string[]]
      for (const first of firsts) for (const second of seconds) put(first + second, pair)
    }
  }
  if (name.kind === 'person') {
    // The l of an article is written before a sun letter and not heard, so runs are filed with it and without.
    for (const run of [...runsOf(words), ...runsOf(words.filter((token) => token.role !== 'particle'))]) {
      const { consonants } = skeletonOf(textOf(run))
      if (consonants.length >= LEAST_CONSONANTS) put(runKey(isUnvowelled(run[0] as FoldedToken), consonants), run, `k:${consonants}`)
    }
    return [...keys.values()]
  }
  const letters = words.filter((token) => token.role !== 'particle' && token.text.length > 1)
  if (letters.length >= 3 && letters.length <= LONGEST_ACRONYM) put(letters.map((token) => token.text[0]).join(''), letters)
  for (const { key, tokens } of [...keys.values()]) {
    for (const onsets of keysOfOnsets(onsetsOfWord(key))) put(`n:${onsets}`, tokens, `n:${onsets}`)
  }
  return [...keys.values()]
}

/** Keys among the joined words that a single word may be: Korean runs by its onsets, and runs in scripts that write vowels where it does not, or the other way round. */
export function runKeysOf(token: FoldedToken): readonly string[] {
  const { consonants } = token.skeleton
  const across = consonants.length >= LEAST_CONSONANTS ? [runKey(!isUnvowelled(token), consonants)] : []
  return [...tokenKeys(token).filter((key) => key.startsWith('n:')), ...across]
}

function runKey(unvowelled: boolean, consonants: string): string {
  return `${unvowelled ? 'ra' : 'rl'}:${consonants}`
}

/** Two to four neighbouring words, all of them in a script that writes vowels or none. */
function runsOf(words: readonly FoldedToken[]): readonly (readonly FoldedToken[])[] {
  const runs: (readonly FoldedToken[])[] = []
  for (let from = 0; from < words.length; from++) {
    for (let to = from + 2; to <= Math.min(words.length, from + LONGEST_RUN); to++) {
      const run = words.slice(from, to)
      if (run.some((token) => isUnvowelled(token) !== isUnvowelled(run[0] as FoldedToken))) break
      runs.push(run)
    }
  }
  return runs
}

function textOf(tokens: readonly FoldedToken[]): string {
  return tokens.map((token) => token.text).join('')
}

/** Letters and digits of any script without marks, case and what stands between them. */
function writtenLetters(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
}

/** A name in Han or Hangul: whole, and by pairs of characters where it has three or more. */
export function characterKeys({ characters }: FoldedName): readonly string[] {
  if (characters === null) return []
  const keys = new Set([characters])
  const chars = [...characters]
  if (chars.length >= 3) for (let i = 0; i + 1 < chars.length; i++) keys.add(`${chars[i]}${chars[i + 1]}`)
  return [...keys]
}

/** A word with each letter left out once: two words that share one are at most two edits apart, and all that are one edit apart share one (Garbe's symmetric deletion). */
export function deletions(text: string): readonly string[] {
  if (text.length < 4 || text.length > 24) return []
  const keys = new Set([text])
  for (let i = 0; i < text.length; i++) keys.add(text.slice(0, i) + text.slice(i + 1))
  return [...keys]
}
