import type { FreezeLanguage } from '../request.ts'
import { EN, type FreezeWordKey, type FreezeWords } from './en.ts'
import { FR } from './fr.ts'
import { JA } from './ja.ts'
import { KO } from './ko.ts'

export type { FreezeWordKey, FreezeWords }

const WORDS: Readonly<Record<FreezeLanguage, FreezeWords>> = { en: EN, fr: FR, ko: KO, ja: JA }

/** The words of a request in one language: English, French, Korean in 공문서체, Japanese in the style of official letters. */
export function freezeWords(language: FreezeLanguage): FreezeWords {
  return WORDS[language]
}

/** A phrase with values in its places, e.g. `{page}`. */
export function phrase(words: FreezeWords, key: FreezeWordKey, values: Readonly<Record<string, string>>): string {
  return words[key].replace(/\{([a-z]+)\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? values[name] : undefined) ?? whole)
}
