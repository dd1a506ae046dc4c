import type { EntryKind } from '../lists/entry.ts'
import type { Word } from './fold.ts'
import { inEnglish } from './korean-words.ts'
import { isEdgeForm, legalFormAt } from './legal-forms.ts'
import { joinNumbers, numberOf, romanOf } from './numbers.ts'
import { isGeneric, isShipType, isStop, longForm, stateOf } from './words.ts'

/** Korean ships' names end in it: `ship`. */
const SHIP = 'ho'

/** Before a number: AN SAN NO.1. */
const NUMBER_SIGN = new Set(['no', 'nr', 'nro', 'num', 'number', 'nomer'])

/** The words of the name of a body, ship or aircraft, each with its role; single letters with points between are one word, legal forms of several words one token. */
export function rolesOfBody(words: readonly Word[], kind: EntryKind): Word[] {
  const craft = kind === 'vessel' || kind === 'aircraft'
  const letters = joinLetters(words)
  const joined = craft ? letters : joinState(letters.flatMap(expand))
  const texts = joined.map((word) => word.text)
  const out: Word[] = []
  for (let i = 0; i < joined.length; i++) {
    const word = joined[i]!
    if (word.role !== null) {
      out.push(word)
      continue
    }
    if (craft && joined.length > 1 && ((i === 0 && isShipType(word.text)) || (i >= 2 && i === joined.length - 1 && word.text === SHIP))) {
      out.push({ ...word, role: 'title' })
      continue
    }
    const form = craft ? null : formAt(texts, i)
    if (form !== null) {
      const piece = joined.slice(i, i + form.words)
      out.push({
        ...word,
        text: piece.map((part) => part.text).join(''),
        original: piece.map((part) => part.original).join(' '),
        alternatives: [],
        role: 'legal-form',
        form: form.form,
      })
      i += form.words - 1
      continue
    }
    const number = numberOf(word.text) ?? (isRoman(word, i) ? romanOf(word.text) : null)
    if (number !== null) {
      const before = out.at(-1)
      const one = before?.role === 'number' ? joinNumbers(before.text, number) : null
      if (one !== null)
        out[out.length - 1] = { ...word, text: one, original: `${before!.original} ${word.original}`, alternatives: [], role: 'number' }
      else out.push({ ...word, text: number, alternatives: [], role: 'number' })
      continue
    }
    if (i > 0 && NUMBER_SIGN.has(word.text) && i + 1 < joined.length && numberOf(texts[i + 1]!) !== null) {
      out.push({ ...word, role: 'stop' })
      continue
    }
    // A ministry of defence is a nation's in any case.
    if (word.text === 'national' && texts[i + 1] === 'defense' && texts.slice(0, i).includes('ministry')) {
      out.push({ ...word, role: 'stop' })
      continue
    }
    const role = craft ? 'word' : isStop(word.text) && joined.length > 1 ? 'stop' : isGeneric(word.text) ? 'generic' : 'word'
    out.push({ ...word, role })
  }
  // A body that is called by nothing but legal forms (`Company Limited`) has these for its name.
  if (out.length > 0 && out.every((word) => word.role === 'legal-form' || word.role === 'stop'))
    return out.map((word) => ({ ...word, role: 'generic', form: null }))
  return out
}

function joinLetters(words: readonly Word[]): Word[] {
  const out: Word[] = []
  let letters = false
  for (const word of words) {
    const single = word.text.length === 1 && word.role === null && word.text >= 'a'
    const before = out.at(-1)
    if (single && letters && word.dotted && before !== undefined) {
      out[out.length - 1] = { ...before, text: before.text + word.text, original: `${before.original}.${word.original}` }
    } else out.push(word)
    letters = single
  }
  return out
}

function expand(word: Word): Word[] {
  if (word.role !== null || word.script !== 'latin') return [word]
  const several = stateOf(word.text) ?? inEnglish(word.text)
  if (several !== null) return several.map((text) => ({ ...word, text, alternatives: [] }))
  // Letters with points between are of words that nobody knows (T.D.G.).
  if (word.original.includes('.')) return [word]
  const long = longForm(word.text)
  return long === word.text ? [word] : [{ ...word, text: long, alternatives: [] }]
}

/** What the DPRK is called in full, in the words of `expand`: its bodies call it so, North Korea, DPRK, Korea or nothing. `Republic of Korea` is another state. */
const STATE: readonly (readonly string[])[] = [
  ['democratic', 'people', 'republic', 'of', 'korea'],
  ['democratic', 'peoples', 'republic', 'of', 'korea'],
  ['north', 'korea'],
]

function joinState(words: readonly Word[]): readonly Word[] {
  for (const state of STATE) {
    const at = words.findIndex((_, i) => state.every((text, k) => words[i + k]?.text === text))
    if (at < 0) continue
    const parts = words.slice(at, at + state.length)
    const one = { ...parts.at(-1)!, original: parts.map(({ original }) => original).join(' ') }
    return [...words.slice(0, at), one, ...words.slice(at + state.length)]
  }
  return words
}

/** A legal form that begins at a word. Forms that are also names or words (AB, SA, Est) count at the beginning, or where nothing but legal forms follows. */
function formAt(texts: readonly string[], i: number): ReturnType<typeof legalFormAt> {
  const form = legalFormAt(texts, i)
  if (form === null || form.words > 1 || !isEdgeForm(texts[i]!)) return form
  if (i === 0) return texts.length > 1 ? form : null
  for (let j = i + 1; j < texts.length; ) {
    const next = legalFormAt(texts, j)
    if (next === null) return null
    j += next.words
  }
  return form
}

/** A Roman numeral stands after the first word and in capitals; `i`, `v` and `x` alone are letters elsewhere. */
function isRoman(word: Word, i: number): boolean {
  return i > 0 && word.script === 'latin' && word.original === word.original.toUpperCase()
}
