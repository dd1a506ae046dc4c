import { readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { extendBitcoinLedger, openBitcoinLedger, verifyAnyLedger, writeBitcoinLedger } from '../../../src/ledger/index.ts'
import { killWriter } from '../kill-writer.ts'
import { incomingBlocks } from './chain.ts'
import { longChain } from './long-chain.ts'

const root = await mkdtemp(join(tmpdir(), 'cordon-bitcoin-interrupted-'))
let made = 0
const place = (): string => join(root, String(made++))
afterAll(() => rm(root, { recursive: true, force: true }))

const WRITER = new URL('interrupted-writer.ts', import.meta.url)

describe('a killed process', () => {
  it('in the middle of an import leaves the older Bitcoin ledger whole, and the next import clears up after it', async () => {
    const directory = place()
    const { manifest } = await writeBitcoinLedger(incomingBlocks(longChain(5, 0, '')), directory)
    await killWriter(WRITER, 'hang', directory, 0)
    expect(readdirSync(directory).some((name) => name.startsWith('unfinished-'))).toBe(true)
    const ledger = await openBitcoinLedger(directory)
    expect(ledger.manifest).toEqual(manifest)
    await ledger.close()
    expect((await verifyAnyLedger(directory)).problems).toEqual([])
    await writeBitcoinLedger(incomingBlocks(longChain(3, 0, '')), directory)
    expect(readdirSync(directory).sort()).toEqual(['lock', 'manifest.json', 'segment-000002'])
  })

  it('in a first import leaves no ledger, and says so', async () => {
    const directory = place()
    await killWriter(WRITER, 'hang', directory, 0)
    await expect(openBitcoinLedger(directory)).rejects.toMatchObject({
      code: 'ledger/not-a-ledger',
      message: expect.stringContaining('did not finish'),
    })
    await writeBitcoinLedger(incomingBlocks(longChain(3, 0, '')), directory)
    expect((await verifyAnyLedger(directory)).sound).toBe(true)
  })

  it('at any moment of many appends and reorganisations leaves a sound ledger, which can be appended to', async () => {
    const directory = place()
    for (const wait of [5, 170, 333, 600, 1100]) {
      await writeBitcoinLedger(incomingBlocks(longChain(12, 0, '')), directory)
      await killWriter(WRITER, 'loop', directory, wait)
      const report = await verifyAnyLedger(directory)
      expect(report.problems).toEqual([])
      const { manifest } = await extendBitcoinLedger(incomingBlocks(longChain(60, 0, '')), directory)
      expect(manifest.blocks?.last).toBe(59)
      expect((await verifyAnyLedger(directory)).problems).toEqual([])
    }
  }, 60_000)
})
