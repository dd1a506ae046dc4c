import { existsSync, mkdirSync, mkdtempSync, rmdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { CordonError } from '../../../src/chain/index.ts'
import type { Database } from '../../../src/node/database/database.ts'
import { migrate } from '../../../src/node/database/migrate.ts'
import { openDatabase } from '../../../src/node/database/open.ts'
import { reportOnce } from '../../../src/node/report-once.ts'
import { DatabaseSpace } from '../../../src/node/space/database-space.ts'
import { DiskSpace } from '../../../src/node/space/disk-space.ts'
import { DATABASES } from '../databases.ts'

const MIB = 2 ** 20
const folders: string[] = []
const folder = () => {
  const made = mkdtempSync(join(tmpdir(), 'cordon-space-'))
  folders.push(made)
  return made
}
afterEach(() => {
  vi.useRealTimers()
  for (const each of folders.splice(0)) rmSync(each, { recursive: true, force: true })
})

it('tells each cause of a failure once, and again after it had succeeded', () => {
  const told: string[] = []
  const { failed, succeeded } = reportOnce((error) => told.push((error as Error).message))
  const [full, broken] = [() => new CordonError('database/disk-full', 'full'), () => new Error('broken')]
  for (const error of [full(), full(), broken(), full(), broken()]) failed(error)
  expect(told).toEqual(['full', 'broken'])
  succeeded()
  for (const error of [full(), full()]) failed(error)
  expect(told).toEqual(['full', 'broken', 'full'])
})

describe('the reserve of the data folder', () => {
  const space = (within: string) => {
    const reported: unknown[] = []
    const made = new DiskSpace({
      folder: within,
      writesBelow: 0,
      ballast: MIB,
      changed: () => {},
      report: (error) => reported.push(error),
    })
    return { made, reported }
  }

  it('says so when it cannot be filled, and the node goes on without it', async () => {
    const within = folder()
    mkdirSync(join(within, 'reserve'))
    const { made, reported } = space(within)
    await made.start()
    await made.admitWrite()
    await made.stop()
    expect(reported).toMatchObject([{ code: 'EISDIR' }])
  })

  it('says nothing when it is filled', async () => {
    const within = folder()
    const { made, reported } = space(within)
    await made.start()
    await vi.waitFor(() => expect(existsSync(join(within, 'reserve')) && statSync(join(within, 'reserve')).size).toBe(MIB))
    await made.stop()
    expect(reported).toEqual([])
  })

  it('says once that the disk cannot be looked at, however often it looks', async () => {
    const within = folder()
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const { made, reported } = space(within)
    await made.start()
    await vi.waitFor(() => expect(existsSync(join(within, 'reserve')) && statSync(join(within, 'reserve')).size).toBe(MIB))
    const settle = async () => {
      vi.advanceTimersByTime(1000)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    rmSync(within, { recursive: true })
    for (let times = 0; times < 3; times++) await settle()
    expect(reported).toMatchObject([{ code: 'ENOENT' }])
    mkdirSync(within)
    await settle()
    rmdirSync(within)
    for (let times = 0; times < 2; times++) await settle()
    expect(reported).toMatchObject([{ code: 'ENOENT' }, { code: 'ENOENT' }])
    await made.stop()
  })
})

for (const kind of DATABASES)
  describe.skipIf(kind.missing !== null)(`the reserve of a database (${kind.name})`, () => {
    it('says once what keeps it from being filled until it could be, and again when it cannot any more', async () => {
      const opened = await kind.open()
      const database: Database = await openDatabase({ data: folder(), url: opened.url, connections: 2 })
      try {
        await migrate(database, new Date(), [])
        // In the place of the table there is something that it cannot be.
        const inTheWay = () => database.system((tx) => tx.query('create view reserve as select 1 as part'))
        const outOfTheWay = () => database.system((tx) => tx.query('drop view reserve'))
        await inTheWay()
        const reported: unknown[] = []
        const states: string[] = []
        vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
        const space = new DatabaseSpace(
          database,
          MIB,
          (state) => states.push(state),
          (error) => reported.push(error),
        )
        const tries = async (times: number) => {
          for (let n = 0; n < times; n++) {
            vi.advanceTimersByTime(5000)
            await new Promise((resolve) => setTimeout(resolve, 100))
          }
        }
        space.start()
        await vi.waitFor(() => expect(reported).toHaveLength(1))
        space.failed(new CordonError('database/disk-full', 'the disk of the database is full'))
        await tries(3)
        // To give it up fails in other words than to fill it; each is told once.
        expect(reported.map((error) => (error as Error).message)).toEqual([
          expect.stringContaining('reserve'),
          expect.stringContaining('"reserve" is not a table'),
        ])
        await outOfTheWay()
        await tries(1)
        await vi.waitFor(() => expect(states).toEqual(['full']))
        await tries(1)
        await vi.waitFor(() => expect(states).toEqual(['full', 'enough']))
        await space.admitWrite()
        await database.system((tx) => tx.query('drop table reserve'))
        await inTheWay()
        space.failed(new CordonError('database/disk-full', 'the disk of the database is full'))
        await tries(2)
        expect(reported).toHaveLength(3)
        await space.stop()
      } finally {
        await database.close()
        await opened.close()
      }
    })
  })
