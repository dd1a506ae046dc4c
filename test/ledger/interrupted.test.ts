import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openLedger, verifyLedger, writeLedger } from '../../src/ledger/index.ts'
import { FileWriter } from '../../src/ledger/local/files.ts'
import { incomingOf } from './incoming.ts'
import { killWriter } from './kill-writer.ts'
import { address, ETHER, sampleRows, transactionHash } from './rows.ts'

const root = await mkdtemp(join(tmpdir(), 'cordon-interrupted-'))
let made = 0
const place = (): string => join(root, String(made++))
afterAll(() => rm(root, { recursive: true, force: true }))

const WRITER = new URL('interrupted-writer.ts', import.meta.url)

describe('a killed process', () => {
  it('in the middle of an import leaves the older ledger whole, and the next import clears up after it', async () => {
    const directory = place()
    const { manifest } = await writeLedger(incomingOf(sampleRows()), directory)
    await killWriter(WRITER, 'hang', directory, 0)
    expect(readdirSync(directory).some((name) => name.startsWith('unfinished-'))).toBe(true)
    const ledger = await openLedger(directory)
    expect(ledger.manifest).toEqual(manifest)
    await ledger.close()
    expect((await verifyLedger(directory)).problems).toEqual([])
    await writeLedger(incomingOf(sampleRows().slice(0, 3)), directory)
    expect(readdirSync(directory).sort()).toEqual(['lock', 'manifest.json', 'segment-000002'])
  })

  it('in a first import leaves no ledger, and says so', async () => {
    const directory = place()
    await killWriter(WRITER, 'hang', directory, 0)
    await expect(openLedger(directory)).rejects.toMatchObject({
      code: 'ledger/not-a-ledger',
      message: expect.stringContaining('did not finish'),
    })
    await writeLedger(incomingOf(sampleRows()), directory)
    expect((await verifyLedger(directory)).sound).toBe(true)
  })

  it('at any moment of many appends leaves a sound ledger', async () => {
    const directory = place()
    await writeLedger(incomingOf(sampleRows()), directory)
    for (const wait of [5, 60, 111, 163, 240]) {
      await killWriter(WRITER, 'loop', directory, wait)
      const report = await verifyLedger(directory)
      expect(report.problems).toEqual([])
      // The next round begins with a block that may be there already; a fresh import makes room.
      await writeLedger(incomingOf(sampleRows()), directory)
    }
  })
})

/** A file system of 3 MB, or null where this process may not mount one. */
function smallDisk(): string | null {
  const folder = place()
  mkdirSync(folder)
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', folder]).status === 0 ? folder : null
}

describe('a full disk', () => {
  const disk = smallDisk()
  afterAll(() => {
    if (disk !== null) spawnSync('umount', [disk])
  })

  it.skipIf(disk === null)('stops an import with a clear error and leaves the older ledger whole', async () => {
    const directory = join(disk as string, 'ledger')
    const { manifest } = await writeLedger(incomingOf(sampleRows()), directory)
    const rows = Array.from({ length: 40_000 }, (_, i) => ({
      block: i,
      time: i,
      hash: transactionHash(i),
      from: address(i),
      to: address(i + 1),
      asset: ETHER,
      value: BigInt(i),
    }))
    const error = await writeLedger(incomingOf(rows, { batchRows: 5000 }), directory).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'ledger/disk-full', remedy: expect.stringContaining('free some space') })
    expect(readdirSync(directory).sort()).toEqual(['lock', 'manifest.json', 'segment-000001'])
    const report = await verifyLedger(directory)
    expect(report.problems).toEqual([])
    expect(report.manifest).toEqual(manifest)
  })

  it.skipIf(process.platform !== 'linux')('is reported by name of the file', () => {
    const writer = new FileWriter('/dev/full')
    writer.write(new Uint8Array(10))
    expect(() => writer.close()).toThrow(/disk is full: could not write \/dev\/full/)
  })
})
