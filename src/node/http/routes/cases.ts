import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { CASE_PRIORITIES, CASE_STATUSES, type CaseBody, changeCase, openCase, tagOf } from '../../../cases/index.ts'
import { mustBeColleagues } from '../../cases/case.ts'
import { type CaseFilter, caseFacets, findCases } from '../../cases/find.ts'
import { changeObject } from '../../objects/change.ts'
import { createObject } from '../../objects/create.ts'
import { readObject } from '../../objects/read.ts'
import type { NodeParts } from '../../parts.ts'
import { door } from '../door.ts'
import { labelGiven } from '../labels.ts'
import { pagerOf } from '../page.ts'
import { checkIfMatch } from '../precondition.ts'
import { ById, Id, LabelInput, PageQuery, pageOf, shown } from '../shapes.ts'
import { answerCase } from './case-answer.ts'
import { caseContentRoutes } from './case-contents.ts'
import { caseCustodyRoutes } from './case-custody.ts'
import { caseExportRoutes } from './case-export.ts'
import { Case, CaseGiven, CaseOpened, CaseRead, closed } from './case-shapes.ts'
import { caseStatusRoutes } from './case-status.ts'
import { caseTimelineRoutes } from './case-timeline.ts'
import { caseTraceRoutes } from './case-trace.ts'
import { claimRoutes } from './claims.ts'
import { denialRoutes } from './claims-denials.ts'
import { noteRoutes } from './notes.ts'

const Filter = {
  status: Type.Optional(Type.Enum([...CASE_STATUSES])),
  priority: Type.Optional(Type.Enum([...CASE_PRIORITIES])),
  assignee: Type.Optional(Id),
  tag: Type.Optional(Type.String({ maxLength: 64 })),
  organisation: Type.Optional(Type.String({ maxLength: 64, description: 'owner' })),
  heist: Type.Optional(Type.String({ maxLength: 100, description: 'id of a theft of the register' })),
  q: Type.Optional(Type.String({ maxLength: 200, description: 'words that must all occur' })),
}
const Counts = Type.Record(Type.String(), Type.Integer())
const Facets = Type.Object(
  { total: Type.Integer(), status: Counts, priority: Counts, organisation: Counts, assignees: Counts, tags: Counts },
  { title: 'CaseFacets' },
)

function filterOf({ q, tag, ...rest }: CaseFilter & { readonly q?: string | undefined }): CaseFilter {
  return { ...rest, words: q, tag: tag === undefined ? undefined : tagOf(tag, 'tag') }
}

/** Cases: what they say of themselves. What they hold, and what can be done with them, is in the files beside this one. */
export function caseRoutes(app: FastifyInstance, node: NodeParts): void {
  door(
    app,
    node,
    {
      method: 'POST',
      url: '/cases',
      scope: 'cases:write',
      action: 'case.create',
      summary: 'Open a case',
      tag: 'cases',
      body: Type.Object({ case: CaseOpened, label: Type.Optional(LabelInput) }, closed),
      answers: { 201: CaseRead },
    },
    async (ask, { body }) => {
      const { assignees = [], ...given } = body.case
      await mustBeColleagues(ask, assignees)
      const label = await labelGiven(ask, node.config, body.label)
      const made = await createObject(ask, { kind: 'case', body: openCase(given, { assignees }), label })
      return await answerCase(ask, made, 201, `/api/v1/cases/${made.id}`)
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/cases',
      scope: 'cases:read',
      action: 'case.list',
      summary: 'List cases, newest first',
      tag: 'cases',
      query: Type.Object({ ...PageQuery, ...Filter }, closed),
      answers: { 200: pageOf(Case) },
    },
    async (ask, { query }) => {
      const { limit, cursor, ...filter } = query
      const pager = pagerOf(node, ask, 'case.list', query)
      const { cases, more } = await findCases(ask, filterOf(filter), { limit: pager.limit, before: pager.after })
      return pager.answer(cases.map(shown), cases.at(-1)?.id, more)
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/cases/facets',
      scope: 'cases:read',
      action: 'case.count',
      summary: 'Count cases by status, priority, owner, assignee and tag',
      description: 'With the filters of the list. At most 100 values of each are given, the most frequent.',
      tag: 'cases',
      query: Type.Object(Filter, closed),
      answers: { 200: Facets },
    },
    async (ask, { query }) => ({ body: await caseFacets(ask, filterOf(query)) }),
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/cases/:id',
      scope: 'cases:read',
      action: 'case.read',
      summary: 'Read a case, with how much it holds',
      tag: 'cases',
      params: ById,
      answers: { 200: CaseRead },
    },
    async (ask, { params }) => await answerCase(ask, await readObject<CaseBody>(ask, 'case', params.id)),
  )
  door(
    app,
    node,
    {
      method: 'PUT',
      url: '/cases/:id',
      scope: 'cases:write',
      action: 'case.change',
      summary: 'Change what is written in a case',
      description: 'All of it: what is left out is empty afterwards. Status, assignees and contents have doors of their own.',
      tag: 'cases',
      params: ById,
      body: CaseGiven,
      ifMatch: true,
      answers: { 200: CaseRead },
    },
    async (ask, { params, body, headers }) => {
      const before = await readObject<CaseBody>(ask, 'case', params.id)
      checkIfMatch(headers, before)
      return await answerCase(ask, await changeObject(ask, before, { body: changeCase(before.body, body) }))
    },
  )
  caseStatusRoutes(app, node)
  caseContentRoutes(app, node)
  caseTimelineRoutes(app, node)
  caseCustodyRoutes(app, node)
  caseExportRoutes(app, node)
  caseTraceRoutes(app, node)
  noteRoutes(app, node)
  claimRoutes(app, node)
  denialRoutes(app, node)
}
