import type { Tx } from '../database/tx.ts'
import { uuidV7 } from '../uuid.ts'
import { csrfOf } from './csrf.ts'
import { digest, isToken, newToken } from './secrets.ts'
import { after, type Clock, iso, type World } from './world.ts'

/** How somebody signed in. */
export type SignInWay = 'password' | 'passkey' | 'oidc' | 'link'

/** Milliseconds. A session ends when it was not used for `idle`, and in any case after `absolute`. */
export type SessionLife = {
  readonly idle: number
  readonly absolute: number
}

/** A working day, and an hour without use (SP 800-63B, AAL2: 12 hours and 30 to 60 minutes). */
export const SESSION_LIFE: SessionLife = { idle: 3_600_000, absolute: 12 * 3_600_000 }
/** After a link somebody only sets up how to sign in from now on. */
export const LINK_SESSION_MS = 3_600_000

/** More sessions than this end the one that was longest not used. */
const MOST = 20

/** Where a session was opened; for its owner to recognise it. */
export type Opened = {
  readonly address: string
  /** The browser's `User-Agent`; cut to 200 characters. */
  readonly agent: string
}

/** A new session: the token goes into an HttpOnly cookie and is known nowhere else; `csrf` goes to the page. */
export type NewSession = {
  readonly id: string
  readonly token: string
  readonly csrf: string
  readonly expiresAt: Date
}

/** A session as its owner sees it. */
export type SessionView = {
  readonly id: string
  readonly how: SignInWay
  readonly address: string
  readonly agent: string
  readonly createdAt: Date
  readonly usedAt: Date
  readonly expiresAt: Date
}

/** Opens a session with a new token. A token from before the sign-in is never taken over (session fixation). */
export async function openSession(
  tx: Tx,
  person: string,
  how: SignInWay,
  opened: Opened,
  life: SessionLife,
  world: World,
): Promise<NewSession> {
  const now = world.clock()
  const token = newToken(world.random)
  const id = uuidV7(world.clock(), world.random)
  const expiresAt = after(now, how === 'link' ? Math.min(LINK_SESSION_MS, life.absolute) : life.absolute)
  await tx.query(
    `insert into cordon.session (id, token_hash, person, how, address, agent, created_at, used_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $7, $8)`,
    [id, digest(token), person, how, storable(opened.address, 64), storable(opened.agent, 200), iso(now), iso(expiresAt)],
  )
  await tx.query(
    `delete from cordon.session where id in
       (select id from cordon.session where person = $1 order by used_at desc, id desc offset $2)`,
    [person, MOST],
  )
  return { id, token, csrf: csrfOf(token), expiresAt }
}

/**
 * Gives a session another token and with it another CSRF value; the old one ends at once. For when its owner changed how he signs in. Null where there is no such session.
 */
export async function rotateSession(tx: Tx, id: string, { random }: World): Promise<NewSession | null> {
  const token = newToken(random)
  const [row] = await tx.query<{ expires_at: string | Date }>(
    'update cordon.session set token_hash = $2 where id = $1 returning expires_at',
    [id, digest(token)],
  )
  return row === undefined ? null : { id, token, csrf: csrfOf(token), expiresAt: new Date(row.expires_at) }
}

/** A person's living sessions, last used first. */
export async function listSessions(tx: Tx, person: string, life: SessionLife, clock: Clock): Promise<readonly SessionView[]> {
  const now = clock()
  const rows = await tx.query<SessionRow>(
    `select id, how, address, agent, created_at, used_at, expires_at from cordon.session
     where person = $1 and expires_at > $2 and used_at > $3 order by used_at desc, id desc`,
    [person, iso(now), iso(after(now, -life.idle))],
  )
  return rows.map((row) => ({
    id: row.id,
    how: row.how,
    address: row.address,
    agent: row.agent,
    createdAt: new Date(row.created_at),
    usedAt: new Date(row.used_at),
    expiresAt: new Date(row.expires_at),
  }))
}

type SessionRow = {
  id: string
  how: SignInWay
  address: string
  agent: string
  created_at: string | Date
  used_at: string | Date
  expires_at: string | Date
}

/** Ends one of a person's sessions. False where he has none with this id. */
export async function endSession(tx: Tx, person: string, id: string): Promise<boolean> {
  const rows = await tx.query('delete from cordon.session where person = $1 and id::text = $2 returning id', [person, id.toLowerCase()])
  return rows.length > 0
}

/** Ends all of a person's sessions, but for the one with the id `except`. Gives how many ended. */
export async function endSessions(tx: Tx, person: string, except: string | null): Promise<number> {
  const rows = await tx.query('delete from cordon.session where person = $1 and id is distinct from $2::uuid returning id', [
    person,
    except,
  ])
  return rows.length
}

/** The hash under which a session's token is looked up, or null for what can be no token. */
export function sessionHash(token: string | null): string | null {
  return isToken(token) ? digest(token) : null
}

/** What a stranger wrote, fit for a text column: no NUL, which PostgreSQL refuses, and of bounded length. */
function storable(text: string, most: number): string {
  return text
    .replace(/\p{Cc}/gu, ' ')
    .slice(0, most)
    .toWellFormed()
}
