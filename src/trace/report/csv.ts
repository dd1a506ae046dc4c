import type { TraceDocument } from '../document.ts'
import { decimalOf, unitsOf } from './amounts.ts'
import { visibleLabel, visibleText } from './text.ts'

const COLUMNS = [
  'time',
  'block',
  'transaction',
  'from',
  'from_entity',
  'to',
  'to_entity',
  'asset',
  'symbol',
  'stolen_base_units',
  'stolen',
  'unknown_base_units',
  'value_base_units',
  'value',
  'depth',
] as const

/**
 * The flows of a trace as CSV (RFC 4180: CRLF, quotes doubled), in chain order. Amounts stand in base units and, where decimals
 * are known, exactly in display units. Text from tags is made visible and cannot become a spreadsheet formula: a field that would
 * begin one is preceded by an apostrophe (OWASP, CSV injection). On a chain of outputs two more columns say who holds them.
 */
export function flowsCsv(document: TraceDocument): string {
  const unitOf = unitsOf(document)
  const entityOf = entityNames(document)
  const holderOf = holders(document)
  const lines = [(holderOf === null ? COLUMNS : [...COLUMNS, 'from_address', 'to_address']).join(',')]
  for (const flow of document.flows) {
    const unit = unitOf(flow.asset)
    const fields = [
      flow.time ?? '',
      flow.block.toString(),
      flow.transaction,
      flow.from,
      entityOf(flow.from),
      flow.to,
      entityOf(flow.to),
      flow.asset,
      unit.name,
      flow.amount,
      decimalOf(BigInt(flow.amount), unit.decimals) ?? '',
      flow.unknown,
      flow.value,
      decimalOf(BigInt(flow.value), unit.decimals) ?? '',
      flow.depth.toString(),
      ...(holderOf === null ? [] : [holderOf(flow.from), holderOf(flow.to)]),
    ]
    lines.push(fields.map(csvField).join(','))
  }
  return `${lines.join('\r\n')}\r\n`
}

/** Address that holds an output, empty where it is not known; null on a chain of accounts. */
export function holders({ bitcoin }: TraceDocument): ((account: string) => string) | null {
  if (bitcoin === undefined) return null
  const byAccount = new Map(bitcoin.outputs.map(({ account, address }) => [account, address]))
  return (account) => byAccount.get(account) ?? ''
}

/** One field, quoted where needed, never a formula. */
export function csvField(text: string): string {
  // The full-width forms count too: some spreadsheets fold them.
  const safe = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n]/.test(text) ? `'${text}` : text
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Name of the entity behind an account, made harmless; empty where there is none. */
export function entityNames(document: TraceDocument): (account: string) => string {
  const labels = new Map(document.entities.map((entity) => [entity.id, visibleLabel(entity.label)]))
  const byAccount = new Map<string, string>()
  for (const { account, entity } of document.accounts)
    if (entity !== null) byAccount.set(account, labels.get(entity) ?? visibleText(entity))
  for (const { account, entity } of document.endpoints)
    if (entity !== null) byAccount.set(account, labels.get(entity) ?? visibleText(entity))
  return (account) => byAccount.get(account) ?? ''
}
