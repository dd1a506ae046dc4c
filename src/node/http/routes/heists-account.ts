import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { accountJson, accountOf, basisAsked, recordYears, registerOfYear } from '../../../cases/index.ts'
import type { NodeParts } from '../../parts.ts'
import { door } from '../door.ts'
import { closed } from './case-shapes.ts'
import { AccountShown, RecordYears } from './heists-shapes.ts'

/** What was stolen, and what became of it, by year. */
export function heistAccountRoutes(app: FastifyInstance, node: NodeParts): void {
  const { heists: register } = node
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/heists/account',
      scope: 'cases:read',
      action: 'heist.account',
      summary: 'The yearly account: stolen, laundered, in mixers, frozen, recovered, held; in cents',
      description:
        '`lowest`: the lowest claim of each theft that is not contested. `highest`: the highest claim of every theft. `publisher`: what one publisher says (`by`). Claims are never averaged; nothing known counts as nothing.',
      tag: 'heists',
      query: Type.Object(
        {
          year: Type.Optional(Type.String({ pattern: '^\\d{4}$' })),
          policy: Type.Optional(Type.Enum(['lowest', 'highest', 'publisher'], { default: 'lowest' })),
          by: Type.Optional(Type.String({ maxLength: 200, description: 'publisher, as the register spells the name' })),
        },
        closed,
      ),
      answers: { 200: AccountShown },
    },
    async (_ask, { query: { year, policy, by } }) => {
      const basis = basisAsked(register, policy ?? 'lowest', by)
      return { body: accountJson(accountOf(year === undefined ? register : registerOfYear(register, year), basis)) }
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/heists/record-year',
      scope: 'cases:read',
      action: 'heist.record-year',
      summary: 'The year with the most money stolen, by each source that has figures by year',
      tag: 'heists',
      answers: { 200: RecordYears },
    },
    async () => ({
      body: { register: register.digest, items: recordYears(register).map((record) => ({ ...record, cents: record.cents.toString() })) },
    }),
  )
}
