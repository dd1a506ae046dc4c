import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { CordonError } from '../../../chain/index.ts'
import { DECISIONS } from '../../../screen/index.ts'
import type { Ask } from '../../ask.ts'
import { changeObject } from '../../objects/change.ts'
import { createObject } from '../../objects/create.ts'
import { changedMeanwhile, notOwner } from '../../objects/errors.ts'
import { linkObjects } from '../../objects/links.ts'
import { listObjects } from '../../objects/list.ts'
import type { StoredObject } from '../../objects/object.ts'
import { readObject, readVersions } from '../../objects/read.ts'
import type { NodeParts } from '../../parts.ts'
import { DECISION, type DecisionBody, decide, second } from '../../screening/decision.ts'
import { SCREENING, type ScreeningBody } from '../../screening/kept.ts'
import { noteCustomer } from '../../screening/standing-decisions.ts'
import { door } from '../door.ts'
import { labelGiven } from '../labels.ts'
import { pagerOf } from '../page.ts'
import { checkIfMatch } from '../precondition.ts'
import { answerObject, ById, Id, LabelInput, objectOf, PageQuery, pageOf, shown } from '../shapes.ts'
import { orNull } from './screen-answer.ts'
import { ListId, text } from './screen-asked.ts'

const closed = { additionalProperties: false } as const
const Decisions = Type.Enum([...DECISIONS])
const State = Type.Enum(['standing', 'waiting', 'refused'])

const Body = Type.Object(
  {
    screening: Type.Object({ id: Id, version: Type.Integer(), hash: Type.String() }),
    customer: orNull(Type.String()),
    about: Type.Enum(['name', 'wallet', 'vessel']),
    data: Type.String({ description: 'SHA-256 of the question: the version of the customer’s data' }),
    entry: orNull(
      Type.Object({
        list: Type.String(),
        id: Type.String(),
        version: Type.String(),
        hash: orNull(Type.String()),
        primary: Type.String(),
        score: Type.Number(),
      }),
    ),
    decision: Decisions,
    reason: Type.String(),
    expires: orNull(Type.String()),
    by: Id,
    at: Type.String(),
    state: State,
    needs: orNull(Type.String({ description: 'why a second person must look at it' })),
    second: orNull(Type.Object({ by: Id, at: Type.String(), agrees: Type.Boolean(), reason: Type.String() })),
  },
  { title: 'DecisionBody' },
)
const DecisionShape = objectOf(Body, 'Decision')

/** A decision stands on its screening, and is at least as closed. */
const DECIDES = { kind: 'decides', contains: true } as const

/** What people made of kept screenings. */
export function screenDecisionRoutes(app: FastifyInstance, node: NodeParts): void {
  door(
    app,
    node,
    {
      method: 'POST',
      url: '/screen/decisions',
      scope: 'screen:decide',
      action: 'decision.create',
      summary: 'Decide on a kept screening',
      description:
        'A true match, a false positive with a score of 0.9 or above, and one against a paper, wallet or ship number that agrees wait for a second person. A false positive that stands holds back the same hit on the same customer until either side changes, it expires, or somebody doubts it.',
      tag: 'screening',
      body: Type.Object(
        {
          screening: Id,
          version: Type.Integer({ minimum: 1, maximum: 2_147_483_647, description: 'version of the screening that was looked at' }),
          decision: Decisions,
          entry: Type.Optional(Type.Object({ list: ListId, id: text(256) }, closed)),
          reason: text(10_000),
          expires: Type.Optional(text(40, 'last day or moment on which a false positive holds: 2027-01-31, 2027-01-31T10:00:00Z')),
          label: Type.Optional(LabelInput),
        },
        closed,
      ),
      answers: { 201: DecisionShape },
    },
    async (ask, { body }) => {
      const screening = await readObject<ScreeningBody>(ask, SCREENING, body.screening)
      // Customers are numbered by whoever screens them: a decision is of the same organisation.
      if (screening.organisation !== ask.caller.organisation) throw notOwner()
      if (screening.version !== body.version) throw changedMeanwhile(screening.version)
      const { decision, entry = null, reason, expires = null } = body
      const made = decide(screening, { decision, entry, reason, expires }, ask.caller.person, ask.now.toISOString())
      const label = await labelGiven(ask, node.config, body.label)
      const object = await createObject(ask, { kind: DECISION, body: made, label })
      await linkObjects(ask, object.id, screening.id, DECIDES)
      if (made.customer !== null) await noteCustomer(ask, made.customer, object.id)
      Object.assign(ask.detail, { decision, state: made.state })
      return answerObject(object, 201, `/api/v1/screen/decisions/${object.id}`)
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/screen/decisions',
      scope: 'objects:read',
      action: 'decision.list',
      summary: 'List decisions, newest first',
      tag: 'screening',
      query: Type.Object(
        { ...PageQuery, state: Type.Optional(State), decision: Type.Optional(Decisions), screening: Type.Optional(Id) },
        closed,
      ),
      answers: { 200: pageOf(DecisionShape) },
    },
    async (ask, { query }) => {
      const pager = pagerOf(node, ask, 'decision.list', query)
      const conditions: readonly (readonly [readonly string[], string | undefined])[] = [
        [['state'], query.state],
        [['decision'], query.decision],
        [['screening', 'id'], query.screening],
      ]
      const body = conditions.flatMap(([path, equals]) => (equals === undefined ? [] : [{ path, equals }]))
      const { objects, more } = await listObjects(ask, { kind: DECISION, body }, { limit: pager.limit, before: pager.after })
      return pager.answer(objects.map(shown), objects.at(-1)?.id, more)
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/screen/decisions/:id',
      scope: 'objects:read',
      action: 'decision.read',
      summary: 'Read a decision',
      tag: 'screening',
      params: ById,
      answers: { 200: DecisionShape },
    },
    async (ask, { params }) => answerObject(await readObject(ask, DECISION, params.id)),
  )
  door(
    app,
    node,
    {
      method: 'POST',
      url: '/screen/decisions/:id/second',
      scope: 'screen:second',
      action: 'decision.second',
      summary: 'Look at a decision as its second person',
      description: 'Somebody else than who decided, who signed in himself. Who disagrees refuses the decision, which counts as a doubt.',
      tag: 'screening',
      params: ById,
      body: Type.Object({ agrees: Type.Boolean(), reason: text(10_000) }, closed),
      ifMatch: true,
      answers: { 200: DecisionShape },
    },
    async (ask, { params, body, headers }) => {
      const before = await readObject<DecisionBody>(ask, DECISION, params.id)
      checkIfMatch(headers, before)
      const screening = await screeningOf(ask, before.body)
      const after = second(before.body, screening.body, body, ask.caller.person, ask.now.toISOString())
      Object.assign(ask.detail, { decision: after.decision, state: after.state })
      return answerObject(await changeObject(ask, before, { body: after }, body.agrees ? 'seconded' : 'refused'))
    },
  )
}

/** The very version of the screening that was decided on. */
async function screeningOf(ask: Ask, { screening: { id, version, hash } }: DecisionBody): Promise<StoredObject<ScreeningBody>> {
  const [found] = (await readVersions(ask, id, { after: version - 1, limit: 1 })).versions
  if (found?.kind === SCREENING && found.version === version && found.hash === hash) return found as StoredObject<ScreeningBody>
  throw new CordonError('node/conflict', 'the version of the screening that was decided on is not open to you', {
    remedy: 'Have somebody who may read it be the second person.',
  })
}
