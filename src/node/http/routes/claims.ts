import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { type ClaimBody, readClaim } from '../../../cases/index.ts'
import { addTo, mustNotBeClosedAway } from '../../cases/case.ts'
import { denialsOf } from '../../cases/denials.ts'
import { changeObject } from '../../objects/change.ts'
import { readObject } from '../../objects/read.ts'
import type { NodeParts } from '../../parts.ts'
import { door } from '../door.ts'
import { labelGiven } from '../labels.ts'
import { pagerOf } from '../page.ts'
import { checkIfMatch } from '../precondition.ts'
import { answerObject, ById, LabelInput, PageQuery, pageOf, shown } from '../shapes.ts'
import { closed } from './case-shapes.ts'
import { Claim, ClaimGiven, Denial } from './claims-shapes.ts'

/** Claims: who says what, when, about what, and where it was read. */
export function claimRoutes(app: FastifyInstance, node: NodeParts): void {
  door(
    app,
    node,
    {
      method: 'POST',
      url: '/cases/:id/claims',
      scope: 'cases:write',
      action: 'claim.create',
      summary: 'Note a claim in a case',
      description: 'As notes: a case of your own organisation holds it; to another it refers.',
      tag: 'cases',
      params: ById,
      body: Type.Object({ claim: ClaimGiven, label: Type.Optional(LabelInput) }, closed),
      answers: { 201: Claim },
    },
    async (ask, { params, body }) => {
      const label = await labelGiven(ask, node.config, body.label)
      const { object, held } = await addTo(ask, params.id, { kind: 'claim', body: readClaim(body.claim), label })
      ask.detail.held = held
      return answerObject(object, 201, `/api/v1/claims/${object.id}`)
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/claims/:id',
      scope: 'cases:read',
      action: 'claim.read',
      summary: 'Read a claim',
      tag: 'cases',
      params: ById,
      answers: { 200: Claim },
    },
    async (ask, { params }) => answerObject(await readObject(ask, 'claim', params.id)),
  )
  door(
    app,
    node,
    {
      method: 'PUT',
      url: '/claims/:id',
      scope: 'cases:write',
      action: 'claim.change',
      summary: 'Change a claim; what it said before is kept',
      tag: 'cases',
      params: ById,
      body: ClaimGiven,
      ifMatch: true,
      answers: { 200: Claim },
    },
    async (ask, { params, body, headers }) => {
      const before = await readObject<ClaimBody>(ask, 'claim', params.id)
      checkIfMatch(headers, before)
      await mustNotBeClosedAway(ask, before.id)
      return answerObject(await changeObject(ask, before, { body: readClaim(body) }))
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/claims/:id/denials',
      scope: 'cases:read',
      action: 'claim.denials',
      summary: 'The denials that dispute a claim, newest first',
      tag: 'cases',
      params: ById,
      query: Type.Object(PageQuery, closed),
      answers: { 200: pageOf(Denial) },
    },
    async (ask, { params, query }) => {
      await readObject(ask, 'claim', params.id)
      const pager = pagerOf(node, ask, `claim.denials/${params.id}`, query)
      const { denials, more } = await denialsOf(ask, params.id, { limit: pager.limit, before: pager.after })
      return pager.answer(denials.map(shown), denials.at(-1)?.id, more)
    },
  )
}
