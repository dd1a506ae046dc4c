import type { Tx } from '../database/tx.ts'
import type { Random } from '../uuid.ts'
import { append } from './append.ts'
import { entryText, type RowWritten } from './entry.ts'

/** A table whose rows the record vouches for. */
export type VouchedTable = {
  readonly name: string
  /** SQL of a row's name. */
  readonly key: string
  /** Every column that the key does not hold, with the SQL of what the record says of it. */
  readonly columns: Readonly<Record<string, string>>
}

/** Rows that one entry tells of. */
const TOGETHER = 500

/** By its nation and code an organisation is shown what is released to it. */
export const ORGANISATION: VouchedTable = { name: 'organisation', key: 'code', columns: plain('name', 'nation', 'kind') }

/** Where alerts go, and in whose eyes. Of the target and the sealed secrets the record has hashes. */
export const ENDPOINT: VouchedTable = {
  name: 'delivery_endpoint',
  key: 'id::text',
  columns: {
    ...plain('organisation', 'person', 'channel', 'events', 'failures', 'disabled_reason'),
    ...times('previous_until', 'created_at', 'disabled_at', 'removed_at'),
    ...Object.fromEntries(
      ['target', 'secret', 'previous_secret'].map((column) => [column, hash(`'delivery_endpoint'`, 'id', `'${column}'`, column)]),
    ),
  },
}

/** Who has filed what. The token is hashed together with the rest of the key: an auditor does not learn from two hashes that two teams hold the same. */
export const HOLDING: VouchedTable = {
  name: 'holding',
  key: `organisation || '/' || object || '/' || ${hash('organisation', 'object', 'token')}`,
  columns: { ...plain('added_by', 'compared'), ...times('added_at', 'round') },
}

/** Which objects met something, in which round. */
export const HOLDING_NOTICE: VouchedTable = {
  name: 'holding_notice',
  key: `organisation || '/' || ${time('round')} || '/' || object`,
  columns: {},
}

/** What each organisation has filed on its last day. */
export const HOLDING_BUDGET: VouchedTable = { name: 'holding_budget', key: 'organisation', columns: plain('day', 'accounts') }

export const VOUCHED: readonly VouchedTable[] = [ORGANISATION, ENDPOINT, HOLDING, HOLDING_NOTICE, HOLDING_BUDGET]

/** What a statement that makes or changes rows gives back (after `returning` or `select`) so that it can be told: of a change, the columns that it set and no others, so that nothing that somebody else has put into the row passes for told. */
export function written({ name, key, columns }: VouchedTable, which: readonly string[] = Object.keys(columns)): string {
  const values = which.map((column) => `'${column}', ${columns[column]}`).join(', ')
  return `'${name}' as "table", ${key} as key, jsonb_build_object(${values}) as wrote`
}

/** What a `delete` gives back so that it can be told. */
export function takenAway({ name, key }: VouchedTable): string {
  return `'${name}' as "table", ${key} as key, null as wrote`
}

/**
 * Tells the record what was written to rows, in the transaction that wrote it: in entries of their own, which name nothing else, right before the entry of the act itself. It locks the end of the record until the commit, so it comes after whatever could wait for a lock.
 */
export async function tellRows(
  tx: Tx,
  rows: readonly RowWritten[],
  { now, random }: { readonly now: Date; readonly random: Random },
): Promise<void> {
  const entries: string[] = []
  for (let at = 0; at < rows.length; at += TOGETHER)
    entries.push(
      entryText(
        { door: 'node', action: 'row.written', outcome: 'done', objects: [], rows: rows.slice(at, at + TOGETHER), detail: {} },
        null,
        now,
        random,
      ),
    )
  if (entries.length > 0) await append(tx, entries)
}

function plain(...columns: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(columns.map((column) => [column, column]))
}

function times(...columns: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(columns.map((column) => [column, time(column)]))
}

/** UTC, to the microsecond, and `infinity` as such, whatever the server's settings are. */
function time(column: string): string {
  return `(to_jsonb(${column} at time zone 'UTC') #>> '{}') || 'Z'`
}

/** Hex SHA-256 of the parts, one a line; null where one of them is. */
function hash(...parts: readonly string[]): string {
  return `encode(sha256(convert_to(${parts.join(' || chr(10) || ')}, 'UTF8')), 'hex')`
}
