import type { Asker } from '../decide/index.ts'
import type { AnswerNote, ListInService, ScreenAnswer } from '../match/answer.ts'
import { nameQuery } from '../match/query.ts'

/** When a batch began, and what the screener said of its lists then. */
export interface AsOf {
  /** ISO 8601 UTC. */
  readonly at: string
  readonly lists: readonly ListInService[]
  /** What every answer says of the lists' age. */
  readonly standing: readonly AnswerNote[]
}

export function asOfNow(screener: Asker, clock: () => number): AsOf {
  return { at: new Date(clock()).toISOString(), lists: screener.lists, standing: screener.screen(nameQuery('x')).notes.filter(isStanding) }
}

/**
 * The same screener, dated by a batch's beginning. A batch is one question, asked when it began: it is gone on with only where versions and matcher are the same, and then a list that grew stale or was confirmed meanwhile
 * must not make the rows behind differ from those before.
 */
export function pinned(screener: Asker, { at, lists, standing }: AsOf): Asker {
  const dated = (answer: ScreenAnswer): ScreenAnswer => ({
    ...answer,
    at,
    lists,
    notes: [...standing, ...answer.notes.filter((note) => !isStanding(note))],
  })
  return {
    matcher: screener.matcher,
    lists,
    screen: (query, setting) => dated(screener.screen(query, setting)),
    wallet: (address, asset, setting) => dated(screener.wallet(address, asset, setting)),
    vessel: (query, setting) => dated(screener.vessel(query, setting)),
    entryHash: (list, id) => screener.entryHash(list, id),
  }
}

function isStanding(note: AnswerNote): boolean {
  return note.code === 'list-stale'
}
