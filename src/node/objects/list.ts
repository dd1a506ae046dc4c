import type { Ask } from '../ask.ts'
import type { StoredObject } from './object.ts'
import { COLUMNS, fromRow, type Row } from './rows.ts'
import { addWords } from './words.ts'

/** Which objects are wanted. */
export type ObjectFilter = {
  readonly kind?: string
  /** Words that must all occur in its texts. */
  readonly words?: string
  readonly organisation?: string
  /** Conditions on the body: the paths are ours, the values the caller's. */
  readonly body?: readonly BodyCondition[]
}

/** `path` is a constant of a route, never a caller's text. */
export type BodyCondition = { readonly path: readonly string[]; readonly equals: string }

/** A page of objects, newest first. `before` is the last id of the page before. One more than `limit` is read to know whether there are more. */
export async function listObjects<Body>(
  ask: Ask,
  filter: ObjectFilter,
  page: { readonly limit: number; readonly before?: string | undefined },
): Promise<{ readonly objects: StoredObject<Body>[]; readonly more: boolean }> {
  return await wantedPage(ask, conditions(ask, filter), page)
}

/** Which rows of `object` are wanted, of those that the caller may read: conditions that must all hold, and the values of their places. */
export type Wanted = { readonly where: readonly string[]; readonly values: readonly unknown[] }

/** A page of the wanted objects, newest first. */
export async function wantedPage<Body>(
  ask: Ask,
  wanted: Wanted,
  { limit, before }: { readonly limit: number; readonly before?: string | undefined },
): Promise<{ readonly objects: StoredObject<Body>[]; readonly more: boolean }> {
  const [where, values] = [[...wanted.where], [...wanted.values]]
  if (before !== undefined) where.push(`id < $${values.push(before)}`)
  const most = `$${values.push(limit + 1)}`
  const rows = await ask.tx.query<Row>(`select ${COLUMNS} from object where ${where.join(' and ')} order by id desc limit ${most}`, values)
  const objects = await Promise.all(rows.slice(0, limit).map((row) => fromRow<Body>(ask, row)))
  for (const { id, kind, version, hash } of objects) ask.touched.push({ id, kind, version, hash })
  return { objects, more: rows.length > limit }
}

/** How many of the wanted objects the caller may read, by kind. */
export async function countObjects(ask: Ask, filter: ObjectFilter): Promise<Readonly<Record<string, number>>> {
  const { where, values } = conditions(ask, filter)
  const rows = await ask.tx.query<{ kind: string; n: number }>(
    `select kind, count(*)::int as n from object where ${where.join(' and ')} group by kind order by kind`,
    values,
  )
  return Object.fromEntries(rows.map(({ kind, n }) => [kind, n]))
}

function conditions(ask: Ask, { kind, words, organisation, body }: ObjectFilter): Wanted {
  const values: unknown[] = [ringBytes(ask.ring)]
  const where = [WITHIN]
  const add = (condition: (place: string) => string, value: unknown) => {
    values.push(value)
    where.push(condition(`$${values.length}`))
  }
  if (kind !== undefined) add((place) => `kind = ${place}`, kind)
  if (organisation !== undefined) add((place) => `organisation = ${place}`, organisation)
  if (words !== undefined) addWords(words, add)
  for (const { path, equals } of body ?? []) {
    values.push(path)
    const at = `$${values.length}::text[]`
    add((place) => `body #>> ${at} = ${place}`, equals)
  }
  return { where, values }
}

/** `clauses <@ ring` over many rows: one look into the bytes for each clause, where the operator would go through the whole ring for each row. `$1` is the ring as {@link ringBytes}. */
export const WITHIN = `case cardinality(clauses)
  when 1 then substr($1::bytea, clauses[1], 1) = '\\x01'
  else not exists (select from unnest(clauses) as clause_id where substr($1::bytea, clause_id, 1) is distinct from '\\x01')
end`

/** A ring as bytes: the n-th is 1 where the n-th label is in it. */
export function ringBytes(ring: readonly number[]): Buffer {
  const bytes = Buffer.alloc(ring.reduce((most, id) => Math.max(most, id), 0))
  for (const id of ring) bytes[id - 1] = 1
  return bytes
}
