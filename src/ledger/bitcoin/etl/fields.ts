import { satoshisOfCoins } from '../coins.ts'
import type { ValueUnit } from './tables.ts'

/** What is wrong with a field; whoever knows the file makes an error of it. */
export class FieldFault extends Error {
  override readonly name = 'FieldFault'
  readonly field: string

  constructor(field: string, what: string) {
    super(what)
    this.field = field
  }
}

const HASH = /^[0-9a-f]{64}$/i
const WHOLE = /^-?[0-9]{1,16}(?:\.0+)?$/
const SECONDS = /^[0-9]{1,11}$/
/** `2009-01-09 02:54:25 UTC`, also with T, fractions and an offset: how BigQuery and DuckDB print a timestamp. UTC where it does not say. */
const DATED = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(?:\.\d+)?\s*(UTC|Z|[+-]\d{2}(?::?\d{2})?)?$/

/** An integer, also as text, as exporters write 64-bit ones; null where absent. */
export function optionalWhole(value: unknown, field: string, low: number, high: number): number | null {
  if (value === null || value === undefined || value === '') return null
  const number = typeof value === 'string' && WHOLE.test(value) ? Number(value) : value
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < low || number > high) {
    throw new FieldFault(field, `${shown(value)} is not an integer from ${low} to ${high}`)
  }
  return number
}

export function whole(value: unknown, field: string, low: number, high: number): number {
  const number = optionalWhole(value, field, low, high)
  if (number === null) throw new FieldFault(field, 'it is missing')
  return number
}

export function hash(value: unknown, field: string): string {
  if (typeof value !== 'string' || !HASH.test(value)) throw new FieldFault(field, `${shown(value)} is not 64 hexadecimal digits`)
  return value.toLowerCase()
}

/** A script in hexadecimal; null where absent, which is not the empty script. */
export function script(value: unknown, field: string): Uint8Array | null {
  if (value === null || value === undefined) return null
  // Decoding ends at the first character that is no digit, so that the length tells whether all of them are.
  const bytes = typeof value === 'string' ? Buffer.from(value, 'hex') : null
  if (bytes === null || 2 * bytes.length !== (value as string).length) throw new FieldFault(field, `${shown(value)} is not hexadecimal`)
  return bytes
}

/** Unix seconds from a number or a timestamp as text; null where absent. */
export function seconds(value: unknown, field: string): number | null {
  if (typeof value === 'string' && !SECONDS.test(value)) {
    const parts = DATED.exec(value.trim())
    const zone = parts?.[3]
    const offset = zone === undefined || zone === 'UTC' ? 'Z' : zone.length === 3 ? `${zone}:00` : zone
    const time = parts === null ? Number.NaN : Date.parse(`${parts[1]}T${parts[2]}${offset}`)
    if (Number.isNaN(time)) throw new FieldFault(field, `${shown(value)} is no time`)
    return Math.floor(time / 1000)
  }
  return optionalWhole(value, field, 0, 0xffff_ffff)
}

export interface Amount {
  readonly satoshis: bigint
  /** False where a floating-point number lies beside the amount that it stands for. */
  readonly exact: boolean
}

/** An amount in the unit of the file; null where absent. Up to 21 million coins, sums of a transaction too. */
export function amount(value: unknown, field: string, unit: ValueUnit): Amount | null {
  if (value === null || value === undefined || value === '') return null
  if (unit === 'satoshis') return { satoshis: BigInt(whole(value, field, 0, 2_100_000_000_000_000)), exact: true }
  const coins = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  const read = typeof coins === 'number' ? satoshisOfCoins(coins) : null
  if (read === null) throw new FieldFault(field, `${shown(value)} is not an amount from 0 to 21 million coins`)
  return read
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
