import { CODAS, mask, ONSETS, VOWELS } from './jamo.ts'
import type { Syllable } from './syllable.ts'

/**
 * Korean names in Cyrillic as Russian papers and lists write them: by Kontsevich's system (Ким Чен Ын, Ли Бён Чхоль, Хан Чжан Су) and by older usage (Цой, Ир for 일, Сен for 성). It tells neither ㅓ from ㅗ, nor ㄴ from
 * ㅇ at the end of a syllable, so each letter stands for a set. `|` parts what the system prescribes from what is also met, at a price.
 */
const ONSET_OF =
  ':ㅇ к:ㄱ|ㅋㄲ г:ㄱ кк:ㄲ кх:ㅋ н:ㄴ т:ㄷ|ㅌㄸ д:ㄷ тт:ㄸ тх:ㅌ р:ㄹ л:ㄹ м:ㅁ п:ㅂ|ㅍㅃ б:ㅂ пп:ㅃ пх:ㅍ с:ㅅ|ㅆ ш:ㅅ|ㅆ сс:ㅆ ч:ㅈ|ㅊㅉ чж:ㅈ дж:ㅈ чч:ㅉ чх:ㅊ ц:ㅈㅊ х:ㅎ'
const VOWEL_OF =
  'а:ㅏ я:ㅑ о:ㅓㅗ ё:ㅕㅛ у:ㅜ|ㅡ ю:ㅠ ы:ㅡ|ㅢ и:ㅣ|ㅢ э:ㅔㅐ е:ㅓㅕㅔㅖ йе:ㅖ ва:ㅘ вэ:ㅙ ве:ㅚㅞ во:ㅝ ви:ㅟ ый:ㅢ ой:ㅚ ай:ㅐ'
const CODA_OF = ': к:ㄱ г:ㄱ н:ㄴㅇ нъ:ㅇ нг:ㅇ т:ㄷ ль:ㄹ л:ㄹ р:ㄹ м:ㅁ п:ㅂ б:ㅂ'

interface Sound {
  readonly strict: number
  readonly loose: number
}

function table(rules: string, alphabet: string): ReadonlyMap<string, Sound> {
  const sounds = new Map<string, Sound>()
  for (const rule of rules.split(' ')) {
    const [letters = '', stands = ''] = rule.split(':')
    const [strict = '', also = ''] = stands.split('|')
    const of = mask(alphabet, strict === '' ? ' ' : strict)
    sounds.set(letters, { strict: of, loose: of | mask(alphabet, also) })
  }
  return sounds
}

const ONSET = table(ONSET_OF, ONSETS)
const VOWEL = table(VOWEL_OF, VOWELS)
const CODA = table(CODA_OF, CODAS)

/** Family names that are not written by rule. */
const USUAL: Readonly<Record<string, string>> = { цой: 'чхве', хегай: 'хо', тен: 'чон', тян: 'чан', шин: 'син', бэк: 'пэк' }

/** Family names of Koreans as they stand in Russian texts; nobody else's given name is taken for Korean without one. */
const SURNAMES: ReadonlySet<string> = new Set(
  `ким ли ри пак чхве чве чон чен чан чо чжон чжан чжо кан хан о со сон лю рю ю ро но лим рим им хван чу мун пэк рён рян лян ян син ан хо чин чхон чха квон хон нам сим хён
  тхэ пэ ку ко у мин ом ра рё юн мён кён кэ ${Object.keys(USUAL).join(' ')}`.split(/\s+/),
)

/** Whether a word is a Korean family name as Russian writes it, in any case. */
export function isCyrillicSurname(word: string): boolean {
  return SURNAMES.has(word.toLowerCase())
}

/** The family name as the system writes it: Чхве for Цой. */
export function systematicSurname(word: string): string {
  const lower = word.toLowerCase()
  return Object.hasOwn(USUAL, lower) ? (USUAL[lower] as string) : lower
}

const MOST_SYLLABLES = 2
const MOST_LETTERS = 8
const MOST_PARSES = 24

/**
 * Every way to read a word in Cyrillic as Korean syllables.
 *
 * @returns at most 24 parses of 1 or 2 syllables; empty where the word cannot be Korean
 */
export function parseCyrillic(word: string): readonly (readonly Syllable[])[] {
  const parses: (readonly Syllable[])[] = []
  if (word.length <= MOST_LETTERS) extend(word.normalize('NFC').toLowerCase(), 0, [], parses)
  return parses
}

function extend(word: string, at: number, before: readonly Syllable[], parses: (readonly Syllable[])[]): void {
  if (at === word.length) {
    if (before.length > 0) parses.push(before)
    return
  }
  if (before.length === MOST_SYLLABLES) return
  each(word, at, ONSET, (onset, afterOnset) =>
    each(word, afterOnset, VOWEL, (vowel, afterVowel) =>
      each(word, afterVowel, CODA, (coda, end) => {
        if (parses.length >= MOST_PARSES) return
        const syllable = {
          onset: onset.strict,
          looseOnset: onset.loose,
          vowel: vowel.strict,
          looseVowel: vowel.loose,
          coda: coda.strict,
          looseCoda: coda.loose,
          text: word.slice(at, end),
        }
        extend(word, end, [...before, syllable], parses)
      }),
    ),
  )
}

/** Two letters are tried before one and none. */
function each(word: string, at: number, sounds: ReadonlyMap<string, Sound>, visit: (sound: Sound, end: number) => void): void {
  for (const length of [2, 1, 0]) {
    const sound = at + length <= word.length ? sounds.get(word.slice(at, at + length)) : undefined
    if (sound !== undefined) visit(sound, at + length)
  }
}
