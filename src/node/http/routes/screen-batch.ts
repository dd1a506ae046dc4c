import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import {
  applySuppressions,
  dataHash,
  type Language,
  type Ask as Question,
  type Screener,
  type Suppressions,
} from '../../../screen/index.ts'
import type { Ask } from '../../ask.ts'
import type { NodeParts } from '../../parts.ts'
import { explain } from '../../screening/answer.ts'
import { type AnsweredRow, answerRows } from '../../screening/answer-rows.ts'
import { nameAsk, settingOf, vesselAsk, walletAsk } from '../../screening/question.ts'
import { decisionsOn, suppressionsFrom } from '../../screening/standing-decisions.ts'
import { trailOf } from '../../screening/trail.ts'
import type { Answer } from '../answer.ts'
import { doorAfter } from '../door.ts'
import { Explanation, ListInService, NamedDecision, orNull, ScreenAnswer, ScreenAsk } from './screen-answer.ts'
import { screenerFor } from './screen-ask.ts'
import { BatchAsked } from './screen-asked.ts'

const Row = Type.Object(
  {
    number: Type.Integer({ description: 'of the question, from 1' }),
    customer: orNull(Type.String()),
    ask: orNull(ScreenAsk),
    answer: orNull(ScreenAnswer),
    explanation: orNull(Explanation),
    refused: orNull(Type.Object({ code: Type.String(), reason: Type.String() })),
  },
  { title: 'ScreenedRow' },
)

const Batch = Type.Object(
  {
    matcher: Type.String(),
    lists: Type.Array(ListInService),
    totals: Type.Object({
      questions: Type.Integer(),
      hits: Type.Integer(),
      alerts: Type.Integer(),
      suppressed: Type.Integer(),
      withHits: Type.Integer(),
      clean: Type.Integer({ description: 'without hits' }),
      notScreened: Type.Integer({ description: 'nothing could be looked for' }),
      refused: Type.Integer(),
    }),
    decisions: Type.Array(NamedDecision),
    rows: Type.Array(Row),
  },
  { title: 'ScreenedBatch' },
)

/** Many questions at once. */
export function screenBatchRoutes(app: FastifyInstance, node: NodeParts): void {
  doorAfter(
    app,
    node,
    {
      method: 'POST',
      url: '/screen/batch',
      scope: 'screen:ask',
      action: 'screen.batch',
      summary: 'Ask many questions at once',
      description:
        'Up to 1,000 in one request; larger files are uploaded and screened as a job. A row that cannot be asked is told with its reason, and the others are answered.',
      tag: 'screening',
      body: BatchAsked,
      reads: true,
      answers: { 200: Batch },
    },
    async ({ body, signal }) => {
      const screener = await screenerFor(node, body)
      const rows = body.questions.map((asked) => ({ customer: asked.customer ?? null, ask: () => questionOf(asked) }))
      return { screener, rows: await answerRows(rows, screener, settingOf(body.setting), signal) }
    },
    (ask, { body }, { screener, rows }) => answered(node, ask, body, screener, rows),
  )
}

function questionOf(asked: Static<typeof BatchAsked>['questions'][number]): Question {
  if (asked.about === 'name') return nameAsk(asked)
  return asked.about === 'wallet' ? walletAsk(asked) : vesselAsk(asked)
}

async function answered(
  node: NodeParts,
  ask: Ask,
  asked: Static<typeof BatchAsked>,
  screener: Screener,
  raw: readonly AnsweredRow[],
): Promise<Answer> {
  const customers = new Set(raw.flatMap(({ customer }) => (customer === null ? [] : [customer])))
  const standing = await decisionsOn(ask, [...customers])
  const suppressions = suppressionsFrom(standing)
  const rows = standing.length === 0 ? raw : raw.map((row) => withDecisions(row, suppressions, screener))
  const questions = rows.flatMap((row) => (row.ask === null ? [] : [row.ask]))
  const answers = rows.flatMap(({ answer }) => (answer === null ? [] : [answer]))
  const trail = trailOf(node.screening.mark, questions, answers, screener)
  const refused = rows.length - questions.length
  Object.assign(ask.detail, trail, { refused })
  const language = (asked.language ?? 'en') as Language
  const outcomes = (outcome: string) => answers.filter((answer) => answer.outcome === outcome).length
  return {
    body: {
      matcher: screener.matcher,
      lists: screener.lists,
      totals: {
        questions: rows.length,
        hits: trail.hits,
        alerts: trail.alerts,
        suppressed: answers.flatMap(({ hits }) => hits.filter(({ held }) => held === 'suppressed')).length,
        withHits: outcomes('potential-match'),
        clean: outcomes('no-potential-match'),
        notScreened: outcomes('not-screened'),
        refused,
      },
      decisions: standing.map(({ record, object: { id } }) => ({ record, decision: id })),
      rows: rows.map((row, i) => ({ number: i + 1, ...row, explanation: row.answer && explain(row.answer, language) })),
    },
  }
}

function withDecisions(row: AnsweredRow, suppressions: Suppressions, screener: Screener): AnsweredRow {
  if (row.ask === null || row.answer === null) return row
  const about = { id: row.customer, data: dataHash(row.ask) }
  return { ...row, answer: applySuppressions(row.answer, about, suppressions, (list, id) => screener.entryHash(list, id)).answer }
}
