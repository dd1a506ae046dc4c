import { type Columns, firstOf, has, isFloat, type Time, type ValueForm } from './format.ts'

/** A column's name in SQL. */
export function column(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** A text in SQL. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** Bytes or text of a column as 0x-text. Empty text is no value. */
export function hexText(columns: Columns, name: string): string {
  const sql = column(name)
  const type = columns.types.get(name)
  if (type === 'BLOB') return `('0x' || lower(hex(${sql})))`
  return type === 'VARCHAR' ? `nullif(${sql}, '')` : `CAST(${sql} AS VARCHAR)`
}

export function optional(columns: Columns, ...names: readonly string[]): string | undefined {
  const name = firstOf(columns, ...names)
  return name === undefined ? undefined : column(name)
}

/** A time column in whatever way it is kept: seconds, a timestamp, or a date and time as text (UTC where it does not say). */
export function timeColumn(columns: Columns, ...names: readonly string[]): Time | undefined {
  const name = firstOf(columns, ...names)
  return name === undefined ? undefined : timeOf(column(name), columns.types.get(name)!)
}

export function timeOf(sql: string, type: string): Time {
  const text = `CAST(${sql} AS VARCHAR)`
  if (/^TIMESTAMP|^DATE/.test(type)) return { seconds: `CAST(floor(epoch(${sql})) AS BIGINT)`, text }
  if (type !== 'VARCHAR') return { seconds: `TRY_CAST(${sql} AS BIGINT)`, text }
  const dated = `CAST(floor(epoch(TRY_CAST(${sql} AS TIMESTAMP))) AS BIGINT)`
  return { seconds: `CASE WHEN regexp_full_match(${sql}, '[0-9]{1,11}') THEN TRY_CAST(${sql} AS BIGINT) ELSE ${dated} END`, text }
}

/** An amount column that may be kept as text, as integer, as decimal with a scale, or as floating point. */
export function amountColumn(columns: Columns, name: string): { readonly sql: string; readonly form: ValueForm } {
  const sql = column(name)
  const type = columns.types.get(name)!
  if (isFloat(columns, name)) return { sql, form: 'double' }
  if (type.startsWith('DECIMAL')) return { sql: `regexp_replace(CAST(${sql} AS VARCHAR), '\\.0+$', '')`, form: 'decimal' }
  return { sql: type === 'VARCHAR' ? sql : `CAST(${sql} AS VARCHAR)`, form: 'decimal' }
}

/** Zero in any way of writing it is false; what is no number is true, so that it is refused by name. */
export function notZero(value: { readonly sql: string }): string {
  return `NOT regexp_full_match(coalesce(CAST(${value.sql} AS VARCHAR), ''), '(0x)?0+(\\.0*)?')`
}

/** Topics of a log as one text of 0x-words, however the file keeps them: a list, or a text with separators. */
export function topicsText(columns: Columns, name: string): string {
  const type = columns.types.get(name)!
  if (type === 'BLOB[]')
    return `list_aggregate(list_transform(${column(name)}, lambda topic: '0x' || lower(hex(topic))), 'string_agg', ',')`
  return type.endsWith('[]') ? `array_to_string(${column(name)}, ',')` : column(name)
}

/** The text of a list-like position in the call tree as `0_2_1`: `0,2,1`, `[0, 2, 1]`, `0_2_1` and lists of integers. */
export function pathText(columns: Columns, name: string): string {
  const sql = columns.types.get(name)!.endsWith('[]') ? `array_to_string(${column(name)}, '_')` : column(name)
  return `regexp_replace(regexp_replace(coalesce(${sql}, ''), '[^0-9]+', '_', 'g'), '^_|_$', '', 'g')`
}

/** A condition that is false, never NULL, where its column is missing. */
export function whereHas(columns: Columns, name: string, condition: (sql: string) => string): string {
  return has(columns, name) ? `coalesce(${condition(column(name))}, false)` : 'false'
}

/**
 * A 32-byte name for what moves value without a transaction, so that it still has an identity: readable ASCII, padded to 24 bytes,
 * then the number (of a block, of an edge) in 8 bytes. No hash of a real transaction begins so.
 */
export function syntheticHash(what: string, number: string): string {
  const prefix = Buffer.from(what, 'ascii').toString('hex').padEnd(48, '0')
  return `('0x${prefix}' || printf('%016x', CAST(${number} AS BIGINT)))`
}
