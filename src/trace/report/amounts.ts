import { type AssetId, formatDecimal, USD } from '../../chain/index.ts'
import type { TraceDocument } from '../document.ts'
import { groupThousands, shortAddress, visibleSymbol } from './text.ts'

/** What is needed to show amounts of one asset. */
export interface Unit {
  readonly id: AssetId
  /** Visible and harmless, not escaped for markup. */
  readonly name: string
  /** Null where unknown: then base units are shown. */
  readonly decimals: number | null
  readonly dollars: boolean
}

/** Units of a trace's assets by id. Two assets of one symbol are told apart by their contract. */
export function unitsOf(document: Pick<TraceDocument, 'assets'>): (id: AssetId) => Unit {
  const symbols = new Map<string, number>()
  for (const { symbol } of document.assets) if (symbol !== null) symbols.set(symbol, (symbols.get(symbol) ?? 0) + 1)
  const units = new Map<AssetId, Unit>([[USD, { id: USD, name: 'USD', decimals: 18, dollars: true }]])
  for (const { id, symbol, decimals } of document.assets) {
    if (id === USD) continue
    const reference = referenceOf(id)
    const named = symbol === null || symbol.trim() === '' ? shortAddress(reference) : visibleSymbol(symbol)
    const name = symbol !== null && (symbols.get(symbol) as number) > 1 ? `${named} (${shortAddress(reference)})` : named
    units.set(id, { id, name, decimals, dollars: false })
  }
  return (id) => units.get(id) ?? unlisted(id)
}

/** An asset that the trace did not touch, e.g. the native coin in which fees were paid: EVM chains count it in units of 10^-18. */
function unlisted(id: AssetId): Unit {
  if (/^eip155:\d+\/slip44:60$/.test(id)) return { id, name: 'native coin', decimals: 18, dollars: false }
  return { id, name: shortAddress(referenceOf(id)), decimals: null, dollars: false }
}

/** Last part of a CAIP-19 id: the contract, or the coin type of a native asset. */
function referenceOf(id: AssetId): string {
  const part = id.slice(id.lastIndexOf('/') + 1)
  return part.startsWith('erc20:') ? part.slice('erc20:'.length) : part
}

/** Exact decimal in display units without separators (`1234.5`), or null where decimals are unknown. */
export function decimalOf(amount: bigint, decimals: number | null): string | null {
  return decimals === null ? null : formatDecimal(amount, decimals)
}

/** Exact, with unit: `1,234.5 ETH`, `$1,234.567`, `1,234 base units of 0xabcd…1234`. */
export function exactAmount(amount: bigint, unit: Unit): string {
  const decimal = decimalOf(amount, unit.decimals)
  if (decimal === null) return `${groupThousands(amount.toString())} base units of ${unit.name}`
  const [whole = '0', part] = decimal.split('.')
  const cents = unit.dollars ? (part ?? '').padEnd(2, '0') : part
  return withUnit(`${groupThousands(whole)}${cents === undefined ? '' : `.${cents}`}`, unit)
}

/** For tables: dollars to the cent, others to 4 decimals (8 below one), half up; says `<0.0001` rather than zero. Exact when nothing was cut. */
export function shownAmount(amount: bigint, unit: Unit): string {
  if (unit.decimals === null) return exactAmount(amount, unit)
  const small = amount < 10n ** BigInt(unit.decimals)
  const keep = unit.dollars ? 2 : small ? 8 : 4
  if (unit.decimals <= keep)
    return unit.dollars ? withUnit(fixed(amount * 10n ** BigInt(2 - unit.decimals), 2), unit) : exactAmount(amount, unit)
  const scale = 10n ** BigInt(unit.decimals - keep)
  const rounded = (amount + scale / 2n) / scale
  if (rounded === 0n && amount > 0n) return `<${withUnit(`0.${'0'.repeat(keep - 1)}1`, unit)}`
  const text = fixed(rounded, keep)
  return withUnit(unit.dollars ? text : text.replace(/\.?0+$/, ''), unit)
}

function fixed(scaled: bigint, places: number): string {
  const digits = scaled.toString().padStart(places + 1, '0')
  return `${groupThousands(digits.slice(0, -places))}.${digits.slice(-places)}`
}

const SCALES = [
  [12, 'tn'],
  [9, 'bn'],
  [6, 'm'],
  [3, 'k'],
] as const

/** Three or four figures for a picture: `$12.3m`, `950 ETH`, `0.0123 ETH`. */
export function briefAmount(amount: bigint, unit: Unit): string {
  const decimals = unit.decimals ?? 0
  const one = 10n ** BigInt(decimals)
  const scale = SCALES.find(([power]) => amount >= one * 10n ** BigInt(power))
  if (scale !== undefined) return withUnit(`${figures(amount, one * 10n ** BigInt(scale[0]))}${scale[1]}`, unit, true)
  return withUnit(figures(amount, one), unit, true)
}

/** `amount / one` to three significant figures, whole part always complete. */
function figures(amount: bigint, one: bigint): string {
  if (amount === 0n) return '0'
  let places = amount >= one * 100n ? 0 : amount >= one * 10n ? 1 : 2
  while (places < 8 && amount * 10n ** BigInt(places) < one * 100n && amount < one) places += 1
  const scaled = (amount * 10n ** BigInt(places) + one / 2n) / one
  if (scaled === 0n) return '<0.00000001'
  const text = places === 0 ? groupThousands(scaled.toString()) : fixed(scaled, places)
  return places === 0 ? text : text.replace(/\.?0+$/, '')
}

function withUnit(number: string, unit: Unit, brief = false): string {
  if (unit.dollars) return number.startsWith('-') ? `-$${number.slice(1)}` : `$${number}`
  return `${number} ${brief && unit.decimals === null ? 'base units' : unit.name}`
}

/** `part` of `whole` as a percentage with one decimal; says `<0.1 %` and `>99.9 %` rather than rounding to nothing or everything. */
export function percentage(part: bigint, whole: bigint): string {
  if (whole === 0n) return '\u2013'
  const tenths = (part * 1000n + whole / 2n) / whole
  if (tenths === 0n && part > 0n) return '<0.1\u00a0%'
  if (tenths >= 1000n && part < whole) return '>99.9\u00a0%'
  return `${tenths / 10n}.${tenths % 10n}\u00a0%`
}

/** For lengths in a picture and weights in a graph only: the one place where an amount becomes a float. */
export function toFloat(amount: bigint, decimals: number | null): number {
  return Number(decimalOf(amount, decimals) ?? amount)
}
