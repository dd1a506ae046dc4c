import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { BITCOIN_NETWORKS, type ChainId, CordonError, type Work } from '../../chain/index.ts'
import { appendAny, exportLedger, importAny, verifyAnyLedger } from '../../ledger/index.ts'
import { withBlocks } from './live/blocks.ts'
import type { LiveSource } from './live/source.ts'
import { refuseBombs } from './unpack.ts'

/** What an import is given: names of files where its process stands, or a node to be asked for blocks; and the ledger's folder. */
export type ImportInput = {
  readonly files: readonly string[]
  readonly source?: LiveSource | undefined
  readonly fromHeight?: number | undefined
  readonly toHeight?: number | undefined
  readonly directory: string
  readonly chain?: ChainId | undefined
  readonly genesis?: boolean | undefined
  readonly refuseLimit?: number | undefined
  readonly height?: number | undefined
  readonly memoryLimit: number
}

/** What came of it, as far as it is kept. */
export type ImportOutcome = {
  readonly hash: string
  /** What was read: transfers of a chain of accounts, transactions and blocks of one of outputs. */
  readonly read: { readonly transfers: number } | { readonly transactions: number; readonly blocks: number }
  readonly bytes: number
  /** Bytes that were read to get it. */
  readonly bytesRead: number
  readonly refused: { readonly count: number; readonly rows: readonly object[] }
  readonly undone: number
}

/** Refused rows that are kept with a job. */
const MOST_ROWS = 100

/** Reads files, or a node's blocks, into a new ledger, or one that replaces what was there. */
export async function importIntoLedger(input: ImportInput, work: Work): Promise<ImportOutcome> {
  return reading(input, work, importAny)
}

/** Adds newer blocks. */
export async function appendToLedger(input: ImportInput, work: Work): Promise<ImportOutcome> {
  return reading(input, work, appendAny)
}

async function reading(input: ImportInput, work: Work, read: typeof importAny): Promise<ImportOutcome> {
  const { source, fromHeight, toHeight } = input
  if (source === undefined) {
    await refuseBombs(input.files, work)
    return outcomeOf(await read({ ...optionsOf(input), ...work }))
  }
  const { chain } = BITCOIN_NETWORKS[source.network]
  return withBlocks(source, async ({ address, fetch }) =>
    outcomeOf(await read({ ...optionsOf(input), paths: [address], fetch, chain, fromHeight, toHeight, ...work })),
  )
}

function optionsOf({ files, directory, chain, genesis, refuseLimit, height, memoryLimit }: ImportInput) {
  return { paths: files, directory, chain, genesis, refuseLimit, height, memoryLimit }
}

function outcomeOf(report: Awaited<ReturnType<typeof importAny>>): ImportOutcome {
  const { manifest, bytes } = report
  const bytesRead = report.sources.reduce((sum, source) => sum + source.bytes, 0)
  if ('undone' in report) {
    const { transactions, blocks, undone } = report
    return { hash: manifest.hash, read: { transactions, blocks }, bytes, bytesRead, refused: { count: 0, rows: [] }, undone }
  }
  const { count, rows } = report.refused
  return {
    hash: manifest.hash,
    read: { transfers: report.transfers },
    bytes,
    bytesRead,
    refused: { count, rows: rows.slice(0, MOST_ROWS) },
    undone: 0,
  }
}

/** Every content hash and every order once more. */
export async function verifyLedgerFiles({ directory }: { readonly directory: string }, work: Work) {
  const { sound, problems, manifest, files, bytes } = await verifyAnyLedger(directory, work)
  return { sound, hash: manifest.hash, files, bytes, problems: problems.slice(0, MOST_ROWS) }
}

/** Parquet files of a ledger of accounts; gives their names. */
export async function exportLedgerFiles({ directory, out }: { readonly directory: string; readonly out: string }, work: Work) {
  const report = await exportLedger({ directory, out, ...work })
  const files = (await readdir(out, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  if (files.length === 0) throw new CordonError('ledger/empty', 'the ledger holds nothing to export', { remedy: 'Import something first.' })
  return { transfers: report.transfers, fees: report.fees, files: files.map((entry) => join(entry.parentPath, entry.name)) }
}
