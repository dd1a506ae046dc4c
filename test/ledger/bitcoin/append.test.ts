import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { BITCOIN_NETWORKS } from '../../../src/chain/index.ts'
import { appendAny, importAny, openAnyLedger, verifyAnyLedger } from '../../../src/ledger/index.ts'
import { framed, grow, undone, withFiles } from './files/chain.ts'

const chain = BITCOIN_NETWORKS.regtest.chain

describe('appending block files', () => {
  it('takes from a folder that holds the whole chain only what comes after a ledger that begins later', async () => {
    const links = grow(null, 14)
    const part = links.slice(6, 10)
    const files = {
      'part/blk00000.dat': framed(part),
      'part/rev00000.dat': undone(part),
      'whole/blk00000.dat': framed(links),
      'whole/rev00000.dat': undone(links),
    }
    await withFiles(files, async (folder) => {
      const directory = join(folder, 'ledger')
      await importAny({ paths: [join(folder, 'part')], directory, chain })
      const report = await appendAny({ paths: [join(folder, 'whole')], directory, chain })
      expect(report).toMatchObject({ blocks: 4, undone: 0, manifest: { blocks: { first: 7, last: 14 }, unknownValues: 0 } })
      expect((await verifyAnyLedger(directory)).problems).toEqual([])
    })
  })

  it('follows a longer branch in the files, and is then the ledger that importing them anew gives', async () => {
    const shared = grow(null, 5)
    const old = [...shared, ...grow(shared.at(-1) ?? null, 2, 1)]
    const longer = [...shared, ...grow(shared.at(-1) ?? null, 4, 2)]
    const files = {
      'old/blk00000.dat': framed(old),
      'both/blk00000.dat': framed([...old, ...longer.slice(5)]),
      'new/blk00000.dat': framed(longer),
    }
    await withFiles(files, async (folder) => {
      const at = (name: string): string => join(folder, name)
      await importAny({ paths: [at('old')], directory: at('ledger'), chain })
      expect(await appendAny({ paths: [at('both')], directory: at('ledger'), chain })).toMatchObject({ blocks: 4, undone: 2 })
      await importAny({ paths: [at('new')], directory: at('direct'), chain })
      const [ledger, direct] = [await openAnyLedger(at('ledger')), await openAnyLedger(at('direct'))]
      expect(ledger.manifest.hash).toBe(direct.manifest.hash)
      expect(ledger.manifest.time).toEqual(direct.manifest.time)
      await ledger.close()
      await direct.close()
      // Once more changes nothing.
      expect(await appendAny({ paths: [at('both')], directory: at('ledger'), chain })).toMatchObject({ blocks: 0, undone: 0 })
    })
  })
})
