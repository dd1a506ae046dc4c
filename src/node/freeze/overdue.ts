import { type DeadlineId, type ExchangeDirectory, freezeClock } from '../../cases/index.ts'
import type { Tx } from '../database/tx.ts'
import type { NodeParts } from '../parts.ts'
import { append } from '../record/append.ts'
import { entryText } from '../record/entry.ts'
import { directories } from './directory.ts'
import { type KeptFreeze, REQUEST } from './kept.ts'

/** A deadline of a request that has passed while somebody should have acted. */
export type OverdueFreeze = {
  /** The request as it is now. */
  readonly request: string
  readonly version: number
  /** Hex SHA-256 of that version. */
  readonly hash: string
  readonly organisation: string
  /** Id in the directory of exchanges. */
  readonly exchange: string
  readonly deadline: DeadlineId
  /** The point that it belongs to; null for the whole request. */
  readonly point: string | null
  /** When it passed, ISO 8601 UTC. */
  readonly at: string
}

/** What hears of deadlines that have newly passed, in the transaction in which they are noted. */
export type TellOverdue = (tx: Tx, found: readonly OverdueFreeze[]) => Promise<void>

/**
 * Every deadline that is overdue, of every request that the transaction may read: of all in one of the node itself, of what the caller may see in a caller's. In the order of the requests, then of the times.
 * (request, deadline, point, at) names one for ever: a hold that is extended has another time.
 *
 * @param shipped the directory of the node, over which each organisation's own entries are laid
 */
export async function overdueFreezes(tx: Tx, now: Date, shipped: ExchangeDirectory): Promise<readonly OverdueFreeze[]> {
  const rows = await tx.query<{ id: string; version: number; organisation: string; body: KeptFreeze; hash: string }>(
    `select id, version, organisation, body, encode(hash, 'hex') as hash from object
     where kind = '${REQUEST}' and body ->> 'state' in ('draft', 'authorised', 'sent', 'received', 'held', 'frozen') order by id`,
  )
  const directoryOf = await directories(tx, shipped)
  return rows.flatMap(({ id, version, organisation, body, hash }) => {
    const entry = directoryOf(organisation).exchange(body.request.exchange)
    const { overdue } = freezeClock({ ...body, id }, entry, now.toISOString())
    return overdue.map(({ id: deadline, point, at }) => ({
      request: id,
      version,
      hash,
      organisation,
      exchange: body.request.exchange,
      deadline,
      point,
      at,
    }))
  })
}

/**
 * Notes deadlines that have passed since the last look, each once: in the record, as an event for whoever may read the request, and to `tell`. Gives what is new.
 */
export async function sweepFreezes(
  { database, exchanges, clock, random, doorbell }: Pick<NodeParts, 'database' | 'exchanges' | 'clock' | 'random' | 'doorbell'>,
  tell: TellOverdue = async () => {},
): Promise<readonly OverdueFreeze[]> {
  const now = clock()
  const fresh = await database.system(async (tx) => {
    // One sweep at a time, also between processes.
    await tx.query('select pg_advisory_xact_lock(7305011)')
    const overdue = await overdueFreezes(tx, now, exchanges)
    const rows = await tx.query<{ n: number }>(
      `with given as (select * from unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[]) with ordinality as g (request, deadline, point, at, n)),
            noted as (insert into freeze_overdue (request, deadline, point, at, noted_at)
                      select request, deadline, point, at, $5 from given on conflict do nothing returning request, deadline, point, at)
       select n::int from given join noted using (request, deadline, point, at) order by n`,
      [...keysOf(overdue), now.toISOString()],
    )
    const found = rows.map(({ n }) => overdue[n - 1] as OverdueFreeze)
    if (found.length === 0) return found
    await tell(tx, found)
    const first = await append(
      tx,
      found.map(({ request: id, version, hash, deadline, point, at }) =>
        entryText(
          {
            door: 'node',
            action: 'request.overdue',
            outcome: 'done',
            objects: [{ id, kind: REQUEST, version, hash }],
            detail: { deadline, point, at },
          },
          null,
          now,
          random,
        ),
      ),
    )
    // The place of its entry makes it an event; of the version that was missed, which whoever joins later may not read.
    await tx.query(
      `update freeze_overdue as noted set seq = $1::bigint + n - 1, version = given.version
       from unnest($2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::int[]) with ordinality as given (request, deadline, point, at, version, n)
       where (noted.request, noted.deadline, noted.point, noted.at) = (given.request, given.deadline, given.point, given.at)`,
      [first, ...keysOf(found), found.map(({ version }) => version)],
    )
    return found
  })
  if (fresh.length > 0) doorbell.ring()
  return fresh
}

/** What names each of them for ever, column by column. */
function keysOf(overdue: readonly OverdueFreeze[]): readonly (readonly string[])[] {
  return [
    overdue.map(({ request }) => request),
    overdue.map(({ deadline }) => deadline),
    overdue.map(({ point }) => point ?? ''),
    overdue.map(({ at }) => at),
  ]
}
