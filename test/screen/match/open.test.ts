import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { CordonError } from '../../../src/chain/index.ts'
import { readerFor } from '../../../src/screen/lists/registry.ts'
import type { ScreenAnswer } from '../../../src/screen/match/answer.ts'
import { INDEXES } from '../../../src/screen/match/load.ts'
import { MATCHER } from '../../../src/screen/match/matcher.ts'
import { liveScreener, openScreener } from '../../../src/screen/match/open.ts'
import { nameQuery } from '../../../src/screen/match/query.ts'
import { importList } from '../../../src/screen/versions/index.ts'
import { stores } from '../versions/places.ts'
import { DAY, file, START } from '../versions/plain-list.ts'

const place = stores()

/** Imports rows of an own list (`id,name,kind,…`) at a time in days since START. */
async function importOwn(store: string, rows: readonly string[], onDay: number, list = 'own'): Promise<string> {
  const files = [file(`id,name,kind,aliases\n${rows.join('\n')}\n`, 'own.csv')]
  const { event } = await importList({ store, list, files, reader: readerFor(files), clock: () => START + onDay * DAY, by: 'Kim' })
  if (event.kind !== 'imported') throw new Error(`the import ended as ${event.kind}`)
  return event.version
}

const EARLIER = ['1,"KIM, Yong Chol",person,', '2,"RI, Yong Gil",person,', '3,WISE HONEST,vessel,SONG I']
const LATER = [...EARLIER, '4,"HAN, Jang Su",person,']

function at(onDay: number): () => Date {
  return () => new Date(START + onDay * DAY)
}

function found(answer: ScreenAnswer): readonly string[] {
  return answer.hits.map((hit) => `${hit.list} ${hit.version} ${hit.entry}`)
}

async function refusal(act: () => Promise<unknown>): Promise<string> {
  try {
    await act()
  } catch (error) {
    return error instanceof CordonError ? error.code : String(error)
  }
  return 'nothing was refused'
}

function indexFiles(store: string): readonly string[] {
  const folder = join(store, INDEXES)
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []
}

describe('opening a store', () => {
  it('screens against the versions in service, and answers name them', async () => {
    const store = place()
    const version = await importOwn(store, EARLIER, 0)
    const other = await importOwn(store, ['1,"HAN, Jang Su",person,'], 0, 'another')
    const screener = await openScreener({ store, clock: at(1) })
    const answer = screener.screen(nameQuery('김영철'))
    expect(found(answer)).toEqual([`own ${version} 1`])
    expect(answer.lists).toMatchObject([
      { list: 'another', version: other, entries: 1 },
      { list: 'own', version, entries: 3, imported: at(0)().toISOString(), confirmed: at(0)().toISOString() },
    ])
    expect(answer.at).toBe(at(1)().toISOString())
    expect(found(screener.screen(nameQuery('Han Jang-su')))).toEqual([`another ${other} 1`])
    const one = await openScreener({ store, lists: ['own'], clock: at(1) })
    expect(found(one.screen(nameQuery('Han Jang-su')))).toEqual([])
    expect(one.screen(nameQuery('x y')).lists.map(({ list }) => list)).toEqual(['own'])
  })

  it('keeps the index, and the next opening answers from what was kept', async () => {
    const store = place()
    await importOwn(store, EARLIER, 0)
    const first = await openScreener({ store, clock: at(1) })
    const kept = indexFiles(store)
    expect(kept).toHaveLength(1)
    const before = statSync(kept[0]!).ino
    const second = await openScreener({ store, clock: at(1) })
    expect(JSON.stringify(second.screen(nameQuery('김영철')))).toBe(JSON.stringify(first.screen(nameQuery('김영철'))))
    expect(indexFiles(store)).toEqual(kept)
    // A file that is made anew is renamed into its place.
    expect(statSync(kept[0]!).ino).toBe(before)
  })

  it('keeps one index where it is opened several times at once', async () => {
    const store = place()
    await importOwn(store, EARLIER, 0)
    const all = await Promise.all(Array.from({ length: 8 }, () => openScreener({ store, clock: at(1) })))
    for (const screener of all) expect(screener.screen(nameQuery('김영철')).hits).toHaveLength(1)
    expect(indexFiles(store)).toHaveLength(1)
  })

  it('builds a damaged, cut or emptied index, or one of other versions, anew and trusts none of it', async () => {
    const store = place()
    await importOwn(store, EARLIER, 0)
    const sound = JSON.stringify((await openScreener({ store, clock: at(1) })).screen(nameQuery('김영철')))
    const [kept] = indexFiles(store)
    const whole = readFileSync(kept!)
    const flipped = Buffer.from(whole)
    flipped[flipped.length >> 1]! ^= 1
    const elsewhere = place()
    await importOwn(elsewhere, LATER, 0)
    await openScreener({ store: elsewhere, clock: at(1) })
    const other = readFileSync(indexFiles(elsewhere)[0]!)
    for (const damaged of [flipped, other, whole.subarray(0, whole.length - 8), Buffer.alloc(0), Buffer.from('not an index')]) {
      writeFileSync(kept!, damaged)
      const screener = await openScreener({ store, clock: at(1) })
      expect(JSON.stringify(screener.screen(nameQuery('김영철')))).toBe(sound)
      expect(readFileSync(kept!).equals(whole)).toBe(true)
    }
  })

  it('keeps nothing where that is not wanted', async () => {
    const store = place()
    await importOwn(store, EARLIER, 0)
    const screener = await openScreener({ store, clock: at(1), keep: false })
    expect(screener.screen(nameQuery('김영철')).hits).toHaveLength(1)
    expect(indexFiles(store)).toEqual([])
  })

  it('at an earlier time screens against what was in service then, and is what it is whatever is imported later', async () => {
    const store = place()
    const earlier = await importOwn(store, EARLIER, 0)
    const before = await openScreener({ store, clock: at(1) })
    const later = await importOwn(store, LATER, 10)
    const now = await openScreener({ store, clock: at(11) })
    const then = await openScreener({ store, clock: at(11), at: at(5)().toISOString() })
    expect(found(now.screen(nameQuery('한장수')))).toEqual([`own ${later} 4`])
    expect(found(then.screen(nameQuery('한장수')))).toEqual([])
    expect(found(before.screen(nameQuery('한장수')))).toEqual([])
    expect(then.screen(nameQuery('한장수')).lists).toMatchObject([{ version: earlier }])
    expect(found(then.screen(nameQuery('김영철')))).toEqual([`own ${earlier} 1`])
    expect(await refusal(() => openScreener({ store, clock: at(11), at: at(-1)().toISOString() }))).toBe('screen/no-lists')
    expect(await refusal(() => openScreener({ store, clock: at(11), at: '31 February' }))).toBe('list/bad-option')
  })

  it('notes that a list is stale, and which', async () => {
    const store = place()
    await importOwn(store, EARLIER, 0)
    const fresh = await openScreener({ store, clock: at(1) })
    const stale = await openScreener({ store, clock: at(100) })
    expect(fresh.screen(nameQuery('김영철')).notes).toEqual([])
    expect(stale.screen(nameQuery('김영철')).notes).toMatchObject([{ code: 'list-stale', text: expect.stringMatching(/^own: .*100 days/) }])
  })

  it('is refused where there is no list, none of those wanted, or another matcher is pinned', async () => {
    const store = place()
    expect(await refusal(() => openScreener({ store, clock: at(1) }))).toBe('screen/no-lists')
    await importOwn(store, EARLIER, 0)
    expect(await refusal(() => openScreener({ store, clock: at(1), lists: ['own', 'us-ofac-sdn'] }))).toBe('screen/no-lists')
    expect(await refusal(() => openScreener({ store, clock: at(1), lists: ['../own'] }))).toBe('list/bad-option')
    expect(await refusal(() => openScreener({ store, clock: at(1), matcher: 'cordon-999' }))).toBe('screen/other-matcher')
    expect((await openScreener({ store, clock: at(1), matcher: MATCHER })).matcher).toBe(MATCHER)
  })

  it('is refused where the entries or the log were changed', async () => {
    for (const damaged of ['entries.jsonl.gz', 'manifest.json', 'versions.jsonl']) {
      const store = place()
      const version = await importOwn(store, EARLIER, 0)
      const path = damaged === 'versions.jsonl' ? join(store, 'own', damaged) : join(store, 'own', version, damaged)
      const bytes = readFileSync(path)
      bytes[bytes.length >> 1]! ^= 1
      writeFileSync(path, bytes)
      expect(await refusal(() => openScreener({ store, clock: at(1) })), damaged).toBe('list/corrupt')
    }
  })
})

const SURNAMES = ['KIM', 'RI', 'PAK', 'CHOE', 'JONG', 'KANG', 'HAN', 'RYU', 'SON', 'HWANG', 'JANG', 'YUN']
const SYLLABLES = ['Yong', 'Chol', 'Su', 'Song', 'Hyok', 'Kwang', 'Il', 'Nam', 'Ho', 'Myong', 'Gil', 'Un', 'Chun', 'Pong', 'Tae', 'Won']
const TOWNS = ['Havana', 'Tartus', 'Nampo', 'Odesa', 'Basra', 'Minsk', 'Caracas', 'Bandar']

/** Some thousand entries, each naming its version, so that an answer from two versions would tell. */
function thousands(mark: string): readonly string[] {
  const persons = SURNAMES.flatMap((surname) =>
    SYLLABLES.flatMap((one) => SYLLABLES.map((two) => `"${surname}, ${one} ${two}",person,${mark}`)),
  )
  const bodies = TOWNS.flatMap((town) => SYLLABLES.map((word) => `${town} ${word} Trading Company,organisation,${mark}`))
  return [...persons, ...bodies].map((row, i) => `${i + 1},${row}`)
}

describe('a screener that follows its lists', () => {
  it('puts a new version in service without a pause, and every answer is from one whole version', { timeout: 60_000 }, async () => {
    const store = place()
    const earlier = await importOwn(store, thousands('Alpha Mark'), 0)
    const live = await liveScreener({ store, clock: at(5) })
    const later = await importOwn(store, thousands('Omega Mark'), 1)
    for (const name of ['김영철', 'Alpha Mark', 'Nampo Song Trading']) live.current.screen(nameQuery(name))

    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    let refreshed = false
    const refresh = live.refresh().then((changed) => {
      refreshed = true
      return changed
    })
    const seen = new Map<string, number>()
    let during = 0
    let i = 0
    do {
      if (!refreshed) during++
      const screener = live.current
      const answer = screener.screen(nameQuery(['김영철', 'Ri Chol-su', 'Nampo Song Trading'][i++ % 3]!))
      const version = answer.lists[0]!.version
      seen.set(version, (seen.get(version) ?? 0) + 1)
      expect(answer.hits.length).toBeGreaterThan(0)
      expect(new Set(answer.hits.map((hit) => hit.version))).toEqual(new Set([version]))
      // The words of a version are found in it and not in the other.
      const [mine, other] = version === earlier ? ['Alpha Mark', 'Omega Mark'] : ['Omega Mark', 'Alpha Mark']
      if (i % 20 === 0) {
        expect(screener.screen(nameQuery(mine!)).hits.length).toBeGreaterThan(0)
        expect(screener.screen(nameQuery(other!)).hits.filter((hit) => hit.alert)).toEqual([])
      }
      await setImmediate()
    } while (!refreshed || (seen.get(later) ?? 0) < 20)
    delay.disable()

    expect(await refresh).toBe(true)
    expect([...seen.keys()]).toEqual([earlier, later])
    expect(during).toBeGreaterThan(0)
    process.stderr.write(
      `a new version of 3,200 entries in service: ${during} answers meanwhile, the longest pause ${(delay.max / 1e6).toFixed(0)} ms\n`,
    )
  })

  it('leaves the answers as they are where nothing is new, and one that was taken stays what it is', async () => {
    const store = place()
    const earlier = await importOwn(store, EARLIER, 0)
    const live = await liveScreener({ store, clock: at(20) })
    const taken = live.current
    expect(await live.refresh()).toBe(false)
    expect(live.current).toBe(taken)
    const later = await importOwn(store, LATER, 10)
    expect(await Promise.all([live.refresh(), live.refresh()])).toEqual([true, true])
    expect(live.current.lists[0]?.version).toBe(later)
    expect(taken.screen(nameQuery('김영철')).lists[0]?.version).toBe(earlier)
    expect(await live.refresh()).toBe(false)
  })

  it('comes to note that its lists are stale, and that they were confirmed', async () => {
    const store = place()
    await importOwn(store, EARLIER, 0)
    let days = 1
    const live = await liveScreener({ store, clock: () => at(days)() })
    const codes = () => live.current.screen(nameQuery('김영철')).notes.map((note) => note.code)
    expect(codes()).toEqual([])
    days = 100
    expect(await live.refresh()).toBe(false)
    expect(codes()).toEqual(['list-stale'])
    const files = [file(`id,name,kind,aliases\n${EARLIER.join('\n')}\n`, 'own.csv')]
    await importList({ store, list: 'own', files, reader: readerFor(files), clock: () => START + 99 * DAY, by: 'Kim' })
    expect(await live.refresh()).toBe(false)
    expect(codes()).toEqual([])
    expect(live.current.lists[0]?.confirmed).toBe(at(99)().toISOString())
  })

  it('goes on with what it has where the new version cannot be read, says why, and takes it once it is mended', async () => {
    const store = place()
    const earlier = await importOwn(store, EARLIER, 0)
    const live = await liveScreener({ store, clock: at(20) })
    const later = await importOwn(store, LATER, 10)
    const path = join(store, 'own', later, 'entries.jsonl.gz')
    const whole = readFileSync(path)
    const changed = Buffer.from(whole)
    changed[changed.length >> 1]! ^= 1
    writeFileSync(path, changed)
    expect(await refusal(() => live.refresh())).toBe('list/corrupt')
    expect(live.current.screen(nameQuery('김영철')).lists[0]?.version).toBe(earlier)
    rmSync(path)
    writeFileSync(path, whole)
    expect(await live.refresh()).toBe(true)
    expect(live.current.lists[0]?.version).toBe(later)
  })
})
