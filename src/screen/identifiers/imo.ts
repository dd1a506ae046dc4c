/** A number of the IMO's: seven digits, of a ship or of a company; they share the form and nothing else. */
export interface ImoNumber {
  /** Seven digits. */
  readonly number: string
  /** Whether the last digit is a ship's check digit. */
  readonly shipValid: boolean
  /** Whether the last digit is a company's check digit. One number in ten is valid as both by chance. */
  readonly companyValid: boolean
}

const COMPANY_WEIGHTS = [8, 6, 4, 2, 9, 7]
/** The whole text is the number, with or without the word before it, as lists and papers write it. */
const SHAPE = /^(?:I\.?M\.?O\.?)?(?:(?:SHIP|VESSEL|COMPANY)?(?:NUMBER|NUM|NO\.?|NR\.?|#))?:?(\d{7})$/

/**
 * Reads an IMO number: `8132835`, `IMO 8132835`, `IMO No. 8132835`, full-width digits. Null where the text is no seven digits.
 * A wrong check digit does not make it null: lists carry such numbers too, and then they must be found as they are written.
 */
export function parseImo(text: string): ImoNumber | null {
  const number = isSevenDigits(text) ? text : wordedNumber(text)
  return number === null ? null : { number, shipValid: isShipNumber(number), companyValid: isCompanyNumber(number) }
}

function isSevenDigits(text: string): boolean {
  if (text.length !== 7) return false
  for (let k = 0; k < 7; k++) {
    const code = text.charCodeAt(k)
    if (code < 48 || code > 57) return false
  }
  return true
}

function wordedNumber(text: string): string | null {
  if (text.length > 64) return null
  const plain = text.normalize('NFKC').toUpperCase().replace(/\s+/gu, '')
  return SHAPE.exec(plain)?.[1] ?? null
}

/** Check digit of a ship's number: the last digit of the sum of the first six, weighted 7 to 2 (IMO Res. A.1117(30)). */
export function isShipNumber(number: string): boolean {
  let sum = 0
  for (let k = 0; k < 6; k++) sum += (number.charCodeAt(k) - 48) * (7 - k)
  return sum % 10 === number.charCodeAt(6) - 48
}

/** Check digit of a company's or registered owner's number: eleven less the weighted sum modulo eleven, its last digit (IMO Res. MSC.160(78)). */
export function isCompanyNumber(number: string): boolean {
  let sum = 0
  for (let k = 0; k < 6; k++) sum += (number.charCodeAt(k) - 48) * (COMPANY_WEIGHTS[k] as number)
  return (11 - (sum % 11)) % 10 === number.charCodeAt(6) - 48
}
