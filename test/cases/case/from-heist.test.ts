import { beforeAll, describe, expect, it } from 'vitest'
import { heistCase, readClaim, readDenial } from '../../../src/cases/case/index.ts'
import { loadRegister, type Register, readRegister } from '../../../src/cases/heists/index.ts'
import { SMALL } from '../heists/small.ts'

const small = readRegister(SMALL, 'heists.yaml')

describe('a theft as a case', () => {
  let register: Register
  beforeAll(async () => {
    register = await loadRegister()
  })

  it('has every claim with who says it and where it was read', () => {
    const { given, heist, claims, denials } = heistCase(small, small.heists[0] as never)
    expect(given).toEqual({ title: 'First Exchange (first)', summary: null, tags: ['heist'] })
    expect(heist).toEqual({
      id: 'first',
      victim: 'First Exchange',
      register: small.digest,
      seeds: [
        { chain: 'eip155:1', seeds: ['0x098b716b8aaf21512996dc57eb0615e2383e2f96'] },
        { chain: 'bip122:000000000019d6689c085ae165831e93', seeds: ['1EnJHhq8Jq8vDuZA5ahVh6H4t6jh1mB4rq'] },
      ],
    })
    expect(
      claims.map(({ about, claimant, says, when, confidence, source }) => [about, claimant, says, when, confidence, source.title]),
    ).toEqual([
      ['date', 'Victim', 'It happened on 2023-01-02 (UTC).', null, null, 'Post mortem'],
      ['amount', 'Victim', '10.5 ETH were taken (eip155:1/slip44:60).', null, null, 'Post mortem'],
      ['value', 'FBI', 'It was worth about $1,000.25 at the time.', null, null, 'Release'],
      ['value', 'Victim', 'It was worth about $900 at the time.', null, null, 'Post mortem'],
      ['attribution', 'FBI', 'It was done by actors of the DPRK.', '2024-05', 'confirmed', 'Release'],
      ['outcome', 'FBI', 'About $100 was frozen (a).', '2024-05', null, 'Release'],
      ['outcome', 'Victim', 'About $50 was frozen (b).', '2024-05', null, 'Post mortem'],
      ['outcome', 'Victim', 'About $170 was frozen.', '2024-05', null, 'Post mortem'],
    ])
    expect(claims[2]?.source).toEqual({
      title: 'Release',
      publisher: 'FBI',
      url: 'https://www.fbi.gov/1',
      original: null,
      published: '2024-05',
      read: '2026-11-25',
      readAs: 'page',
      sha256: null,
      reliability: 'F',
      credibility: 6,
    })
    expect(denials).toEqual([])
  })

  it('of the register that comes with Cordon loses no fact, and every one is a claim or a denial that would be taken from a person', () => {
    for (const heist of register.heists) {
      const { claims, denials } = heistCase(register, heist)
      const { dates, amounts, usd, attribution, outcomes, disputed } = heist
      expect(claims).toHaveLength(dates.length + amounts.length + usd.length + attribution.length + outcomes.length)
      expect(denials).toHaveLength(disputed.length + heist.denials.length)
      for (const claim of claims) expect(readClaim(claim)).toEqual(claim)
      for (const { body, disputes } of denials) {
        expect(readDenial(body)).toEqual(body)
        for (const at of disputes) expect(claims[at]).toBeDefined()
      }
    }
  })

  it('has denials of the attribution dispute the attributions, and no other claim', () => {
    const doubted = register.heists.filter((heist) => heist.disputed.some(({ about }) => about === 'attribution'))
    expect(doubted.length).toBeGreaterThan(0)
    for (const heist of doubted) {
      const { claims, denials } = heistCase(register, heist)
      const first = denials[heist.disputed.findIndex(({ about }) => about === 'attribution')]
      expect(first?.disputes.map((at) => claims[at]?.about)).toEqual(heist.attribution.map(() => 'attribution'))
    }
  })
})
