import { describe, expect, it } from 'vitest'
import { canonicalAddress, hasValidChecksum } from '../../src/attribution/index.ts'

describe('EIP-55 mixed-case checksum', () => {
  it.each([
    // The test vectors of EIP-55.
    '0x52908400098527886E0F7030069857D2E4169EE7',
    '0x8617E340B3D01FA5F11F306F4090FD50E238070D',
    '0xde709f2102306220921060314715629080e2fb77',
    '0x27b1fdb04752bbc536007a920d24acb045561c26',
    '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
    '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359',
    '0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB',
    '0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb',
  ])('accepts %s', (address) => {
    expect(hasValidChecksum(address)).toBe(true)
  })

  it('rejects an address in which one letter changed its case', () => {
    expect(hasValidChecksum('0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed')).toBe(false)
  })

  it('is not asked of addresses of one case', () => {
    expect(hasValidChecksum('0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed')).toBe(true)
  })
})

describe('the form under which addresses are kept', () => {
  it('is lower case for EVM addresses and the given text for all others', () => {
    expect(canonicalAddress(' 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed ')).toBe('0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed')
    expect(canonicalAddress('34xp4vRoCGJym3xR7yCVPFHoCNxv4Twseo')).toBe('34xp4vRoCGJym3xR7yCVPFHoCNxv4Twseo')
  })
})
