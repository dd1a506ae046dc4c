import { describe, expect, it } from 'vitest'
import { readAddress } from '../../src/attribution/address.ts'
import { canonicalAddress } from '../../src/attribution/index.ts'

describe('the form under which addresses are kept', () => {
  it('is lower case for EVM addresses and witness addresses of Bitcoin, and the given text for all others', () => {
    expect(canonicalAddress(' 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed ')).toBe('0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed')
    expect(canonicalAddress('34xp4vRoCGJym3xR7yCVPFHoCNxv4Twseo')).toBe('34xp4vRoCGJym3xR7yCVPFHoCNxv4Twseo')
    // BIP 173, the first example.
    expect(canonicalAddress('BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4')).toBe('bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4')
  })

  it('is worth a note where a tag calls something Bitcoin that is no address of it', () => {
    expect(readAddress('34xp4vRoCGJym3xR7yCVPFHoCNxv4Twseo', 'BTC')).toEqual({ address: '34xp4vRoCGJym3xR7yCVPFHoCNxv4Twseo', note: null })
    expect(readAddress('34xp4vRoCGJym3xR7yCVPFHoCNxv4Twsep', 'BTC')).toMatchObject({ note: expect.stringContaining('no Bitcoin address') })
    expect(readAddress('34xp4vRoCGJym3xR7yCVPFHoCNxv4Twsep', 'LTC')).toMatchObject({ note: null })
  })
})
