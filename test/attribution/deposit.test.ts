import { describe, expect, it } from 'vitest'
import {
  type DepositFinding,
  type DepositRule,
  depositAddress,
  depositTagPack,
  detectDeposits,
  type Entity,
  loadTags,
  type Tag,
  tagStore,
  writeTagPack,
} from '../../src/attribution/index.ts'
import { ETHEREUM, erc20Asset, nativeAsset } from '../../src/chain/index.ts'
import { type MemoryRow, memoryLedger } from '../../src/ledger/index.ts'
import { withFiles } from './shared.ts'

const ETH = nativeAsset(ETHEREUM)
const USDT = erc20Asset(ETHEREUM, '0xdac17f958d2ee523a2206206994597c13d831ec7')
const SPAM = erc20Asset(ETHEREUM, '0x1111111111111111111111111111111111111111')
const ETHER = 10n ** 18n
const RULE: DepositRule = { maxBlocks: 3_200, maxRemainder: '10000000000000000', minForwarded: '9/10' }

const HOT = '0x28c6c06298d514db089934071355e5743bf21d60'
const COLD = '0x21a31ee1afc51d94c2efccaa2092ad1028285549'
const OTHER = '0x2b5634c42055806a59e9107ed44d43c426e58258'
const DEPOSIT = '0x00000000000000000000000000000000000000d1'
const ALICE = '0x00000000000000000000000000000000000000a1'
const BOB = '0x00000000000000000000000000000000000000b1'

type Move = readonly [block: number, from: string, to: string, value: bigint, asset?: string]

const ledgerOf = (moves: readonly Move[]) =>
  memoryLedger(
    moves.map(
      ([block, from, to, value, asset], i): MemoryRow => ({
        block,
        time: null,
        hash: `0x${i.toString(16).padStart(64, '0')}`,
        from,
        to,
        asset: asset ?? ETH,
        value,
      }),
    ),
  )

const walletTag = (address: string, label: string): Tag => ({
  address,
  txHash: null,
  currency: 'ETH',
  network: 'ETH',
  label,
  source: 'https://example.org/reserves',
  confidence: 'service_data',
  confidenceLevel: 50,
  concepts: [],
  abuse: null,
  actor: null,
  category: 'exchange',
  tagType: 'actor',
  isClusterDefiner: false,
  context: null,
  lastmod: null,
  pack: 'wallets',
  file: 'wallets.yaml',
})
const TAGS = tagStore([walletTag(HOT, 'Binance 14'), walletTag(COLD, 'Binance 15'), walletTag(OTHER, 'KuCoin 2')])

async function find(moves: readonly Move[], rule: DepositRule = RULE): Promise<readonly DepositFinding[]> {
  const found: DepositFinding[] = []
  for await (const finding of detectDeposits(ledgerOf(moves), TAGS, rule)) found.push(finding)
  return found
}

describe('a deposit address (Victor, FC 2020)', () => {
  it('forwards each receipt from outside to a tagged wallet within 3,200 blocks, leaving at most 0.01 ether', async () => {
    const [finding, ...more] = await find([
      [100, ALICE, DEPOSIT, 5n * ETHER],
      [3_300, DEPOSIT, HOT, 5n * ETHER - 10n ** 16n],
      [9_000, BOB, DEPOSIT, 3n * ETHER],
      [9_100, DEPOSIT, COLD, 3n * ETHER],
    ])
    expect(more).toEqual([])
    expect(finding).toMatchObject({
      address: DEPOSIT,
      entity: { id: 'binance', label: 'Binance 14', kind: 'exchange', service: true, basis: 'deposit-address', confidence: 10 },
      assets: [{ receipts: 2, received: 8n * ETHER, inTime: 8n * ETHER, forwards: 2, longestWait: 3_200, largestRemainder: 10n ** 16n }],
    })
    expect(finding?.entity.evidence.slice(0, 2)).toEqual([
      'deposit address: 100 % of what its 2 receipts brought went to tagged wallets of Binance 14 within 3200 blocks (longest wait 3200 blocks)',
      '2 of its 2 outgoing transfers go there; at most 10000000000000000 base units of the native asset stayed behind',
    ])
  })

  it.each([
    [
      'waits a block too long',
      [
        [100, ALICE, DEPOSIT, ETHER],
        [3_301, DEPOSIT, HOT, ETHER],
      ],
    ],
    [
      'keeps more than the remainder and a tenth',
      [
        [100, ALICE, DEPOSIT, ETHER],
        [200, DEPOSIT, HOT, (ETHER * 8n) / 10n],
        [9_000, BOB, ALICE, 1n],
      ],
    ],
    [
      'sends elsewhere too',
      [
        [100, ALICE, DEPOSIT, 2n * ETHER],
        [101, DEPOSIT, HOT, ETHER],
        [102, DEPOSIT, BOB, ETHER],
      ],
    ],
    [
      'sends to two exchanges',
      [
        [100, ALICE, DEPOSIT, 2n * ETHER],
        [101, DEPOSIT, HOT, ETHER],
        [102, DEPOSIT, OTHER, ETHER],
      ],
    ],
    [
      'never receives anything from outside',
      [
        [100, HOT, DEPOSIT, ETHER],
        [101, DEPOSIT, HOT, ETHER],
      ],
    ],
    [
      'is itself a tagged wallet',
      [
        [100, ALICE, HOT, ETHER],
        [101, HOT, COLD, ETHER],
      ],
    ],
    ['only receives from the exchange', [[100, HOT, DEPOSIT, ETHER]]],
  ] as readonly (readonly [string, readonly Move[]])[])('is not an account that %s', async (_, moves) => {
    expect(await find(moves)).toEqual([])
  })

  it('may sweep several receipts at once', async () => {
    const [finding] = await find([
      [100, ALICE, DEPOSIT, ETHER],
      [200, BOB, DEPOSIT, 2n * ETHER],
      [300, DEPOSIT, HOT, 3n * ETHER - 1n],
    ])
    expect(finding?.assets).toMatchObject([{ receipts: 2, inTime: 3n * ETHER, longestWait: 200, largestRemainder: 1n }])
  })

  it('need not forward the gas that the exchange sends it', async () => {
    const [finding] = await find([
      [100, ALICE, DEPOSIT, 1_000_000_000n, USDT],
      [110, HOT, DEPOSIT, ETHER / 20n],
      [120, DEPOSIT, HOT, 1_000_000_000n, USDT],
    ])
    expect(finding?.assets).toMatchObject([{ receipts: 1, received: 1_000_000_000n }])
  })

  it('is not spoilt by tokens that somebody dropped there, which the evidence mentions', async () => {
    const [finding] = await find([
      [100, ALICE, DEPOSIT, ETHER],
      [110, BOB, DEPOSIT, 10n ** 30n, SPAM],
      [120, DEPOSIT, HOT, ETHER],
    ])
    expect(finding?.entity.evidence).toContain('1 more asset was received and never sent to the exchange, and not counted')
  })

  it('must not keep native value beside the tokens that it forwards', async () => {
    expect(
      await find([
        [100, ALICE, DEPOSIT, 5_000_000n, USDT],
        [110, BOB, DEPOSIT, 40n * ETHER],
        [120, DEPOSIT, HOT, 5_000_000n, USDT],
      ]),
    ).toEqual([])
  })

  it('may hold what arrived shortly before the ledger ends', async () => {
    const moves: Move[] = [
      [100, ALICE, DEPOSIT, ETHER],
      [120, DEPOSIT, HOT, ETHER],
      [10_000, BOB, DEPOSIT, 50n * ETHER],
    ]
    expect(await find(moves)).toHaveLength(1)
    expect(await find([...moves, [20_000, ALICE, BOB, 1n]])).toEqual([])
  })

  it('does not make those who pay into it deposit addresses in turn', async () => {
    const found = await find([
      [90, BOB, ALICE, ETHER],
      [100, ALICE, DEPOSIT, ETHER],
      [120, DEPOSIT, HOT, ETHER],
    ])
    expect(found.map(({ address }) => address)).toEqual([DEPOSIT])
  })

  it('tolerates drifting values only as far as the parameters allow', async () => {
    const usd = (values: readonly [bigint, bigint]): Move[] => [
      [100, ALICE, DEPOSIT, values[0], 'usd'],
      [120, DEPOSIT, HOT, values[1], 'usd'],
      [9_000, ALICE, BOB, 1n, 'usd'],
    ]
    expect(await find(usd([1_000n, 990n]))).toHaveLength(1)
    expect(await find(usd([1_000n, 990n]), { ...RULE, minForwarded: '995/1000' })).toEqual([])
    expect(await find(usd([990n, 1_000n]), { ...RULE, minForwarded: '1/1' })).toHaveLength(1)
  })

  it('is asked for with parameters that make sense', async () => {
    await expect(find([[1, ALICE, HOT, 1n]], { ...RULE, minForwarded: '0.9' })).rejects.toMatchObject({ code: 'attribution/bad-parameter' })
    const question = {
      account: 0,
      address: DEPOSIT,
      transfers: [],
      blockOf: () => 0,
      serviceOf: (): Entity | null => null,
      native: 0,
    }
    expect(() => depositAddress(question, { ...RULE, maxRemainder: '0.01' })).toThrow('maxRemainder')
  })
})

describe('deposit addresses written as a TagPack', () => {
  it('load again as the exchange by deposit address, and carry nothing on to those who pay into them', async () => {
    const moves: Move[] = [
      [90, BOB, ALICE, ETHER],
      [100, ALICE, DEPOSIT, ETHER],
      [120, DEPOSIT, HOT, ETHER],
    ]
    const written = writeTagPack(depositTagPack(await find(moves), 'abc'))
    const tags = await withFiles({ 'deposits.yaml': written }, (folder) => loadTags([folder]))
    expect(tags.report.refused).toEqual([])
    expect(tags.entityOf(DEPOSIT)).toMatchObject({
      id: 'binance',
      kind: 'exchange',
      service: true,
      basis: 'deposit-address',
      confidence: 10,
    })
    const again: DepositFinding[] = []
    for await (const finding of detectDeposits(ledgerOf(moves), tags, RULE)) again.push(finding)
    expect(again).toEqual([])
  })
})

describe('detection over a whole ledger', () => {
  it('goes through accounts in order, reports progress and can be stopped', async () => {
    const moves: Move[] = []
    for (let i = 0; i < 5_000; i++) {
      const deposit = `0x${(0xd000_0000 + i).toString(16).padStart(40, '0')}`
      moves.push([100 + 2 * i, ALICE, deposit, ETHER], [101 + 2 * i, deposit, HOT, ETHER])
    }
    const ledger = ledgerOf(moves)
    const seen: number[] = []
    const found: DepositFinding[] = []
    for await (const finding of detectDeposits(ledger, TAGS, RULE, { progress: ({ done }) => seen.push(done) })) found.push(finding)
    expect(found).toHaveLength(5_000)
    expect(found.map(({ account }) => account)).toEqual(found.map(({ account }) => account).sort((a, b) => a - b))
    expect(seen.at(-1)).toBe(5_000)

    const stop = new AbortController()
    const run = async () => {
      for await (const _ of detectDeposits(ledger, TAGS, RULE, { signal: stop.signal })) stop.abort(new Error('enough'))
    }
    await expect(run()).rejects.toThrow('enough')
  })
})
