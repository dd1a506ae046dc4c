import { describe, expect, it } from 'vitest'
import { loadTags } from '../../src/attribution/index.ts'
import { withFiles } from './shared.ts'

const ACTORS = `title: Actors
creator: c
lastmod: 2023-02-17
actors:
- {id: binance, label: Binance, uri: binance.com, categories: [organization, defi_dex, exchange]}
- {id: okex, label: OKX, uri: okx.com, categories: [exchange]}
- {id: bittrex, label: Bittrex, uri: bittrex.com, categories: [exchange]}
- {id: tornado, label: Tornado Cash, uri: tornado.cash, categories: [mixing_service]}
- {id: gem, label: Gem, uri: gem.example, categories: [exchange]}
`
const address = (i: number): string => `0x${i.toString(16).padStart(40, '1')}`

/** Load labels given as [name, slugs]; address i is that of the i-th. */
const labels = (entries: readonly (readonly [string, readonly string[]])[]) =>
  withFiles(
    {
      'actors.yaml': ACTORS,
      'labels.json': JSON.stringify(Object.fromEntries(entries.map(([name, slugs], i) => [address(i), { name, labels: slugs }]))),
    },
    (folder) => loadTags([folder]),
  )

describe('Etherscan labels', () => {
  it('name an exchange where the label begins with it', async () => {
    const tags = await labels([
      ['Binance 14', ['binance']],
      ['OKX: Deposit Funder 3', ['okx']],
      ['Gate.io 2', ['gate-io']],
      ['', ['binance-deposit']],
    ])
    expect([0, 1, 2, 3].map((i) => tags.entityOf(address(i)))).toMatchObject([
      { id: 'binance', kind: 'exchange', service: true, confidence: 20, contact: 'https://binance.com' },
      { id: 'okex', kind: 'exchange', service: true },
      { id: 'gate-io', kind: 'exchange', service: true, contact: null },
      { id: 'binance', kind: 'exchange' },
    ])
  })

  it('give the deposit address of a customer to the exchange that keeps it', async () => {
    const tags = await labels([['ShapeShift: Bittrex Deposit', ['shapeshift', 'bittrex']]])
    expect(tags.entityOf(address(0))).toMatchObject({ id: 'bittrex', kind: 'exchange' })
  })

  it('of token contracts are no wallets, whatever exchange they stand under', async () => {
    const names = [
      'BNB (BNB)',
      '2GT_token (2GT)',
      'Binance: BNB Token',
      'HuobiPoolToken',
      'Wrapped BNB (Wormhole)',
      'Binance USD',
      'FTT (FTX Token)',
    ]
    const tags = await labels(names.map((name) => [name, ['binance', 'exchange']]))
    for (const [i] of names.entries()) {
      expect(tags.entityOf(address(i))).toMatchObject({ id: `token:${address(i)}`, kind: 'defi', service: false })
      expect(tags.entityOf(address(i))?.evidence[0]).toContain('names a token contract, not a wallet')
    }
  })

  it('of wallets that hold one token are wallets', async () => {
    const tags = await labels([
      ['Binance: KNC', ['binance']],
      ['Binance: Binance-Peg Tokens', ['binance']],
      ['Binance (hot)', ['binance']],
    ])
    for (const i of [0, 1, 2]) expect(tags.entityOf(address(i))).toMatchObject({ service: true, kind: 'exchange' })
  })

  it('of mixers, bridges and pools give their kind', async () => {
    const tags = await labels([
      ['Tornado.Cash: 100 ETH', ['tornado-cash', 'ofac-sanctions-lists']],
      ['Harmony: ERC20 Bridge', ['bridge']],
      ['SushiSwap: TMT-USDC', ['sushiswap']],
      ['OKX DEX: Aggregation Router', ['okx']],
    ])
    expect([0, 1, 2, 3].map((i) => tags.entityOf(address(i)))).toMatchObject([
      { id: 'tornado', kind: 'mixer', service: true },
      { id: 'harmony', kind: 'bridge', service: true },
      { id: 'sushiswap', kind: 'defi', service: true },
      { id: 'okex', kind: 'defi', service: true },
    ])
    expect(tags.entityOf(address(0))?.evidence.some((sentence) => sentence.startsWith('listed (sanction)'))).toBe(true)
  })

  it('that only put an address on a list name nobody', async () => {
    const tags = await labels([
      ['', ['blocked']],
      ['', ['airdrop-hunter']],
      ['Multichain Hack Alert 485', ['take-action']],
      ['', ['ofac-sanctions-lists']],
    ])
    for (const i of [0, 1, 2, 3]) expect(tags.entityOf(address(i))).toBeNull()
    expect(tags.tagsOf(address(3))).toMatchObject([{ abuse: 'sanction', label: 'ofac-sanctions-lists', tagType: 'attribute' }])
  })

  it('do not match an actor by a word that is only a subject', async () => {
    const tags = await labels([
      ['Gem Hunters (GEMH)', ['gem']],
      ['Some Vault', ['gold', 'gem']],
    ])
    expect(tags.tagsOf(address(0))).toMatchObject([{ actor: null }])
    expect(tags.entityOf(address(1))?.service).toBe(false)
  })

  it('that are not of the form are refused by entry, and repeated keys are noted', async () => {
    const tags = await withFiles(
      {
        'l.json': `{"${address(1)}": {"name": "a", "labels": ["binance"]},\n"${address(2)}": {"name": 5, "labels": []},\n"${address(1)}": {"name": "b", "labels": ["binance"]}}`,
      },
      (folder) => loadTags([folder]),
    )
    expect(tags.size).toBe(1)
    expect(tags.report.refused).toMatchObject([{ line: 2, field: address(2) }])
    expect(tags.report.notes[0]?.note).toContain('twice')
  })
})
