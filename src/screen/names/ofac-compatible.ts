import { cleanName } from './clean.ts'

/** A pair of name parts that are less alike than this adds nothing. */
const PART_FLOOR = 0.5
/** Parts of the query of so many letters or fewer are left out, unless there are no others. */
const SHORT_PART = 2
const PREFIX = 4
const PREFIX_WEIGHT = 0.1

const SEPARATORS = /[^\p{L}\p{N}]+/u
const SILENT = /['’‘`´.,]+/gu
const MARKS = /\p{M}+/gu

/**
 * A score compatible with the one that the U.S. Treasury's Sanctions List Search shows: a whole number from 0 to 100, of the name alone.
 *
 * What OFAC says of it (FAQ 246-252; 249 of 28 April 2021): the higher of two techniques, Jaro-Winkler over the whole strings, and Jaro-Winkler and Soundex over the parts of the
 * name with a composite of the parts. It says neither how the composite is made nor how Soundex enters. Here, as outside observers found in the tool's answers (OpenSanctions,
 * July 2026: 157 of 164 observed scores within 5 points): whole strings count only where both begin with the same character; Jaro-Winkler adds its bonus for a common
 * beginning always, as the SimMetrics library does, where Winkler's paper (1990) asks for a Jaro similarity of 0.7 first; each part of the query takes its best part of the listed
 * name, less than 0.5 counts as 0, and the mean over the query's parts is the composite; parts of one or two letters are left out. Soundex changed no score that they saw.
 *
 * Limits: not OFAC's program and not checked against the live tool by us; not symmetric, as the tool is not; one name against one name (take the best over aliases); Latin letters
 * only, as in the tool's lists (a name in another script scores 0). It is offered to compare with the tool, not to decide by.
 *
 * @throws CordonError `screen/name-too-long`
 */
export function ofacCompatibleScore(query: string, listed: string): number {
  const left = partsOf(query)
  const right = partsOf(listed)
  if (left.length === 0 || right.length === 0) return 0
  return Math.round(100 * Math.max(wholeScore(left.join(' '), right.join(' ')), partScore(left, right)))
}

function partsOf(name: string): string[] {
  const text = cleanName(name).text.normalize('NFD').replace(MARKS, '').replace(SILENT, '').toUpperCase()
  return text.split(SEPARATORS).filter((part) => /[A-Z0-9]/.test(part))
}

function wholeScore(left: string, right: string): number {
  return left[0] === right[0] ? jaroWinkler(left, right, 0) : 0
}

function partScore(left: readonly string[], right: readonly string[]): number {
  const long = left.filter((part) => part.length > SHORT_PART)
  const parts = long.length > 0 ? long : left
  let sum = 0
  for (const part of parts) {
    let best = 0
    for (const other of right) best = Math.max(best, jaroWinkler(part, other, 0.7))
    if (best >= PART_FLOOR) sum += best
  }
  return sum / parts.length
}

/** Winkler 1990; the bonus for up to four common first characters from a Jaro similarity of `from` on. */
export function jaroWinkler(left: string, right: string, from: number): number {
  const similarity = jaro(left, right)
  if (similarity === 0 || similarity < from) return similarity
  let prefix = 0
  while (prefix < PREFIX && prefix < left.length && left[prefix] === right[prefix]) prefix++
  return similarity + prefix * PREFIX_WEIGHT * (1 - similarity)
}

/** Jaro 1989: common characters within half the longer length, and transpositions among them. */
function jaro(left: string, right: string): number {
  if (left === right) return left === '' ? 0 : 1
  const reach = Math.max(0, (Math.max(left.length, right.length) >> 1) - 1)
  const taken = new Uint8Array(right.length)
  const common: number[] = []
  for (let i = 0; i < left.length; i++) {
    const end = Math.min(right.length, i + reach + 1)
    for (let j = Math.max(0, i - reach); j < end; j++) {
      if (taken[j] === 1 || left.charCodeAt(i) !== right.charCodeAt(j)) continue
      taken[j] = 1
      common.push(left.charCodeAt(i))
      break
    }
  }
  if (common.length === 0) return 0
  let swapped = 0
  let k = 0
  for (let j = 0; j < right.length; j++) {
    if (taken[j] !== 1) continue
    if (common[k] !== right.charCodeAt(j)) swapped += 1
    k += 1
  }
  const m = common.length
  return (m / left.length + m / right.length + (m - swapped / 2) / m) / 3
}
