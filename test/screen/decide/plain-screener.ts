import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { CordonError } from '../../../src/chain/index.ts'
import { type Asker, entryHash } from '../../../src/screen/decide/index.ts'
import { emptyEntry, type ListEntry } from '../../../src/screen/lists/entry.ts'
import type { Hit, ListInService, Reason, ScreenAnswer, Setting } from '../../../src/screen/match/answer.ts'
import { nameQuery, type ScreenQuery } from '../../../src/screen/match/query.ts'

/** A whole screener that is simple: names are the same where their letters and digits are, in any order of words. */
export function plainScreener(entries: readonly ListEntry[], version = 'v1', clock: () => number = () => 0, matcher = 1): Asker {
  const names = [...new Set(entries.map((entry) => entry.list))].sort()
  const lists: ListInService[] = names.map((list) => ({
    list,
    version,
    published: null,
    imported: '2026-01-01T00:00:00.000Z',
    confirmed: new Date(clock()).toISOString(),
    entries: entries.filter((entry) => entry.list === list).length,
  }))
  const answer = (query: ScreenQuery, hits: readonly Hit[], setting: Setting): ScreenAnswer => ({
    query,
    at: new Date(clock()).toISOString(),
    matcher: `cordon-${matcher}`,
    setting,
    lists,
    outcome: hits.length > 0 ? 'potential-match' : 'no-potential-match',
    hits: hits.toSorted((a, b) => Number(b.alert) - Number(a.alert) || b.score - a.score),
    notes: [],
  })
  const whole = (setting: Partial<Setting> = {}): Setting => ({ list: 0.5, alert: 0.8, weakAlerts: false, limit: 100, ...setting })
  return {
    matcher: `cordon-${matcher}`,
    lists,
    screen(query, given) {
      const setting = whole(given)
      if (query.name.length > 1000) throw new CordonError('screen/name-too-long', `the name has ${query.name.length} characters`)
      const asked = [query.name, ...query.otherNames].map(folded).filter((name) => name !== '')
      const hits = entries.flatMap((entry): Hit[] => {
        const matched = entry.names.find((name) => asked.includes(folded(name.full))) ?? null
        const paper = query.papers.find((each) => entry.identifiers.some((own) => folded(own.value) === folded(each.value)))
        if (matched === null && paper === undefined) return []
        const born =
          query.birth === null || entry.births.length === 0 ? null : entry.births.some((birth) => birth.from === query.birth?.from)
        const reasons: Reason[] =
          matched === null ? [] : [{ about: 'name', rule: 'same', query: query.name, listed: matched.full, effect: 'agrees', weight: 1 }]
        if (paper !== undefined)
          reasons.push({ about: 'paper', rule: 'paper-same', query: paper.value, listed: paper.value, effect: 'agrees', weight: 1000 })
        const score = paper !== undefined ? 1 : born === true ? 0.95 : born === false ? 0.6 : 0.85
        return [hitOf(entry, matched, score, score >= setting.alert, reasons)]
      })
      return answer(query, hits, setting)
    },
    wallet(address, _asset, given) {
      const hits = entries
        .filter((entry) => entry.wallets.some((wallet) => wallet.address.toLowerCase() === address.toLowerCase()))
        .map((entry) =>
          hitOf(entry, null, 1, true, [
            { about: 'wallet', rule: 'wallet-address', query: address, listed: address, effect: 'agrees', weight: 1 },
          ]),
        )
      return answer(nameQuery(''), hits, whole(given))
    },
    vessel(query, given) {
      const number = query.imo?.replace(/\D/g, '')
      const hits = entries
        .filter((entry) => entry.identifiers.some((own) => own.kind === 'imo-ship' && own.value === number))
        .map((entry) =>
          hitOf(entry, null, 1, true, [
            { about: 'vessel', rule: 'imo-same', query: number ?? '', listed: number ?? '', effect: 'agrees', weight: 1 },
          ]),
        )
      return answer(nameQuery(query.name ?? ''), hits, whole(given))
    },
    entryHash(list, id) {
      const entry = entries.find((each) => each.list === list && each.id === id)
      return entry === undefined ? null : entryHash(entry)
    },
  }

  function hitOf(entry: ListEntry, matched: Hit['matched'], score: number, alert: boolean, reasons: readonly Reason[]): Hit {
    return {
      list: entry.list,
      version,
      entry: entry.id,
      kind: entry.kind,
      primary: entry.names[0]?.full ?? '',
      matched,
      asked: matched?.full ?? null,
      score,
      nameScore: matched === null ? 0 : 0.85,
      ofacCompatible: 100,
      alert,
      held: alert ? null : 'below-alert',
      reasons,
      programmes: entry.programmes,
      legalBasis: entry.legalBasis,
      listedOn: entry.listedOn,
      births: entry.births,
      countries: entry.countries,
    }
  }
}

function folded(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '')
    .sort()
    .join(' ')
}

export function person(id: string, name: string, more: Partial<ListEntry> = {}): ListEntry {
  const names = [{ full: name, family: null, given: null, quality: 'primary', type: 'primary' } as const]
  return { ...emptyEntry('test-list', id, 'person', names, name, { file: 'list.csv', line: 1 }), ...more }
}

/** Fresh folders that are gone after the tests of a file. */
export function folders(): () => string {
  const made: string[] = []
  afterAll(() => {
    for (const folder of made) rmSync(folder, { recursive: true, force: true })
  })
  return () => {
    const folder = mkdtempSync(join(tmpdir(), 'cordon-screen-'))
    made.push(folder)
    return folder
  }
}
