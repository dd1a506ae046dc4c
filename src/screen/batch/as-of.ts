import type { Asker } from '../decide/index.ts'
import type { AnswerNote, ListInService, ScreenAnswer } from '../match/answer.ts'
import type { Screener } from '../match/screener.ts'

/** What answers a batch: it can say what all its answers say of the lists. */
export type BatchScreener = Asker & Pick<Screener, 'notes'>

/** When a batch began, and what the screener said of its lists then. */
export interface AsOf {
  /** ISO 8601 UTC. */
  readonly at: string
  readonly lists: readonly ListInService[]
  /** What every answer says: of the lists' age, of rows that a list lacks. */
  readonly standing: readonly AnswerNote[]
}

export function asOfNow(screener: BatchScreener, clock: () => number): AsOf {
  return { at: new Date(clock()).toISOString(), lists: screener.lists, standing: screener.notes }
}

/**
 * The same screener, dated by a batch's beginning. A batch is one question, asked when it began: it is gone on with only where versions and matcher are the same, and then a list that grew stale or was confirmed meanwhile
 * must not make the rows behind differ from those before.
 */
export function pinned(screener: BatchScreener, { at, lists, standing }: AsOf): BatchScreener {
  const keys = new Set(screener.notes.map(keyOf))
  const dated = (answer: ScreenAnswer): ScreenAnswer => ({
    ...answer,
    at,
    lists,
    notes: [...standing, ...answer.notes.filter((note) => !keys.has(keyOf(note)))],
  })
  return {
    matcher: screener.matcher,
    lists,
    notes: standing,
    screen: (query, setting) => dated(screener.screen(query, setting)),
    wallet: (address, asset, setting) => dated(screener.wallet(address, asset, setting)),
    vessel: (query, setting) => dated(screener.vessel(query, setting)),
    entryHash: (list, id) => screener.entryHash(list, id),
  }
}

function keyOf({ code, text }: AnswerNote): string {
  return `${code} ${text}`
}
