import type { Tx } from '../database/tx.ts'
import { digest } from './secrets.ts'
import { after, type Clock, iso, type TransactWorld, type World } from './world.ts'

export const CHALLENGE_MS = 5 * 60_000

/** A new challenge of 256 bits, of which the hash is kept: for one use, for five minutes. A registration's is for one person. */
export async function newChallenge(
  tx: Tx,
  purpose: 'register' | 'sign-in',
  person: string | null,
  world: World,
): Promise<Uint8Array<ArrayBuffer>> {
  const challenge = new Uint8Array(world.random(32))
  await tx.query('insert into cordon.passkey_challenge (hash, purpose, person, expires_at) values ($1, $2, $3, $4)', [
    digest(Buffer.from(challenge).toString('base64url')),
    purpose,
    person,
    iso(after(world.clock(), CHALLENGE_MS)),
  ])
  return challenge
}

/** Uses a challenge up, whatever comes of it. False where it was not given out for this, was used before or is too old. */
export async function useChallenge(
  challenge: string,
  purpose: 'register' | 'sign-in',
  person: string | null,
  { transact, clock }: { readonly transact: TransactWorld['transact']; readonly clock: Clock },
): Promise<boolean> {
  const [row] = await transact((tx) =>
    tx.query<{ expires_at: string | Date }>(
      'delete from cordon.passkey_challenge where hash = $1 and purpose = $2 and person is not distinct from $3::uuid returning expires_at',
      [digest(challenge), purpose, person],
    ),
  )
  return row !== undefined && new Date(row.expires_at) > clock()
}

/** The challenge inside an answer of a browser, before anything about the answer is trusted; null where it has none. */
export function challengeOf(response: unknown): string | null {
  const { clientDataJSON } = ((response ?? {}) as { response?: { clientDataJSON?: unknown } | null }).response ?? {}
  if (typeof clientDataJSON !== 'string' || clientDataJSON.length > 10_000) return null
  try {
    const { challenge } = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8')) as { challenge?: unknown }
    return typeof challenge === 'string' && challenge.length <= 100 ? challenge : null
  } catch {
    return null
  }
}
