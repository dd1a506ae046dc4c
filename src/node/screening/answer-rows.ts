import { CordonError } from '../../chain/index.ts'
import type { Ask, ScreenAnswer, Screener, Setting } from '../../screen/index.ts'
import { answerTo } from './answer.ts'

/** A row of an inline batch: the question with its answer, or why there is none. */
export type AnsweredRow = {
  readonly customer: string | null
  readonly ask: Ask | null
  readonly answer: ScreenAnswer | null
  readonly refused: { readonly code: string; readonly reason: string } | null
}

/** How long answers are given in a row before others get their turn. */
const TURN_MS = 5

/** What a row asks; `ask` throws where it cannot be understood. */
export type AskingRow = { readonly customer: string | null; readonly ask: () => Ask }

/** Answers rows one by one, letting other requests in between. A row that cannot be asked is told with its reason; the others are answered. */
export async function answerRows(
  rows: readonly AskingRow[],
  screener: Screener,
  setting: Partial<Setting>,
  signal: AbortSignal,
): Promise<readonly AnsweredRow[]> {
  const answered: AnsweredRow[] = []
  let turn = performance.now()
  for (const { customer, ask } of rows) {
    answered.push(rowOf(customer, ask, screener, setting))
    if (performance.now() - turn < TURN_MS) continue
    await new Promise((resolve) => setImmediate(resolve))
    signal.throwIfAborted()
    turn = performance.now()
  }
  return answered
}

function rowOf(customer: string | null, asking: () => Ask, screener: Screener, setting: Partial<Setting>): AnsweredRow {
  try {
    const ask = asking()
    return { customer, ask, answer: answerTo(ask, screener, setting), refused: null }
  } catch (error) {
    if (!(error instanceof CordonError) || !OF_THE_ROW.has(error.code)) throw error
    return { customer, ask: null, answer: null, refused: { code: error.code, reason: error.message } }
  }
}

/** Errors that are the row's own; any other is the batch's. */
const OF_THE_ROW: ReadonlySet<string> = new Set(['screen/name-too-long', 'screen/bad-query'])
