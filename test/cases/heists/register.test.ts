import { beforeAll, describe, expect, it } from 'vitest'
import {
  accountOf,
  contested,
  findHeists,
  heistSeeds,
  heistSeedText,
  loadRegister,
  READINGS,
  type Register,
  recordYears,
  seedChains,
  standingOf,
  yearOf,
} from '../../../src/cases/heists/index.ts'
import { addressScript, BITCOIN_NETWORKS, checksumAddress } from '../../../src/chain/index.ts'
import { readSeeds } from '../../../src/trace/index.ts'

let register: Register
beforeAll(async () => {
  register = await loadRegister()
})

describe('the register that comes with Cordon', () => {
  it('has at least 40 thefts of 2016 to 2026 that a government, a court, the UN Panel, an analyst or the victim attributes, more than suspecting', () => {
    const firm = register.heists.filter((heist) => standingOf(heist) !== 'suspected')
    expect(firm.length).toBeGreaterThanOrEqual(40)
    expect(firm.filter((heist) => standingOf(heist) === 'official').length).toBeGreaterThanOrEqual(30)
    for (const heist of register.heists) expect(Number(yearOf(heist))).toBeGreaterThanOrEqual(2016)
    for (const heist of register.heists) expect(Number(yearOf(heist))).toBeLessThanOrEqual(2026)
  })

  it('names for every fact a source that exists, and has no source or publisher that nothing names', () => {
    const sources = new Set(register.sources.map(({ id }) => id))
    const facts = [
      ...register.denials,
      ...register.totals,
      ...register.holdings,
      ...register.heists.flatMap((heist) => [
        ...heist.dates,
        ...heist.amounts,
        ...heist.usd,
        ...heist.attribution,
        ...heist.disputed,
        ...heist.outcomes,
        ...heist.addresses,
        ...heist.transactions,
      ]),
    ]
    for (const { source } of facts) expect(sources).toContain(source)
    expect(new Set(facts.map(({ source }) => source))).toEqual(sources)
  })

  it('says of every source when and how it was read', () => {
    for (const source of register.sources) {
      expect(READINGS).toContain(source.readAs)
      expect(source.read.text).toBe('2026-11-25')
      expect(source.url).toMatch(/^https?:\/\//)
    }
    expect(register.sources.filter(({ readAs }) => readAs === 'recalled')).toEqual([])
  })

  it('dates no attribution, outcome or publication before the theft, or after the day of the register', () => {
    const day = register.asOf.text
    for (const heist of register.heists) {
      const begun = yearOf(heist)
      for (const { when } of [...heist.attribution, ...heist.outcomes]) {
        expect(when.text.slice(0, 4) >= begun, `${heist.id}: ${when.text}`).toBe(true)
        expect(when.text <= day, `${heist.id}: ${when.text}`).toBe(true)
      }
    }
    for (const { published } of register.totals) expect(published.text <= day).toBe(true)
  })

  it('writes every address with its checksum and every transaction whole', () => {
    for (const { addresses, transactions } of register.heists) {
      for (const { chain, address } of addresses) {
        if (chain.startsWith('eip155:')) expect(checksumAddress(address)).toBe(address)
        else expect(addressScript(address, BITCOIN_NETWORKS.main)).not.toBeNull()
      }
      for (const { hash } of transactions) expect(hash).toMatch(/^(0x)?[0-9a-f]{64}$/)
    }
  })

  it('opens thefts into a trace: the seeds of each chain read back as they were written', () => {
    let opened = 0
    for (const heist of register.heists) {
      for (const chain of seedChains(heist)) {
        expect(readSeeds(heistSeedText(register, heist, chain))).toEqual(heistSeeds(heist, chain))
        opened++
      }
      if (seedChains(heist).length === 0) expect(heist.seedsNote).not.toBeNull()
    }
    expect(opened).toBeGreaterThanOrEqual(30)
  })

  it('knows the thefts that the FBI named, with its figures', () => {
    const fbi = accountOf(register, { kind: 'publisher', by: 'FBI' })
    expect(fbi.years.filter(({ heists }) => heists > 0).map(({ year, sums }) => [year, sums.stolen])).toEqual([
      ['2022', 720_000_000_00n],
      ['2023', 238_000_000_00n],
      ['2025', 1_500_000_000_00n],
    ])
    const bybit = findHeists(register, { victim: 'bybit' })
    expect(bybit.map(({ id }) => id)).toEqual(['bybit-2025'])
    expect(bybit[0]?.attribution.find(({ by }) => by === 'FBI')).toMatchObject({ confidence: 'confirmed', when: { text: '2025-02-26' } })
  })

  it('says the record year by source, and does not make one of them', () => {
    const records = recordYears(register)
    const of = (by: string) => records.find((record) => record.by === by)
    expect(of('Chainalysis')).toMatchObject({ year: '2025', cents: 2_020_000_000_00n, saysSo: true })
    expect(of('Elliptic')).toMatchObject({ year: '2025', saysSo: true })
    expect(of('TRM Labs')).toMatchObject({ year: '2022', cents: 850_000_000_00n, saysSo: false })
    expect(of('UN Panel of Experts')).toMatchObject({ year: '2022', saysSo: true })
    expect(of('the register, lowest claims')?.year).toBe('2025')
    expect(of('the register, highest claims')?.year).toBe('2025')
  })

  it('keeps what is disputed out of the low account and in the high one', () => {
    const low = accountOf(register, { kind: 'lowest' })
    const high = accountOf(register, { kind: 'highest' })
    const doubtful = register.heists.filter((heist) => contested(heist) !== null).map(({ id }) => id)
    expect(doubtful).toEqual(expect.arrayContaining(['nicehash-2017', 'coincheck-2018', 'swissborg-2025']))
    expect(low.leftOut.map(({ id }) => id)).toEqual(doubtful)
    expect(high.leftOut).toEqual([])
    expect(high.contested.map(({ id }) => id)).toEqual(doubtful)
    expect(high.total.sums.stolen).toBeGreaterThan(low.total.sums.stolen)
  })

  it('has no theft that nobody holds for the DPRK’s', () => {
    expect(findHeists(register, { victim: 'nobitex' })).toEqual([])
  })
})
