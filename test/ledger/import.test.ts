import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { appendLedger, exportLedger, importLedger, openLedger, verifyLedger } from '../../src/ledger/index.ts'
import { readTransfers } from './contract.ts'
import { address, transactionHash } from './rows.ts'

const root = await mkdtemp(join(tmpdir(), 'cordon-import-'))
afterAll(() => rm(root, { recursive: true, force: true }))

const HEADER = 'token_address,from_address,to_address,value,transaction_hash,log_index,block_number'
const line = (n: number): string =>
  [address(500), address(n), address(n + 1), 10n ** BigInt(n + 10), transactionHash(n), n, 100 + n].join(',')
const csv = (name: string, numbers: readonly number[], extra = ''): string => {
  const file = join(root, name)
  writeFileSync(file, `${[HEADER, ...numbers.map(line)].join('\n')}\n${extra}`)
  return file
}

describe('importing files', () => {
  it('goes from ethereum-etl to answers, and on with newer blocks', async () => {
    const directory = join(root, 'ledger')
    const first = await importLedger({ paths: [csv('a.csv', [1, 2, 3, 4])], directory })
    expect(first.manifest).toMatchObject({ chain: 'eip155:1', transfers: 4, accounts: 5, blocks: { first: 101, last: 104 } })
    expect(first.sources).toMatchObject([{ rowsRead: 4, transfers: 4, refused: 0 }])
    const second = await appendLedger({ paths: [csv('b.csv', [5, 6])], directory })
    expect(second.transfers).toBe(2)
    expect(second.manifest.sources).toHaveLength(2)
    const ledger = await openLedger(directory)
    const ids = await ledger.accountIds([address(5)])
    expect((await readTransfers(ledger, ledger.transfersOf(ids))).map(({ from, to, value }) => [from, to, value])).toEqual([
      [address(4), address(5), 10n ** 14n],
      [address(5), address(6), 10n ** 15n],
    ])
    await ledger.close()
    const whole = await importLedger({ paths: [csv('c.csv', [1, 2, 3, 4, 5, 6])], directory: join(root, 'whole') })
    expect(whole.manifest.hash).toBe(second.manifest.hash)
    const out = join(root, 'out')
    await exportLedger({ directory, out })
    const again = await importLedger({ paths: [out], directory: join(root, 'again') })
    expect(again.manifest.hash).toBe(second.manifest.hash)
    expect((await verifyLedger(directory)).problems).toEqual([])
  })

  it('leaves the ledger as it was when too many rows are refused, and nothing lies about', async () => {
    const directory = join(root, 'ledger')
    const bad = csv('bad.csv', [1, 2], `${line(3).replace(/^0x/, '0y')}\n`)
    await expect(importLedger({ paths: [bad], directory, refuseLimit: 0 })).rejects.toMatchObject({ code: 'ledger/too-many-refused' })
    const ledger = await openLedger(directory)
    expect(ledger.manifest.transfers).toBe(6)
    await ledger.close()
    const { manifest, refused } = await importLedger({ paths: [bad], directory, refuseLimit: 1 })
    expect(manifest.transfers).toBe(2)
    expect(refused).toMatchObject({ count: 1, rows: [{ file: bad, line: 4 }] })
    expect(readdirSync(root).filter((name) => name.includes('sorting'))).toEqual([])
  })

  const harmony = fileURLToPath(new URL('../../../shared/data/heists/harmony-2022/flows.csv', import.meta.url))
  it.skipIf(!existsSync(harmony))("takes the investigators' flows of a real theft", async () => {
    const directory = join(root, 'harmony')
    const { manifest } = await importLedger({ paths: [harmony], directory })
    expect(manifest.assets.map(({ id }) => id)).toEqual(['usd'])
    expect(manifest.transfers).toBeGreaterThan(10)
    expect((await verifyLedger(directory)).problems).toEqual([])
  })
})
