import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { applyFreezeAction, FREEZE_STATES, openFreeze } from '../../../cases/index.ts'
import { CordonError } from '../../../chain/index.ts'
import { type Label, mayRead, showLabel } from '../../../share/index.ts'
import { type Ask, readerOf } from '../../ask.ts'
import { attach } from '../../cases/case.ts'
import {
  actorOf,
  directoryFor,
  type FoundFreeze,
  findFreezes,
  freezeOf,
  type KeptFreeze,
  keptOf,
  REQUEST,
  teamLabel,
} from '../../freeze/index.ts'
import { changeObject } from '../../objects/change.ts'
import { createObject } from '../../objects/create.ts'
import { notOwner } from '../../objects/errors.ts'
import { readObject } from '../../objects/read.ts'
import type { NodeParts } from '../../parts.ts'
import { uuidV7 } from '../../uuid.ts'
import { door } from '../door.ts'
import { labelGiven } from '../labels.ts'
import { pagerOf } from '../page.ts'
import { checkIfMatch } from '../precondition.ts'
import { answerObject, ById, PageQuery, pageOf } from '../shapes.ts'
import { freezeActionRoutes } from './freeze-actions.ts'
import { freezePaperRoutes } from './freeze-papers.ts'
import { ChangeGiven, closed, Request, RequestGiven, RequestListed } from './freeze-shapes.ts'

/** The freeze desk: requests to exchanges. */
export function freezeRoutes(app: FastifyInstance, node: NodeParts): void {
  door(
    app,
    node,
    {
      method: 'POST',
      url: '/requests',
      scope: 'freeze:draft',
      action: 'request.open',
      summary: 'Open a request to an exchange, as a draft',
      description:
        'A request is need-to-know from birth: without a label it is yours and the team’s that you name, and nobody else’s of your organisation. Name whoever is to authorise and send it. A label of your own takes the place of that.',
      tag: 'freeze',
      body: RequestGiven,
      answers: { 201: Request },
    },
    async (ask, { body }) => {
      const label = await labelOf(ask, node, body)
      // The desk wants an id before there is an object; what is kept has none of its own.
      const opened = openFreeze(uuidV7(ask.now, ask.random), body.request, actorOf(ask), ask.now.toISOString())
      const made = await createObject(ask, { kind: REQUEST, body: keptOf(opened), label })
      if (body.case !== undefined) {
        mayWriteCases(ask)
        await attach(ask, body.case, made.id)
      }
      return answerObject(made, 201, `/api/v1/requests/${made.id}`)
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/requests',
      scope: 'objects:read',
      action: 'request.list',
      summary: 'List requests, newest first',
      description: 'A page of those that are overdue may be short, or empty, before the last: `next` says whether there is more.',
      tag: 'freeze',
      query: Type.Object(
        {
          ...PageQuery,
          state: Type.Optional(Type.Enum([...FREEZE_STATES])),
          exchange: Type.Optional(Type.String({ maxLength: 100 })),
          caseNumber: Type.Optional(Type.String({ maxLength: 200 })),
          overdue: Type.Optional(Type.Boolean({ description: 'only those of which a deadline is overdue' })),
          q: Type.Optional(Type.String({ maxLength: 200, description: 'words that must all occur' })),
        },
        closed,
      ),
      answers: { 200: pageOf(RequestListed) },
    },
    async (ask, { query }) => {
      const pager = pagerOf(node, ask, 'request.list', query)
      const { state, exchange, caseNumber, overdue, q } = query
      const filter = { state, exchange, caseNumber, overdue, words: q }
      const { found, last, more } = await findFreezes(ask, node, filter, { limit: pager.limit, before: pager.after })
      return pager.answer(found.map(listed), last, more)
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/requests/:id',
      scope: 'objects:read',
      action: 'request.read',
      summary: 'Read a request',
      tag: 'freeze',
      params: ById,
      answers: { 200: Request },
    },
    async (ask, { params }) => answerObject(await readObject<KeptFreeze>(ask, REQUEST, params.id)),
  )
  door(
    app,
    node,
    {
      method: 'PUT',
      url: '/requests/:id',
      scope: 'freeze:draft',
      action: 'request.change',
      summary: 'Change what is asked',
      description: 'Possible until it is sent. A change takes an authorisation away, and whoever made it cannot authorise.',
      tag: 'freeze',
      params: ById,
      body: ChangeGiven,
      ifMatch: true,
      answers: { 200: Request },
    },
    async (ask, { params, body, headers }) => {
      const before = await readObject<KeptFreeze>(ask, REQUEST, params.id)
      checkIfMatch(headers, before)
      if (before.organisation !== ask.caller.organisation) throw notOwner()
      const desk = { directory: await directoryFor(ask, node.exchanges), confirm: null }
      const action = { do: 'change', request: body.request, reason: body.reason } as const
      const after = applyFreezeAction(freezeOf(before), action, actorOf(ask), ask.now.toISOString(), desk)
      return answerObject(await changeObject(ask, before, { body: keptOf(after) }))
    },
  )
  freezeActionRoutes(app, node)
  freezePaperRoutes(app, node)
}

/** The label at birth. Throws `release/bad-label`, also where both a team and a label are given; `cases/no-such-person`, `node/would-close-it`. */
async function labelOf(
  ask: Ask,
  { config }: NodeParts,
  { team, label }: { readonly team?: readonly string[]; readonly label?: unknown },
): Promise<Label> {
  if (label === undefined) return await teamLabel(ask, team ?? [])
  if (team !== undefined)
    throw new CordonError('release/bad-label', 'a request has a team or a label of its own', {
      place: { field: 'team' },
      remedy: 'Name the people among the persons of the label, or leave the label off.',
    })
  const given = await labelGiven(ask, config, label)
  if (!mayRead(readerOf(ask.caller), given, ask.now))
    throw new CordonError('node/would-close-it', 'you would not see the request under this label yourself', {
      place: { field: 'label' },
      remedy: 'Name yourself among the persons.',
    })
  return given
}

function mayWriteCases({ caller }: Ask): void {
  if (!caller.scopes.includes('cases:write'))
    throw new CordonError('node/forbidden', 'to put a request into a case needs the scope cases:write', {
      remedy: 'Leave the case off, or use a credential that has the scope.',
    })
}

function listed({ object, clock }: FoundFreeze): object {
  const { id, version, organisation, createdBy, createdAt, changedAt, label, body } = object
  const { state, request } = body
  return {
    id,
    version,
    organisation,
    createdBy,
    createdAt,
    changedAt,
    marking: showLabel(label),
    state,
    caseNumber: request.caseNumber,
    exchange: request.exchange,
    kind: request.asked.kind,
    points: request.points.length,
    overdue: [...new Set(clock.overdue.map((deadline) => deadline.id))],
    next: clock.next,
  }
}
