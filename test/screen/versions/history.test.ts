import { describe, expect, it } from 'vitest'
import type { ListEntry } from '../../../src/screen/lists/entry.ts'
import { nameContains, wasListed } from '../../../src/screen/versions/index.ts'
import { stores } from './places.ts'
import { importText } from './plain-list.ts'

const place = stores()
const LIST = 'test-list'
const allowed = { allow: ['shrunken' as const, 'older' as const], reason: 'test', approvedBy: 'Lee' }

const HAN = 'han|person|2024-11-20|HAN Jang Su|Chang-Su Han'
const RI = 'ri|person||RI Yong Gil'
const KIM = 'kim|person|2024-12-12|KIM Chol Sam'

/** Published on 1, 10 and 20 December 2024, imported on 1, 2 and 3 January 2025: Han goes with the third, Kim comes with the second, Ri comes with the third. */
async function threeVersions(): Promise<{ readonly store: string; readonly ids: readonly string[] }> {
  const store = place()
  const texts = [`published 2024-12-01\n${HAN}\n`, `published 2024-12-14\n${HAN}\n${KIM}\n`, `published 2024-12-20\n${KIM}\n${RI}\n`]
  const ids: string[] = []
  for (const [day, text] of texts.entries()) ids.push((await importText(store, text, day, allowed)).inService?.version ?? '')
  return { store, ids }
}

const { store, ids } = await threeVersions()
const [v1, v2, v3] = ids

const ask = async (query: string, on: string) => {
  const [answer] = await wasListed({ store, list: LIST, query, on })
  return { knew: answer?.knew, says: answer?.says[0] }
}

describe('what we knew', () => {
  it.each<[string, string | null]>([
    ['2024-12-31', null],
    ['2025-01-01', v1 ?? ''],
    ['2025-01-01T23:59:59.999Z', v1 ?? ''],
    ['2025-01-02T00:00:00Z', v2 ?? ''],
    ['2025-01-02T08:59:59+09:00', v1 ?? ''],
    ['2025-01-02', v2 ?? ''],
    ['2030-01-01', v3 ?? ''],
  ])('on %s is by the version then in service', async (on, version) => {
    expect((await ask('han', on)).knew?.version?.version ?? null).toBe(version)
  })

  it('is nothing before the first import, which is not the same as no match', async () => {
    expect((await ask('han', '2024-12-15')).knew).toEqual({ version: null, matches: [] })
    expect((await ask('ri', '2025-01-01')).knew).toMatchObject({ version: { version: v1 }, matches: [] })
  })

  it('is by the name that the version had then, not by one that came later', async () => {
    const own = place()
    await importText(own, 'a|person||OLD Name\n', 0)
    await importText(own, 'a|person||NEW Name\n', 1)
    const [answer] = await wasListed({ store: own, query: nameContains('new name'), on: '2025-01-01' })
    expect(answer?.knew.matches).toEqual([])
    expect(answer?.says).toMatchObject([{ id: 'a', verdict: 'listed', name: 'NEW Name' }])
  })
})

describe('what the list says', () => {
  it.each<[string, string, string, RegExp]>([
    ['han', '2024-11-19', 'not-listed', /later versions.*2024-11-20/],
    ['han', '2024-11-20', 'listed', /no version is that old.*2024-11-20/],
    ['han', '2024-12-01', 'listed', /of that day has it/],
    ['han', '2024-12-05', 'listed', /before and after/],
    ['han', '2024-12-17', 'uncertain', /disappeared between/],
    ['han', '2024-12-20', 'not-listed', /of that day does not have it/],
    ['han', '2024-12-25', 'uncertain', /around that day do not have it.*2024-11-20/],
    ['kim', '2024-12-11', 'not-listed', /later versions.*2024-12-12/],
    ['kim', '2024-12-13', 'listed', /does not have it; by later versions.*2024-12-12/],
    ['kim', '2026-01-01', 'listed', /newest version/],
    ['ri', '2024-11-01', 'uncertain', /no version is that old/],
    ['ri', '2024-12-05', 'not-listed', /does not have it/],
    ['ri', '2024-12-17', 'uncertain', /gives no date of listing/],
    ['ri', '2024-12-21', 'listed', /newest version/],
  ])('of %s on %s is: %s', async (query, on, verdict, because) => {
    const { says } = await ask(query, on)
    expect(says?.because).toMatch(because)
    expect(says?.verdict).toBe(verdict)
  })

  it('tells between which versions an entry disappeared', async () => {
    const { says } = await ask('han', '2024-12-17')
    expect(says?.disappeared).toMatchObject([{ last: { version: v2 }, gone: { version: v3 } }])
    expect(says).toMatchObject({ first: { version: v1 }, last: { version: v2 }, name: 'HAN Jang Su' })
  })

  it('has nothing of an entry that no version has', async () => {
    expect(await ask('nobody', '2024-12-17')).toMatchObject({ says: undefined })
  })

  it('goes by dates of publication, whatever the order of the imports', async () => {
    const own = place()
    await importText(own, `published 2024-12-20\n${KIM}\n${RI}\n`, 0)
    await importText(own, `published 2024-12-01\n${HAN}\n`, 1, allowed)
    const [answer] = await wasListed({ store: own, query: 'han', on: '2024-12-10' })
    expect(answer?.says[0]).toMatchObject({ verdict: 'uncertain', because: expect.stringContaining('disappeared between 2024-12-01') })
  })
})

it('an entry that came back disappeared once, and is listed again', async () => {
  const own = place()
  for (const [day, text] of [HAN, KIM, `${HAN}\n${KIM}`].entries()) await importText(own, `published 2024-12-0${day + 1}\n${text}\n`, day)
  const [answer] = await wasListed({ store: own, query: 'han', on: '2024-12-03' })
  expect(answer?.says[0]).toMatchObject({ verdict: 'listed', disappeared: [{ gone: { published: '2024-12-02' } }] })
})

it.each(['2024-02-31', '2024-02-31T10:00:00Z', '2024', 'yesterday', '2024-05-03T10:00:00', '2024-13-01', ''])(
  '%j is no time to ask about',
  async (on) => {
    await expect(wasListed({ store, query: 'han', on })).rejects.toMatchObject({ code: 'list/bad-option' })
  },
)

it.each<[string, string, boolean]>([
  ['yong gil', 'RI, Yong-Gil', true],
  ['CHO’NG', "cho'ng", true],
  ['김영철', '김영철'.normalize('NFD'), true],
  ['ｷﾑ', 'キム', true],
  ['munoz', 'Muñoz', true],
  ['"', 'Anybody', false],
  ['', 'Anybody', false],
])('part of a name: %j is in %j: %s', (part, full, expected) => {
  const name = { full, family: null, given: null, quality: 'primary', type: 'primary' } as const
  expect(nameContains(part)({ names: [name] } as unknown as ListEntry)).toBe(expected)
})
