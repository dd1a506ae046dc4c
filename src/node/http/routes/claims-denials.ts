import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { type DenialBody, readDenial } from '../../../cases/index.ts'
import { addTo, mustNotBeClosedAway } from '../../cases/case.ts'
import { dispute } from '../../cases/denials.ts'
import { changeObject } from '../../objects/change.ts'
import { readObject } from '../../objects/read.ts'
import type { NodeParts } from '../../parts.ts'
import { door } from '../door.ts'
import { labelGiven } from '../labels.ts'
import { checkIfMatch } from '../precondition.ts'
import { answerObject, ById, Id, LabelInput } from '../shapes.ts'
import { closed } from './case-shapes.ts'
import { Denial, DenialGiven } from './claims-shapes.ts'

/** Denials: who says that it is not so. */
export function denialRoutes(app: FastifyInstance, node: NodeParts): void {
  door(
    app,
    node,
    {
      method: 'POST',
      url: '/cases/:id/denials',
      scope: 'cases:write',
      action: 'denial.create',
      summary: 'Note a denial in a case, and which claims it disputes',
      description: 'As notes: a case of your own organisation holds it; to another it refers.',
      tag: 'cases',
      params: ById,
      body: Type.Object(
        {
          denial: DenialGiven,
          disputes: Type.Optional(Type.Array(Id, { maxItems: 100, description: 'claims that you may read' })),
          label: Type.Optional(LabelInput),
        },
        closed,
      ),
      answers: { 201: Denial },
    },
    async (ask, { params, body }) => {
      const label = await labelGiven(ask, node.config, body.label)
      const { object, held } = await addTo(ask, params.id, { kind: 'denial', body: readDenial(body.denial), label })
      await dispute(ask, object.id, body.disputes ?? [])
      ask.detail.held = held
      return answerObject(object, 201, `/api/v1/denials/${object.id}`)
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/denials/:id',
      scope: 'cases:read',
      action: 'denial.read',
      summary: 'Read a denial',
      tag: 'cases',
      params: ById,
      answers: { 200: Denial },
    },
    async (ask, { params }) => answerObject(await readObject(ask, 'denial', params.id)),
  )
  door(
    app,
    node,
    {
      method: 'PUT',
      url: '/denials/:id',
      scope: 'cases:write',
      action: 'denial.change',
      summary: 'Change a denial; what it said before is kept',
      tag: 'cases',
      params: ById,
      body: DenialGiven,
      ifMatch: true,
      answers: { 200: Denial },
    },
    async (ask, { params, body, headers }) => {
      const before = await readObject<DenialBody>(ask, 'denial', params.id)
      checkIfMatch(headers, before)
      await mustNotBeClosedAway(ask, before.id)
      return answerObject(await changeObject(ask, before, { body: readDenial(body) }))
    },
  )
}
