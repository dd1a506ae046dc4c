import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { type LocalLedger, openLedger } from '../../src/ledger/index.ts'
import { type MeasuredRow, median } from '../rows.ts'

/** Transfers from which an account counts as a hub and is not opened. */
const HUB = 1000

/**
 * All transfers of `accounts` scattered accounts (no hubs) of a ledger in chain order: warm, and cold where this process may drop the
 * system's caches. The peer is the best SQL that we know for DuckDB: native tables sorted both ways, 64-bit keys in place of addresses, a
 * semi-join each way. `peer` is the folder with the `by-f.parquet` and `by-t.parquet` that `measureImport` leaves.
 */
export async function measureReach(directory: string, peer: string | null, accounts: number): Promise<MeasuredRow[]> {
  const opened = performance.now()
  let ledger = await openLedger(directory)
  const [first] = await ledger.addresses([0])
  await ledger.accountIds([first as string])
  const openMs = performance.now() - opened
  const chosen = await pick(ledger, accounts)
  const data = `${ledger.manifest.transfers / 1e6} M transfers, ${accounts} scattered accounts`
  const addresses = await ledger.addresses(chosen)
  await ledger.close()

  const cold: number[] = []
  if (dropCaches()) {
    ledger = await openLedger(directory)
    cold.push(await time(() => read(ledger, chosen)))
    await ledger.close()
  }
  ledger = await openLedger(directory)
  const warm: number[] = []
  let transfers = 0
  for (let i = 0; i < 7; i++) {
    warm.push(
      await time(async () => {
        transfers = await read(ledger, chosen)
      }),
    )
  }
  await ledger.close()
  const resident = residentBytes()
  const ours = median(warm.slice(2))
  const theirs = peer === null ? null : await peerTime(peer, addresses, transfers)
  const id = `ledger-reach-${accounts}`
  const rows: MeasuredRow[] = [
    {
      id: `${id}-warm`,
      what: `transfers of ${accounts} accounts in chain order (${transfers} transfers), warm`,
      data,
      value: ours,
      unit: 'ms',
      target: 'ratio >= 50',
      peer: theirs === null ? null : 'DuckDB: native tables sorted both ways, 64-bit keys, semi-joins, warm',
      peerValue: theirs,
      ratio: theirs === null ? null : theirs / ours,
    },
    {
      id: 'ledger-open',
      what: 'open a ledger and look an address up',
      data,
      value: openMs,
      unit: 'ms',
      target: '<= 1000',
      peer: null,
      peerValue: null,
      ratio: null,
    },
    {
      id: `${id}-resident`,
      what: 'resident memory after it',
      data,
      value: resident / 2 ** 30,
      unit: 'GiB',
      target: '<= 1',
      peer: null,
      peerValue: null,
      ratio: null,
    },
  ]
  const [coldMs] = cold
  if (coldMs !== undefined) {
    rows.push({
      id: `${id}-cold`,
      what: `the same, nothing in the system's cache`,
      data,
      value: coldMs,
      unit: 'ms',
      target: null,
      peer: null,
      peerValue: null,
      ratio: null,
    })
  }
  return rows
}

/** Accounts spread evenly over the ledger, hubs left out. */
async function pick(ledger: LocalLedger, count: number): Promise<Uint32Array> {
  const step = Math.max(1, Math.floor(ledger.manifest.accounts / (count * 2)))
  const candidates = Uint32Array.from({ length: Math.floor(ledger.manifest.accounts / step) }, (_, i) => i * step)
  const degrees = await ledger.degrees(candidates)
  return candidates.filter((_, i) => (degrees.out[i] as number) + (degrees.in[i] as number) < HUB).slice(-count)
}

async function read(ledger: LocalLedger, accounts: Uint32Array): Promise<number> {
  let transfers = 0
  for await (const batch of ledger.transfersOf(accounts)) transfers += batch.length
  return transfers
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

function residentBytes(): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'latin1'))?.[1] ?? 0) * 1024
}

/** Empties the system's page cache; false where this process may not. */
function dropCaches(): boolean {
  if (spawnSync('sync').status !== 0) return false
  try {
    writeFileSync('/proc/sys/vm/drop_caches', '1')
    return true
  } catch {
    return false
  }
}

const key = (column: string): string => `('0x' || substr(${column}, 1, 16))::UBIGINT`

async function peerTime(folder: string, addresses: readonly string[], expected: number): Promise<number> {
  const file = join(folder, 'peer.duckdb')
  const fresh = !existsSync(file)
  const instance = await DuckDBInstance.create(file, { threads: '2', memory_limit: '4GB' })
  const connection = await instance.connect()
  try {
    if (fresh) {
      for (const by of ['f', 't']) {
        await connection.run(
          `CREATE TABLE by_${by} AS SELECT ${key('hex(f)')} AS f, ${key('hex(t)')} AS t, p, a, v FROM '${join(folder, `by-${by}.parquet`)}'`,
        )
      }
    }
    await connection.run('CREATE TEMP TABLE wanted (text VARCHAR)')
    const appender = await connection.createAppender('wanted', null, 'temp').catch(() => connection.createAppender('wanted'))
    for (const address of addresses) {
      appender.appendVarchar(address)
      appender.endRow()
    }
    appender.closeSync()
    await connection.run(`CREATE TEMP TABLE chosen AS SELECT ${key('substr(text, 3)')} AS k FROM wanted ORDER BY k`)
    const times: number[] = []
    for (let i = 0; i < 5; i++) times.push(await time(async () => checkCount(await query(connection), expected)))
    return median(times.slice(1))
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

function checkCount(found: number, expected: number): void {
  if (found !== expected) throw new Error(`the peer found ${found} transfers and the ledger ${expected}`)
}

async function query(connection: DuckDBConnection): Promise<number> {
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE found AS
      SELECT f, t, p, a, v FROM by_f WHERE f IN (SELECT k FROM chosen)
      UNION ALL SELECT f, t, p, a, v FROM by_t WHERE t IN (SELECT k FROM chosen) AND f NOT IN (SELECT k FROM chosen)
      ORDER BY p`,
  )
  const reader = await connection.runAndReadAll('SELECT count(*) FROM found')
  return Number(reader.getRows()[0]?.[0])
}
