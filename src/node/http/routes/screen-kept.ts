import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { CordonError } from '../../../chain/index.ts'
import type { Language, Screener } from '../../../screen/index.ts'
import { changeObject } from '../../objects/change.ts'
import { listObjects } from '../../objects/list.ts'
import { readObject } from '../../objects/read.ts'
import type { NodeParts } from '../../parts.ts'
import { askAgain, askPageAgain } from '../../screening/again.ts'
import { explain } from '../../screening/answer.ts'
import { SCREENING, type ScreeningBody } from '../../screening/kept.ts'
import { trailOf } from '../../screening/trail.ts'
import { door, doorAfter } from '../door.ts'
import { pagerOf } from '../page.ts'
import { checkIfMatch } from '../precondition.ts'
import { answerObject, ById, etagOf, objectOf, PageQuery, pageOf, shown } from '../shapes.ts'
import { Explanation, NamedDecision, orNull, ScreenAnswer, ScreenAsk } from './screen-answer.ts'
import { screenerFor } from './screen-ask.ts'
import { LanguageAsked, WhichLists } from './screen-asked.ts'

const Body = Type.Object(
  {
    customer: orNull(Type.String()),
    ask: ScreenAsk,
    answer: ScreenAnswer,
    entries: Type.Array(
      Type.Object({
        list: Type.String(),
        id: Type.String(),
        hash: orNull(Type.String({ description: 'SHA-256 of what the list said of it' })),
      }),
    ),
  },
  { title: 'ScreeningBody' },
)
const Screening = objectOf(Body, 'Screening')

const Side = Type.Object({ version: Type.String(), score: Type.Number(), alert: Type.Boolean(), held: orNull(Type.String()) })

const Change = Type.Object(
  {
    kind: Type.Enum(['new-hit', 'gone-hit', 'score-changed', 'alert-changed', 'suppression-lapsed']),
    list: Type.String(),
    entry: Type.String(),
    primary: Type.String(),
    before: orNull(Side),
    after: orNull(Side),
    lapse: orNull(Type.Object({ record: Type.Integer(), why: Type.String() })),
    cause: Type.Enum(['entry', 'list', 'matcher', 'decision', 'unknown']),
    statement: Type.String(),
  },
  { title: 'ScreeningChange' },
)

const Again = Type.Object(
  {
    version: Type.Integer({ description: 'of the screening, now' }),
    answer: ScreenAnswer,
    explanation: Explanation,
    changes: Type.Array(Change),
    decisions: Type.Array(NamedDecision),
  },
  { title: 'ScreenedAgain' },
)

const AgainPage = Type.Object(
  {
    screenings: Type.Integer({ description: 'asked again on this page' }),
    items: Type.Array(Type.Object({ screening: Type.String({ format: 'uuid' }), version: Type.Integer(), changes: Type.Array(Change) }), {
      description: 'those that differ',
    }),
    next: Type.Optional(Type.String({ description: 'cursor of the next page; none where this is the last' })),
  },
  { title: 'ScreenedAgainPage' },
)

/** Kept screenings. */
export function screenKeptRoutes(app: FastifyInstance, node: NodeParts): void {
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/screen/screenings',
      scope: 'objects:read',
      action: 'screening.list',
      summary: 'List kept screenings, newest first',
      tag: 'screening',
      query: Type.Object({ ...PageQuery }, { additionalProperties: false }),
      answers: { 200: pageOf(Screening) },
    },
    async (ask, { query }) => {
      const pager = pagerOf(node, ask, 'screening.list', query)
      const { objects, more } = await listObjects(ask, { kind: SCREENING }, { limit: pager.limit, before: pager.after })
      return pager.answer(objects.map(shown), objects.at(-1)?.id, more)
    },
  )
  door(
    app,
    node,
    {
      method: 'GET',
      url: '/screen/screenings/:id',
      scope: 'objects:read',
      action: 'screening.read',
      summary: 'Read a kept screening',
      tag: 'screening',
      params: ById,
      answers: { 200: Screening },
    },
    async (ask, { params }) => answerObject(await readObject(ask, SCREENING, params.id)),
  )
  doorAfter(
    app,
    node,
    {
      method: 'POST',
      url: '/screen/screenings/:id/again',
      scope: 'screen:ask',
      action: 'screening.again',
      summary: 'Ask a kept question again, and say what is different and why',
      description:
        'Of all lists as they are, or of `lists`, or as they were `at` a time. With `keep` the answer of now becomes the next version of the screening, which needs If-Match.',
      tag: 'screening',
      params: ById,
      body: Type.Object(
        { language: LanguageAsked, ...WhichLists, keep: Type.Optional(Type.Boolean({ default: false })) },
        { additionalProperties: false },
      ),
      reads: ({ body }) => body.keep !== true,
      ifMatch: 'sometimes',
      answers: { 200: Again },
    },
    async ({ body }) => askedOf(node, body),
    async (ask, { params, body, headers }, screener) => {
      const before = await readObject<ScreeningBody>(ask, SCREENING, params.id)
      if (body.keep === true && before.organisation !== ask.caller.organisation)
        throw new CordonError('node/not-owner', 'only the organisation that owns a screening keeps a new version of it', {
          remedy: 'Leave `keep` off, or screen the question yourself.',
        })
      if (body.keep === true) checkIfMatch(headers, before)
      const { body: now, answer, changes, decisions } = await askAgain(ask, before, screener)
      Object.assign(ask.detail, trailOf(node.screening.mark, [now.ask], [answer], screener), { changes: changes.length })
      const after = body.keep === true ? await changeObject(ask, before, { body: now }, 'asked-again') : before
      return {
        body: {
          version: after.version,
          answer,
          explanation: explain(answer, (body.language ?? 'en') as Language),
          changes,
          decisions: decisions.map(({ record, object: { id } }) => ({ record, decision: id })),
        },
        headers: { etag: etagOf(after) },
      }
    },
  )
  doorAfter(
    app,
    node,
    {
      method: 'POST',
      url: '/screen/again',
      scope: 'screen:ask',
      action: 'screen.again',
      summary: 'Ask the kept questions of your organisation again, a page at a time',
      description:
        'Of all lists as they are, or of `lists`, or as they were `at` a time. Newest first; go on with `next` until there is none. With `keep`, what differs becomes the next version of its screening.',
      tag: 'screening',
      body: Type.Object(
        {
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 20 })),
          cursor: Type.Optional(Type.String({ maxLength: 512 })),
          ...WhichLists,
          keep: Type.Optional(Type.Boolean({ default: false })),
        },
        { additionalProperties: false },
      ),
      reads: ({ body }) => body.keep !== true,
      answers: { 200: AgainPage },
    },
    async ({ body }) => askedOf(node, body),
    async (ask, { body: { keep = false, ...page } }, screener) => {
      const pager = pagerOf(node, ask, 'screen.again', page)
      const { screenings, differing, last, more } = await askPageAgain(ask, node, screener, {
        limit: pager.limit,
        before: pager.after,
        keep,
      })
      const { body } = pager.answer(differing, last, more)
      return { body: { ...(body as object), screenings } }
    },
  )
}

/** The screener that is asked again. Throws as `screenerFor`; `node/bad-request` where what was is to be kept as what is. */
async function askedOf(
  node: NodeParts,
  { keep, ...asked }: Parameters<typeof screenerFor>[1] & { readonly keep?: boolean | undefined },
): Promise<Screener> {
  if (keep === true && asked.at !== undefined)
    throw new CordonError('node/bad-request', 'keep: what the lists said at an earlier time is no next answer', {
      place: { field: 'keep' },
      remedy: 'Leave `keep` off, or `at`.',
    })
  return screenerFor(node, asked)
}
