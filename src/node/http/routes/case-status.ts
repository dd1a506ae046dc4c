import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { actOnCase, assignCase, CASE_ACTIONS, CASE_OUTCOMES, CASE_TABLE, type CaseBody } from '../../../cases/index.ts'
import { mustBeColleagues } from '../../cases/case.ts'
import { changeObject } from '../../objects/change.ts'
import { lockContainers } from '../../objects/containers.ts'
import { readObject } from '../../objects/read.ts'
import type { NodeParts } from '../../parts.ts'
import { door } from '../door.ts'
import { checkIfMatch } from '../precondition.ts'
import { ById } from '../shapes.ts'
import { answerCase } from './case-answer.ts'
import { CaseRead, closed, orNull, Persons } from './case-shapes.ts'

const Action = Type.Object(
  {
    action: Type.Enum([...CASE_ACTIONS]),
    reason: Type.Optional(orNull(Type.String({ maxLength: 2000, description: 'suspend, close and reopen need one' }))),
    outcome: Type.Optional(orNull(Type.Enum([...CASE_OUTCOMES], { description: 'how it ended; with close, and only then' }))),
  },
  { ...closed, title: 'CaseAction' },
)

/** What becomes of a case, and who works on it. */
export function caseStatusRoutes(app: FastifyInstance, node: NodeParts): void {
  door(
    app,
    node,
    {
      method: 'POST',
      url: '/cases/:id/status',
      scope: 'cases:write',
      action: 'case.act',
      summary: 'Start, suspend, resume, close or reopen a case',
      description: 'A closed case, and what it holds, stays as it is until it is reopened.',
      tag: 'cases',
      params: ById,
      body: Action,
      ifMatch: true,
      answers: { 200: CaseRead },
    },
    async (ask, { params, body, headers }) => {
      // What it holds does not change any more once it is closed, and whoever is changing it has done so by then.
      await lockContainers(ask)
      const before = await readObject<CaseBody>(ask, 'case', params.id)
      checkIfMatch(headers, before)
      const after = actOnCase(before.body, body, ask.caller.person, ask.now.toISOString())
      ask.detail.action = body.action
      return await answerCase(ask, await changeObject(ask, before, { body: after }, CASE_TABLE[body.action].to))
    },
  )
  door(
    app,
    node,
    {
      method: 'PUT',
      url: '/cases/:id/assignees',
      scope: 'cases:write',
      action: 'case.assign',
      summary: 'Say who works on a case',
      description: 'People of the organisation that owns it. To be assigned opens nothing: the label does.',
      tag: 'cases',
      params: ById,
      body: Type.Object({ assignees: Persons }, closed),
      ifMatch: true,
      answers: { 200: CaseRead },
    },
    async (ask, { params, body, headers }) => {
      const before = await readObject<CaseBody>(ask, 'case', params.id)
      checkIfMatch(headers, before)
      const after = assignCase(before.body, body.assignees)
      // Who had left the organisation meanwhile may stay on the list, and nobody new may.
      await mustBeColleagues(
        ask,
        after.assignees.filter((person) => !before.body.assignees.includes(person)),
      )
      return await answerCase(ask, await changeObject(ask, before, { body: after }, 'assigned'))
    },
  )
}
