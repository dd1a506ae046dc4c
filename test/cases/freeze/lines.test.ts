import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { brokenLines } from '../../../src/cases/freeze/lines.ts'

/** Wide characters count two, others one. */
const measure = (text: string): number => [...text].reduce((sum, char) => sum + ((char.codePointAt(0) as number) > 0x2e7f ? 2 : 1), 0)

describe('Lines of a paragraph', () => {
  test('break English and Korean at blanks, Japanese between characters', () => {
    expect(brokenLines('keep the assets', 10, measure)).toEqual(['keep the', 'assets'])
    expect(brokenLines('자산 동결 요청', 10, measure)).toEqual(['자산 동결', '요청'])
    expect(brokenLines('資産凍結要請', 8, measure)).toEqual(['資産凍結', '要請'])
  })

  test('do not begin with a closing mark nor end with an opening one (JIS X 4051)', () => {
    expect(brokenLines('資産凍結、要請', 8, measure)).toEqual(['資産凍', '結、要請'])
    expect(brokenLines('資産凍「結」', 8, measure)).toEqual(['資産凍', '「結」'])
  })

  test('hold everything but blanks at their ends, and none is too wide', () => {
    const char = fc.constantFrom(...'ab1 資産「」、。가나 ー()')
    fc.assert(
      fc.property(fc.array(char, { maxLength: 80 }), fc.integer({ min: 4, max: 30 }), (chars, width) => {
        const text = chars.join('')
        const lines = brokenLines(text, width, measure)
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
        for (const line of lines) expect(measure(line)).toBeLessThanOrEqual(width)
      }),
    )
  })
})
