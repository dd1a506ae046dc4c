import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { CordonError } from '../../chain/index.ts'
import type { Tx } from '../database/tx.ts'
import { lockEnabled } from './lock-person.ts'
import { CHALLENGE_MS, challengeOf, newChallenge, useChallenge } from './passkey-challenge.ts'
import { endSessions, type NewSession, type Opened, openSession, rotateSession, type SessionLife } from './sessions.ts'
import { after, iso, type TransactWorld, type World } from './world.ts'

/** The node as an authenticator sees it. */
export type PasskeySite = {
  readonly name: string
  /** Relying party id: the host name, e.g. `node.example`. */
  readonly id: string
  /** e.g. `https://node.example`. */
  readonly origins: readonly string[]
}

export type PasskeyView = {
  readonly id: string
  readonly name: string
  /** Whether it lives on one device alone, or may be copied between a person's devices. */
  readonly deviceType: string
  readonly backedUp: boolean
  readonly createdAt: Date
  readonly usedAt: Date | null
  /** Since when it is refused because its counter ran backwards: somebody may have copied it. */
  readonly suspendedAt: Date | null
}

/** What came of a sign-in. `reason` is for the record; whoever signs in is told the same for every refusal. */
export type PasskeyOutcome =
  | { readonly outcome: 'in'; readonly person: string; readonly session: NewSession }
  | { readonly outcome: 'refused'; readonly reason: PasskeyRefusal; readonly person: string | null }

export type PasskeyRefusal = 'malformed' | 'challenge' | 'unknown-passkey' | 'suspended' | 'disabled' | 'not-verified' | 'counter'

/** In whose session a passkey is added. */
export type PasskeyOwner = { readonly person: string; readonly sessionId: string }

/** A session that is older must sign in again before it adds a way to sign in. */
const FRESH_MS = 15 * 60_000
const MOST = 20
/** ES256, EdDSA, RS256 (COSE). */
const ALGORITHMS = [-7, -8, -257]

/**
 * Options for `navigator.credentials.create`: a discoverable passkey with user verification. The challenge is good once, for 5 minutes, for this person.
 *
 * @throws CordonError `people/sign-in-again` where the session is older than 15 minutes; `people/too-many-passkeys`
 */
export async function beginPasskeyRegistration(
  tx: Tx,
  owner: PasskeyOwner,
  site: PasskeySite,
  world: World,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const now = world.clock()
  const [person] = await tx.query<{ name: string; login: string | null; fresh: boolean }>(
    `select p.name, coalesce(c.login, p.email, p.name) as login, s.created_at > $3 as fresh
     from cordon.session s join cordon.person p on p.id = s.person left join cordon.credential_password c on c.person = p.id
     where s.id = $1 and s.person = $2 and not p.disabled`,
    [owner.sessionId, owner.person, iso(after(now, -FRESH_MS))],
  )
  if (person === undefined || !person.fresh)
    throw new CordonError('people/sign-in-again', 'this session is too old to add a passkey', { remedy: 'Sign in again, then add it.' })
  const held = await tx.query<{ id: string; transports: string[] }>(
    'select id, transports from cordon.passkey where person = $1 order by id',
    [owner.person],
  )
  if (held.length >= MOST)
    throw new CordonError('people/too-many-passkeys', `one person has at most ${MOST} passkeys`, { remedy: 'Remove one that is not used.' })
  return generateRegistrationOptions({
    rpName: site.name,
    rpID: site.id,
    userName: person.login ?? person.name,
    userDisplayName: person.name,
    userID: userHandle(owner.person),
    challenge: await newChallenge(tx, 'register', owner.person, world),
    timeout: CHALLENGE_MS,
    attestationType: 'none',
    excludeCredentials: held,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: ALGORITHMS,
  })
}

/**
 * Checks what the authenticator answered and keeps its public key. All other sessions end and this one gets a new token.
 *
 * @throws CordonError `people/bad-passkey`, with one text whatever was amiss, and the cause behind it
 */
export async function finishPasskeyRegistration(
  owner: PasskeyOwner,
  asked: { readonly response: unknown; readonly name: string },
  site: PasskeySite,
  world: TransactWorld,
): Promise<{ readonly passkey: PasskeyView; readonly session: NewSession }> {
  const refuse = (cause: unknown) =>
    new CordonError('people/bad-passkey', 'the passkey was not accepted', { remedy: 'Begin again, on a page of this node.', cause })
  const name = asked.name.trim()
  if (!/^[^\p{Cc}\p{Cs}]{1,100}$/u.test(name))
    throw new CordonError('people/bad-passkey', 'a passkey needs a name of 1 to 100 characters', {
      place: { field: 'name' },
      remedy: 'Say where it is kept.',
    })
  const challenge = challengeOf(asked.response)
  if (challenge === null || !(await useChallenge(challenge, 'register', owner.person, world)))
    throw refuse('the challenge is not one of ours for this person, or was used, or is too old')
  const response = asked.response as RegistrationResponseJSON
  const checked = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: [...site.origins],
    expectedRPID: site.id,
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch((cause: unknown) => {
    throw refuse(cause)
  })
  if (!checked.verified) throw refuse('the attestation does not hold')
  const { credential, credentialDeviceType, credentialBackedUp } = checked.registrationInfo
  return world.transact(async (tx) => {
    if (!(await lockEnabled(tx, owner.person))) throw refuse('the person is disabled')
    const [row] = await tx.query<PasskeyRow>(
      `insert into cordon.passkey (id, person, name, public_key, counter, transports, device_type, backed_up, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning ${COLUMNS}`,
      [
        credential.id,
        owner.person,
        name,
        Buffer.from(credential.publicKey).toString('base64url'),
        credential.counter,
        transportsOf(response),
        credentialDeviceType,
        credentialBackedUp,
        iso(world.clock()),
      ],
    )
    if (row === undefined) throw refuse('this passkey is registered already')
    await endSessions(tx, owner.person, owner.sessionId)
    const session = await rotateSession(tx, owner.sessionId, world)
    if (session === null) throw refuse('the session has ended')
    return { passkey: view(row), session }
  })
}

/** Options for `navigator.credentials.get`. Nobody is named, so nothing can be learnt about who has a passkey: the authenticator knows its own. */
export async function beginPasskeySignIn(tx: Tx, site: PasskeySite, world: World): Promise<PublicKeyCredentialRequestOptionsJSON> {
  return generateAuthenticationOptions({
    rpID: site.id,
    challenge: await newChallenge(tx, 'sign-in', null, world),
    timeout: CHALLENGE_MS,
    userVerification: 'required',
  })
}

/** Signs somebody in by passkey. A counter that does not go up (where the authenticator counts) suspends the passkey: two devices hold it. */
export async function signInWithPasskey(
  asked: { readonly response: unknown; readonly opened: Opened },
  site: PasskeySite,
  life: SessionLife,
  world: TransactWorld,
): Promise<PasskeyOutcome> {
  const challenge = challengeOf(asked.response)
  if (challenge === null) return refused('malformed', null)
  if (!(await useChallenge(challenge, 'sign-in', null, world))) return refused('challenge', null)
  const response = asked.response as AuthenticationResponseJSON
  const [row] = await world.transact((tx) =>
    tx.query<StoredPasskey>(
      `select k.id, k.person, k.public_key, k.suspended_at is not null as suspended, p.disabled
       from cordon.passkey k join cordon.person p on p.id = k.person where k.id = $1`,
      [isCredentialId(response.id) ? response.id : ''],
    ),
  )
  if (row === undefined) return refused('unknown-passkey', null)
  let verified: Awaited<ReturnType<typeof verifyAuthenticationResponse>>
  try {
    verified = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: [...site.origins],
      expectedRPID: site.id,
      // The counter is compared below, once the signature holds: else a stranger's forgery could suspend a passkey.
      credential: { id: row.id, publicKey: new Uint8Array(Buffer.from(row.public_key, 'base64url')), counter: 0 },
      requireUserVerification: true,
    })
  } catch {
    return refused('not-verified', row.person)
  }
  const handle = response.response.userHandle
  const own = typeof handle !== 'string' || handle === Buffer.from(userHandle(row.person)).toString('base64url')
  if (!verified.verified || !own) return refused('not-verified', row.person)
  if (row.disabled) return refused('disabled', row.person)
  if (row.suspended) return refused('suspended', row.person)
  const { newCounter, credentialBackedUp } = verified.authenticationInfo
  return world.transact(async (tx): Promise<PasskeyOutcome> => {
    if (!(await lockEnabled(tx, row.person))) return refused('disabled', row.person)
    const now = iso(world.clock())
    // Compared with what is stored now, so that of two answers with one counter only one comes in.
    const moved = await tx.query(
      `update cordon.passkey set counter = $2, backed_up = $3, used_at = $4
       where id = $1 and suspended_at is null and (counter < $2 or (counter = 0 and $2 = 0)) returning id`,
      [row.id, newCounter, credentialBackedUp, now],
    )
    if (moved.length === 0) {
      const there = await tx.query('update cordon.passkey set suspended_at = coalesce(suspended_at, $2) where id = $1 returning id', [
        row.id,
        now,
      ])
      return refused(there.length > 0 ? 'counter' : 'unknown-passkey', row.person)
    }
    return { outcome: 'in', person: row.person, session: await openSession(tx, row.person, 'passkey', asked.opened, life, world) }
  })
}

type StoredPasskey = { id: string; person: string; public_key: string; suspended: boolean; disabled: boolean }

/** A person's passkeys, oldest first. */
export async function listPasskeys(tx: Tx, person: string): Promise<readonly PasskeyView[]> {
  return (await tx.query<PasskeyRow>(`select ${COLUMNS} from cordon.passkey where person = $1 order by created_at, id`, [person])).map(view)
}

/** Removes one of a person's passkeys. False where he has none with this id. */
export async function removePasskey(tx: Tx, person: string, id: string): Promise<boolean> {
  if (!isCredentialId(id)) return false
  return (await tx.query('delete from cordon.passkey where person = $1 and id = $2 returning id', [person, id])).length > 0
}

function isCredentialId(id: unknown): id is string {
  return typeof id === 'string' && /^[A-Za-z0-9_-]{1,1400}$/.test(id)
}

function userHandle(person: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(person.replaceAll('-', ''), 'hex'))
}

function transportsOf({ response }: RegistrationResponseJSON): readonly string[] {
  const known = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']
  const said: unknown = response.transports
  return Array.isArray(said) ? known.filter((each) => said.includes(each)) : []
}

const COLUMNS = 'id, name, device_type, backed_up, created_at, used_at, suspended_at'

type PasskeyRow = {
  id: string
  name: string
  device_type: string
  backed_up: boolean
  created_at: string | Date
  used_at: string | Date | null
  suspended_at: string | Date | null
}

function view(row: PasskeyRow): PasskeyView {
  return {
    id: row.id,
    name: row.name,
    deviceType: row.device_type,
    backedUp: row.backed_up,
    createdAt: new Date(row.created_at),
    usedAt: row.used_at === null ? null : new Date(row.used_at),
    suspendedAt: row.suspended_at === null ? null : new Date(row.suspended_at),
  }
}

function refused(reason: PasskeyRefusal, person: string | null): PasskeyOutcome {
  return { outcome: 'refused', reason, person }
}
