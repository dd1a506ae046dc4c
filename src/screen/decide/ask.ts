import { canonicalJson } from '../../chain/index.ts'
import { contentHash } from '../disk/canonical.ts'
import type { ScreenAnswer, Setting } from '../match/answer.ts'
import type { ScreenQuery } from '../match/query.ts'
import type { Screener, VesselQuery } from '../match/screener.ts'

/** One question to a screener, so that it can be kept and asked again. */
export type Ask =
  | { readonly about: 'name'; readonly query: ScreenQuery }
  | { readonly about: 'wallet'; readonly address: string; readonly asset: string | null }
  | { readonly about: 'vessel'; readonly query: VesselQuery }

/** As much of a screener as answers questions and knows its entries. */
export type Asker = Pick<Screener, 'matcher' | 'lists' | 'screen' | 'wallet' | 'vessel' | 'entryHash'>

/** A question and what was found. */
export interface Answered {
  readonly ask: Ask
  readonly answer: ScreenAnswer
}

/** Asks. Throws what the screener throws: `screen/name-too-long`, `screen/bad-query`. */
export function put(ask: Ask, screener: Asker, setting?: Partial<Setting>): ScreenAnswer {
  if (ask.about === 'name') return screener.screen(ask.query, setting)
  if (ask.about === 'wallet') return screener.wallet(ask.address, ask.asset, setting)
  return screener.vessel(ask.query, setting)
}

/**
 * The version of a customer's data: SHA-256 of the question's content. Further names, countries and papers are sets; in which order a customer file lists them is no change of the customer.
 */
export function dataHash(ask: Ask): string {
  if (ask.about !== 'name') return contentHash(ask)
  const { query } = ask
  const set = (values: readonly unknown[]) => [...new Set(values.map(canonicalJson))].sort()
  return contentHash({
    ...ask,
    query: { ...query, otherNames: set(query.otherNames), countries: set(query.countries), papers: set(query.papers) },
  })
}

/** What was asked, for people: the name, the address, the ship's name or number. */
export function askedText(ask: Ask): string {
  if (ask.about === 'wallet') return ask.address
  if (ask.about === 'name') return ask.query.name === '' ? ask.query.papers.map((paper) => paper.value).join(', ') : ask.query.name
  const { name, imo, mmsi, callSign } = ask.query
  return [imo === null ? '' : `IMO ${imo.replace(/^\s*IMO\s*/i, '')}`, name, mmsi, callSign]
    .filter((part) => part !== null && part !== '')
    .join(', ')
}
