import type { Tx } from '../database/tx.ts'
import { parseKey } from './api-key-text.ts'
import type { Caller, Credential } from './caller.ts'
import { isRole, scopesOf, scopesOfKey } from './roles.ts'
import { digest, sameSecret } from './secrets.ts'
import { type SessionLife, sessionHash } from './sessions.ts'
import { after, type Clock, iso } from './world.ts'

/** What a request shows. Absent parts are null. */
export type Presented = {
  /** Header `Authorization`. */
  readonly authorization: string | null
  /** The session cookie's value. */
  readonly session: string | null
  /** SHA-256 of the client certificate that the TLS layer verified (64 hex digits, colons allowed); never from a header that a client can write. */
  readonly certificate: string | null
}

/** How coarsely uses are noted: an idle time is right to within this. */
const NOTED_EVERY_MS = { session: 60_000, key: 300_000, certificate: 300_000 } as const

type PersonColumns = {
  person: string
  name: string
  organisation: string
  nation: string
  roles: string[]
  caveats: string[]
}

const PERSON = 'p.id as person, p.name, p.organisation, o.nation, p.roles, p.caveats'
const OF_PERSON = 'join cordon.person p on p.id = c.person join cordon.organisation o on o.code = p.organisation'

/**
 * Who asks, or null. One read of the database, and no write: see `noteUse`.
 *
 * A request that shows several things is judged by the most explicit: a header before a cookie before a certificate. What is shown and does not hold is refused; the next is not tried, so that nobody acts as somebody whom he did not mean.
 */
export async function authenticate(tx: Tx, presented: Presented, life: SessionLife, clock: Clock): Promise<Caller | null> {
  if (presented.authorization !== null) return byKey(tx, presented.authorization, clock)
  if (presented.session !== null) return bySession(tx, presented.session, life, clock)
  if (presented.certificate !== null) return byCertificate(tx, presented.certificate, clock)
  return null
}

async function bySession(tx: Tx, token: string, life: SessionLife, clock: Clock): Promise<Caller | null> {
  const hash = sessionHash(token)
  if (hash === null) return null
  const now = clock()
  const [row] = await tx.query<PersonColumns & { id: string; used_at: string | Date }>(
    `select c.id, c.used_at, ${PERSON} from cordon.session c ${OF_PERSON}
     where c.token_hash = $1 and c.expires_at > $2 and c.used_at > $3 and not p.disabled`,
    [hash, iso(now), iso(after(now, -life.idle))],
  )
  if (row === undefined) return null
  return caller(row, scopesOf(row.roles), { kind: 'session', id: row.id, usedAt: new Date(row.used_at) })
}

async function byKey(tx: Tx, authorization: string, clock: Clock): Promise<Caller | null> {
  const parts = /^bearer +(\S+)$/i.exec(authorization.slice(0, 200))
  const key = parts === null ? null : parseKey(parts[1]!)
  if (key === null) return null
  const [row] = await tx.query<
    PersonColumns & {
      id: string
      secret_hash: string
      scopes: string[]
      per_minute: number
      burst: number
      used_at: string | Date | null
    }
  >(
    `select c.id, c.secret_hash, c.scopes, c.per_minute, c.burst, c.used_at, ${PERSON} from cordon.api_key c ${OF_PERSON}
     where c.id = $1 and c.expires_at > $2 and c.revoked_at is null and not p.disabled`,
    [key.id, iso(clock())],
  )
  // The same comparison for a key that is not there.
  const right = sameSecret(digest(key.secret), row?.secret_hash ?? '')
  if (row === undefined || !right) return null
  return caller(row, scopesOfKey(row.scopes, row.roles), {
    kind: 'key',
    id: row.id,
    usedAt: row.used_at === null ? null : new Date(row.used_at),
    rate: { perMinute: row.per_minute, burst: row.burst },
  })
}

async function byCertificate(tx: Tx, shown: string, clock: Clock): Promise<Caller | null> {
  const fingerprint = foldFingerprint(shown)
  if (fingerprint === null) return null
  const [row] = await tx.query<PersonColumns & { used_at: string | Date | null }>(
    `select c.used_at, ${PERSON} from cordon.certificate c ${OF_PERSON} where c.fingerprint = $1 and c.expires_at > $2 and not p.disabled`,
    [fingerprint, iso(clock())],
  )
  if (row === undefined) return null
  return caller(row, scopesOf(row.roles), {
    kind: 'certificate',
    id: fingerprint,
    usedAt: row.used_at === null ? null : new Date(row.used_at),
  })
}

function caller(row: PersonColumns, scopes: Caller['scopes'], credential: Credential): Caller {
  return {
    person: row.person,
    name: row.name,
    organisation: row.organisation,
    nation: row.nation,
    roles: row.roles.filter(isRole),
    caveats: row.caveats,
    scopes,
    credential,
  }
}

/** Whether it is time to note that a credential was used. */
export function isUseDue({ kind, usedAt }: Credential, clock: Clock): boolean {
  return usedAt === null || clock().getTime() - usedAt.getTime() >= NOTED_EVERY_MS[kind]
}

/**
 * Notes that a credential was used: for a session this is what keeps it from ending idle. To be called after `authenticate` when `isUseDue`, in a transaction of its own, so that a node that can only read (a full disk) still knows its callers.
 */
export async function noteUse(tx: Tx, { kind, id }: Credential, clock: Clock): Promise<void> {
  const now = iso(clock())
  if (kind === 'session') await tx.query('update cordon.session set used_at = $2 where id = $1 and used_at < $2', [id, now])
  if (kind === 'key') await tx.query('update cordon.api_key set used_at = $2 where id = $1', [id, now])
  if (kind === 'certificate') await tx.query('update cordon.certificate set used_at = $2 where fingerprint = $1', [id, now])
}

/** A SHA-256 fingerprint as 64 lower-case hex digits, or null where it is none. Node's `fingerprint256` has upper case and colons. */
export function foldFingerprint(text: string): string | null {
  const folded = text.slice(0, 200).replaceAll(':', '').trim().toLowerCase()
  return /^[0-9a-f]{64}$/.test(folded) ? folded : null
}
