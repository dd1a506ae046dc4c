import { Type } from 'typebox'
import { Id, Time } from '../shapes.ts'
import { closed, orNull } from './case-shapes.ts'

const events = Type.Optional(
  Type.Array(Type.String({ minLength: 1, maxLength: 60 }), {
    maxItems: 100,
    description: 'alert.opened, alert.reopened, alert.acknowledged, alert.escalated, alert.closed; none for all',
  }),
)

export const EndpointGiven = Type.Union(
  [
    Type.Object({ channel: Type.Literal('webhook'), url: Type.String({ maxLength: 2048 }), events }, closed),
    Type.Object({ channel: Type.Literal('mail'), address: Type.String({ maxLength: 254 }), events }, closed),
  ],
  { title: 'WebhookGiven' },
)

const endpoint = {
  id: Id,
  organisation: Type.String(),
  person: Type.String({ format: 'uuid', description: 'whose eyes decide what is sent' }),
  channel: Type.Enum(['webhook', 'mail']),
  target: Type.String(),
  events: Type.Array(Type.String()),
  failures: Type.Integer({ description: 'attempts in a row that failed' }),
  createdAt: Time,
  disabledAt: orNull(Time),
  disabledReason: orNull(Type.String()),
}
export const Endpoint = Type.Object(endpoint, { title: 'Webhook' })
export const EndpointRead = Type.Object(
  {
    ...endpoint,
    messages: Type.Object({ waiting: Type.Integer(), delivered: Type.Integer(), dead: Type.Integer(), dropped: Type.Integer() }),
  },
  { title: 'WebhookRead' },
)
export const EndpointMade = Type.Object(
  { endpoint: Endpoint, secret: orNull(Type.String({ description: 'whsec_…, shown this once; null for mail' })) },
  { title: 'WebhookMade' },
)
export const SecretMade = Type.Object({ secret: Type.String() }, { title: 'WebhookSecret' })

export const Outcome = Type.Object(
  {
    outcome: Type.Enum(['delivered', 'retry', 'refused', 'gone']),
    status: orNull(Type.Integer()),
    reason: orNull(Type.String()),
  },
  { title: 'WebhookOutcome' },
)

export const DeadLetter = Type.Object(
  {
    id: Id,
    endpoint: Id,
    event: Type.String(),
    object: Id,
    enqueuedAt: Time,
    endedAt: Time,
    attempts: Type.Integer(),
    status: orNull(Type.Integer()),
    reason: orNull(Type.String()),
  },
  { title: 'DeadLetter' },
)
