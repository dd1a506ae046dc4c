import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ExactIndexBuilder } from '../../../src/screen/identifiers/exact-index.ts'
import {
  findCallSign,
  findCompany,
  findDocument,
  findMmsi,
  findShip,
  findWallet,
  screenWallet,
} from '../../../src/screen/identifiers/find.ts'
import { buildIdentifierIndex } from '../../../src/screen/identifiers/identifier-index.ts'
import { normaliseWallet } from '../../../src/screen/identifiers/wallet.ts'
import { anyAddress } from './addresses.ts'
import { hasShared, identifierEntries, OFAC_WALLETS, ofacWallets, walletEntries } from './shared.ts'

function relations(listed: readonly [string, string], text: string, asset: string | null = null): string[] {
  return findWallet(buildIdentifierIndex(walletEntries(listed)).index, text, asset).hits.map((hit) => hit.relation)
}

describe('A listed wallet', () => {
  const HITS: readonly (readonly [why: string, listed: readonly [string, string], text: string, asset: string | null, relation: string])[] =
    [
      [
        'on any EVM chain',
        ['ARB', '0x4f47bc496083c727c5fbe3ce9cdf2b0f6496270c'],
        '0x4F47bc496083c727c5fbe3ce9cdf2b0f6496270c',
        'BSC',
        'address',
      ],
      [
        'in a URI',
        ['ETH', '0x4f47bc496083c727c5fbe3ce9cdf2b0f6496270c'],
        'ethereum:0x4f47bc496083c727c5fbe3ce9cdf2b0f6496270c@1',
        null,
        'address',
      ],
      [
        'in the old form of Bitcoin Cash',
        ['BCH', 'qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a'],
        '1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu',
        'BCH',
        'address',
      ],
      [
        'as CashAddr where the list writes the old form',
        ['BCH', '1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu'],
        'bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a',
        null,
        'address',
      ],
      [
        'in the old form, with no chain named',
        ['BCH', 'qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a'],
        '1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu',
        null,
        'other-reading',
      ],
      [
        'under the same key on Bitcoin',
        ['BCH', 'qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a'],
        '1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu',
        'XBT',
        'same-key',
      ],
      [
        'under the same key on Bitcoin Cash',
        ['XBT', '1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu'],
        'qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a',
        null,
        'same-key',
      ],
      [
        'under the same key on Bitcoin SV',
        ['BSV', '1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu'],
        '1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu',
        'BTC',
        'same-key',
      ],
      [
        'under the same key in SegWit',
        ['XBT', '1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu'],
        normaliseWallet('1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu').keys[0] as string,
        'BTC',
        'address',
      ],
      ['of TRON in hex', ['USDT', 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'], '41A614F803B6FD780986A42C78EC9C7F77E6DED13C', null, 'address'],
      [
        'of TRON in EVM form, with TRON named',
        ['USDT', 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'],
        '0xa614f803b6fd780986a42c78ec9c7f77e6ded13c',
        'TRX',
        'address',
      ],
      [
        'under the same key on an EVM chain',
        ['USDT', 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'],
        '0xa614f803b6fd780986a42c78ec9c7f77e6ded13c',
        null,
        'same-key',
      ],
      [
        'of TRON under the key of a listed EVM address',
        ['ETH', '0xa614f803b6fd780986a42c78ec9c7f77e6ded13c'],
        'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
        'TRX',
        'same-key',
      ],
      [
        'called by the wrong asset on the list',
        ['XBT', 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'],
        'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
        'USDT',
        'address',
      ],
      [
        'called by the wrong asset in the query',
        ['XBT', '1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu'],
        '1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu',
        'ETH',
        'address',
      ],
      [
        'of Verge, with no chain named',
        ['XVG', 'DFFJhnQNZf8rf67tYnesPu7MuGUpYtzv7Z'],
        'DFFJhnQNZf8rf67tYnesPu7MuGUpYtzv7Z',
        null,
        'other-reading',
      ],
      ['of Litecoin in its old form', ['LTC', 'M8yFL6SFC6TreATegTyuSYkDfDRbisdpT3'], 'M8yFL6SFC6TreATegTyuSYkDfDRbisdpT3', null, 'address'],
      [
        'of Ripple within an X-address',
        ['XRP', 'rGWrZyQqhTp9Xu7G5Pkayo7bXjH4k4QYpf'],
        'XVLhHMPHU98es4dbozjVtdWzVrDjtV5fdx1mHp98tDMoQXb',
        null,
        'address',
      ],
      [
        'mistyped on the list, as it is written there',
        ['XBT', '1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggv'],
        '1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggv',
        null,
        'as-written',
      ],
      ['in no form known here, as it is written', ['XYZ', 'k:d9fd…/ø'], 'k:d9fd…/ø', null, 'as-written'],
    ]
  test.each(HITS)('is found %s', (_, listed, text, asset, relation) => {
    expect(relations(listed, text, asset)).toEqual([relation])
  })

  test('is found by any text of it, and nothing else is', () => {
    fc.assert(
      fc.property(anyAddress, anyAddress, (listed, other) => {
        expect(relations(listed, listed[1], listed[0])).toEqual(['address'])
        expect(['address', 'other-reading']).toContain(relations(listed, listed[1])[0])
        fc.pre(listed[1] !== other[1])
        expect(relations(listed, other[1], other[0])).toEqual([])
      }),
    )
  })

  test.skipIf(!hasShared(OFAC_WALLETS))(
    'of OFAC’s is found under its own asset, every one of them (skipped where ../shared/data is missing)',
    () => {
      const wallets = ofacWallets()
      const { index, filed, notes } = buildIdentifierIndex(walletEntries(...wallets.map(({ asset, address }) => [asset, address] as const)))
      expect(filed).toEqual({ wallet: 654 })
      expect(notes.filter((note) => !note.filed)).toEqual([])
      wallets.forEach(({ asset, address }, ordinal) => {
        const own = findWallet(index, address, asset).hits.filter((hit) => hit.relation === 'address')
        expect(own.map((hit) => hit.ordinal)).toContain(ordinal)
      })
    },
  )
})

describe('A wallet that many entries share', () => {
  test('is found under every one of them, in a time that grows with their number', () => {
    const many = 80_000
    const builder = new ExactIndexBuilder()
    const { keys } = normaliseWallet('0x4f47bc496083c727c5fbe3ce9cdf2b0f6496270c', 'ETH')
    for (const key of keys) for (let ordinal = 0; ordinal < many; ordinal++) builder.add(key, { ordinal, item: 0, mark: 0, detail: 0 })
    const index = builder.finish()
    const start = performance.now()
    const { hits } = screenWallet(index, '0x4f47bc496083c727c5fbe3ce9cdf2b0f6496270c', 'ETH')
    // Comparing each hit with all before it takes longer than that.
    expect(performance.now() - start).toBeLessThan(2_000)
    expect(hits.map(({ ordinal }) => ordinal)).toEqual(Array.from({ length: many }, (_, k) => k))
  })
})

describe('A wallet that is not listed', () => {
  const { index } = buildIdentifierIndex(walletEntries(['ETH', '0x4f47bc496083c727c5fbe3ce9cdf2b0f6496270c']))
  test('is read by its shape alone in bulk, and wholly when it is asked for by itself', () => {
    const mistyped = '0x4F47bc496083c727c5fbe3ce9cdf2b0f6496270d'
    expect(findWallet(index, mistyped)).toEqual({ hits: [], wallet: null })
    expect(screenWallet(index, mistyped).wallet?.notes.map((note) => note.code)).toEqual(['bad-eip55-checksum'])
  })

  test('is never passed over in silence where it is no address', () => {
    expect(findWallet(index, '0x4f47bc496083c727c5fbe3ce9cdf2b0f6496270\u0441').wallet?.fault?.code).toBe('look-alike')
    expect(findWallet(index, '').wallet?.fault?.code).toBe('empty')
  })
})

describe('Numbers of ships', () => {
  const { index, notes } = buildIdentifierIndex(
    identifierEntries(
      ['imo-ship', 'IMO 8132835'],
      ['imo-company', '5988885'],
      ['imo-ship', '1234568'],
      ['mmsi', '445114000'],
      ['call-sign', 'HM-YM'],
      ['email', 'a@b.kp'],
    ),
  )
  test('a ship is found as papers write its number', () => {
    for (const text of ['8132835', 'IMO8132835', 'imo no. 8132835', ' ８１３２８３５ '])
      expect(findShip(index, text).hits).toEqual([{ ordinal: 0, item: 0 }])
  })

  test('a company’s number is never a ship’s, nor the other way', () => {
    expect(findShip(index, '5988885').hits).toEqual([])
    expect(findCompany(index, '5988885').hits).toEqual([{ ordinal: 1, item: 0 }])
    expect(findCompany(index, '8132835').hits).toEqual([])
  })

  test('a listed number with a wrong check digit is found as written, and told', () => {
    expect(findShip(index, '1234568')).toMatchObject({ hits: [{ ordinal: 2 }], imo: { shipValid: false } })
    expect(notes).toEqual([expect.objectContaining({ ordinal: 2, filed: true, reason: expect.stringMatching(/check digit/) })])
  })

  test('MMSI and call sign are found', () => {
    expect(findMmsi(index, 'MMSI 445 114 000').hits).toEqual([{ ordinal: 3, item: 0 }])
    expect(findCallSign(index, 'hmym').hits).toEqual([{ ordinal: 4, item: 0 }])
  })

  test('a text that is no number says so', () => {
    expect(findShip(index, '813283')).toEqual({ hits: [], imo: null })
  })
})

describe('Papers', () => {
  const { index, filed, notLookedUp } = buildIdentifierIndex(
    identifierEntries(
      ['passport', '654-235 089', 'KP'],
      ['passport', '654235089'],
      ['national-id', '654235089', 'KP'],
      ['phone', '654235089'],
    ),
  )
  test('a passport is found without its punctuation; a known other country is another paper, and told', () => {
    const ask = (country: string | null) => findDocument(index, { number: '６５４２３５０８９', kind: 'passport', country })
    expect(ask('KP').hits.map(({ ordinal, countryAgrees }) => [ordinal, countryAgrees])).toEqual([
      [0, true],
      [1, false],
    ])
    expect(ask('CN').hits.map((hit) => hit.ordinal)).toEqual([1])
    expect(ask('CN').contradicted.map((hit) => hit.ordinal)).toEqual([0])
    expect(ask(null).hits.length).toBe(2)
  })

  test('a paper of unknown kind is sought among all kinds', () => {
    const { hits } = findDocument(index, { number: '654235089', kind: null, country: null })
    expect(hits.map((hit) => hit.kind)).toEqual(['passport', 'passport', 'national-id'])
  })

  test('what is not looked up is counted', () => {
    expect(filed).toEqual({ passport: 2, 'national-id': 1 })
    expect(notLookedUp).toEqual({ phone: 1 })
  })

  test('a number that folds to nothing meets nothing', () => {
    const empty = buildIdentifierIndex(identifierEntries(['passport', '-'], ['passport', 'N/A'], ['passport', '不明']))
    expect(empty.filed).toEqual({})
    expect(empty.notes.map((note) => note.filed)).toEqual([false, false, false])
    expect(findDocument(empty.index, { number: '--', kind: null, country: null })).toEqual({ hits: [], contradicted: [], number: null })
  })
})
