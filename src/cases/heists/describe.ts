import type { Account, Basis, Sums } from './account.ts'
import { OUTCOME_STATES, type Register } from './heist.ts'
import type { RecordYear } from './record-year.ts'
import { formatUsd } from './usd.ts'

const COLUMNS = ['stolen', ...OUTCOME_STATES] as const
const HEADINGS = ['stolen', 'laundered', 'in mixers', 'frozen', 'recovered', 'held at last claim']

/** An account in plain English: what it adds up, a line a year, and what it leaves out and why. */
export function describeAccount(account: Account): string {
  const rows = account.years.map(({ year, heists, sums }) => [year, String(heists), ...cells(sums)])
  const total = ['all', String(account.total.heists), ...cells(account.total.sums)]
  const without = account.years.flatMap(({ withoutFigure }) => withoutFigure)
  return [
    `Thefts attributed to the DPRK: ${basisText(account.basis)}.`,
    `Register of heists, SHA-256 ${account.digest}.`,
    '',
    ...table([['year', 'thefts', ...HEADINGS], ...rows, total]),
    '',
    'A dash means that no claim is known, not that it was nothing. What was laundered, frozen or recovered is in dollars of that day, and may exceed what it was worth when stolen.',
    ...list(
      'Counted without a figure',
      without.map((id) => id),
    ),
    ...leftOutLines(account),
    ...list(
      'Contested, and counted here',
      account.contested.filter(({ id }) => !account.leftOut.some((out) => out.id === id)).map(({ id, reason }) => `${id} (${reason})`),
    ),
    '',
  ].join('\n')
}

/** Record years by source, a line each. */
export function describeRecordYears(records: readonly RecordYear[]): string {
  return records
    .map(
      ({ by, year, cents, saysSo, years }) =>
        `${by}: ${year}, ${formatUsd(cents)} (of ${years} ${years === 1 ? 'year' : 'years'} with a figure${saysSo ? '; calls it a record itself' : ''})`,
    )
    .join('\n')
}

/** What publishers found still in the hands of the DPRK, a line each. It belongs to no theft and to no year of the account. */
export function describeHoldings(register: Register): string {
  return register.holdings
    .map(
      ({ by, when, cents, qualifier, note }) => `${by}, ${when.text}: ${qualifier} ${formatUsd(cents)}${note === null ? '' : `. ${note}`}`,
    )
    .join('\n')
}

/** An account as plain JSON: cents as decimal strings. */
export function accountJson(account: Account): unknown {
  return JSON.parse(JSON.stringify(account, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)))
}

function basisText(basis: Basis): string {
  if (basis.kind === 'publisher') return `what ${basis.by} says; where it says several, the highest`
  return basis.kind === 'lowest'
    ? 'the lowest claim of each; contested thefts left out'
    : 'the highest claim of each; contested thefts counted'
}

function leftOutLines({ basis, leftOut }: Account): string[] {
  if (basis.kind === 'publisher' && leftOut.length > 0)
    return [`Left out: ${leftOut.length} ${leftOut.length === 1 ? 'theft' : 'thefts'} that ${basis.by} gives no figure for.`]
  return list(
    'Left out',
    leftOut.map(({ id, reason }) => `${id} (${reason})`),
  )
}

function cells(sums: Sums): string[] {
  return COLUMNS.map((column) => (sums[column] === 0n ? '-' : formatUsd(sums[column])))
}

function list(title: string, entries: readonly string[]): string[] {
  return entries.length === 0 ? [] : [`${title} (${entries.length}): ${entries.join('; ')}.`]
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] as readonly string[]).map((_, i) => Math.max(...rows.map((row) => (row[i] as string).length)))
  return rows.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] as number) : cell.padStart(widths[i] as number))).join('  '),
  )
}
