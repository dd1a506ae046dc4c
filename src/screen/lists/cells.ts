import { createHash } from 'node:crypto'

/** What lists write where they know nothing: 不明 (unknown), なし (none), dashes, `n/a`. */
const NOTHING = /^(?:不明|不詳|無し?|なし|該当なし|미상|없음|불명|n\/?a\.?|none|unknown|nil|[-‐‑–—―ー.]+)$/i

const FIRST_MARK = /^(?:[（(]\s*(?:[aａiｉ1１])\s*[）)]|a\)|①)/
const LETTER_MARK = /[（(]\s*(?:[a-zａ-ｚ]|[ivxｉｖｘ]{2,5})\s*[）)]|(?<=^|[\s;,、。:：])(?:[（(]\s*[0-9０-９]{1,2}\s*[）)]|[a-z]\))|[①-⑳]/g
const STRAY_MARK = /^[（(]\s*(?:[a-zａ-ｚ]|[ivxｉｖｘ]{2,5})\s*[）)]/

const SEPARATORS = new Set(', 、\u3000\u00a0\t')

/** Text without the given characters at its ends. A regular expression for that (`[…]+$`) takes time with the square of a run within the text. */
export function stripped(text: string, characters: ReadonlySet<string>): string {
  let start = 0
  let end = text.length
  while (start < end && characters.has(text[start]!)) start++
  while (end > start && characters.has(text[end - 1]!)) end--
  return text.slice(start, end)
}

/** Runs of blanks made one, line ends kept: patterns with several `\s*` in a row are slow on long runs. */
export function squeezed(text: string): string {
  return text.replace(/[^\S\n]+/g, ' ')
}

/** Text without the blanks around it (the ideographic ones too); empty where it says that nothing is known. */
export function known(text: string): string {
  const trimmed = text.trim()
  return NOTHING.test(trimmed.normalize('NFKC').trim()) ? '' : trimmed
}

/**
 * The values of a cell that holds several: on lines of their own, separated by `;` or `；`, or numbered `(a) … (b) …` in half-width or full-width letters, small Roman or Arabic numbers.
 * Numbered cells are those that begin with the first mark; in them a bracketed letter counts anywhere, as lists leave the space out (`1962年（ｂ）1963年`). In others it is text: `Korea (a) Co` stays whole.
 * Values that say that nothing is known are left out; the order stays.
 */
export function valuesOf(cell: string): string[] {
  return (FIRST_MARK.test(cell.trim()) ? cell.split(LETTER_MARK) : [cell])
    .flatMap((part) => part.split(/[\r\n]+|[;；]/))
    .map((part) => known(stripped(part.trim().replace(STRAY_MARK, ''), SEPARATORS)))
    .filter((value) => value !== '')
}

/**
 * EU texts break the apostrophes of a romanisation off: `Cho 'n Myo 'ng-kuk` for `Cho'n Myo'ng-kuk`. Closed again where a blank stands between a letter and an apostrophe that a lower-case letter follows.
 * Quotes around a whole word (`KOMID 'changgwang'`) stay.
 */
export function mendRomanisation(name: string): string {
  return name.replace(/(?<=\p{L}) +(['’‘ʼ`])(?=\p{Ll}+(?:[\s-]|$))/gu, '$1')
}

/** Whether a name is in the script of East Asia, Arabia or the Slavs rather than in Latin letters; Kana alone is a Japanese spelling of a foreign name, and so is not its bearer's script. */
export function isOriginalScript(name: string): boolean {
  return (
    !/\p{Script=Latin}/u.test(name) &&
    /[\p{Script=Han}\p{Script=Hangul}\p{Script=Arabic}\p{Script=Cyrillic}\p{Script=Thai}\p{Script=Hebrew}]/u.test(name)
  )
}

/** Text as a key: NFKC, lower case, and nothing but letters and digits. */
export function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

/** The first hex digits of the SHA-256 of the parts. Twelve have 2^48 values, so that among 10,000 entries two coincide once in some millions of lists. */
export function contentKey(parts: readonly (readonly string[])[], digits: number): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, digits)
}
