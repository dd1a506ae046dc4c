import type { Tx } from '../database/tx.ts'
import { digest, isToken, newToken } from './secrets.ts'
import { after, iso, type World } from './world.ts'

const LIFE_MS = 180 * 24 * 3_600_000
const MOST = 20

/**
 * A browser in which somebody signed in before carries a token (OWASP "device cookies"). Its failures are counted apart, so that strangers who guess at an account cannot keep its owner waiting.
 *
 * @returns the token for the browser's cookie; it signs nobody in
 */
export async function rememberDevice(tx: Tx, person: string, world: World): Promise<string> {
  const token = newToken(world.random)
  await tx.query('insert into cordon.known_device (hash, person, expires_at) values ($1, $2, $3)', [
    digest(token),
    person,
    iso(after(world.clock(), LIFE_MS)),
  ])
  await tx.query(
    `delete from cordon.known_device where hash in
       (select hash from cordon.known_device where person = $1 order by expires_at desc, hash offset $2)`,
    [person, MOST],
  )
  return token
}

/** The hash of a device's token if it is one of the account with this login and still lives, or null. */
export async function knownDevice(tx: Tx, login: string, token: string | null, { clock }: World): Promise<string | null> {
  const hash = isToken(token) ? digest(token) : ''
  const [row] = await tx.query<{ hash: string }>(
    `select d.hash from cordon.known_device d join cordon.credential_password c on c.person = d.person
     where d.hash = $1 and c.login = $2 and d.expires_at > $3`,
    [hash, login, iso(clock())],
  )
  return row?.hash ?? null
}
