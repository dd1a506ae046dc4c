import { Type } from 'typebox'
import { CLOSE_REASONS, RuleSchema } from '../../../cases/index.ts'
import { ROLES } from '../../people/roles.ts'
import { Id, objectOf, Time } from '../shapes.ts'
import { closed, orNull } from './case-shapes.ts'

export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const
export const ALERT_STATES = ['open', 'acknowledged', 'escalated', 'closed'] as const

const words = (description: string) => Type.String({ minLength: 1, maxLength: 500, description })

const Watched = Type.Union(
  [
    Type.Object({ kind: Type.Literal('account'), account: Type.String({ maxLength: 200, description: 'in CAIP-10' }) }, closed),
    Type.Object({ kind: Type.Literal('entity'), entity: words('id of an entity of the tags') }, closed),
    Type.Object({ kind: Type.Literal('trace'), trace: Id }, closed),
    Type.Object({ kind: Type.Literal('list-entry'), list: words('id of a list'), entry: words('id of an entry') }, closed),
    Type.Object({ kind: Type.Literal('name'), name: words('of a person, body or ship on any list') }, closed),
  ],
  { title: 'Watched' },
)
const watch = { subject: Watched, note: words('why') }

/** What is written of a watch. */
export const WatchGiven = Type.Object({ ...watch, case: Type.Optional(orNull(Id)) }, { ...closed, title: 'WatchGiven' })
export const Watch = objectOf(Type.Object({ ...watch, case: orNull(Id), ended: orNull(Time) }, { ...closed, title: 'WatchBody' }), 'Watch')

/** What is written of a rule. */
export const RuleGiven = Type.Object(RuleSchema.properties, { ...closed, title: 'RuleGiven' })
const RuleKept = objectOf(
  Type.Object(
    {
      ...RuleSchema.properties,
      author: Type.String({ format: 'uuid', description: 'by whose eyes it looks: who last wrote it' }),
      ended: orNull(Time),
    },
    { ...closed, title: 'RuleBody' },
  ),
  'RuleKept',
)
export const Rule = Type.Object(
  {
    ...RuleKept.properties,
    looks: orNull(
      Type.Boolean({
        description:
          'whether it looks at all: false where it is off, or its author is not let in any more or may not see what it is about; a colleague takes it over by writing it. Null for rules of other organisations',
      }),
    ),
  },
  { title: 'Rule' },
)

const Fact = Type.Object({ id: Type.String(), at: Time, text: Type.String() }, { title: 'AlertFact' })
const Step = Type.Object(
  {
    step: Type.Enum(['opened', 'reopened', 'acknowledged', 'escalated', 'closed']),
    at: Time,
    by: orNull(Id),
    note: orNull(Type.String()),
    to: Type.Optional(Type.String()),
    reason: Type.Optional(Type.String()),
  },
  { title: 'AlertStep' },
)
const brief = {
  key: Type.String(),
  rule: Id,
  ruleName: Type.String(),
  severity: Type.Enum([...SEVERITIES]),
  subject: Type.String(),
  watches: Type.Array(Id),
  window: Type.Object({ from: Time, to: Time }),
  state: Type.Enum([...ALERT_STATES]),
  seen: Type.Integer({ description: 'facts that it stands for' }),
  firstSeen: Time,
  lastSeen: Time,
}

/** An alert with its facts and its life. */
export const Alert = objectOf(
  Type.Object({ ...brief, facts: Type.Array(Fact), history: Type.Array(Step) }, { title: 'AlertBody' }),
  'Alert',
)
/** An alert in a list: without these. */
export const AlertListed = objectOf(Type.Object(brief, { title: 'AlertBrief' }), 'AlertListed')

const note = Type.String({ maxLength: 10_000 })
export const AlertAct = Type.Union(
  [
    Type.Object({ action: Type.Literal('acknowledge'), note: Type.Optional(orNull(note)) }, closed),
    Type.Object(
      { action: Type.Literal('escalate'), to: Type.Union([Id, Type.Enum([...ROLES])], { description: 'a colleague, or a role' }), note },
      closed,
    ),
    Type.Object({ action: Type.Literal('close'), reason: Type.Enum([...CLOSE_REASONS]), note }, closed),
    Type.Object({ action: Type.Literal('reopen'), note }, closed),
  ],
  { title: 'AlertAct' },
)
