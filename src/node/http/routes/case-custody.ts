import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { type CaseBody, CUSTODY_STANDARD, custodyText } from '../../../cases/index.ts'
import { caseCustody } from '../../cases/custody.ts'
import { guardOf } from '../../cases/guard.ts'
import { readObject } from '../../objects/read.ts'
import type { NodeParts } from '../../parts.ts'
import { namesOf } from '../../people/colleagues.ts'
import { door } from '../door.ts'
import { ById, Id, Time } from '../shapes.ts'
import { orNull } from './case-shapes.ts'
import { onPeople } from './people-work.ts'

const Text = orNull(Type.String())
const Statement = Type.Object(
  {
    file: Id,
    organisation: Type.String(),
    name: Type.String(),
    sha256: Type.String(),
    bytes: Type.Integer(),
    collection: Type.Object({
      url: Text,
      device: Text,
      capturedAt: Text,
      capturedBy: Text,
      tool: Text,
      toolVersion: Text,
      hashAtCapture: Text,
      notes: Text,
    }),
    preservation: Type.Object({
      receivedAt: Time,
      receivedBy: Id,
      madeBy: orNull(Id),
      mediaType: Text,
      sniffed: Type.String(),
      asCaptured: orNull(Type.Boolean({ description: 'whether it hashes as it did at capture' })),
    }),
    lastVerified: orNull(Time),
    steps: Type.Array(
      Type.Object({
        index: Type.Integer({ description: 'its place in the record' }),
        at: Time,
        event: Type.Enum(['collected', 'preserved', 'verified', 'viewed', 'exported', 'changed', 'other']),
        action: Type.String(),
        outcome: Type.String(),
        organisation: Text,
        person: Text,
      }),
    ),
    stepsLeftOut: Type.Boolean(),
    gaps: Type.Array(Type.Object({ asks: Type.String({ description: 'paragraph of the protocol' }), what: Type.String() }), {
      description: 'what nobody wrote down',
    }),
  },
  { title: 'CustodyStatement' },
)

/** The chain of custody of a case's files. */
export function caseCustodyRoutes(app: FastifyInstance, node: NodeParts): void {
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/cases/:id/custody',
      // Places in the record show how much is done here, as proofs do.
      scope: 'exports:make',
      action: 'case.custody',
      summary: 'The chain of custody of every file in a case',
      description: `What the ${CUSTODY_STANDARD} asks, and what of it nobody wrote down.`,
      tag: 'cases',
      params: ById,
      answers: { 200: Type.Object({ standard: Type.String(), files: Type.Array(Statement) }, { title: 'CaseCustody' }) },
    },
    async (ask, { params }) => {
      await readObject(ask, 'case', params.id)
      return { body: { standard: CUSTODY_STANDARD, files: await caseCustody(ask, params.id) } }
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/cases/:id/custody/text',
      // Places in the record show how much is done here, as proofs do.
      scope: 'exports:make',
      action: 'case.custody-text',
      summary: 'The chain of custody of every file in a case, as plain text',
      description: 'Names the people of your own organisation; those of others are told by their ids.',
      tag: 'cases',
      params: ById,
      answers: { 200: Type.String() },
    },
    async (ask, { params }) => {
      const found = await readObject<CaseBody>(ask, 'case', params.id)
      const statements = await caseCustody(ask, found.id)
      const persons = statements.flatMap(({ preservation, steps }) => [preservation.receivedBy, ...steps.map(({ person }) => person ?? '')])
      const text = custodyText({
        case: found.id,
        title: found.body.title,
        marking: (await guardOf(ask, found.id)).marking,
        at: ask.now.toISOString(),
        statements,
        names: await onPeople(ask, (tx) => namesOf(tx, ask.caller.organisation, persons)),
      })
      return { body: text, headers: { 'content-type': 'text/plain; charset=utf-8' } }
    },
  )
}
