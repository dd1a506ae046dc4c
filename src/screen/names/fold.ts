import type { EntryKind } from '../lists/entry.ts'
import { bracketedAcronyms } from './bracketed.ts'
import { cleanName } from './clean.ts'
import { rolesOfBody } from './fold-body.ts'
import { rolesOfPerson } from './fold-person.ts'
import { mandarinWords, simplify } from './han.ts'
import { type LegalClass, legalFormAt, splitUnspacedForm } from './legal-forms.ts'
import { type Piece, piecesOf } from './pieces.ts'
import type { Script } from './script.ts'
import { servantOf, withoutArticle } from './semitic.ts'
import { type FoldedName, type FoldedToken, makeToken, type TokenRole } from './token.ts'
import { spell } from './transliterate.ts'
import { cutUnspaced, latinOfHangul, type Part } from './unspaced-words.ts'

/** A word of a name in Latin letters, on the way to being a token. */
export interface Word {
  readonly text: string
  readonly alternatives: readonly string[]
  readonly script: Script
  readonly original: string
  readonly dotted: boolean
  readonly afterComma: boolean
  /** Where its role is plain from the writing alone. */
  readonly role: TokenRole | null
  readonly form: LegalClass | null
}

/** Tokens that several names share, so that an index of many names holds each once. Any map will do; nothing is ever taken out. */
export type TokenPool = Map<string, FoldedToken>

/**
 * A name as tokens in Latin letters, each with its role. A person's name is read for titles, particles, initials and patronymics, a body's and a ship's for legal forms,
 * common words and numbers; `unknown` is read like a body. The same text and kind always give the same tokens.
 *
 * @param pool where given, equal tokens are taken from and put there
 * @throws CordonError `screen/name-too-long`
 */
export function foldName(text: string, kind: EntryKind, pool?: TokenPool): FoldedName {
  const cleaned = cleanName(text).text
  const { pieces, commas } = piecesOf(cleaned)
  const words: Word[] = []
  for (const piece of pieces) addWords(words, piece, kind, pieces.length)
  const cast = kind === 'person' ? rolesOfPerson(words, commas) : rolesOfBody(withoutAcronyms(words, cleaned), kind)

  const tokens: FoldedToken[] = []
  let joined = ''
  for (const word of cast) {
    const role = word.role ?? 'word'
    tokens.push(tokenOf(word, role, kind !== 'person', pool))
    if (role !== 'stop' && role !== 'legal-form') joined += word.text
  }
  return { kind, text: cleaned, tokens, joined, characters: charactersOf(pieces) }
}

/** An acronym in brackets of the words before it weighs nothing. */
function withoutAcronyms(words: readonly Word[], text: string): readonly Word[] {
  const acronyms = text.includes('(') || text.includes('[') ? bracketedAcronyms(text) : []
  return acronyms.length === 0
    ? words
    : words.map((word, i) => (i > 0 && acronyms.includes(word.original) ? { ...word, role: 'stop' } : word))
}

function tokenOf(word: Word, role: TokenRole, ofBody: boolean, pool: TokenPool | undefined): FoldedToken {
  if (pool === undefined) return makeToken(word.text, word.script, word.original, role, word.alternatives, word.form, ofBody)
  const key = `${ofBody ? 'b' : 'p'}\t${role}\t${word.text}\t${word.script}\t${word.original}\t${word.form ?? ''}`
  let token = pool.get(key)
  if (token === undefined) {
    token = makeToken(word.text, word.script, word.original, role, word.alternatives, word.form, ofBody)
    pool.set(key, token)
  }
  return token
}

const ARABIC_WORDS: Readonly<Record<string, readonly [string, TokenRole]>> = {
  بن: ['bin', 'particle'],
  ابن: ['bin', 'particle'],
  بنت: ['bin', 'particle'],
  آل: ['al', 'particle'],
  ال: ['al', 'particle'],
  عبد: ['abd', 'prefix'],
  ابو: ['abu', 'prefix'],
  أبو: ['abu', 'prefix'],
  ابي: ['abu', 'prefix'],
  أبي: ['abu', 'prefix'],
  ام: ['umm', 'prefix'],
  أم: ['umm', 'prefix'],
  الدين: ['din', 'prefix'],
}

function addWords(words: Word[], piece: Piece, kind: EntryKind, pieces: number): void {
  const { script, dotted, afterComma } = piece
  const add = (
    text: string,
    original: string,
    role: TokenRole | null,
    alternatives: readonly string[] = [],
    form: LegalClass | null = null,
  ): void => {
    if (text !== '')
      words.push({
        text,
        alternatives: alternatives.filter((other) => other !== '' && other !== text),
        script,
        original,
        dotted,
        afterComma,
        role,
        form,
      })
  }
  if (piece.original === '&') {
    add('and', '&', 'stop')
    return
  }
  if ((script === 'han' || script === 'hangul') && kind !== 'person') {
    const split = splitUnspacedForm(piece.original)
    if (split !== null) {
      const [before, form, after] = split
      if (before !== '') addWords(words, { ...piece, original: before }, kind, pieces)
      add(
        form.replaceAll(' ', ''),
        piece.original.slice(before.length, piece.original.length - after.length),
        'legal-form',
        [],
        legalFormAt(form.split(' '), 0)?.form ?? 'company',
      )
      if (after !== '') addWords(words, { ...piece, original: after }, kind, pieces)
      return
    }
    const parts = cutUnspaced(piece.original, script, kind)
    if (parts !== null) {
      for (const part of parts) addPart(words, part, piece, kind, pieces)
      return
    }
  }
  if (script === 'han') {
    // A family name alone before a space (羅 志偉) is no name of two characters; each piece is then read by itself.
    for (const word of mandarinWords(piece.original, kind === 'person' && pieces === 1)) add(word.text, word.original, null)
    return
  }
  if (script === 'arabic') {
    const known = Object.hasOwn(ARABIC_WORDS, piece.original) ? ARABIC_WORDS[piece.original] : undefined
    if (known !== undefined) {
      add(known[0], piece.original, known[1])
      return
    }
    const servant = servantOf(piece.original)
    if (servant !== null) {
      add('abd', 'عبد', 'prefix')
      add(spell({ ...piece, original: servant }).text, servant, null)
      return
    }
    const { word, article } = withoutArticle(piece.original)
    if (article) add('al', piece.original.slice(0, 2), kind === 'person' ? 'particle' : 'stop')
    add(spell({ ...piece, original: word }).text, piece.original, null)
    return
  }
  const spelling = spell(piece)
  add(spelling.text, piece.original, null, spelling.alternatives)
}

function addPart(words: Word[], part: Part, piece: Piece, kind: EntryKind, pieces: number): void {
  const { original } = part
  const push = (text: string, alternatives: readonly string[], script: Script): void => {
    words.push({ text, alternatives, script, original, dotted: false, afterComma: piece.afterComma, role: null, form: null })
  }
  if (part.words !== null) {
    // Expanded as English is, and generic as English is.
    for (const [text = '', ...alternatives] of part.words) push(text, alternatives, 'latin')
  } else if (/^[0-9]+$/.test(original)) push(original, [], piece.script)
  else if (part.hangul !== null) {
    const mandarin = mandarinWords(original, false).map(({ text }) => text)
    push(latinOfHangul(part.hangul), mandarin, 'hangul')
  } else addWords(words, { ...piece, original }, kind, pieces)
}

/** See FoldedName.characters. */
function charactersOf(pieces: readonly Piece[]): string | null {
  let out = ''
  const script = pieces[0]?.script
  if (script !== 'han' && script !== 'hangul') return null
  for (const piece of pieces) {
    if (piece.script !== script) return null
    out += piece.original
  }
  const split = splitUnspacedForm(out)
  const core = split === null ? out : split[0] + split[2]
  return core === '' ? null : simplify(core)
}
