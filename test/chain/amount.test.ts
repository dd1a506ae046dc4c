import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDecimal, MAX_AMOUNT, parseBaseUnits, parseDecimal, parseDouble } from '../../src/chain/index.ts'

const amount = fc.bigInt({ min: 0n, max: MAX_AMOUNT })

describe('amounts', () => {
  it('base units survive text, decimal and hexadecimal', () => {
    fc.assert(
      fc.property(amount, (n) => {
        expect(parseBaseUnits(n.toString()).amount).toBe(n)
        expect(parseBaseUnits(`0x${n.toString(16)}`).amount).toBe(n)
      }),
    )
  })

  it('an integer without its zeros is that integer', () => {
    expect(parseBaseUnits('199e17').amount).toBe(19_900_000_000_000_000_000n)
    expect(parseBaseUnits('1E20').amount).toBe(100_000_000_000_000_000_000n)
  })

  it('decimals are exact in both directions', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 0, max: 30 }), (n, decimals) => {
        expect(parseDecimal(formatDecimal(n, decimals), decimals).amount).toBe(n)
      }),
    )
    expect(parseDecimal('945646.73', 18).amount).toBe(945_646_730_000_000_000_000_000n)
    expect(formatDecimal(-1_500_000n, 6)).toBe('-1.5')
  })

  it.each([
    ['', 'empty'],
    ['-5', 'negative'],
    ['1.5', 'not an integer'],
    ['1e+3', 'not an integer'],
    ['1.5e3', 'not an integer'],
    ['1e99', 'over 2^256-1'],
    ['1_000', 'not a number'],
    [' 1', 'not a number'],
    ['0x', 'not a number'],
    ['NaN', 'not a number'],
    [(MAX_AMOUNT + 1n).toString(), 'over 2^256-1'],
    ['9'.repeat(5000), 'over 2^256-1'],
  ])('base units %j are refused: %s', (text, fault) => {
    expect(parseBaseUnits(text)).toEqual({ amount: null, fault })
  })

  it('digits beyond the asset are refused rather than rounded, zeros are not digits', () => {
    expect(parseDecimal('0.1234567', 6).fault).toBe('too many decimals')
    expect(parseDecimal('0.1234560', 6).amount).toBe(123_456n)
    expect(parseDecimal('-1', 6).fault).toBe('negative')
    expect(parseDecimal('.', 6).fault).toBe('not a number')
  })

  it('a floating-point amount is the integer that it denotes', () => {
    expect(parseDouble(1e23).amount).toBe(99_999_999_999_999_991_611_392n)
    expect(parseDouble(0.5).fault).toBe('not an integer')
    expect(parseDouble(Number.POSITIVE_INFINITY).fault).toBe('not a number')
    expect(parseDouble(2 ** 256).fault).toBe('over 2^256-1')
  })
})
