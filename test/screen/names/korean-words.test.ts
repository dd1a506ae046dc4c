import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareWords, couldBe, keysOfOnsets, keysOfSyllable, MOST_COST, onsetsOfWord } from '../../../src/screen/korean/words.ts'

test.each<[string, string, number, readonly string[]]>([
  ['tongbang', 'dongbang', 0, []],
  ["t'aewo'n", 'daewon', 0.12, ['loose-spelling']],
  ['ryonbong', 'yonbong', 0, ['initial-sound']],
  ['ryungseng', 'ryungsong', 0.12, ['loose-spelling']],
  ['amroggang', 'amnokkang', 0.1, ['initial-sound-inside']],
])('%s and %s cost %d', (a, b, cost, rules) => {
  const found = compareWords(a, b)
  expect(found?.cost).toBeCloseTo(cost)
  expect(found?.steps.map(({ rule }) => rule)).toEqual(rules)
})

test('A coda and the onset after it that change together, as 압록 is heard as am-nok, are one departure', () => {
  const found = compareWords('aprok', 'amnok')
  expect(found?.steps.map(({ rule }) => rule)).toEqual(['assimilated'])
  expect(found?.cost).toBeCloseTo(0.1)
})

test.each([
  ['gang', 'kang'],
  ['tongbang', 'tongbangsan'],
  ['kumsan', 'kumsong'],
  ['yongjin', 'pyongjin'],
  ['hamas', 'hamad'],
  ['legion', 'region'],
  ['salina', 'sarina'],
  ['', ''],
  ['동방', 'dongbang'],
])('%s and %s are no spellings of one Korean word', (a, b) => {
  expect(compareWords(a, b)).toBeNull()
})

/** Two words that are spelled alike syllable by syllable, or nearly, or not at all. */
const words = fc
  .array(
    fc.constantFrom(
      ...'am,ap nok,rok gang,kang tong,dong bang,pang song,seong so,seo ryon,yon ha,hwa dae,tae won,won kum,gum san,san sok,seok yo,yeo ng,n l,r k,xyz u,eu ong,ung'
        .split(' ')
        .map((pair) => pair.split(',') as [string, string]),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => [parts.map(([one]) => one).join(''), parts.map(([, other]) => other).join('')] as const)

test('The cost is the same both ways and at most what a word may cost, steps turn with the question, and alike words share onsets and keys', () => {
  let alike = 0
  fc.assert(
    fc.property(words, ([a, b]) => {
      const one = compareWords(a, b)
      const other = compareWords(b, a)
      expect(other?.cost).toBe(one?.cost)
      expect(other?.steps.map(({ query, listed }) => [listed, query])).toEqual(one?.steps.map(({ query, listed }) => [query, listed]))
      if (one === null) return
      alike++
      expect(one.cost >= 0 && one.cost <= MOST_COST + 1e-6).toBe(true)
      const [x, y] = [onsetsOfWord(a), onsetsOfWord(b)]
      expect(x.some((m) => y.some((n) => couldBe(m, n)))).toBe(true)
      const keys = keysOfOnsets(y)
      expect(keysOfOnsets(x).some((key) => keys.includes(key))).toBe(true)
    }),
    { numRuns: 3000 },
  )
  expect(alike).toBeGreaterThan(100)
})

test('Any text is answered', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), words, (text, [other]) => {
      compareWords(text, other)
      expect(Array.isArray(onsetsOfWord(text)) && Array.isArray(keysOfSyllable(text))).toBe(true)
    }),
  )
})

test('A word is filed under few keys', () => {
  for (const text of ['anganganganganga', 'onganggangung', 'ryongakryongak', 'haegumgangsan'])
    expect(keysOfOnsets(onsetsOfWord(text)).length).toBeLessThanOrEqual(64)
})
