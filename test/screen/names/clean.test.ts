import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CordonError } from '../../../src/chain/index.ts'
import { cleanName, LONGEST_NAME } from '../../../src/screen/names/clean.ts'
import { scriptOf, scriptsOf } from '../../../src/screen/names/script.ts'

test('A plain name stays as it is and has no notes', () => {
  expect(cleanName('John Smith')).toEqual({ text: 'John Smith', notes: [] })
})

test('Spaces of all kinds become one space', () => {
  expect(cleanName('  John \t\u3000\u00a0 Smith\n').text).toBe('John Smith')
})

test('Half-width kana become full-width', () => {
  expect(cleanName('ｷﾑ ｼﾞｮﾝｳﾝ').text).toBe('キム ジョンウン')
})

test('What hides or turns text is taken out, and each kind is noted', () => {
  expect(cleanName('Jo\u202ehn')).toEqual({ text: 'John', notes: ['bidi-control'] })
  expect(cleanName('Jo\u200bhn\ufeff')).toEqual({ text: 'John', notes: ['zero-width'] })
  expect(cleanName('Jo\u0007hn')).toEqual({ text: 'John', notes: ['control'] })
  expect(cleanName('John \ud800Smith')).toEqual({ text: 'John \ufffdSmith', notes: ['lone-surrogate'] })
  const flood = cleanName(`Jo${'\u0301'.repeat(60)}hn`)
  expect(flood.notes).toEqual(['combining-marks'])
  expect(flood.text.length).toBeLessThan(10)
})

test('The marks that Devanagari, Thai and Khmer are spelled with stay', () => {
  for (const name of ['नरेन्द्र मोदी', 'วชิราลงกรณ', 'ប៉ុល ពត']) expect(cleanName(name).notes).toEqual([])
})

test('A name of more than 500 characters is refused, also where only NFKC makes it so long, and ten megabytes at once', () => {
  const refused = (name: string): void => {
    try {
      cleanName(name)
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(CordonError)
      expect((error as CordonError).code).toBe('screen/name-too-long')
    }
  }
  expect(cleanName('a'.repeat(LONGEST_NAME)).text.length).toBe(LONGEST_NAME)
  refused('a'.repeat(LONGEST_NAME + 1))
  refused('\ufdfa'.repeat(400))
  const begun = performance.now()
  refused('a'.repeat(10 * 1024 * 1024))
  expect(performance.now() - begun).toBeLessThan(200)
})

test('Cleaning what is clean changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
      const once = cleanName(text).text
      expect(once.isWellFormed()).toBe(true)
      expect(cleanName(once).text).toBe(once)
    }),
  )
})

test('Scripts are told by their letters, digits and points by none', () => {
  expect(scriptsOf('Kim 김정은 金正恩 キム')).toEqual(['latin', 'hangul', 'han', 'kana'])
  expect(scriptsOf('Лавров محمد Κυριάκος בנימין नरेन्द्र วชิ ბარაკ Բարակ')).toEqual([
    'cyrillic',
    'arabic',
    'greek',
    'hebrew',
    'devanagari',
    'thai',
    'georgian',
    'armenian',
  ])
  expect(scriptsOf('ዐቢይ')).toEqual(['other'])
  expect(scriptsOf('12 · ! 😀')).toEqual([])
  expect(scriptOf(0x7a)).toBe('latin')
  expect(scriptOf(0x30)).toBe('other')
})
