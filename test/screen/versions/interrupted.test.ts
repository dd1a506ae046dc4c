import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { listEvents, readVersion, verifyStore, versionsOf } from '../../../src/screen/versions/index.ts'
import { latestVersions } from './in-service.ts'
import { stores } from './places.ts'
import { all, importText, persons } from './plain-list.ts'

const place = stores()
const LIST = 'test-list'
const LOOP = fileURLToPath(new URL('import-loop.ts', import.meta.url))

/** Starts imports without end and kills their process as nothing can be caught, `wait` milliseconds after the first began. */
async function killImports(store: string, round: number, wait: number): Promise<void> {
  const child = spawn(process.execPath, [LOOP, store, String(round)], { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise((resolve, reject) => {
    child.stdout.once('data', resolve)
    child.once('exit', () => reject(new Error('the imports ended by themselves')))
  })
  await new Promise((resolve) => setTimeout(resolve, wait))
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
}

describe('a process killed at any moment of an import', () => {
  it('leaves the store whole and a whole version in service, twenty times', { timeout: 120_000 }, async () => {
    const store = place()
    await importText(store, persons(600), 0)
    const log = join(store, LIST, 'versions.jsonl')
    let before = readFileSync(log, 'utf8')
    let midway = 0
    for (let kill = 0; kill < 20; kill++) {
      // Rounds go up, so that times do.
      const events = await listEvents(store, LIST)
      await killImports(store, events.length, 5 + ((kill * 67) % 397))
      const { problems, leftovers } = await verifyStore(store)
      expect(problems).toEqual([])
      if (leftovers.length > 0) midway++
      const after = readFileSync(log, 'utf8')
      const whole = before.slice(0, before.lastIndexOf('\n') + 1)
      expect(after.startsWith(whole)).toBe(true)
      before = after
      const [serving] = await latestVersions(store)
      expect(await all(readVersion(store, LIST, serving!.version))).toHaveLength(serving!.counts.entries)
    }
    const events = await listEvents(store, LIST)
    expect({ midway: midway > 5, imported: events.length > 5 }).toEqual({ midway: true, imported: true })
    // What the kills left is taken away by the next import, and told.
    const { event } = await importText(store, persons(604, null, 'Last'), events.length / 1000)
    expect(event.kind).toBe('imported')
    for (const left of (await verifyStore(store)).leftovers) expect(left).toMatch(/sources\/[0-9a-f]{64}\.gz$|undated-[0-9a-f]{16}$/)
    expect(events.some(({ cleared }) => cleared.length > 0)).toBe(true)
  })
})

describe('readers while imports run', () => {
  it('see only whole versions', async () => {
    const store = place()
    const sizes = [500, 503, 506, 509, 512]
    await importText(store, persons(500), 0)
    let running = true
    let reads = 0
    const seen = new Set<string>()
    const reader = async (): Promise<void> => {
      while (running) {
        const [serving] = await latestVersions(store)
        const entries = await all(readVersion(store, LIST, serving!.version))
        expect(entries).toHaveLength(serving!.counts.entries)
        expect(sizes).toContain(entries.length)
        expect(entries.map(({ id }) => Number(id))).toEqual(Array.from({ length: entries.length }, (_, i) => i + 1))
        seen.add(serving!.version)
        reads++
      }
    }
    const readers = [reader(), reader(), reader()]
    for (let round = 1; round <= 25; round++)
      await importText(store, persons(sizes[round % sizes.length] as number, null, `S${round % 10}`), round)
    running = false
    await Promise.all(readers)
    expect(reads).toBeGreaterThan(10)
    expect(seen.size).toBeGreaterThan(1)
    expect((await versionsOf(store, LIST)).length).toBeGreaterThan(5)
  })
})
