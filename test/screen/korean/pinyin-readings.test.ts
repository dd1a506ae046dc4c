import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { koreanReadingsOfPinyin, splitPinyin } from '../../../src/screen/korean/pinyin-readings.ts'
import { PINYIN_TABLE } from '../../../src/screen/korean/pinyin-table.ts'

const syllables = PINYIN_TABLE.trim()
  .split('\n')
  .map((line) => line.split(' ')[0] ?? '')

/** Whether a Chinese reading can stand for a Korean name: some way to cut its words has a syllable of Hangul for each. */
function standsFor(pinyin: string, hangul: string): boolean {
  return splitPinyin(pinyin.toLowerCase()).some(
    (cut) => cut.length === hangul.length && cut.every((syllable, index) => koreanReadingsOfPinyin(syllable).includes(hangul[index] ?? '')),
  )
}

describe('Korean readings of pinyin', () => {
  // The Latin names are aliases on the UN's list (KPi.035, KPi.077, KPi.019), the others how Chinese papers write the person.
  test.each([
    ['Jin Tiesan', '김철삼', '金铁三'],
    ['Li Cheng He', '리성혁', '李成赫'],
    ['Jiang Wen-ji', '강문길', '姜文吉'],
    ['Jin Zheng’en', '김정은', '金正恩'],
    ['Jin Yuzheng', '김여정', '金与正'],
    ['Cui Longhai', '최룡해', '崔龙海'],
    ['Piao Daochun', '박도춘', '朴道春'],
    ['Bai Shifeng', '백세봉', '白世凤'],
    ['Li Bingzhe', '리병철', '李炳哲'],
    ['Zhang Changhe', '장창하', '张昌河'],
    ['Huang Bingrui', '황병서', '黄炳瑞'],
  ])('%s can be %s (%s)', (pinyin, hangul) => {
    expect(standsFor(pinyin, hangul)).toBe(true)
  })

  test.each([
    ['Jin Tiesan', '김영철'],
    ['Li Cheng He', '박성혁'],
    ['Jiang Wen-ji', '강룡'],
  ])('%s cannot be %s', (pinyin, hangul) => {
    expect(standsFor(pinyin, hangul)).toBe(false)
  })

  test('tone marks, case and ways to write ü make no difference', () => {
    expect(koreanReadingsOfPinyin('TIĚ')).toEqual(koreanReadingsOfPinyin('tie'))
    expect(koreanReadingsOfPinyin('lǚ')).toEqual(koreanReadingsOfPinyin('lü'))
    expect(koreanReadingsOfPinyin('lv')).toEqual(koreanReadingsOfPinyin('lü'))
    expect(koreanReadingsOfPinyin('lyu')).toEqual(koreanReadingsOfPinyin('lü'))
    for (const reading of koreanReadingsOfPinyin('lü')) expect(koreanReadingsOfPinyin('lu')).toContain(reading)
    expect(koreanReadingsOfPinyin('lu')).toContain('로')
  })

  test('what is no syllable of pinyin has no reading', () => {
    for (const text of ['', 'x', 'kim', 'chol', 'tiesan', '김', '金', 'constructor', '__proto__'])
      expect(koreanReadingsOfPinyin(text), text).toEqual([])
  })

  test('each syllable of the table stands for one to twenty-two Hangul syllables, each once', () => {
    expect(syllables.length).toBeGreaterThan(390)
    for (const syllable of syllables) {
      const readings = koreanReadingsOfPinyin(syllable)
      expect(new Set(readings).size, syllable).toBe(readings.length)
      expect(readings.length, syllable).toBeGreaterThan(0)
      expect(readings.length, syllable).toBeLessThanOrEqual(22)
      for (const reading of readings) expect(reading).toMatch(/^[가-힣]$/u)
    }
  })
})

describe('cutting pinyin words into syllables', () => {
  test('every way is found, the one with fewest syllables first', () => {
    expect(splitPinyin('tiesan')).toEqual([
      ['tie', 'san'],
      ['ti', 'e', 'san'],
    ])
    expect(splitPinyin('xian')).toEqual([['xian'], ['xi', 'an']])
  })

  test('an apostrophe, a hyphen or a space is a cut', () => {
    for (const word of ["xi'an", 'xi’an', 'xi-an', ' Xi  An ']) expect(splitPinyin(word), word).toEqual([['xi', 'an']])
  })

  test('a word that is no pinyin cannot be cut', () => {
    for (const word of ['', 'kim', 'chol', 'tiesanx', '-', '金', "'"]) expect(splitPinyin(word), word).toEqual([])
  })

  test('a word that is too long or could be cut in too many ways is left alone', () => {
    expect(splitPinyin('xian'.repeat(7))).toEqual([])
    expect(splitPinyin('a'.repeat(31))).toEqual([])
    expect(splitPinyin('xian-'.repeat(100_000))).toEqual([])
  })

  test('syllables put together are among the ways to cut them, unless those are too many', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...syllables), { minLength: 1, maxLength: 3 }), (parts) => {
        const cuts = splitPinyin(parts.join(''))
        expect(cuts).toContainEqual(parts)
        for (const cut of cuts) expect(cut.join('')).toBe(parts.join(''))
      }),
    )
  })

  test('any string is answered, with at most 32 cuts that spell it', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('a', 'n', 'x', 'i', 'e', 'g', '-', "'") })),
        (text) => {
          const cuts = splitPinyin(text)
          expect(cuts.length).toBeLessThanOrEqual(32)
          for (const cut of cuts) for (const syllable of cut) expect(koreanReadingsOfPinyin(syllable).length).toBeGreaterThan(0)
        },
      ),
    )
  })
})
