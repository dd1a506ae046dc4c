/**
 * Text from tags and chain data is written by strangers, thieves among them. Everything here makes such text harmless and visible:
 * no markup, no spreadsheet formula, no character that reorders, hides or imitates others without being seen.
 */

/** Longest label that a report shows, in code points. */
export const LABEL_LENGTH = 80

/** Controls, format characters (zero-width, bidirectional overrides, tags), lone surrogates, private use, and letters that draw nothing. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u
const HIDDEN_RUN = new RegExp(`(?:${HIDDEN.source})+`, 'gu')
const SPACES = /[\p{Zs}\t\r\n]+/gu
/** More than three marks on one letter climb over the lines around it. */
const STACKED_MARKS = /(\p{M}{3})\p{M}+/gu

/**
 * One line of visible text: hidden characters are spelled as `[U+202E]`, runs of white space become one space, stacked marks are cut,
 * and what is longer than `length` code points is shortened with the number left out.
 */
export function visibleText(text: string, length: number = LABEL_LENGTH): string {
  // A hostile label can be megabytes: look at no more of it than can be shown.
  const head = text.slice(0, length * 8)
  const plain = head.replace(SPACES, ' ').trim().replace(HIDDEN_RUN, spell).replace(STACKED_MARKS, '$1\u2026')
  const points = [...plain]
  const cut = text.length - head.length
  if (points.length <= length && cut === 0) return plain
  const left = Math.max(points.length - length, 0) + cut
  return `${points.slice(0, length).join('').trimEnd()}\u2026 (${left} more characters)`
}

function spell(run: string): string {
  const points = [...run]
  const shown = points.slice(0, 4).map((point) => `[${codePoint(point)}]`)
  return points.length > 4 ? `${shown.join('')}[and ${points.length - 4} more hidden]` : shown.join('')
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`
}

const FOREIGN = /[^\u0020-\u007e]/u

/**
 * Symbol of an asset. Real symbols are ASCII; one that is not (Cyrillic letters in `USDT`) is followed by the code points
 * that give it away.
 */
export function visibleSymbol(symbol: string): string {
  const shown = visibleText(symbol, 16)
  const odd = [...new Set([...symbol.slice(0, 64)].filter((c) => FOREIGN.test(c) && !HIDDEN.test(c)))]
  return odd.length === 0 ? shown : `${shown} [${odd.slice(0, 4).map(codePoint).join(' ')}]`
}

/** A name for people. A word that mixes Latin letters with look-alike Cyrillic or Greek ones is pointed out. */
export function visibleLabel(label: string, length: number = LABEL_LENGTH): string {
  const shown = visibleText(label, length)
  const mixed = shown
    .split(/[^\p{L}\p{M}]+/u)
    .some(
      (word) => /\p{Script=Latin}/u.test(word) && /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Cherokee}\p{Script=Armenian}]/u.test(word),
    )
  return mixed ? `${shown} [mixed alphabets]` : shown
}

/** For HTML text and attribute values, and XML 1.0 alike. */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"'`]/g, (c) => `&#${c.charCodeAt(0)};`)
}

/** First and last characters of an address, for places without room. Never the only form of it in a report. */
export function shortAddress(account: string): string {
  return account.length <= 14 ? account : `${account.slice(0, 6)}\u2026${account.slice(-4)}`
}

/** `1 account`, `2 accounts`; thousands are separated. */
export function countOf(count: number, singular: string, plural: string = `${singular}s`): string {
  return `${groupThousands(count.toString())} ${count === 1 ? singular : plural}`
}

/** `1234567` as `1,234,567`. */
export function groupThousands(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}

/** `a`, `a and b`, `a, b and c`. */
export function listOf(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}
