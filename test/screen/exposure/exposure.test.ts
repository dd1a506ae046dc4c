import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { type TagStore, tagStore } from '../../../src/attribution/index.ts'
import type { Ledger } from '../../../src/ledger/index.ts'
import type { ExposureDocument, ExposureParameters, Listed } from '../../../src/screen/exposure/document.ts'
import { walletExposure } from '../../../src/screen/exposure/exposure.ts'
import { tagOf } from '../../attribution/tag-of.ts'
import { addressOf, clearLedgers, ledgerOf as outputsOf, type Told, txid } from '../../trace/bitcoin/world.ts'
import { address, hash, ledgerOf, type Move, moves } from '../../trace/world.ts'

afterAll(clearLedgers)

const WALLET = 1
const LISTED = 9

/** Accounts of these numbers are listed. */
function listing(...numbers: readonly number[]): Listed {
  const parties = new Map(numbers.map((n) => [address(n), [{ list: 'us-ofac-sdn', entry: String(n), name: `PARTY ${n}` }]]))
  return (account) => parties.get(account) ?? null
}

function exposure(
  ledger: Ledger,
  parameters: Partial<ExposureParameters> = {},
  listed: Listed = listing(LISTED),
  tags: TagStore = tagStore([]),
): Promise<ExposureDocument> {
  return walletExposure({ ledger, wallet: address(WALLET), listed, tags, parameters })
}

const usd = ({ assets }: ExposureDocument) => assets.find(({ asset }) => asset === 'usd')

describe('A wallet that a listed party paid', () => {
  test('is exposed by the share that the payment has in all that reached it', async () => {
    const ledger = ledgerOf([
      { from: LISTED, to: WALLET, value: 30n },
      { from: 5, to: WALLET, value: 70n },
    ])
    const document = await exposure(ledger)
    expect(usd(document)).toMatchObject({
      reached: '100',
      fromListed: { numerator: '30', denominator: '100' },
      sources: [{ account: address(LISTED), hops: 1, amounts: [{ amount: '30' }], onlyInSwap: false, transactions: [hash(1)], count: 1 }],
      origin: [{ asset: 'usd', amount: '70', share: { numerator: '70', denominator: '100' } }],
    })
    expect(document.counterparties).toMatchObject([
      { account: address(LISTED), direction: 'received', amount: '30', transactions: [hash(1)] },
    ])
  })

  test('through others is exposed by what haircut carries on, with the shortest way as evidence', async () => {
    const ledger = ledgerOf([
      { from: LISTED, to: 2, value: 50n },
      { from: 5, to: 2, value: 150n },
      { from: 2, to: 3, value: 40n },
      { from: 3, to: WALLET, value: 40n },
    ])
    const source = usd(await exposure(ledger))?.sources[0]
    expect(source).toMatchObject({ hops: 3, amounts: [{ amount: '10', share: { numerator: '10', denominator: '40' } }] })
    expect(source?.path.map(({ from, to, value }) => [from, to, value])).toEqual([
      [address(LISTED), address(2), '50'],
      [address(2), address(3), '40'],
      [address(3), address(WALLET), '40'],
    ])
  })

  test('is not exposed by what reached its sender only afterwards', async () => {
    const ledger = ledgerOf([
      { from: 5, to: 2, value: 40n },
      { from: 2, to: WALLET, value: 40n },
      { from: LISTED, to: 2, value: 1_000n },
    ])
    expect(usd(await exposure(ledger))?.sources).toEqual([])
  })

  test('and paid back has been reached once by what went in a circle', async () => {
    const ledger = ledgerOf([
      { from: LISTED, to: WALLET, value: 100n },
      { from: WALLET, to: 2, value: 100n },
      { from: 2, to: WALLET, value: 100n },
    ])
    expect(usd(await exposure(ledger))).toMatchObject({ reached: '100', fromListed: { numerator: '100', denominator: '100' } })
  })

  test('is told when it is listed itself, and traced all the same', async () => {
    const ledger = ledgerOf([{ from: LISTED, to: WALLET, value: 1n }])
    const document = await exposure(ledger, {}, listing(LISTED, WALLET))
    expect(document.itself).toEqual([{ list: 'us-ofac-sdn', entry: '1', name: 'PARTY 1' }])
    expect(usd(document)?.sources.map((source) => source.account)).toEqual([address(LISTED)])
  })

  test('is told of a listed party that it paid', async () => {
    const ledger = ledgerOf([
      { from: 5, to: WALLET, value: 10n },
      { from: WALLET, to: LISTED, value: 4n },
      { from: WALLET, to: LISTED, value: 0n },
    ])
    expect((await exposure(ledger)).counterparties).toMatchObject([{ direction: 'sent', amount: '4', count: 2 }])
  })
})

describe('A swap', () => {
  test('is gone through, and the share is told in the asset that the listed party gave', async () => {
    // Account 7 is a pool: many others trade with it.
    const traffic: Move[] = Array.from({ length: 60 }, (_, k) => ({ from: 100 + k, to: 7, value: 1n, asset: 'eip155:1/slip44:60' }))
    const ledger = ledgerOf([
      ...traffic,
      { from: LISTED, to: 2, value: 300n },
      { from: 5, to: 2, value: 100n },
      { from: 2, to: 7, value: 400n, tx: 1 },
      { from: 7, to: 2, value: 20n, asset: 'eip155:1/slip44:60', tx: 1 },
      { from: 2, to: WALLET, value: 20n, asset: 'eip155:1/slip44:60' },
    ])
    const [ether] = (await exposure(ledger)).assets
    expect(ether).toMatchObject({
      asset: 'eip155:1/slip44:60',
      reached: '20',
      fromListed: { numerator: '0' },
      swapped: { numerator: '20', denominator: '20' },
      sources: [{ account: address(LISTED), amounts: [{ asset: 'usd', amount: '300', share: { numerator: '300', denominator: '400' } }] }],
    })
  })
})

describe('What was not looked at is said', () => {
  const chain: Move[] = [
    { from: LISTED, to: 4, value: 8n },
    { from: 4, to: 3, value: 8n },
    { from: 3, to: 2, value: 8n },
    { from: 2, to: WALLET, value: 8n },
  ]
  test('beyond the last hop', async () => {
    expect(usd(await exposure(ledgerOf(chain), { maxHops: 4 }))?.sources).toMatchObject([{ hops: 4 }])
    const document = await exposure(ledgerOf(chain), { maxHops: 3 })
    expect(usd(document)).toMatchObject({ sources: [], notFollowed: [{ reason: 'depth', amount: '8', accounts: 1 }] })
    expect(document.notLookedAt.limits).toContain('Value that came over more than 3 hops was not followed further.')
  })

  test('beyond the last account', async () => {
    const document = await exposure(ledgerOf(chain), { maxAccounts: 2 })
    expect(usd(document)?.notFollowed.map(({ reason }) => reason)).toEqual(['account-limit'])
    expect(document.notLookedAt.limits.some((limit) => limit.includes('2 accounts were opened'))).toBe(true)
  })

  test('before the first day', async () => {
    const document = await exposure(ledgerOf(chain), { since: '2023-11-14T22:13:23Z' })
    expect(usd(document)).toMatchObject({ sources: [], notFollowed: [{ reason: 'after-until', amount: '8' }] })
    expect(document.notLookedAt.limits).toContain('What moved before 2023-11-14T22:13:23Z was not followed.')
  })

  test('after the day that is asked about', async () => {
    const ledger = ledgerOf([{ from: 5, to: WALLET, value: 2n }, ...chain])
    expect(usd(await exposure(ledger, { asOf: '2023-11-14T22:13:21Z' }))).toMatchObject({ reached: '2', sources: [] })
    expect(usd(await exposure(ledger))).toMatchObject({ reached: '10', fromListed: { numerator: '8', denominator: '10' } })
  })

  test('behind a service', async () => {
    const tags = tagStore([tagOf({ address: address(3), label: 'Some Exchange', concepts: ['exchange'] })])
    const document = await exposure(ledgerOf(chain), {}, listing(LISTED), tags)
    expect(usd(document)).toMatchObject({
      sources: [],
      stops: [{ label: 'Some Exchange', kind: 'exchange', amounts: [{ amount: '8', share: { numerator: '8', denominator: '8' } }] }],
    })
    expect(document.notLookedAt.limits.some((limit) => limit.includes('stopped at services'))).toBe(true)
  })

  test('of assets beyond the limit', async () => {
    const ledger = ledgerOf([
      { from: 5, to: WALLET, value: 1n },
      { from: 5, to: WALLET, value: 1n },
      { from: LISTED, to: WALLET, value: 1n, asset: 'eip155:1/erc20:0xspam' },
    ])
    const document = await exposure(ledger, { maxAssets: 1 })
    expect(document.assets.map(({ asset }) => asset)).toEqual(['usd'])
    expect(document.notLookedAt.assets).toEqual([{ asset: 'eip155:1/erc20:0xspam', receipts: 1 }])
    // The direct dealing is seen none the less.
    expect(document.counterparties.map(({ asset }) => asset)).toEqual(['eip155:1/erc20:0xspam'])
  })

  test('of a wallet too busy, and of one that the ledger does not know', async () => {
    const busy = await exposure(ledgerOf(chain), { maxTransfers: 1 })
    expect(busy.assets.length).toBe(1)
    const receipts = ledgerOf([...chain, { from: 5, to: WALLET, value: 1n }])
    const refused = await exposure(receipts, { maxTransfers: 1 })
    expect(refused).toMatchObject({ inLedger: true, assets: [], counterparties: [] })
    expect(refused.notLookedAt.limits).toEqual([
      'The wallet has 2 transfers, more than 1: neither its counterparties nor its sources were looked at.',
    ])
    const unknown = await walletExposure({ ledger: receipts, wallet: address(77), listed: listing(77) })
    expect(unknown).toMatchObject({ inLedger: false, assets: [], itself: [{ entry: '77' }] })
    expect(unknown.notLookedAt.limits).toEqual(['The ledger holds no transfer of the wallet: nothing can be said of what reached it.'])
  })

  test('of a wallet that received nothing', async () => {
    const document = await exposure(ledgerOf([{ from: WALLET, to: 5, value: 1n }]))
    expect(document.assets).toEqual([])
    expect(document.notLookedAt.limits).toContain('Nothing reached the wallet within the ledger.')
  })
})

describe('Laws', () => {
  test('all that reached the wallet is accounted for: listed, services, origin, not followed', async () => {
    await fc.assert(
      fc.asyncProperty(
        moves(8, 40),
        fc.constantFrom('haircut', 'fifo', 'lifo', 'tiho'),
        fc.integer({ min: 2, max: 4 }),
        async (list, policy, maxHops) => {
          const document = await exposure(ledgerOf(list), { policy, maxHops }, listing(7, 8))
          for (const { reached, sources, stops, origin, notFollowed } of document.assets) {
            const amounts = [...sources, ...stops].flatMap((each) => each.amounts).concat(origin)
            const sum = [...amounts, ...notFollowed].reduce((total, { amount }) => total + BigInt(amount), 0n)
            expect(sum).toBe(BigInt(reached))
          }
        },
      ),
      { numRuns: 200 },
    )
  })

  test('every listed source leads to the wallet by payments in the order of time, and its path is such a way', async () => {
    await fc.assert(
      fc.asyncProperty(moves(8, 30), async (list) => {
        const paying = list.filter(({ from, to, value }) => value > 0n && from !== to)
        const document = await exposure(
          ledgerOf(paying.length === 0 ? [{ from: 2, to: 3, value: 1n }] : paying),
          { maxHops: 30, minPart: '0/1' },
          listing(7, 8),
        )
        const reaches = reachers(paying)
        for (const { account, path } of usd(document)?.sources ?? []) {
          expect(reaches.has(account)).toBe(true)
          expect(path.at(-1)?.to).toBe(address(WALLET))
          path.forEach((step, k) => {
            if (k === 0) return
            const before = path[k - 1] as (typeof path)[number]
            expect(step.from).toBe(before.to)
            expect((step.time as string) >= (before.time as string)).toBe(true)
          })
        }
      }),
      { numRuns: 200 },
    )
  })

  test('the same inputs give the same bytes', async () => {
    await fc.assert(
      fc.asyncProperty(moves(8, 30), async (list) => {
        const once = JSON.stringify(await exposure(ledgerOf(list)))
        expect(JSON.stringify(await exposure(ledgerOf(list)))).toBe(once)
      }),
      { numRuns: 50 },
    )
  })
})

/** Accounts from which a chain of payments, each no earlier than the one before, leads to the wallet. */
function reachers(list: readonly Move[]): Set<string> {
  const found = new Set<number>([WALLET])
  for (const { from, to } of [...list].reverse()) if (found.has(to)) found.add(from)
  return new Set([...found].map(address))
}

describe('Parameters', () => {
  const WRONG: readonly (readonly [Record<string, unknown>, RegExp])[] = [
    [{ policy: 'poison' }, /policy is "poison"/],
    [{ maxHops: 1 }, /maxHops is 1/],
    [{ maxAccounts: 0.5 }, /maxAccounts is 0.5/],
    [{ since: 'yesterday' }, /"yesterday" is not a time/],
    [{ minPart: '1/0' }, /minPart is "1\/0"/],
    [{ minPart: '3/2' }, /minPart is "3\/2"/],
    [{ hops: 3 }, /hops is not a parameter/],
  ]
  test.each(WRONG)('%j is refused', async (parameters, message) => {
    await expect(exposure(ledgerOf([{ from: 5, to: WALLET, value: 1n }]), parameters)).rejects.toThrow(message)
  })
})

describe('On Bitcoin', () => {
  const blocks: readonly (readonly Told[])[] = [
    [{ name: 'listed', from: ['coinbase-0:0'], to: [['sanctioned', 6_000]] }],
    [{ name: 'other', from: ['coinbase-1:0'], to: [['clean', 2_000]] }],
    // A quarter of what the middleman pays on is clean.
    [{ name: 'join', from: ['listed:0', 'other:0'], to: [['middleman', 8_000]] }],
    [
      {
        name: 'pay',
        from: ['join:0'],
        to: [
          ['customer', 4_000],
          ['middleman-change', 4_000],
        ],
      },
    ],
    [
      {
        name: 'gift',
        from: ['pay:0'],
        to: [
          ['sanctioned', 1_000],
          ['customer', 3_000],
        ],
      },
    ],
  ]
  const listed: Listed = (account) => (account === addressOf('sanctioned') ? [{ list: 'us-ofac-sdn', entry: '1', name: 'PARTY' }] : null)

  test('inputs of listed addresses are sources, with outputs told by their addresses', async () => {
    const ledger = await outputsOf(blocks)
    try {
      const document = await walletExposure({ ledger, wallet: addressOf('customer'), listed })
      expect(document.wallet).toBe(addressOf('customer'))
      // What it paid to itself counts once.
      expect(document.assets).toMatchObject([
        {
          reached: '4000',
          fromListed: { numerator: '3000', denominator: '4000' },
          sources: [{ account: addressOf('sanctioned'), hops: 2 }],
        },
      ])
      expect(document.assets[0]?.sources[0]?.path.map(({ transaction, from, to }) => [transaction, from, to])).toEqual([
        [txid('join'), addressOf('sanctioned'), addressOf('middleman')],
        [txid('pay'), addressOf('middleman'), addressOf('customer')],
      ])
      expect(document.counterparties).toMatchObject([
        { account: addressOf('sanctioned'), direction: 'sent', amount: '1000', transactions: [txid('gift')], mixes: 0 },
      ])
    } finally {
      await ledger.close()
    }
  })

  test('a listed address among the inputs of a payment is a counterparty, by no more than it put in', async () => {
    const ledger = await outputsOf(blocks)
    try {
      const document = await walletExposure({ ledger, wallet: addressOf('middleman'), listed })
      expect(document.counterparties).toMatchObject([{ direction: 'received', amount: '6000', transactions: [txid('join')] }])
      expect(document.assets[0]?.fromListed).toEqual({ numerator: '6000', denominator: '8000' })
    } finally {
      await ledger.close()
    }
  })

  test('an address that the ledger does not know is said to be unknown', async () => {
    const ledger = await outputsOf(blocks)
    try {
      expect((await walletExposure({ ledger, wallet: addressOf('stranger'), listed })).inLedger).toBe(false)
    } finally {
      await ledger.close()
    }
  })
})
