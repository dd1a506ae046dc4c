import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listEvents, listStatus, readVersion, verifyStore } from '../../../src/screen/versions/index.ts'
import { whileLocked } from '../../../src/screen/versions/lock.ts'
import { latestVersions } from './in-service.ts'
import { stores } from './places.ts'
import { all, importText, persons } from './plain-list.ts'

const place = stores()
const LIST = 'test-list'

/** A store with two versions, a confirmation and a refusal. */
async function busyStore(): Promise<string> {
  const store = place()
  await importText(store, persons(100, '2024-12-01'), 0)
  await importText(store, `${persons(101, '2024-12-02')}?odd\n`, 1)
  await importText(store, `${persons(101, '2024-12-02')}?odd\n`, 2)
  await importText(store, persons(10), 3)
  return store
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(folder, name)).isFile())
}

const store = await busyStore()
const files = filesOf(store).filter((name) => !name.includes('lock-'))

describe('verification', () => {
  it('finds nothing where nothing was changed', async () => {
    expect(await verifyStore(store)).toEqual({ sound: true, lists: 1, versions: 2, files: 10, problems: [], leftovers: [] })
    expect(files).toHaveLength(11)
  })

  it('finds one changed byte anywhere, and names its file', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.integer({ min: 1, max: 255 }),
        async (name, where, flip) => {
          const path = join(store, name)
          const whole = readFileSync(path)
          const changed = Buffer.from(whole)
          const at = Math.floor(where * whole.length)
          changed[at] = (changed[at] as number) ^ flip
          writeFileSync(path, changed)
          try {
            const { sound, problems, leftovers } = await verifyStore(store)
            // The last line's line feed is what makes it a line: without it the line is one that was never finished, and the head tells that it was.
            expect({ sound, name: problems.some(({ file }) => file === name || file.endsWith('versions.jsonl')), leftovers }).toEqual({
              sound: false,
              name: true,
              leftovers: [],
            })
            if (!name.includes('versions.')) expect(problems.map(({ file }) => file)).toEqual([name])
          } finally {
            writeFileSync(path, whole)
          }
        },
      ),
      { numRuns: 300 },
    )
    expect((await verifyStore(store)).sound).toBe(true)
  })

  it('finds any line of the log that was changed, moved or taken out, first and last one too', async () => {
    const path = join(store, LIST, 'versions.jsonl')
    const whole = readFileSync(path, 'utf8')
    const lines = whole.trimEnd().split('\n')
    expect(lines).toHaveLength(4)
    const tampered = [
      ...lines.map((_, i) => lines.toSpliced(i, 1)),
      ...lines.map((line, i) => lines.with(i, line.replace('"by":"Kim"', '"by":"Lee"'))),
      [...lines, lines[3] as string],
      lines.toReversed(),
      [],
    ]
    try {
      for (const text of tampered) {
        writeFileSync(path, text.map((line) => `${line}\n`).join(''))
        expect((await verifyStore(store)).sound).toBe(false)
        await expect(latestVersions(store)).rejects.toMatchObject({ code: 'list/corrupt' })
      }
      rmSync(path)
      expect((await verifyStore(store)).sound).toBe(false)
    } finally {
      writeFileSync(path, whole)
    }
  })

  it.each(files)('finds that %s is missing', async (name) => {
    const path = join(store, name)
    const whole = readFileSync(path)
    rmSync(path)
    try {
      expect((await verifyStore(store)).problems.length).toBeGreaterThan(0)
    } finally {
      writeFileSync(path, whole)
    }
  })

  it.each(['readme.txt', 'sources/readme.txt', 'x/y'])('finds a file that nobody of ours wrote: %s', async (name) => {
    const own = await busyStore()
    const path = join(own, LIST, name)
    mkdirSync(join(path, '..'), { recursive: true })
    writeFileSync(path, 'x')
    expect((await verifyStore(own)).problems).toHaveLength(1)
  })
})

describe('a damaged version', () => {
  it('is not read: the error comes before the first entry', async () => {
    const own = await busyStore()
    const [version] = await latestVersions(own)
    const path = join(own, LIST, version!.version, 'entries.jsonl.gz')
    const changed = readFileSync(path)
    changed[changed.length - 3] = (changed[changed.length - 3] as number) ^ 1
    writeFileSync(path, changed)
    const read = readVersion(own, LIST, version!.version)
    await expect(read.next()).rejects.toMatchObject({ code: 'list/corrupt', place: { file: path } })
  })

  it('of one list is an alarm of that list, and the others are told', async () => {
    const own = await busyStore()
    await importText(own, persons(5), 0, { list: 'other' })
    appendFileSync(join(own, LIST, 'versions.jsonl'), '{}\n')
    const [other, damaged] = await listStatus({ store: own, at: '2025-01-05' })
    expect(damaged).toMatchObject({
      list: LIST,
      inService: null,
      alarms: [{ code: 'corrupt', message: expect.stringContaining('line 5') }],
    })
    expect(other).toMatchObject({ list: 'other', inService: { counts: { entries: 5 } }, alarms: [] })
  })
})

describe('what a killed import leaves', () => {
  it('in the middle of a line is no event, is told, and goes with the next import, which tells it too', async () => {
    const own = await busyStore()
    const log = join(own, LIST, 'versions.jsonl')
    const before = readFileSync(log, 'utf8')
    appendFileSync(log, '{"event":5,"time":"2025-')
    expect(await listEvents(own, LIST)).toHaveLength(4)
    const [status] = await listStatus({ store: own, at: '2025-02-01' })
    expect(status?.alarms.map(({ code }) => code)).toContain('unfinished-import')
    expect(await verifyStore(own)).toMatchObject({ sound: true, leftovers: [join(LIST, 'versions.jsonl')] })
    const { event } = await importText(own, persons(102, '2024-12-03'), 5)
    expect(event).toMatchObject({ event: 5, cleared: ['24 bytes of a line that was not finished'] })
    expect(readFileSync(log, 'utf8').startsWith(before)).toBe(true)
    expect((await verifyStore(own)).sound).toBe(true)
  })

  it('between the event and its head is an event, and the next import brings the head up', async () => {
    const own = place()
    await importText(own, persons(100), 0)
    const head = readFileSync(join(own, LIST, 'versions.head'))
    await importText(own, persons(101), 1)
    writeFileSync(join(own, LIST, 'versions.head'), head)
    expect((await latestVersions(own))[0]?.counts.entries).toBe(101)
    expect(await verifyStore(own)).toMatchObject({ sound: true, leftovers: [join(LIST, 'versions.head')] })
    await importText(own, persons(102), 2)
    expect(await verifyStore(own)).toMatchObject({ sound: true, leftovers: [] })
  })

  it('as folders is taken away by the next import, which tells their names', async () => {
    const own = await busyStore()
    mkdirSync(join(own, LIST, 'unfinished-import-5', 'version'), { recursive: true })
    writeFileSync(join(own, LIST, 'unfinished-head-5'), 'x')
    expect((await verifyStore(own)).leftovers).toEqual([join(LIST, 'unfinished-head-5'), join(LIST, 'unfinished-import-5')])
    const { event } = await importText(own, persons(102, '2024-12-03'), 5)
    expect(event.cleared).toEqual(['unfinished-head-5', 'unfinished-import-5'])
    expect(await verifyStore(own)).toMatchObject({ sound: true, leftovers: [] })
  })

  it('as a version that no event names is no version, whatever it holds', async () => {
    const [own, twin] = [await busyStore(), await busyStore()]
    const { inService } = await importText(twin, persons(102, '2024-12-03'), 5)
    const version = inService!.version
    mkdirSync(join(own, LIST, version))
    writeFileSync(join(own, LIST, version, 'entries.jsonl.gz'), 'half of it')
    expect((await verifyStore(own)).leftovers).toEqual([join(LIST, version)])
    await expect(all(readVersion(own, LIST, version))).rejects.toMatchObject({ code: 'list/no-version' })
    expect((await importText(own, persons(102, '2024-12-03'), 5)).inService).toEqual(inService)
    expect(await verifyStore(own)).toMatchObject({ sound: true, leftovers: [] })
  })
})

describe('the lock', () => {
  const dead = { pid: 2 ** 22 + 1, host: hostname(), began: null }

  it('of a dead process is taken over', async () => {
    const folder = place()
    mkdirSync(folder)
    writeFileSync(join(folder, 'lock-7'), `${JSON.stringify(dead)}\n`)
    await whileLocked(folder, async () => {
      expect(readdirSync(folder)).toEqual(['lock-8', 'lock-free'])
    })
    expect(readFileSync(join(folder, 'lock-8'), 'utf8')).toBe('free\n')
  })

  it('of a process that only has the number of the dead one is taken over', async () => {
    const folder = place()
    mkdirSync(folder)
    writeFileSync(join(folder, 'lock-7'), `${JSON.stringify({ ...dead, pid: process.pid, began: 'another time' })}\n`)
    expect(await whileLocked(folder, async () => 'taken')).toBe('taken')
  })

  it.each([`${JSON.stringify({ ...dead, host: 'elsewhere' })}\n`, 'torn'])('of somebody who may live is left alone: %s', async (text) => {
    const folder = place()
    mkdirSync(folder)
    writeFileSync(join(folder, 'lock-7'), text)
    await expect(whileLocked(folder, async () => undefined)).rejects.toMatchObject({ code: 'list/in-use' })
    expect(readdirSync(folder)).toEqual(['lock-7'])
  })

  it('is free again after a failure', async () => {
    const folder = place()
    await expect(whileLocked(folder, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed')
    expect(await whileLocked(folder, async () => 'taken')).toBe('taken')
  })

  it('is held by one at a time, however many ask for it, also over a dead holder', async () => {
    for (let round = 0; round < 10; round++) {
      const folder = place()
      mkdirSync(folder)
      writeFileSync(join(folder, 'lock-1'), `${JSON.stringify(dead)}\n`)
      let inside = 0
      let most = 0
      let done = 0
      const ask = async (): Promise<void> => {
        try {
          await whileLocked(folder, async () => {
            most = Math.max(most, ++inside)
            await new Promise((resolve) => setTimeout(resolve, 1))
            inside--
            done++
          })
        } catch (error) {
          expect(error).toMatchObject({ code: 'list/in-use' })
        }
      }
      await Promise.all(Array.from({ length: 30 }, ask))
      expect(most).toBe(1)
      expect(done).toBeGreaterThan(0)
      expect(readdirSync(folder)).toHaveLength(1)
    }
  })
})
