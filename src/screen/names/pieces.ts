import { type Script, scriptOf } from './script.ts'

/** A run of letters and digits of one script in a cleaned name. */
export interface Piece {
  readonly original: string
  readonly script: Script
  /** Only a full stop, hyphen or slash stands between it and the piece before, so that single letters belong together: J.P., S.A., A/S. */
  readonly dotted: boolean
  /** After the first comma of the name. */
  readonly afterComma: boolean
}

const WORD_CHAR = /[\p{L}\p{M}\p{N}]/u
const MARK_OR_DIGIT = /[\p{M}\p{N}]/u
const APOSTROPHES = new Set("'’‘ʼʻ`´ʿʾʹʺ′″ʽˈ׳״՚＇")

/**
 * Cuts a cleaned name into words. Apostrophes vanish inside words and a final `'s` with them; all else that is neither letter, mark nor digit separates, and so does a
 * change of script; `&` and `+` are a piece `&` of their own.
 */
export function piecesOf(text: string): { readonly pieces: Piece[]; readonly commas: number } {
  const pieces: Piece[] = []
  let word = ''
  let script: Script = 'other'
  let commas = 0
  /** What stands between the piece before and here: '' for nothing, one of . - / (with a space after it), or a space for all else. */
  let separator = ' '
  let apostrophe = -1

  const close = (): void => {
    if (word === '') return
    const possessive = apostrophe >= 2 && apostrophe === word.length - 1 && (word.endsWith('s') || word.endsWith('S'))
    pieces.push({
      original: possessive ? word.slice(0, -1) : word,
      script,
      dotted: separator === '.' || separator === '-' || separator === '/',
      afterComma: commas > 0,
    })
    word = ''
    script = 'other'
    apostrophe = -1
    separator = ''
  }

  for (const char of text) {
    const code = char.codePointAt(0)!
    if (APOSTROPHES.has(char)) {
      apostrophe = word.length
      continue
    }
    if (!isWordChar(char, code)) {
      close()
      if (separator === '') separator = char
      else if (separator !== '.' || char !== ' ') separator = ' '
      if (char === '&' || char === '+') {
        pieces.push({ original: '&', script: 'other', dotted: false, afterComma: commas > 0 })
        separator = ' '
      }
      if (char === ',' || char === '،') commas += 1
      continue
    }
    const own = scriptOf(code)
    if (word !== '' && own !== script && own !== 'other' && script !== 'other' && !MARK_OR_DIGIT.test(char)) {
      close()
      separator = ' '
    }
    if (script === 'other') script = own
    word += char
  }
  close()
  return { pieces, commas }
}

function isWordChar(char: string, code: number): boolean {
  if (code < 0x80) return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39)
  return code !== 0xb7 && code !== 0x30fb && WORD_CHAR.test(char)
}
