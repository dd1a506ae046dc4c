import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type LoadedTags, loadTags } from '../../src/attribution/index.ts'
import { hasShared, shared } from './shared.ts'

/** Facts typed from the packs themselves; the sources are named in them. */
describe.skipIf(!hasShared('tags'))('the public packs', () => {
  const folder = shared('tags')
  let tags: LoadedTags
  beforeAll(async () => {
    tags = await loadTags([folder])
  }, 60_000)

  it('load whole: as many tags as lines that give an address, as many actors as lines that give an id', () => {
    expect(tags.report.refused).toEqual([])
    expect(tags.report.skipped).toEqual([])
    const yaml = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
    for (const name of yaml) {
      const lines = readFileSync(join(folder, name), 'utf8').match(/^\s*-?\s*address:/gm)?.length ?? 0
      expect([name, tags.packs.find(({ file }) => file === name)?.tags]).toEqual([name, lines])
    }
    const labels = readFileSync(join(folder, 'etherscan_labels.json'), 'utf8').match(/"0x[0-9a-fA-F]{40}": \{/g)?.length
    expect(tags.packs.find(({ file }) => file === 'etherscan_labels.json')?.tags).toBe(labels)
    const actors = readFileSync(join(folder, 'actors/graphsense.actorpack.yaml'), 'utf8').match(/^- id: /gm)?.length
    expect(tags.actors.size).toBe(actors)
    expect(tags.size).toBe(tags.packs.reduce((sum, pack) => sum + pack.tags, 0))
  })

  it('say of the one pack without a confidence that it has none, and that an address of TRON in it is called Bitcoin', () => {
    expect(tags.report.notes).toMatchObject([
      { file: 'ofac.yaml', field: 'confidence', count: 572 },
      { file: 'ofac.yaml', field: 'address', note: expect.stringContaining('TUCsTq7TofTCJRRoHk6RvhMoS2mJLm5Yzq is no Bitcoin address') },
    ])
  })

  it.each([
    // exchange-wallets-binance.yaml and the word cloud
    [
      '0x28C6c06298d514Db089934071355E5743bf21d60',
      { id: 'binance', kind: 'exchange', service: true, confidence: 50, contact: 'https://binance.com' },
    ],
    // tornado_cash.yaml
    ['0x12D66f87A04A9E220743712cE6d9bB1B5616B8Fc', { id: 'tornado', kind: 'mixer', service: true, confidence: 60 }],
    // lazarus.yaml
    [
      '0x098B716B8Aaf21512996dC57EB0615e2383E2f96',
      { id: 'lazarusgroup', kind: 'actor', service: false, abuse: 'sanction', conflicts: ['ronin-bridge-exploiter'] },
    ],
    // etherscan-wordcloud-exchange.yaml
    ['0xc96c1609a1a45ccc667b2b7fa6508e29617f7b69', { kind: 'defi', service: false }],
    // etherscan_labels.json: the token's contract is under binance
    ['0xb8c77482e45f1f44de1745f52c74426c631bdd52', { kind: 'defi', service: false }],
    // hacks.yaml: the robbed exchange and the robbery share an address
    ['1Ni8z1MbaF4ri8GGE67BWtLu66YnXj2BuW', { id: 'bter', kind: 'exchange', conflicts: ['bter-hack'] }],
    // usdt_blacklist.yaml and etherscan_labels.json
    ['0x0000000000000000000000000000000000000000', { kind: 'null-account' }],
    // interpol-real_services.yaml
    ['3L48QW2MVd49fj997S6J5NBm7MrsvhpEmg', { id: 'sideshift', kind: 'mixer' }],
    // demo.yaml: an organisation that takes donations is no service
    ['0xFA8E3920daF271daB92Be9B87d9998DDd94FEF08', { id: 'internet_archive', kind: 'actor', service: false }],
  ])('say of %s who it is', (address, expected) => {
    expect(tags.entityOf(address)).toMatchObject(expected)
  })

  it('say nobody of an address that is only blacklisted', () => {
    expect(tags.tagsOf('0x008fe40574e881e7247b50b991c0cc057d66647f').length).toBeGreaterThan(0)
    expect(tags.entityOf('0x008fe40574e881e7247b50b991c0cc057d66647f')).toBeNull()
  })

  it('keep conflicts visible', () => {
    const conflicts = tags.conflicts()
    expect(conflicts).toContainEqual({ address: '1Ni8z1MbaF4ri8GGE67BWtLu66YnXj2BuW', entities: ['bter', 'bter-hack'] })
    expect(conflicts.length).toBeLessThan(100)
  })

  it('name no token contract of the exchange word cloud as a service', () => {
    const cloud = readFileSync(join(folder, 'etherscan-wordcloud-exchange.yaml'), 'utf8')
    const tokens = [...cloud.matchAll(/address: '(0x[0-9a-fA-F]{40})'\n {2}label: .*\([A-Za-z0-9$]{2,8}\)'?\n/g)].map(
      (match) => match[1] as string,
    )
    expect(tokens.length).toBeGreaterThan(200)
    const services = tokens.filter((address) => tags.entityOf(address)?.service)
    expect(services).toEqual([])
  })
})
