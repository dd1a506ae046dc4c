import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readingsOf } from '../../../src/screen/korean/hanja-readings.ts'
import { HANJA_TABLE } from '../../../src/screen/korean/hanja-table.ts'

const characters = new Set([...HANJA_TABLE].filter((char) => /\p{Script=Han}/u.test(char)))

describe('Korean readings of Han characters', () => {
  test.each([
    ['金', ['금', '김']],
    ['車', ['거', '차']],
    ['易', ['역', '이']],
    ['樂', ['락', '악', '요']],
    ['率', ['률', '솔']],
    ['沈', ['심', '침']],
    ['葉', ['섭', '엽']],
  ])('%s has each of its dictionary readings', (char, readings) => {
    expect([...readingsOf(char)].sort()).toEqual(readings)
  })

  test.each([
    ['李', '리'],
    ['柳', '류'],
    ['盧', '로'],
    ['林', '림'],
    ['女', '녀'],
    ['梁', '량'],
    ['列', '렬'],
  ])('%s is read as in the middle of a word, %s, and the initial-sound rule is left to others', (char, reading) => {
    expect(readingsOf(char)).toEqual([reading])
  })

  test.each([
    ['铁鉄鐵', '철'],
    ['贤賢', '현'],
    ['龙竜龍', '룡'],
    ['国國', '국'],
    ['恵惠', '혜'],
    ['沢泽澤', '택'],
    ['荣栄榮', '영'],
    ['广広廣', '광'],
    ['学學', '학'],
    ['顺順', '순'],
    ['胜勝', '승'],
    ['圣聖', '성'],
    ['权権權', '권'],
    ['赵趙', '조'],
    ['郑鄭', '정'],
    ['呉吴吳', '오'],
    ['黄黃', '황'],
    ['万萬', '만'],
    ['済济濟', '제'],
    ['尧堯', '요'],
    ['勋勲勳', '훈'],
  ])('simplified, Japanese and traditional forms %s are all read %s', (chars, reading) => {
    for (const char of chars) expect(readingsOf(char), char).toContain(reading)
  })

  test('a compatibility ideograph of KS X 1001 is read like the ordinary character', () => {
    expect(readingsOf('\uF9E1')).toEqual(readingsOf('李'))
    expect(readingsOf('\uF90A')).toEqual(readingsOf('金'))
  })

  test('what is no Han character, and more or less than one, has no reading', () => {
    for (const text of ['', '김', 'A', 'カ', '金正恩', '\ud840', '\n']) expect(readingsOf(text), JSON.stringify(text)).toEqual([])
  })

  test('a reading is a Hangul syllable, and never both a syllable and what the initial-sound rule makes of it', () => {
    const initial: Readonly<Record<string, string>> = {
      리: '이',
      림: '임',
      류: '유',
      로: '노',
      녀: '여',
      량: '양',
      렬: '열',
      락: '낙',
      률: '율',
      룡: '용',
    }
    for (const char of characters) {
      const readings = readingsOf(char)
      expect(readings.length, char).toBeGreaterThan(0)
      for (const reading of readings) {
        expect(reading).toMatch(/^[가-힣]$/u)
        expect(readings, char).not.toContain(initial[reading] ?? '-')
      }
    }
  })

  test('there are more than 12,000 characters', () => {
    expect(characters.size).toBeGreaterThan(12_000)
  })

  test('any string at all gets an answer', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => Array.isArray(readingsOf(text))))
  })
})

const CSV = fileURLToPath(new URL('../../../../shared/data/names/hanja_to_hangul.csv', import.meta.url))
const withCsv = existsSync(CSV)
if (!withCsv) process.stderr.write('skipped: tests on names/hanja_to_hangul.csv, the shared data is not on this machine\n')

describe.skipIf(!withCsv)('against the one reading a character of an independent table (skipped where ../shared/data is missing)', () => {
  const other = withCsv
    ? readFileSync(CSV, 'utf8')
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => line.trim().split(',') as [string, string])
    : []
  /** Characters of family and given names: what the court's list of characters for names begins with, and the commonest of North Korean officials. */
  const NAMES =
    '金李朴崔鄭姜趙尹張林韓吳徐申權黃安宋柳全洪高文孫梁裵白許南沈劉盧河車具郭成嚴方朱玄廉明元邊池康千太龍永哲成春光日正恩秀鎭浩國東星革赫民勇炳昌賢俊英雄男順鐵植基武德福善學斗煥玉花姬慶京相弼錫虎甲萬鳳勳大長河海江山石松柏竹梅蘭仁義禮智信忠孝貞敬和平安榮華富貴吉祥瑞元亨利天地玄黃宇宙洪荒一二三四五六七八九十東西南北春夏秋冬金木水火土奎采延輝銀珠甬京鳳世己男克烈'

  test('every character of names has its reading in our set', () => {
    const of = new Map(other)
    const missed = [...new Set(NAMES)].filter((char) => of.has(char) && !readingsOf(char).includes(of.get(char) ?? ''))
    expect(missed).toEqual([])
  })

  test('of all characters that both know, more than 97 in 100 agree', () => {
    const both = other.filter(([char]) => readingsOf(char).length > 0)
    const differ = both.filter(([char, reading]) => !readingsOf(char).includes(reading))
    expect(both.length).toBeGreaterThan(11_000)
    expect(
      differ.length / both.length,
      differ.map(([char, reading]) => `${char} ${readingsOf(char).join('')} not ${reading}`).join(', '),
    ).toBeLessThan(0.03)
  })
})
