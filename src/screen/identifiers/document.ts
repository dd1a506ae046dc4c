/** A number of a paper: compared letter by letter, with spaces and punctuation left out. */
export interface DocumentNumber {
  /** Letters and digits of any script, NFKC, upper case; never empty. */
  readonly number: string
}

/** What lists write where they have no number. */
const NO_NUMBER: ReadonlySet<string> = new Set(['NA', 'NONE', 'UNKNOWN', 'NOTAVAILABLE', 'NOTKNOWN', 'TBD', 'NULL', '不明', '미상'])

/**
 * Canonical form of the number of a passport, identity card, register or aircraft. Null where nothing is left, or only a word that says that there is none: such must never meet each other.
 * The letter O and the digit 0 stay apart: they differ on paper as well.
 */
export function parseDocument(text: string): DocumentNumber | null {
  if (text.length > 200) return null
  const number = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, '')
    .normalize('NFC')
  if (!/[\p{L}\p{N}]/u.test(number) || NO_NUMBER.has(number)) return null
  return { number }
}

/** Whether two countries of issue (ISO 3166-1 alpha-2) exclude each other: only where both are known and differ. */
export function countriesContradict(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one.toUpperCase() !== other.toUpperCase()
}
