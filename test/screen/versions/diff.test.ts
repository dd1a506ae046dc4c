import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyEntry, type ListEntry } from '../../../src/screen/lists/entry.ts'
import { changesOf, describeDifference, diffVersions } from '../../../src/screen/versions/index.ts'
import { stores } from './places.ts'
import { importText, persons } from './plain-list.ts'

const place = stores()
const LIST = 'test-list'

/** The difference of two texts as versions of one list. */
async function differenceOf(before: string, after: string) {
  const store = place()
  const allowed = { allow: ['shrunken' as const, 'kinds' as const], reason: 'test', approvedBy: 'Lee' }
  const from = (await importText(store, before, 0)).inService?.version ?? ''
  const to = (await importText(store, after, 1, allowed)).inService?.version ?? ''
  return { store, from, to, difference: await diffVersions(store, LIST, from, to) }
}

describe('the difference of two versions', () => {
  it('tells what was added, removed and changed, by id', async () => {
    const { difference } = await differenceOf(
      'a|person||A\nb|vessel||B|Bee\nc|person||C\n',
      'd|person||D\nb|vessel|2024-01-01|B|Bea\na|person||A\n',
    )
    expect(difference).toMatchObject({
      added: [{ id: 'd', name: 'D' }],
      removed: [{ id: 'c', name: 'C' }],
      changed: [
        {
          id: 'b',
          fields: [
            { field: 'listedOn', before: null },
            { field: 'names', before: [{ full: 'Bee' }], after: [{ full: 'Bea' }] },
          ],
        },
      ],
      unchanged: 1,
    })
    expect(describeDifference(difference).slice(1)).toEqual([
      '1 added, 1 removed, 1 changed, 1 unchanged',
      '+ d D (person)',
      '- c C (person)',
      '~ b B (vessel)',
      '    + listedOn: 2024-01-01',
      '    - names: full Bee, quality strong, type aka',
      '    + names: full Bea, quality strong, type aka',
    ])
  })

  it('is nothing where only lines moved: place and raw text do not count', async () => {
    const { difference } = await differenceOf(persons(9), `\n\n${persons(9).trim().split('\n').toReversed().join('\n')}\n`)
    expect(difference).toMatchObject({ added: [], removed: [], changed: [], unchanged: 9 })
  })

  it('is that of the sets of lines, whatever the two lists are, and the other way round it is the opposite', async () => {
    const lists = fc.uniqueArray(fc.record({ id: fc.integer({ min: 1, max: 30 }), name: fc.constantFrom('A', 'B') }), {
      selector: ({ id }) => id,
      minLength: 1,
      maxLength: 25,
    })
    const text = (entries: readonly { id: number; name: string }[], salt: string): string =>
      `\n${entries.map(({ id, name }) => `${id}|person||${name}`).join('\n')}\n${salt}`
    await fc.assert(
      fc.asyncProperty(lists, lists, async (one, two) => {
        const { store, from, to, difference } = await differenceOf(text(one, '\n'), text(two, '\n\n'))
        const other = (list: typeof one, id: number) => list.find((entry) => entry.id === id)
        const ids = (entries: readonly { readonly id: string }[]) => entries.map(({ id }) => Number(id)).sort((a, b) => a - b)
        const expected = (list: typeof one) => list.map(({ id }) => id).sort((a, b) => a - b)
        expect(ids(difference.added)).toEqual(expected(two.filter(({ id }) => other(one, id) === undefined)))
        expect(ids(difference.removed)).toEqual(expected(one.filter(({ id }) => other(two, id) === undefined)))
        expect(ids(difference.changed)).toEqual(expected(two.filter(({ id, name }) => (other(one, id)?.name ?? name) !== name)))
        expect(difference.unchanged + difference.changed.length + difference.added.length).toBe(two.length)
        const back = await diffVersions(store, LIST, to, from)
        expect([back.added, back.removed].map(ids)).toEqual([difference.removed, difference.added].map(ids))
      }),
      { numRuns: 25 },
    )
  })

  it('of a version that is not there names the newest', async () => {
    const { store, from, to } = await differenceOf(persons(9), persons(10))
    await expect(diffVersions(store, LIST, from, 'undated-0000000000000000')).rejects.toMatchObject({
      code: 'list/no-version',
      remedy: expect.stringContaining(to),
    })
    await expect(diffVersions(store, LIST, from, '../../etc')).rejects.toMatchObject({ code: 'list/bad-option' })
  })
})

describe('changes of an entry', () => {
  const entry: ListEntry = {
    ...emptyEntry('l', '1', 'person', [{ full: 'A', family: null, given: null, quality: 'primary', type: 'primary' }], 'raw', {
      file: 'f',
      line: 1,
    }),
    programmes: ['DPRK', 'CYBER2', 'DPRK'],
    wallets: [{ asset: 'XBT', address: '1x' }],
  }

  it('do not depend on the order of values or of their parts', () => {
    const other = {
      ...entry,
      programmes: ['CYBER2', 'DPRK', 'DPRK'],
      wallets: [{ address: '1x', asset: 'XBT' }],
      raw: 'other',
      place: { file: 'g', line: 2 },
    }
    expect(changesOf(entry, other)).toEqual([])
  })

  it('count a value that stands twice', () => {
    expect(changesOf(entry, { ...entry, programmes: ['CYBER2', 'DPRK'] })).toEqual([{ field: 'programmes', before: ['DPRK'], after: [] }])
  })

  it('of a field that older versions do not have begin from nothing', () => {
    expect(changesOf(entry, { ...entry, later: 'x' } as ListEntry)).toEqual([{ field: 'later', before: null, after: 'x' }])
  })
})
