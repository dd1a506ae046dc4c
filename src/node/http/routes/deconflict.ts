import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { blindItems, MOST_ASKED, notices } from '../../../share/index.ts'
import {
  accountSource,
  accountsOf,
  chosen,
  fileHoldings,
  HELD_KINDS,
  listHoldings,
  roundsMet,
  withdrawHoldings,
} from '../../deconflict/index.ts'
import { notOwner } from '../../objects/errors.ts'
import { readAnyObject } from '../../objects/read.ts'
import type { NodeParts } from '../../parts.ts'
import { peek } from '../../tracing/index.ts'
import { door, doorAfter } from '../door.ts'
import { pagerOf } from '../page.ts'
import { Id, PageQuery, pageOf, Time } from '../shapes.ts'
import { closed } from './freeze-shapes.ts'

const Filing = Type.Object(
  {
    filed: Type.Integer({ description: 'accounts that were filed' }),
    before: Type.Integer({ description: 'accounts that the object had filed already' }),
    round: Type.String({ format: 'date-time', description: 'when they are compared with what other teams hold' }),
  },
  { title: 'DeconflictFiling' },
)
const Holding = Type.Object(
  {
    object: Id,
    kind: Type.String(),
    accounts: Type.Integer({ description: 'how many; which is not kept' }),
    filedAt: Time,
    round: Time,
  },
  { title: 'DeconflictHolding' },
)
const Notice = Type.Object(
  { round: Time, contact: Type.String({ description: 'whom to ask' }), text: Type.String() },
  { title: 'DeconflictNotice' },
)

/** Deconfliction: two teams learn that both hold something, and neither learns what, who or how many. */
export function deconflictRoutes(app: FastifyInstance, node: NodeParts): void {
  doorAfter(
    app,
    node,
    {
      method: 'POST',
      url: '/deconflict/holdings',
      scope: 'deconflict:ask',
      action: 'deconflict.file',
      summary: 'File what an object of yours holds, to learn whether another team holds it too',
      description:
        'Accounts are kept as tokens that only the node’s key can make. They are compared at the end of the round, together with all that was filed in it. Without accounts: of a request its deposit addresses, of a watch what it watches, of a trace its end points, of a case those of what it holds.',
      tag: 'deconfliction',
      body: Type.Object(
        {
          object: Type.String({ format: 'uuid', description: `${HELD_KINDS.join(', ')} of your organisation` }),
          accounts: Type.Optional(
            Type.Array(Type.String({ maxLength: 200 }), {
              minItems: 1,
              maxItems: MOST_ASKED,
              description: 'of those that the object has, CAIP-10',
            }),
          ),
        },
        { ...closed, title: 'DeconflictHoldingGiven' },
      ),
      answers: { 201: Filing },
    },
    async ({ body }, caller) => {
      const source = await peek(node, caller, async (ask) => {
        const object = await readAnyObject(ask, body.object)
        if (object.organisation !== caller.organisation) throw notOwner()
        return await accountSource(ask, object)
      })
      const named = body.accounts === undefined ? null : blindItems(body.accounts)
      const items = chosen(named, await accountsOf(source, node))
      return [...(await node.desk.tokens(items)).values()]
    },
    async (ask, { body }, tokens) => ({
      status: 201,
      body: await fileHoldings(ask, node.config, await readAnyObject(ask, body.object), tokens),
    }),
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/deconflict/holdings',
      scope: 'deconflict:ask',
      action: 'deconflict.holdings',
      summary: 'See what your organisation has filed',
      tag: 'deconfliction',
      answers: { 200: Type.Object({ items: Type.Array(Holding) }) },
    },
    async (ask) => ({ body: { items: await listHoldings(ask) } }),
  )
  door(
    app,
    node,
    {
      method: 'DELETE',
      url: '/deconflict/holdings/:object',
      scope: 'deconflict:ask',
      action: 'deconflict.withdraw',
      summary: 'Take back what was filed of an object',
      tag: 'deconfliction',
      params: Type.Object({ object: Id }),
      answers: { 200: Type.Object({ withdrawn: Type.Integer() }) },
    },
    async (ask, { params }) => ({ body: { withdrawn: await withdrawHoldings(ask, await readAnyObject(ask, params.object)) } }),
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/deconflict/notices',
      scope: 'deconflict:ask',
      action: 'deconflict.notices',
      summary: 'See in which rounds another team turned out to hold something that you hold',
      description: 'At most one notice a round, however much met. It says neither what, nor who, nor how many.',
      tag: 'deconfliction',
      query: Type.Object(PageQuery, closed),
      answers: { 200: pageOf(Notice) },
    },
    async (ask, { query }) => {
      const pager = pagerOf(node, ask, 'deconflict.notices', query)
      const { rounds, more } = await roundsMet(ask, { limit: pager.limit, before: pager.after })
      const { deconflict, home } = node.config
      const contact = deconflict.contact ?? home.name
      const met = [{ token: '', organisations: [ask.caller.organisation] }]
      const items = rounds.flatMap((round) => notices(met, round, contact).map(({ to: _, ...notice }) => notice))
      return pager.answer(items, rounds.at(-1), more)
    },
  )
}
