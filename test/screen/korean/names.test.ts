import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareKorean } from '../../../src/screen/korean/compare.ts'
import { koreanKeys } from '../../../src/screen/korean/keys.ts'
import { parseKorean } from '../../../src/screen/korean/parse.ts'

function cost(a: string, b: string): number | null {
  return compareKorean(parseKorean(a), parseKorean(b))?.cost ?? null
}

function rules(a: string, b: string): readonly string[] {
  return compareKorean(parseKorean(a), parseKorean(b))?.steps.map((step) => step.rule) ?? ['no match']
}

describe('spellings of one Korean name', () => {
  it.each([
    ['KIM, Yong Chol', 'Kim Yŏngch’ŏl', 'DPRK without breves, McCune-Reischauer'],
    ['KIM YO’NG-CH’O’L', 'Gim Yeongcheol', 'ICS-630-01, Revised Romanization'],
    ['RI, Yong Gil', "YI, Yo'ng-kil", 'the initial-sound rule'],
    ['Lee Young-Gil', 'RI Yong Gil', 'ad hoc English'],
    ['PAK TO CHUN', "Pak To'-Ch'un", 'an apostrophe behind a plain vowel'],
    ['Park Do-choon', 'PAK TO CHUN', 'ad hoc English'],
    ['CHOE, Pu Il', 'Choi Bu-il', 'ad hoc English'],
    ['Ri Yong-ou', 'RI YONG U', 'French'],
    ['Tcho Yeong-won', 'JO YONG WON', 'French tch'],
    ['김영철', 'KIM YONG CHOL', 'Hangul'],
    ['金英哲', 'KIM YONG CHOL', 'Hanja'],
    ['キム・ヨンチョル', 'KIM YONG CHOL', 'Kana'],
    ['キム・ヨンチョル', '金英哲', 'Kana and Hanja'],
    ['리영길', '이영길', 'North and South'],
  ])('takes %s and %s as one (%s)', (a, b) => {
    expect(cost(a, b)).toBeLessThanOrEqual(0.12)
  })

  it('names the rule: Ri and Yi are one family name by the initial-sound rule', () => {
    expect(rules('RI, Yong Gil', "YI, Yo'ng-kil")).toEqual(['initial-sound'])
  })

  it('reads a name that is run together, at a price', () => {
    expect(rules('KIMYONGCHOL', 'Kim Yong Chol')).toEqual(['run-together'])
  })

  it('reads a family name that stands last, at a small price', () => {
    expect(rules('Chang-Su Han', 'HAN JANG SU')).toEqual(['order'])
  })

  it('reads pinyin of the Han characters as the Korean name, and says so', () => {
    expect(rules('KIM CHOL SAM', 'Jin Tiesan')).toEqual(['chinese-reading'])
    expect(rules('KANG MUN KIL', 'Jiang Wen-ji')).toEqual(['chinese-reading'])
  })

  it('forgives one slip of the typist, at a price', () => {
    expect(rules('RI, Yong Gil', 'RI, Yong Gi')).toEqual(['coda-slip'])
    expect(rules('HAN, Kwon U', 'HAN, Kon U')).toEqual(['near-vowel'])
    expect(rules('PAEK CHANG-HO', 'Pak Chang-Ho')).toEqual(['near-vowel'])
  })
})

describe('different Korean names', () => {
  it.each([
    ['KIM JONG MAN', 'KIM JONG SIK'],
    ['RI CHUN HWAN', 'RI CHUN SONG'],
    ['KO CHOL HUN', 'KO CHOL MAN'],
    ['RI MYONG-CHUL', 'RI PYONG CHUL'],
    ['SON YONG HYOK', 'SON JONG HYOK'],
    ['김영철', '김영수'],
    ['KIM CHOL', 'KIM CHOL SU'],
    ['CHOE KWANG HO', 'KIM KWANG HO'],
  ])('keeps %s and %s apart', (a, b) => {
    expect(cost(a, b)).toBeNull()
  })
})

describe('what is no Korean name', () => {
  it.each([
    'Vladimir Putin',
    'GAYEVOY, Aleksandr Andreyevich',
    'José García',
    '',
    '...',
    '李',
    '習近平主席閣下',
    'ｷﾑ',
    '안녕하세요반갑습니다',
    'Kim Иван',
  ])('finds no reading of %j', (text) => {
    expect(parseKorean(text)).toEqual([])
  })
})

describe('laws of the comparison', () => {
  const syllable = fc.integer({ min: 0xac00, max: 0xd7a3 }).map((code) => String.fromCharCode(code))
  const hangul = fc
    .tuple(fc.constantFrom(...'김리박최정강조윤장림한오서신권황안송류전'), fc.array(syllable, { minLength: 1, maxLength: 2 }))
    .map(([family, given]) => family + given.join(''))
  const latin = fc
    .tuple(
      fc.constantFrom('Kim', 'Ri', 'Pak', 'Choe', 'Lee', 'Park', "Cho'ng", 'Ryu'),
      fc.array(fc.constantFrom('Chol', 'Yong', "hyo'k", 'Su', 'Un', 'il', 'Gwang', 'Ho', 'Kil'), { minLength: 1, maxLength: 2 }),
    )
    .map(([family, given]) => `${family} ${given.join('-')}`)
  const name = fc.oneof(hangul, latin)

  it('a name costs nothing against itself', () => {
    fc.assert(
      fc.property(name, (text) => {
        expect(cost(text, text)).toBe(0)
      }),
    )
  })

  it('the cost does not depend on who is asked and who is listed', () => {
    fc.assert(
      fc.property(name, name, (a, b) => {
        expect(cost(a, b)).toBe(cost(b, a))
      }),
    )
  })

  it('names that compare have a key in common, so the index loses none', () => {
    fc.assert(
      fc.property(name, name, (a, b) => {
        const [as, bs] = [parseKorean(a), parseKorean(b)]
        if (compareKorean(as, bs) === null) return
        const keys = new Set(koreanKeys(as).whole)
        expect(koreanKeys(bs).whole.some((key) => keys.has(key))).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  it('no text makes the parser fail or read for long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(parseKorean(text).length).toBeLessThanOrEqual(24)
      }),
    )
    const word = 'hahohuhehi'.repeat(50)
    expect(parseKorean(`Kim ${word}`)).toEqual([])
  })
})
