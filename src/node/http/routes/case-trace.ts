import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { openCase } from '../../../cases/index.ts'
import { hold, mustBeColleagues } from '../../cases/case.ts'
import { createObject } from '../../objects/create.ts'
import { COMES_FROM, linkObjects } from '../../objects/links.ts'
import { readObject } from '../../objects/read.ts'
import type { NodeParts } from '../../parts.ts'
import { door } from '../door.ts'
import { labelGiven } from '../labels.ts'
import { ById, LabelInput } from '../shapes.ts'
import { answerCase } from './case-answer.ts'
import { CaseOpened, CaseRead, closed } from './case-shapes.ts'

/** A trace opens into a case. */
export function caseTraceRoutes(app: FastifyInstance, node: NodeParts): void {
  door(
    app,
    node,
    {
      method: 'POST',
      url: '/traces/:id/case',
      scope: 'cases:write',
      action: 'trace.open-case',
      summary: 'Open a case from a trace, which it holds',
      tag: 'cases',
      params: ById,
      body: Type.Object({ case: CaseOpened, label: Type.Optional(LabelInput) }, closed),
      answers: { 201: CaseRead },
    },
    async (ask, { params, body }) => {
      const trace = await readObject(ask, 'trace', params.id)
      const { assignees = [], ...given } = body.case
      await mustBeColleagues(ask, assignees)
      const label = await labelGiven(ask, node.config, body.label)
      const made = await createObject(ask, { kind: 'case', body: openCase(given, { assignees }), label })
      await linkObjects(ask, made.id, trace.id, COMES_FROM)
      return await answerCase(ask, await hold(ask, made, trace.id), 201, `/api/v1/cases/${made.id}`)
    },
  )
}
