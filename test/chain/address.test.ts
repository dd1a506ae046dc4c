import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressFault, checksumAddress, createdContract, parseAddress } from '../../src/chain/index.ts'

/** The examples printed in EIP-55. */
const EIP55 = [
  '0x52908400098527886E0F7030069857D2E4169EE7',
  '0x8617E340B3D01FA5F11F306F4090FD50E238070D',
  '0xde709f2102306220921060314715629080e2fb77',
  '0x27b1fdb04752bbc536007a920d24acb045561c26',
  '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
  '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359',
  '0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB',
  '0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb',
]

describe('addresses', () => {
  it.each(EIP55)('%s carries the checksum of EIP-55', (address) => {
    expect(checksumAddress(address.toLowerCase())).toBe(address)
    expect(addressFault(address)).toBeNull()
    expect(parseAddress(address)).toBe(address.toLowerCase())
  })

  it('refuses a mixed-case address whose checksum does not hold', () => {
    expect(addressFault('0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD')).toBe('bad EIP-55 checksum')
    expect(parseAddress('0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD')).toBeNull()
  })

  it('takes an address in one case without a checksum', () => {
    expect(parseAddress('0xDE709F2102306220921060314715629080E2FB77')).toBe('0xde709f2102306220921060314715629080e2fb77')
  })

  it.each(['', '0x', '0x1', `0x${'g'.repeat(40)}`, `0x${'0'.repeat(41)}`, ` 0x${'0'.repeat(40)}`, 'T'.repeat(34)])(
    '%j is not an address',
    (text) => {
      expect(addressFault(text)).toBe('not an address')
    },
  )

  it('the checksum of any address passes its own check', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 20, maxLength: 20 }), (bytes) => {
        const address = `0x${Buffer.from(bytes).toString('hex')}`
        expect(addressFault(checksumAddress(address))).toBeNull()
      }),
    )
  })

  it('a contract lies at the hash of its creator and the nonce', () => {
    // The creator and the first contracts of the go-ethereum test of CreateAddress.
    const creator = '0x970e8128ab834e8eac17ab8e3812f010678cf791'
    expect(createdContract(creator, 0n)).toBe('0x333c3310824b7c685133f2bedb2ca4b8b4df633d')
    expect(createdContract(creator, 1n)).toBe('0x8bda78331c916a08481428e4b07c96d3e916d165')
    expect(createdContract(creator, 2n)).toBe('0xc9ddedf451bc62ce88bf9292afb13df35b670699')
  })
})
