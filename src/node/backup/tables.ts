import type { Tx } from '../database/tx.ts'

/** A column as it is kept in a backup: its name and PostgreSQL's name of its type. */
export type Column = { readonly name: string; readonly type: string }
export type Table = { readonly name: string; readonly columns: readonly Column[] }

/** Bytes of rows that are fetched at once, about. */
const PIECE_BYTES = 2 * 2 ** 20
/** Names are ours; a name that came with a backup is used only if the catalogue has it too. */
const QUOTED = (name: string) => `"${name.replaceAll('"', '""')}"`

/** Every table of the schema with the columns that hold data of their own, by name. Tables that later versions add are in it by themselves. */
export async function tablesOf(tx: Tx): Promise<readonly Table[]> {
  const rows = await tx.query<{ table: string; name: string; type: string }>(
    `select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'cordon'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     order by c.relname collate "C", a.attnum`,
  )
  const tables = new Map<string, Column[]>()
  for (const { table, name, type } of rows) {
    const columns = tables.get(table) ?? []
    columns.push({ name, type })
    tables.set(table, columns)
  }
  return [...tables].map(([name, columns]) => ({ name, columns }))
}

/**
 * The rows of a table as lines of JSON: an array with each column's value as the database writes it, or null.
 * Text is what every type of PostgreSQL can be written as and read back from without loss; numbers of JSON are not.
 */
export async function* rowsOf(tx: Tx, { name, columns }: Table): AsyncGenerator<{ readonly lines: string; readonly rows: number }> {
  await settle(tx)
  const values = columns.map((column) => `${QUOTED(column.name)}::text`).join(', ')
  await tx.query(`declare backup no scroll cursor for select jsonb_build_array(${values})::text as line from cordon.${QUOTED(name)}`)
  try {
    for (let wanted = 50; ; ) {
      const rows = await tx.query<{ line: string }>(`fetch ${wanted} from backup`)
      if (rows.length === 0) return
      const lines = `${rows.map(({ line }) => line).join('\n')}\n`
      yield { lines, rows: rows.length }
      wanted = Math.min(10_000, Math.max(1, Math.round((rows.length * PIECE_BYTES) / lines.length)))
    }
  } finally {
    await tx.query('close backup')
  }
}

/** Puts lines of `rowsOf` back. */
export async function putRows(tx: Tx, { name, columns }: Table, lines: readonly string[]): Promise<void> {
  await settle(tx)
  const names = columns.map((column) => QUOTED(column.name)).join(', ')
  const values = columns.map(({ type }, at) => `(row.value ->> ${at})::${type}`).join(', ')
  await tx.query(
    `insert into cordon.${QUOTED(name)} (${names}) overriding system value select ${values} from jsonb_array_elements($1::jsonb) with ordinality as row(value, n) order by row.n`,
    [`[${lines.join(',')}]`],
  )
}

/**
 * Empties the tables, runs `work`, which fills them, and puts back what watches over them meanwhile: references are checked all at once at the end, since rows come in no order that would satisfy them.
 */
export async function whileUnwatched(tx: Tx, tables: readonly Table[], work: () => Promise<void>): Promise<void> {
  const keys = await tx.query<{ table: string; name: string; definition: string }>(
    `select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
     from pg_constraint where contype = 'f' and connamespace = 'cordon'::regnamespace order by oid`,
  )
  for (const { table, name } of keys) await tx.query(`alter table ${table} drop constraint ${name}`)
  for (const { name } of tables) {
    await tx.query(`alter table cordon.${QUOTED(name)} disable trigger user`)
    await tx.query(`delete from cordon.${QUOTED(name)}`)
  }
  await work()
  for (const { name } of tables) await tx.query(`alter table cordon.${QUOTED(name)} enable trigger user`)
  for (const { table, name, definition } of keys) await tx.query(`alter table ${table} add constraint ${name} ${definition}`)
  await continueSequences(tx)
}

/** Numbers that the database gives go on after the highest that is there. */
async function continueSequences(tx: Tx): Promise<void> {
  const sequences = await tx.query<{ sequence: string; table: string; column: string }>(
    `select s.oid::regclass::text as sequence, d.refobjid::regclass::text as table, quote_ident(a.attname) as column
     from pg_class s join pg_depend d on d.objid = s.oid and d.classid = 'pg_class'::regclass and d.deptype in ('a', 'i')
     join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
     where s.relkind = 'S' and s.relnamespace = 'cordon'::regnamespace`,
  )
  for (const { sequence, table, column } of sequences)
    await tx.query(`select setval($1::regclass, greatest((select max(${column}) from ${table}), 1))`, [sequence])
}

/** How values are written and read, whatever the server's own settings are. */
async function settle(tx: Tx): Promise<void> {
  await tx.query(
    `select set_config('timezone', 'UTC', true), set_config('datestyle', 'ISO', true), set_config('intervalstyle', 'iso_8601', true),
            set_config('bytea_output', 'hex', true), set_config('extra_float_digits', '1', true)`,
  )
}
