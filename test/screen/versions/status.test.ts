import { describe, expect, it } from 'vitest'
import { listStatus } from '../../../src/screen/versions/index.ts'
import { ageOf } from '../../../src/screen/versions/status.ts'
import { stores } from './places.ts'
import { hashOf, importText, persons } from './plain-list.ts'

const place = stores()

describe('the status of a list', () => {
  it('tells the version in service, its date, its age since it was last confirmed, and what it holds', async () => {
    const store = place()
    const text = `${persons(20, '2024-12-30')}s|vessel||Ship\n`
    const { inService } = await importText(store, text, 0, { list: 'un-sc' })
    await importText(store, text, 3, { list: 'un-sc', by: 'Lee' })
    const [status] = await listStatus({ store, at: '2025-01-06T06:30:05Z' })
    expect(status).toMatchObject({
      list: 'un-sc',
      title: 'UN Security Council Consolidated List',
      versions: 1,
      events: 2,
      lastRefusal: null,
      alarms: [],
      inService: {
        version: inService?.version,
        published: '2024-12-30',
        imported: '2025-01-01T00:00:00.000Z',
        by: 'Kim',
        confirmed: '2025-01-04T00:00:00.000Z',
        age: { seconds: 2 * 86_400 + 6 * 3600 + 30 * 60 + 5, iso: 'P2DT6H30M5S' },
        maxAge: { iso: 'P30D' },
        counts: { entries: 21 },
        kinds: { person: 20, vessel: 1 },
        sources: [{ name: 'list-0.txt', sha256: hashOf(text) }],
      },
    })
  })

  it('counts age from when the files were fetched', async () => {
    const store = place()
    await importText(store, persons(3), 5, { fetchedAt: '2025-01-02T00:00:00Z' })
    const [status] = await listStatus({ store, at: '2025-01-06T00:00:00Z' })
    expect(status?.inService?.age.iso).toBe('P4D')
    // A copy that is fetched early and confirmed late makes nothing fresher, and nothing older.
    await importText(store, persons(3), 6, { fetchedAt: '2025-01-01T00:00:00Z' })
    const [later] = await listStatus({ store, at: '2025-01-07T00:00:00Z' })
    expect(later?.inService?.confirmed).toBe('2025-01-02T00:00:00.000Z')
  })

  it.each<[string, string, number | undefined, string[]]>([
    ['us-ofac-sdn', '2025-01-08T00:00:00Z', undefined, []],
    ['us-ofac-sdn', '2025-01-08T00:00:01Z', undefined, ['stale']],
    ['un-sc', '2025-01-31T00:00:00Z', undefined, []],
    ['un-sc', '2025-02-01', undefined, ['stale']],
    ['own-list', '2025-01-31T00:00:00Z', undefined, []],
    ['own-list', '2025-02-01', undefined, ['stale']],
    ['own-list', '2025-01-03T12:00:00Z', 2, ['stale']],
  ])('of %s at %s, with a limit of %s days, has the alarms %j', async (list, at, maxAgeDays, codes) => {
    const store = place()
    await importText(store, persons(3), 0, { list })
    const [status] = await listStatus({ store, at, ...(maxAgeDays !== undefined && { maxAgeDays }) })
    expect(status?.alarms.map(({ code }) => code)).toEqual(codes)
  })

  it('has an alarm while the last import was refused, and tells the last refusal for ever', async () => {
    const store = place()
    await importText(store, persons(100), 0)
    await importText(store, '!<html>\n', 1, { by: 'Lee' })
    const [refused] = await listStatus({ store, at: '2025-01-02' })
    expect(refused).toMatchObject({
      inService: { counts: { entries: 100 }, confirmed: '2025-01-01T00:00:00.000Z' },
      lastRefusal: { by: 'Lee', refusals: [{ code: 'schema' }] },
      alarms: [{ code: 'import-refused', message: expect.stringMatching(/by Lee.*<html>.*schema/) }],
    })
    await importText(store, persons(101), 2)
    expect(await listStatus({ store, at: '2025-01-03' })).toMatchObject([{ alarms: [], lastRefusal: { by: 'Lee' } }])
  })

  it('has an alarm for an old copy, however fresh its import is', async () => {
    const store = place()
    await importText(store, persons(3, '2024-10-23'), 0, { list: 'us-ofac-sdn' })
    await importText(store, persons(3, '2024-10-24'), 0, { list: 'us-csl' })
    const [csl, sdn] = await listStatus({ store, at: '2025-01-02T00:00:00Z' })
    expect(sdn?.alarms).toMatchObject([{ code: 'old-publication', message: expect.stringContaining('71 days ago') }])
    expect(csl?.alarms).toEqual([])
  })

  it('in the past is told by what was known then', async () => {
    const store = place()
    await importText(store, persons(100), 0)
    await importText(store, persons(110), 2)
    await importText(store, persons(1), 4)
    const counts = async (at: string) => (await listStatus({ store, at, lists: ['test-list'] }))[0]?.inService?.counts.entries ?? null
    expect([await counts('2024-12-31'), await counts('2025-01-02'), await counts('2025-01-03'), await counts('2025-03-01')]).toEqual([
      null,
      100,
      110,
      110,
    ])
    const [before] = await listStatus({ store, at: '2024-12-31' })
    expect(before?.alarms.map(({ code }) => code)).toEqual(['no-version'])
  })

  it('of a list that was never imported is an alarm, where it is asked for', async () => {
    const store = place()
    expect(await listStatus({ store, at: '2025-01-01' })).toEqual([])
    expect(await listStatus({ store, at: '2025-01-01', lists: ['eu-fsf'] })).toMatchObject([
      { inService: null, alarms: [{ code: 'no-version' }] },
    ])
  })

  it('tells that rows of the version in service were refused', async () => {
    const store = place()
    await importText(store, `${persons(200)}?odd\n`, 0)
    expect(await listStatus({ store, at: '2025-01-01' })).toMatchObject([
      { inService: { notes: { total: 1, refused: 1 } }, alarms: [{ code: 'rows-refused' }] },
    ])
  })
})

it.each([
  [0, 'PT0S'],
  [59, 'PT59S'],
  [3600, 'PT1H'],
  [86_400, 'P1D'],
  [90_061, 'P1DT1H1M1S'],
])('%s seconds are %s', (seconds, iso) => {
  expect(ageOf(seconds)).toEqual({ seconds, iso })
})
