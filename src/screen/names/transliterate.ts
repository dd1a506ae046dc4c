import anyAscii from 'any-ascii'
import { alternativesOfCyrillic, latinOfCyrillic } from './cyrillic.ts'
import { latinOfGreek } from './greek.ts'
import { latinOfKana, shortJapanese } from './kana.ts'
import type { Piece } from './pieces.ts'
import { latinOfArabic, latinOfHebrew } from './semitic.ts'

/** A word in Latin letters, before its role in the name is known. */
export interface Spelling {
  /** a-z and 0-9; empty where nothing of the word can be spelled so. */
  readonly text: string
  readonly alternatives: readonly string[]
}

const NONE: readonly string[] = []
const MARKS = /\p{M}+/gu
const SPECIAL: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ı: 'i',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ŋ: 'ng',
  ħ: 'h',
  ŧ: 't',
  ə: 'a',
  ƒ: 'f',
  ɓ: 'b',
  ɗ: 'd',
  ƙ: 'k',
}

/**
 * A piece of a name in Latin letters; Han is read elsewhere (han.ts), as its reading depends on the whole name. Scripts without a table of their own here go through
 * any-ascii, which knows them all but leaves out unwritten vowels.
 */
export function spell(piece: Piece): Spelling {
  const { original, script } = piece
  switch (script) {
    case 'latin':
      return spellLatin(original)
    case 'cyrillic': {
      const word = original.toLowerCase()
      return { text: latinOfCyrillic(word), alternatives: alternativesOfCyrillic(word) }
    }
    case 'greek':
      return { text: latinOfGreek(withoutMarks(original.toLowerCase())), alternatives: NONE }
    case 'arabic':
      return { text: latinOfArabic(original) + digitsOf(original), alternatives: NONE }
    case 'hebrew':
      return { text: latinOfHebrew(original), alternatives: NONE }
    case 'kana':
      return { text: latinOfKana(original), alternatives: NONE }
    default:
      return { text: onlyAscii(anyAscii(original)), alternatives: NONE }
  }
}

function spellLatin(original: string): Spelling {
  const lower = original.toLowerCase()
  let text = lower
  if (!isAscii(lower)) {
    text = ''
    for (const char of withoutMarks(lower)) text += char < '\x80' ? char : (SPECIAL[char] ?? anyAscii(char))
    text = onlyAscii(text)
  }
  const short = shortJapanese(text)
  return { text, alternatives: short === null ? NONE : [short] }
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false
  return true
}

function withoutMarks(text: string): string {
  return text.normalize('NFD').replace(MARKS, '')
}

function onlyAscii(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '')
}

function digitsOf(text: string): string {
  return /\p{N}/u.test(text) ? onlyAscii(anyAscii(text.replace(/[^\p{N}]+/gu, ''))) : ''
}
