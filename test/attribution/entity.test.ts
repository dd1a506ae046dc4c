import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Actor, standing, type Tag, tagStore, unnamedService } from '../../src/attribution/index.ts'
import { tagOf } from './tag-of.ts'

const ADDRESS = '0xfa8e3920daf271dab92be9b87d9998ddd94fef08'

const tag = (fields: Partial<Tag>): Tag => tagOf({ address: ADDRESS, currency: 'ETH', network: 'ETH', ...fields })
const actor = (id: string, label: string, categories: readonly string[]): Actor => ({
  id,
  label,
  uri: `${id}.com`,
  categories,
  jurisdictions: [],
  aliases: [],
  context: null,
  lastmod: null,
  pack: 'actors',
  file: 'actors.yaml',
})
const ACTORS = [
  actor('binance', 'Binance', ['organization', 'defi_dex', 'exchange', 'mining_service']),
  actor('tornado', 'Tornado Cash', ['mixing_service']),
  actor('lazarusgroup', 'Lazarus Group', ['phishing', 'ransomware', 'sanction', 'service_hack']),
]
const entityOf = (...tags: readonly Tag[]) => tagStore(tags, ACTORS).entityOf(ADDRESS)

describe('who is behind an address', () => {
  it('is the claim of highest confidence, and the others stay visible', () => {
    const entity = entityOf(
      tag({ label: 'Kraken 5', category: 'exchange' }),
      tag({ label: 'reserve', category: 'exchange', actor: 'binance', confidence: 'service_data' }),
    )
    expect(entity).toMatchObject({
      id: 'binance',
      label: 'Binance',
      kind: 'exchange',
      service: true,
      confidence: 50,
      conflicts: ['kraken'],
      contact: 'https://binance.com',
    })
    expect(entity?.evidence).toEqual([
      '"reserve" in pack (service_data, 50 of 100), source https://example.org',
      'against it: "Kraken 5" in pack (web_crawl, 20 of 100), source https://example.org',
    ])
  })

  it('among equal levels is the better source of the scale', () => {
    // service_data and forensic both count 50; the scale names service_data first.
    expect(
      entityOf(
        tag({ label: 'A', category: 'exchange', confidence: 'forensic' }),
        tag({ label: 'B', category: 'exchange', confidence: 'service_data' }),
      )?.id,
    ).toBe('b')
  })

  it('does not depend on the order of the tags', () => {
    const tags = [
      tag({ label: 'A 1', category: 'exchange' }),
      tag({ label: 'B 2', category: 'exchange' }),
      tag({ label: 'B 3', category: 'gambling' }),
      tag({ label: 'C', actor: 'binance' }),
      tag({ label: 'BNB (BNB)', concepts: ['exchange'] }),
      tag({ label: 'hack', abuse: 'service_hack' }),
      tag({ label: 'listed', category: 'black_list', confidence: 'ledger_immanent' }),
    ]
    const expected = entityOf(...tags)
    fc.assert(
      fc.property(fc.shuffledSubarray(tags, { minLength: tags.length }), (shuffled) => {
        expect(entityOf(...shuffled)).toEqual(expected)
      }),
    )
  })

  it.each([
    ['exchange', 'exchange'],
    ['mixing_service', 'mixer'],
    ['defi_bridge', 'bridge'],
    ['defi_dex', 'defi'],
    ['gambling', 'gambling'],
    ['payment_processor', 'payment'],
    ['wallet_service', 'custody'],
    ['market', 'other-service'],
  ])('of the concept %s is a service of the kind %s', (concept, kind) => {
    expect(entityOf(tag({ concepts: [concept] }))).toMatchObject({ kind, service: true })
    expect(entityOf(tag({ category: concept }))).toMatchObject({ kind, service: true })
  })

  it('takes its kind from the actor where the tag itself names none', () => {
    expect(entityOf(tag({ actor: 'binance' }))).toMatchObject({ kind: 'exchange', service: true })
    expect(entityOf(tag({ actor: 'nobody' }))).toMatchObject({ id: 'nobody', kind: 'actor', service: false, contact: null })
  })
})

describe('tags that do not make a service', () => {
  it('of a group under sanctions let a trace pass', () => {
    expect(
      entityOf(tag({ label: 'Lazarus group', category: 'user', abuse: 'sanction', actor: 'lazarusgroup', confidence: 'authority_data' })),
    ).toMatchObject({
      id: 'lazarusgroup',
      kind: 'actor',
      service: false,
      abuse: 'sanction',
      contact: null,
    })
  })

  it('of a hack let a trace pass, also when they name the exchange that was robbed', () => {
    expect(entityOf(tag({ label: 'Atomic Wallet Hack', abuse: 'service_hack' }))).toMatchObject({ service: false, abuse: 'service_hack' })
    expect(entityOf(tag({ label: 'Binance hack', abuse: 'service_hack', actor: 'binance' }))).toMatchObject({
      kind: 'actor',
      service: false,
      abuse: 'service_hack',
    })
  })

  it('of a blacklist are facts about the address and name nobody', () => {
    const listed = tag({ label: 'USDT_blacklisted', category: 'black_list', confidence: 'ledger_immanent' })
    expect(entityOf(listed)).toBeNull()
    const both = entityOf(listed, tag({ label: 'Binance 14', concepts: ['exchange'] }))
    expect(both).toMatchObject({ id: 'binance', confidence: 20, conflicts: [] })
    expect(both?.evidence.at(-1)).toContain('listed (black_list): "USDT_blacklisted"')
  })

  it('of events and mentions name nobody', () => {
    expect(entityOf(tag({ label: 'seen in a forum', category: 'exchange', tagType: 'mention' }))).toBeNull()
  })

  it('of persons on a list yield to any tag that names a service, however official the list', () => {
    const list = tag({ label: 'Asset listed under US Treasury OFAC Sanctions List', category: 'user', confidence: 'authority_data' })
    expect(entityOf(list, tag({ label: 'Tornado.Cash: 0.1 ETH', category: 'mixing_service' }))).toMatchObject({
      id: 'tornado',
      kind: 'mixer',
      service: true,
    })
    expect(entityOf(list)).toMatchObject({ kind: 'actor', service: false })
  })

  it('of a sanctioned mixer leave it a mixer', () => {
    expect(entityOf(tag({ category: 'mixing_service', abuse: 'sanction', actor: 'tornado' }))).toMatchObject({
      kind: 'mixer',
      service: true,
    })
  })
})

describe('the null account', () => {
  it.each(['0x0000000000000000000000000000000000000000', '0x000000000000000000000000000000000000dEaD'])(
    '%s is known without tags',
    (address) => {
      expect(tagStore([]).entityOf(address)).toMatchObject({ id: 'null-account', kind: 'null-account', confidence: 100 })
    },
  )

  it('is what labels call it', () => {
    expect(entityOf(tag({ label: 'Null: 0xfa8...f08' }))).toMatchObject({ kind: 'null-account', confidence: 20 })
  })
})

describe('services by behaviour', () => {
  it('are accounts with at least as many transfers as the threshold, which the evidence states', () => {
    expect(unnamedService(ADDRESS, { in: 3_000, out: 1_999 }, { hubTransfers: 5_000 })).toBeNull()
    const hub = unnamedService(ADDRESS, { in: 3_000, out: 2_000 }, { hubTransfers: 5_000 })
    expect(hub).toMatchObject({ id: `unnamed:${ADDRESS}`, kind: 'unnamed-service', service: true, basis: 'behaviour', confidence: 10 })
    expect(hub?.evidence).toEqual([
      "5000 transfers (3000 in, 2000 out), at or above the threshold of 5000: other people's money passes here",
    ])
  })

  it('may be asked to have many counterparties too', () => {
    const rule = { hubTransfers: 5_000, hubCounterparties: 500 }
    expect(unnamedService(ADDRESS, { in: 5_000, out: 0, counterparties: 499 }, rule)).toBeNull()
    expect(unnamedService(ADDRESS, { in: 5_000, out: 0, counterparties: 500 }, rule)).not.toBeNull()
    expect(unnamedService(ADDRESS, { in: 5_000, out: 0 }, rule)).not.toBeNull()
  })

  it('stop a trace where a tag gives only a name, and never at a thief', () => {
    const busy = { in: 9_000, out: 9_000 }
    const rule = { hubTransfers: 5_000 }
    const bot = entityOf(tag({ label: 'MEV Bot: 0x000...9CA' }))
    const thief = entityOf(tag({ label: 'exploiter', abuse: 'exploit' }))
    const exchange = entityOf(tag({ category: 'exchange' }))
    expect(standing(ADDRESS, bot, busy, rule)).toMatchObject({ service: true, kind: 'unnamed-service', label: 'MEV Bot: 0x000...9CA' })
    expect(standing(ADDRESS, bot, { in: 1, out: 1 }, rule)).toBe(bot)
    expect(standing(ADDRESS, thief, busy, rule)).toBe(thief)
    expect(standing(ADDRESS, exchange, busy, rule)).toBe(exchange)
    expect(standing(ADDRESS, null, busy, rule)?.service).toBe(true)
    expect(standing(ADDRESS, null, { in: 0, out: 0 }, rule)).toBeNull()
  })
})
