import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { openWorld, simulate, type TruthDocument } from '../../src/simulate/index.ts'
import { readAll } from './replay.ts'

const folder = mkdtempSync(join(tmpdir(), 'cordon-simulate-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const HEADER = ['token_address', 'from_address', 'to_address', 'value', 'transaction_hash', 'log_index', 'block_number', 'block_timestamp']
const options = { transfers: 12_000, seed: 'files' } as const

async function rows(sql: string) {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const reader = await connection.runAndReadAll(sql)
  const result = { names: reader.columnNames(), types: reader.columnTypes().map(String), rows: reader.getRowsJS() }
  connection.closeSync()
  instance.closeSync()
  return result
}

function digests(out: string): Record<string, string> {
  const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort()
  return Object.fromEntries(paths.map((path) => [path.slice(out.length), createHash('sha256').update(readFileSync(path)).digest('hex')]))
}

describe('the files of a simulated world', () => {
  for (const format of ['csv', 'parquet'] as const)
    it(`are the same bytes for the same seed (${format})`, async () => {
      await simulate({ ...options, format, out: join(folder, `${format}-1`) })
      await simulate({ ...options, format, out: join(folder, `${format}-2`) })
      expect(digests(join(folder, `${format}-1`))).toEqual(digests(join(folder, `${format}-2`)))
    })

  for (const format of ['csv', 'parquet'] as const)
    it(`have the columns of ethereum-etl token transfers and every transfer in chain order (${format})`, async () => {
      const out = join(folder, `${format}-1`)
      const source =
        format === 'csv'
          ? `read_csv('${out}/token_transfers/*.csv', all_varchar = true)`
          : `read_parquet('${out}/token_transfers/*.parquet')`
      const read = await rows(`SELECT * REPLACE (log_index::INTEGER AS log_index, block_number::INTEGER AS block_number) FROM ${source}`)
      expect(read.names).toEqual(HEADER)
      const w = openWorld(options)
      const expected = readAll(w)
      expect(read.rows.length).toBe(expected.length)
      expected.forEach((t, i) => {
        expect(read.rows[i]!.slice(0, 7)).toEqual([
          w.assets[t.asset]!.address,
          t.from,
          t.to,
          String(t.value),
          w.names.transaction(t.transaction),
          t.logIndex,
          t.block,
        ])
      })
    })

  it('tell the time of a block as BigQuery does: text with UTC in CSV, a timestamp in UTC in Parquet', async () => {
    const csv = await rows(`SELECT block_timestamp FROM read_csv('${folder}/csv-1/token_transfers/*.csv', all_varchar = true) LIMIT 1`)
    expect(csv.rows[0]![0]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/)
    const parquet = await rows(`SELECT block_timestamp FROM '${folder}/parquet-1/token_transfers/*.parquet' LIMIT 1`)
    expect(parquet.types).toEqual(['TIMESTAMP WITH TIME ZONE'])
    expect((parquet.rows[0]![0] as Date).toISOString().slice(0, 19)).toBe(String(csv.rows[0]![0]).slice(0, 19).replace(' ', 'T'))
  })

  it('tag hot wallets and services that the public knows, and no deposit address', async () => {
    const out = join(folder, 'csv-1')
    const truth = JSON.parse(readFileSync(join(out, 'truth.json'), 'utf8')) as TruthDocument
    const tagged = ['exchanges', 'services', 'pools'].flatMap((name) => {
      const pack = parse(readFileSync(join(out, 'tags', `${name}.yaml`), 'utf8')) as { tags: { address: string }[] }
      return pack.tags.map(({ address }) => address)
    })
    for (const exchange of truth.exchanges) for (const hot of exchange.hotWallets) expect(tagged.includes(hot)).toBe(exchange.tagged)
    for (const service of truth.services) expect(tagged.includes(service.account)).toBe(service.tagged)
    expect(truth.services.some(({ tagged }) => !tagged)).toBe(true)
    const deposits = await rows(`SELECT address FROM read_csv('${out}/truth/deposits.csv')`)
    expect(deposits.rows.length).toBeGreaterThan(100)
    for (const [address] of deposits.rows) expect(tagged).not.toContain(address)
  })

  it('give the seeds of each theft one address a line', () => {
    const truth = JSON.parse(readFileSync(join(folder, 'csv-1', 'truth.json'), 'utf8')) as TruthDocument
    for (const theft of truth.thefts) {
      const lines = readFileSync(join(folder, 'csv-1', 'seeds', `${theft.name}.csv`), 'utf8')
        .trimEnd()
        .split('\n')
      expect(lines).toEqual([...new Set(theft.seeds.map(({ account }) => account))])
    }
  })

  it('are not written over other files', async () => {
    const out = mkdtempSync(join(folder, 'full-'))
    writeFileSync(join(out, 'mine.txt'), 'mine')
    await expect(simulate({ ...options, out })).rejects.toMatchObject({ code: 'simulate/not-empty' })
    expect(readdirSync(out)).toEqual(['mine.txt'])
  })

  it('are refused with a remedy where they cannot be written', async () => {
    const file = join(folder, 'a-file')
    writeFileSync(file, '')
    await expect(simulate({ ...options, out: join(file, 'world') })).rejects.toMatchObject({
      code: 'simulate/cannot-write',
      remedy: expect.stringContaining('disk'),
    })
  })

  it('are not left behind in part when the work is stopped', async () => {
    const stop = new AbortController()
    const out = join(folder, 'stopped')
    const work = { signal: stop.signal, progress: () => stop.abort(new Error('stopped')) }
    await expect(simulate({ transfers: 300_000, seed: 1, out, ...work })).rejects.toThrow('stopped')
    expect(existsSync(out)).toBe(false)
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([])
  })
})
