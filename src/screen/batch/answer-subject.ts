import { CordonError } from '../../chain/index.ts'
import { put } from '../decide/ask.ts'
import {
  type Answered,
  type Ask,
  type Asker,
  applySuppressions,
  askedText,
  dataHash,
  type Screened,
  type Suppressions,
} from '../decide/index.ts'
import type { ScreenAnswer, Setting } from '../match/answer.ts'
import { cut, type FieldFault, type Subject } from './subject.ts'

/** A line of `answers.jsonl`: a subject with what was found. */
export interface AnsweredSubject extends Screened {
  /** Number and line of the input's row. */
  readonly record: number
  readonly line: number | null
  readonly customer: string | null
  readonly role: string | null
  readonly asks: readonly Answered[]
  /** Questions that the screener refuses. */
  readonly refused: readonly RefusedAsk[]
  readonly faults: readonly FieldFault[]
}

export interface RefusedAsk {
  readonly about: Ask['about']
  /** What was asked, cut to 200 characters. */
  readonly asked: string
  readonly code: string
  readonly reason: string
}

export interface AnswerContext {
  /** Dated by the batch's beginning. */
  readonly screener: Asker
  readonly setting: Partial<Setting> | undefined
  readonly suppressions: Suppressions | null
}

/** Errors that are the question's own; any other is the batch's. */
const OF_THE_QUESTION: ReadonlySet<string> = new Set(['screen/name-too-long', 'screen/bad-query'])

/** Asks all that a subject asks. A question that the screener refuses (a name of a megabyte) is told with its reason; the others are answered. */
export function answerSubject(
  { customer, role, asks, faults }: Subject,
  record: number,
  line: number | null,
  context: AnswerContext,
): AnsweredSubject {
  const answered: Answered[] = []
  const refused: RefusedAsk[] = []
  for (const ask of asks) {
    try {
      answered.push({ ask, answer: withDecisions(put(ask, context.screener, context.setting), ask, customer, context) })
    } catch (error) {
      if (!(error instanceof CordonError) || !OF_THE_QUESTION.has(error.code)) throw error
      refused.push({ about: ask.about, asked: cut(askedText(ask)), code: error.code, reason: error.message })
    }
  }
  return { record, line, customer, role, asks: answered, refused, faults }
}

function withDecisions(answer: ScreenAnswer, ask: Ask, customer: string | null, { screener, suppressions }: AnswerContext): ScreenAnswer {
  if (suppressions === null) return answer
  return applySuppressions(answer, { id: customer, data: dataHash(ask) }, suppressions, (list, entry) => screener.entryHash(list, entry))
    .answer
}
