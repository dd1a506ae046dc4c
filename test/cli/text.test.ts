import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { count, decimal, duration, facts, printable, table, time } from '../../src/cli/text.ts'

const ether = { decimals: 18 }

describe('what people read', () => {
  it('shows an amount to its last digit', () => {
    expect(decimal(1_500_000_000_000_000_001n, ether)).toBe('1.500000000000000001')
    expect(decimal('85000000000000000000000', ether)).toBe('85,000')
    expect(decimal(-1n, ether)).toBe('-0.000000000000000001')
    expect(decimal(0n, ether)).toBe('0')
  })
  it('shows base units where the decimals are unknown', () => {
    expect(decimal(1_234n, { decimals: null })).toBe('1,234')
  })
  it('loses no digit of any amount', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }), fc.integer({ min: 0, max: 30 }), (units, decimals) => {
        const [whole = '', fraction = ''] = decimal(units, { decimals }).replaceAll(',', '').split('.')
        return BigInt(whole + fraction.padEnd(decimals, '0')) === units
      }),
    )
  })
  it('counts, times and spans', () => {
    expect(count(1_234_567)).toBe('1,234,567')
    expect([duration(4.4), duration(73), duration(7_500)]).toEqual(['4 s', '1 min 13 s', '2 h 05 min'])
    expect(time(1_655_982_406)).toBe('2022-06-23 11:06:46 UTC')
  })
  it('aligns columns', () => {
    expect(
      table(
        ['name', 'n'],
        [
          ['a', '10'],
          ['bcdef', '7'],
        ],
        [1],
      ),
    ).toBe('name    n\na      10\nbcdef   7')
    expect(
      facts([
        ['a', 'x'],
        ['bcd', 'y'],
      ]),
    ).toBe('a:   x\nbcd: y')
  })
  it('lets no name from outside move the cursor or turn the text around', () => {
    expect(printable('Tether\u001b[2J\u202eUSD\n')).toBe('Tether\\u{1b}[2J\\u{202e}USD\\u{a}')
  })
})
