import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { briefAmount, decimalOf, exactAmount, percentage, shownAmount, type Unit, unitsOf } from '../../../src/trace/report/amounts.ts'
import { escapeMarkup, listOf, visibleLabel, visibleSymbol, visibleText } from '../../../src/trace/report/text.ts'

const ETH: Unit = { id: 'eip155:1/slip44:60', name: 'ETH', decimals: 18, dollars: false }
const USD: Unit = { id: 'usd', name: 'USD', decimals: 18, dollars: true }
const RAW: Unit = { id: 'x', name: '0xabcd…1234', decimals: null, dollars: false }
const E18 = 10n ** 18n

describe('text from strangers', () => {
  it('shows a right-to-left override instead of obeying it', () => {
    expect(visibleText('invoice\u202Egpj.exe')).toBe('invoice[U+202E]gpj.exe')
  })

  it('shows zero-width characters and letters that draw nothing', () => {
    expect(visibleText('Bin\u200Bance')).toBe('Bin[U+200B]ance')
    expect(visibleText('a\u3164b')).toBe('a[U+3164]b')
    expect(visibleText('\u0000\u0007x')).toBe('[U+0000][U+0007]x')
  })

  it('counts a flood of hidden characters rather than spelling it', () => {
    expect(visibleText(`a${'\u200B'.repeat(60)}b`)).toBe('a[U+200B][U+200B][U+200B][U+200B][and 56 more hidden]b')
  })

  it('shortens a label of ten thousand characters and says by how much', () => {
    const shown = visibleText('x'.repeat(10_000))
    expect(shown).toBe(`${'x'.repeat(80)}… (9920 more characters)`)
  })

  it('gives away look-alike letters in symbols and names', () => {
    expect(visibleSymbol('UЅDT')).toBe('UЅDT [U+0405]')
    expect(visibleSymbol('USDT')).toBe('USDT')
    expect(visibleLabel('Віnance')).toBe('Віnance [mixed alphabets]')
    expect(visibleLabel('한국 거래소')).toBe('한국 거래소')
    expect(visibleLabel('Биржа')).toBe('Биржа')
  })

  it('never lets a hidden or line-breaking character through, nor markup', () => {
    const hostile = fc.string({ unit: 'binary', maxLength: 200 })
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = visibleText(text)
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u)
        expect(escapeMarkup(text)).not.toMatch(/[<>"'`]/)
        expect([...shown].length).toBeLessThan(140)
      }),
    )
  })
})

describe('amounts for people', () => {
  it('are exact from base units', () => {
    expect(exactAmount(1_234_567_890_000_000_000_001n, ETH)).toBe('1,234.567890000000000001 ETH')
    expect(exactAmount(1_234_567n * E18 + E18 / 2n, USD)).toBe('$1,234,567.50')
    expect(exactAmount(1_234_567n, RAW)).toBe('1,234,567 base units of 0xabcd…1234')
    expect(decimalOf(5n, 18)).toBe('0.000000000000000005')
    expect(decimalOf(7n, 0)).toBe('7')
  })

  it('are rounded to cents or four decimals in tables, and never to nothing', () => {
    expect(shownAmount(1_234_567n * E18 + (E18 * 895n) / 1000n, USD)).toBe('$1,234,567.90')
    expect(shownAmount((E18 * 12_345_678n) / 1_000_000n, ETH)).toBe('12.3457 ETH')
    expect(shownAmount(1n, ETH)).toBe('<0.00000001 ETH')
    expect(shownAmount(1n, USD)).toBe('<$0.01')
    expect(shownAmount(0n, USD)).toBe('$0.00')
    expect(shownAmount(1500n, { ...USD, decimals: 2 })).toBe('$15.00')
  })

  it('are brief in pictures', () => {
    expect(briefAmount(70_525_147n * E18, USD)).toBe('$70.5m')
    expect(briefAmount(950n * E18, ETH)).toBe('950 ETH')
    expect(briefAmount((E18 * 123n) / 10_000n, ETH)).toBe('0.0123 ETH')
    expect(briefAmount(0n, ETH)).toBe('0 ETH')
  })

  it('agree with the exact value to within what they round, for any amount', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 1n << 128n }), (amount) => {
        const shown = shownAmount(amount, USD)
        if (shown.startsWith('<')) {
          expect(amount * 200n).toBeLessThan(E18)
          return
        }
        const cents = BigInt(shown.replace(/[$,.]/g, ''))
        const error = cents * (E18 / 100n) - amount
        expect(error < 0n ? -error : error).toBeLessThanOrEqual(E18 / 200n)
      }),
    )
  })

  it('as shares say less than and more than at the ends', () => {
    expect(percentage(1n, 3n)).toBe('33.3\u00a0%')
    expect(percentage(1n, 1_000_000n)).toBe('<0.1\u00a0%')
    expect(percentage(999_999n, 1_000_000n)).toBe('>99.9\u00a0%')
    expect(percentage(5n, 5n)).toBe('100.0\u00a0%')
    expect(percentage(0n, 0n)).toBe('–')
  })

  it('tell two assets of one symbol apart by their contract', () => {
    const real = 'eip155:1/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7'
    const fake = 'eip155:1/erc20:0x00000000000000000000000000000000000000ff'
    const unitOf = unitsOf({
      assets: [
        { id: real, symbol: 'USDT', decimals: 6 },
        { id: fake, symbol: 'USDT', decimals: 6 },
      ],
    })
    expect(unitOf(real).name).toBe('USDT (0xdac1…1ec7)')
    expect(unitOf(fake).name).toBe('USDT (0x0000…00ff)')
  })

  it('read as lists', () => {
    expect([listOf([]), listOf(['a']), listOf(['a', 'b']), listOf(['a', 'b', 'c'])]).toEqual(['', 'a', 'a and b', 'a, b and c'])
  })
})
