import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  accountJson,
  accountOf,
  describeAccount,
  describeHoldings,
  describeRecordYears,
  findHeists,
  formatUsd,
  type Heist,
  heistSeeds,
  latestTotals,
  OUTCOME_STATES,
  parseUsd,
  parseWhen,
  type Register,
  readRegister,
  recordYears,
  seedChains,
  type When,
} from '../../../src/cases/heists/index.ts'
import { changed, SMALL } from './small.ts'

const small = readRegister(SMALL, 'heists.yaml')
const ETHEREUM = 'eip155:1'

describe('the yearly account', () => {
  it('adds up the lowest claims of what is not contested', () => {
    const { years, total, leftOut } = accountOf(small, { kind: 'lowest' })
    expect(years.map(({ year, heists, sums }) => [year, heists, sums.stolen])).toEqual([
      ['2023', 1, 90_000n],
      ['2024', 0, 0n],
    ])
    expect(total.sums.frozen).toBe(15_000n)
    expect(leftOut).toEqual([{ id: 'second', reason: 'attribution only suspected' }])
  })

  it('adds up the highest claims of everything', () => {
    const { total } = accountOf(small, { kind: 'highest' })
    expect(total).toMatchObject({ heists: 2, sums: { stolen: 150_025n, frozen: 17_000n, recovered: 0n } })
  })

  it('adds up what one publisher says', () => {
    const { total, leftOut } = accountOf(small, { kind: 'publisher', by: 'FBI' })
    expect(total).toMatchObject({ heists: 1, sums: { stolen: 100_025n, frozen: 10_000n } })
    expect(leftOut).toEqual([{ id: 'second', reason: 'no figure by FBI' }])
  })

  it('counts of what is held only the latest claims', () => {
    const held = (when: string, usd: string) => `      - { state: held, by: FBI, when: ${when}, usd: ${usd}, source: fbi-1 }\n`
    const content = changed(
      '    outcomes:\n',
      `    outcomes:\n${held('2023-05', '800')}${held('2024-06-01', '20')}${held('2024-06', '30')}`,
    )
    const register = readRegister(content, 'heists.yaml')
    expect(accountOf(register, { kind: 'lowest' }).total.sums.held).toBe(2_000n)
    expect(accountOf(register, { kind: 'highest' }).total.sums.held).toBe(3_000n)
  })

  it('leaves a theft out of the low account when the attribution is disputed, not when an amount is', () => {
    const dispute = (about: string) =>
      readRegister(
        changed('    outcomes:\n', `    disputed:\n      - { about: ${about}, by: Victim, says: no, source: post }\n    outcomes:\n`),
        'heists.yaml',
      )
    expect(accountOf(dispute('attribution'), { kind: 'lowest' }).leftOut.map(({ id }) => id)).toEqual(['first', 'second'])
    expect(accountOf(dispute('amount'), { kind: 'lowest' }).leftOut.map(({ id }) => id)).toEqual(['second'])
  })

  it('says in plain English what it counts, what it leaves out and which register it is of', () => {
    const low = describeAccount(accountOf(small, { kind: 'lowest' }))
    expect(low).toContain('the lowest claim of each; contested thefts left out.')
    expect(low).toContain(`SHA-256 ${small.digest}`)
    expect(low).toContain('Left out (1): second (attribution only suspected).')
    expect(low).toMatch(/^2023 +1 +\$900 +- +- +\$150 +- +-$/m)
    expect(describeAccount(accountOf(small, { kind: 'highest' }))).toContain('Contested, and counted here (1): second')
    expect(describeAccount(accountOf(small, { kind: 'publisher', by: 'FBI' }))).toContain('Left out: 1 theft that FBI gives no figure for.')
  })

  it('goes out as plain JSON with exact sums', () => {
    expect(accountJson(accountOf(small, { kind: 'highest' }))).toMatchObject({ total: { sums: { stolen: '150025' } } })
  })
})

describe('record years', () => {
  const withTotals = readRegister(
    `${SMALL}totals:
  - { by: FBI, period: 2022, usd: 100, published: 2023-01, source: fbi-1 }
  - { by: FBI, period: 2022, usd: 90, published: 2024-01, source: fbi-1 }
  - { by: FBI, period: 2023, usd: 95, published: 2024-01, says_record: yes, source: fbi-1 }
  - { by: FBI, period: 2017/2023, usd: 900, published: 2024-01, source: fbi-1 }
  - { by: Victim, period: 2022, usd: 300, published: 2024, source: post }
holdings:
  - { by: FBI, when: 2024-05, usd: 12.50, as: at least, source: fbi-1, note: "In six addresses." }
`,
    'heists.yaml',
  )

  it('takes the latest figure of each publisher for a year, and no longer time for one', () => {
    expect(latestTotals(withTotals.totals).map(({ by, period, cents }) => [by, period, cents])).toEqual([
      ['FBI', '2022', 9_000n],
      ['FBI', '2023', 9_500n],
      ['Victim', '2022', 30_000n],
    ])
    expect(recordYears(withTotals).map(({ by, year, saysSo, years }) => [by, year, saysSo, years])).toEqual([
      ['FBI', '2023', true, 2],
      ['Victim', '2022', false, 1],
      ['the register, lowest claims', '2023', false, 2],
      ['the register, highest claims', '2023', false, 2],
    ])
    expect(describeRecordYears(recordYears(withTotals))).toContain('FBI: 2023, $95 (of 2 years with a figure; calls it a record itself)')
  })

  it('keeps what is found in their hands apart from the account', () => {
    expect(describeHoldings(withTotals)).toBe('FBI, 2024-05: at least $12.50. In six addresses.')
    expect(accountOf(withTotals, { kind: 'highest' }).total.sums.held).toBe(0n)
  })
})

describe('looking up thefts', () => {
  it('finds by year, victim, chain, who attributed it and how firmly', () => {
    const ids = (question: Parameters<typeof findHeists>[1]) => findHeists(small, question).map(({ id }) => id)
    expect(ids({})).toEqual(['first', 'second'])
    expect(ids({ year: '2023' })).toEqual(['first'])
    expect(ids({ victim: 'BRIDGE' })).toEqual(['second'])
    expect(ids({ chain: 'bip122:000000000019d6689c085ae165831e93' })).toEqual(['first'])
    expect(ids({ chain: ETHEREUM, year: '2024' })).toEqual(['second'])
    expect(ids({ attributedBy: 'FBI' })).toEqual(['first'])
    expect(ids({ standing: 'suspected' })).toEqual(['second'])
    expect(ids({ year: '1999' })).toEqual([])
  })

  it('gives transactions as seeds, else the addresses that received, and nothing that only held', () => {
    const [first, second] = small.heists as [Heist, Heist]
    expect(seedChains(first)).toEqual([ETHEREUM, 'bip122:000000000019d6689c085ae165831e93'])
    expect(heistSeeds(first, ETHEREUM)).toEqual([
      { kind: 'account', account: '0x098b716b8aaf21512996dc57eb0615e2383e2f96', asset: null, from: null },
    ])
    expect(heistSeeds(second, ETHEREUM)).toEqual([
      { kind: 'transaction', transaction: '0xc28fad5e8d5e0ce6a2eaf67b6687be5d58113e16be590824d6cfa1a94467d0b7' },
    ])
    expect(heistSeeds(second, 'eip155:137')).toEqual([])
  })
})

const when = (text: string): When => parseWhen(text) as When
const sourced = { source: 's', note: null }
const cents = fc.bigInt({ min: 1n, max: 10n ** 14n })
const publisher = fc.constantFrom('A', 'B', 'C')

const heists = fc.array(
  fc.record({
    year: fc.integer({ min: 2016, max: 2026 }),
    usd: fc.array(fc.record({ by: publisher, cents }), { maxLength: 4 }),
    suspected: fc.boolean(),
    disputed: fc.boolean(),
    outcomes: fc.array(
      fc.record({
        state: fc.constantFrom(...OUTCOME_STATES),
        event: fc.constantFrom('total', 'x', 'y'),
        by: publisher,
        cents: fc.option(cents),
      }),
      { maxLength: 6 },
    ),
  }),
  { maxLength: 12 },
)

const registers = heists.map((list): Register => {
  const built = list.map(
    ({ year, usd, suspected, disputed, outcomes }, i): Heist => ({
      id: `h${i}`,
      victim: `Victim ${i}`,
      kind: 'exchange',
      dates: [{ when: when(String(year)), ...sourced }],
      amounts: [],
      usd: usd.map((claim) => ({ ...claim, qualifier: 'about', ...sourced })),
      attribution: [
        { by: 'A', kind: 'government', when: when('2026'), confidence: suspected ? 'suspected' : 'confirmed', actor: null, ...sourced },
      ],
      disputed: disputed ? [{ about: 'attribution', by: 'B', when: null, says: 'no', ...sourced }] : [],
      denials: [],
      outcomes: outcomes.map((outcome) => ({
        ...outcome,
        when: when('2026'),
        qualifier: 'about',
        asset: null,
        amount: null,
        ...sourced,
      })),
      addresses: [],
      transactions: [],
      seedsNote: 'none',
      note: null,
    }),
  )
  return { asOf: when('2026'), publishers: ['A', 'B', 'C'], sources: [], denials: [], totals: [], holdings: [], heists: built, digest: '' }
})

describe('any account', () => {
  it('has a total that is the sum of its years, and counts or names every theft', () => {
    fc.assert(
      fc.property(
        registers,
        fc.constantFrom({ kind: 'lowest' } as const, { kind: 'highest' } as const, { kind: 'publisher', by: 'B' } as const),
        (register, basis) => {
          const account = accountOf(register, basis)
          for (const state of ['stolen', ...OUTCOME_STATES] as const) {
            expect(account.years.reduce((sum, { sums }) => sum + sums[state], 0n)).toBe(account.total.sums[state])
          }
          expect(account.years.reduce((sum, { heists: counted }) => sum + counted, 0)).toBe(account.total.heists)
          expect(account.total.heists + account.leftOut.length).toBe(register.heists.length)
        },
      ),
    )
  })

  it('has low figures that no high one is below, in every year and column, with every publisher at most the high one', () => {
    fc.assert(
      fc.property(registers, (register) => {
        const low = accountOf(register, { kind: 'lowest' })
        const high = accountOf(register, { kind: 'highest' })
        for (const [i, { year, sums }] of high.years.entries()) {
          expect(low.years[i]?.year).toBe(year)
          for (const state of ['stolen', ...OUTCOME_STATES] as const) expect(low.years[i]?.sums[state]).toBeLessThanOrEqual(sums[state])
        }
        for (const by of register.publishers) {
          expect(accountOf(register, { kind: 'publisher', by }).total.sums.stolen).toBeLessThanOrEqual(high.total.sums.stolen)
        }
      }),
    )
  })

  it('keeps dollars exact through text', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 17n - 1n }), (value) => {
        expect(parseUsd(formatUsd(value).replaceAll(/[$,]/g, ''))).toBe(value)
      }),
    )
  })
})
