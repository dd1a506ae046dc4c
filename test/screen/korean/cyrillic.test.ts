import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { compareKorean } from '../../../src/screen/korean/compare.ts'
import { parseCyrillic } from '../../../src/screen/korean/cyrillic.ts'
import { koreanKeys } from '../../../src/screen/korean/keys.ts'
import { parseKorean } from '../../../src/screen/korean/parse.ts'

const cost = (a: string, b: string): number | null => compareKorean(parseKorean(a), parseKorean(b))?.cost ?? null
const natural = (name: string): boolean => parseKorean(name).some((reading) => reading.natural)

describe('Korean names as Russian writes them', () => {
  it.each([
    ['Ким Чен Ын', '김정은'],
    ['Ким Чен Ун', 'KIM JONG UN'],
    ['Ким Чен-ын', 'KIM JONG UN'],
    ['КИМ ЧЕН ЫН', 'KIM JONG UN'],
    ['Ким Чен Ир', '김정일'],
    ['Ким Ир Сен', '김일성'],
    ['Ли Бён Чхоль', 'RI, Pyong Chol'],
    ['Хан Чжан Су', 'HAN JANG SU'],
    ['Цой Рён Хэ', 'CHOE, Ryong Hae'],
    ['Чхве Рён Хэ', '최룡해'],
    ['Пак То Чхун', 'PAK TO CHUN'],
    ['Пак Чин Хёк', 'PARK, Jin Hyok'],
    ['Ким Ён Чхоль', '金英哲'],
  ])('%s is %s', (a, b) => {
    expect(cost(a, b)).toBeLessThanOrEqual(0.12)
    expect(natural(a)).toBe(true)
    const [x, y] = [a, b].map((name) => koreanKeys(parseKorean(name)).whole) as [readonly string[], readonly string[]]
    expect(x.some((key) => y.includes(key))).toBe(true)
  })

  it.each([
    ['Ким Чен Ын', 'KIM YONG CHOL'],
    ['Ли Бён Чхоль', 'RI YONG GIL'],
    ['Ким Чен Ын', 'RI JONG UN'],
    ['Пак То Чхун', 'PAK TO MUN'],
  ])('%s is not %s', (a, b) => {
    expect(cost(a, b) ?? 1).toBeGreaterThan(0.35)
  })

  it('reads ending н as n or ng, нъ as ng alone', () => {
    expect(cost('Хан Чжан Су', 'HAN JAN SU')).toBe(0)
    expect(cost('Хан Чжанъ Су', 'HAN JANG SU')).toBe(0)
    expect(cost('Хан Чжанъ Су', 'HAN JAN SU')).not.toBe(0)
  })
})

const GIVEN =
  'Иван Анна Сергей Юрий Олег Игорь Ольга Мария Елена Татьяна Никита Роман Антон Лев Яков Инна Нина Лина Тимур Артём Максим Павел Пётр Илья Вадим Ким Ян Эмма Алла Римма'.split(
    ' ',
  )
const FAMILY =
  'Иванов Путин Лавров Шойгу Смирнова Попов Ли Ким Пак Хан Цой Ю Те Нам Сон Мин Юн Лян Коган Маркин Кан Сим Но Ан Ко Морозов Осипов Минин Ханин Танин'.split(
    ' ',
  )

test('Ordinary Russian names, also of Korean families, do not look like names of Koreans', () => {
  for (const given of GIVEN) {
    for (const family of FAMILY) {
      if (parseCyrillic(given).some(({ length }) => length === 1)) continue
      expect([`${given} ${family}`, natural(`${given} ${family}`)]).toEqual([`${given} ${family}`, false])
      expect([`${family} ${given}`, natural(`${family} ${given}`)]).toEqual([`${family} ${given}`, false])
    }
  }
})

test('Russian family names have no Korean reading at all, nor has a word alone', () => {
  for (const name of ['Сергей Лавров', 'Иван Иванов', 'Роман Минин', 'Анна Коган', 'Юн', 'Иван', 'Путин В. В.'])
    expect([name, parseKorean(name)]).toEqual([name, []])
})

test('A name with a digit in it is not read as Korean', () => {
  for (const name of ['Kim Jong Un 2', 'Samjong 1', '김정은2', 'Ким Чен Ын 1']) expect(parseKorean(name)).toEqual([])
})

test('Any Cyrillic is read or refused, in few syllables', () => {
  const letters = fc.array(fc.constantFrom(...'абвгдеёжзийклмнопрстуфхцчшщъыьэюя'), { maxLength: 12 }).map((word) => word.join(''))
  fc.assert(
    fc.property(letters, (word) => {
      const parses = parseCyrillic(word)
      expect(parses.length).toBeLessThanOrEqual(24)
      for (const parse of parses) expect(parse.map(({ text }) => text).join('')).toBe(word)
    }),
  )
})
