import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { notFound } from '../../objects/errors.ts'
import type { NodeParts } from '../../parts.ts'
import { endSession, endSessions, listSessions } from '../../people/sessions.ts'
import { door } from '../door.ts'
import { clearingCookie } from '../session-cookie.ts'
import { ById, Id, Time } from '../shapes.ts'
import { onPeople } from './people-work.ts'
import { checkSession } from './sign-in-door.ts'
import { sessionLife } from './sign-in-record.ts'

const Session = Type.Object(
  {
    id: Id,
    how: Type.Enum(['password', 'passkey', 'oidc', 'link']),
    address: Type.String({ description: 'from where it was opened' }),
    agent: Type.String({ description: 'by which browser' }),
    createdAt: Time,
    usedAt: Type.String({ format: 'date-time', description: 'to within a minute' }),
    expiresAt: Time,
    current: Type.Boolean({ description: 'whether it is the one that asks' }),
  },
  { title: 'Session' },
)

/** One's own sessions: which there are, and how they end. */
export function sessionRoutes(app: FastifyInstance, node: NodeParts): void {
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/me/sessions',
      scope: null,
      action: 'session.list',
      summary: 'Your own sessions, the last used first',
      tag: 'sign-in',
      answers: { 200: Type.Object({ items: Type.Array(Session) }) },
    },
    async (ask) => {
      const current = checkSession(ask.caller)
      const sessions = await onPeople(ask, (tx) => listSessions(tx, ask.caller.person, sessionLife(node.config), node.clock))
      return { body: { items: sessions.map((session) => ({ ...session, current: session.id === current })) } }
    },
  )
  door(
    app,
    node,
    {
      method: 'DELETE',
      url: '/me/sessions',
      scope: null,
      action: 'session.end-others',
      summary: 'End all your sessions but this one',
      tag: 'sign-in',
      answers: { 200: Type.Object({ ended: Type.Integer() }) },
    },
    async (ask) => {
      const current = checkSession(ask.caller)
      const ended = await onPeople(ask, (tx) => endSessions(tx, ask.caller.person, current))
      ask.detail.ended = ended
      return { body: { ended } }
    },
  )
  door(
    app,
    node,
    {
      method: 'DELETE',
      url: '/me/sessions/:id',
      scope: null,
      action: 'session.end',
      summary: 'End one of your sessions',
      tag: 'sign-in',
      params: ById,
      answers: { 204: Type.Null() },
    },
    async (ask, { params }) => {
      checkSession(ask.caller)
      ask.detail.session = params.id
      if (!(await onPeople(ask, (tx) => endSession(tx, ask.caller.person, params.id)))) throw notFound('session', params.id)
      return {}
    },
  )
  door(
    app,
    node,
    {
      method: 'POST',
      url: '/sign-out',
      scope: null,
      action: 'sign-out',
      summary: 'End this session',
      tag: 'sign-in',
      answers: { 204: Type.Null() },
    },
    async (ask) => {
      const current = checkSession(ask.caller)
      await onPeople(ask, (tx) => endSession(tx, ask.caller.person, current))
      return { headers: { 'set-cookie': clearingCookie(app, node.config) } }
    },
  )
}
