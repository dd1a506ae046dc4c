import type { Tx } from '../database/tx.ts'
import type { SessionLife } from './sessions.ts'
import { FORGET_AFTER_MS } from './throttle.ts'
import { after, iso, type World } from './world.ts'

/** Removes what time has ended: to be called every few minutes. Nothing depends on it but the size of the tables. Gives how many rows went. */
export async function sweepPeople(tx: Tx, life: SessionLife, { clock }: Pick<World, 'clock'>): Promise<number> {
  const now = clock()
  let swept = 0
  for (const table of ['passkey_challenge', 'sign_in', 'setup_link', 'known_device', 'session'] as const)
    swept += (await tx.query(`delete from cordon.${table} where expires_at <= $1 returning 1`, [iso(now)])).length
  swept += (await tx.query('delete from cordon.session where used_at <= $1 returning 1', [iso(after(now, -life.idle))])).length
  swept += (
    await tx.query('delete from cordon.sign_in_attempt where last_at <= $1 and until <= $2 returning 1', [
      iso(after(now, -FORGET_AFTER_MS)),
      iso(now),
    ])
  ).length
  return swept
}
