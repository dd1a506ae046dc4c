import { CODAS, mask, ONSETS, VOWELS } from './jamo.ts'
import { OPEN, type Syllable } from './syllable.ts'

/**
 * How Korean syllables are written in Latin letters, in all systems at once: DPRK 2002, McCune-Reischauer 1939 (MR), Revised Romanization 2000 (RR), ICS-630-01 (o' and u' for ŏ and ŭ),
 * and what people use for their own names in English and French. Each spelling has the letters it prescribes (strict) and those that it is also met for (loose).
 *
 * Apostrophes are part of a spelling: after a consonant they mark aspiration (ch' = ㅊ), after o and u the breve. Their absence says nothing, since most lists and keyboards leave them out.
 */
interface Spelling {
  readonly strict: number
  readonly loose: number
}

function spellings(alphabet: string, table: Readonly<Record<string, string>>): ReadonlyMap<string, Spelling> {
  return new Map(
    Object.entries(table).map(([latin, letters]) => {
      const [strict = '', loose = ''] = letters.split('|')
      const strictMask = mask(alphabet, strict)
      return [latin, { strict: strictMask, loose: strictMask | mask(alphabet, loose) }]
    }),
  )
}

const ONSET = spellings(ONSETS, {
  '': 'ㅇ',
  k: 'ㄱㅋ|ㄲ',
  g: 'ㄱ|ㅋㄲ',
  c: 'ㄱ|ㅋ',
  kh: 'ㅋ|ㄱㄲ',
  "k'": 'ㅋ|ㄱㄲ',
  kk: 'ㄲ|ㄱㅋ',
  gg: 'ㄲ|ㄱ',
  n: 'ㄴ|ㄹ',
  t: 'ㄷㅌ|ㄸ',
  d: 'ㄷ|ㅌㄸ',
  th: 'ㅌ|ㄷㄸ',
  "t'": 'ㅌ|ㄷㄸ',
  tt: 'ㄸ|ㄷㅌ',
  dd: 'ㄸ|ㄷ',
  r: 'ㄹ|ㄴ',
  rh: 'ㄹ',
  l: 'ㄹ|ㄴ',
  m: 'ㅁ',
  p: 'ㅂㅍ|ㅃ',
  b: 'ㅂ|ㅍㅃ',
  v: 'ㅂ|',
  ph: 'ㅍ|ㅂㅃ',
  f: 'ㅍ|ㅎ',
  "p'": 'ㅍ|ㅂㅃ',
  pp: 'ㅃ|ㅂㅍ',
  bb: 'ㅃ|ㅂ',
  s: 'ㅅ|ㅆ',
  "s'": 'ㅅ|ㅆ',
  sh: 'ㅅ|ㅆ',
  ss: 'ㅆ|ㅅ',
  j: 'ㅈ|ㅊㅉ',
  dj: 'ㅈ|ㅊ',
  z: 'ㅈ|',
  ch: 'ㅈㅊ|ㅉ',
  tch: 'ㅈㅊ|ㅉ',
  "ch'": 'ㅊ|ㅈㅉ',
  chh: 'ㅊ|ㅈ',
  ts: 'ㅈ|ㅊㅉ',
  tj: 'ㅉ|ㅈ',
  jj: 'ㅉ|ㅈㅊ',
  h: 'ㅎ',
})

const VOWEL = spellings(VOWELS, {
  a: 'ㅏ',
  ah: 'ㅏ',
  ae: 'ㅐ|ㅔ',
  ai: 'ㅐ|ㅏ',
  ay: 'ㅐ|',
  e: 'ㅔ|ㅐㅓ',
  eh: 'ㅔ|ㅐ',
  ya: 'ㅑ',
  ia: 'ㅑ',
  yae: 'ㅒ|ㅖ',
  eo: 'ㅓ',
  "o'": 'ㅓ|ㅗ',
  o: 'ㅗㅓ',
  oh: 'ㅗ|ㅓ',
  uh: 'ㅓ',
  au: 'ㅓ|',
  yeo: 'ㅕ',
  "yo'": 'ㅕ|ㅛ',
  "y'o": 'ㅕ|ㅛ',
  yo: 'ㅛㅕ',
  yoh: 'ㅛ|ㅕ',
  ye: 'ㅖ|ㅕ',
  yeu: 'ㅕ|ㅠ',
  yaw: 'ㅛ|',
  io: 'ㅛㅕ',
  ieo: 'ㅕ',
  you: 'ㅠㅕ',
  yu: 'ㅠ|ㅕ',
  yoo: 'ㅠ',
  iu: 'ㅠ',
  u: 'ㅜㅡ|ㅓ',
  "u'": 'ㅡ|ㅜ',
  oo: 'ㅜ|ㅡ',
  ou: 'ㅜ|ㅓ',
  eu: 'ㅡ|ㅓ',
  wu: 'ㅜ',
  woo: 'ㅜ',
  i: 'ㅣ|ㅢ',
  ee: 'ㅣ',
  ie: 'ㅣ|',
  ih: 'ㅣ',
  y: 'ㅣ|',
  yi: 'ㅣㅢ',
  ui: 'ㅢ|ㅟㅣ',
  "u'i": 'ㅢ|ㅟ',
  eui: 'ㅢ',
  wi: 'ㅟ|ㅢ',
  wee: 'ㅟ',
  oui: 'ㅟ|ㅢ',
  wa: 'ㅘ',
  oa: 'ㅘ',
  oua: 'ㅘ',
  wae: 'ㅙ|ㅞㅚ',
  oe: 'ㅚ|ㅙㅞ',
  oi: 'ㅚ|ㅙ',
  oy: 'ㅚ|',
  we: 'ㅞ|ㅚㅙ',
  wo: 'ㅝ',
  "wo'": 'ㅝ',
  weo: 'ㅝ',
  uo: 'ㅝ',
  ouo: 'ㅝ',
})

const CODA = spellings(CODAS, {
  '': ' ',
  k: 'ㄱ',
  g: 'ㄱ',
  ck: 'ㄱ',
  c: 'ㄱ|',
  q: 'ㄱ|',
  rk: 'ㄱ',
  n: 'ㄴ',
  nn: 'ㄴ|',
  t: 'ㄷ',
  d: 'ㄷ',
  s: 'ㄷ|',
  l: 'ㄹ',
  r: 'ㄹ',
  ll: 'ㄹ',
  m: 'ㅁ',
  p: 'ㅂ',
  b: 'ㅂ',
  ng: 'ㅇ',
  h: ' |',
})

const LONGEST = 4

/** A name of two given syllables is the rule, three are rare, and a whole name run together has four at most. */
const MOST_SYLLABLES = 4
/** Enough for every real name; a longer list comes from letters that fit anything, and more would be noise. */
const MOST_PARSES = 24

/**
 * Every way to read a word as Korean syllables.
 *
 * @param word lower-case Latin letters and apostrophes (see `latinLetters`)
 * @returns parses in a fixed order, at most 24, each of 1 to 4 syllables; empty where the word cannot be Korean
 */
export function parseLatin(word: string): readonly (readonly Syllable[])[] {
  const known = remembered.get(word)
  if (known !== undefined) return known
  const parses: Syllable[][] = []
  if (word.length <= 24) extend(word, 0, [], parses)
  const result: readonly (readonly Syllable[])[] = parses
  // Words repeat in lists and batches; the bound keeps a stream of hostile words from filling memory.
  if (remembered.size >= MOST_REMEMBERED) remembered.clear()
  remembered.set(word, result)
  return result
}

const MOST_REMEMBERED = 20_000
const remembered = new Map<string, readonly (readonly Syllable[])[]>()

function extend(word: string, at: number, before: readonly Syllable[], parses: Syllable[][]): void {
  if (at === word.length) {
    if (before.length > 0) parses.push([...before])
    return
  }
  if (before.length === MOST_SYLLABLES || parses.length >= MOST_PARSES) return
  for (const [onset, afterOnset] of prefixes(ONSET, word, at, 3)) {
    for (const [vowel, afterVowel] of prefixes(VOWEL, word, afterOnset, LONGEST)) {
      for (const [coda, end] of prefixes(CODA, word, afterVowel, 2)) {
        // A syllable that begins with a vowel after one that ends in a consonant needs a mark (MR, RR: an apostrophe or hyphen): Chong-il is usual, so both readings stand.
        extend(word, end, [...before, syllable(onset, vowel, coda, word.slice(at, end))], parses)
      }
    }
  }
}

/** Spellings that the word continues with, longest first. An apostrophe that no spelling takes up (`Chong'il`) only divides syllables. */
function* prefixes(table: ReadonlyMap<string, Spelling>, word: string, at: number, longest: number): Iterable<readonly [Spelling, number]> {
  for (let length = Math.min(longest, word.length - at); length >= 0; length--) {
    const spelling = table.get(word.slice(at, at + length))
    if (spelling === undefined) continue
    let end = at + length
    if (table === CODA && word[end] === "'") end++
    yield [spelling, end]
  }
}

function syllable(onset: Spelling, vowel: Spelling, coda: Spelling, text: string): Syllable {
  return {
    onset: onset.strict,
    looseOnset: onset.loose,
    vowel: vowel.strict,
    looseVowel: vowel.loose,
    coda: coda.strict === 0 ? OPEN : coda.strict,
    looseCoda: coda.loose === 0 ? OPEN : coda.loose,
    text,
  }
}

/** Breves and the marks that stand for apostrophes, as the tables above have them. */
const MARKS: Readonly<Record<string, string>> = {
  ŏ: "o'",
  ŭ: "u'",
  ö: "o'",
  ü: "u'",
  é: 'e',
  è: 'e',
  '’': "'",
  '‘': "'",
  ʼ: "'",
  '`': "'",
  '´': "'",
  ʻ: "'",
}

/** A word in the letters of the tables: lower case, breves and the umlauts that stand for them as o' and u', one kind of apostrophe; null where other letters remain. */
export function latinLetters(word: string): string | null {
  let letters = ''
  for (const char of word.normalize('NFC').toLowerCase()) letters += MARKS[char] ?? char
  // Some lists put the mark of the vowel behind the coda or double it (To'', Ky'ong): doubles say no more than one.
  letters = letters.replaceAll("''", "'").replace(/^'+/, '')
  return /^[a-z']+$/.test(letters) && /[a-z]/.test(letters) ? letters : null
}
