import { describe, expect, it } from 'vitest'
import { readRegister } from '../../../src/cases/heists/index.ts'
import { changed, refusal, SMALL } from './small.ts'

const HASH = '0xc28fad5e8d5e0ce6a2eaf67b6687be5d58113e16be590824d6cfa1a94467d0b7'

describe('reading a register', () => {
  it('takes one that is right', () => {
    const { heists, sources, digest } = readRegister(SMALL, 'heists.yaml')
    expect(heists.map(({ id }) => id)).toEqual(['first', 'second'])
    expect(heists[0]?.usd.map(({ cents }) => cents)).toEqual([100_025n, 90_000n])
    expect(heists[0]?.dates[0]?.when).toEqual({ text: '2023-01-02', precision: 'day' })
    expect(heists[0]?.amounts[0]).toMatchObject({ asset: 'eip155:1/slip44:60', symbol: 'ETH', amount: '10.5' })
    expect(sources[1]).toMatchObject({ readAs: 'stored copy', published: null, original: null })
    expect(digest).toMatch(/^[0-9a-f]{64}$/)
  })

  it('names the file, the entry, the field and the line, and says what to do', () => {
    expect(refusal(changed('usd: 1000.25', 'usd: "1,000"'))).toMatch(
      /^cases\/bad-heists \| heists\.yaml, heist first: heists\[0\]\.usd\[0\]\.usd is "1,000", .*\| 28 \| heists\[0\]\.usd\[0\]\.usd \| .*digits only/,
    )
    expect(refusal(changed('usd: 500', 'usd: about 500'))).toMatch(/heist second: heists\[1\]\.usd\[0\]\.usd .*\| 46 \| .*digits only/)
  })

  const wrong: [what: string, from: string, to: string, expected: RegExp][] = [
    ['an unknown field', 'kind: bridge', 'kind: bridge\n    colour: red', /colour is not a field/],
    ['a missing field', '    victim: Second Bridge\n', '', /lacks victim/],
    ['an unknown kind', 'kind: bridge', 'kind: tunnel', /"tunnel".*One of/],
    ['a day that is none', 'when: 2023-01-02', 'when: 2023-02-30', /not a date/],
    ['a date of another shape', 'when: 2023-01-02', 'when: 2 January 2023', /not a date/],
    ['a negative sum', 'usd: 500', 'usd: -500', /not an amount in dollars/],
    ['a sum of nothing', 'usd: 500', 'usd: 0', /not an amount in dollars/],
    ['a sum in scientific form', 'usd: 500', 'usd: 5e2', /not an amount in dollars/],
    ['an amount with a separator', 'amount: 10.5', 'amount: "1,000"', /not an amount/],
    ['an amount of nothing', 'amount: 10.5', 'amount: 0.00', /not an amount/],
    ['a checksum that is wrong', '0x098B716B8A', '0x098b716B8A', /addresses\[0\]\.address/],
    [
      'an address without checksum',
      '0x098B716B8Aaf21512996dC57EB0615e2383E2f96',
      '0x098b716b8aaf21512996dc57eb0615e2383e2f96',
      /Write it as 0x098B/,
    ],
    [
      'a Bitcoin address that is wrong',
      '1EnJHhq8Jq8vDuZA5ahVh6H4t6jh1mB4rq',
      '1EnJHhq8Jq8vDuZA5ahVh6H4t6jh1mB4rr',
      /not an address of Bitcoin/,
    ],
    ['a chain that cannot be checked', 'chain: eip155:1, hash', 'chain: solana:mainnet, hash', /seeds_note/],
    ['half a transaction', HASH, HASH.slice(0, 30), /not a transaction/],
    ['an asset that is none', 'asset: eip155:1/slip44:60', 'asset: "eip155:1/erc20:0xABC"', /CAIP-19/],
    ['a source that does not exist', 'usd: 500, source: post', 'usd: 500, source: nowhere', /names the source "nowhere"/],
    ['a publisher under another spelling', '{ by: Victim, usd: 500', '{ by: victim, usd: 500', /is by "victim"/],
    ['a denial that does not exist', 'kind: bridge', 'kind: bridge\n    denials: [x]', /names the denial "x"/],
    ['two thefts of one id', 'id: second', 'id: first', /"first" twice/],
    ['two sources of one id', 'id: post', 'id: fbi-1', /"fbi-1" twice/],
    ['a theft out of order', 'when: 2024-03, source', 'when: 2022-03, source', /not sorted: second stands after first/],
    ['publishers out of order', '[FBI, Victim]', '[Victim, FBI]', /not sorted/],
    ['a publisher that says nothing', '[FBI, Victim]', '[FBI, Nobody, Victim]', /by whom there is no claim/],
    [
      'a source that is not used',
      '  - id: post',
      '  - { id: idle, title: T, publisher: P, url: "https://a.org", read: 2026-11-25, read_as: page }\n  - id: post',
      /"idle", which no fact names/,
    ],
    [
      'an address twice',
      '"0xa0e1c89Ef1a489c9C7dE96311eD5Ce5D32c20E4B"',
      '"0x098B716B8Aaf21512996dC57EB0615e2383E2f96"',
      /address .* twice/,
    ],
    [
      'a theft that nobody attributes',
      '    attribution:\n      - { by: Victim, kind: victim, when: 2024, confidence: suspected, source: post }\n',
      '    attribution: []\n',
      /attribution is empty/,
    ],
    [
      'a theft without seeds or a word on it',
      `    transactions:\n      - { chain: eip155:1, hash: "${HASH}", what: all of it, source: post }\n`,
      '',
      /neither addresses nor transactions/,
    ],
    ['an outcome without a figure', 'usd: 100, event: a', 'event: a', /neither usd nor amount/],
    ['a web address that runs', 'https://www.fbi.gov/1', 'javascript:alert(1)', /not a plain web address/],
    ['a web address with a password', 'https://www.fbi.gov/1', 'https://u:p@fbi.gov', /not a plain web address/],
    ['text that turns direction', 'victim: First Exchange', 'victim: "First \\u202e egnahcxE"', /characters that do not show/],
    ['a control character', 'victim: First Exchange', 'victim: "First\\u0007"', /characters that do not show/],
    ['an endless text', 'victim: First Exchange', `victim: ${'x'.repeat(3000)}`, /longer than/],
    ['a list where a text belongs', 'victim: First Exchange', 'victim: [First, Exchange]', /not a text/],
    ['a mapping where a list belongs', 'publishers: [FBI, Victim]', 'publishers: { FBI: Victim }', /not a list/],
    ['another version', 'version: 1', 'version: 2', /version is "2"/],
    ['another format', 'cordon-heists', 'cordon-labels', /format is/],
    ['a field of every object', 'kind: bridge', 'kind: bridge\n    __proto__: { kind: fund }', /__proto__|bad-heists|yaml/],
  ]
  it.each(wrong)('refuses %s', (_what, from, to, expected) => {
    expect(refusal(changed(from, to))).toMatch(expected)
  })

  it('refuses hostile YAML', () => {
    const bomb = `a: &a [x, x, x, x, x, x, x, x, x, x]\n${[...'bcdefghij'].map((name, i) => `${name}: &${name} [${`*${'abcdefghi'[i]}, `.repeat(9)}*${'abcdefghi'[i]}]`).join('\n')}\n`
    for (const hostile of [
      bomb,
      `${SMALL}${bomb}`,
      `heists: ${'['.repeat(20_000)}`,
      SMALL.replace('cordon-heists', '!!js/function "x"'),
      `${SMALL}---\nformat: x\n`,
      SMALL.replace('version: 1', 'version: 1\nversion: 1'),
      '',
      'null',
      '[]',
      '\u0000',
      '{{{{',
    ]) {
      const said = refusal(hostile)
      expect(said).not.toBe('taken')
      expect(said).toMatch(/^(cases\/bad-heists|attribution\/)/)
    }
  })

  it('refuses a file that is too large for a typed one, without reading it', () => {
    expect(refusal(`# ${'x'.repeat(5_000_000)}\n${SMALL}`)).toMatch(/larger than/)
  })
})

describe('the digest', () => {
  const digest = (content: string) => readRegister(content, 'heists.yaml').digest

  it('stays through another layout', () => {
    const laid = SMALL.replaceAll(
      '      - { by: Victim, usd: 500, source: post }',
      '      -\n        source: post\n        usd: "500"\n        by: Victim # remark',
    )
    expect(laid).not.toBe(SMALL)
    expect(digest(laid)).toBe(digest(SMALL))
  })

  it('changes with any fact', () => {
    const others = [
      changed('usd: 500', 'usd: 501'),
      changed('First Exchange', 'Other Exchange'),
      changed('read_as: page', 'read_as: recalled'),
      changed('role: held', 'role: laundering'),
    ].map(digest)
    expect(new Set([digest(SMALL), ...others]).size).toBe(5)
  })
})
