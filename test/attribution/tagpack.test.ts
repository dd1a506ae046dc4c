import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CONCEPTS, CONFIDENCE, confidenceLevel, loadTags, type Tag, writeTagPack } from '../../src/attribution/index.ts'
import { CordonError } from '../../src/chain/index.ts'
import { withFiles } from './shared.ts'

const load = (text: string) => withFiles({ 'pack.yaml': text }, (folder) => loadTags([folder]))

describe('a TagPack', () => {
  it('gives what its header says to every tag that does not say otherwise', async () => {
    const tags = await load(`
title: Reserve wallets
creator: somebody
confidence: service_data
category: exchange
label: the exchange
source: https://example.org/reserves
currency: BTC
lastmod: 2022-11-16
is_cluster_definer: yes
actor: theexchange
tags:
- address: bc1q2qqqt87kh33s0er58akh7v9cwjgd83z5smh9rp
- address: 1GrwDkr33gT6LuumniYjKEGjTLhsL5kmqC
  label: its old wallet
  source: https://example.org/old
  confidence: web_crawl
  is_cluster_definer: false
  concepts: [hot_wallet]
`)
    expect(tags.report.refused).toEqual([])
    expect(tags.tagsOf('bc1q2qqqt87kh33s0er58akh7v9cwjgd83z5smh9rp')).toEqual([
      {
        address: 'bc1q2qqqt87kh33s0er58akh7v9cwjgd83z5smh9rp',
        txHash: null,
        currency: 'BTC',
        network: 'BTC',
        label: 'the exchange',
        source: 'https://example.org/reserves',
        confidence: 'service_data',
        confidenceLevel: 50,
        concepts: [],
        abuse: null,
        actor: 'theexchange',
        category: 'exchange',
        tagType: 'actor',
        isClusterDefiner: true,
        context: null,
        lastmod: '2022-11-16',
        pack: 'Reserve wallets',
        file: 'pack.yaml',
      },
    ])
    expect(tags.tagsOf('1GrwDkr33gT6LuumniYjKEGjTLhsL5kmqC')).toMatchObject([
      {
        label: 'its old wallet',
        confidence: 'web_crawl',
        confidenceLevel: 20,
        isClusterDefiner: false,
        concepts: ['hot_wallet'],
        category: 'exchange',
      },
    ])
  })

  it('keeps unquoted hexadecimal addresses, dates and words as they are written', async () => {
    const tags = await load(`%YAML 1.1
---
title: traps of YAML 1.1
creator: no
label: no
source: 1e3
currency: ETH
confidence: web_crawl
lastmod: 2023-08-16 12:18:52.619444
tags:
- address: 0xFA8E3920daF271daB92Be9B87d9998DDd94FEF08
`)
    expect(tags.tagsOf('0xfa8e3920daf271dab92be9b87d9998ddd94fef08')).toMatchObject([
      { address: '0xfa8e3920daf271dab92be9b87d9998ddd94fef08', label: 'no', source: '1e3', lastmod: '2023-08-16 12:18:52.619444' },
    ])
  })

  it('refuses tags that lack a mandatory field or an address, each with its line and field', async () => {
    const tags = await load(`title: t
creator: c
confidence: forensic
currency: ETH
source: s
tags:
- address: '0xfa8e3920daf271dab92be9b87d9998ddd94fef08'
- label: nobody
- address: '0x1234'
  label: short
- just text
- address: '0xfa8e3920daf271dab92be9b87d9998ddd94fef08'
  label: good
- address: [a, b]
  label: list
- address: ''
  label: empty
`)
    expect(tags.size).toBe(1)
    expect(tags.report.refused).toEqual([
      { file: 'pack.yaml', line: 7, field: 'label', reason: 'is missing in the tag and in the header' },
      { file: 'pack.yaml', line: 8, field: 'address', reason: 'is missing; a tag needs an address or a transaction' },
      { file: 'pack.yaml', line: 9, field: 'address', reason: 'has 4 hex digits where an EVM address has 40' },
      { file: 'pack.yaml', line: 11, field: 'tags', reason: 'is not a mapping of fields' },
      { file: 'pack.yaml', line: 14, field: 'address', reason: 'is not text' },
      { file: 'pack.yaml', line: 16, field: 'address', reason: 'is missing; a tag needs an address or a transaction' },
    ])
  })

  it('keeps unknown confidences and concepts as written, counts them for the lowest, and says so', async () => {
    const tags = await load(`title: t
creator: c
label: l
currency: ETH
source: s
tags:
- address: '0xfa8e3920daf271dab92be9b87d9998ddd94fef08'
  confidence: gut_feeling
  category: casino
- address: '0x098b716b8aaf21512996dc57eb0615e2383e2f96'
`)
    expect(tags.tagsOf('0xfa8e3920daf271dab92be9b87d9998ddd94fef08')).toMatchObject([
      { confidence: 'gut_feeling', confidenceLevel: 5, category: 'casino' },
    ])
    expect(tags.tagsOf('0x098b716b8aaf21512996dc57eb0615e2383e2f96')).toMatchObject([{ confidence: 'unknown', confidenceLevel: 5 }])
    expect(tags.report.notes.map(({ line, field, count }) => ({ line, field, count }))).toEqual([
      { line: 8, field: 'confidence', count: 1 },
      { line: 9, field: 'category', count: 1 },
      { line: 10, field: 'confidence', count: 1 },
    ])
    expect(tags.entityOf('0xfa8e3920daf271dab92be9b87d9998ddd94fef08')?.service).toBe(false)
  })

  it('reports a wrong checksum of a mixed-case address and keeps the tag', async () => {
    const tags = await load(`title: t
creator: c
label: l
currency: ETH
source: s
confidence: forensic
tags:
- address: '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed'
`)
    expect(tags.size).toBe(1)
    expect(tags.report.notes).toMatchObject([{ line: 8, field: 'address', note: expect.stringContaining('EIP-55') }])
  })

  it('keeps tags on transactions apart from those on addresses', async () => {
    const tags = await load(`title: t
creator: c
label: the theft
currency: ETH
source: s
confidence: forensic
tags:
- tx_hash: '0xB895b86ada385f2ebd775f934ae0db95f62d9ed62a719e6b50cd0a955f166d8f'
  tag_type: event
`)
    expect(tags.tagsOfTransaction('0xb895b86ada385f2ebd775f934ae0db95f62d9ed62a719e6b50cd0a955f166d8f')).toHaveLength(1)
    expect(tags.addresses()).toEqual([])
  })

  it('says which fields are not of the schema', async () => {
    const tags = await load(`title: t
creator: c
label: l
colour: blue
currency: ETH
source: s
confidence: forensic
tags:
- address: '0xfa8e3920daf271dab92be9b87d9998ddd94fef08'
  mood: good
`)
    expect(tags.report.notes.map(({ field, line }) => [field, line])).toEqual([
      ['colour', 4],
      ['mood', 10],
    ])
  })
})

describe('hostile YAML', () => {
  const named = async (text: string): Promise<CordonError> =>
    withFiles({ 'pack.yaml': text }, async (folder) =>
      loadTags([`${folder}/pack.yaml`]).then(
        () => expect.unreachable(),
        (error: unknown) => error as CordonError,
      ),
    )

  it('is refused when aliases multiply ("billion laughs")', async () => {
    const levels = Array.from({ length: 12 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array.from({ length: 9 }, () => `*a${i}`).join(', ')}]`)
    const error = await named(`title: t\na0: &a0 lol\n${levels.join('\n')}\ntags:\n- address: x\n  context: *a12\n`)
    expect(error).toBeInstanceOf(CordonError)
    expect(error.code).toBe('attribution/yaml')
  })

  it('is refused when a shared value would unfold to more than a context may hold', async () => {
    const tags = await load(
      `title: t\ncreator: c\nlabel: l\nsource: s\ncurrency: BTC\nconfidence: forensic\nnote: &big ${'x'.repeat(5000)}\ntags:\n- address: a\n  context: [${Array.from({ length: 100 }, () => '*big').join(', ')}]\n`,
    )
    expect(tags.size).toBe(0)
    expect(tags.report.refused).toMatchObject([{ field: 'context' }])
  })

  it('is refused when it nests without end', async () => {
    expect((await named(`title: t\ntags: ${'['.repeat(20_000)}`)).code).toBe('attribution/yaml')
    expect((await named(`title: t\ntags: ${'['.repeat(500)}${']'.repeat(500)}`)).code).toBe('attribution/yaml')
  })

  it('is refused with a line when it is broken, has two documents or two equal keys', async () => {
    expect((await named('title: t\ntags:\n- address: "unclosed\n')).place.line).toBeGreaterThanOrEqual(3)
    expect((await named('title: t\ntags: []\n---\ntitle: u\n')).code).toBe('attribution/yaml')
    expect((await named('title: t\ntitle: u\ntags: []\n')).code).toBe('attribution/yaml')
  })

  it('does not reach the prototype of anything', async () => {
    const tags = await load(
      `title: t\ncreator: c\nlabel: l\nsource: s\ncurrency: BTC\nconfidence: forensic\n__proto__: {polluted: yes}\ntags:\n- address: constructor\n  __proto__: {actor: x}\n`,
    )
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    expect(tags.tagsOf('constructor')).toMatchObject([{ actor: null }])
    expect(tags.tagsOf('toString')).toEqual([])
  })
})

describe('a written TagPack', () => {
  const text = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    .map((s) => s.trim())
    .filter((s) => s !== '' && !s.includes('\0') && s.isWellFormed())
  const word = fc.oneof(
    text,
    fc.constantFrom('no', '0xFF', '2022-08-10', '~', 'null', '1e3', '- a', '# x', 'a: b', '"', "'", '<<', '=', '0o7', '.inf', '12:30:45'),
  )
  const maybe = (arbitrary: fc.Arbitrary<string>) => fc.option(arbitrary, { nil: null })
  const address = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 40, maxLength: 40 }).map((digits) => `0x${digits}`),
    fc.constantFrom('34xp4vRoCGJym3xR7yCVPFHoCNxv4Twseo', 'TQeNNo5zVarhdKm5EiJSekfNXg6H1tRN4n', '1e5', '123456789'),
  )
  const tag = fc
    .record({
      address,
      txHash: maybe(fc.constant(`0x${'ab'.repeat(32)}`)),
      label: word,
      source: word,
      currency: fc.constantFrom('ETH', 'BTC', 'NO'),
      network: fc.constantFrom('ETH', 'BTC', 'ON'),
      confidence: fc.constantFrom(...Object.keys(CONFIDENCE)),
      concepts: fc.uniqueArray(fc.constantFrom(...CONCEPTS), { maxLength: 3 }),
      category: maybe(fc.constantFrom('exchange', 'user')),
      abuse: maybe(fc.constantFrom('sanction', 'scam')),
      actor: maybe(word),
      tagType: fc.constantFrom('actor', 'event'),
      isClusterDefiner: fc.boolean(),
      context: maybe(fc.oneof(word, fc.constant('{"a": [1, "no"]}'))),
      lastmod: maybe(fc.constantFrom('2022-08-10', '2023-08-16 12:18:52')),
    })
    .map((fields): Tag => ({ ...fields, confidenceLevel: confidenceLevel(fields.confidence), pack: 'a pack', file: 'pack.yaml' }))

  it('reads back to the same tags', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(tag, { maxLength: 6 }), async (tags) => {
        const written = writeTagPack({ title: 'a pack', creator: 'somebody', description: null, tags })
        const read = await load(written)
        expect(read.report.refused).toEqual([])
        const byAddress = (list: readonly Tag[]): string[] => list.map((one) => JSON.stringify(one, Object.keys(one).sort())).sort()
        expect(byAddress(read.addresses().flatMap((one) => read.tagsOf(one)))).toEqual(byAddress(tags))
      }),
      { numRuns: 100 },
    )
  })

  it('says once, in its header, what all of its tags share', () => {
    const one: Tag = {
      address: '0xfa8e3920daf271dab92be9b87d9998ddd94fef08',
      txHash: null,
      currency: 'ETH',
      network: 'ETH',
      label: 'deposit address',
      source: 'https://example.org',
      confidence: 'heuristic',
      confidenceLevel: 10,
      concepts: ['exchange', 'deposit_wallet'],
      abuse: null,
      actor: 'binance',
      category: null,
      tagType: 'actor',
      isClusterDefiner: false,
      context: null,
      lastmod: null,
      pack: 'deposits',
      file: '',
    }
    const other = { ...one, address: '0x098b716b8aaf21512996dc57eb0615e2383e2f96' }
    expect(writeTagPack({ title: 'deposits', creator: 'cordon', description: 'found by rule', tags: [one, other] })).toBe(`title: deposits
creator: cordon
description: found by rule
label: deposit address
source: https://example.org
currency: ETH
network: ETH
confidence: heuristic
concepts:
  - exchange
  - deposit_wallet
actor: binance
tags:
  - address: "0xfa8e3920daf271dab92be9b87d9998ddd94fef08"
  - address: "0x098b716b8aaf21512996dc57eb0615e2383e2f96"
`)
  })
})
