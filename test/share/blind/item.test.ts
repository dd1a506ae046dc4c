import { describe, expect, it } from 'vitest'
import { blindItem, blindItems } from '../../../src/share/blind/index.ts'

const BITCOIN = 'bip122:000000000019d6689c085ae165831e93'

describe('an account to compare', () => {
  it('has one spelling, whoever writes it', () => {
    const lower = 'eip155:1:0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed'
    for (const text of [
      lower,
      'eip155:1:0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
      'eip155:1:0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED',
    ]) {
      expect(blindItem(text)).toBe(lower)
    }
    // BIP 173, an address in both cases.
    expect(blindItem(`${BITCOIN}:BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4`)).toBe(`${BITCOIN}:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4`)
    expect(blindItem(`${BITCOIN}:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa`)).toBe(`${BITCOIN}:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa`)
    expect(blindItem('tron:0x2b6653dc:TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t')).toBe('tron:0x2b6653dc:TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t')
    expect(blindItems([lower, lower.toUpperCase().replace('EIP155', 'eip155').replace('0X', '0x'), 'a-b-c:d:e'])).toEqual([
      'a-b-c:d:e',
      lower,
    ])
  })

  it('is refused otherwise, by an error that does not repeat it', () => {
    for (const text of [
      '',
      '0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed',
      'eip155:1',
      'eip155:01:0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed',
      'eip155:main:0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed',
      'eip155:1:0x5aaeb6053f3e94c9b9a09f33669435e7ef1beae',
      'eip155:1:0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
      'eip155:1:0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed ',
      'eip155:1:0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed\n',
      `${BITCOIN}:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb`,
      `${BITCOIN}:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5`,
      'tron:0x2b6653dc:a:b',
      'UPPER:1:x',
      `cosmos:hub:${'a'.repeat(129)}`,
      'cosmos:hub:ä',
    ]) {
      let error: unknown
      try {
        blindItem(text)
      } catch (thrown) {
        error = thrown
      }
      expect(error, text).toMatchObject({ code: 'blind/not-an-account' })
      if (text.length > 20) expect(String(error)).not.toContain(text)
    }
  })
})
