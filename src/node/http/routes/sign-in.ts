import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { NodeParts } from '../../parts.ts'
import type { PasswordHasher } from '../../people/password-hash.ts'
import { foldLogin, type PasswordOutcome, setOwnPassword, signInWithPassword } from '../../people/password-sign-in.ts'
import type { NewSession } from '../../people/sessions.ts'
import { tooMany } from '../limits-rate.ts'
import { cookieOf, setCookie } from '../session-cookie.ts'
import { passkeySite } from './passkeys-site.ts'
import { checkSession, letIn, notOffered, openedOf, publicDoor, SessionOpened, sessionDoor, wrongSignIn } from './sign-in-door.ts'
import { callerBySession, recordedWorld, recordRefusal, sessionLife } from './sign-in-record.ts'

const closed = { additionalProperties: false } as const
/** As long as anything that is hashed. */
const Password = Type.String({ minLength: 1, maxLength: 4096 })
const Login = Type.String({ minLength: 1, maxLength: 254, description: 'mail address or short name; upper and lower case are the same' })

/** The ways in, and the one by password. */
export function signInRoutes(app: FastifyInstance, node: NodeParts, hasher: PasswordHasher): void {
  const { config } = node
  const life = sessionLife(config)
  publicDoor(
    app,
    {
      method: 'GET',
      url: '/sign-in',
      action: 'sign-in.ways',
      summary: 'The ways to sign in here',
      answers: {
        200: Type.Object(
          { passwords: Type.Boolean(), passkeys: Type.Boolean(), providers: Type.Array(Type.String()) },
          { title: 'WaysIn' },
        ),
      },
    },
    async () => ({
      passwords: config.signIn.passwords,
      passkeys: passkeySite(app, config) !== null,
      providers: config.signIn.oidc.map(({ id }) => id),
    }),
  )
  publicDoor(
    app,
    {
      method: 'POST',
      url: '/sign-in/password',
      action: 'sign-in.password',
      summary: 'Sign in with a password',
      description:
        'Opens a session, which is a cookie. Whatever is wrong, the answer is the same. Failures make the next try wait, by account and by address.',
      body: Type.Object({ login: Login, password: Password }, closed),
      answers: { 200: SessionOpened },
    },
    async ({ request, reply, body }) => {
      if (!config.signIn.passwords) throw notOffered('passwords')
      const world = recordedWorld(node, 'sign-in.password', async (value, tx) =>
        isIn(value) ? { caller: await callerBySession(node, tx, value.session.token), outcome: 'done' } : null,
      )
      const device = cookieOf(request, config, 'device')
      const came = await signInWithPassword({ ...body, device, opened: openedOf(request) }, hasher, life, world)
      if (came.outcome === 'wait') throw tooMany(reply, came.retryAfter)
      if (came.outcome === 'wrong') {
        // Recorded for accounts that are not there too: else the time that it takes would tell them apart.
        await recordRefusal(node, 'sign-in.password', { person: await personOf(node, body.login) })
        throw wrongSignIn()
      }
      setCookie(reply, config, 'device', came.device)
      return letIn(node, reply, came.person, came.session)
    },
  )
  sessionDoor(
    app,
    node,
    {
      method: 'PUT',
      url: '/me/password',
      action: 'password.set',
      summary: 'Set or change your own password',
      description: 'All your other sessions end, and this one goes on under a new cookie. Who has a password gives it again.',
      body: Type.Object({ login: Login, password: Password, current: Type.Optional(Password) }, closed),
      answers: { 200: SessionOpened },
    },
    async ({ reply, body, caller }) => {
      if (!config.signIn.passwords) throw notOffered('passwords')
      const world = recordedWorld(node, 'password.set', async (value) => (isSession(value) ? { caller, outcome: 'done' } : null))
      const owner = { person: caller.person, sessionId: checkSession(caller) }
      const session = await setOwnPassword(owner, { current: null, ...body }, hasher, world)
      return letIn(node, reply, caller.person, session)
    },
  )
}

/** Whose login it is. What somebody typed is not recorded: it may be a password in the wrong field. */
async function personOf(node: NodeParts, login: string): Promise<string | null> {
  const [row] = await node.database.system((tx) =>
    tx.query<{ person: string }>('select person from cordon.credential_password where login = $1', [foldLogin(login)]),
  )
  return row?.person ?? null
}

function isIn(value: unknown): value is Extract<PasswordOutcome, { outcome: 'in' }> {
  return (value as { outcome?: unknown } | null)?.outcome === 'in'
}

function isSession(value: unknown): value is NewSession {
  return typeof (value as { csrf?: unknown } | null)?.csrf === 'string'
}
