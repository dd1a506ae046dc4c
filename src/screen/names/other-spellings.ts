import type { Script } from './script.ts'

/** Shorter words would become each other. */
const LEAST_SLAVIC = 5
const LEAST_ALLAH = 7

/** Endings that Arabs, Persians and Turks give one word: Hezbollah, Hizballah, Hizbullah. Other scripts leave out the h (Насралла), which in Latin letters would be Carolla. */
const ALLAH = /[aou]ll?ah$/
const ALLAH_UNHEARD = /[aou]llah?$/

const GERMAN = /sch|j|w|[aeiouyrlnm]s[aeiouymnlr]/
const FRENCH = /ou|ch|ine$|j|gu[ei]/

/**
 * Other spellings of a word that no one sound (sound.ts) has, as the letters stand for other sounds in the languages that they come from. Not what the word is spelled as, only what its sound
 * may also be; the word itself may be among them.
 *
 * @param text lower-case a-z and 0-9
 */
export function otherSpellings(text: string, script: Script): readonly string[] {
  const found: string[] = []
  const ending = script === 'latin' ? ALLAH : ALLAH_UNHEARD
  if (text.length >= LEAST_ALLAH && ending.test(text)) {
    const arabic = text.replace(ending, 'allah')
    found.push(arabic, arabic.replace(/^([a-z]{1,2})e/, '$1i'))
  }
  if (script !== 'latin' || text.length < LEAST_SLAVIC) return found
  if (GERMAN.test(text)) {
    const sharp = fromGerman(text)
    found.push(sharp, voiced(sharp))
    // Bachmut is Bakhmut.
    if (text.includes('ch')) found.push(text.replace(/(?<!s)ch/g, 'kh'))
  }
  if (FRENCH.test(text)) found.push(fromFrench(text))
  return found
}

/** Prigoschin: sch is zh, where tsch is ch. */
function fromGerman(text: string): string {
  return text.replace(/tsch|sch/g, (letters) => (letters === 'sch' ? 'zh' : 'ch'))
}

/** Ramsan, Gerassimow: s between voiced sounds is z, ss is s. */
function voiced(text: string): string {
  return text.replace(/ss|(?<=[aeiouyrlnm])s(?=[aeiouymnlr])/g, (letters) => (letters === 'ss' ? 's' : 'z'))
}

/** Choïgou, Prigojine, Guerassimov, Timtchenko: ch is sh, j is zh, tch is ch, gu before e and i is g, -ine is -in. */
function fromFrench(text: string): string {
  return text
    .replace(/tch|ch/g, (letters) => (letters === 'ch' ? 'sh' : 'ch'))
    .replaceAll('oi', 'oy')
    .replace(/gu(?=[ei])/g, 'g')
    .replace(/(?<=[^aeiou])j|(?<=[aeiou])j(?=[aeiou])/g, 'zh')
    .replace(/ine$/, 'in')
}
