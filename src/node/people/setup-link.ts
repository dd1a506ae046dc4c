import { CordonError } from '../../chain/index.ts'
import type { Tx } from '../database/tx.ts'
import { lockEnabled } from './lock-person.ts'
import { ACTIVE_ADMINISTRATOR, insertPerson, type Manager, readPerson, takeTurnOfManagers } from './persons.ts'
import type { Role } from './roles.ts'
import { digest, isToken, newToken } from './secrets.ts'
import { endSessions, type NewSession, type Opened, openSession, type SessionLife } from './sessions.ts'
import { after, type Clock, iso, type World } from './world.ts'

/** The first administrator sits at the console. */
const ADMINISTRATOR_MS = 3_600_000
/** An invited person has to get his mail first. */
const INVITATION_MS = 72 * 3_600_000

/**
 * The token of a link, good once. Put it into the fragment of an address (`/welcome#…`), which goes into no log and no `Referer`, and let the page post it: a mail scanner that opens the link then does not use it up.
 */
export type Link = { readonly token: string; readonly expiresAt: Date }

/**
 * Makes the one-time link with which the first administrator comes in; links made before end. Null as soon as an administrator can sign in.
 *
 * @param organisation the code of the organisation that runs the node; it must be registered
 * @param roles what he will be besides administrator
 */
export async function administratorLink(tx: Tx, organisation: string, roles: readonly Role[], world: World): Promise<Link | null> {
  if (await hasAdministrator(tx)) return null
  await tx.query(`delete from cordon.setup_link where kind = 'administrator'`)
  return store(
    tx,
    { kind: 'administrator', person: null, organisation, roles: ['administrator', ...roles], by: null },
    ADMINISTRATOR_MS,
    world,
  )
}

/**
 * Invites a person to set up how he signs in, for the first time or again; invitations made before end. `manager.caller` is null for the command of the host.
 *
 * @throws CordonError `people/not-found`, `people/not-allowed`, `people/own-privileges`, `people/disabled`
 */
export async function invite(tx: Tx, manager: Manager, person: string, world: World): Promise<Link> {
  await takeTurnOfManagers(tx, manager)
  const invited = await readPerson(tx, manager, person)
  if (manager.caller?.person === invited.id)
    throw new CordonError('people/own-privileges', 'nobody invites himself', { remedy: 'Ask another administrator, or add a passkey.' })
  if (invited.disabled) throw new CordonError('people/disabled', 'this person is disabled', { remedy: 'Enable the person first.' })
  await tx.query('delete from cordon.setup_link where person = $1', [invited.id])
  return store(
    tx,
    { kind: 'invitation', person: invited.id, organisation: null, roles: [], by: manager.caller?.person ?? null },
    INVITATION_MS,
    world,
  )
}

/** Who opens a link. Name and mail address are those of the first administrator; an invited person has his already. */
export type Opening = {
  readonly token: string
  readonly name: string
  readonly email: string | null
  readonly opened: Opened
}

/**
 * Uses a link up and opens a session of one hour in which its owner sets up a password, a passkey or a provider's account. Null for a link that was never made, was used, or is too old.
 *
 * For an invited person all credentials from before end: whoever takes over an account by an invitation cannot do so unnoticed.
 *
 * @throws CordonError `people/bad-person` where the first administrator's name does not do; the link then stays good
 */
export async function openLink(
  tx: Tx,
  { token, name, email, opened }: Opening,
  life: SessionLife,
  world: World,
): Promise<{ readonly person: string; readonly session: NewSession; readonly kind: 'administrator' | 'invitation' } | null> {
  if (!isToken(token)) return null
  const [held] = await tx.query<{ person: string | null }>('select person from cordon.setup_link where hash = $1', [digest(token)])
  const person = held?.person ?? null
  // Before the link: whoever disables the person takes both in this order too.
  const enabled = person !== null && (await lockEnabled(tx, person))
  const [link] = await tx.query<LinkRow>(
    'delete from cordon.setup_link where hash = $1 returning kind, person, organisation, roles, expires_at',
    [digest(token)],
  )
  if (link === undefined || new Date(link.expires_at) <= world.clock()) return null
  if (link.kind === 'administrator') {
    if (await hasAdministrator(tx)) return null
    const made = await insertPerson(tx, { organisation: link.organisation!, name, email, roles: link.roles, caveats: [] }, world)
    return { person: made.id, session: await openSession(tx, made.id, 'link', opened, life, world), kind: 'administrator' }
  }
  if (person === null || !enabled) return null
  await endCredentials(tx, person, world.clock)
  return { person, session: await openSession(tx, person, 'link', opened, life, world), kind: 'invitation' }
}

async function endCredentials(tx: Tx, person: string, clock: Clock): Promise<void> {
  await endSessions(tx, person, null)
  for (const table of ['credential_password', 'known_device', 'passkey', 'subject', 'certificate'] as const)
    await tx.query(`delete from cordon.${table} where person = $1`, [person])
  await tx.query('update cordon.api_key set revoked_at = $2 where person = $1 and revoked_at is null', [person, iso(clock())])
}

type LinkRow = {
  kind: 'administrator' | 'invitation'
  person: string | null
  organisation: string | null
  roles: Role[]
  expires_at: string | Date
}

async function hasAdministrator(tx: Tx): Promise<boolean> {
  return (await tx.query(`select p.id from cordon.person p where ${ACTIVE_ADMINISTRATOR} limit 1`)).length > 0
}

async function store(
  tx: Tx,
  link: {
    readonly kind: LinkRow['kind']
    readonly person: string | null
    readonly organisation: string | null
    readonly roles: readonly Role[]
    readonly by: string | null
  },
  life: number,
  { clock, random }: World,
): Promise<Link> {
  const token = newToken(random)
  const expiresAt = after(clock(), life)
  await tx.query(
    'insert into cordon.setup_link (hash, kind, person, organisation, roles, created_by, expires_at) values ($1, $2, $3, $4, $5, $6, $7)',
    [digest(token), link.kind, link.person, link.organisation, [...new Set(link.roles)], link.by, iso(expiresAt)],
  )
  return { token, expiresAt }
}
