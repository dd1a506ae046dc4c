import { expect, test } from 'vitest'
import { joinedKeys } from '../../../src/screen/match/name-index.ts'
import { compareNames } from '../../../src/screen/names/compare.ts'
import { foldName } from '../../../src/screen/names/fold.ts'
import { otherSpellings } from '../../../src/screen/names/other-spellings.ts'

const rule = (query: string, listed: string): string | undefined =>
  compareNames(foldName(query, 'person'), foldName(listed, 'person')).parts[0]?.rule

test.each([
  ['Prigojine', 'Prigozhin'],
  ['Prigoschin', 'Prigozhin'],
  ['Choïgou', 'Shoigu'],
  ['Schoigu', 'Shoigu'],
  ['Ousmanov', 'Usmanov'],
  ['Kadyrow', 'Kadyrov'],
  ['Ramsan', 'Ramzan'],
  ['Guerassimov', 'Gerasimov'],
  ['Gerassimow', 'Gerasimov'],
  ['Timtchenko', 'Timchenko'],
  ['Timtschenko', 'Timchenko'],
  ['Hezbollah', 'Hizballah'],
  ['Hizbullah', 'Hizballah'],
  ['Nasrullah', 'Nasrallah'],
])('%s is %s as the press of another country spells it', (query, listed) => {
  expect(['exact', 'transliteration']).toContain(rule(query, listed))
})

test.each([
  ['Hassan', 'Hazan'],
  ['Motorola', 'Motorallah'],
  ['Carolla', 'Carallah'],
])('%s is not %s', (query, listed) => {
  expect(['exact', 'transliteration']).not.toContain(rule(query, listed))
})

test('Two words of a person are also filed joined in their other spellings: Hsiao-hung as Xiaohong', () => {
  const keys = joinedKeys(foldName('Ma Hsiao-hung', 'person')).map(({ key }) => key)
  expect(keys).toContain('hsiaohung')
  expect(keys).toContain('xiaohong')
  expect(joinedKeys(foldName('Ma Hsiao-hung', 'vessel')).map(({ key }) => key)).not.toContain('xiaohong')
})

test('Short words and other scripts than Latin have no German or French spelling', () => {
  expect(otherSpellings('joao', 'latin')).toEqual([])
  expect(otherSpellings('prigojine', 'cyrillic')).toEqual([])
  expect(otherSpellings('khezbolla', 'cyrillic')).toContain('khezballah')
})
