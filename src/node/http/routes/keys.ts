import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { notFound } from '../../objects/errors.ts'
import type { NodeParts } from '../../parts.ts'
import { createApiKey, KEY_RATE, listApiKeys, revokeApiKey } from '../../people/api-keys.ts'
import { door } from '../door.ts'
import { Time } from '../shapes.ts'
import { shownOnce } from './keys-once.ts'
import { onPeople, worldOf } from './people-work.ts'

const closed = { additionalProperties: false } as const
const orNull = <T extends ReturnType<typeof Type.String>>(type: T) => Type.Union([type, Type.Null()])

const Rate = Type.Object(
  {
    perMinute: Type.Integer({ minimum: 1, maximum: 60_000 }),
    burst: Type.Integer({ minimum: 1, maximum: 5_000, description: 'so many at once' }),
  },
  closed,
)

const KeyShown = {
  id: Type.String({ description: 'the part between the underscores; no secret' }),
  name: Type.String(),
  scopes: Type.Array(Type.String()),
  rate: Rate,
  createdAt: Time,
  expiresAt: Time,
  usedAt: orNull(Type.String({ format: 'date-time', description: 'to within five minutes' })),
  revokedAt: orNull(Time),
}
const Key = Type.Object(KeyShown, { title: 'ApiKey' })
const NewKey = Type.Object(
  { ...KeyShown, key: Type.String({ description: 'the key itself: here and never again' }) },
  { title: 'NewApiKey' },
)

/** One's own API keys. */
export function keyRoutes(app: FastifyInstance, node: NodeParts): void {
  shownOnce(app, (own) =>
    door(
      own,
      node,
      {
        method: 'POST',
        url: '/me/keys',
        scope: 'keys:own',
        action: 'key.create',
        summary: 'Make an API key',
        description:
          'Its text is in the answer and nowhere else: the node keeps a hash. A key does at most what you can do now and later, and nothing that needs a person. It is sent as `Authorization: Bearer`.',
        tag: 'people',
        body: Type.Object(
          {
            name: Type.String({ minLength: 1, maxLength: 100, pattern: '^[^\\u0000\\p{Cs}]*$', description: 'what uses it' }),
            scopes: Type.Array(Type.String({ maxLength: 40 }), { minItems: 1, maxItems: 64 }),
            expiresAt: Type.String({ format: 'date-time', description: 'at most a year from now' }),
            rate: Type.Optional(Rate),
          },
          closed,
        ),
        answers: { 201: NewKey },
      },
      async (ask, { body }) => {
        const wish = { ...body, expiresAt: new Date(body.expiresAt), rate: body.rate ?? KEY_RATE }
        const made = await onPeople(ask, (tx) => createApiKey(tx, ask.caller, wish, worldOf(node)))
        Object.assign(ask.detail, { key: made.id, scopes: made.scopes.join(' '), expiresAt: made.expiresAt.toISOString() })
        return { status: 201, body: made }
      },
    ),
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/me/keys',
      scope: 'keys:own',
      action: 'key.list',
      summary: 'Your API keys, newest first, also those that ended',
      tag: 'people',
      answers: { 200: Type.Object({ items: Type.Array(Key) }) },
    },
    async (ask) => ({ body: { items: await onPeople(ask, (tx) => listApiKeys(tx, ask.caller.person)) } }),
  )
  door(
    app,
    node,
    {
      method: 'DELETE',
      url: '/me/keys/:key',
      scope: 'keys:own',
      action: 'key.revoke',
      summary: 'Revoke one of your API keys at once',
      tag: 'people',
      params: Type.Object({ key: Type.String({ maxLength: 40, description: 'its id' }) }),
      answers: { 204: Type.Null() },
    },
    async (ask, { params }) => {
      if (!(await onPeople(ask, (tx) => revokeApiKey(tx, ask.caller.person, params.key, node.clock)))) throw notFound('key', params.key)
      ask.detail.key = params.key
      return {}
    },
  )
}
