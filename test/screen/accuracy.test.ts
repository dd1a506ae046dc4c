import { describe, expect, it } from 'vitest'
import { aliasPairs, personPairs, scoreOfNames, share } from '../../bench/accuracy/names/alias-pairs.ts'
import { cleanCustomers } from '../../bench/accuracy/names/clean-customers.ts'
import { listedPersonRows } from '../../bench/accuracy/names/listed-persons.ts'
import { haveNames, realScreener } from '../../bench/accuracy/names/lists.ts'
import { benchCases, f1 } from '../../bench/accuracy/names/name-bench.ts'
import { lostNames } from '../../bench/accuracy/names/own-names.ts'
import { DEFAULT_SETTING } from '../../src/screen/match/matcher.ts'

/** What docs/accuracy.md reports must not fall unnoticed: the same measurements at the default setting, the slow one on every tenth customer. */
describe.skipIf(!haveNames())('matching keeps its accuracy (skipped: ../shared/data/names and lists are missing)', async () => {
  const { alert } = DEFAULT_SETTING
  const real = haveNames() ? await realScreener() : null
  const lists = real?.lists ?? []
  const screener = real?.screener

  it('of official alias pairs of DPRK persons .97 are found, also where aliases with another syllable count as missed', async () => {
    const spellings = (await aliasPairs()).filter(({ otherName }) => !otherName)
    expect(spellings.length).toBe(174)
    expect(share(spellings, ({ a, b }) => scoreOfNames(a, b) >= alert)).toBeGreaterThanOrEqual(0.97)
  })

  it('of pairs of distinct listed DPRK persons at most one in a thousand is hit, homonyms apart', () => {
    const pairs = lists
      .filter(({ service }) => service.list !== 'us-csl')
      .flatMap(({ service, entries }) => personPairs(service.list, entries))
    const distinct = pairs.filter(({ homonym }) => !homonym)
    expect(distinct.length).toBeGreaterThan(16_000)
    expect(share(distinct, ({ score }) => score >= alert)).toBeLessThanOrEqual(0.001)
  })

  it('listed persons are found by Hangul, Hanja and Kana among the first five results', async () => {
    const { rows } = await listedPersonRows(screener as NonNullable<typeof screener>)
    for (const { value } of rows) expect(value).toBeGreaterThanOrEqual(0.95)
  })

  it('of every tenth clean customer at most four alert: one in a thousand, as far as a sample can tell', async () => {
    const some = (await cleanCustomers()).filter((_, i) => i % 10 === 0)
    const alerts = some.filter(({ full }) => screener?.screen(full).hits[0]?.alert === true)
    expect(some.length).toBe(2500)
    expect(alerts.length).toBeLessThanOrEqual(4)
  })

  it('of every twentieth listed name each finds its own entry, but for one in a thousand whose words too many names have', () => {
    const { asked, lost } = lostNames(screener as NonNullable<typeof screener>, lists, 20)
    expect(asked).toBeGreaterThan(3000)
    expect(lost.length / asked, lost.join('\n')).toBeLessThanOrEqual(0.001)
  })

  it('labelled name pairs, labels corrected: F1 is above the peer’s .79 at the default setting', async () => {
    expect(f1(await benchCases(), alert, ({ same }) => same)).toBeGreaterThan(0.79)
  })
})
