import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amount, count, duration, facts, printable, table, time } from '../../src/cli/text.ts'

const ether = { id: 'eip155:1/slip44:60', decimals: 18, symbol: 'ETH' }

describe('what people read', () => {
  it('shows an amount to its last digit', () => {
    expect(amount(1_500_000_000_000_000_001n, ether)).toBe('1.500000000000000001 ETH')
    expect(amount('85000000000000000000000', ether)).toBe('85,000 ETH')
    expect(amount(-1n, ether)).toBe('-0.000000000000000001 ETH')
    expect(amount(0n, ether)).toBe('0 ETH')
  })
  it('shows base units where the decimals are unknown', () => {
    expect(amount(1_234n, { id: 'eip155:1/erc20:0xab', decimals: null, symbol: null })).toBe('1,234 base units of eip155:1/erc20:0xab')
  })
  it('loses no digit of any amount', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }), fc.integer({ min: 0, max: 30 }), (units, decimals) => {
        const [whole = '', fraction = ''] = amount(units, { ...ether, decimals })
          .replace(' ETH', '')
          .replaceAll(',', '')
          .split('.')
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
