import { describe, expect, it } from 'vitest'
import { canonicalAddress } from '../../src/attribution/index.ts'

describe('the form under which addresses are kept', () => {
  it('is lower case for EVM addresses and the given text for all others', () => {
    expect(canonicalAddress(' 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed ')).toBe('0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed')
    expect(canonicalAddress('34xp4vRoCGJym3xR7yCVPFHoCNxv4Twseo')).toBe('34xp4vRoCGJym3xR7yCVPFHoCNxv4Twseo')
  })
})
