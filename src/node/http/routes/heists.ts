import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import {
  chainsOf,
  contested,
  findHeists,
  type Heist,
  heistCase,
  heistNamed,
  heistSeeds,
  heistSeedText,
  seedChainAsked,
  seedChains,
  standingOf,
} from '../../../cases/index.ts'
import { mustBeColleagues } from '../../cases/case.ts'
import { openHeist } from '../../cases/open-heist.ts'
import type { NodeParts } from '../../parts.ts'
import { door } from '../door.ts'
import { labelGiven } from '../labels.ts'
import { LabelInput } from '../shapes.ts'
import { answerCase } from './case-answer.ts'
import { CaseGiven, CaseRead, closed, orNull, Persons } from './case-shapes.ts'
import { heistAccountRoutes } from './heists-account.ts'
import { HeistLine, HeistShown, sourcesOf } from './heists-shapes.ts'

const ByHeist = Type.Object({ id: Type.String({ maxLength: 100, pattern: '^[a-z0-9-]+$' }) })
const Chain = Type.String({ maxLength: 80, description: 'CAIP-2, e.g. eip155:1' })

const Seeds = Type.Object(
  {
    heist: Type.String(),
    chain: Type.String(),
    register: Type.String({ description: 'SHA-256 of the register' }),
    seeds: Type.Array(
      Type.Union([
        Type.Object({ kind: Type.Literal('transaction'), transaction: Type.String() }),
        Type.Object({ kind: Type.Literal('account'), account: Type.String(), asset: Type.Null(), from: Type.Null() }),
      ]),
    ),
    text: Type.String({ description: 'the same as a file of seeds' }),
    note: orNull(Type.String({ description: 'what the register says of its seeds' })),
  },
  { title: 'HeistSeeds' },
)

/** The register of thefts, and the way from a theft into a case. The register is the same for everybody. */
export function heistRoutes(app: FastifyInstance, node: NodeParts): void {
  const { heists: register } = node
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/heists',
      scope: 'cases:read',
      action: 'heist.list',
      summary: 'Thefts attributed to the DPRK, by date',
      tag: 'heists',
      query: Type.Object(
        {
          year: Type.Optional(Type.String({ pattern: '^\\d{4}$' })),
          victim: Type.Optional(Type.String({ maxLength: 200, description: 'part of the name or id' })),
          chain: Type.Optional(Chain),
          attributedBy: Type.Optional(Type.String({ maxLength: 200, description: 'as the register spells the name' })),
          standing: Type.Optional(Type.Enum(['official', 'analyst', 'suspected'])),
        },
        closed,
      ),
      answers: {
        200: Type.Object({
          register: Type.String(),
          asOf: Type.String(),
          publishers: Type.Array(Type.String()),
          items: Type.Array(HeistLine),
        }),
      },
    },
    async (_ask, { query }) => ({
      body: {
        register: register.digest,
        asOf: register.asOf.text,
        publishers: register.publishers,
        items: findHeists(register, query as Parameters<typeof findHeists>[1]).map(lineOf),
      },
    }),
  )
  heistAccountRoutes(app, node)
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/heists/:id',
      scope: 'cases:read',
      action: 'heist.read',
      summary: 'A theft with everything that is claimed of it, by whom and from which source',
      tag: 'heists',
      params: ByHeist,
      answers: { 200: HeistShown },
    },
    async (_ask, { params }) => {
      const heist = heistNamed(register, params.id)
      const denials = register.denials.filter(({ id }) => heist.denials.includes(id))
      return {
        body: {
          register: register.digest,
          ...heist,
          ...standing(heist),
          usd: heist.usd.map(withCents),
          outcomes: heist.outcomes.map(withCents),
          denials,
          sources: sourcesOf(heist, denials, register.sources),
        },
      }
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/heists/:id/seeds',
      scope: 'cases:read',
      action: 'heist.seeds',
      summary: 'Where a trace of a theft begins on a chain',
      description: 'The chain may be left off where there is but one.',
      tag: 'heists',
      params: ByHeist,
      query: Type.Object({ chain: Type.Optional(Chain) }, closed),
      answers: { 200: Seeds },
    },
    async (_ask, { params, query }) => {
      const heist = heistNamed(register, params.id)
      const chain = seedChainAsked(heist, query.chain)
      return {
        body: {
          heist: heist.id,
          chain,
          register: register.digest,
          seeds: heistSeeds(heist, chain),
          text: heistSeedText(register, heist, chain),
          note: heist.seedsNote,
        },
      }
    },
  )
  door(
    app,
    node,
    {
      method: 'POST',
      url: '/heists/:id/case',
      scope: 'cases:write',
      action: 'heist.open-case',
      summary: 'Open a case from a theft, with its claims and denials, their sources, and the seeds of a trace',
      description:
        'All of it has one label. The case names the SHA-256 of the register, so that it stays known what the register said then.',
      tag: 'heists',
      params: ByHeist,
      body: Type.Object(
        {
          case: Type.Optional(Type.Partial(CaseGiven, closed)),
          assignees: Type.Optional(Persons),
          label: Type.Optional(LabelInput),
        },
        closed,
      ),
      answers: { 201: CaseRead },
    },
    async (ask, { params, body }) => {
      const opened = heistCase(register, heistNamed(register, params.id))
      await mustBeColleagues(ask, body.assignees ?? [])
      const label = await labelGiven(ask, node.config, body.label)
      const given = { ...opened.given, ...body.case }
      const made = await openHeist(ask, { ...opened, given }, body.assignees ?? [], label)
      ask.detail.register = register.digest
      return await answerCase(ask, made, 201, `/api/v1/cases/${made.id}`)
    },
  )
}

function lineOf(heist: Heist): object {
  const { id, victim, kind, dates, usd } = heist
  return { id, victim, kind, date: dates[0]?.when, usd: usd.map(withCents), ...standing(heist) }
}

function standing(heist: Heist): object {
  return { standing: standingOf(heist), contested: contested(heist), chains: chainsOf(heist), seedChains: seedChains(heist) }
}

/** Cents as text: a number of JSON would not hold them all exactly. */
function withCents<T extends { readonly cents: bigint | null }>(claim: T): Omit<T, 'cents'> & { cents: string | null } {
  return { ...claim, cents: claim.cents === null ? null : claim.cents.toString() }
}
