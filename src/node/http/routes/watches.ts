import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import { checkWatch } from '../../../cases/index.ts'
import { mustHaveRoom, WATCH, type WatchKept } from '../../alerts/index.ts'
import type { Ask } from '../../ask.ts'
import { changeObject } from '../../objects/change.ts'
import { createObject } from '../../objects/create.ts'
import { linkObjects, REFERS } from '../../objects/links.ts'
import { listObjects } from '../../objects/list.ts'
import { readObject } from '../../objects/read.ts'
import type { NodeParts } from '../../parts.ts'
import { door } from '../door.ts'
import { labelGiven } from '../labels.ts'
import { pagerOf } from '../page.ts'
import { checkIfMatch } from '../precondition.ts'
import { answerObject, ById, Id, LabelInput, PageQuery, pageOf, shown } from '../shapes.ts'
import { Watch, WatchGiven } from './alerts-shapes.ts'
import { closed } from './case-shapes.ts'
import { watchCheckRoutes } from './watches-check.ts'

/** Watches: what is looked at. */
export function watchRoutes(app: FastifyInstance, node: NodeParts): void {
  door(
    app,
    node,
    {
      method: 'POST',
      url: '/watches',
      scope: 'alerts:write',
      action: 'watch.create',
      summary: 'Watch an account, an entity, a trace, an entry of a list or a name',
      description: 'Rules of your organisation say which events about it make an alert. An alert is closed as its watches are.',
      tag: 'watches',
      body: Type.Object({ watch: WatchGiven, label: Type.Optional(LabelInput) }, closed),
      answers: { 201: Watch },
    },
    async (ask, { body }) => {
      await mustHaveRoom(ask, WATCH)
      const watch = await checked(ask, body.watch)
      const label = await labelGiven(ask, node.config, body.label)
      const made = await createObject(ask, { kind: WATCH, body: watch, label })
      if (watch.case !== null) await linkObjects(ask, made.id, watch.case, REFERS)
      return answerObject(made, 201, `/api/v1/watches/${made.id}`)
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/watches',
      scope: 'alerts:read',
      action: 'watch.list',
      summary: 'List watches, newest first',
      description: 'Also those that were ended.',
      tag: 'watches',
      query: Type.Object(
        {
          ...PageQuery,
          kind: Type.Optional(Type.Enum(['account', 'entity', 'trace', 'list-entry', 'name'])),
          case: Type.Optional(Id),
          q: Type.Optional(Type.String({ maxLength: 200, description: 'words that must all occur, such as an account' })),
        },
        closed,
      ),
      answers: { 200: pageOf(Watch) },
    },
    async (ask, { query }) => {
      const pager = pagerOf(node, ask, 'watch.list', query)
      const body = [
        ...(query.kind === undefined ? [] : [{ path: ['subject', 'kind'], equals: query.kind }]),
        ...(query.case === undefined ? [] : [{ path: ['case'], equals: query.case }]),
      ]
      const filter = { kind: WATCH, body, ...(query.q !== undefined && { words: query.q }) }
      const { objects, more } = await listObjects(ask, filter, { limit: pager.limit, before: pager.after })
      return pager.answer(objects.map(shown), objects.at(-1)?.id, more)
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/watches/:id',
      scope: 'alerts:read',
      action: 'watch.read',
      summary: 'Read a watch',
      tag: 'watches',
      params: ById,
      answers: { 200: Watch },
    },
    async (ask, { params }) => answerObject(await readObject(ask, WATCH, params.id)),
  )
  door(
    app,
    node,
    {
      method: 'PUT',
      url: '/watches/:id',
      scope: 'alerts:write',
      action: 'watch.change',
      summary: 'Change a watch; one that was ended begins again',
      tag: 'watches',
      params: ById,
      body: WatchGiven,
      ifMatch: true,
      answers: { 200: Watch },
    },
    async (ask, { params, body, headers }) => {
      const before = await readObject<WatchKept>(ask, WATCH, params.id)
      checkIfMatch(headers, before)
      const watch = await checked(ask, body)
      const after = await changeObject(ask, before, { body: watch })
      if (watch.case !== null && watch.case !== before.body.case) await linkObjects(ask, after.id, watch.case, REFERS)
      return answerObject(after)
    },
  )
  door(
    app,
    node,
    {
      method: 'DELETE',
      url: '/watches/:id',
      scope: 'alerts:write',
      action: 'watch.end',
      summary: 'End a watch; alerts about it stay',
      tag: 'watches',
      params: ById,
      ifMatch: true,
      answers: { 200: Watch },
    },
    async (ask, { params, headers }) => {
      const before = await readObject<WatchKept>(ask, WATCH, params.id)
      checkIfMatch(headers, before)
      const body = { ...before.body, ended: before.body.ended ?? ask.now.toISOString() }
      return answerObject(await changeObject(ask, before, { body }, 'ended'))
    },
  )
  watchCheckRoutes(app, node)
}

/** A watch that can be kept: the trace and the case that it names are there, for whoever writes it. Throws `alerts/account`, `alerts/watch`, `node/not-found`. */
async function checked(ask: Ask, { subject, note, case: caseId = null }: Static<typeof WatchGiven>): Promise<WatchKept> {
  const watch = checkWatch({ subject, note, case: caseId })
  if (watch.subject.kind === 'trace') await readObject(ask, 'trace', watch.subject.trace)
  if (watch.case !== null) await readObject(ask, 'case', watch.case)
  return { ...watch, ended: null }
}
