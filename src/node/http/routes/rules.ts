import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { checkRule, type RuleBody } from '../../../cases/index.ts'
import { CordonError } from '../../../chain/index.ts'
import { looking, mustHaveRoom, RULE, type RuleKept, WATCH } from '../../alerts/index.ts'
import type { Ask } from '../../ask.ts'
import { changeObject } from '../../objects/change.ts'
import { createObject } from '../../objects/create.ts'
import { notOwner } from '../../objects/errors.ts'
import { listObjects } from '../../objects/list.ts'
import type { StoredObject } from '../../objects/object.ts'
import { readObject } from '../../objects/read.ts'
import type { NodeParts } from '../../parts.ts'
import type { Answer } from '../answer.ts'
import { door } from '../door.ts'
import { labelGiven } from '../labels.ts'
import { pagerOf } from '../page.ts'
import { checkIfMatch } from '../precondition.ts'
import { answerObject, ById, LabelInput, PageQuery, pageOf, shown } from '../shapes.ts'
import { Rule, RuleGiven } from './alerts-shapes.ts'
import { closed } from './case-shapes.ts'

/** Rules: which events about what is watched make an alert. */
export function ruleRoutes(app: FastifyInstance, node: NodeParts): void {
  door(
    app,
    node,
    {
      method: 'POST',
      url: '/rules',
      scope: 'rules:write',
      action: 'rule.create',
      summary: 'Make a rule',
      description:
        'It looks with the eyes of whoever wrote it last: what he may not read raises no alert. Its label is that of its alerts, which are closed further by what they are about. It counts for what happens from now on; POST /watches/check looks back.',
      tag: 'rules',
      body: Type.Object({ rule: RuleGiven, label: Type.Optional(LabelInput) }, closed),
      answers: { 201: Rule },
    },
    async (ask, { body }) => {
      await mustHaveRoom(ask, RULE)
      const rule = await checked(ask, body.rule)
      const label = await labelGiven(ask, node.config, body.label)
      const kept: RuleKept = { ...rule, author: ask.caller.person, ended: null }
      const made = await createObject(ask, { kind: RULE, body: kept, label })
      return await answerRule(ask, made, 201, `/api/v1/rules/${made.id}`)
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/rules',
      scope: 'alerts:read',
      action: 'rule.list',
      summary: 'List rules, newest first',
      tag: 'rules',
      query: Type.Object({ ...PageQuery, enabled: Type.Optional(Type.Boolean()) }, closed),
      answers: { 200: pageOf(Rule) },
    },
    async (ask, { query }) => {
      const pager = pagerOf(node, ask, 'rule.list', query)
      const body = query.enabled === undefined ? [] : [{ path: ['enabled'], equals: String(query.enabled) }]
      const { objects, more } = await listObjects<RuleKept>(ask, { kind: RULE, body }, { limit: pager.limit, before: pager.after })
      const looks = await looking(ask, objects)
      const items = objects.map((rule) => ({ ...shown(rule), looks: looks.get(rule.id) ?? null }))
      return pager.answer(items, objects.at(-1)?.id, more)
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/rules/:id',
      scope: 'alerts:read',
      action: 'rule.read',
      summary: 'Read a rule',
      tag: 'rules',
      params: ById,
      answers: { 200: Rule },
    },
    async (ask, { params }) => await answerRule(ask, await readObject<RuleKept>(ask, RULE, params.id)),
  )
  door(
    app,
    node,
    {
      method: 'PUT',
      url: '/rules/:id',
      scope: 'rules:write',
      action: 'rule.change',
      summary: 'Change a rule, or take it over',
      description: 'From then on it looks with your eyes. `enabled` switches it off and on.',
      tag: 'rules',
      params: ById,
      body: RuleGiven,
      ifMatch: true,
      answers: { 200: Rule },
    },
    async (ask, { params, body, headers }) => {
      const before = await readObject<RuleKept>(ask, RULE, params.id)
      checkIfMatch(headers, before)
      if (before.organisation !== ask.caller.organisation) throw notOwner()
      const kept: RuleKept = { ...(await checked(ask, body)), author: ask.caller.person, ended: null }
      return await answerRule(ask, await changeObject(ask, before, { body: kept }))
    },
  )
  door(
    app,
    node,
    {
      method: 'DELETE',
      url: '/rules/:id',
      scope: 'rules:write',
      action: 'rule.end',
      summary: 'End a rule; what it said stays',
      tag: 'rules',
      params: ById,
      ifMatch: true,
      answers: { 200: Rule },
    },
    async (ask, { params, headers }) => {
      const before = await readObject<RuleKept>(ask, RULE, params.id)
      checkIfMatch(headers, before)
      const kept: RuleKept = { ...before.body, enabled: false, ended: before.body.ended ?? ask.now.toISOString() }
      return await answerRule(ask, await changeObject(ask, before, { body: kept }, 'ended'))
    },
  )
}

async function answerRule(ask: Ask, rule: StoredObject<RuleKept>, status?: number, location?: string): Promise<Answer> {
  const answer = answerObject(rule, status, location)
  return { ...answer, body: { ...shown(rule), looks: (await looking(ask, [rule])).get(rule.id) ?? null } }
}

/** A rule that can be used: what it names is there, for whoever writes it. Throws `alerts/rule`, `node/not-found`. */
async function checked(ask: Ask, given: unknown): Promise<RuleBody> {
  const rule = checkRule(given)
  for (const id of new Set(rule.watches ?? [])) await mustBeThere(ask, WATCH, id, 'watches')
  if (rule.when.event === 'case') for (const id of new Set(rule.when.cases ?? [])) await mustBeThere(ask, 'case', id, 'when.cases')
  return rule
}

async function mustBeThere(ask: Ask, kind: string, id: string, field: string): Promise<void> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))
    throw new CordonError('alerts/rule', `${JSON.stringify(id.slice(0, 60))} is no id of a ${kind}`, {
      place: { field },
      remedy: `Give the ids as GET /${kind === WATCH ? 'watches' : 'cases'} has them.`,
    })
  const { organisation } = await readObject(ask, kind, id)
  if (organisation === ask.caller.organisation) return
  throw new CordonError('alerts/rule', `the ${kind} ${id} is of another organisation`, {
    place: { field },
    remedy: 'A rule meets watches and cases of its own organisation only.',
  })
}
