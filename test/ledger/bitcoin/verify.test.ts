import { createHash } from 'node:crypto'
import { cpSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { extendBitcoinLedger, writeBitcoinLedger } from '../../../src/ledger/bitcoin/local/import.ts'
import type { BitcoinManifest } from '../../../src/ledger/bitcoin/local/layout.ts'
import { verifyBitcoinLedger } from '../../../src/ledger/bitcoin/local/verify.ts'
import { cook, incomingBlocks, type Recipe } from './chain.ts'

const root = await mkdtemp(join(tmpdir(), 'cordon-bitcoin-verify-'))
let made = 0
const sound = join(root, 'sound')
afterAll(() => rm(root, { recursive: true, force: true }))

/** Twenty blocks with every kind of script, with data, and with inputs from before them of known and of unknown value. */
const RECIPE: Recipe = {
  blocks: Array.from({ length: 20 }, (_, block) => ({
    transactions: Array.from({ length: 3 }, (_unused, k) => ({
      inputs: [block * 5 + k, block * 7 + k * 3],
      outputs: [300, 300, 400],
      scripts: [block + k, block + k + 5, block * 3 + k, k],
      fee: 100 + k,
      data: (block + k) % 3 === 0,
      foreign: (block + k) % 4 === 1 ? 1 : (block + k) % 4 === 2 ? 2 : 0,
    })),
  })),
}

beforeAll(async () => {
  const blocks = cook(RECIPE)
  await writeBitcoinLedger(incomingBlocks(blocks.slice(0, 17)), sound)
  await extendBitcoinLedger(incomingBlocks(blocks), sound)
})

function manifestOf(directory: string): BitcoinManifest {
  return JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8')) as BitcoinManifest
}

function copy(): string {
  const directory = join(root, String(made++))
  cpSync(sound, directory, { recursive: true })
  return directory
}

/** Writes the manifest's hash of a file anew, as somebody would who wants a change to go unseen. */
function mend(directory: string, segment: string, file: string): void {
  const manifest = manifestOf(directory)
  const bytes = readFileSync(join(directory, segment, file))
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const segments = manifest.segments.map((record) =>
    record.name === segment ? { ...record, files: { ...record.files, [file]: { bytes: bytes.length, sha256 } } } : record,
  )
  writeFileSync(join(directory, 'manifest.json'), JSON.stringify({ ...manifest, segments }))
}

function change(directory: string, segment: string, file: string, edit: (bytes: Buffer) => void): void {
  const path = join(directory, segment, file)
  const bytes = readFileSync(path)
  edit(bytes)
  writeFileSync(path, bytes)
}

/** Every file of the ledger that holds anything, as `[segment, file]`. */
const files = (): [string, string][] =>
  manifestOf(sound).segments.flatMap(({ name, files: list }) =>
    Object.entries(list).flatMap(([file, { bytes }]): [string, string][] => (bytes > 0 ? [[name, file]] : [])),
  )

describe('checking a Bitcoin ledger', () => {
  it('finds nothing in a sound one, of two segments with a file of every kind', async () => {
    const report = await verifyBitcoinLedger(sound)
    expect(report.problems).toEqual([])
    expect(report.sound).toBe(true)
    expect(report.manifest.segments).toHaveLength(2)
    const kinds = new Set(files().map(([, file]) => file))
    expect([...kinds].sort()).toEqual([...new Set(readdirSync(join(sound, 'segment-000002')))].sort())
  })

  it('finds one flipped bit in any file', async () => {
    for (const [segment, file] of files()) {
      const directory = copy()
      change(directory, segment, file, (bytes) => {
        const at = bytes.length >> 1
        bytes[at] = (bytes[at] as number) ^ 1
      })
      const { problems } = await verifyBitcoinLedger(directory)
      expect(problems.map((problem) => problem.file)).toEqual([`${segment}/${file}`])
      rmSync(directory, { recursive: true })
    }
  })

  it('finds a file that is missing, and one that was cut short', async () => {
    const missing = copy()
    rmSync(join(missing, 'segment-000001', 'out.value'))
    expect((await verifyBitcoinLedger(missing)).problems).toEqual([{ file: 'segment-000001/out.value', what: 'is missing' }])
    const short = copy()
    truncateSync(join(short, 'segment-000001', 'out.value'), 8)
    expect((await verifyBitcoinLedger(short)).problems.map(({ file }) => file)).toEqual(['segment-000001/out.value'])
  })

  it('finds two outputs whose values were exchanged, though the hash of the file was written anew', async () => {
    const directory = copy()
    change(directory, 'segment-000001', 'out.value', (bytes) => {
      const values = new BigUint64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8)
      const at = values.findIndex((value, k) => k > 0 && value !== values[k - 1])
      const kept = values[at] as bigint
      values[at] = values[at - 1] as bigint
      values[at - 1] = kept
    })
    mend(directory, 'segment-000001', 'out.value')
    const { sound: isSound, problems } = await verifyBitcoinLedger(directory)
    expect(isSound).toBe(false)
    expect(problems.every(({ what }) => !what.includes('SHA-256'))).toBe(true)
  })

  it('finds any changed byte of any file whose hash was written anew, and stops at none of them', async () => {
    const list = files()
    await fc.assert(
      fc.asyncProperty(
        fc.nat(list.length - 1),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.integer({ min: 1, max: 255 }),
        async (which, where, flip) => {
          const [segment, file] = list[which] as [string, string]
          const directory = copy()
          change(directory, segment, file, (bytes) => {
            const at = Math.floor(where * bytes.length)
            bytes[at] = (bytes[at] as number) ^ flip
          })
          mend(directory, segment, file)
          const { sound: isSound } = await verifyBitcoinLedger(directory)
          rmSync(directory, { recursive: true })
          expect(isSound, `${segment}/${file}`).toBe(false)
        },
      ),
      { numRuns: 150 },
    )
  }, 60_000)

  it('finds what the manifest says wrongly: the hash, the tip, times, counts, and that the chain begins at genesis', async () => {
    const wrong: Partial<BitcoinManifest>[] = [
      { hash: '0'.repeat(64) },
      { tip: { height: 19, hash: '0'.repeat(64) } },
      { time: { first: 0, last: 1 } },
      { blocks: { first: 1, last: 19 } },
      { transactions: 3 },
      { unknownValues: 0 },
      { genesis: true },
    ]
    for (const change of wrong) {
      const directory = copy()
      writeFileSync(join(directory, 'manifest.json'), JSON.stringify({ ...manifestOf(directory), ...change }))
      const { problems } = await verifyBitcoinLedger(directory)
      expect(
        problems.map(({ file }) => file),
        JSON.stringify(change),
      ).toEqual(['manifest.json'])
    }
  })

  it('finds files of an odd size, and records that do not fit their files, without reading past them', async () => {
    const odd = copy()
    const path = join(odd, 'segment-000001', 'paid.output')
    writeFileSync(path, Buffer.concat([readFileSync(path), Buffer.of(1, 2)]))
    mend(odd, 'segment-000001', 'paid.output')
    expect((await verifyBitcoinLedger(odd)).sound).toBe(false)
    const counts = copy()
    const manifest = manifestOf(counts)
    const segments = manifest.segments.map((record) => ({ ...record, outputs: record.outputs + 1 }))
    writeFileSync(join(counts, 'manifest.json'), JSON.stringify({ ...manifest, segments }))
    expect((await verifyBitcoinLedger(counts)).problems[0]?.what).toContain('does not fit its counts')
  })
})
