import { CordonError } from '../../chain/index.ts'
import { type DeskToken, MOST_ASKED, onlyOwn, roundAfter, type Spent, spend } from '../../share/index.ts'
import type { Ask } from '../ask.ts'
import type { Config } from '../config/index.ts'
import { notOwner } from '../objects/errors.ts'
import type { StoredObject } from '../objects/object.ts'
import type { RowWritten } from '../record/entry.ts'
import { HOLDING, HOLDING_BUDGET, takenAway, tellRows, written } from '../record/rows.ts'
import type { OwnAccounts } from './accounts.ts'

/** What was filed of an object. Which accounts is not kept: only the node's key could tell. */
export type Filed = {
  readonly object: string
  readonly kind: string
  readonly accounts: number
  readonly filedAt: string
  /** When what was filed last is compared with what others hold. */
  readonly round: string
}

/** How many accounts were taken, how many the object had filed before, and when they are compared. */
export type Filing = { readonly filed: number; readonly before: number; readonly round: string }

/**
 * Which accounts are filed: those that are named, or all the usual ones of the object.
 *
 * @param named in one spelling
 * @throws CordonError `blind/not-yours` for an account that the object does not have; `blind/no-accounts`, `blind/too-many`
 */
export function chosen(named: readonly string[] | null, { usual, all }: OwnAccounts): readonly string[] {
  if (named !== null) onlyOwn(named, all)
  const items = named ?? [...usual].sort()
  if (items.length === 0)
    throw new CordonError('blind/no-accounts', 'the object has no account that could be filed', {
      remedy: 'An account is a chain and a whole address of it.',
    })
  if (items.length > MOST_ASKED)
    throw new CordonError('blind/too-many', `the object has ${items.length} accounts; ${MOST_ASKED} are filed at once`, {
      place: { field: 'accounts' },
      remedy: 'Name those that matter most.',
    })
  return items
}

/**
 * Files tokens of an object of the caller's organisation that he has read. Accounts that the organisation holds already, as far as he can see, cost nothing.
 * The caller is given no token, so what he could learn is a notice; it is the filing that is counted.
 *
 * @throws CordonError `node/not-owner`, `blind/budget`
 */
export async function fileHoldings(
  ask: Ask,
  { deconflict }: Pick<Config, 'deconflict'>,
  object: StoredObject,
  tokens: readonly DeskToken[],
): Promise<Filing> {
  const { tx, caller, now } = ask
  if (object.organisation !== caller.organisation) throw notOwner()
  const time = now.toISOString()
  const held = await tx.query<{ token: string; object: string }>('select token, object from holding where token = any($1::text[])', [
    tokens,
  ])
  const known = new Set(held.map(({ token }) => token))
  const fresh = tokens.filter((token) => !known.has(token))
  const counted = fresh.length > 0 ? await count(ask, deconflict.accountsPerDay, fresh.length) : []
  const round = new Date(roundAfter(time, deconflict.roundMinutes)).toISOString()
  const filed = await tx.query<RowWritten>(
    `insert into holding (token, organisation, object, added_by, added_at, round)
     select token, $2, $3, $4, $5, $6 from unnest($1::text[]) token on conflict do nothing returning ${written(HOLDING)}`,
    [tokens, caller.organisation, object.id, caller.person, time, round],
  )
  await tellRows(tx, [...counted, ...filed], ask)
  ask.detail.filed = filed.length
  ask.detail.counted = fresh.length
  return { filed: filed.length, before: tokens.length - filed.length, round }
}

/** What of the caller's organisation is filed, of objects that he may read, the latest first. */
export async function listHoldings({ tx, ring, touched }: Ask): Promise<readonly Filed[]> {
  const rows = await tx.query<Filed & { version: number; hash: string }>(
    `select o.id as object, o.kind, count(*)::int as accounts, max(h.added_at) as "filedAt", max(h.round) as round, o.version, encode(o.hash, 'hex') as hash
     from holding h join object o on o.id = h.object where o.clauses <@ $1::int[]
     group by o.id order by max(h.added_at) desc, o.id limit 1000`,
    [ring],
  )
  return rows.map(({ version, hash, ...filed }) => {
    touched.push({ id: filed.object, kind: filed.kind, version, hash })
    return filed
  })
}

/** Takes back everything that was filed of an object that the caller has read; from then on nobody meets it. Gives how many accounts. Throws `node/not-owner`. */
export async function withdrawHoldings(ask: Ask, object: StoredObject): Promise<number> {
  if (object.organisation !== ask.caller.organisation) throw notOwner()
  const gone = await ask.tx.query<RowWritten>(`delete from holding where object = $1 returning ${takenAway(HOLDING)}`, [object.id])
  await tellRows(ask.tx, gone, ask)
  ask.detail.withdrawn = gone.length
  return gone.length
}

/** Rounds in which objects that the caller may read met another team's, the latest first. `before`: the round after which the page begins. */
export async function roundsMet(
  { tx, ring }: Ask,
  page: { readonly limit: number; readonly before: string | undefined },
): Promise<{ readonly rounds: readonly string[]; readonly more: boolean }> {
  const rows = await tx.query<{ round: string }>(
    `select distinct n.round from holding_notice n join object o on o.id = n.object
     where o.clauses <@ $1::int[] and ($2::timestamptz is null or n.round < $2::timestamptz) order by n.round desc limit $3`,
    [ring, page.before ?? null, page.limit + 1],
  )
  return { rounds: rows.slice(0, page.limit).map(({ round }) => round), more: rows.length > page.limit }
}

/** Counts accounts against the day's budget of the caller's organisation; two at once wait for each other. Gives what was written. */
async function count({ tx, caller, now }: Ask, perDay: number, accounts: number): Promise<readonly RowWritten[]> {
  const { organisation } = caller
  const today = now.toISOString().slice(0, 10)
  const [made] = await tx.query(
    'insert into holding_budget (organisation, day, accounts) values ($1, $2::date, $3) on conflict do nothing returning organisation',
    [organisation, today, accounts],
  )
  const [row] = await tx.query<Spent>(
    `select to_char(day, 'YYYY-MM-DD') as day, accounts from holding_budget where organisation = $1 for update`,
    [organisation],
  )
  const spent = spend({ perDay }, made === undefined ? (row as Spent) : null, accounts, now.toISOString())
  return await tx.query<RowWritten>(
    `update holding_budget set day = $2::date, accounts = $3 where organisation = $1 returning ${written(HOLDING_BUDGET)}`,
    [organisation, spent.day, spent.accounts],
  )
}
