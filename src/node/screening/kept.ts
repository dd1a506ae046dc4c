import type { Ask, ScreenAnswer, Screener } from '../../screen/index.ts'

/** The kind of a kept screening among the objects. */
export const SCREENING = 'screening'

/**
 * The body of a kept screening: a question and its whole answer, to decide on and to ask again. The answer is kept as the lists gave it: what decisions held back, and why, is theirs to tell, under their own labels.
 */
export type ScreeningBody = {
  /** The asker's own number of the customer; null for a question about nobody in particular. */
  readonly customer: string | null
  readonly ask: Ask
  readonly answer: ScreenAnswer
  /** What the list said of each entry that was found, as `entryHash` has it; null where it was not at hand. */
  readonly entries: readonly { readonly list: string; readonly id: string; readonly hash: string | null }[]
}

/** The body of a screening. */
export function screeningBody(
  customer: string | null,
  ask: Ask,
  answer: ScreenAnswer,
  screener: Pick<Screener, 'entryHash'>,
): ScreeningBody {
  const entries = answer.hits.map(({ list, entry }) => ({ list, id: entry, hash: screener.entryHash(list, entry) }))
  return { customer, ask, answer, entries }
}
