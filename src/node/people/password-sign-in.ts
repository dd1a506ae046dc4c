import { CordonError } from '../../chain/index.ts'
import { lockNamed } from '../database/named-locks.ts'
import type { Tx } from '../database/tx.ts'
import { knownDevice, rememberDevice } from './known-devices.ts'
import { lockEnabled } from './lock-person.ts'
import type { PasswordHasher } from './password-hash.ts'
import { checkNewPassword } from './password-rules.ts'
import { addressKey } from './rate-limit.ts'
import { digest } from './secrets.ts'
import { endSessions, type NewSession, type Opened, openSession, rotateSession, type SessionLife } from './sessions.ts'
import { type Counted, succeeded, takeTurn } from './throttle.ts'
import { iso, type TransactWorld, type World } from './world.ts'

const FREE_FAILURES = 5
/** Many people may share one address. */
const FREE_FAILURES_OF_ADDRESS = 20
const LONGEST_LOGIN = 254

/** What somebody typed, and from where. */
export type PasswordSignIn = {
  readonly login: string
  readonly password: string
  /** The cookie of a known device, or null. */
  readonly device: string | null
  readonly opened: Opened
}

/**
 * What came of it. `wrong` says the same for an account that does not exist, has no password or is disabled; `wait` comes for any account alike, in seconds.
 */
export type PasswordOutcome =
  | { readonly outcome: 'in'; readonly person: string; readonly session: NewSession; readonly device: string }
  | { readonly outcome: 'wrong' }
  | { readonly outcome: 'wait'; readonly retryAfter: number }

/**
 * Signs somebody in by password. Failures are counted by account (or known device) and by address before anything is checked; whether the account exists or not, one hash is worked out.
 */
export async function signInWithPassword(
  asked: PasswordSignIn,
  hasher: PasswordHasher,
  life: SessionLife,
  world: TransactWorld,
): Promise<PasswordOutcome> {
  const login = foldLogin(asked.login)
  const address = addressKey(asked.opened.address)
  const begun = await world.transact(async (tx) => {
    const device = await knownDevice(tx, login, asked.device, world)
    const account = device === null ? `account:${digest(login)}` : `device:${device}`
    const counted: Counted[] = [
      { key: account, free: FREE_FAILURES },
      { key: address, free: FREE_FAILURES_OF_ADDRESS },
    ]
    const turn = await takeTurn(tx, counted, world.clock)
    const [row] = await tx.query<{ person: string; hash: string; disabled: boolean }>(
      `select c.person, c.hash, p.disabled from cordon.credential_password c join cordon.person p on p.id = c.person where c.login = $1`,
      [login],
    )
    return { account, device, turn, row: row ?? null }
  })
  if (!begun.turn.allowed) return { outcome: 'wait', retryAfter: begun.turn.retryAfter }
  // A password longer than any that can be set is not worth hashing, and cannot tell whether the account exists.
  if (asked.password.length > 4096) return { outcome: 'wrong' }
  const { row } = begun
  const { right, outdated } = await hasher.check(asked.password, row?.hash ?? null)
  if (!right || row === null || row.disabled) return { outcome: 'wrong' }
  const renewed = outdated ? await hasher.hash(asked.password) : null
  return world.transact(async (tx): Promise<PasswordOutcome> => {
    // The account may have been disabled, or its password changed, while the hash was worked out.
    if (!(await lockEnabled(tx, row.person))) return { outcome: 'wrong' }
    const [still] = await tx.query('select 1 from cordon.credential_password where person = $1 and hash = $2 for update', [
      row.person,
      row.hash,
    ])
    if (still === undefined) return { outcome: 'wrong' }
    if (renewed !== null) await tx.query('update cordon.credential_password set hash = $2 where person = $1', [row.person, renewed])
    await succeeded(tx, [begun.account], [address], world.clock)
    const device = begun.device === null ? await rememberDevice(tx, row.person, world) : asked.device!
    const session = await openSession(tx, row.person, 'password', asked.opened, life, world)
    return { outcome: 'in', person: row.person, session, device }
  })
}

/** Who sets a password: the person in a session of his own. */
export type PasswordOwner = {
  readonly person: string
  readonly sessionId: string
}

/**
 * Sets or changes one's own password. All other sessions end and this one gets a new token. One who has a password must give it again, so that an unattended browser is not enough to take over the account; wrong tries are throttled as at sign-in.
 *
 * @param current the password until now; null where there was none
 * @throws CordonError `people/weak-password`, `people/wrong-password`, `people/bad-login`, `people/login-taken`, `people/too-many-attempts`, `people/not-found`
 */
export async function setOwnPassword(
  owner: PasswordOwner,
  asked: { readonly login: string; readonly password: string; readonly current: string | null },
  hasher: PasswordHasher,
  world: TransactWorld,
): Promise<NewSession> {
  const login = foldLogin(asked.login)
  if (!/^[^\s\p{Cc}]{3,254}$/u.test(login))
    throw new CordonError('people/bad-login', 'a login has 3 to 254 characters and no spaces', {
      place: { field: 'login' },
      remedy: 'Take your mail address or a short name.',
    })
  const counted = `password:${owner.person}`
  const { had, turn, names } = await world.transact(async (tx) => {
    const [person] = await tx.query<{ name: string; email: string | null; organisation: string }>(
      'select name, email, organisation from cordon.person where id = $1 and not disabled',
      [owner.person],
    )
    if (person === undefined) throw new CordonError('people/not-found', 'there is no such person', {})
    const [row] = await tx.query<{ hash: string }>('select hash from cordon.credential_password where person = $1', [owner.person])
    // Counted where no password is checked too: which logins are taken is nothing to try out.
    const turn = await takeTurn(tx, [{ key: counted, free: FREE_FAILURES }], world.clock)
    return { had: row?.hash ?? null, turn, names: [person.name, person.email ?? '', person.organisation] }
  })
  if (!turn.allowed)
    throw new CordonError('people/too-many-attempts', 'setting the password failed too often', {
      remedy: `Try again in ${turn.retryAfter} s.`,
    })
  if (had !== null && !(await hasher.check((asked.current ?? '').slice(0, 4096), had)).right)
    throw new CordonError('people/wrong-password', 'the current password is not right', {
      place: { field: 'current' },
      remedy: 'Type the password that you signed in with; if it is lost, ask an administrator for an invitation.',
    })
  checkNewPassword(asked.password, [login, ...names])
  const hash = await hasher.hash(asked.password)
  return world.transact((tx) => storePassword(tx, owner, { login, hash, had, counted }, world))
}

async function storePassword(
  tx: Tx,
  owner: PasswordOwner,
  { login, hash, had, counted }: { login: string; hash: string; had: string | null; counted: string },
  world: World,
): Promise<NewSession> {
  await lockNamed(tx, 'login', login)
  if (!(await lockEnabled(tx, owner.person))) throw new CordonError('people/not-found', 'there is no such person', {})
  const [taken] = await tx.query('select 1 from cordon.credential_password where login = $1 and person <> $2', [login, owner.person])
  if (taken !== undefined)
    throw new CordonError('people/login-taken', 'somebody else has this login', {
      place: { field: 'login' },
      remedy: 'Take another one, such as your mail address.',
    })
  const now = iso(world.clock())
  const stored =
    had === null
      ? await tx.query(
          'insert into cordon.credential_password (person, login, hash, changed_at) values ($1, $2, $3, $4) on conflict do nothing returning person',
          [owner.person, login, hash, now],
        )
      : await tx.query(
          'update cordon.credential_password set login = $2, hash = $3, changed_at = $4 where person = $1 and hash = $5 returning person',
          [owner.person, login, hash, now, had],
        )
  if (stored.length === 0)
    throw new CordonError('people/wrong-password', 'the password was changed by somebody else meanwhile', {
      place: { field: 'current' },
      remedy: 'If that was not you, end all sessions and ask an administrator for an invitation.',
    })
  await tx.query('delete from cordon.sign_in_attempt where key = $1', [counted])
  await tx.query('delete from cordon.known_device where person = $1', [owner.person])
  await endSessions(tx, owner.person, owner.sessionId)
  const session = await rotateSession(tx, owner.sessionId, world)
  if (session === null)
    throw new CordonError('people/not-found', 'this session has ended', { remedy: 'Sign in again; the password is unchanged.' })
  return session
}

/** One spelling of a login: NFKC, lower case, no blanks around it. */
export function foldLogin(login: string): string {
  return login
    .slice(0, LONGEST_LOGIN + 2)
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .toWellFormed()
    .replaceAll('\0', '')
}
