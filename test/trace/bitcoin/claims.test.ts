import { afterAll, describe, expect, it } from 'vitest'
import { type Tag, tagStore } from '../../../src/attribution/index.ts'
import { flowsCsv, readSeeds, renderReport, runTrace, type TraceDocument, type TraceParameters, toGexf } from '../../../src/trace/index.ts'
import { hash } from '../../ledger/bitcoin/chain.ts'
import { addressOf, clearLedgers, exchanges, ledgerOf, type Told, txid } from './world.ts'

afterAll(clearLedgers)

const ALONE = { fees: 'share', mixing: 'stop', clusters: 'none' } as const

async function trace(
  blocks: readonly (readonly Told[])[],
  seeds: string,
  parameters: Partial<TraceParameters> = { bitcoin: ALONE },
  tags = tagStore([]),
): Promise<TraceDocument> {
  const ledger = await ledgerOf(blocks)
  try {
    return await runTrace({ ledger, tags, seeds: readSeeds(seeds), parameters })
  } finally {
    await ledger.close()
  }
}

const MEMO = '=:ETH.ETH:0xe6a30f4f3bad978910e2cbb4d97581f5b5a0ade0:0/1/0'
const THEFT: readonly Told[] = [{ name: 'theft', from: ['coinbase-0:0'], to: [['thief', 10_000]] }]
const swap = (to: string): readonly Told[] => [{ name: 'swap', from: ['theft:0'], to: [[to, 7000], { data: MEMO }, ['thief', 2900]] }]

describe('a swap memo', () => {
  it('does not take the place of a tag: what is paid to an exchange is paid to an exchange, whatever is written beside it', async () => {
    const document = await trace([THEFT, swap('exchange')], `${txid('theft')}:0`, { bitcoin: ALONE }, exchanges('exchange'))
    expect(document.entities.map(({ label, kind }) => [label, kind])).toContainEqual(['exchange', 'exchange'])
    expect(document.entities.some(({ kind }) => kind === 'bridge')).toBe(false)
    expect(document.bitcoin?.exits).toEqual([])
  })

  it('does not end a trace where the output beside it is spent as no vault spends', async () => {
    const blocks = [THEFT, swap('accomplice'), [{ name: 'on', from: ['swap:0'], to: [['exchange', 6900]] }]] as const
    const document = await trace(blocks, `${txid('theft')}:0`, { bitcoin: ALONE }, exchanges('exchange'))
    expect(document.entities.find(({ kind }) => kind === 'exchange')?.amounts[0]?.amount).toBe('6900')
    expect(document.bitcoin?.exits).toEqual([])
  })

  it('ends a trace where the output is unspent, and where it is spent with the memo of a vault', async () => {
    const outbound = [
      {
        name: 'out',
        from: ['swap:0'],
        to: [['somebody', 1000], ['vault', 5800], { data: 'OUT:8330CAC064370F86352D247DE3046C9AA8C3E53C78760E5D35CFC7CAA3068DC6' }],
      },
    ] as const
    for (const blocks of [
      [THEFT, swap('vault')],
      [THEFT, swap('vault'), outbound],
    ]) {
      const document = await trace(blocks, `${txid('theft')}:0`)
      expect(document.bitcoin?.exits.map(({ chain, value }) => [chain, value])).toEqual([['ETH', '7000']])
      expect(document.entities.find(({ kind }) => kind === 'bridge')?.amounts[0]?.amount).toBe('7000')
    }
  })
})

/** Five owners mix in a Whirlpool of 0.05 BTC; the thief is one of them. */
const MIX: readonly (readonly Told[])[] = [
  ...['thief', 'b', 'c', 'd', 'e'].map((who, k): readonly Told[] => [
    { name: `fund-${who}`, from: [`coinbase-${k}:0`], to: [[who, k < 2 ? 5_000_400 : 5_000_000]] },
  ]),
  [
    {
      name: 'mix',
      from: ['fund-thief:0', 'fund-b:0', 'fund-c:0', 'fund-d:0', 'fund-e:0'],
      to: [1, 2, 3, 4, 5].map((n) => [`mixed-${n}`, 5_000_000] as const),
    },
  ],
]

describe('a CoinJoin', () => {
  it('is entered by the stolen inputs alone under every rule, whether the trace stops at it or goes on', async () => {
    for (const mixing of ['stop', 'follow'] as const) {
      for (const policy of ['poison', 'haircut', 'fifo', 'lifo', 'tiho'] as const) {
        const document = await trace(MIX, `${txid('fund-thief')}:0`, { policy, minShare: '0/1', bitcoin: { ...ALONE, mixing } })
        expect(document.bitcoin?.mixes.map(({ family, stolen, entered }) => ({ mixing, policy, family, stolen, entered }))).toEqual([
          {
            mixing,
            policy,
            family: 'whirlpool',
            stolen: '5000400',
            entered: [{ account: `${txid('fund-thief')}:0`, stolen: '5000400', value: '5000400' }],
          },
        ])
      }
    }
  })
})

describe('a tag', () => {
  it('of something that is no address is passed over', async () => {
    const [tag] = exchanges('exchange').tagsOf(addressOf('exchange'))
    const odd = ['unknown', 'issuance', 'unspendable', 'bc1qnonsense'].map((address): Tag => ({ ...(tag as Tag), address }))
    const document = await trace([THEFT], `${txid('theft')}:0`, { bitcoin: { ...ALONE, clusters: 'multi-input' } }, tagStore(odd))
    expect(document.endpoints.map(({ kind }) => kind)).toEqual(['held'])
  })
})

describe('a seed', () => {
  const blocks: readonly (readonly Told[])[] = [
    [{ name: 'theft', from: ['coinbase-0:0'], to: [['thief', 1000], ['empty', 0], { data: 'hello' }] }],
    [{ name: 'blind', from: ['theft:0'], unknown: 1, to: [['x', 5000]] }],
  ]

  it('that holds nothing, or an amount that nobody knows, is refused: a trace of nothing would look like a clean result', async () => {
    for (const seed of [`${txid('theft')}:1`, `${txid('theft')}:2`, addressOf('empty'), `${hash('unknown', 'blind', 0)}:0`])
      await expect(trace(blocks, seed), seed).rejects.toMatchObject({ code: 'trace/seed-without-value' })
    await expect(trace(blocks, `${hash('unknown', 'blind', 0)}:0`)).rejects.toThrow('does not know')
    expect((await trace(blocks, addressOf('thief'))).conservation[0]?.seeded).toBe('1000')
  })
})

describe('what strangers wrote on the chain', () => {
  it('is text in every output: it neither becomes markup nor steers a spreadsheet', async () => {
    const hostile = '=:e:<script>alert(1)</script>"&\':1:=cmd|x!A1'
    const document = await trace(
      [THEFT, [{ name: 'swap', from: ['theft:0'], to: [['vault', 7000], { data: hostile }, ['thief', 2900]] }]],
      `${txid('theft')}:0`,
    )
    expect(document.bitcoin?.exits[0]).toMatchObject({ memo: hostile, destination: '<script>alert(1)<', affiliate: '=cmd|x!A1' })
    const page = renderReport(document)
    expect(page).not.toContain('<script>alert')
    expect(page).toContain('&#60;script&#62;alert(1)')
    expect(toGexf(document)).not.toContain('<script>')
    for (const line of flowsCsv(document).split('\n'))
      for (const cell of line.split(',')) expect(cell.replace(/^"/, '')).not.toMatch(/^[=+@]/)
  })
})
