import type { Word } from './fold.ts'
import { romanOf } from './numbers.ts'
import type { TokenRole } from './token.ts'
import { pinyinOfWadeGiles } from './wade-giles.ts'
import { isPatronymic, isTitle, particleOf } from './words.ts'

/** The words of a person's name in the order given names, family name, each with its role. */
export function rolesOfPerson(words: readonly Word[], commas: number): Word[] {
  const ordered = spellInPinyin(turnComma(words, commas)).flatMap(splitCompound)
  const last = ordered.length - 1
  const fathers = patronymicsOf(ordered)
  const names = ordered.filter((word) => !isTitle(word.text)).length
  return ordered.map((word, i) => {
    const role = word.role ?? roleOf(word, i, last, ordered, names, fathers)
    const text =
      role === 'particle' && word.role === null
        ? (particleOf(word.text) ?? 'al')
        : role === 'number'
          ? (romanOf(word.text) ?? word.text)
          : word.text
    return { ...word, text, role, alternatives: text === word.text ? word.alternatives : [word.text] }
  })
}

/** `FAMILY, Given names` as `Given names FAMILY`, unless what follows the comma is a title or a suffix. */
function turnComma(words: readonly Word[], commas: number): readonly Word[] {
  if (commas !== 1) return words
  const after = words.filter((word) => word.afterComma)
  if (after.length === 0 || after.length === words.length) return words
  if (after.every((word) => isTitle(word.text) || SUFFIXES.has(word.text) || (word.text.length >= 2 && romanOf(word.text) !== null)))
    return words
  return [...after, ...words.filter((word) => !word.afterComma)]
}

/** Names in Wade-Giles, as Taiwan writes them, also in pinyin. */
function spellInPinyin(words: readonly Word[]): readonly Word[] {
  if (words.some((word) => word.script !== 'latin')) return words
  const pinyin = pinyinOfWadeGiles(words.map((word) => word.text))
  if (pinyin === null) return words
  return words.map((word, i) => ({ ...word, alternatives: [...word.alternatives, ...pinyin[i]!.filter((other) => other !== word.text)] }))
}

const SUFFIXES = new Set(['llc', 'ltd', 'inc', 'gmbh', 'limited', 'corp', 'jsc', 'plc', 'phd', 'md'])
const ABD = /^abd(?:[eou]u?[lrs]|al|u)?$/
const ABD_JOINED = /^abd(?:ou|[aeu])[lrs](?=[a-z]{3})(?!lah|la$|oulaye)([a-z]+)$/
const DIN = /^([a-z]{3,})[aeiou][dl]d(?:in|een|ine|yn)$/
const LEET: Readonly<Record<string, string>> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', 9: 'g' }

/** Abdulrahman is Abd and Rahman, Saifuddin is Saif and Din: lists write them both ways. Digits among letters are read as the letters that they look like. */
function splitCompound(word: Word): Word[] {
  if (word.role !== null || word.script !== 'latin') return [word]
  if (ABD.test(word.text)) return [{ ...word, text: 'abd', alternatives: [], role: 'prefix' }]
  const abd = ABD_JOINED.exec(word.text)
  if (abd !== null && !/[eo]v[a]?$/.test(word.text)) {
    return [
      { ...word, text: 'abd', alternatives: [], role: 'prefix' },
      { ...word, text: abd[1]!, alternatives: [] },
    ]
  }
  const din = DIN.exec(word.text)
  if (din !== null) {
    return [
      { ...word, text: din[1]!, alternatives: [] },
      { ...word, text: 'din', alternatives: [], role: 'prefix' },
    ]
  }
  if (/[0-9]/.test(word.text) && /[a-z]/.test(word.text))
    return [{ ...word, text: [...word.text].map((char) => LEET[char] ?? char).join('') }]
  return [word]
}

/** In the others a word of one Latin letter is a whole syllable (이, 阿). */
const INITIAL_SCRIPTS = new Set(['latin', 'cyrillic', 'greek', 'armenian', 'georgian'])
const MIDDLE_ONLY = new Set([
  'ul',
  'ur',
  'ud',
  'il',
  'la',
  'le',
  'las',
  'los',
  'do',
  'dos',
  'das',
  'da',
  'di',
  'du',
  'des',
  'y',
  'e',
  'i',
  'zu',
  'der',
  'den',
  'ter',
  'ten',
  'ben',
  'of',
  'bint',
])
const SUN_ARTICLES = new Set(['an', 'as', 'at', 'ad', 'ar', 'az', 'ash'])

function roleOf(word: Word, i: number, last: number, words: readonly Word[], names: number, fathers: ReadonlySet<number>): TokenRole {
  const { text } = word
  if (last === 0) return 'word'
  if (text.length === 1 && INITIAL_SCRIPTS.has(word.script) && text >= 'a') return 'initial'
  if (/^[0-9]+$/.test(text)) return 'number'
  if (i === last && SUFFIXES.has(text)) return 'legal-form'
  if (i === last && i >= 2 && (text === 'ii' || text === 'iii' || text === 'iv')) return 'number'
  if (isTitle(text) && names >= 1 && names < words.length && (names >= 2 || i === 0)) return 'title'
  if (PREFIXES.has(text) && i < last) return 'prefix'
  // A syllable that a character is read as is no particle: 安 is a name, An no article.
  if (i < last && word.script !== 'han' && isParticle(text, i, words[i + 1]!.text)) return 'particle'
  return fathers.has(i) ? 'patronymic' : 'word'
}

const PREFIXES = new Set(['abu', 'abou', 'aboo', 'umm', 'um', 'ummu', 'din'])

function isParticle(text: string, i: number, next: string): boolean {
  // The article takes the sound of the letter that follows (ash-Sharif, an-Nur); elsewhere An and As are names.
  if (SUN_ARTICLES.has(text)) return i > 0 && next.startsWith(text.slice(1))
  if (text === 'il' || particleOf(text) === null) return false
  return i > 0 || !MIDDLE_ONLY.has(text)
}

/** Places of names by the father: in a name of three words or more, the middle ones that look so; else the last (`PUTIN Vladimir Vladimirovich`). */
function patronymicsOf(words: readonly Word[]): ReadonlySet<number> {
  const found = new Set<number>()
  if (words.length < 3) return found
  for (let i = 1; i < words.length - 1; i++) if (isPatronymic(words[i]!.text)) found.add(i)
  if (found.size === 0 && isPatronymic(words[words.length - 1]!.text)) found.add(words.length - 1)
  return found
}
