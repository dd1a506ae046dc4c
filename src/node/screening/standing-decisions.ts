import { createHash } from 'node:crypto'
import { type DecisionRecord, type Suppression, type Suppressions, suppressionsOf } from '../../screen/index.ts'
import type { Ask } from '../ask.ts'
import type { StoredObject } from '../objects/object.ts'
import { COLUMNS, fromRow, type Row } from '../objects/rows.ts'
import { DECISION, type DecisionBody } from './decision.ts'

/** A decision of the caller's organisation on customers, with the number by which reasons name it in one answer. */
export type StandingDecision = { readonly record: number; readonly object: StoredObject<DecisionBody> }

/** The decisions of the caller's organisation on some customers, of those that he may read, in the order in which they were made. */
export async function decisionsOn(ask: Ask, customers: readonly string[]): Promise<readonly StandingDecision[]> {
  if (customers.length === 0) return []
  return numbered(ask, 'organisation = $2 and customer = any($4::text[])', [customers])
}

/** A suppressor as plain data, for the process of a job. */
export type PlainSuppressor = { readonly version: string; readonly suppressions: readonly Suppression[] }

/** What the decisions of the caller's organisation hold back for all customers, for screening a file; a name of that state goes with it, so that a batch is not gone on with under other decisions. Null where there are none. */
export async function suppressorOf(ask: Ask): Promise<PlainSuppressor | null> {
  const standing = await numbered(ask, 'organisation = $2', [])
  if (standing.length === 0) return null
  const hash = createHash('sha256')
  for (const { object } of standing) hash.update(object.hash)
  return { version: hash.digest('hex'), suppressions: [...suppressionsFrom(standing).values()].flat() }
}

/** Notes whom a decision is about, so that it is found when the customer is asked of again. */
export async function noteCustomer({ tx, caller }: Ask, customer: string, decision: string): Promise<void> {
  await tx.query('insert into decided_customer (organisation, customer, object) values ($1, $2, $3)', [
    caller.organisation,
    customer,
    decision,
  ])
}

async function numbered(ask: Ask, condition: string, values: readonly unknown[]): Promise<readonly StandingDecision[]> {
  const rows = await ask.tx.query<Row>(
    `select ${COLUMNS} from object where kind = $1 and organisation = $2 and clauses <@ $3::int[]
       and id in (select object from decided_customer where ${condition}) order by id`,
    [DECISION, ask.caller.organisation, ask.ring, ...values],
  )
  const objects = await Promise.all(rows.map((row) => fromRow<DecisionBody>(ask, row)))
  for (const { id, kind, version, hash } of objects) ask.touched.push({ id, kind, version, hash })
  return objects.map((object, i) => ({ record: i + 1, object }))
}

/**
 * What decisions hold back. They count in the order in which they were made, not seconded: a doubt that somebody had in between stays. A false positive that waits holds nothing back; anything else that waits, and what a second
 * person refused, is a doubt already.
 */
export function suppressionsFrom(decisions: readonly StandingDecision[]): Suppressions {
  return suppressionsOf(
    decisions.filter(({ object: { body } }) => body.state !== 'waiting' || body.decision !== 'false-positive').map(recordOf),
  )
}

/** A decision as the log of the command line would have it, as far as suppressions read it. */
function recordOf({ record, object: { body } }: StandingDecision): DecisionRecord {
  const { customer, data, entry, decision, reason, expires, by, at, state, second } = body
  const read = {
    record,
    time: at,
    customer,
    data,
    entry,
    decision: state === 'refused' ? 'undecided' : decision,
    reason,
    by,
    second: second?.agrees === true ? second.by : null,
    expires,
  } as const
  return read as unknown as DecisionRecord
}
