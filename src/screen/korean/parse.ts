import { isCyrillicSurname, parseCyrillic, systematicSurname } from './cyrillic.ts'
import { readingsOf } from './hanja-readings.ts'
import { isSyllable } from './jamo.ts'
import { katakana, parseKana } from './kana.ts'
import { latinLetters, parseLatin } from './latin.ts'
import { koreanReadingsOfPinyin, splitPinyin } from './pinyin-readings.ts'
import { DOUBLE_SURNAMES, isSurname, isWrittenSurname, SINGLE_SURNAMES, usualSurnames } from './surnames.ts'
import { bySoundRule, ofHangul, type Position, type Syllable } from './syllable.ts'

/** In which letters a name was read; `pinyin` is the Chinese reading of its Han characters in Latin letters (Jin Tiesan for 김철삼). */
export type KoreanScript = 'hangul' | 'han' | 'kana' | 'cyrillic' | 'latin' | 'pinyin'

/** Scripts that write words, a syllable with several letters. */
type WordScript = 'latin' | 'kana' | 'cyrillic'

/** One reading of a name as Korean: places of the family name (none where only a given name was found) and of the given name. */
export interface KoreanName {
  readonly family: readonly Position[]
  readonly given: readonly Position[]
  readonly script: KoreanScript
  /** How the words were taken: as they stand, family name last, as a given name alone, or as family and given name in one word. */
  readonly order: 'family-first' | 'family-last' | 'given-only' | 'run-together'
  /** Whether it looks like the name of a Korean and not only like one that could be: a surname as Koreans write it, and a given name of one or two syllables. */
  readonly natural: boolean
}

/** Family and given names where the source tells them apart (`RI, Yong Gil`, or columns of their own). */
export interface ToldParts {
  readonly family: string
  readonly given: string
}

/** Readings of one name are few; a name that reads in more ways says too little to be compared. */
const MOST_READINGS = 24
/** Given names have one or two syllables, seldom three. */
const MOST_GIVEN = 3
const USUAL_GIVEN = 2

/**
 * Every way to read a name as a Korean one, most telling first: Hangul, Han, Kana, Cyrillic, and Latin letters in any romanisation. Empty where the name cannot be Korean: no family name,
 * letters that form no syllables, or a digit.
 *
 * @param text a cleaned name (names/clean.ts) in one script; other letters in it are refused
 */
export function parseKorean(text: string, told: ToldParts | null = null): readonly KoreanName[] {
  if (/\p{Nd}/u.test(text)) return []
  const first = told === null ? text : told.family + told.given
  const script = scriptOf(first)
  if (script === 'hangul') return ofBlocks(text, told, 'hangul', hangulPosition)
  if (script === 'han') return ofBlocks(text, told, 'han', hanPosition)
  if (script === 'kana') return ofWords(wordsOf(katakana(text), /[\s・･=＝.,、，-]+/u), told && toldWords(told, katakana), 'kana')
  if (script === 'cyrillic') return ofWords(wordsOf(text, /[\s,.]+/u), told && toldWords(told, (t) => t), 'cyrillic')
  if (script !== 'latin') return []
  const comma = told ?? byComma(text)
  return [...ofWords(wordsOf(text, /[\s,.]+/u), comma && toldWords(comma, (t) => t), 'latin'), ...ofPinyin(text, comma)].slice(
    0,
    MOST_READINGS,
  )
}

function scriptOf(text: string): KoreanScript | null {
  let script: KoreanScript | null = null
  for (const char of text) {
    const code = char.codePointAt(0) as number
    const of = isSyllable(code)
      ? 'hangul'
      : (code >= 0x3400 && code <= 0x9fff) || (code >= 0xf900 && code <= 0xfaff)
        ? 'han'
        : code >= 0x3041 && code <= 0x30fa
          ? 'kana'
          : code >= 0x400 && code <= 0x45f
            ? 'cyrillic'
            : code < 0x250 && /\p{L}/u.test(char)
              ? 'latin'
              : null
    if (of === null) continue
    if (script !== null && script !== of) return null
    script = of
  }
  return script
}

/** Family name first, the rest given: scripts that write a syllable with a character. */
function ofBlocks(text: string, told: ToldParts | null, script: KoreanScript, position: (char: string) => Position): readonly KoreanName[] {
  const letters = (part: string): string[] => [...part].filter((char) => /\p{L}/u.test(char))
  const cuts: (readonly [string[], string[], KoreanName['order']])[] = []
  if (told !== null) cuts.push([letters(told.family), letters(told.given), 'family-first'])
  else {
    const words = text.split(/[\s・･,]+/u).map(letters)
    const all = words.flat()
    // A space after the first word tells where the family name ends: 남궁 민, 김 영철.
    const spaced = words.length === 2 && (words[0] as string[]).length <= 2 ? (words[0] as string[]).length : 0
    for (const length of spaced > 0 ? [spaced] : [1, 2]) cuts.push([all.slice(0, length), all.slice(length), 'family-first'])
    // Forms that ask for the given name first: 수빈 오.
    const [given = [], family = []] = words
    if (words.length === 2 && family.length <= 2) cuts.push([family, given, 'family-last'])
  }
  return cuts.flatMap(([family, given, order]) => {
    const familyPositions = family.map(position)
    const givenPositions = given.map(position)
    if (given.length < 1 || given.length > MOST_GIVEN || [...familyPositions, ...givenPositions].some((p) => p.length === 0)) return []
    return isFamily(familyPositions)
      ? [{ family: familyPositions, given: givenPositions, script, order, natural: given.length <= USUAL_GIVEN }]
      : []
  })
}

function hangulPosition(char: string): Position {
  return isSyllable(char.charCodeAt(0)) ? [ofHangul(char)] : []
}

function hanPosition(char: string): Position {
  return readingsOf(char).map((reading) => ofHangul(reading, char))
}

/** Whether some reading of these places is a family name. */
function isFamily(places: readonly Position[]): boolean {
  const names = places.length === 1 ? SINGLE_SURNAMES : places.length === 2 ? DOUBLE_SURNAMES : []
  return names.some((name) => [...name].every((char, i) => (places[i] as Position).some((syllable) => fits(syllable, char))))
}

/** Whether a spelling may stand for a syllable, loosely and by the initial-sound rule. */
function fits(syllable: Syllable, char: string): boolean {
  const { onset, vowel, coda } = ofHangul(char)
  return (
    (syllable.looseVowel & vowel) !== 0 &&
    (syllable.looseCoda & coda) !== 0 &&
    ((syllable.looseOnset & onset) !== 0 || (bySoundRule(syllable.onset, syllable.vowel & vowel) & onset) !== 0)
  )
}

function byComma(text: string): ToldParts | null {
  const parts = text.split(',')
  const [family = '', given = ''] = parts.map((part) => part.trim())
  return parts.length === 2 && family !== '' && given !== '' ? { family, given } : null
}

/** A word between spaces, and its hyphenated parts, each in the letters of its script's tables. */
interface Word {
  readonly parts: readonly string[]
}

function wordsOf(text: string, separator: RegExp): readonly Word[] {
  return text
    .split(separator)
    .map((word) => ({ parts: word.split(/[-‐-―−]+/u).filter((part) => /\p{L}/u.test(part)) }))
    .filter(({ parts }) => parts.length > 0)
}

function toldWords({ family, given }: ToldParts, fold: (text: string) => string): readonly [readonly Word[], readonly Word[]] {
  const separator = /[\s・･.,]+/u
  return [wordsOf(fold(family), separator), wordsOf(fold(given), separator)]
}

type Syllables = readonly Syllable[]

/** Scripts that write words: which of them is the family name is told, or tried. */
function ofWords(
  words: readonly Word[],
  told: readonly [readonly Word[], readonly Word[]] | null,
  script: WordScript,
): readonly KoreanName[] {
  const names: KoreanName[] = []
  const add = (family: readonly Word[], given: readonly Word[], order: KoreanName['order']): void => {
    const families = familiesOf(family, script)
    if (families.length === 0 && order !== 'given-only') return
    const written = family.every((word) => word.parts.every((part) => isWrittenSurname(latinLetters(part) ?? '')))
    const usual = script === 'kana' || (script === 'cyrillic' ? isBySyllables(given) : written)
    for (const givenPositions of givenOf(given, script)) {
      const natural = order !== 'given-only' && givenPositions.length <= USUAL_GIVEN && usual
      if (order === 'given-only') names.push({ family: [], given: givenPositions, script, order, natural })
      else for (const familyPositions of families) names.push({ family: familyPositions, given: givenPositions, script, order, natural })
    }
  }
  if (told !== null) {
    add(told[0], told[1], 'family-first')
    // Sources that ask for two fields get them filled in the wrong way round.
    add(told[1], told[0], 'family-last')
  } else if (words.length === 1) {
    // A word alone in Cyrillic is a Russian one.
    if (script === 'cyrillic') return []
    for (const name of runTogether(words[0] as Word, script)) names.push(name)
    add([], words, 'given-only')
  } else if (words.length <= 4) {
    add(words.slice(0, 1), words.slice(1), 'family-first')
    add(words.slice(-1), words.slice(0, -1), 'family-last')
    if (words.length > 2) add(words.slice(0, 2), words.slice(2), 'family-first')
  }
  return names.slice(0, MOST_READINGS)
}

function parse(part: string, script: WordScript): readonly Syllables[] {
  if (script === 'kana') return parseKana(part)
  if (script === 'cyrillic') return parseCyrillic(part)
  const letters = latinLetters(part)
  return letters === null ? [] : parseLatin(letters)
}

/** Russian texts write a Korean given name with a word or a hyphened part for each syllable (Чен Ын); in one word it may as well be Иван. */
function isBySyllables(given: readonly Word[]): boolean {
  return given.flatMap((word) => word.parts).every((part) => parseCyrillic(part).some(({ length }) => length === 1))
}

/** A family name's readings: one place with all that its spelling may stand for, or two. */
function familiesOf(words: readonly Word[], script: WordScript): readonly (readonly Position[])[] {
  const parts = words.flatMap((word) => word.parts)
  if (parts.length === 0 || parts.length > 2) return []
  if (script === 'cyrillic') {
    const [part = '', ...more] = parts
    if (more.length > 0 || !isCyrillicSurname(part)) return []
    const single = parseCyrillic(systematicSurname(part)).flatMap((s) => (s.length === 1 ? s : []))
    return [[single]].filter(isFamily)
  }
  const families: (readonly Position[])[] = []
  if (parts.length === 1) {
    const part = parts[0] as string
    const letters = script === 'latin' ? latinLetters(part) : null
    const usual = letters === null ? [] : usualSurnames(letters)
    const single = [...usual, ...parse(part, script).flatMap((s) => (s.length === 1 ? s : []))].filter((syllable) => isFamily([[syllable]]))
    if (single.length > 0) families.push([single])
    for (const syllables of parse(part, script)) if (syllables.length === 2) families.push(syllables.map((s) => [s]))
  } else {
    for (const one of parse(parts[0] as string, script)) {
      for (const two of parse(parts[1] as string, script)) {
        if (one.length === 1 && two.length === 1) families.push([...one, ...two].map((s) => [s]))
      }
    }
  }
  return families.filter(isFamily)
}

/** A given name's readings: its words one after the other. */
function givenOf(words: readonly Word[], script: WordScript): readonly (readonly Position[])[] {
  let readings: Syllables[] = [[]]
  for (const part of words.flatMap((word) => word.parts)) {
    const parses = parse(part, script)
    readings = readings.flatMap((before) => parses.map((syllables) => [...before, ...syllables])).filter((s) => s.length <= MOST_GIVEN)
    if (readings.length > MOST_READINGS) readings = readings.slice(0, MOST_READINGS)
  }
  return readings.filter((s) => s.length > 0).map((s) => s.map((syllable) => [syllable]))
}

/** Kimyongchol, Kim-Yong-Chol, キムヨンチョル: the first syllable (or two) is the family name. */
function runTogether(word: Word, script: WordScript): readonly KoreanName[] {
  let readings: Syllables[] = [[]]
  for (const part of word.parts) {
    const parses = parse(part, script)
    readings = readings.flatMap((before) => parses.map((syllables) => [...before, ...syllables])).slice(0, MOST_READINGS)
  }
  return readings.flatMap((syllables) =>
    [1, 2].flatMap((length) => {
      const family = syllables.slice(0, length).map((s) => [s])
      const given = syllables.slice(length).map((s) => [s])
      const fitting = given.length >= 1 && given.length <= MOST_GIVEN && isFamily(family)
      const natural =
        given.length <= USUAL_GIVEN &&
        (script === 'kana' ||
          isWrittenSurname(
            syllables
              .slice(0, length)
              .map(({ text }) => text)
              .join(''),
          ))
      return fitting ? [{ family, given, script, order: 'run-together' as const, natural }] : []
    }),
  )
}

/** Latin letters as pinyin: each syllable stands for what the Han characters with that sound are read as in Korean. */
function ofPinyin(text: string, told: ToldParts | null): readonly KoreanName[] {
  const words = (part: string): string[] =>
    part
      .toLowerCase()
      .split(/[\s,.-]+/u)
      .filter((word) => word !== '')
  const all = words(text)
  const cut = told === null ? ([all.slice(0, 1), all.slice(1)] as const) : ([words(told.family), words(told.given)] as const)
  const [[familyWord, ...rest], givenWords] = cut
  if (familyWord === undefined || rest.length > 0 || givenWords.length === 0 || givenWords.length > 2) return []
  if (![familyWord, ...givenWords].every((word) => /^[a-z]+$/.test(word))) return []
  const family = pinyinPosition(familyWord).filter((syllable) => isSurname(syllable.hangul))
  if (family.length === 0) return []
  let readings: (readonly string[])[] = [[]]
  for (const word of givenWords) readings = readings.flatMap((before) => splitPinyin(word).map((parts) => [...before, ...parts]))
  return readings
    .filter((parts) => parts.length >= 1 && parts.length <= 2)
    .map((parts) => parts.map((part) => pinyinPosition(part)))
    .filter((given) => given.every((position) => position.length > 0))
    .map((given) => ({ family: [family], given, script: 'pinyin' as const, order: 'family-first' as const, natural: false }))
}

function pinyinPosition(part: string): readonly (Syllable & { readonly hangul: string })[] {
  return koreanReadingsOfPinyin(part).map((hangul) => ({ ...ofHangul(hangul, part), hangul }))
}
