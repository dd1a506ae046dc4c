import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { CordonError } from '../../../chain/index.ts'
import type { NodeParts } from '../../parts.ts'
import { digest, isToken } from '../../people/secrets.ts'
import { openLink } from '../../people/setup-link.ts'
import { letIn, openedOf, publicDoor, SessionOpened } from './sign-in-door.ts'
import { callerBySession, recordedWorld, sessionLife } from './sign-in-record.ts'

const closed = { additionalProperties: false } as const
const Token = Type.String({ minLength: 1, maxLength: 100, description: 'what stands behind the # of the link' })

const Link = Type.Object(
  {
    kind: Type.Enum(['administrator', 'invitation']),
    name: Type.Union([Type.String(), Type.Null()], { description: 'who is invited; the first administrator says it himself' }),
    login: Type.Union([Type.String(), Type.Null()], { description: 'a login that suggests itself' }),
  },
  { title: 'WelcomeLink' },
)

/** One-time links: for the first administrator, and for whoever was invited. */
export function welcomeRoutes(app: FastifyInstance, node: NodeParts): void {
  publicDoor(
    app,
    {
      method: 'POST',
      url: '/welcome/link',
      action: 'welcome.look',
      summary: 'For whom a one-time link is',
      description: 'Does not use it up.',
      body: Type.Object({ token: Token }, closed),
      answers: { 200: Link },
    },
    async ({ body }) => {
      const [link] = isToken(body.token)
        ? await node.database.system((tx) =>
            tx.query(
              `select l.kind, p.name, p.email as login from cordon.setup_link l left join cordon.person p on p.id = l.person
               where l.hash = $1 and l.expires_at > $2 and not coalesce(p.disabled, false)`,
              [digest(body.token), node.clock().toISOString()],
            ),
          )
        : []
      if (link === undefined) throw linkEnded()
      return link
    },
  )
  publicDoor(
    app,
    {
      method: 'POST',
      url: '/welcome',
      action: 'welcome.open',
      summary: 'Come in by a one-time link',
      description:
        'Uses the link up and opens a session of one hour, in which you set a password or add a passkey. Credentials from before an invitation end. The first administrator gives his name; an invited person has one.',
      body: Type.Object(
        {
          token: Token,
          name: Type.Optional(Type.String({ maxLength: 200 })),
          email: Type.Optional(Type.Union([Type.String({ maxLength: 254 }), Type.Null()])),
        },
        closed,
      ),
      answers: { 200: SessionOpened },
    },
    async ({ request, reply, body }) => {
      const world = recordedWorld(node, 'welcome.open', async (value, tx) => {
        const opened = value as Awaited<ReturnType<typeof openLink>>
        if (opened === null) return null
        return { caller: await callerBySession(node, tx, opened.session.token), outcome: 'done', detail: { link: opened.kind } }
      })
      const { token, name = '', email = null } = body
      const opened = await world.transact((tx) =>
        openLink(tx, { token, name, email, opened: openedOf(request) }, sessionLife(node.config), node),
      )
      if (opened === null) throw linkEnded()
      return letIn(node, reply, opened.person, opened.session)
    },
  )
}

/** The same for a link that never was, was used, or is too old. */
function linkEnded(): CordonError {
  return new CordonError('people/link-ended', 'this link is not good, or not any more', {
    remedy: 'A link works once and not for long. Ask an administrator for an invitation; the first one is printed when the node starts.',
  })
}
