import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { sourceFiles } from '../../../src/screen/lists/archive.ts'
import { readerFor } from '../../../src/screen/lists/registry.ts'
import { importList, type RefusalCode, verifyStore } from '../../../src/screen/versions/index.ts'
import { latestVersions } from './in-service.ts'
import { stores } from './places.ts'
import { hashOf, importText, persons } from './plain-list.ts'

const place = stores()

/** Text of a list by kinds, e.g. `{person: 20, vessel: 3}`. */
function mixed(kinds: Readonly<Record<string, number>>): string {
  let id = 0
  const lines = Object.entries(kinds).flatMap(([kind, count]) => Array.from({ length: count }, () => `${++id}|${kind}||Name ${id}`))
  return `${lines.join('\n')}\n`
}

/** Codes with which `next` is refused after `before`; none where it comes into service. */
async function refusals(before: string | null, next: string | readonly string[]): Promise<readonly RefusalCode[]> {
  const store = place()
  const good = before === null ? null : await importText(store, before, 0)
  const { event, inService } = await importText(store, next, 1)
  expect((await verifyStore(store)).problems).toEqual([])
  if (event.kind !== 'refused') return []
  expect(inService).toEqual(good?.inService ?? null)
  expect(await latestVersions(store)).toEqual(good === null ? [] : [good.inService])
  expect(event.stays).toBe(good?.inService?.version ?? null)
  for (const { message, remedy } of event.refusals) expect([message.length > 10, remedy.length > 10]).toEqual([true, true])
  return event.refusals.map(({ code }) => code)
}

describe('the guard', () => {
  it.each<[string, string | null, string | readonly string[], RefusalCode[]]>([
    ['an empty file', null, '', ['empty-file', 'no-entries']],
    ['an empty file among others', persons(100), [persons(100), ''], ['empty-file']],
    ['a file without an entry', persons(100), 'published 2025-01-01\n', ['no-entries']],
    ['a schema error', persons(100), `${persons(90)}!<html>\n`, ['schema']],
    ['a schema error in a first import', null, '!<html>\n', ['schema']],
    ['entries of another list', persons(100), `${persons(100)}@other\n101|person||X\n`, ['other-list']],
    ['more than a tenth gone', persons(100), persons(89), ['shrunken', 'shrunken']],
    ['a tenth gone', persons(100), persons(90), []],
    ['six gone of a small list', persons(49), persons(43), ['shrunken', 'shrunken']],
    ['five gone of a small list', persons(49), persons(44), []],
    ['as many entries, but their aliases gone', persons(100).replaceAll(/$/gm, '|Alias'), persons(100), ['shrunken']],
    ['all ships gone', mixed({ person: 200, vessel: 10 }), mixed({ person: 210 }), ['kinds']],
    ['more than half of the ships gone', mixed({ person: 200, vessel: 11 }), mixed({ person: 206, vessel: 5 }), ['kinds']],
    ['a few ships gone', mixed({ person: 200, vessel: 9 }), mixed({ person: 209 }), []],
    ['persons who have become bodies', mixed({ person: 100, organisation: 50 }), mixed({ person: 60, organisation: 90 }), ['kinds']],
    ['many more persons than before', mixed({ person: 100, organisation: 50 }), mixed({ person: 120, organisation: 50 }), []],
    ['more than a hundredth of the rows refused', null, `${persons(98)}?\n`, ['refused-rows']],
    ['a hundredth of the rows refused', null, `${persons(99)}?\n`, []],
    ['an older publication', persons(9, '2024-12-30'), persons(10, '2024-12-29'), ['older']],
    ['an older publication by time of day', persons(9, '2024-12-30T10:00:00Z'), persons(10, '2024-12-30T11:00:00+02:00'), ['older']],
    ['a publication of the same day, where one has no time', persons(9, '2024-12-30T10:00:00Z'), persons(10, '2024-12-30'), []],
    ['a publication in the future', null, persons(9, '2025-01-05'), ['future']],
    ['a publication of tomorrow, in another time zone', null, persons(9, '2025-01-03'), []],
    ['a date of publication that does not exist', null, persons(300, '2024-02-31'), []],
  ])('judges %s', async (_what, before, next, codes) => {
    expect(await refusals(before, next)).toEqual(codes)
  })

  it('says where a schema error is', async () => {
    const { event } = await importText(place(), '1|person||A\n!<html>\n', 0)
    expect(event).toMatchObject({
      refusals: [{ code: 'schema', message: expect.stringMatching(/list\/schema.*<html>.*list-0.txt, line 2/), remedy: 'fetch it again' }],
    })
  })

  it('keeps the files of a refused import', async () => {
    const store = place()
    await importText(store, '!<html>\n', 0)
    expect(gunzipSync(readFileSync(join(store, 'test-list', 'sources', `${hashOf('!<html>\n')}.gz`))).toString()).toBe('!<html>\n')
  })
})

describe('a refusal', () => {
  const overruled = { allow: ['shrunken' as const], reason: 'mass delisting of 3 January', approvedBy: 'Lee' }

  it('is overruled with a reason by a second person, and the log tells all of it', async () => {
    const store = place()
    await importText(store, persons(100), 0)
    expect((await importText(store, persons(50), 1)).event.kind).toBe('refused')
    const { event, inService } = await importText(store, persons(50), 2, overruled)
    expect(event).toMatchObject({
      kind: 'imported',
      by: 'Kim',
      overruled: { reason: 'mass delisting of 3 January', approvedBy: 'Lee', refusals: [{ code: 'shrunken' }, { code: 'shrunken' }] },
    })
    expect(inService?.counts.entries).toBe(50)
  })

  it('stands while only another one is overruled', async () => {
    const store = place()
    await importText(store, persons(100, '2024-12-30'), 0)
    const { event } = await importText(store, persons(50, '2024-12-01'), 1, overruled)
    expect(event).toMatchObject({ kind: 'refused' })
  })

  it.each([
    [{ allow: ['older' as const] }],
    [{ ...overruled, reason: ' ' }],
    [{ ...overruled, approvedBy: '' }],
    [{ ...overruled, approvedBy: ' KIM' }],
    [{ ...overruled, approvedBy: 'Ｋｉｍ' }],
    [{ ...overruled, by: 'm e', approvedBy: 'm  e' }],
    [{ ...overruled, by: 'Kim Minji', approvedBy: 'KIM, Min-ji' }],
    [{ ...overruled, by: 'José Pak', approvedBy: 'Jose\u0301 Pak' }],
    [{ ...overruled, approvedBy: ' \u200b-' }],
  ])('is not overruled by one person alone or without a reason: %j', async (options) => {
    await expect(importText(place(), persons(9), 0, options)).rejects.toMatchObject({ code: 'list/four-eyes' })
  })

  it.each(['schema' as const, 'other-list' as const])('for %s is never overruled', async (code) => {
    await expect(importText(place(), persons(9), 0, { ...overruled, allow: [code] })).rejects.toMatchObject({ code: 'list/bad-option' })
  })

  it('leaves no mark where there was nothing to overrule', async () => {
    const { event } = await importText(place(), persons(9), 0, overruled)
    expect(event).toMatchObject({ kind: 'imported', overruled: null })
  })
})

it('an older version returns to service only on the word of two, under its old name', async () => {
  const store = place()
  const old = await importText(store, persons(9, '2024-12-01'), 0)
  const newer = await importText(store, persons(10, '2024-12-02'), 1)
  expect((await importText(store, persons(9, '2024-12-01'), 2)).event).toMatchObject({ kind: 'refused', refusals: [{ code: 'older' }] })
  const back = await importText(store, persons(9, '2024-12-01'), 3, {
    allow: ['older'],
    reason: 'the newer one was a forgery',
    approvedBy: 'Lee',
  })
  expect(back.event).toMatchObject({ kind: 'imported', version: old.inService?.version, replaces: newer.inService?.version })
  expect(back.inService).toEqual(old.inService)
  expect(await verifyStore(store)).toMatchObject({ sound: true, versions: 2, leftovers: [] })
})

describe('a list that we know', () => {
  it('is not replaced by a table of somebody’s own, unless two people say so', async () => {
    const store = place()
    const csv = `${store}.csv`
    writeFileSync(csv, 'id,name\n1,Kim Nobody\n')
    const files = await sourceFiles([csv])
    const options = { store, list: 'kr-mofa', files, reader: readerFor(files), by: 'Kim', clock: () => 0 }
    const { event } = await importList(options)
    expect(event.kind === 'refused' && event.refusals.map(({ code }) => code)).toEqual(['other-format'])
    const overruled = await importList({
      ...options,
      clock: () => 1,
      allow: ['other-format'],
      reason: 'converted by hand',
      approvedBy: 'Lee',
    })
    expect(overruled.event.kind).toBe('imported')
    expect((await importList({ ...options, list: 'own-watch', clock: () => 2 })).event.kind).toBe('imported')
  })

  it('that has lost its identifiers or birth dates is refused, though every name is there', async () => {
    const row = (i: number, more: string): string => `${i},Kim ${i},${more}\n`
    const whole = Array.from({ length: 100 }, (_, i) => row(i, '1970-01-02,PS1')).join('')
    const bare = Array.from({ length: 100 }, (_, i) => row(i, ',')).join('')
    const store = place()
    const path = `${store}.csv`
    const importOwn = async (text: string, at: number) => {
      writeFileSync(path, `id,name,birth_date,passport\n${text}`)
      const files = await sourceFiles([path])
      return importList({ store, list: 'own-watch', files, reader: readerFor(files), by: 'Kim', clock: () => at })
    }
    await importOwn(whole, 0)
    const { event } = await importOwn(bare, 1)
    expect(event.kind === 'refused' && event.refusals.map(({ message }) => message.split(' ')[0])).toEqual(['identifiers', 'births'])
  })
})
