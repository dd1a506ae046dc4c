import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareKorean } from '../../../src/screen/korean/compare.ts'
import { CandidateSearch } from '../../../src/screen/match/candidates.ts'
import { NameIndexBuilder, prepareName } from '../../../src/screen/match/name-index.ts'

const HANGUL = [...'김리이박최정강조윤장림임한오서신권황안송류유전홍고문양손배백허남심노로']
const GIVEN = [...'영용철수성송혁광일남호명길은춘봉태원준민지현진석학연락란금옥순희']
const LATIN_FAMILIES = [
  'Kim',
  'RI',
  'Yi',
  'Lee',
  'Pak',
  'Park',
  'Choe',
  'Choi',
  "Cho'ng",
  'Jung',
  'Ryu',
  'Yoo',
  'No',
  'Roh',
  'Im',
  'Rim',
  'Namgung',
  'Jin',
  'Li',
]
const LATIN = [
  'Yong',
  'Young',
  "Yo'ng",
  'Chol',
  'Cheol',
  "Ch'o'l",
  'Su',
  'Soo',
  'Song',
  'Sung',
  "hyo'k",
  'Hyok',
  'Il',
  'Nam',
  'Lam',
  'Ho',
  'Myong',
  'Kil',
  'Gil',
  'Un',
  'Eun',
  'Won',
  'zhe',
  'ying',
  'tie',
  'san',
]
const KANA_FAMILIES = ['キム', 'リ', 'イ', 'パク', 'チェ', 'チョン', 'リュ', 'ユ', 'ハン', 'カン']
const KANA = ['ヨン', 'チョル', 'ス', 'ソン', 'ヒョク', 'イル', 'ナム', 'ホ', 'ミョン', 'ギル', 'ウン', 'ウォン']
const HAN_FAMILIES = [...'金李朴崔鄭姜趙尹張林韓吳徐申權黃安宋柳全']
const HAN = [...'英永哲鐵秀成松赫光日一男南浩明吉恩春奉太元俊民智賢鎭石學']

const CYRILLIC_FAMILIES = ['Ким', 'Ли', 'Пак', 'Цой', 'Чхве', 'Чон', 'Хан', 'О']
const CYRILLIC = ['Чен', 'Ын', 'Ён', 'Чхоль', 'Чжан', 'Су', 'Рён', 'Хэ', 'Мён', 'Ир', 'Нам', 'Сон']

const some = (parts: readonly string[], most = 2) => fc.array(fc.constantFrom(...parts), { minLength: 1, maxLength: most })
const name = fc.oneof(
  fc.tuple(fc.constantFrom(...HANGUL), some(GIVEN)).map(([family, given]) => family + given.join('')),
  fc.tuple(fc.constantFrom(...HAN_FAMILIES), some(HAN)).map(([family, given]) => family + given.join('')),
  fc.tuple(fc.constantFrom(...KANA_FAMILIES), some(KANA)).map(([family, given]) => `${family}・${given.join('')}`),
  fc
    .tuple(fc.constantFrom(...LATIN_FAMILIES), some(LATIN), fc.constantFrom(' ', '-', ''))
    .map(([family, given, between]) => `${family} ${given.join(between)}`),
  fc.tuple(fc.constantFrom(...LATIN_FAMILIES), some(LATIN)).map(([family, given]) => `${given.join('-')} ${family}`),
  fc.tuple(fc.constantFrom(...LATIN_FAMILIES), some(LATIN)).map(([family, given]) => family + given.join('')),
  fc
    .tuple(fc.constantFrom(...CYRILLIC_FAMILIES), some(CYRILLIC), fc.constantFrom(' ', '-', ''))
    .map(([family, given, between]) => `${family} ${given.join(between)}`),
  // Given names alone, as aliases have them.
  some(LATIN).map((given) => given.join('-')),
  some(KANA).map((given) => given.join('')),
)

describe('the index of Korean names', () => {
  it('gives every listed name that compares with the one asked for at all, in any script and order, and with or without a family name', () => {
    let compared = 0
    fc.assert(
      fc.property(fc.array(name, { minLength: 40, maxLength: 60 }), fc.array(name, { minLength: 20, maxLength: 20 }), (listed, asked) => {
        const names = listed.map((text) => prepareName(text, 'person', null))
        const builder = new NameIndexBuilder()
        for (const [number, one] of names.entries()) builder.add(number, one)
        const search = new CandidateSearch(builder.finish(), new Uint8Array(names.length))
        for (const text of asked) {
          const query = prepareName(text, 'person', null)
          const found = new Set(search.korean(query))
          for (const [number, one] of names.entries()) {
            if (compareKorean(query.korean, one.korean) === null) continue
            compared++
            expect(found.has(number), `${text} and ${one.text}`).toBe(true)
          }
        }
      }),
      { numRuns: 60, seed: 7 },
    )
    expect(compared).toBeGreaterThan(200)
  })
})
