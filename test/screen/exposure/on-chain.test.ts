import { describe, expect, test } from 'vitest'
import type { Ledger } from '../../../src/ledger/index.ts'
import { accountOn, listedBy } from '../../../src/screen/exposure/index.ts'
import { address, ledgerOf } from '../../trace/world.ts'
import { entry, screenerOf } from '../match/listed.ts'

const ETHER = '0x098B716B8Aaf21512996dC57EB0615e2383E2f96'
/** An address of Bitcoin, and the same key's as Bitcoin Cash writes it (the pair of the CashAddr specification). */
const BITCOIN = '1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu'
const CASH = 'bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a'
const MAIN = 'bip122:000000000019d6689c085ae165831e93'

const wallets = (...listed: readonly string[]) => listed.map((text) => ({ asset: text.split('/')[0]!, address: text.split('/')[1]! }))
const screener = await screenerOf([
  entry('1', 'organisation', ['Lazarus Group'], { wallets: wallets(`ETH/${ETHER}`, `USDT/${ETHER}`) }),
  entry('2', 'person', ['Li Jiadong'], { wallets: wallets(`BCH/${CASH}`) }),
  entry('3', 'person', ['Park Jin Hyok'], { wallets: wallets(`XBT/${BITCOIN}`, `ETH/${ETHER}`) }),
])

const onChain = (chain: string): Ledger => {
  const ledger = ledgerOf([{ from: 1, to: 2, value: 1n }])
  return { ...ledger, manifest: { ...ledger.manifest, chain } }
}

describe('Who is listed at an address', () => {
  test('is each entry once, in the order of the list, in any letter case', () => {
    const listed = listedBy(screener, 'eip155:56')
    const both = [
      { list: 'test', entry: '1', name: 'Lazarus Group', relation: 'address' },
      { list: 'test', entry: '3', name: 'Park Jin Hyok', relation: 'address' },
    ]
    expect(listed(ETHER)).toEqual(both)
    expect(listed(ETHER.toLowerCase())).toEqual(both)
  })

  test('is also whoever is listed under the same key on another chain, and is told so', () => {
    expect(listedBy(screener, MAIN)(BITCOIN)).toEqual([
      { list: 'test', entry: '2', name: 'Li Jiadong', relation: 'same-key' },
      { list: 'test', entry: '3', name: 'Park Jin Hyok', relation: 'address' },
    ])
  })

  test('is nobody at an address that no list has, and at what is no address', () => {
    const listed = listedBy(screener, 'eip155:1')
    for (const text of [address(7), '', 'fee', 'scripthash:00', '\ud800', `0x${'f'.repeat(39)}`]) expect(listed(text)).toBeNull()
  })
})

describe('The account that a text means', () => {
  test('is the address out of whatever stands around it', async () => {
    const canonical = ETHER.toLowerCase()
    for (const text of [ETHER, canonical, `ethereum:${ETHER}@1`, ` ${ETHER} `])
      expect(await accountOn(onChain('eip155:1'), text)).toBe(canonical)
    expect(await accountOn(onChain(MAIN), `bitcoin:${BITCOIN}?amount=1`)).toBe(BITCOIN)
  })

  test.each([
    ['of another chain', BITCOIN, 'address of btc'],
    ['mistyped', `${ETHER.slice(0, -1)}`, '39 hex digits'],
    ['a name', 'vitalik.eth', 'a name'],
    ['nothing', '', ''],
  ])('cannot be found where it is %s', async (_what, text, why) => {
    await expect(accountOn(onChain('eip155:1'), text)).rejects.toMatchObject({
      code: 'screen/not-an-account',
      message: expect.stringContaining(why),
    })
  })
})
