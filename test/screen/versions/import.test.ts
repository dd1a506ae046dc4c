import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { listEvents, readVersion, verifyStore } from '../../../src/screen/versions/index.ts'
import { latestVersions } from './in-service.ts'
import { stores } from './places.ts'
import { all, DAY, hashOf, importText, persons, plain, START } from './plain-list.ts'

const place = stores()
const LIST = 'test-list'

describe('an import', () => {
  it('makes a version named by its date of publication and the hash of its files', async () => {
    const store = place()
    const { event, inService } = await importText(store, persons(3, '2024-12-30'), 0)
    expect(event).toMatchObject({ kind: 'imported', event: 1, time: '2025-01-01T00:00:00.000Z', by: 'Kim', entries: 3, replaces: null })
    expect(inService?.version).toMatch(/^2024-12-30-[0-9a-f]{16}$/)
    expect(inService).toMatchObject({ counts: { entries: 3, names: 3, wallets: 0 }, kinds: { person: 3, vessel: 0 }, publishedBy: 'list' })
    const entries = await all(readVersion(store, LIST, inService!.version))
    expect(entries.map(({ id, names }) => [id, names[0]?.full])).toEqual([
      ['1', 'Person 1'],
      ['2', 'Person 2'],
      ['3', 'Person 3'],
    ])
  })

  it('keeps the files as they were, found by their SHA-256', async () => {
    const store = place()
    const text = persons(3)
    await importText(store, text, 0)
    const kept = readFileSync(join(store, LIST, 'sources', `${hashOf(text)}.gz`))
    expect(gunzipSync(kept).toString()).toBe(text)
  })

  it('of the same files gives the same bytes in every store', async () => {
    const [one, two] = [place(), place()]
    const a = await importText(one, persons(300, '2024-12-30'), 0)
    const b = await importText(two, persons(300, '2024-12-30'), 9, { by: 'Lee', sourceUrl: 'https://example.org/list' })
    expect(b.inService).toEqual(a.inService)
    const version = a.inService!.version
    for (const name of readdirSync(join(one, LIST, version))) {
      expect(hashOf(readFileSync(join(two, LIST, version, name)))).toBe(hashOf(readFileSync(join(one, LIST, version, name))))
    }
    expect(readdirSync(join(one, LIST, version)).sort()).toEqual(['entries.jsonl.gz', 'manifest.json', 'notes.jsonl.gz'])
  })

  it('of files in service confirms them, whatever their names and order, and makes no version', async () => {
    const store = place()
    const first = await importText(store, [persons(3), '9|vessel||Ship\n'], 0)
    const again = await importText(store, ['9|vessel||Ship\n', persons(3)], 5)
    expect(again.event).toMatchObject({ kind: 'confirmed-unchanged', version: first.inService?.version, event: 2 })
    expect(again.inService).toEqual(first.inService)
    expect(readdirSync(join(store, LIST)).filter((name) => name.startsWith('undated-'))).toHaveLength(1)
  })

  it('by a reader of a newer number makes a new version of the same files', async () => {
    const store = place()
    const first = await importText(store, persons(3), 0)
    const next = await importText(store, persons(3), 1, { reader: { ...plain, version: 2 } })
    expect(next.event.kind).toBe('imported')
    expect(next.inService?.version).not.toBe(first.inService?.version)
  })

  it('takes the stated date of publication where the list tells none, and the list’s own where it does', async () => {
    const stated = await importText(place(), persons(3), 0, { published: '2024-11-11' })
    expect(stated.inService).toMatchObject({ published: '2024-11-11', publishedBy: 'operator' })
    const own = await importText(place(), persons(3, '2024-12-30T08:00:00Z'), 0, { published: '2024-11-11' })
    expect(own.inService).toMatchObject({ published: '2024-12-30T08:00:00Z', publishedBy: 'list' })
  })

  it('leaves out and notes what cannot be an entry, and keeps the rest', async () => {
    const store = place()
    const lines = [
      '1|person||Again',
      '|person||No Id',
      '801|person|',
      '802|person||   ',
      `803|person||Good|${'x'.repeat(2001)}`,
      `${'9'.repeat(201)}|person||A`,
    ]
    const { inService } = await importText(store, `${persons(800)}${lines.join('\n')}\n`, 0)
    expect(inService?.counts.entries).toBe(801)
    const reasons = inService?.notes.byReason.map(({ reason, count }) => `${count} ${reason}`).sort()
    expect(reasons).toEqual([
      '1 empty name',
      '1 entry without an id',
      '1 id given twice; the first entry stays',
      '1 id over 200 characters',
      '1 name over 2000 characters',
      '2 entry without a name',
    ])
    expect(inService?.notes.first.every(({ text }) => text.length <= 200)).toBe(true)
    const entries = await all(readVersion(store, LIST, inService!.version))
    expect(entries.at(-1)?.names.map(({ full }) => full)).toEqual(['Good'])
    expect(entries[0]?.names[0]?.full).toBe('Person 1')
  })

  it('keeps every note, also those that the manifest has no room for', async () => {
    const store = place()
    const text = `${persons(100)}${'?bad\n'.repeat(700)}`
    const { inService } = await importText(store, text, 0, { allow: ['refused-rows'], reason: 'known', approvedBy: 'Lee' })
    const packed = readFileSync(join(store, LIST, inService!.version, 'notes.jsonl.gz'))
    expect(gunzipSync(packed).toString().trim().split('\n')).toHaveLength(700)
    expect(inService?.notes).toMatchObject({ total: 700, refused: 700 })
    expect(inService?.notes.first).toHaveLength(50)
  })

  it('brings odd characters through as they are: lone surrogates, right-to-left overrides, line separators', async () => {
    const store = place()
    const odd = 'a\u202eb\u2028c\u0000d\ufeff'
    const reader = {
      ...plain,
      async *read(...given: Parameters<typeof plain.read>) {
        for await (const entry of plain.read(...given)) yield { ...entry, remarks: ['\ud800', odd] }
      },
    }
    const { inService } = await importText(store, `1|person||${odd}\n`, 0, { reader })
    const [entry] = await all(readVersion(store, LIST, inService!.version))
    expect(entry?.names[0]?.full).toBe(odd)
    expect(entry?.remarks).toEqual(['\ud800', odd])
  })

  it('that is stopped leaves the version in service, and no trace in the log', async () => {
    const store = place()
    const { inService } = await importText(store, persons(3), 0)
    const stop = new AbortController()
    const reader = {
      ...plain,
      async *read(...given: Parameters<typeof plain.read>) {
        for await (const entry of plain.read(...given)) {
          if (entry.id === '2') stop.abort()
          yield entry
        }
      },
    }
    await expect(importText(store, persons(4), 1, { reader, signal: stop.signal })).rejects.toMatchObject({ name: 'AbortError' })
    expect(await latestVersions(store)).toEqual([inService])
    expect(await verifyStore(store)).toMatchObject({ sound: true, leftovers: [] })
    expect(await listEvents(store, LIST)).toHaveLength(1)
  })

  it('whose reader breaks down leaves the version in service and clears up', async () => {
    const store = place()
    await importText(store, persons(3), 0)
    const reader = {
      ...plain,
      // biome-ignore lint/correctness/useYield: it breaks down before
      async *read(): AsyncGenerator<never> {
        throw new TypeError('a fault of the reader')
      },
    }
    await expect(importText(store, persons(4), 1, { reader })).rejects.toThrow('a fault of the reader')
    expect(await verifyStore(store)).toMatchObject({ sound: true, leftovers: [] })
  })

  it('by a clock that is behind the log is not done', async () => {
    const store = place()
    await importText(store, persons(3), 5)
    await expect(importText(store, persons(4), 4)).rejects.toMatchObject({ code: 'list/clock-behind' })
    await importText(store, persons(4), 5)
  })

  it('writes down where the files come from and when they were fetched', async () => {
    const { event } = await importText(place(), persons(3), 3, {
      fetchedAt: '2025-01-02T10:00:00+09:00',
      sourceUrl: 'https://example.org/l',
    })
    expect(event).toMatchObject({ fetchedAt: '2025-01-02T01:00:00.000Z', sourceUrl: 'https://example.org/l' })
    await expect(importText(place(), persons(3), 3, { fetchedAt: '2025-02-02T10:00:00Z' })).rejects.toMatchObject({
      code: 'list/bad-option',
    })
  })

  it.each(['2024-05-03T10:00:00', '2024-05-03T10:00', '2024-05-03', '2024-02-30T10:00:00Z', 'yesterday'])(
    'of files fetched at %j is not done: no one can tell which moment that is',
    async (fetchedAt) => {
      const store = place()
      await expect(importText(store, persons(3), 3, { fetchedAt })).rejects.toMatchObject({
        code: 'list/bad-option',
        remedy: expect.stringContaining('zone'),
      })
      expect(existsSync(store)).toBe(false)
    },
  )

  it('tells the same moment of fetching in Seoul as in Greenwich', async () => {
    const zone = process.env.TZ
    try {
      for (const tz of ['Asia/Seoul', 'UTC']) {
        process.env.TZ = tz
        expect(new Date(2025, 0, 1).getTimezoneOffset()).toBe(tz === 'UTC' ? 0 : -540)
        const { event } = await importText(place(), persons(3), 3, { fetchedAt: '2025-01-02T10:00Z' })
        expect(event.fetchedAt).toBe('2025-01-02T10:00:00.000Z')
        await expect(importText(place(), persons(3), 3, { fetchedAt: '2025-01-02T10:00' })).rejects.toMatchObject({
          code: 'list/bad-option',
        })
      }
    } finally {
      if (zone === undefined) delete process.env.TZ
      else process.env.TZ = zone
    }
  })

  it('by nobody is not done', async () => {
    for (const by of ['', '  ', '\u200b', '--'])
      await expect(importText(place(), persons(3), 0, { by })).rejects.toMatchObject({ code: 'list/bad-option' })
  })

  it.each(['', '../x', 'A', 'x/y', '.', 'x'.repeat(65), 'us_ofac'])('into a list called %j is not done', async (list) => {
    await expect(importText(place(), persons(3), 0, { list })).rejects.toMatchObject({ code: 'list/bad-option' })
  })

  it('into a store where a file is says what is wrong', async () => {
    await expect(importText('/dev/null', persons(3), 0)).rejects.toMatchObject({ code: 'list/not-writable' })
  })
})

describe('a stated date of publication', () => {
  it('that is corrected makes a new version of the same files, under which the list is known from then on', async () => {
    const store = place()
    const wrong = await importText(store, persons(3), 0, { published: '2024-11-11' })
    const right = await importText(store, persons(3), 1, { published: '2024-12-12' })
    expect(right.event).toMatchObject({ kind: 'imported', published: '2024-12-12', replaces: wrong.inService?.version })
    expect(right.inService).toMatchObject({ published: '2024-12-12', publishedBy: 'operator', sources: wrong.inService?.sources })
    expect(right.inService?.version.slice(-16)).not.toBe(wrong.inService?.version.slice(-16))
    expect((await importText(store, persons(3), 2, { published: '2024-12-12' })).event).toMatchObject({
      kind: 'confirmed-unchanged',
      version: right.inService?.version,
    })
    expect(await verifyStore(store)).toMatchObject({ sound: true, versions: 2, leftovers: [] })
  })

  it('that is added later makes a new version, and one that is left off says nothing against the one that was stated', async () => {
    const store = place()
    const undated = await importText(store, persons(3), 0)
    const dated = await importText(store, persons(3), 1, { published: '2024-12-12' })
    expect(dated.event).toMatchObject({ kind: 'imported', replaces: undated.inService?.version })
    expect((await importText(store, persons(3), 2)).event).toMatchObject({ kind: 'confirmed-unchanged', version: dated.inService?.version })
  })

  it('that is corrected to an earlier day is an older list, and needs a second person', async () => {
    const store = place()
    const late = await importText(store, persons(3), 0, { published: '2024-12-12' })
    const early = await importText(store, persons(3), 1, { published: '2024-12-11' })
    expect(early.event).toMatchObject({ kind: 'refused', refusals: [{ code: 'older' }], stays: late.inService?.version })
  })

  it('is no part of a version whose list tells its own date: the same files are confirmed', async () => {
    const store = place()
    const first = await importText(store, persons(3, '2024-12-30'), 0)
    const again = await importText(store, persons(3, '2024-12-30'), 1, { published: '2024-11-11' })
    expect(again.event).toMatchObject({ kind: 'confirmed-unchanged', version: first.inService?.version })
    const elsewhere = await importText(place(), persons(3, '2024-12-30'), 1, { published: '2024-11-11' })
    expect(elsewhere.inService).toEqual(first.inService)
  })

  it('of a version that an earlier Cordon named by its files alone is known again, and can be corrected', async () => {
    const store = place()
    const undated = await importText(store, persons(3), 0)
    const named = withoutStatedDate(store, undated.inService!.version, '2024-11-11')
    expect((await importText(store, persons(3), 1, { published: '2024-11-11' })).event).toMatchObject({
      kind: 'confirmed-unchanged',
      version: named,
    })
    expect((await importText(store, persons(3), 2, { published: '2024-12-12' })).event).toMatchObject({ kind: 'imported', replaces: named })
    expect(await verifyStore(store)).toMatchObject({ sound: true, versions: 2 })
  })

  it.each([
    [persons(3), 'undated-684d348309789846'],
    [persons(3, '2024-12-30'), '2024-12-30-29251ae1a6241a35'],
  ])('that is not there leaves the ids of versions as they ever were', async (text, id) => {
    expect((await importText(place(), text, 0)).inService?.version).toBe(id)
  })
})

/** Rewrites a store of one undated import into what was written of it, with a stated date, before such dates were part of an id. */
function withoutStatedDate(store: string, version: string, published: string): string {
  const folder = join(store, LIST)
  const named = version.replace('undated', published)
  renameSync(join(folder, version), join(folder, named))
  const manifest = JSON.parse(readFileSync(join(folder, named, 'manifest.json'), 'utf8'))
  const text = `${JSON.stringify({ ...manifest, version: named, published, publishedBy: 'operator' }, null, 2)}\n`
  writeFileSync(join(folder, named, 'manifest.json'), text)
  const event = JSON.parse(readFileSync(join(folder, 'versions.jsonl'), 'utf8'))
  const line = JSON.stringify({ ...event, version: named, published, manifest: hashOf(text) })
  writeFileSync(join(folder, 'versions.jsonl'), `${line}\n`)
  writeFileSync(join(folder, 'versions.head'), `1 ${hashOf(line)}\n`)
  return named
}

describe('a file of several lists', () => {
  const both = { ...plain, lists: ['one', 'two'] }

  it('whose format says so is imported list by list; entries of the other are noted', async () => {
    const store = place()
    const text = `${persons(5)}@two\n1|vessel||Ship\n`
    const one = await importText(store, text, 0, { list: 'one', reader: both })
    expect(one.inService).toMatchObject({
      counts: { entries: 5 },
      notes: { total: 1, refused: 0, byReason: [{ reason: 'entry of the list two' }] },
    })
    const two = await importText(store, `@one\n${persons(5)}@two\n1|vessel||Ship\n`, 0, { list: 'two', reader: both })
    expect(two.inService).toMatchObject({ list: 'two', counts: { entries: 1 }, kinds: { vessel: 1 } })
  })

  it('is refused where it holds none of the list imported', async () => {
    const { event } = await importText(place(), `@two\n1|vessel||Ship\n`, 0, { list: 'one', reader: both })
    expect(event).toMatchObject({ kind: 'refused', refusals: [{ code: 'no-entries' }] })
  })
})

/** A file system of 1 MB, or null where this process may not mount one. */
function smallDisk(): string | null {
  const folder = place()
  mkdirSync(folder)
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]).status === 0 ? folder : null
}

describe('a full disk', () => {
  const disk = smallDisk()
  if (disk === null) process.stderr.write('skipped: the test on a full disk, this process may not mount one\n')
  afterAll(() => {
    if (disk !== null) spawnSync('umount', [disk])
  })

  it.skipIf(disk === null)(
    'stops an import with a clear error, and the version in service and the lock are as they were (skipped where no small disk can be made here)',
    async () => {
      const store = join(disk as string, 'store')
      const { inService } = await importText(store, persons(100), 0)
      const noise = randomBytes(1_500_000).toString('base64')
      await expect(importText(store, `${persons(100)}${noise}\n`, 1)).rejects.toMatchObject({ code: 'list/disk-full' })
      const noted = Array.from({ length: 20_000 }, (_, i) => `?${i}\n`).join('')
      await expect(importText(store, `${persons(100)}${noted}`, 1)).rejects.toMatchObject({ code: 'list/disk-full' })
      expect(await latestVersions(store)).toEqual([inService])
      expect(await verifyStore(store)).toMatchObject({ sound: true, leftovers: [] })
      expect((await importText(store, persons(101), 2)).event.kind).toBe('imported')
    },
  )
})

describe('two imports at once', () => {
  it('do not mix: the second is told who writes', async () => {
    const store = place()
    const results = await Promise.allSettled([1, 2, 3, 4, 5].map((n) => importText(store, persons(100 + n), 0)))
    const done = results.filter(({ status }) => status === 'fulfilled')
    expect(done.length).toBeGreaterThan(0)
    for (const result of results) {
      if (result.status === 'rejected')
        expect(result.reason).toMatchObject({ code: 'list/in-use', message: expect.stringContaining(String(process.pid)) })
    }
    expect(await listEvents(store, LIST)).toHaveLength(done.length)
    expect((await verifyStore(store)).sound).toBe(true)
    expect(existsSync(join(store, LIST, 'unfinished-import-1'))).toBe(false)
  })

  it('of two lists do not wait for each other', async () => {
    const store = place()
    await Promise.all(['one', 'two'].map((list) => importText(store, persons(50), 0, { list })))
    expect((await latestVersions(store)).map(({ list }) => list)).toEqual(['one', 'two'])
  })
})

it('a clock is asked for the time of the change, not for that of the start', async () => {
  const store = place()
  let asked = 0
  const { event } = await importText(store, persons(3), 0, { clock: () => START + asked++ * DAY })
  expect(event.time > '2025-01-01T00:00:00.000Z').toBe(true)
})
