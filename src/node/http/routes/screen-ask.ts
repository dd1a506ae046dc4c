import type { FastifyInstance } from 'fastify'
import { type Static, type TSchema, Type } from 'typebox'
import { CordonError } from '../../../chain/index.ts'
import {
  applySuppressions,
  dataHash,
  type Language,
  MATCHER,
  type Ask as Question,
  type ScreenAnswer,
  type Screener,
} from '../../../screen/index.ts'
import type { Ask } from '../../ask.ts'
import { createObject } from '../../objects/create.ts'
import type { NodeParts } from '../../parts.ts'
import { answerTo, explain } from '../../screening/answer.ts'
import { SCREENING, screeningBody } from '../../screening/kept.ts'
import { nameAsk, settingOf, vesselAsk, walletAsk } from '../../screening/question.ts'
import { decisionsOn, suppressionsFrom } from '../../screening/standing-decisions.ts'
import { trailOf } from '../../screening/trail.ts'
import type { Answer } from '../answer.ts'
import { doorAfter } from '../door.ts'
import { labelGiven } from '../labels.ts'
import { etagOf } from '../shapes.ts'
import { ScreenAnswer as AnswerShape, Explanation, NamedDecision, orNull, ScreenAsk } from './screen-answer.ts'
import { NameAsked, type SingleAsked, VesselAsked, WalletAsked } from './screen-asked.ts'

const Screened = Type.Object(
  {
    ask: ScreenAsk,
    answer: AnswerShape,
    explanation: Explanation,
    decisions: Type.Array(NamedDecision, { description: 'decisions that reasons of the answer name by number' }),
    screening: orNull(Type.String({ format: 'uuid', description: 'id of the kept screening' })),
  },
  { title: 'Screened' },
)

const DESCRIPTION =
  'An answer without hits says: no potential match on these lists as of these versions. It clears nobody. The record holds a keyed hash of the question, never the question.'

/** Single questions: a name, a wallet, a ship. */
export function screenAskRoutes(app: FastifyInstance, node: NodeParts): void {
  single(app, node, 'name', 'Look for a person, body, ship or aircraft by name, in any script', NameAsked, nameAsk)
  single(app, node, 'wallet', 'Look for a wallet on the lists', WalletAsked, walletAsk)
  single(app, node, 'vessel', 'Look for a ship by IMO number, MMSI, call sign and name together', VesselAsked, vesselAsk)
}

function single<B extends TSchema>(
  app: FastifyInstance,
  node: NodeParts,
  about: Question['about'],
  summary: string,
  body: B,
  questionOf: (asked: Static<B>) => Question,
): void {
  doorAfter(
    app,
    node,
    {
      method: 'POST',
      url: `/screen/${about}`,
      scope: 'screen:ask',
      action: `screen.${about}`,
      summary,
      description: DESCRIPTION,
      tag: 'screening',
      body,
      reads: (came) => (came.body as SingleAsked).keep !== true,
      answers: { 200: Screened, 201: Screened },
    },
    async (came) => {
      const asked = came.body as SingleAsked
      const screener = await screenerFor(node, asked)
      const question = questionOf(came.body)
      return { asked, screener, question, answer: answerTo(question, screener, settingOf(asked.setting)) }
    },
    (ask, _came, made) => screened(node, ask, made),
  )
}

/** The screener that is asked for. Throws `node/no-lists`, `screen/other-matcher`, `screen/no-lists`. */
export async function screenerFor(
  node: NodeParts,
  { lists, at, matcher }: Pick<SingleAsked, 'lists' | 'at' | 'matcher'>,
): Promise<Screener> {
  if (matcher !== undefined && matcher !== MATCHER)
    throw new CordonError('screen/other-matcher', `this node matches names as ${MATCHER}, and ${matcher} is asked for`, {
      place: { field: 'matcher' },
      remedy: `Ask a node whose matcher is ${matcher}, or leave it off.`,
    })
  if (lists === undefined && at === undefined) return node.screening.lists.current
  return node.screening.earlier.at({ lists, at })
}

type Made = { readonly asked: SingleAsked; readonly screener: Screener; readonly question: Question; readonly answer: ScreenAnswer }

async function screened(node: NodeParts, ask: Ask, { asked, screener, question, answer: raw }: Made): Promise<Answer> {
  const customer = asked.customer ?? null
  const standing = customer === null ? [] : await decisionsOn(ask, [customer])
  const hashes = (list: string, id: string) => screener.entryHash(list, id)
  const about = { id: customer, data: standing.length === 0 ? '' : dataHash(question) }
  const { answer } = applySuppressions(raw, about, suppressionsFrom(standing), hashes)
  Object.assign(ask.detail, trailOf(node.screening.mark, [question], [answer], screener))
  const body = {
    ask: question,
    answer,
    explanation: explain(answer, (asked.language ?? 'en') as Language),
    decisions: standing.map(({ record, object: { id } }) => ({ record, decision: id })),
  }
  if (asked.keep !== true) return { body: { ...body, screening: null } }
  const label = await labelGiven(ask, node.config, asked.label)
  const kept = await createObject(ask, { kind: SCREENING, body: screeningBody(customer, question, raw, screener), label })
  return {
    status: 201,
    body: { ...body, screening: kept.id },
    headers: { etag: etagOf(kept), location: `/api/v1/screen/screenings/${kept.id}` },
  }
}
