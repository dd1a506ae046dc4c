/** Largest amount of the EVM, 2^256 - 1. */
export const MAX_AMOUNT = (1n << 256n) - 1n

/** Why a text is not an amount, or null. */
export type AmountFault = 'empty' | 'negative' | 'not an integer' | 'not a number' | 'over 2^256-1' | 'too many decimals'

export type ParsedAmount = { readonly amount: bigint; readonly fault: null } | { readonly amount: null; readonly fault: AmountFault }

const INTEGER = /^[0-9]+$/
/** `199e17`: an integer without its zeros, as some databases write it. Floating-point text (`1.99e+19`, `1e+23`) has a point or a plus and may have lost digits. */
const TRIMMED = /^([0-9]+)[eE]([0-9]{1,2})$/
const HEX = /^0x[0-9a-fA-F]+$/
const DECIMAL = /^([0-9]*)(?:\.([0-9]*))?$/
const NUMBER = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/
/** A text longer than this is no 256-bit number even with leading zeros that anyone wrote; it is not parsed at all. */
const LONGEST = 1000

/** Reads base units written as a decimal integer, as an integer with its zeros counted (`199e17`) or as 0x-hexadecimal; nothing is rounded or guessed. */
export function parseBaseUnits(text: string): ParsedAmount {
  if (text === '') return refuse('empty')
  if (text.length > LONGEST) return refuse(INTEGER.test(text) || HEX.test(text) ? 'over 2^256-1' : 'not a number')
  if (INTEGER.test(text) || HEX.test(text)) return bounded(BigInt(text))
  const trimmed = TRIMMED.exec(text)
  if (trimmed !== null) return bounded(BigInt(trimmed[1]!) * 10n ** BigInt(trimmed[2]!))
  return refuse(!NUMBER.test(text) ? 'not a number' : text.startsWith('-') ? 'negative' : 'not an integer')
}

/**
 * Reads an amount printed with decimals into base units, exactly: `945646.73` with 18 decimals is 945646730000000000000000n.
 * More decimals than the asset has are refused rather than rounded, unless they are zeros.
 */
export function parseDecimal(text: string, decimals: number): ParsedAmount {
  if (text === '') return refuse('empty')
  const parts = text.length > LONGEST ? null : DECIMAL.exec(text)
  const whole = parts?.[1] ?? ''
  const fraction = (parts?.[2] ?? '').replace(/0+$/, '')
  if (parts === null || whole + (parts[2] ?? '') === '')
    return refuse(NUMBER.test(text) && text.startsWith('-') ? 'negative' : 'not a number')
  if (fraction.length > decimals) return refuse('too many decimals')
  return bounded(BigInt(whole + fraction.padEnd(decimals, '0')))
}

/**
 * Prints base units with decimals, without rounding and without trailing zeros: `parseDecimal` reads it back to the same amount.
 *
 * @param amount base units; a negative difference is printed with a minus
 */
export function formatDecimal(amount: bigint, decimals: number): string {
  const sign = amount < 0n ? '-' : ''
  const digits = (amount < 0n ? -amount : amount).toString().padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '')
  return fraction === '' ? sign + whole : `${sign}${whole}.${fraction}`
}

/** The integer that a floating-point number denotes exactly, for sources that kept amounts as floating point. */
export function parseDouble(value: number): ParsedAmount {
  if (!Number.isFinite(value)) return refuse('not a number')
  if (value < 0) return refuse('negative')
  if (!Number.isInteger(value)) return refuse('not an integer')
  return bounded(BigInt(value))
}

function bounded(amount: bigint): ParsedAmount {
  return amount > MAX_AMOUNT ? refuse('over 2^256-1') : { amount, fault: null }
}

function refuse(fault: AmountFault): ParsedAmount {
  return { amount: null, fault }
}
