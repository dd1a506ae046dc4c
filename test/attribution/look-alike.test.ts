import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findLookAlikes, imitatedSymbol, type LookAlikeFinding, type LookAlikeOptions } from '../../src/attribution/index.ts'
import { type Asset, ETHEREUM, erc20Asset, nativeAsset } from '../../src/chain/index.ts'
import { hasShared, shared } from './shared.ts'

const ETHER = 10n ** 18n
const ETH: Asset = { id: nativeAsset(ETHEREUM), decimals: 18, symbol: 'ETH' }
const USDT: Asset = { id: erc20Asset(ETHEREUM, '0xdac17f958d2ee523a2206206994597c13d831ec7'), decimals: 6, symbol: 'USDT' }
const FAKE: Asset = { id: erc20Asset(ETHEREUM, '0x2222222222222222222222222222222222222222'), decimals: 18, symbol: 'ΕТН' }
const UNKNOWN: Asset = { id: erc20Asset(ETHEREUM, '0x3333333333333333333333333333333333333333'), decimals: null, symbol: null }
const ASSETS = [ETH, USDT, FAKE, UNKNOWN]

// Bybit exploit, 2025: the account that took the theft, one that it paid 10,000 ether, and an imitation of that one (transaction_network.gexf).
const VICTIM = '0x47666fab8bd0ac7003bce3f5c3585383f09486e2'
const PAID = '0x09278b36863be4ccd3d0c22d643e8062d7a11377'
const BAIT = '0x0927cd1e24781de32d77f50794a8008caa511377'
// Two addresses of one such set around the exploit accounts: they share 1f9 and 87ce (counterparties.csv).
const GENUINE = '0x1f9b4d915a6d2c65251d72522f297904bf6887ce'
const TWIN = '0x1f94cc16c3177f43ff1eb485536a93072a6887ce'
const STRANGER = '0xcea1a76f2d8e0881b9b185f229e49e3928d37a04'

type Move = readonly [from: string, to: string, value: bigint, asset?: Asset]

/** Findings around VICTIM for transfers in order. */
function around(moves: readonly Move[], options: Partial<LookAlikeOptions> = {}): LookAlikeFinding[] {
  const names = [...new Set([VICTIM, ...moves.flatMap((move) => [move[0], move[1]])])]
  const ids = new Map(names.map((name, i) => [name, i]))
  const id = (name: string): number => ids.get(name) as number
  const columns = {
    length: moves.length,
    row: moves.map((_, i) => i),
    tx: moves.map((_, i) => i),
    from: moves.map(([from]) => id(from)),
    to: moves.map(([, to]) => id(to)),
    asset: moves.map(([, , , asset]) => ASSETS.indexOf(asset ?? ETH)),
    value: { get: (i: number) => (moves[i] as Move)[2] },
  }
  return findLookAlikes(id(VICTIM), [columns], (account) => names[account] as string, { assets: ASSETS, ...options })
}

describe('address poisoning', () => {
  it('is an address with the same ends as one that the account paid, which sends it dust', () => {
    expect(
      around([
        [VICTIM, PAID, 10_000n * ETHER],
        [STRANGER, VICTIM, 1n],
        [BAIT, VICTIM, 1_000_000_000_000n],
      ]),
    ).toEqual([
      {
        victim: 0,
        account: 3,
        address: BAIT,
        imitates: 1,
        imitatesAddress: PAID,
        transfers: 1,
        kinds: ['dust'],
        reasons: [`shares its first 4 and last 5 digits with ${PAID}`, '1 transfer of dust'],
        bait: [2],
        paid: [],
      },
    ])
  })

  it('is known by the real pairs around the Bybit exploit', () => {
    expect(
      around([
        [VICTIM, GENUINE, 38n * ETHER],
        [VICTIM, TWIN, 0n],
      ]),
    ).toMatchObject([{ address: TWIN, imitatesAddress: GENUINE, kinds: ['zero-value'], bait: [1] }])
  })

  it('also forges transfers of no value in real tokens, as if the account had made them', () => {
    expect(
      around([
        [VICTIM, PAID, 5_000_000n, USDT],
        [VICTIM, BAIT, 0n, USDT],
      ]),
    ).toMatchObject([{ address: BAIT, kinds: ['zero-value'], bait: [1], paid: [] }])
  })

  it('also forges the payment itself in a token that calls itself ETH', () => {
    const [finding] = around([
      [VICTIM, PAID, 10_000n * ETHER],
      [VICTIM, BAIT, 10_000n * ETHER, FAKE],
    ])
    expect(finding).toMatchObject({ kinds: ['fake-token'], bait: [1], paid: [] })
    expect(finding?.reasons[1]).toBe('1 transfer of a token that calls itself ETH')
  })

  it('also copies the amount in a token of which nothing is known', () => {
    expect(
      around([
        [VICTIM, PAID, 123_456n, USDT],
        [VICTIM, BAIT, 123_456n, UNKNOWN],
      ]),
    ).toMatchObject([{ kinds: ['copied-amount'], bait: [1], paid: [] }])
  })

  it('may imitate the account itself', () => {
    const self = `${VICTIM.slice(0, 10)}${'0'.repeat(28)}${VICTIM.slice(-4)}`
    expect(around([[self, VICTIM, 1n]])).toMatchObject([{ address: self, imitatesAddress: VICTIM, kinds: ['dust'] }])
  })

  it('needs both ends to agree', () => {
    const start = `0x0927${'f'.repeat(36)}`
    const end = `0x${'f'.repeat(36)}1377`
    expect(
      around([
        [VICTIM, PAID, ETHER],
        [start, VICTIM, 1n],
        [end, VICTIM, 1n],
      ]),
    ).toEqual([])
  })
})

describe('what the account paid to a look-alike', () => {
  it('is marked as a poisoning that worked, and is not hidden', () => {
    const [finding] = around([
      [VICTIM, PAID, 100n * ETHER],
      [BAIT, VICTIM, 1n],
      [VICTIM, BAIT, 70n * ETHER],
      [VICTIM, BAIT, 3_000n, USDT],
    ])
    expect(finding).toMatchObject({ kinds: ['dust', 'received-value'], bait: [1] })
    expect(finding?.paid).toEqual([
      { asset: 0, amount: 70n * ETHER, rows: [2] },
      { asset: 1, amount: 3_000n, rows: [3] },
    ])
  })

  it('is not hidden either when it is the very amount of the genuine payment in a genuine asset', () => {
    expect(
      around([
        [VICTIM, PAID, 100n * ETHER],
        [VICTIM, BAIT, 100n * ETHER],
      ]),
    ).toMatchObject([{ kinds: ['received-value'], bait: [], paid: [{ amount: 100n * ETHER }] }])
    expect(
      around([
        [VICTIM, PAID, 5_000_000n * 10n ** 12n],
        [VICTIM, BAIT, 5_000_000n * 10n ** 12n, USDT],
      ]),
    ).toMatchObject([{ kinds: ['received-value'], bait: [] }])
  })
})

describe('a real counterparty', () => {
  it('that sent the account real value is never marked', () => {
    expect(
      around([
        [VICTIM, PAID, 100n * ETHER],
        [BAIT, VICTIM, 50n * ETHER],
        [BAIT, VICTIM, 1n],
      ]),
    ).toEqual([])
  })

  it('is the one dealt with first, whatever the order of addresses', () => {
    expect(
      around([
        [VICTIM, TWIN, ETHER],
        [GENUINE, VICTIM, 1n],
      ]),
    ).toMatchObject([{ address: GENUINE, imitatesAddress: TWIN }])
  })

  it('is needed: bait alone names nobody that it imitates', () => {
    expect(
      around([
        [GENUINE, VICTIM, 1n],
        [TWIN, VICTIM, 0n],
      ]),
    ).toEqual([])
  })
})

describe('findings', () => {
  it('leave out no row that moved real value between real assets', () => {
    const parties = [PAID, BAIT, GENUINE, TWIN, STRANGER]
    const move = fc
      .tuple(fc.constantFrom(...parties), fc.boolean(), fc.constantFrom(0n, 1n, 10n ** 14n, ETHER, 70n * ETHER), fc.constantFrom(...ASSETS))
      .map(([party, out, value, asset]): Move => (out ? [VICTIM, party, value, asset] : [party, VICTIM, value, asset]))
    fc.assert(
      fc.property(fc.array(move, { maxLength: 30 }), (moves) => {
        for (const finding of around(moves)) {
          for (const row of finding.bait) {
            const [from, , value, asset] = moves[row] as Move
            const real = value > 10n ** 15n && asset === ETH
            const paidToken = from === VICTIM && value > 0n && asset === USDT
            expect(real || paidToken).toBe(false)
          }
        }
      }),
    )
  })

  it('take time near to linear in the transfers of an account', () => {
    const many = (n: number): Move[] =>
      Array.from({ length: n }, (_, i) => {
        const address = `0x${(i * 2_654_435_761 + 977).toString(16).padStart(40, 'a')}`
        return i % 2 === 0 ? [VICTIM, address, ETHER] : [address, VICTIM, 1n]
      })
    const time = (n: number): number => {
      const moves = many(n)
      const start = performance.now()
      around(moves)
      return performance.now() - start
    }
    time(2_000)
    expect(time(100_000)).toBeLessThan(3_000)
  })
})

describe('imitated symbols', () => {
  it.each([
    [{ id: USDT.id, decimals: 6, symbol: 'USDT' }, null],
    [{ id: FAKE.id, decimals: 6, symbol: 'USDT' }, 'USDT'],
    [{ id: FAKE.id, decimals: 6, symbol: 'U\u0405D\u0422' }, 'USDT'],
    [{ id: FAKE.id, decimals: 6, symbol: 'ꓴꓢꓓꓔ' }, 'USDT'],
    [{ id: FAKE.id, decimals: 6, symbol: 'USDC\u200b' }, 'USDC'],
    [{ id: FAKE.id, decimals: 18, symbol: 'ETH' }, 'ETH'],
    [ETH, null],
    [UNKNOWN, null],
    [{ id: FAKE.id, decimals: 18, symbol: 'SHIB' }, null],
  ] as readonly (readonly [Asset, string | null])[])('of %o is %s', (asset, expected) => {
    expect(imitatedSymbol(asset)).toBe(expected)
  })
})

/** Edges are summed over all tokens, fake ones included, and have no order: hence `mixedAssets`. */
describe.skipIf(!hasShared('heists/bybit-2025'))('the graph around the Bybit exploit accounts', () => {
  it('is full of look-alikes, and none of the exploiter’s own accounts is taken for one', () => {
    const graph = readFileSync(shared('heists/bybit-2025/transaction_network.gexf'), 'utf8')
    const ids = new Map<string, number>()
    const names: string[] = []
    const id = (name: string): number => {
      let known = ids.get(name)
      if (known === undefined) {
        known = names.push(name) - 1
        ids.set(name, known)
      }
      return known
    }
    const edges = [...graph.matchAll(/<edge source="(0x[0-9a-f]{40})" target="(0x[0-9a-f]{40})" id="\d+" weight="(\d+)"/g)].map(
      ([, from, to, value]) => ({ from: id(from as string), to: id(to as string), value: BigInt(value as string) }),
    )
    expect(edges).toHaveLength(14_416)
    const touching: number[][] = names.map(() => [])
    const sends = new Float64Array(names.length)
    for (const [i, { from, to, value }] of edges.entries()) {
      touching[from]?.push(i)
      touching[to]?.push(i)
      if (value > 10n ** 15n) sends[from] = (sends[from] as number) + 1
    }
    const marked = new Map<string, string>()
    let findings = 0
    for (const [account, rows] of touching.entries()) {
      const edge = (i: number) => edges[rows[i] as number] as (typeof edges)[number]
      const columns = {
        length: rows.length,
        row: rows,
        tx: rows,
        from: rows.map((_, i) => edge(i).from),
        to: rows.map((_, i) => edge(i).to),
        asset: rows.map(() => 0),
        value: { get: (i: number) => edge(i).value },
      }
      const options = { assets: [ETH], mixedAssets: true, sends: (other: number) => sends[other] as number }
      for (const finding of findLookAlikes(account, [columns], (other) => names[other] as string, options)) {
        marked.set(finding.address, finding.imitatesAddress)
        findings++
      }
    }
    // Counted once and typed here: 10,062 findings of 8,477 addresses among 11,340.
    expect([findings, marked.size, names.length]).toEqual([10_062, 8_477, 11_340])
    const own = readFileSync(shared('heists/bybit-2025/counterparties.csv'), 'utf8')
      .split(/\r?\n/)
      .filter((line) => line.endsWith(',internal'))
      .map((line) => line.split(',')[0] as string)
    expect(own).toHaveLength(69)
    expect(own.filter((address) => marked.has(address))).toEqual([])
    // The second account of the exploiter is imitated by these two.
    for (const imitation of ['0xa4b27b89345db2e5e1a7d7bc537fac354b50449e', '0xa4b24033f4c6d70133e4557c2c32a3fb693e449e']) {
      expect(marked.get(imitation)).toBe('0xa4b2fd68593b6f34e51cb9edb66e71c1b4ab449e')
    }
    expect(marked.get(BAIT)).toBe(PAID)
  })
})
