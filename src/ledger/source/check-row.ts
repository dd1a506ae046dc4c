import { addressFault, createdContract, parseBaseUnits, parseDecimal, parseDouble } from '../../chain/index.ts'
import type { ValueForm } from '../formats/format.ts'
import { SLOW, type SlowField } from './encode.ts'

/** Digits after the point that dollars are kept with. */
const DOLLAR_DECIMALS = 18
const LARGEST_INDEX = 0x7fff_ffff
const LARGEST_BLOCK = 0xffff_ffff
/** Long texts are cut in reports: a refused field may be a whole file of NUL bytes. */
const SHOWN = 80

/** A row that did not take the fast lane and is sound: canonical texts, exact value. */
export interface CheckedRow {
  readonly block: number
  readonly txIndex: number
  readonly index: number
  /** Unix seconds, -1 where there is none. */
  readonly time: number
  readonly hash: string
  readonly from: string
  readonly to: string
  readonly asset: string
  readonly value: bigint
}

export type RowCheck =
  | { readonly row: CheckedRow; readonly fault: null }
  | { readonly row: null; readonly fault: { readonly field: string; readonly reason: string } }

export type SlowTexts = Readonly<Record<SlowField, string | null>>

export function slowTexts(list: readonly (string | null)[]): SlowTexts {
  return Object.fromEntries(SLOW.map((field, i) => [field, list[i] ?? null])) as SlowTexts
}

/** Decides over a row by its texts: the same rules as the fast lane in `encode.ts`, and besides checksums, wide values and created contracts. */
export function checkRow(texts: SlowTexts): RowCheck {
  const block = wholeNumber(texts.block, LARGEST_BLOCK)
  if (texts.block === null || texts.block === '') return fault('block', 'missing')
  if (block === null) return fault('block', `not a block number: ${shown(texts.block)}`)
  const txIndex = optionalNumber(texts.txIndex)
  if (txIndex === null) return fault('transaction index', `not an index: ${shown(texts.txIndex)}`)
  const index = optionalNumber(texts.index)
  if (index === null) return fault('index', `not an index: ${shown(texts.index)}`)
  const time = texts.time === null || texts.time === '' ? -1 : /^-?[0-9]{1,12}$/.test(texts.time) ? Number(texts.time) : null
  if (time === null || time < -1) return fault('time', `not a time: ${shown(texts.time)}`)
  if (texts.hash === null || !/^0x[0-9a-fA-F]{64}$/.test(texts.hash))
    return fault('transaction hash', `not 0x and 64 hex digits: ${shown(texts.hash)}`)
  const fromFault = faultOfAddress(texts.from)
  if (fromFault !== null) return fault('from', fromFault)
  const to = texts.to ?? receiverOfCreation(texts)
  const toFault = faultOfAddress(to)
  if (toFault !== null) return fault('to', toFault)
  const assetFault = faultOfAddress(texts.asset)
  if (assetFault !== null) return fault('asset', assetFault)
  if (texts.moves === null) return fault('type', 'missing, so that nothing says whether value moved')
  const value = amount(texts.value, texts.form as ValueForm)
  if (value.amount === null) return fault('value', `${value.fault}: ${shown(texts.value)}`)
  const lower = (text: string | null) => text!.toLowerCase()
  return {
    row: {
      block,
      txIndex,
      index,
      time,
      hash: lower(texts.hash),
      from: lower(texts.from),
      to: lower(to),
      asset: lower(texts.asset),
      value: value.amount,
    },
    fault: null,
  }
}

/** A transaction without receiver creates a contract whose address follows from sender and nonce. */
function receiverOfCreation(texts: SlowTexts): string | null {
  if (texts.nonce === null || !/^[0-9]{1,20}$/.test(texts.nonce)) return null
  return createdContract(texts.from!.toLowerCase(), BigInt(texts.nonce))
}

function amount(text: string | null, form: ValueForm) {
  if (text === null) return parseBaseUnits('')
  if (form === 'double') return parseDouble(Number(text))
  return form === 'dollars' ? parseDecimal(text, DOLLAR_DECIMALS) : parseBaseUnits(text)
}

function faultOfAddress(text: string | null): string | null {
  if (text === null || text === '') return 'missing'
  const found = addressFault(text)
  return found === null ? null : `${found}: ${shown(text)}`
}

function wholeNumber(text: string | null, largest: number): number | null {
  if (text === null || !/^[0-9]{1,10}$/.test(text)) return null
  return Number(text) <= largest ? Number(text) : null
}

function optionalNumber(text: string | null): number | null {
  return text === null || text === '' ? -1 : wholeNumber(text, LARGEST_INDEX)
}

function shown(text: string | null): string {
  if (text === null) return 'nothing'
  return JSON.stringify(text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text)
}

function fault(field: string, reason: string): RowCheck {
  return { row: null, fault: { field, reason } }
}
