import { randomBytes } from 'node:crypto'
import type { Tx } from '../database/tx.ts'
import type { RowWritten } from '../record/entry.ts'
import { ENDPOINT, tellRows, written } from '../record/rows.ts'
import type { Seal } from '../secrets/seal.ts'
import type { Random } from '../uuid.ts'
import { purposeOf } from './endpoints.ts'
import type { ClaimedMessage, Notice } from './message.ts'
import type { ClaimQuestion, OutboxStore, Settled } from './outbox.ts'

type Transact = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>

/** Failures in a row from which an endpoint is only probed. */
const FAILING = 3

/**
 * Puts a message into the outbox for every endpoint of the organisation that wants the event. In the transaction of what happened: either both are kept or neither. Under a caller, the caller must see the object.
 */
export async function enqueue(tx: Tx, { event, object }: Notice, organisation: string, now: Date): Promise<void> {
  await tx.query('select cordon.cordon_enqueue($1, $2, $3, $4)', [event, object, organisation, now.toISOString()])
}

/**
 * The outbox in the database.
 *
 * @param transact begins transactions that row-level security does not hold
 * @param seal that the endpoints' secrets were sealed with
 */
export function sqlOutbox(transact: Transact, seal: Seal, random: Random = randomBytes): OutboxStore {
  return {
    claim: (question) => transact((tx) => claim(tx, question, seal)),
    settle: (settled, now) => transact((tx) => settle(tx, settled, now, random)),
  }
}

type Row = Omit<ClaimedMessage, 'secrets'> & { readonly secret: string | null; readonly previous: string | null }

/**
 * Two statements, so that the second counts what other workers hold after their claims were committed. Endpoints are locked for as long as it takes, and another worker passes over them; new messages may come in
 * meanwhile (`no key`).
 */
async function claim(
  tx: Tx,
  { now, until, lease, limit, perEndpoint, failing }: ClaimQuestion,
  seal: Seal,
): Promise<readonly ClaimedMessage[]> {
  const endpoints = await tx.query<{ id: string }>(
    `select e.id from cordon.delivery_endpoint e
     where e.disabled_at is null and exists (
       select 1 from cordon.delivery d
       where d.endpoint = e.id and d.state = 'waiting' and d.due_at <= $1 and (d.leased_until is null or d.leased_until <= $1))
     for no key update of e skip locked`,
    [now.toISOString()],
  )
  if (endpoints.length === 0) return []
  const rows = await tx.query<Row>(
    `with open as (
       select e.id, e.failures >= $4 as failing,
         case when e.failures >= $4 then 1 else $5 end
           - (select count(*) from cordon.delivery h where h.endpoint = e.id and h.state = 'waiting' and h.leased_until > $2) as free
       from cordon.delivery_endpoint e where e.id in (select value::uuid from jsonb_array_elements_text($1::jsonb))
     ), due as (
       select d.id, d.due_at, open.failing from open cross join lateral (
         select w.id, w.due_at from cordon.delivery w
         where w.endpoint = open.id and w.state = 'waiting' and w.due_at <= $2 and (w.leased_until is null or w.leased_until <= $2)
         order by w.due_at, w.id limit greatest(open.free, 0) for update skip locked
       ) d
     ), ranked as (
       select id, due_at, failing, row_number() over (partition by failing order by due_at, id) as place from due
     ), taken as (
       select id, failing from ranked where not failing or place <= $6 order by failing, due_at, id limit $7
     )
     update cordon.delivery m set lease = $8, leased_until = $3, attempts = m.attempts + 1
     from taken, cordon.delivery_endpoint e
     where m.id = taken.id and e.id = m.endpoint
     returning m.id, m.event, m.object, m.enqueued_at as "enqueuedAt", m.attempts, m.refusals, m.lease, taken.failing,
       e.id as endpoint, e.organisation, e.person, e.channel, e.target, e.secret,
       case when e.previous_until > $2 then e.previous_secret end as previous`,
    [JSON.stringify(endpoints.map(({ id }) => id)), now.toISOString(), until.toISOString(), FAILING, perEndpoint, failing, limit, lease],
  )
  return rows.map(({ secret, previous, ...message }) => ({
    ...message,
    secrets: [secret, previous].flatMap((sealed) => opened(sealed, message.endpoint, seal)),
  }))
}

/** A secret that this node cannot read (another key, a changed row) holds up its own endpoint and no other: nothing can be signed with it, and the sender says so. */
function opened(sealed: string | null, endpoint: string, seal: Seal): readonly string[] {
  if (sealed === null) return []
  try {
    return [seal.open(sealed, purposeOf(endpoint))]
  } catch {
    return []
  }
}

/**
 * A worker whose lease has ended changes nothing, except that what was delivered is delivered, whoever did it. Endpoints are locked in the order of their ids, so that two workers never wait for each other.
 * What changes of an endpoint is told to the record, in its last statement.
 */
async function settle(tx: Tx, settled: readonly Settled[], now: Date, random: Random): Promise<void> {
  await tx.query(
    `update cordon.delivery m set state = s.state, due_at = coalesce(s.due, m.due_at), refusals = s.refusals, status = s.status, reason = s.reason,
       attempted_at = $2, ended_at = case when s.state = 'waiting' then null else $2::timestamptz end, lease = null, leased_until = null
     from jsonb_to_recordset($1::jsonb) as s(id uuid, lease uuid, state text, due timestamptz, refusals int, status int, reason text)
     where m.id = s.id and ((m.lease = s.lease and m.state = 'waiting') or (s.state = 'delivered' and m.state in ('waiting', 'dead')))`,
    [
      JSON.stringify(
        settled.map(({ message, state, due, refusals, status, reason }) => ({
          id: message.id,
          lease: message.lease,
          state,
          due,
          refusals,
          status,
          reason,
        })),
      ),
      now.toISOString(),
    ],
  )
  const endpoints = new Map<string, { id: string; delivered: boolean; failed: number; gone: string | null }>()
  for (const { message, state, disable, reason } of settled) {
    if (state === 'dropped') continue
    const sum = endpoints.get(message.endpoint) ?? { id: message.endpoint, delivered: false, failed: 0, gone: null }
    endpoints.set(message.endpoint, {
      id: sum.id,
      delivered: sum.delivered || state === 'delivered',
      failed: sum.failed + (state === 'delivered' ? 0 : 1),
      gone: disable ? reason : sum.gone,
    })
  }
  const sums = [...endpoints.values()]
  const counted = await tx.query<RowWritten>(
    `with s as (select * from jsonb_to_recordset($1::jsonb) as s(id uuid, delivered boolean, failed int, gone text)),
     locked as (
       select e.id as endpoint, s.delivered, s.failed from cordon.delivery_endpoint e join s on s.id = e.id
       where not s.delivered or e.failures > 0 or s.gone is not null order by e.id for no key update of e
     )
     update cordon.delivery_endpoint set failures = case when l.delivered then 0 else failures + l.failed end
     from locked l where id = l.endpoint returning ${written(ENDPOINT, ['failures'])}`,
    [JSON.stringify(sums)],
  )
  const gone = sums.filter((sum) => sum.gone !== null)
  const off =
    gone.length === 0
      ? []
      : await tx.query<RowWritten>(
          `update cordon.delivery_endpoint set disabled_at = $2, disabled_reason = s.gone
           from jsonb_to_recordset($1::jsonb) as s(endpoint uuid, gone text)
           where id = s.endpoint and disabled_at is null returning ${written(ENDPOINT, ['disabled_at', 'disabled_reason'])}`,
          [JSON.stringify(gone.map((sum) => ({ endpoint: sum.id, gone: sum.gone }))), now.toISOString()],
        )
  await tellRows(tx, [...counted, ...off], { now, random })
}
