import { isSyllableWord, keysOfOnsets, keysOfSyllable, onsetsOfWord } from '../korean/words.ts'
import type { EntryKind } from '../lists/entry.ts'
import type { LegalClass } from './legal-forms.ts'
import { givenNameClasses } from './nicknames.ts'
import { otherSpellings } from './other-spellings.ts'
import type { Script } from './script.ts'
import { type Skeleton, skeletonOf } from './skeleton.ts'
import { consonantsOf, lettersOf, phoneticOf, soundOf } from './sound.ts'

/**
 * What a word does in its name. `prefix` is a half of a name that stands with another (Abd, Abu, Umm), `patronymic` a Slavic name by the father, `generic` a word that many
 * bodies share, `stop` one that carries nothing.
 */
export type TokenRole = 'word' | 'initial' | 'number' | 'legal-form' | 'generic' | 'particle' | 'prefix' | 'patronymic' | 'title' | 'stop'

/** One word of a folded name with all that comparing needs, worked out once. */
export interface FoldedToken {
  /** ASCII a-z and 0-9; never empty. */
  readonly text: string
  /** The script that it was written in. */
  readonly script: Script
  /** The piece of the cleaned name that it comes from. */
  readonly original: string
  readonly role: TokenRole
  /** Other spellings in Latin that stand for the same writing (Ukrainian г as h, Satoh without h). */
  readonly alternatives: readonly string[]
  /** Of text first, then of the alternatives; see sound.ts. */
  readonly sounds: readonly string[]
  /** Consonants of the first sound. */
  readonly consonants: string
  readonly phonetic: string
  readonly skeleton: Skeleton
  /** The letters of the first sound, as bits. */
  readonly letters: number
  /** See nicknames.ts. */
  readonly givenNames: readonly number[]
  /** Onsets of the word read as Korean (korean/words.ts), of words of bodies and ships in Latin letters or Hangul alone: whole names of persons are read as Korean. */
  readonly korean: readonly number[]
  /** Likewise, whether it is written as one Korean syllable, of which several may be one word: NAM CHON GANG. */
  readonly koreanSyllable: boolean
  /** Of legal forms only. */
  readonly form: LegalClass | null
  /** How much it weighs where nobody says how rare it is: 1 for a word of four letters or more. */
  readonly weight: number
}

/** A name in the form in which names are compared and indexed. */
export interface FoldedName {
  readonly kind: EntryKind
  /** As cleaned. */
  readonly text: string
  /** In the name's own order; a person's `FAMILY, Given` is turned to `Given FAMILY`. Empty where the name has no letter or digit: such a name matches nothing. */
  readonly tokens: readonly FoldedToken[]
  /** The texts of all tokens that are no stop words, without spaces. */
  readonly joined: string
  /** Simplified Han, or Hangul, characters of a name that is written in nothing else (legal forms apart); null for all others. */
  readonly characters: string | null
}

const NO_ALTERNATIVES: readonly string[] = []
const NOT_KOREAN: readonly number[] = []

/** Shorter words are like too many others; they are compared where several stand together. */
export const LEAST_KOREAN = 4

/** A token from its spelling. @param alternatives none of them empty or equal to `text` @param ofBody whether it stands in a name that is no person's */
export function makeToken(
  text: string,
  script: Script,
  original: string,
  role: TokenRole,
  alternatives: readonly string[] = NO_ALTERNATIVES,
  form: LegalClass | null = null,
  ofBody = false,
): FoldedToken {
  const sound = soundOf(text)
  const sounds = [sound]
  for (const other of alternatives) {
    const its = soundOf(other)
    if (!sounds.includes(its)) sounds.push(its)
  }
  // Juncker is Yunker, Jasir Yasir: an initial j is y in half of Europe.
  if (text.charCodeAt(0) === 106 && text.length >= 5) sounds.push(soundOf(`y${text.slice(1)}`))
  for (const other of otherSpellings(text, script)) {
    const its = soundOf(other)
    if (!sounds.includes(its)) sounds.push(its)
  }
  const koreanOfBody = ofBody && role === 'word' && (script === 'latin' || script === 'hangul')
  return {
    text,
    script,
    original,
    role,
    alternatives,
    sounds,
    consonants: consonantsOf(sound),
    phonetic: phoneticOf(sound),
    skeleton: skeletonOf(text),
    letters: lettersOf(sound),
    givenNames: role === 'word' ? givenNameClasses(text, sound) : [],
    korean: koreanOfBody && text.length >= LEAST_KOREAN ? onsetsOfWord(text) : NOT_KOREAN,
    koreanSyllable: koreanOfBody && isSyllableWord(text),
    form,
    weight: weightOf(text, role),
  }
}

function weightOf(text: string, role: TokenRole): number {
  switch (role) {
    case 'initial':
      return 0.3
    case 'number':
      return 0.8
    case 'legal-form':
      return 0.15
    case 'generic':
      return 0.5
    case 'particle':
    case 'title':
      return 0.1
    case 'stop':
      return 0.03
    case 'prefix':
      return 0.4
    default:
      return text.length >= 4 ? 1 : text.length === 3 ? 0.85 : text.length === 2 ? 0.65 : 0.35
  }
}

/**
 * What a candidate index may file a token under: its sounds (`s:`), its consonants where there are three or more (`c:`), the consonants that other scripts write (`k:`) where there
 * are two or more, its given-name classes (`g:`), and in bodies and ships the onsets of its Korean syllables (`n:`), or what the one syllable sounds like (`y:`). Two tokens that compareNames pairs as the same spelling, another
 * transliteration, the same given name or the same Korean word share a key, and most of those with the same consonants; typos, initials, joined words and consonants that scripts confuse (b for v) need another way in.
 */
export function tokenKeys(token: FoldedToken): string[] {
  const keys = token.sounds.map((sound) => `s:${sound}`)
  if (token.consonants.length >= 3) keys.push(`c:${token.consonants}`)
  if (token.skeleton.consonants.length >= 2) keys.push(`k:${token.skeleton.consonants}`)
  for (const number of token.givenNames) keys.push(`g:${number}`)
  for (const key of keysOfOnsets(token.korean)) keys.push(`n:${key}`)
  if (token.koreanSyllable) for (const key of keysOfSyllable(token.text)) keys.push(`y:${key}`)
  return keys
}
