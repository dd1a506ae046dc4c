import { CordonError } from '../../chain/index.ts'
import type { Ask } from '../ask.ts'
import { lockNamed } from '../database/named-locks.ts'
import { renewRing } from '../objects/ring.ts'
import { RULE, WATCH } from './kept.ts'

/** How many watches and rules of one organisation are in force at most: each event is held against all of them. */
const MOST = { [WATCH]: 10_000, [RULE]: 500 } as const

/**
 * Refuses a further watch or rule where the organisation has as many as it may. Those that the caller may read are counted: a count of others would tell of them.
 *
 * @throws CordonError `alerts/too-many`
 */
export async function mustHaveRoom(ask: Ask, kind: typeof WATCH | typeof RULE): Promise<void> {
  const { tx, caller, ring } = ask
  await lockNamed(tx, kind, caller.organisation)
  // The one for whom this waited may have a label that was new.
  await renewRing(ask)
  const [row] = await tx.query<{ n: number }>(
    `select count(*)::int as n from object where kind = $1 and organisation = $2 and body ->> 'ended' is null and clauses <@ $3::int[]`,
    [kind, caller.organisation, ring],
  )
  if ((row?.n ?? 0) < MOST[kind]) return
  throw new CordonError(
    'alerts/too-many',
    `your organisation has ${MOST[kind]} ${kind === WATCH ? 'watches' : 'rules'} in force, which is the most`,
    {
      remedy: 'End some that are not needed any more.',
    },
  )
}
