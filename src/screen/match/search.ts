import { CordonError } from '../../chain/index.ts'
import { LONGEST_NAME } from '../names/clean.ts'
import type { AnswerNote, Hit, ListInService, ScreenAnswer, Setting } from './answer.ts'
import type { ScreenIndex } from './build.ts'
import { CandidateSearch } from './candidates.ts'
import { findNames } from './find-names.ts'
import { findPapers } from './find-papers.ts'
import { walletHits, walletParties } from './find-wallets.ts'
import type { FoundEntries } from './found.ts'
import { hitOf } from './hit.ts'
import { Listed } from './listed.ts'
import { nameQuery, type Paper, type ScreenQuery } from './query.ts'
import type { Screener } from './screener.ts'
import { completeSetting, leastNameScore } from './setting.ts'

/**
 * Answers from an index.
 *
 * @param lists the lists of the index, in its order, as they stand now
 * @param standing notes that belong to every answer, such as the age of a list
 * @param clock what an answer is dated by
 */
export function searchIndex(
  index: ScreenIndex,
  lists: readonly ListInService[],
  standing: readonly AnswerNote[],
  clock: () => Date,
): Screener {
  const listed = new Listed(index, lists)
  const search = new CandidateSearch(index.index, index.nameWords)
  const always = [...standing, ...cutNames(index.cutNames)]

  const answer = (
    query: ScreenQuery,
    hits: readonly Hit[],
    notes: readonly AnswerNote[],
    setting: Setting,
    looked: boolean,
  ): ScreenAnswer => {
    const inOrder = hits.filter((hit) => hit.score >= setting.list || hit.alert || hit.nameScore >= NEARLY_EXACT).sort(byImportance)
    const beyond = inOrder.length - setting.limit
    const more: AnswerNote[] =
      beyond > 0 ? [{ code: 'more-hits', text: `${beyond} further hits beyond the limit of ${setting.limit}` }] : []
    return {
      query,
      at: clock().toISOString(),
      matcher: index.matcher,
      setting,
      lists,
      outcome: inOrder.length > 0 ? 'potential-match' : looked ? 'no-potential-match' : 'not-screened',
      hits: inOrder.slice(0, setting.limit),
      notes: [...always, ...notes, ...more],
    }
  }

  const screen = (asked: ScreenQuery, settings: Partial<Setting> = {}): ScreenAnswer => {
    const query = { ...asked, countries: asked.countries.map((code) => code.trim().toUpperCase()) }
    const setting = completeSetting(settings)
    const found: FoundEntries = new Map()
    const notes: AnswerNote[] = []
    const told = query.family !== null && query.given !== null ? { family: query.family, given: query.given } : null
    const name = query.name.trim() === '' && told !== null ? `${told.family}, ${told.given}` : query.name
    if (name.trim() === '' && query.otherNames.length === 0 && query.papers.length === 0) {
      throw new CordonError('screen/bad-query', 'nothing was asked for: there is neither a name nor a paper', {
        remedy: 'Give a name, or the number of a document.',
      })
    }
    const { kind } = query
    const least = leastNameScore(setting, query)
    const looked = [
      ...(name.trim() === '' ? [] : [findNames(listed, search, { text: name, told, kind, least }, found, notes)]),
      ...query.otherNames.map((text) => findNames(listed, search, { text, told: null, kind, least }, found, notes)),
      ...query.papers.map((paper) => findPapers(listed, paper, found, notes)),
    ]
    const hits = [...found].map(([entry, each]) => hitOf(listed, entry, each, query, setting))
    return answer(query, hits, notes, setting, looked.includes(true))
  }

  return {
    matcher: index.matcher,
    lists,
    notes: always,
    screen,
    wallet(address, asset, settings = {}) {
      const setting = completeSetting(settings)
      const { hits, notes, looked } = walletHits(listed, address, asset, setting)
      const asked: Paper = { kind: 'other', value: `wallet ${asset === null ? '' : `${asset} `}${address}`, country: null }
      return answer({ ...nameQuery(''), papers: [asked] }, hits, notes, setting, looked)
    },
    listedWallet: (address, asset) => walletParties(listed, address, asset),
    vessel({ imo, mmsi, callSign, name, flag }, settings = {}) {
      const papers: Paper[] = []
      if (imo !== null) papers.push({ kind: 'imo-ship', value: imo, country: null })
      if (mmsi !== null) papers.push({ kind: 'mmsi', value: mmsi, country: null })
      if (callSign !== null) papers.push({ kind: 'call-sign', value: callSign, country: null })
      return screen({ ...nameQuery(name ?? ''), kind: 'vessel', countries: flag === null ? [] : [flag], papers }, settings)
    },
    entryHash(list, id) {
      const entry = listed.entry(list, id)
      return entry === null ? null : listed.card(entry).hash
    },
  }
}

/** A name that is all but the listed one is shown whatever contradicts it: a false birth date is easier to come by than another name. */
const NEARLY_EXACT = 0.9

/** What an index of longer names than are compared says in every answer. */
function cutNames(count: number): readonly AnswerNote[] {
  const text = `${count} listed names are longer than ${LONGEST_NAME} characters: they were compared by their beginning`
  return count === 0 ? [] : [{ code: 'listed-name-cut', text }]
}

/** Those that alert first, then by score; by list and entry where both are alike, so that the order is the same on every machine. */
function byImportance(a: Hit, b: Hit): number {
  return Number(b.alert) - Number(a.alert) || b.score - a.score || compareTexts(a.list, b.list) || compareTexts(a.entry, b.entry)
}

/** By code units: the order of no language. */
function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
