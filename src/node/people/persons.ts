import { CordonError } from '../../chain/index.ts'
import type { Tx } from '../database/tx.ts'
import { uuidV7 } from '../uuid.ts'
import { revokeApiKeys } from './api-keys.ts'
import type { Caller } from './caller.ts'
import { forbiddenPair, isRole, ROLES, type Role, scopesOf } from './roles.ts'
import { isId } from './secrets.ts'
import { endSessions } from './sessions.ts'
import { iso, type World } from './world.ts'

/**
 * Who changes people: an administrator, or the operator of the host by a command (`null`), who owns the database anyway.
 * `home` is the organisation that runs the node: its administrators look after everybody, those of other organisations after their own people.
 */
export type Manager = {
  readonly caller: Pick<Caller, 'person' | 'organisation' | 'scopes'> | null
  readonly home: string
}

export type Person = {
  readonly id: string
  readonly organisation: string
  readonly name: string
  readonly email: string | null
  readonly roles: readonly Role[]
  readonly caveats: readonly string[]
  readonly disabled: boolean
  readonly createdAt: Date
  /** Goes up by one with each change; for `If-Match`. */
  readonly version: number
}

export type PersonDraft = {
  readonly organisation: string
  readonly name: string
  readonly email: string | null
  readonly roles: readonly string[]
  readonly caveats: readonly string[]
}

/** What is to be changed; what is left off stays. */
export type PersonChange = Partial<PersonDraft & { readonly disabled: boolean }>

/** What concerns what a person may do or see. Nobody changes these of himself. */
const PRIVILEGES = ['organisation', 'roles', 'caveats', 'disabled'] as const

/**
 * Makes a person who cannot sign in yet: an invitation, a provider's subject or a certificate comes next.
 *
 * @throws CordonError `people/not-allowed`, `people/bad-person`
 */
export async function createPerson(tx: Tx, manager: Manager, draft: PersonDraft, world: World): Promise<Person> {
  allow(manager, draft.organisation)
  await takeTurnOfManagers(tx, manager)
  return insertPerson(tx, draft, world)
}

/** Makes a person on the word of a rule or a link rather than of a manager. */
export async function insertPerson(tx: Tx, draft: PersonDraft, world: World): Promise<Person> {
  const checked = await check(tx, draft)
  const [row] = await tx.query<PersonRow>(
    `insert into cordon.person (id, organisation, name, email, roles, caveats, disabled, created_at, version)
     values ($1, $2, $3, $4, $5, $6, false, $7, 1) returning ${COLUMNS}`,
    [
      uuidV7(world.clock(), world.random),
      checked.organisation,
      checked.name,
      checked.email,
      checked.roles,
      checked.caveats,
      iso(world.clock()),
    ],
  )
  return person(row!)
}

/**
 * Changes a person. Nobody changes his own roles, caveats, organisation or whether he is disabled; the last administrator who can sign in stays one. Whoever is disabled or gets other privileges has no session afterwards; who is disabled has no key either.
 *
 * @param version the version that the manager has seen
 * @throws CordonError `people/not-found`, `people/not-allowed`, `people/own-privileges`, `people/changed-meanwhile`, `people/last-administrator`, `people/managed-by-provider`, `people/bad-person`
 */
export async function changePerson(
  tx: Tx,
  manager: Manager,
  id: string,
  version: number,
  change: PersonChange,
  world: World,
): Promise<Person> {
  await takeTurnOfManagers(tx, manager)
  const old = await find(tx, manager, id, ' for no key update of p')
  const next: PersonDraft & { disabled: boolean } = { ...old, ...change }
  const changed = PRIVILEGES.filter((part) => !same(old[part], next[part]))
  if (changed.length > 0 && manager.caller?.person === old.id)
    throw new CordonError('people/own-privileges', `nobody changes his own ${changed.join(', ')}`, {
      place: { field: changed[0]! },
      remedy: 'Ask another administrator.',
    })
  if (old.version !== version)
    throw new CordonError('people/changed-meanwhile', `this is version ${old.version}, and the change was made for version ${version}`, {
      remedy: 'Read the person again and decide anew.',
    })
  allow(manager, next.organisation)
  const checked = await check(tx, next)
  const byProvider = changed.filter((part) => part !== 'disabled')
  if (byProvider.length > 0 && (await isManaged(tx, old.id)))
    throw new CordonError('people/managed-by-provider', `the ${byProvider.join(', ')} of this person come from the identity provider`, {
      place: { field: byProvider[0]! },
      remedy: 'Change the groups there, or disable the person here.',
    })
  const wasAdministrator = old.roles.includes('administrator') && !old.disabled
  if (wasAdministrator && (next.disabled || !checked.roles.includes('administrator')) && (await isLastAdministrator(tx, old.id)))
    throw new CordonError('people/last-administrator', 'this is the last administrator who can sign in', {
      remedy: 'Let another administrator sign in first.',
    })
  const [row] = await tx.query<PersonRow>(
    `update cordon.person set organisation = $2, name = $3, email = $4, roles = $5, caveats = $6, disabled = $7, version = version + 1
     where id = $1 returning ${COLUMNS}`,
    [old.id, checked.organisation, checked.name, checked.email, checked.roles, checked.caveats, next.disabled],
  )
  if (changed.length > 0) await endSessions(tx, old.id, null)
  if (next.disabled) await endAccess(tx, old.id, world)
  return person(row!)
}

/** Ends whatever a person could come in with at once, other than his credentials themselves. */
async function endAccess(tx: Tx, id: string, world: World): Promise<void> {
  await endSessions(tx, id, null)
  await revokeApiKeys(tx, id, world.clock)
  await tx.query('delete from cordon.setup_link where person = $1 or created_by = $1', [id])
}

/**
 * @throws CordonError `people/not-found`, also for a person whom this manager does not look after
 */
export async function readPerson(tx: Tx, manager: Manager, id: string): Promise<Person> {
  return find(tx, manager, id, '')
}

/** The people whom a manager looks after, by name; `afterId` is the last one of the page before. */
export async function listPersons(
  tx: Tx,
  { caller, home }: Manager,
  page: { readonly limit: number; readonly afterId: string | null },
): Promise<readonly Person[]> {
  const rows = await tx.query<PersonRow>(
    `select ${COLUMNS} from cordon.person p
     where ($1::text is null or p.organisation = $1)
       and ($2::uuid is null or (p.name, p.id) > (select q.name, q.id from cordon.person q where q.id = $2))
     order by p.name, p.id limit $3`,
    [caller === null || caller.organisation === home ? null : caller.organisation, isId(page.afterId) ? page.afterId : null, page.limit],
  )
  return rows.map(person)
}

/** An administrator who is enabled and has something to sign in with. */
export const ACTIVE_ADMINISTRATOR = `'administrator' = any(p.roles) and not p.disabled and (
  exists (select from cordon.credential_password c where c.person = p.id)
  or exists (select from cordon.passkey c where c.person = p.id and c.suspended_at is null)
  or exists (select from cordon.subject c where c.person = p.id)
  or exists (select from cordon.certificate c where c.person = p.id))`

async function isLastAdministrator(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.query(`select p.id from cordon.person p where p.id <> $1 and ${ACTIVE_ADMINISTRATOR} limit 1`, [id])
  return rows.length === 0
}

async function isManaged(tx: Tx, id: string): Promise<boolean> {
  return (await tx.query('select from cordon.subject where person = $1 and managed', [id])).length > 0
}

async function find(tx: Tx, manager: Manager, id: string, lock: '' | ' for no key update of p'): Promise<Person> {
  const rows = isId(id) ? await tx.query<PersonRow>(`select ${COLUMNS} from cordon.person p where p.id = $1${lock}`, [id]) : []
  const found = rows[0]
  if (found === undefined || !looksAfter(manager, found.organisation))
    throw new CordonError('people/not-found', 'there is no such person', { remedy: 'Look the person up in the list of people.' })
  return person(found)
}

function looksAfter({ caller, home }: Manager, organisation: string): boolean {
  return caller === null || caller.organisation === home || caller.organisation === organisation
}

/**
 * Has those who manage people act one after the other, up to the end of this transaction, and asks again whether this one may: somebody for whom he waited may have disabled or demoted him. Without it two administrators who disable each
 * other at once would both be done.
 *
 * It comes before any other row is locked.
 *
 * @throws CordonError `people/not-allowed`
 */
export async function takeTurnOfManagers(tx: Tx, manager: Manager): Promise<void> {
  mayManage(manager)
  // Not `for update`: a request with an Idempotency-Key refers to its own person already, and two such would wait for each other.
  await tx.query(`select id from cordon.person where 'administrator' = any(roles) order by id for no key update`)
  if (manager.caller === null) return
  const { person, organisation } = manager.caller
  const [now] = await tx.query<{ roles: string[] }>(
    'select roles from cordon.person where id = $1 and organisation = $2 and not disabled',
    [person, organisation],
  )
  if (now === undefined || !scopesOf(now.roles).includes('people:manage')) throw notAllowed()
}

/** @throws CordonError `people/not-allowed` */
function mayManage(manager: Manager): void {
  if (manager.caller !== null && !manager.caller.scopes.includes('people:manage')) throw notAllowed()
}

function notAllowed(): CordonError {
  return new CordonError('people/not-allowed', 'this needs the scope people:manage', { remedy: 'Ask an administrator.' })
}

function allow(manager: Manager, organisation: string): void {
  mayManage(manager)
  if (!looksAfter(manager, organisation))
    throw new CordonError('people/not-allowed', 'you look after the people of your own organisation', {
      place: { field: 'organisation' },
      remedy: 'Ask an administrator of the organisation that runs this node.',
    })
}

async function check(tx: Tx, draft: PersonDraft): Promise<PersonDraft & { readonly roles: readonly Role[] }> {
  const name = draft.name.normalize('NFC').trim()
  if (!/^[^\p{Cc}\p{Cs}]{1,200}$/u.test(name)) throw bad('name', 'a person needs a name of 1 to 200 characters', 'Give the full name.')
  if (draft.email !== null && !/^[^\s@\p{Cc}\p{Cs}]{1,64}@[^\s@\p{Cc}\p{Cs}]{1,189}$/u.test(draft.email))
    throw bad('email', 'this is no mail address', 'Give one, or leave it off.')
  const unknown = draft.roles.find((role) => !isRole(role))
  if (unknown !== undefined) throw bad('roles', `${JSON.stringify(unknown.slice(0, 100))} is no role`, `Roles are ${ROLES.join(', ')}.`)
  const roles = ROLES.filter((role) => draft.roles.includes(role))
  const pair = forbiddenPair(roles)
  if (pair !== null) throw bad('roles', `one person cannot be ${pair[0]} and ${pair[1]}`, 'Give one of the two to somebody else.')
  const caveat = draft.caveats.find((each) => !/^[A-Za-z0-9][A-Za-z0-9 ./_-]{0,63}$/.test(each))
  if (caveat !== undefined || draft.caveats.length > 100)
    throw bad(
      'caveats',
      `${JSON.stringify((caveat ?? '').slice(0, 100))} cannot be a caveat`,
      'Use letters, digits, spaces and . / _ - , at most 64.',
    )
  const organisation = draft.organisation
  const known = organisation.includes('\0') ? [] : await tx.query('select from cordon.organisation where code = $1', [organisation])
  if (known.length === 0) throw bad('organisation', 'there is no such organisation', 'Register the organisation first.')
  return { organisation, name, email: draft.email, roles, caveats: [...new Set(draft.caveats)].sort() }
}

function same(one: unknown, other: unknown): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other
  return JSON.stringify([...new Set(one)].sort()) === JSON.stringify([...new Set(other)].sort())
}

const COLUMNS = 'id, organisation, name, email, roles, caveats, disabled, created_at, version'

type PersonRow = {
  id: string
  organisation: string
  name: string
  email: string | null
  roles: string[]
  caveats: string[]
  disabled: boolean
  created_at: string | Date
  version: number
}

function person(row: PersonRow): Person {
  return {
    id: row.id,
    organisation: row.organisation,
    name: row.name,
    email: row.email,
    roles: row.roles.filter(isRole),
    caveats: row.caveats,
    disabled: row.disabled,
    createdAt: new Date(row.created_at),
    version: row.version,
  }
}

function bad(field: string, message: string, remedy: string): CordonError {
  return new CordonError('people/bad-person', message, { place: { field }, remedy })
}
