import { VOUCHED, type VouchedTable } from '../../record/rows.ts'

/**
 * The record begins to vouch for organisations, endpoints of deliveries and what was filed for deconfliction (docs/decisions/0066). What is there already is told once, as it is, in entries `row.baseline`; from here on nothing is taken as it is found.
 * An entry is canonical JSON, as all others are: names in their order, no blanks.
 */
export const ROWS = `
select cordon_append(entries) from (
  select array_agg(entry order by part) as entries from (
    select part, '{"action":"row.baseline","actor":null,"detail":{},"door":"node","nonce":"' || gen_random_uuid()
      || '","objects":[],"outcome":"done","rows":[' || string_agg(told, ',' order by told) || '],"time":"'
      || to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '","v":1}' as entry
    from (
      select told, (row_number() over (order by told) - 1) / 500 as part from (
        ${VOUCHED.map(toldRows).join('\n        union all\n        ')}
      ) as each_row
    ) as numbered group by part
  ) as each_part
) as everything where entries is not null;
`

function toldRows({ name, key, columns }: VouchedTable): string {
  const wrote = Object.entries(columns)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([column, value]) => `'"${column}":' || coalesce(to_json(${value})::text, 'null')`)
    .join(` || ',' || `)
  return `select '{"key":' || to_json(${key})::text || ',"table":"${name}","wrote":{' || ${wrote === '' ? `''` : wrote} || '}}' as told from cordon.${name}`
}
