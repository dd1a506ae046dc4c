import { expect, test } from 'vitest'
import type { EntryKind } from '../../../src/screen/lists/entry.ts'
import { compareNames, scoreNames } from '../../../src/screen/names/compare.ts'
import { foldName } from '../../../src/screen/names/fold.ts'

/** Where the labelled pairs part best (half 0 of them; see name-bench.test.ts). */
const THRESHOLD = 0.81

const compare = (query: string, listed: string, kind: EntryKind = 'person') => compareNames(foldName(query, kind), foldName(listed, kind))

test.each<[string, string, EntryKind, string]>([
  ['Vladimir Putin', 'PUTIN, Vladimir', 'person', 'exact'],
  ['Владимир Путин', 'Vladimir Putin', 'person', 'other-script'],
  ['Sergej Lavrov', 'Sergey Lavrov', 'person', 'transliteration'],
  ['バラク・オバマ', 'Barack Obama', 'person', 'consonants'],
  ['محمد بن سلمان', 'Mohammed bin Salman', 'person', 'consonants'],
  ['فرناندو بيريز', 'Fernando Pérez', 'person', 'consonants'],
  ['Barack Obama', 'Baruck Obama', 'person', 'vowels'],
  ['Vladimir Pudin', 'Vladimir Putin', 'person', 'typo'],
  ['Donlad Trump', 'Donald Trump', 'person', 'swapped-letters'],
  ['A. Khamenei', 'Ali Khamenei', 'person', 'initial'],
  ['JC Juncker', 'Jean-Claude Juncker', 'person', 'acronym'],
  ['Bill Gates', 'William Gates', 'person', 'given-name'],
  ['AlisherUsmanov', 'Alisher Usmanov', 'person', 'joined'],
  ['Nikolai Plat Ono Vich Patrushev', 'Nikolai Platonovich Patrushev', 'person', 'joined'],
  ['Bankrossiya', 'Bank Rossiya', 'organisation', 'joined'],
  ['Pieter Vanderberg', 'Pieter van der Berg', 'person', 'joined'],
  ['羅志偉', '罗志伟', 'person', 'han-variant'],
  ['习近平', 'Xi Jinping', 'person', 'other-script'],
  ['羅志偉', 'Lo Chih-wei', 'person', 'joined'],
  ['Forty-Four Brigade', 'Brigade 44', 'organisation', 'number'],
  ['OAO Gazprom', 'Gazprom JSC', 'organisation', 'legal-form'],
  ['PLA', 'People’s Liberation Army', 'organisation', 'acronym'],
])('%s is found in %s', (query, listed, kind, rule) => {
  const result = compare(query, listed, kind)
  expect(result.parts.map((part) => part.rule)).toContain(rule)
  expect(result.score).toBeGreaterThanOrEqual(THRESHOLD)
})

test.each<[string, string, EntryKind, string]>([
  ['Bashar al-Assad', 'Hafez al-Assad', 'person', 'name-conflict'],
  ['Sergey Viktorovich Lavrov', 'Sergey Borisovitch Lavrov', 'person', 'patronymic-conflict'],
  ['Hans O Friedrich', 'Hans Joachim Friedrich', 'person', 'name-conflict'],
  ['Citigroup Capital Trust I', 'Citigroup Capital Trust II', 'organisation', 'number-conflict'],
  ['KUM RUNG 7-28', 'KUM RUNG 7-29', 'vessel', 'number-conflict'],
  ['Trust 2007-AHL1', 'Trust 2007-AHL2', 'organisation', 'name-conflict'],
  ['Bank of China (Hong Kong) Limited', 'Bank of China (Singapore) Limited', 'organisation', 'name-conflict'],
  ['CRYSTALORD SYSTEMS LIMITED', 'CRYSTALORD LTD', 'organisation', 'generic-word-missing'],
  ['SHAMSUDDIN MOHAMMED HAQQANI', 'SHAMSUDDIN', 'person', 'name-missing'],
])('%s is not %s', (query, listed, kind, rule) => {
  const result = compare(query, listed, kind)
  expect(result.unmatched.map((part) => part.rule)).toContain(rule)
  expect(result.score).toBeLessThan(THRESHOLD)
})

test('Father and son are two persons', () => {
  const result = compare('Salman bin Muhammad al-Rawi', 'Muhammad bin Salman al-Rawi')
  expect(result.whole.map(({ rule }) => rule)).toContain('son-for-father')
  expect(result.score).toBeLessThan(THRESHOLD)
})

test('One Han or Hangul character that differs makes another name', () => {
  for (const [query, listed] of [
    ['习近朋', '习近平'],
    ['高石早苗', '高市早苗'],
    ['이재형', '이재명'],
  ] as const) {
    const result = compare(query, listed)
    expect(result.score).toBeLessThan(THRESHOLD)
    expect(result.whole[0]!.rule).toBe('other-characters')
  }
})

test('What differs is said: which words, by which rule, on which side', () => {
  const result = compare('Sergei Lavrov', 'LAVROV, Sergey Viktorovich')
  expect(result.parts).toEqual([
    { query: 'Sergei', listed: 'Sergey', rule: 'transliteration', cost: 0.03 },
    { query: 'Lavrov', listed: 'LAVROV', rule: 'exact', cost: 0 },
  ])
  expect(result.unmatched).toEqual([{ side: 'listed', text: 'Viktorovich', rule: 'patronymic-missing', cost: 1 }])
})

test('A rare word that is missing counts more than a common one', () => {
  const rare = (token: { readonly text: string }): number => (token.text === 'ahmed' ? 0.3 : 1)
  const query = foldName('Hassan Ahmed Dahir', 'person')
  const listed = foldName('Hassan Dahir', 'person')
  expect(scoreNames(query, listed, rare)).toBeGreaterThan(scoreNames(query, listed))
})

test('Legal forms of other classes count against each other, Company against none', () => {
  const same = compare('Deutsche Bank AG', 'Deutsche Bank Aktiengesellschaft', 'organisation').score
  const other = compare('Deutsche Bank AG', 'Deutsche Bank GmbH', 'organisation').score
  const open = compare('Deutsche Bank AG', 'Deutsche Bank Company', 'organisation').score
  expect(same).toBe(1)
  expect(other).toBeLessThan(open)
  expect(open).toBeGreaterThan(0.95)
})

test('Sharing nothing but common words is no match', () => {
  expect(compare('General Trading Company Ltd', 'Kerman General Trading Company Ltd', 'organisation').score).toBeLessThan(0.5)
  expect(compare('Ltd', 'Foo Ltd', 'organisation').score).toBeLessThan(0.5)
  expect(compare('N.N.', 'Nursultan Nazarbayev').score).toBeLessThan(THRESHOLD)
})
