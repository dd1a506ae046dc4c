import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Actor, ActorIndex, contactOf, loadTags, writeActorPack } from '../../src/attribution/index.ts'
import { withFiles } from './shared.ts'

const actor = (fields: Partial<Actor>): Actor => ({
  id: 'a',
  label: 'A',
  uri: '',
  categories: [],
  jurisdictions: [],
  aliases: [],
  context: null,
  lastmod: null,
  pack: 'p',
  file: 'f',
  ...fields,
})

describe('an ActorPack', () => {
  it('is read with its categories, jurisdictions, aliases and context', async () => {
    const tags = await withFiles(
      {
        'actors.yaml': `title: Actors
creator: somebody
lastmod: '2023-02-17'
actors:
- id: okex
  label: OKX
  uri: okx.com
  jurisdictions: [SC, NO]
  categories: [organization, exchange]
  aliases: [okx]
  context:
    refs: [api.example.org]
- id: nobody
- id: okex
  label: again
`,
      },
      (folder) => loadTags([folder]),
    )
    expect(tags.actors.get('okex')).toEqual({
      id: 'okex',
      label: 'OKX',
      uri: 'okx.com',
      categories: ['organization', 'exchange'],
      jurisdictions: ['SC', 'NO'],
      aliases: ['okx'],
      context: '{"refs":["api.example.org"]}',
      lastmod: '2023-02-17',
      pack: 'Actors',
      file: 'actors.yaml',
    })
    expect(tags.report.refused).toEqual([
      { file: 'actors.yaml', line: 13, field: 'label', reason: 'is missing' },
      { file: 'actors.yaml', line: 14, field: 'id', reason: '"okex" stands twice in the pack' },
    ])
  })

  it('that is written reads back to the same actors', async () => {
    const word = fc.oneof(
      fc
        .string({ minLength: 1, maxLength: 12 })
        .map((s) => s.trim())
        .filter((s) => s !== ''),
      fc.constantFrom('01', 'no', '0x12', '~', '1.5', 'null', '2022-01-01'),
    )
    const actors = fc.uniqueArray(
      fc.record({
        id: word,
        label: word,
        uri: word,
        categories: fc.array(fc.constantFrom('exchange', 'organization'), { maxLength: 2 }),
        jurisdictions: fc.array(fc.constantFrom('NO', 'US', 'KR'), { maxLength: 2 }),
        aliases: fc.array(word, { maxLength: 2 }),
        context: fc.option(fc.constantFrom('{"uris":["www.example.org"]}', 'plain words', '[1]'), { nil: null }),
        lastmod: fc.option(fc.constant('2023-02-17'), { nil: null }),
      }),
      { maxLength: 4, selector: ({ id }) => id },
    )
    await fc.assert(
      fc.asyncProperty(actors, async (list) => {
        const full = list.map((fields) =>
          actor({ ...fields, context: fields.context === '[1]' ? '["1"]' : fields.context, pack: 't', file: 'a.yaml' }),
        )
        const written = writeActorPack({ title: 't', creator: 'c', description: null, actors: full })
        const read = await withFiles({ 'a.yaml': written }, (folder) => loadTags([folder]))
        expect(read.report.refused).toEqual([])
        expect([...read.actors.all()]).toEqual(full)
      }),
      { numRuns: 60 },
    )
  })
})

describe('actors', () => {
  it('are found by id, label or alias in any spelling, and not at all where two share a name', () => {
    const index = new ActorIndex([
      actor({ id: 'gate', label: 'Gate.io', aliases: ['gateio'] }),
      actor({ id: 'okex', label: 'OKX' }),
      actor({ id: 'firi', label: 'Fire' }),
      actor({ id: 'fire', label: 'Firi Token' }),
      actor({ id: 'one', label: 'Twin' }),
      actor({ id: 'two', label: 'Twin' }),
    ])
    expect(index.named('gate-io')?.id).toBe('gate')
    expect(index.named('okx')?.id).toBe('okex')
    // An id outranks a label.
    expect(index.named('Fire')?.id).toBe('fire')
    expect(index.named('twin')).toBeUndefined()
    expect(index.named('toString')).toBeUndefined()
  })

  it('are reached at their web address', () => {
    expect(contactOf(actor({ uri: 'binance.com' }))).toBe('https://binance.com')
    expect(contactOf(actor({ uri: 'http://old.example' }))).toBe('http://old.example')
    expect(contactOf(actor({ uri: '' }))).toBeNull()
  })
})
