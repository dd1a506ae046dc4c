import { KIND } from '../batch.ts'
import type { Columns, Role, ValueForm } from '../formats/format.ts'
import type { Source } from './source.ts'

/**
 * SQL that turns a format's reading into fixed-width columns, so that JavaScript copies memory and never touches a value.
 *
 * A row takes this fast lane when its texts are canonical: lower-case addresses, digits only, value below 2^128. Any other row also carries its
 * texts (`slow`), and `check-row.ts` decides over it: a checksummed address or a wide value is taken in, the rest is refused with a reason.
 * Casting hexadecimal to UUID is DuckDB's fastest strict way to 16 bytes; its sign bit comes out flipped and `decode.ts` turns it back.
 */

/** Order of the texts in `slow`. */
export const SLOW = ['block', 'txIndex', 'index', 'time', 'hash', 'from', 'to', 'asset', 'value', 'form', 'line', 'nonce', 'moves'] as const
export type SlowField = (typeof SLOW)[number]

/** Assets that are no contracts, as 20 bytes that no contract has. */
export const NATIVE_MARK = `0x${'f'.repeat(40)}`
export const USD_MARK = `0x${'f'.repeat(39)}e`

export function kindOf(role: Role): number {
  if (role === 'transaction') return KIND.native
  if (role === 'trace' || role === 'native' || role === 'internal') return KIND.trace
  return role === 'flow' ? KIND.flow : KIND.token
}

/** SELECT of the encoded columns. `relation` must offer the file's columns and `line_number`. */
export function encodeSelect(source: Source, relation: string, line: string, extra: readonly string[] = []): string {
  const { reading, columns } = source
  const { role } = source.table
  const asset = reading.asset === 'native' ? `'${NATIVE_MARK}'` : reading.asset === 'usd' ? `'${USD_MARK}'` : reading.asset!.token
  const constantAsset = typeof reading.asset === 'string'
  const value = reading.value!
  const inner = [
    `${reading.block} AS x_block`,
    `${reading.txIndex ?? 'NULL'} AS x_txi`,
    `${reading.index ?? 'NULL'} AS x_idx`,
    `${reading.time?.seconds ?? 'NULL::BIGINT'} AS x_time`,
    `${reading.time?.text ?? 'NULL::VARCHAR'} AS x_time_text`,
    `${reading.hash} AS x_hash`,
    `${reading.from} AS x_from`,
    `${reading.to} AS x_to`,
    `${asset} AS x_asset`,
    `${value.sql} AS x_value`,
    `${line} AS x_line`,
    `${reading.nonce ?? 'NULL'} AS x_nonce`,
    `${reading.moves === undefined ? 'true' : `(${reading.moves})`} AS x_moves`,
    ...extra,
  ]
  const ok = [
    isInteger(columns, reading.block) ? null : "regexp_full_match(CAST(x_block AS VARCHAR), '[0-9]{1,10}')",
    'TRY_CAST(x_block AS UINTEGER) IS NOT NULL',
    reading.txIndex === undefined ? null : optionalIndex('x_txi', isInteger(columns, reading.txIndex)),
    reading.index === undefined ? null : optionalIndex('x_idx', isInteger(columns, reading.index)),
    reading.time === undefined ? null : "(x_time >= 0 OR coalesce(x_time_text, '') = '')",
    'strlen(x_hash) = 66',
    "starts_with(x_hash, '0x')",
    'x_h1 IS NOT NULL',
    'x_h2 IS NOT NULL',
    canonical('x_from'),
    canonical('x_to'),
    constantAsset ? null : canonical('x_asset'),
    'f IS NOT NULL AND t IS NOT NULL AND a IS NOT NULL AND tails IS NOT NULL',
    valueOk(value.form),
    reading.moves === undefined ? null : 'x_moves',
  ].filter((condition) => condition !== null)
  const slow = SLOW.map((field) => `CAST(${slowColumn(field, value.form)} AS VARCHAR)`).join(', ')
  const extras = extra.map((sql) => sql.slice(sql.lastIndexOf(' AS ') + 4))
  return `SELECT coalesce(TRY_CAST(x_block AS UINTEGER), 0::UINTEGER) AS block, TRY_CAST(x_txi AS INTEGER) AS txi, TRY_CAST(x_idx AS INTEGER) AS idx,
    ${kindOf(role)}::UTINYINT AS kind, x_time AS time, x_h1 AS h1, x_h2 AS h2,
    f, t, a, tails,
    ${valueSql(value.form)} AS value,
    CASE WHEN coalesce(${ok.join(' AND ')}, false) THEN NULL ELSE [${slow}] END AS slow,
    ${source.number}::UINTEGER AS file, CAST(x_line AS BIGINT) AS line${extras.map((name) => `, ${name}`).join('')}
  FROM (SELECT *, TRY_CAST(substr(x_hash, 3, 32) AS UUID) AS x_h1, TRY_CAST(substr(x_hash, 35, 32) AS UUID) AS x_h2,
      TRY_CAST(substr(x_from, 3, 32) AS UUID) AS f, TRY_CAST(substr(x_to, 3, 32) AS UUID) AS t, TRY_CAST(substr(x_asset, 3, 32) AS UUID) AS a,
      TRY_CAST(substr(x_from, 35, 8) || substr(x_to, 35, 8) || substr(x_asset, 35, 8) || '00000000' AS UUID) AS tails
    FROM (SELECT ${inner.join(', ')} FROM ${relation}${reading.moves === undefined ? '' : ` WHERE coalesce(${reading.moves}, true)`}))`
}

/** An address in lower case, as far as its digits are not checked by the casts anyway: a third of the cost of a regular expression. */
function canonical(name: string): string {
  return `strlen(${name}) = 42 AND starts_with(${name}, '0x') AND lower(${name}) = ${name}`
}

/** An index is absent or a whole number of 31 bits. */
function optionalIndex(name: string, integer: boolean): string {
  if (integer) return `(${name} IS NULL OR ${name} BETWEEN 0 AND 2147483647)`
  const text = `CAST(${name} AS VARCHAR)`
  return `(coalesce(${text}, '') = '' OR (regexp_full_match(${text}, '[0-9]{1,10}') AND TRY_CAST(${name} AS INTEGER) IS NOT NULL))`
}

/** Whether SQL is a plain column of whole numbers; of a text DuckDB would round 1.5 and read 1e3, so that its shape is checked too. */
export function isInteger(columns: Columns, sql: string): boolean {
  const name = /^"(.*)"$/.exec(sql)?.[1]
  return name !== undefined && /^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/.test(columns.types.get(name) ?? '')
}

function valueOk(form: ValueForm): string {
  if (form === 'decimal') return "regexp_full_match(x_value, '[0-9]+') AND TRY_CAST(x_value AS UHUGEINT) IS NOT NULL"
  if (form === 'hex')
    return "regexp_full_match(x_value, '0x[0-9a-fA-F]{1,64}') AND starts_with(lpad(substr(x_value, 3), 64, '0'), repeat('0', 32))"
  if (form === 'double') return 'x_value = trunc(x_value) AND TRY_CAST(x_value AS UHUGEINT) IS NOT NULL'
  return 'false'
}

function valueSql(form: ValueForm): string {
  if (form === 'decimal' || form === 'double') return 'TRY_CAST(x_value AS UHUGEINT)'
  if (form === 'dollars') return 'NULL::UHUGEINT'
  const half = (from: number) => `CAST(TRY_CAST('0x' || substr(lpad(substr(x_value, 3), 64, '0'), ${from}, 16) AS UBIGINT) AS UHUGEINT)`
  return `(${half(33)} << 64) | ${half(49)}`
}

function slowColumn(field: SlowField, form: ValueForm): string {
  if (field === 'form') return `'${form}'`
  if (field === 'time') return 'CASE WHEN x_time IS NULL THEN x_time_text ELSE CAST(x_time AS VARCHAR) END'
  if (field === 'txIndex') return 'x_txi'
  if (field === 'index') return 'x_idx'
  return `x_${field}`
}
