import { copyFileSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { exportLedger, extendLedger, openExport, openLedger, writeLedger } from '../../src/ledger/index.ts'
import { incomingOf } from './incoming.ts'
import { address, ETHER, rowsArbitrary, sampleRows } from './rows.ts'

const root = await mkdtemp(join(tmpdir(), 'cordon-export-'))
let made = 0
const place = (): string => join(root, String(made++))
afterAll(() => rm(root, { recursive: true, force: true }))

describe('exporting a ledger', () => {
  it('gives a folder that imports to the same hash, with assets, fees, notes and every digit', async () => {
    const [directory, out, again] = [place(), place(), place()]
    const options = {
      genesis: true,
      lossy: true,
      orderNotes: ['as listed'],
      assets: [{ id: ETHER, decimals: 18, symbol: 'ETH' }],
      feeRows: [
        { payer: address(5), amount: 3n, hash: sampleRows()[0]?.hash as string },
        { payer: address(900), amount: 2n ** 64n - 1n },
      ],
    }
    const rows = sampleRows()
    const cut = rows.findIndex(({ block }) => block === 50)
    await writeLedger(incomingOf(rows.slice(0, cut), options), directory)
    const { manifest } = await extendLedger(incomingOf(rows.slice(cut), { ...options, feeRows: options.feeRows.slice(0, 1) }), directory)
    const report = await exportLedger({ directory, out })
    expect(report).toMatchObject({ transfers: 51, fees: 3 })
    const reimported = await writeLedger(await openExport(out), again)
    expect(reimported.manifest.hash).toBe(manifest.hash)
    expect(reimported.manifest).toMatchObject({
      genesis: true,
      lossy: true,
      orderNotes: ['as listed'],
      assets: manifest.assets,
      time: manifest.time,
    })
  })

  it('goes round for random ledgers with values up to 2^256-1', async () => {
    await fc.assert(
      fc.asyncProperty(rowsArbitrary, async (rows) => {
        const [directory, out, again] = [place(), place(), place()]
        const { manifest } = await writeLedger(incomingOf(rows), directory)
        await exportLedger({ directory, out })
        expect((await writeLedger(await openExport(out), again)).manifest.hash).toBe(manifest.hash)
      }),
      { numRuns: 10 },
    )
  })

  it('writes columns by the names that ethereum-etl gives them', async () => {
    const [directory, out] = [place(), place()]
    await writeLedger(incomingOf(sampleRows()), directory)
    await exportLedger({ directory, out })
    const instance = await DuckDBInstance.create(':memory:')
    const connection = await instance.connect()
    const result = await connection.runAndReadAll(`SELECT * FROM '${join(out, 'transfers-00000.parquet')}' LIMIT 3`)
    const [first, , third] = result.getRowObjects()
    const rows = sampleRows()
    expect(first).toEqual({
      block_number: 10n,
      block_timestamp: 1000n,
      transaction_hash: rows[0]?.hash,
      log_index: null,
      token_address: null,
      from_address: address(1),
      to_address: address(2),
      value: '5',
      asset: ETHER,
    })
    expect(third).toMatchObject({ token_address: address(1_000_001), log_index: 1, value: String(2n ** 63n) })
    connection.closeSync()
    instance.closeSync()
  })

  it('touches no folder that holds something', async () => {
    const [directory, out] = [place(), place()]
    await writeLedger(incomingOf(sampleRows()), directory)
    await exportLedger({ directory, out })
    const before = readdirSync(out)
    await expect(exportLedger({ directory, out })).rejects.toMatchObject({ code: 'ledger/not-empty' })
    expect(readdirSync(out)).toEqual(before)
  })

  it('is not imported when a part is missing, and the older ledger stays', async () => {
    const [directory, out] = [place(), place()]
    await writeLedger(incomingOf(sampleRows()), directory)
    await exportLedger({ directory, out })
    copyFileSync(join(out, 'transfers-00000.parquet'), join(out, 'transfers-00001.parquet'))
    await expect(openExport(out).then((incoming) => writeLedger(incoming, directory))).rejects.toMatchObject({ name: 'CordonError' })
    rmSync(join(out, 'transfers-00000.parquet'))
    rmSync(join(out, 'transfers-00001.parquet'))
    await expect(openExport(out).then((incoming) => writeLedger(incoming, directory))).rejects.toMatchObject({ code: 'ledger/bad-export' })
    writeFileSync(join(out, 'transfers-00000.parquet'), 'not Parquet')
    await expect(openExport(out).then((incoming) => writeLedger(incoming, directory))).rejects.toMatchObject({ code: 'ledger/bad-export' })
    const ledger = await openLedger(directory)
    expect(ledger.manifest.transfers).toBe(51)
    await ledger.close()
    expect(existsSync(join(directory, 'unfinished-segment-000002'))).toBe(false)
  })
})
