import { type KoreanName, koreanKeys, parseKorean } from '../korean/index.ts'
import type { EntryKind, ListedName } from '../lists/entry.ts'
import { cleanName, type FoldedName, type FoldedToken, foldName, tokenKeys } from '../names/index.ts'
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
  const asWritten = foldName(text, kind, pool)
  // Lists that do not say what an entry is mix people and companies: a word that only companies have tells.
  const person =
    kind === 'person' ||
    (kind === 'unknown' && !asWritten.tokens.some(({ role }) => role === 'legal-form' || role === 'generic' || role === 'number'))
  const folded = person && kind !== 'person' ? foldName(text, 'person', pool) : asWritten
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
  readonly #tokens = new Map<string, FoldedToken>()

  /** Files a name; numbers must ascend. */
  add(number: number, name: PreparedName): void {
    const filed = name.folded.tokens.filter(isFiled)
    for (const token of filed) {
      for (const text of [token.text, ...token.alternatives]) this.#words.add(text, number)
      if (!this.#tokens.has(token.text)) this.#tokens.set(token.text, token)
      for (const text of token.alternatives) if (!this.#tokens.has(text)) this.#tokens.set(text, token)
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
      const token = this.#tokens.get(text) as FoldedToken
      for (const key of new Set(tokenKeys(token))) alike.add(key, number)
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

/** Words run together, and the words that they are of. */
export interface JoinedKey {
  readonly key: string
  readonly tokens: readonly FoldedToken[]
}

/** As many letters as names/align.ts takes for an acronym at most. */
const LONGEST_ACRONYM = 8

/** Neighbouring words run together, the first letters of a body's words, and the whole name: as it is folded, and letter by letter as it is written, since a name without spaces folds otherwise (Abdalrahman, Acmetradingltd). */
export function joinedKeys(name: FoldedName): readonly JoinedKey[] {
  const words = name.tokens.filter((token) => token.role !== 'legal-form' && token.role !== 'stop')
  const keys = new Map<string, readonly FoldedToken[]>()
  for (let i = 0; i + 1 < words.length; i++) {
    const tokens = words.slice(i, i + 2)
    keys.set(tokens.map((token) => token.text).join(''), tokens)
  }
  for (const whole of [name.joined, writtenLetters(name.text)]) if (whole.length >= 4) keys.set(whole, words)
  const letters = name.kind === 'person' ? [] : words.filter((token) => token.role !== 'particle' && token.text.length > 1)
  if (letters.length >= 3 && letters.length <= LONGEST_ACRONYM) keys.set(letters.map((token) => token.text[0]).join(''), letters)
  return [...keys].map(([key, tokens]) => ({ key, tokens }))
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
