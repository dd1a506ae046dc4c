import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import { type Act, type AlertBody, acknowledge, close, escalate, reopen } from '../../../cases/index.ts'
import { ALERT } from '../../alerts/index.ts'
import type { Ask } from '../../ask.ts'
import { mustBeColleagues } from '../../cases/case.ts'
import { enqueue } from '../../delivery/index.ts'
import { changeObject } from '../../objects/change.ts'
import { listObjects } from '../../objects/list.ts'
import type { StoredObject } from '../../objects/object.ts'
import { readObject } from '../../objects/read.ts'
import type { NodeParts } from '../../parts.ts'
import { isRole } from '../../people/roles.ts'
import { door } from '../door.ts'
import { pagerOf } from '../page.ts'
import { checkIfMatch } from '../precondition.ts'
import { answerObject, ById, Id, PageQuery, pageOf, shown } from '../shapes.ts'
import { ALERT_STATES, Alert, AlertAct, AlertListed, SEVERITIES } from './alerts-shapes.ts'
import { closed } from './case-shapes.ts'

const Filter = {
  state: Type.Optional(Type.Enum([...ALERT_STATES])),
  severity: Type.Optional(Type.Enum([...SEVERITIES])),
  rule: Type.Optional(Id),
  organisation: Type.Optional(Type.String({ maxLength: 64, description: 'owner' })),
  q: Type.Optional(Type.String({ maxLength: 200, description: 'words that must all occur, such as an address' })),
}

/** How a step of an alert's life is called in events and messages. */
const STEPS = { acknowledge: 'acknowledged', escalate: 'escalated', close: 'closed', reopen: 'reopened' } as const

/** Alerts: what rules found, and what becomes of it. */
export function alertRoutes(app: FastifyInstance, node: NodeParts): void {
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/alerts',
      scope: 'alerts:read',
      action: 'alert.list',
      summary: 'List alerts, newest first',
      description: 'Without their facts and their life: read one for these.',
      tag: 'alerts',
      query: Type.Object({ ...PageQuery, ...Filter }, closed),
      answers: { 200: pageOf(AlertListed) },
    },
    async (ask, { query }) => {
      const { state, severity, rule, organisation, q } = query
      const pager = pagerOf(node, ask, 'alert.list', query)
      const body = Object.entries({ state, severity, rule }).flatMap(([field, equals]) =>
        equals === undefined ? [] : [{ path: [field], equals }],
      )
      const filter = { kind: ALERT, body, ...(organisation !== undefined && { organisation }), ...(q !== undefined && { words: q }) }
      const { objects, more } = await listObjects<AlertBody>(ask, filter, { limit: pager.limit, before: pager.after })
      return pager.answer(objects.map(listed), objects.at(-1)?.id, more)
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/alerts/:id',
      scope: 'alerts:read',
      action: 'alert.read',
      summary: 'Read an alert, with its facts and its life',
      tag: 'alerts',
      params: ById,
      answers: { 200: Alert },
    },
    async (ask, { params }) => answerObject(await readObject<AlertBody>(ask, ALERT, params.id)),
  )
  door(
    app,
    node,
    {
      method: 'POST',
      url: '/alerts/:id/actions',
      scope: 'alerts:write',
      action: 'alert.act',
      summary: 'Acknowledge an alert, hand it on, close or reopen it',
      description: 'A closed alert opens again by itself for a fact that it did not have.',
      tag: 'alerts',
      params: ById,
      body: AlertAct,
      ifMatch: true,
      answers: { 200: Alert },
    },
    async (ask, { params, body, headers }) => {
      const before = await readObject<AlertBody>(ask, ALERT, params.id)
      checkIfMatch(headers, before)
      if (body.action === 'escalate' && !isRole(body.to)) await mustBeColleagues(ask, [body.to])
      const step = STEPS[body.action]
      const after = await changeObject(ask, before, { body: acted(before.body, body, actOf(ask)) }, step)
      ask.detail.action = body.action
      await enqueue(ask.tx, { event: `alert.${step}`, object: after.id }, after.organisation, ask.now)
      return answerObject(after)
    },
  )
}

function acted(alert: AlertBody, given: Static<typeof AlertAct>, act: Act): AlertBody {
  switch (given.action) {
    case 'acknowledge':
      return acknowledge(alert, act, given.note ?? null)
    case 'escalate':
      return escalate(alert, act, given.to, given.note)
    case 'close':
      return close(alert, act, given.reason, given.note)
    case 'reopen':
      return reopen(alert, act, given.note)
  }
}

function actOf({ caller, now }: Ask): Act {
  return { by: caller.person, at: now.toISOString() }
}

function listed(object: StoredObject<AlertBody>): object {
  const { facts: _facts, history: _history, ...body } = object.body
  return shown({ ...object, body })
}
