import { expect, test } from 'vitest'
import type { EntryKind } from '../../../src/screen/lists/entry.ts'
import { compareNames } from '../../../src/screen/names/compare.ts'
import { foldName } from '../../../src/screen/names/fold.ts'
import { tokenKeys } from '../../../src/screen/names/token.ts'

const tokens = (name: string, kind: EntryKind = 'organisation'): string =>
  foldName(name, kind)
    .tokens.map(({ text, role }) => `${text}:${role}`)
    .join(' ')

const score = (query: string, listed: string, kind: EntryKind = 'organisation'): number =>
  compareNames(foldName(query, kind), foldName(listed, kind)).score

/** What the word comparison must reach for an alert at the default setting (match/name-score.ts, CURVES.ordinary). */
const ALERT = 0.906

test.each<[string, string]>([
  ['조선광선은행', 'KOREA KWANGSON BANKING CORP'],
  ['朝鮮光鮮銀行', 'KOREA KWANGSON BANKING CORP'],
  ['朝鲜光鲜银行', 'KOREA KWANGSON BANKING CORP'],
  ['정찰총국', 'RECONNAISSANCE GENERAL BUREAU'],
  ['偵察総局', 'RECONNAISSANCE GENERAL BUREAU'],
  ['조선무역은행', 'KOREA FOREIGN TRADE BANK'],
  ['고려항공', 'AIR KORYO'],
  ['高麗航空', 'AIR KORYO'],
  ['대동신용은행', 'DAEDONG CREDIT BANK'],
  ['단천상업은행', 'TANCHON COMMERCIAL BANK'],
  ['조선련하기계합영회사', 'KOREA RYONHA MACHINERY JOINT VENTURE CORPORATION'],
  ['조선련봉총회사', 'KOREA RYONBONG GENERAL CORPORATION'],
  ['朝鮮鉱業開発貿易会社', 'KOREA MINING DEVELOPMENT TRADING CORPORATION'],
  ['기술정찰국', 'TECHNICAL RECONNAISSANCE BUREAU'],
  ['昆仑银行', 'BANK OF KUNLUN'],
])('%s is %s', (query, listed) => {
  expect(score(query, listed)).toBeGreaterThanOrEqual(ALERT)
  expect(score(listed, query)).toBe(score(query, listed))
})

test.each<[string, string]>([
  ['조선광선은행', 'KOREA DAESONG BANK'],
  ['대동신용은행', 'TANCHON COMMERCIAL BANK'],
  ['단천상업은행', 'KUMGANG COMMERCIAL BANK'],
  ['조선련하기계합영회사', 'KOREA RYONBONG GENERAL CORPORATION'],
  ['昆仑银行', 'BANK OF ROUCHU'],
])('%s is not %s: common words say nothing', (query, listed) => {
  expect(score(query, listed)).toBeLessThan(ALERT)
})

test.each<[string, string]>([
  ['압록강', 'AM NOK GANG'],
  ['청천강호', 'CHONG CHON GANG'],
  ['백마호', 'PAEK MA'],
  ['안산1호', 'AN SAN 1'],
  ['금성 5호', 'KUM SONG 5'],
  ['福远渔7902', 'FU YUAN YU 7902'],
])('The ship %s is %s', (query, listed) => {
  const keys = (name: string): readonly string[] => foldName(name, 'vessel').tokens.flatMap(tokenKeys)
  expect(score(query, listed, 'vessel')).toBeGreaterThanOrEqual(0.88)
  expect(keys(query).length).toBeGreaterThan(0)
})

test('Digits are a word of their own, and the counter behind them says nothing', () => {
  expect(tokens('안산1호', 'vessel')).toBe('ansan:word 1:number')
  expect(tokens('福远渔7902', 'vessel')).toBe('fuyuanyu:word 7902:number')
  expect(tokens('110호 연구소')).toMatch(/^110:number research:generic/)
  expect(tokens('안산2호', 'vessel')).not.toBe(tokens('안산1호', 'vessel'))
})

test('A ship is called by proper names: none of them is cut at a common word', () => {
  expect(foldName('개발무역', 'vessel').tokens).toHaveLength(1)
  expect(foldName('개발무역', 'organisation').tokens.map(({ text }) => text)).toEqual(['development', 'trading'])
})

test('Han is read as Korean only where the body calls itself Korean, and then also as Chinese', () => {
  expect(foldName('朝鮮光鮮銀行', 'organisation').tokens[1]).toMatchObject({ text: 'gwangseon', alternatives: ['guangxian'] })
  expect(foldName('光鮮銀行', 'organisation').tokens[0]).toMatchObject({ text: 'guangxian', alternatives: [] })
})

test('Names of persons are not cut', () => {
  expect(tokens('정은행', 'person')).not.toContain('bank')
})

test('A number sign before a number is no word, and elsewhere one', () => {
  expect(tokens('AN SAN NO.1', 'vessel')).toBe('an:word san:word no:stop 1:number')
  expect(tokens('Nam San Nr 8', 'vessel')).toBe('nam:word san:word nr:stop 8:number')
  expect(tokens('SAN NO MARU', 'vessel')).toBe('san:word no:word maru:word')
  expect(score('AN SAN NO.1', 'AN SAN 1', 'vessel')).toBeGreaterThanOrEqual(ALERT)
})
