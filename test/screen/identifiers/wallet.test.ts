import { keccak_256 } from '@noble/hashes/sha3.js'
import { base58xmr } from '@scure/base'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BITCOIN_NETWORKS, scriptAddress } from '../../../src/chain/index.ts'
import { normaliseWallet, sameKeyKeys } from '../../../src/screen/identifiers/wallet.ts'
import { walletKey } from '../../../src/screen/identifiers/wallet-key.ts'
import { anyAddress, base58Address, evmAddress } from './addresses.ts'
import { hasShared, OFAC_WALLETS, ofacWallets } from './shared.ts'

describe('Every wallet that OFAC lists', () => {
  test.skipIf(!hasShared(OFAC_WALLETS))(
    'is read without a fault, and all but one row are of the family that their file says (skipped where ../shared/data is missing)',
    () => {
      const read = ofacWallets().map(({ asset, address }) => ({ asset, address, wallet: normaliseWallet(address, asset) }))
      expect(read.length).toBe(654)
      expect(read.filter(({ wallet }) => wallet.fault !== null)).toEqual([])
      // A TRON address among the bitcoin rows.
      const mismatched = read.filter(({ wallet }) => wallet.notes.some((note) => note.code === 'asset-mismatch'))
      expect(mismatched.map(({ asset, wallet }) => [asset, wallet.family])).toEqual([['XBT', 'tron']])
      expect(read.filter(({ wallet }) => wallet.notes.some((note) => note.code === 'bad-eip55-checksum'))).toEqual([])
    },
  )

  test.skipIf(!hasShared(OFAC_WALLETS))(
    'keeps its canonical form when that is read again (skipped where ../shared/data is missing)',
    () => {
      for (const { asset, address } of ofacWallets()) {
        const { canonical } = normaliseWallet(address, asset)
        expect(normaliseWallet(canonical as string).canonical).toBe(canonical)
      }
    },
  )
})

describe('One address in several forms', () => {
  const SAME: readonly (readonly [why: string, asset: string | null, one: string, other: string])[] = [
    [
      'EVM addresses are told by their digits alone',
      'ETH',
      '0x01e2919679362dFBC9ee1644Ba9C6da6D6245BB1',
      '0x01E2919679362DFBC9EE1644BA9C6DA6D6245BB1',
    ],
    [
      'ERC-681 URIs',
      null,
      'ethereum:0x01e2919679362dfbc9ee1644ba9c6da6d6245bb1@1?value=1e18',
      '0x01e2919679362dfbc9ee1644ba9c6da6d6245bb1',
    ],
    [
      'the receiver of an ERC-681 transfer, not the token',
      null,
      'ethereum:0xdac17f958d2ee523a2206206994597c13d831ec7@1/transfer?uint256=1&address=0x01e2919679362dfbc9ee1644ba9c6da6d6245bb1',
      '0x01e2919679362dfbc9ee1644ba9c6da6d6245bb1',
    ],
    ['CAIP-10', null, 'eip155:56:0x01e2919679362dfbc9ee1644ba9c6da6d6245bb1', '0x01e2919679362dfbc9ee1644ba9c6da6d6245bb1'],
    ['BIP 21', null, 'bitcoin:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa?amount=20.3&label=Luke', '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'],
    [
      'CAIP-10 of bip122',
      null,
      'bip122:000000000019d6689c085ae165831e93:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa',
      '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa',
    ],
    // BIP 173's own example.
    ['bech32 in upper case', null, 'BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4'],
    // Vectors of the CashAddr specification.
    [
      'CashAddr with and without prefix',
      'BCH',
      'bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a',
      'qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a',
    ],
    [
      'CashAddr in upper case',
      'BCH',
      'BITCOINCASH:QPM2QSZNHKS23Z7629MMS6S4CWEF74VCWVY22GDX6A',
      'qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a',
    ],
    ['Bitcoin Cash in its old form', 'BCH', '1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu', 'qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a'],
    ['Bitcoin Cash scripts in their old form', 'BCH', '3CWFddi6m4ndiGyKqzYvsFYagqDLPVMTzC', 'ppm2qsznhks23z7629mms6s4cwef74vcwvn0h829pq'],
    ['TRON in hex', 'TRX', '41a614f803b6fd780986a42c78ec9c7f77e6ded13c', 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'],
    ['TRON in the form of an EVM address', 'TRX', '0xa614f803b6fd780986a42c78ec9c7f77e6ded13c', 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'],
    // A pair of ripple-address-codec's tests.
    ['an X-address and the account in it', 'XRP', 'XVLhHMPHU98es4dbozjVtdWzVrDjtV5fdx1mHp98tDMoQXb', 'rGWrZyQqhTp9Xu7G5Pkayo7bXjH4k4QYpf'],
    ['an account with a tag behind it', 'XRP', 'rGWrZyQqhTp9Xu7G5Pkayo7bXjH4k4QYpf:12345', 'rGWrZyQqhTp9Xu7G5Pkayo7bXjH4k4QYpf'],
    [
      'spaces and invisible characters around and within',
      null,
      ' \u200e0x01e2919679362dfb\u200bc9ee1644ba9c6da6d6245bb1\ufeff\n',
      '0x01e2919679362dfbc9ee1644ba9c6da6d6245bb1',
    ],
    ['full-width characters', null, '０ｘ01e2919679362dfbc9ee1644ba9c6da6d6245bb1', '0x01e2919679362dfbc9ee1644ba9c6da6d6245bb1'],
  ]
  test.each(SAME)('%s', (_, asset, one, other) => {
    const read = normaliseWallet(one, asset)
    expect(read.fault).toBeNull()
    expect(read.canonical).toBe(normaliseWallet(other, asset).canonical)
  })

  test('Litecoin’s 3… and M… are one address of Litecoin, and 3… alone is Bitcoin’s', () => {
    const wallet = normaliseWallet('3MSvaVbVFFLML86rt5eqgA9SvW23upaXdY', 'LTC')
    expect(wallet.canonical).toMatch(/^ltc:M/)
    expect(normaliseWallet(wallet.address as string).canonical).toBe(wallet.canonical)
    expect(normaliseWallet('3MSvaVbVFFLML86rt5eqgA9SvW23upaXdY').readings).toEqual(['btc', 'bch', 'bsv', 'ltc'])
  })
})

describe('Addresses of different chains', () => {
  test('are never equal, even in the same letters', () => {
    const text = '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'
    const all = ['BTC', 'BCH', 'BSV'].map((asset) => normaliseWallet(text, asset).canonical)
    expect(new Set(all).size).toBe(3)
  })

  test('are told to be under one key, but not to be one address', () => {
    const bitcoin = normaliseWallet('1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu', 'BTC')
    expect(bitcoin.keys).not.toContain('qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a')
    expect(sameKeyKeys(bitcoin)).toContain('qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a')
    expect(sameKeyKeys(normaliseWallet('TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'))).toContain('0xa614f803b6fd780986a42c78ec9c7f77e6ded13c')
  })

  test('P2PKH, P2WPKH and P2WPKH in P2SH of one key are under one key', () => {
    // The test vector of BIP 49: hash of the key, and of the script that holds it.
    const key = Buffer.from('38971f73930f6c141d977ac4fd4a727c854935b3', 'hex')
    const nested = Buffer.from('336caa13e08b96080a32b5d818d59b4ab3b36742', 'hex')
    const segwit = scriptAddress(Uint8Array.of(0, 20, ...key), BITCOIN_NETWORKS.main)
    const legacy = normaliseWallet(scriptAddress(Uint8Array.of(0x76, 0xa9, 20, ...key, 0x88, 0xac), BITCOIN_NETWORKS.main) as string)
    const wrapped = scriptAddress(Uint8Array.of(0xa9, 20, ...nested, 0x87), BITCOIN_NETWORKS.main)
    expect(sameKeyKeys(legacy)).toEqual(expect.arrayContaining([segwit, wrapped]))
    expect(sameKeyKeys(normaliseWallet(segwit as string))).toEqual(expect.arrayContaining([legacy.address, wrapped]))
  })

  test('USDT is read on the chain that its address is of', () => {
    const families = [
      '0x175d44451403edf28469df03a9280c1197adb92c',
      'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
      '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa',
      '4fYNw3dojWmQ4dXtSGE9epjRGy9pFSx62YypT7avPYvA',
    ].map((text) => normaliseWallet(text, 'USDT'))
    expect(families.map(({ family }) => family)).toEqual(['evm', 'tron', 'btc', 'sol'])
    expect(families.flatMap(({ notes }) => notes.filter((note) => note.code === 'asset-mismatch'))).toEqual([])
  })
})

describe('Monero', () => {
  // The donation address of the Monero project.
  const STANDARD = '44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A'
  test('a standard address is checked against Keccak-256', () => {
    expect(normaliseWallet(STANDARD).canonical).toBe(`xmr:${STANDARD}`)
    expect(normaliseWallet(STANDARD.replace('Gv7S', 'Gv7T'), 'XMR').fault?.code).toBe('bad-checksum')
  })

  test('an integrated address is the standard one with a payment id inside', () => {
    const payload = Uint8Array.of(19, ...base58xmr.decode(STANDARD).subarray(1, 65), 1, 2, 3, 4, 5, 6, 7, 8)
    const integrated = base58xmr.encode(Uint8Array.of(...payload, ...keccak_256(payload).subarray(0, 4)))
    expect(integrated.length).toBe(106)
    const wallet = normaliseWallet(integrated)
    expect(wallet.canonical).toBe(`xmr:${STANDARD}`)
    expect(wallet.notes).toEqual([{ code: 'tag-left-out', text: 'payment id 0102030405060708' }])
    expect(walletKey(integrated)).toBeNull()
  })

  test('a key in hex is kept as written and said to be opaque', () => {
    const wallet = normaliseWallet('5BE5543ff73456ab9f2d207887e2af87322c651ea1a873c5b25b7ffae456c320', 'XMR')
    expect(wallet.canonical).toBe('hex32:5be5543ff73456ab9f2d207887e2af87322c651ea1a873c5b25b7ffae456c320')
    expect(wallet.notes.map((note) => note.code)).toEqual(['opaque'])
  })
})

describe('What is no address', () => {
  const FAULTS: readonly (readonly [string, string])[] = [
    ['', 'empty'],
    [' \u200b ', 'empty'],
    ['0x01e2919679362dFBC9ee1644Ba9C6da6D6245BB', 'wrong-length'],
    ['0x01e2919679362dFBC9ee1644Ba9C6da6D6245BBg', 'not-an-address'],
    ['0x01\u04352919679362dfbc9ee1644ba9c6da6d6245bb1', 'look-alike'],
    ['1A1zP1eP5QGefi2DMPTfTL5SLmv7Di\u03bdfNa', 'look-alike'],
    ['0x01e2\ud8009679362dfbc9ee1644ba9c6da6d6245bb1', 'look-alike'],
    ['0x01e2919679362dfbc9ee1644ba9c6da6d6245bb1 0x175d44451403edf28469df03a9280c1197adb92c', 'inner-space'],
    ['0x01e2919679362dfbc9ee1644ba9c6da6d6245bb1\n0x175d44451403edf28469df03a9280c1197adb92c', 'inner-space'],
    ['vitalik.eth', 'name-not-address'],
    ['bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5', 'bad-checksum'],
    ['bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8F3t4', 'mixed-case'],
    // BIP 350: version 1 with the checksum of version 0.
    ['bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4', 'not-an-address'],
    ['qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6b', 'bad-checksum'],
    ['qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6q', 'bad-checksum'],
    ['TR7NHQJEKQXGTCI8Q8ZY4PL8OTSZGJLJ6T', 'not-an-address'],
    ['x'.repeat(10_000_000), 'too-long'],
  ]
  test.each(FAULTS)('%j is refused as %s', (text, code) => {
    const { fault, family, canonical } = normaliseWallet(text)
    expect({ code: fault?.code, family, canonical }).toEqual({ code, family: null, canonical: null })
    expect(fault?.text.length).toBeGreaterThan(10)
  })

  test('a look-alike is told with its place and its character', () => {
    expect(normaliseWallet('0x01\u04352919679362dfbc9ee1644ba9c6da6d6245bb1').fault?.text).toMatch(/character 5 is U\+0435 \(Cyrillic\)/)
  })

  test('an EVM address with a wrong checksum is still screened, and the doubt is said', () => {
    const wallet = normaliseWallet('0x01E2919679362dFBC9ee1644Ba9C6da6D6245BB1', 'ETH')
    expect(wallet.canonical).toBe('evm:0x01e2919679362dfbc9ee1644ba9c6da6d6245bb1')
    expect(wallet.notes.map((note) => note.code)).toEqual(['bad-eip55-checksum'])
  })
})

describe('Laws', () => {
  test('reading a canonical form gives the canonical form again', () => {
    fc.assert(
      fc.property(anyAddress, ([asset, text]) => {
        const { canonical, fault } = normaliseWallet(text, asset)
        expect(fault).toBeNull()
        expect(normaliseWallet(canonical as string).canonical).toBe(canonical)
      }),
    )
  })

  test('letter case never changes an EVM address', () => {
    fc.assert(
      fc.property(evmAddress, fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }), (address, upper) => {
        const mixed = `0x${[...address.slice(2)].map((digit, k) => (upper[k] ? digit.toUpperCase() : digit)).join('')}`
        expect(normaliseWallet(mixed).canonical).toBe(`evm:${address}`)
        expect(walletKey(mixed)).toBe(address)
      }),
    )
  })

  test('one changed character of a base58check address is a stated fault', () => {
    const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
    fc.assert(
      fc.property(base58Address, fc.nat(33), fc.nat(57), ([asset, address], at, letter) => {
        const place = at % address.length
        const changed = `${address.slice(0, place)}${alphabet[letter]}${address.slice(place + 1)}`
        fc.pre(changed !== address)
        // Thirty-two bytes of base58 are a Solana address whatever they are; no address of 34 characters has so many but by a run of leading ones.
        fc.pre(!/^1{4}/.test(changed))
        expect(normaliseWallet(changed, asset).fault?.code).toBe('bad-checksum')
      }),
    )
  })

  test('the key by shape is a key of the address, or there is none', () => {
    fc.assert(
      fc.property(anyAddress, ([asset, text]) => {
        const key = walletKey(text)
        if (key !== null) expect(normaliseWallet(text, asset).keys).toContain(key)
      }),
    )
  })

  test('no text whatever makes it throw', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
      fc
        .tuple(
          fc.constantFrom('0x', 'bitcoin:', 'ethereum:pay-', 'eip155:1:', '41', 'r', 'X', '4', 'q', 'bc1', 'addr1', 'T'),
          fc.string({ maxLength: 120 }),
        )
        .map((parts) => parts.join('')),
      fc.string({ unit: fc.constantFrom(...'123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'), minLength: 20, maxLength: 120 }),
      fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units)),
    )
    fc.assert(
      fc.property(hostile, fc.option(fc.string()), (text, asset) => {
        const wallet = normaliseWallet(text, asset)
        expect(wallet.fault === null).toBe(wallet.canonical !== null)
        for (const key of [...wallet.keys, ...sameKeyKeys(wallet)]) expect(key).toMatch(/^[\x20-\x7e]+$/)
      }),
      { numRuns: 2_000 },
    )
  })
})
