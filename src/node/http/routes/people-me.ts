import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { NodeParts } from '../../parts.ts'
import { csrfOf } from '../../people/csrf.ts'
import { ROLES, SCOPES } from '../../people/roles.ts'
import { door } from '../door.ts'
import { cookieName } from '../session-cookie.ts'
import { Id } from '../shapes.ts'

const Me = Type.Object(
  {
    person: Id,
    name: Type.String(),
    organisation: Type.String(),
    nation: Type.String(),
    roles: Type.Array(Type.Enum([...ROLES])),
    caveats: Type.Array(Type.String()),
    scopes: Type.Array(Type.Enum([...SCOPES]), { description: 'what this very credential opens' }),
    credential: Type.Object({ kind: Type.Enum(['session', 'key', 'certificate']), id: Type.String() }),
    csrf: Type.Union([Type.String(), Type.Null()], {
      description: 'of a session: to be sent as X-Cordon-Csrf with every request that changes something',
    }),
  },
  { title: 'Me' },
)

/** Who asks, as the node sees him. */
export function meRoutes(app: FastifyInstance, node: NodeParts): void {
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/me',
      scope: null,
      action: 'me.read',
      summary: 'Who you are here, and what you may do',
      tag: 'sign-in',
      answers: { 200: Me },
    },
    async ({ caller }, { headers }) => {
      const { credential, person, name, organisation, nation, roles, caveats, scopes } = caller
      const token = credential.kind === 'session' ? app.parseCookie(headers.cookie ?? '')[cookieName(node.config)] : undefined
      const { kind, id } = credential
      return {
        body: {
          ...{ person, name, organisation, nation, roles, caveats, scopes },
          credential: { kind, id },
          csrf: token === undefined ? null : csrfOf(token),
        },
      }
    },
  )
}
