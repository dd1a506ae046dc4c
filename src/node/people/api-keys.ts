import { CordonError } from '../../chain/index.ts'
import type { Tx } from '../database/tx.ts'
import { newKey } from './api-key-text.ts'
import type { Caller } from './caller.ts'
import { lockEnabled } from './lock-person.ts'
import type { Rate } from './rate-limit.ts'
import { isScope, NEVER_BY_KEY, type Scope } from './roles.ts'
import { digest } from './secrets.ts'
import { type Clock, iso, type World } from './world.ts'

const LONGEST_LIFE_MS = 365 * 24 * 3_600_000
const MOST = 50
/** For a key that names no rate of its own. */
export const KEY_RATE: Rate = { perMinute: 600, burst: 100 }
const HIGHEST_RATE: Rate = { perMinute: 60_000, burst: 5_000 }

/** What a new key is for. */
export type KeyWish = {
  readonly name: string
  /** At least one. */
  readonly scopes: readonly string[]
  /** Later than now, at most a year from now. */
  readonly expiresAt: Date
  readonly rate: Rate
}

/** A key as its owner sees it, without its secret. */
export type KeyView = {
  readonly id: string
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly rate: Rate
  readonly createdAt: Date
  readonly expiresAt: Date
  /** To within five minutes; null where it was never used. */
  readonly usedAt: Date | null
  readonly revokedAt: Date | null
}

/**
 * Makes a key for a caller who signed in himself. Its text is in the answer and can never be had again: the SHA-256 of its secret is kept.
 *
 * @throws CordonError `people/not-allowed` for a caller with a key, or disabled meanwhile; `people/bad-key` with the field that is wrong; `people/too-many-keys`
 */
export async function createApiKey(tx: Tx, caller: Caller, wish: KeyWish, world: World): Promise<KeyView & { readonly key: string }> {
  if (!caller.scopes.includes('keys:own'))
    throw new CordonError('people/not-allowed', 'a key cannot make keys', { remedy: 'Sign in and make it yourself.' })
  const scopes = checkWish(wish, caller, world.clock)
  // Who was disabled while this waited has no keys any more, and this one would be left to him.
  if (!(await lockEnabled(tx, caller.person)))
    throw new CordonError('people/not-allowed', 'you were disabled meanwhile', { remedy: 'Ask an administrator.' })
  const [held] = await tx.query<{ held: number }>(
    'select count(*)::int as held from cordon.api_key where person = $1 and revoked_at is null and expires_at > $2',
    [caller.person, iso(world.clock())],
  )
  if (held!.held >= MOST)
    throw new CordonError('people/too-many-keys', `one person has at most ${MOST} keys`, { remedy: 'Revoke those that nobody uses.' })
  const { id, secret, key } = newKey(world.random)
  const [row] = await tx.query<KeyRow>(
    `insert into cordon.api_key (id, person, name, secret_hash, scopes, per_minute, burst, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning ${COLUMNS}`,
    [
      id,
      caller.person,
      wish.name.trim(),
      digest(secret),
      scopes,
      wish.rate.perMinute,
      wish.rate.burst,
      iso(world.clock()),
      iso(wish.expiresAt),
    ],
  )
  return { ...view(row!), key }
}

function checkWish(wish: KeyWish, caller: Caller, clock: Clock): readonly Scope[] {
  if (!/^[^\p{Cc}]{1,100}$/u.test(wish.name.trim())) throw bad('name', 'a key needs a name of 1 to 100 characters', 'Say what uses it.')
  const unknown = wish.scopes.find((scope) => !isScope(scope))
  if (unknown !== undefined)
    throw bad('scopes', `${JSON.stringify(unknown.slice(0, 100))} is no scope`, `Yours are ${caller.scopes.join(', ')}.`)
  const scopes = [...new Set(wish.scopes)].filter(isScope)
  if (scopes.length === 0) throw bad('scopes', 'a key needs at least one scope', `Yours are ${caller.scopes.join(', ')}.`)
  const beyond = scopes.find((scope) => !caller.scopes.includes(scope))
  if (beyond !== undefined) throw bad('scopes', `you do not have ${beyond} yourself`, `Yours are ${caller.scopes.join(', ')}.`)
  const never = scopes.find((scope) => NEVER_BY_KEY.includes(scope))
  if (never !== undefined) throw bad('scopes', `no key can have ${never}: it needs a person who signed in`, 'Leave it off.')
  const life = wish.expiresAt.getTime() - clock().getTime()
  if (!(life > 0 && life <= LONGEST_LIFE_MS))
    throw bad('expiresAt', 'a key ends later than now and at most 365 days from now', 'Give such a time.')
  for (const part of ['perMinute', 'burst'] as const) {
    const value = wish.rate[part]
    if (!Number.isInteger(value) || value < 1 || value > HIGHEST_RATE[part])
      throw bad(`rate.${part}`, `${part} is a whole number from 1 to ${HIGHEST_RATE[part]}`, `${KEY_RATE[part]} is usual.`)
  }
  return scopes
}

/** A person's keys, newest first, also those that ended. */
export async function listApiKeys(tx: Tx, person: string): Promise<readonly KeyView[]> {
  const rows = await tx.query<KeyRow>(`select ${COLUMNS} from cordon.api_key where person = $1 order by created_at desc, id`, [person])
  return rows.map(view)
}

/** Ends one of a person's keys at once. False where he has no living key with this id. */
export async function revokeApiKey(tx: Tx, person: string, id: string, clock: Clock): Promise<boolean> {
  if (!/^[0-9A-Za-z]{12}$/.test(id)) return false
  const rows = await tx.query(
    'update cordon.api_key set revoked_at = $3 where person = $1 and id = $2 and revoked_at is null returning id',
    [person, id, iso(clock())],
  )
  return rows.length > 0
}

/** Ends all of a person's keys at once. Gives how many were alive. */
export async function revokeApiKeys(tx: Tx, person: string, clock: Clock): Promise<number> {
  const rows = await tx.query('update cordon.api_key set revoked_at = $2 where person = $1 and revoked_at is null returning id', [
    person,
    iso(clock()),
  ])
  return rows.length
}

const COLUMNS = 'id, name, scopes, per_minute, burst, created_at, expires_at, used_at, revoked_at'

type KeyRow = {
  id: string
  name: string
  scopes: string[]
  per_minute: number
  burst: number
  created_at: string | Date
  expires_at: string | Date
  used_at: string | Date | null
  revoked_at: string | Date | null
}

function view(row: KeyRow): KeyView {
  return {
    id: row.id,
    name: row.name,
    scopes: row.scopes.filter(isScope),
    rate: { perMinute: row.per_minute, burst: row.burst },
    createdAt: new Date(row.created_at),
    expiresAt: new Date(row.expires_at),
    usedAt: row.used_at === null ? null : new Date(row.used_at),
    revokedAt: row.revoked_at === null ? null : new Date(row.revoked_at),
  }
}

function bad(field: string, message: string, remedy: string): CordonError {
  return new CordonError('people/bad-key', message, { place: { field }, remedy })
}
