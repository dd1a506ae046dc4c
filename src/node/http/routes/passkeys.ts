import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { notFound } from '../../objects/errors.ts'
import type { NodeParts } from '../../parts.ts'
import {
  beginPasskeyRegistration,
  beginPasskeySignIn,
  finishPasskeyRegistration,
  listPasskeys,
  type PasskeyOutcome,
  type PasskeySite,
  type PasskeyView,
  removePasskey,
  signInWithPasskey,
} from '../../people/passkeys.ts'
import { door } from '../door.ts'
import { Time } from '../shapes.ts'
import { passkeySite } from './passkeys-site.ts'
import { onPeople } from './people-work.ts'
import { checkSession, letIn, notOffered, openedOf, publicDoor, SessionOpened, sessionDoor, wrongSignIn } from './sign-in-door.ts'
import { callerBySession, recordedWorld, recordRefusal, sessionLife } from './sign-in-record.ts'

const closed = { additionalProperties: false } as const
const open = { additionalProperties: true } as const
const orNull = <T extends ReturnType<typeof Type.String>>(type: T) => Type.Union([type, Type.Null()])

/** What a browser makes of `navigator.credentials`, as JSON (Web Authentication Level 3, section 5.1). Its inside is judged where its signature is. */
const Credential = Type.Object(
  {
    id: Type.String({ maxLength: 2_000 }),
    type: Type.Literal('public-key'),
    response: Type.Object({ clientDataJSON: Type.String({ maxLength: 10_000 }) }, open),
  },
  { ...open, title: 'PublicKeyCredential' },
)
/** Options for `navigator.credentials`, as JSON. */
const Options = Type.Object({ challenge: Type.String() }, { ...open, title: 'PublicKeyCredentialOptions' })

const Passkey = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    deviceType: Type.String({ description: 'singleDevice, or multiDevice where it may be copied between your devices' }),
    backedUp: Type.Boolean(),
    createdAt: Time,
    usedAt: orNull(Time),
    suspendedAt: orNull(
      Type.String({ format: 'date-time', description: 'since when it is refused: its counter ran backwards, as that of a copy would' }),
    ),
  },
  { title: 'Passkey' },
)

/** Signing in with a passkey, and one's own passkeys. */
export function passkeyRoutes(app: FastifyInstance, node: NodeParts): void {
  const { config } = node
  const life = sessionLife(config)
  const site = (): PasskeySite => {
    const here = passkeySite(app, config)
    if (here === null) throw notOffered('passkeys')
    return here
  }
  publicDoor(
    app,
    {
      method: 'POST',
      url: '/sign-in/passkey/options',
      action: 'sign-in.passkey-options',
      summary: 'Begin to sign in with a passkey',
      description: 'Options for `navigator.credentials.get`. They name nobody. The challenge is good once, for five minutes.',
      answers: { 200: Options },
    },
    async () => {
      const here = site()
      return await node.database.system((tx) => beginPasskeySignIn(tx, here, node))
    },
  )
  publicDoor(
    app,
    {
      method: 'POST',
      url: '/sign-in/passkey',
      action: 'sign-in.passkey',
      summary: 'Sign in with a passkey',
      description: 'Opens a session, which is a cookie. Whatever is wrong, the answer is the same.',
      body: Type.Object({ credential: Credential }, closed),
      answers: { 200: SessionOpened },
    },
    async ({ request, reply, body }) => {
      const world = recordedWorld(node, 'sign-in.passkey', async (value, tx) =>
        isIn(value) ? { caller: await callerBySession(node, tx, value.session.token), outcome: 'done' } : null,
      )
      const came = await signInWithPasskey({ response: body.credential, opened: openedOf(request) }, site(), life, world)
      if (came.outcome === 'in') return letIn(node, reply, came.person, came.session)
      if (came.person !== null) await recordRefusal(node, 'sign-in.passkey', { person: came.person, reason: came.reason })
      throw wrongSignIn()
    },
  )
  sessionDoor(
    app,
    node,
    {
      method: 'POST',
      url: '/me/passkeys/options',
      action: 'passkey.options',
      summary: 'Begin to add a passkey',
      description: 'Options for `navigator.credentials.create`, for whoever signed in within the last 15 minutes.',
      answers: { 200: Options },
    },
    async ({ caller }) => {
      const here = site()
      const owner = { person: caller.person, sessionId: checkSession(caller) }
      return await node.database.system((tx) => beginPasskeyRegistration(tx, owner, here, node))
    },
  )
  sessionDoor(
    app,
    node,
    {
      method: 'POST',
      url: '/me/passkeys',
      action: 'passkey.add',
      summary: 'Add a passkey',
      description: 'All your other sessions end, and this one goes on under a new cookie.',
      body: Type.Object(
        { credential: Credential, name: Type.String({ minLength: 1, maxLength: 100, description: 'where it is kept' }) },
        closed,
      ),
      answers: { 200: Type.Object({ passkey: Passkey, session: SessionOpened }) },
    },
    async ({ reply, body, caller }) => {
      const world = recordedWorld(node, 'passkey.add', async (value) => (isAdded(value) ? { caller, outcome: 'done' } : null))
      const owner = { person: caller.person, sessionId: checkSession(caller) }
      const { passkey, session } = await finishPasskeyRegistration(owner, { response: body.credential, name: body.name }, site(), world)
      return { passkey, session: letIn(node, reply, caller.person, session) }
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/me/passkeys',
      scope: null,
      action: 'passkey.list',
      summary: 'Your own passkeys',
      tag: 'sign-in',
      answers: { 200: Type.Object({ items: Type.Array(Passkey) }) },
    },
    async (ask) => {
      checkSession(ask.caller)
      return { body: { items: await onPeople(ask, (tx) => listPasskeys(tx, ask.caller.person)) } }
    },
  )
  door(
    app,
    node,
    {
      method: 'DELETE',
      url: '/me/passkeys/:passkey',
      scope: null,
      action: 'passkey.remove',
      summary: 'Remove one of your passkeys',
      tag: 'sign-in',
      params: Type.Object({ passkey: Type.String({ maxLength: 2_000 }) }),
      answers: { 204: Type.Null() },
    },
    async (ask, { params }) => {
      checkSession(ask.caller)
      if (!(await onPeople(ask, (tx) => removePasskey(tx, ask.caller.person, params.passkey)))) throw notFound('passkey', params.passkey)
      return {}
    },
  )
}

function isIn(value: unknown): value is Extract<PasskeyOutcome, { outcome: 'in' }> {
  return (value as { outcome?: unknown } | null)?.outcome === 'in'
}

function isAdded(value: unknown): value is { readonly passkey: PasskeyView } {
  return typeof value === 'object' && value !== null && 'passkey' in value
}
