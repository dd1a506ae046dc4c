import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll } from 'vitest'
import type { IncomingBatch, IncomingTransfers } from '../../../src/ledger/batch.ts'
import { type OpenOptions, openSources } from '../../../src/ledger/source/index.ts'

/** A transfer in words. */
export interface Read {
  readonly block: number
  readonly time: number
  readonly txIndex: number
  readonly index: number
  readonly kind: number
  readonly hash: string
  readonly from: string
  readonly to: string
  readonly asset: string
  readonly value: bigint
}

/** A folder for the files of one test file, taken away afterwards. */
export function folder(): {
  file(name: string): string
  write(name: string, content: string | Uint8Array): Promise<string>
  parquet(name: string, select: string): Promise<string>
} {
  let path = ''
  beforeAll(async () => {
    path = await mkdtemp(join(tmpdir(), 'cordon-formats-'))
  })
  afterAll(() => rm(path, { recursive: true, force: true }))
  const file = (name: string) => join(path, name)
  return {
    file,
    async write(name, content) {
      await writeFile(file(name), content)
      return file(name)
    },
    async parquet(name, select) {
      const instance = await DuckDBInstance.create(':memory:')
      const connection = await instance.connect()
      await connection.run(`COPY (${select}) TO '${file(name)}' (FORMAT parquet)`)
      connection.closeSync()
      instance.closeSync()
      return file(name)
    },
  }
}

/** Everything that a reading gives. */
export async function readAll(options: OpenOptions | readonly string[]): Promise<{
  readonly rows: Read[]
  readonly incoming: IncomingTransfers
  readonly fees: { hash: string; payer: string; amount: bigint }[]
}> {
  const incoming = await openSources(Array.isArray(options) ? { paths: options } : (options as OpenOptions))
  try {
    const rows: Read[] = []
    for await (const batch of incoming.batches()) for (let i = 0; i < batch.length; i++) rows.push(rowOf(incoming, batch, i))
    const fees: { hash: string; payer: string; amount: bigint }[] = []
    for await (const batch of incoming.fees()) {
      for (let i = 0; i < batch.length; i++) {
        fees.push({ hash: hashText(batch.hash, i), payer: addressText(batch.payer, i), amount: pair(batch.amount, i) })
      }
    }
    return { rows, incoming, fees }
  } finally {
    await incoming.close()
  }
}

export function rowOf(incoming: IncomingTransfers, batch: IncomingBatch, i: number): Read {
  let value = 0n
  for (let k = 3; k >= 0; k--) value = (value << 32n) | BigInt(batch.value[4 * i + k]!)
  return {
    block: batch.block[i]!,
    time: batch.time[i]!,
    txIndex: batch.txIndex[i]!,
    index: batch.index[i]!,
    kind: batch.kind[i]!,
    hash: hashText(batch.hash, i),
    from: addressText(batch.from, i),
    to: addressText(batch.to, i),
    asset: incoming.assets[batch.asset[i]!]!.id,
    value: batch.wide?.get(i) ?? value,
  }
}

function pair(words: Uint32Array, i: number): bigint {
  return (BigInt(words[2 * i + 1]!) << 32n) | BigInt(words[2 * i]!)
}

function hashText(words: readonly Uint32Array[], i: number): string {
  return `0x${words.map((word) => pair(word, i).toString(16).padStart(16, '0')).join('')}`
}

function addressText(words: readonly [Uint32Array, Uint32Array, Uint32Array], i: number): string {
  const wide = [pair(words[0], i), pair(words[1], i)].map((word) => word.toString(16).padStart(16, '0')).join('')
  return `0x${wide}${words[2][i]!.toString(16).padStart(8, '0')}`
}

/** An address that says who it is: `who(0xa)` is 0x0…a. */
export const who = (n: number): string => `0x${n.toString(16).padStart(40, '0')}`
export const tx = (n: number): string => `0x${n.toString(16).padStart(64, '0')}`
/** 32 bytes as text without 0x. */
export const word = (n: bigint | number | string): string => BigInt(n).toString(16).padStart(64, '0')

/** CSV of rows in the order of the header. */
export function csv(header: string, rows: readonly Readonly<Record<string, string | number>>[]): string {
  const names = header.split(',')
  return `${[header, ...rows.map((row) => names.map((name) => quote(String(row[name] ?? ''))).join(','))].join('\n')}\n`
}

function quote(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** SELECT of rows of literals with types: `parquetRows({a: 'INTEGER'}, [{a: 1}])`. A NULL is null, text is quoted, SQL goes as {sql}. */
export function parquetRows(types: Readonly<Record<string, string>>, rows: readonly Readonly<Record<string, unknown>>[]): string {
  const names = Object.keys(types)
  const literal = (value: unknown): string => {
    if (value === null || value === undefined) return 'NULL'
    if (typeof value === 'object') return (value as { sql: string }).sql
    return typeof value === 'string' ? `'${value}'` : String(value)
  }
  return rows
    .map((row) => `SELECT ${names.map((name) => `CAST(${literal(row[name])} AS ${types[name]}) AS "${name}"`).join(', ')}`)
    .join(' UNION ALL ')
}

const SHARED = fileURLToPath(new URL('../../../../shared/data/', import.meta.url))

/** Path of a shared data file, and whether it is there. */
export function shared(name: string): { readonly path: string; readonly missing: boolean } {
  const path = join(SHARED, name)
  const missing = !existsSync(path)
  if (missing) process.stderr.write(`skipped: ${path} is missing\n`)
  return { path, missing }
}
