import { type TSchema, Type } from 'typebox'
import { CASE_ACTIONS, CASE_OUTCOMES, CASE_PRIORITIES, CASE_STATUSES, MOST_REFERENCES, MOST_TAGS } from '../../../cases/index.ts'
import { Id, objectOf, Time } from '../shapes.ts'

export const closed = { additionalProperties: false } as const
export const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])
export const Persons = Type.Array(Id, { maxItems: 50 })

const Reference = Type.Object(
  { authority: Type.String({ maxLength: 200 }), number: Type.String({ maxLength: 100 }) },
  { ...closed, title: 'CaseReference', description: 'the number under which an authority runs the matter' },
)

const written = {
  title: Type.String({ minLength: 1, maxLength: 200 }),
  summary: Type.Optional(orNull(Type.String({ maxLength: 20_000 }))),
  priority: Type.Optional(Type.Enum([...CASE_PRIORITIES])),
  tags: Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { maxItems: MOST_TAGS })),
  references: Type.Optional(Type.Array(Reference, { maxItems: MOST_REFERENCES })),
}

/** What people write in a case. */
export const CaseGiven = Type.Object(written, { ...closed, title: 'CaseGiven' })
/** The same with who works on it, where a case is opened. */
export const CaseOpened = Type.Object({ ...written, assignees: Type.Optional(Persons) }, { ...closed, title: 'CaseOpened' })

const CaseBody = Type.Object(
  {
    title: Type.String(),
    summary: orNull(Type.String()),
    priority: Type.Enum([...CASE_PRIORITIES]),
    tags: Type.Array(Type.String()),
    references: Type.Array(Reference),
    status: Type.Enum([...CASE_STATUSES]),
    outcome: orNull(Type.Enum([...CASE_OUTCOMES])),
    assignees: Type.Array(Id),
    heist: orNull(
      Type.Object({
        id: Type.String(),
        victim: Type.String(),
        register: Type.String({ description: 'SHA-256 of the register that it was opened from' }),
        seeds: Type.Array(Type.Object({ chain: Type.String(), seeds: Type.Array(Type.String()) })),
      }),
    ),
    history: Type.Array(
      Type.Object({
        at: Time,
        by: Id,
        action: Type.Enum([...CASE_ACTIONS]),
        from: Type.Enum([...CASE_STATUSES]),
        to: Type.Enum([...CASE_STATUSES]),
        reason: orNull(Type.String()),
      }),
    ),
  },
  { title: 'CaseBody' },
)

export const Case = objectOf(CaseBody, 'Case')
export const CaseRead = Type.Object(
  {
    ...Case.properties,
    contents: Type.Record(Type.String(), Type.Integer(), { description: 'how much of each kind it holds' }),
    actions: Type.Array(Type.Enum([...CASE_ACTIONS]), { description: 'changes of status that it can take now' }),
  },
  { title: 'CaseRead' },
)
