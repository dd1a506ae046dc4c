import type { Tx } from '../database/tx.ts'

/** A message that was given up. */
export type DeadLetter = {
  readonly id: string
  readonly endpoint: string
  readonly event: string
  readonly object: string
  readonly enqueuedAt: string
  readonly endedAt: string
  readonly attempts: number
  readonly status: number | null
  readonly reason: string
}

/** Dead letters that the transaction may see, by id, after a given one. */
export async function deadLetters(tx: Tx, endpoint: string, after: string | null, limit: number): Promise<readonly DeadLetter[]> {
  return await tx.query<DeadLetter>(
    `select id, endpoint, event, object, enqueued_at as "enqueuedAt", ended_at as "endedAt", attempts, status, reason from cordon.delivery
     where endpoint = $1 and state = 'dead' and ($2::uuid is null or id > $2::uuid) order by id limit $3`,
    [endpoint, after, limit],
  )
}

/**
 * Sends dead letters of an endpoint again, under their old ids: a receiver that did get one knows it. They begin anew, with all their attempts. Gives how many there were.
 *
 * @param ids which; null for all
 */
export async function replayDead(tx: Tx, endpoint: string, ids: readonly string[] | null, now: Date): Promise<number> {
  const rows = await tx.query(
    `update cordon.delivery set state = 'waiting', due_at = $3, attempts = 0, refusals = 0, ended_at = null, replays = replays + 1
     where endpoint = $1 and state = 'dead' and ($2::jsonb is null or id in (select value::uuid from jsonb_array_elements_text($2::jsonb))) returning id`,
    [endpoint, ids === null ? null : JSON.stringify(ids), now.toISOString()],
  )
  return rows.length
}
