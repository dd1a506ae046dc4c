import type { Tx } from '../database/tx.ts'
import { lockEnabled } from './lock-person.ts'
import { authorizationUrl, failureOf, type OidcProvider, redeemCode, type Subject } from './oidc.ts'
import { type Mapped, mapClaims } from './oidc-claims.ts'
import { insertPerson } from './persons.ts'
import type { Role } from './roles.ts'
import { digest, isToken, newToken, sameSecret } from './secrets.ts'
import { endSessions, type NewSession, type Opened, openSession, type SessionLife } from './sessions.ts'
import { after, iso, type TransactWorld, type World } from './world.ts'

const LIFE_MS = 10 * 60_000

/** Where to send the browser, and what it must bring back: `browser` goes into a short-lived HttpOnly cookie. */
export type OidcBegun = {
  readonly url: URL
  readonly browser: string
}

/**
 * What came of it. `reason` is for the record; whoever signs in is told the same for every refusal.
 */
export type OidcOutcome =
  | { readonly outcome: 'in'; readonly person: string; readonly session: NewSession; readonly returnTo: string; readonly made: boolean }
  | { readonly outcome: 'refused'; readonly reason: OidcRefusal; readonly detail: string }

export type OidcRefusal =
  | 'unknown-state'
  | 'expired'
  | 'other-browser'
  | 'other-provider'
  | 'provider'
  | 'not-mapped'
  | 'disabled'
  | 'linked-to-another'
  | 'invitation-used'

/**
 * Begins a sign-in, or, for somebody who came by an invitation (`person`), the linking of his account to a subject.
 *
 * @param asked.returnTo a path of this node to go to afterwards; anything else becomes `/`
 */
export async function beginOidc(
  tx: Tx,
  provider: OidcProvider,
  asked: { readonly returnTo: string; readonly invited: InvitedBySession | null },
  world: World,
): Promise<OidcBegun> {
  const [state, nonce, verifier, browser] = [0, 1, 2, 3].map(() => newToken(world.random)) as [string, string, string, string]
  await tx.query(
    `insert into cordon.sign_in (state_hash, provider, nonce, verifier, browser_hash, return_to, person, expires_at)
     values ($1, $2, $3, $4, $5, $6, (select person from cordon.session where id = $7 and person = $8 and how = 'link'), $9)`,
    [
      digest(state),
      provider.settings.id,
      nonce,
      verifier,
      digest(browser),
      localPath(asked.returnTo),
      asked.invited?.sessionId ?? null,
      asked.invited?.person ?? null,
      iso(after(world.clock(), LIFE_MS)),
    ],
  )
  return { url: await authorizationUrl(provider, { state, nonce, verifier }), browser }
}

/** The session that an invitation opened: only in one of these an account is linked. */
export type InvitedBySession = { readonly person: string; readonly sessionId: string }

/**
 * Ends a sign-in when the browser comes back. The state is used up first, whatever comes of it; then the provider is asked, without a transaction held meanwhile.
 *
 * A subject is `issuer` and `sub` and nothing else: a mail address proves nothing, since providers let people choose it.
 */
export async function finishOidc(
  provider: OidcProvider,
  back: { readonly query: string; readonly browser: string | null; readonly opened: Opened },
  life: SessionLife,
  world: TransactWorld,
): Promise<OidcOutcome> {
  const state = new URLSearchParams(back.query).get('state')
  if (!isToken(state)) return refused('unknown-state', 'the answer has no state')
  const [begun] = await world.transact((tx) =>
    tx.query<SignInRow>(
      'delete from cordon.sign_in where state_hash = $1 returning provider, nonce, verifier, browser_hash, return_to, person, expires_at',
      [digest(state)],
    ),
  )
  if (begun === undefined) return refused('unknown-state', 'the state was never given out or was used before')
  if (new Date(begun.expires_at) <= world.clock()) return refused('expired', 'the sign-in took longer than 10 minutes')
  if (!sameSecret(digest(back.browser ?? ''), begun.browser_hash)) return refused('other-browser', 'the sign-in began in another browser')
  if (begun.provider !== provider.settings.id) return refused('other-provider', `the sign-in began at ${begun.provider}`)
  let subject: Subject
  try {
    subject = await redeemCode(provider, back.query, { state, nonce: begun.nonce, verifier: begun.verifier }, world.clock)
  } catch (error) {
    return refused('provider', failureOf(error))
  }
  return world.transact((tx) => admit(tx, provider, subject, begun, back.opened, life, world))
}

type SignInRow = {
  provider: string
  nonce: string
  verifier: string
  browser_hash: string
  return_to: string
  person: string | null
  expires_at: string | Date
}

async function admit(
  tx: Tx,
  { settings }: OidcProvider,
  { issuer, subject, claims }: Subject,
  begun: SignInRow,
  opened: Opened,
  life: SessionLife,
  world: World,
): Promise<OidcOutcome> {
  const [known] = await tx.query<KnownRow>(
    `select s.person, s.managed, p.disabled, p.organisation, p.roles, p.caveats from cordon.subject s join cordon.person p on p.id = s.person
     where s.issuer = $1 and s.subject = $2 for no key update of p`,
    [issuer, subject],
  )
  const enter = async (person: string, made: boolean): Promise<OidcOutcome> => ({
    outcome: 'in',
    person,
    session: await openSession(tx, person, 'oidc', opened, life, world),
    returnTo: begun.return_to,
    made,
  })
  const link = (person: string, managed: boolean) =>
    tx.query(
      'insert into cordon.subject (issuer, subject, person, managed, linked_at) values ($1, $2, $3, $4, $5) on conflict do nothing returning person',
      [issuer, subject, person, managed, iso(world.clock())],
    )
  if (begun.person !== null) {
    if (known !== undefined && known.person !== begun.person) return refused('linked-to-another', 'this subject belongs to another person')
    // Before his sessions, as whoever disables him does.
    if (!(await lockEnabled(tx, begun.person))) return refused('invitation-used', 'the person is disabled')
    // The invitation's session is spent by the linking, and must not have ended meanwhile.
    const spent = await tx.query(`delete from cordon.session where person = $1 and how = 'link' and expires_at > $2 returning id`, [
      begun.person,
      iso(world.clock()),
    ])
    if (spent.length === 0) return refused('invitation-used', 'the session of the invitation has ended')
    if (known === undefined && (await link(begun.person, false)).length === 0)
      return refused('linked-to-another', 'this subject was linked at the same time')
    return enter(begun.person, false)
  }
  if (known?.disabled) return refused('disabled', 'the person is disabled')
  if (known !== undefined && !known.managed) return enter(known.person, false)
  const mapped = mapClaims(claims, settings.rules)
  if ('unmapped' in mapped) {
    // Groups that were taken away end what is still open.
    if (known !== undefined) await takeAway(tx, known)
    return refused('not-mapped', mapped.unmapped)
  }
  if (known !== undefined) {
    await follow(tx, known, mapped)
    return enter(known.person, false)
  }
  const missing = (await tx.query('select from cordon.organisation where code = $1', [mapped.organisation])).length === 0
  if (missing) return refused('not-mapped', `there is no organisation ${mapped.organisation}`)
  const made = await insertPerson(tx, { ...mapped, name: nameOf(claims), email: emailOf(claims) }, world)
  // Two sign-ins of a new subject at once: the second waits for the first and finds the subject taken; its new person is taken back.
  if ((await link(made.id, true)).length === 0) {
    await tx.query('delete from cordon.person where id = $1', [made.id])
    return refused('linked-to-another', 'this subject signed in at the same time')
  }
  return enter(made.id, true)
}

type KnownRow = { person: string; managed: boolean; disabled: boolean; organisation: string; roles: string[]; caveats: string[] }

/** Whoever is managed by the provider has what its rules give today: more or less than yesterday. */
async function follow(tx: Tx, known: KnownRow, { organisation, roles, caveats }: Mapped): Promise<void> {
  const same =
    known.organisation === organisation && known.roles.join() === roles.join() && JSON.stringify(known.caveats) === JSON.stringify(caveats)
  if (same) return
  await tx.query('update cordon.person set organisation = $2, roles = $3, caveats = $4, version = version + 1 where id = $1', [
    known.person,
    organisation,
    roles,
    caveats,
  ])
  await endSessions(tx, known.person, null)
}

async function takeAway(tx: Tx, known: KnownRow): Promise<void> {
  const none: readonly Role[] = []
  await tx.query(`update cordon.person set roles = $2, version = version + 1 where id = $1 and roles <> $2`, [known.person, none])
  await endSessions(tx, known.person, null)
}

function refused(reason: OidcRefusal, detail: string): OidcOutcome {
  return { outcome: 'refused', reason, detail }
}

function nameOf(claims: Readonly<Record<string, unknown>>): string {
  for (const claim of ['name', 'preferred_username', 'sub']) {
    const value = claims[claim]
    const name =
      typeof value === 'string'
        ? value
            .toWellFormed()
            .replace(/\p{Cc}/gu, ' ')
            .trim()
            .slice(0, 200)
            .toWellFormed()
        : ''
    if (name !== '') return name
  }
  return 'nameless'
}

function emailOf({ email, email_verified }: Readonly<Record<string, unknown>>): string | null {
  return typeof email === 'string' && email_verified === true && /^[^\s@\p{Cc}\p{Cs}]{1,64}@[^\s@\p{Cc}\p{Cs}]{1,189}$/u.test(email)
    ? email
    : null
}

/** A path of this node, so that nobody is sent elsewhere after signing in (open redirect). */
export function localPath(path: string): string {
  return /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]{0,1000}$/.test(path) ? path : '/'
}
