import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { percent } from '../../../src/screen/words/percent.ts'

const of = (numerator: bigint, denominator: bigint): string => percent({ numerator: String(numerator), denominator: String(denominator) })

describe('A share for people', () => {
  test('is rounded to a hundredth of a percent', () => {
    expect(of(1n, 4n)).toBe('25.00 %')
    expect(of(1n, 3n)).toBe('33.33 %')
    expect(of(2n, 3n)).toBe('66.67 %')
    expect(of(5n, 100_000n)).toBe('0.01 %')
  })

  test('of little is not shown as nothing, nor of almost all as all', () => {
    expect(of(0n, 7n)).toBe('0 %')
    expect(of(1n, 10n ** 30n)).toBe('< 0.01 %')
    expect(of(10n ** 30n - 1n, 10n ** 30n)).toBe('> 99.99 %')
    expect(of(7n, 7n)).toBe('100 %')
    expect(of(0n, 0n)).toBe('0 %')
  })

  test('is within half a hundredth of the fraction, at any size', () => {
    const amount = fc.bigInt({ min: 1n, max: (1n << 256n) - 1n })
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        const [part, whole] = a < b ? [a, b] : [b, a]
        const shown = of(part, whole)
        const [, units, hundredths] = /^(\d+)\.(\d\d) %$/.exec(shown) ?? []
        if (units === undefined) {
          const limit = { '< 0.01 %': 20_000n * part < whole, '> 99.99 %': 20_000n * (whole - part) <= whole, '100 %': part === whole }
          expect(limit[shown as keyof typeof limit]).toBe(true)
          return
        }
        const error = (BigInt(units) * 100n + BigInt(hundredths as string)) * whole - 10_000n * part
        expect(2n * (error < 0n ? -error : error)).toBeLessThanOrEqual(whole)
      }),
    )
  })
})
