import { mkdir, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { Work } from '../chain/index.ts'
import { depositRows, describeTruth, isoTime, poisoningRows } from './describe.ts'
import { type Format, type WrittenFile, writeTable, writeTransfers } from './files.ts'
import { openWorld, transfersOf, type WorldOptions } from './generate.ts'
import { readme } from './readme.ts'
import { publicTags } from './tags.ts'
import { writeWhole } from './whole.ts'
import { FIRST_BLOCK, type World } from './world.ts'

/** From this many transfers on, a world is written as Parquet unless told otherwise. */
const LARGE = 1_000_001

export interface SimulateOptions extends WorldOptions, Work {
  /** Directory to write; must be missing or empty. */
  readonly out: string
  readonly format?: Format
}

/** What was made; also written as `world.json`. */
export interface SimulateReport {
  readonly format: 'cordon-simulated-world'
  readonly formatVersion: 1
  readonly seed: string
  readonly fileFormat: Format
  readonly transfers: number
  readonly transactions: number
  /** Account numbers given out; quiet users may never appear. */
  readonly accounts: number
  readonly users: number
  readonly exchanges: number
  readonly depositAddresses: number
  readonly assets: number
  readonly lookAlikes: number
  readonly blocks: { readonly first: number; readonly last: number }
  readonly time: { readonly first: string; readonly last: string }
  readonly thefts: readonly TheftSummary[]
  /** Paths relative to the directory. */
  readonly files: readonly WrittenFile[]
}

export interface TheftSummary {
  readonly name: string
  readonly seeds: number
  /** Accounts that held stolen value. */
  readonly accounts: number
  readonly flows: number
  readonly cashOuts: number
  readonly patterns: readonly string[]
}

/**
 * Makes a world of honest traffic and laundered thefts and writes it as ethereum-etl files, with its truth, the tags that the
 * public would have, and the seeds of each theft. The directory appears whole or not at all.
 *
 * @throws CordonError `simulate/size`, `simulate/not-empty`, `simulate/cannot-write`; the signal's reason when stopped.
 * @example
 * await simulate({ transfers: 10_000, seed: 1, out: 'world' })
 * // world/token_transfers/part-00000.csv, world/tags, world/seeds/theft-01.csv, world/truth.json ...
 */
export async function simulate(options: SimulateOptions): Promise<SimulateReport> {
  const world = openWorld(options)
  const format = options.format ?? (options.transfers < LARGE ? 'csv' : 'parquet')
  const { out, signal } = options
  return writeWhole({ out, signal, room: 'about 100 bytes a transfer as Parquet, 250 as CSV' }, (folder) =>
    write(world, options, folder, format),
  )
}

async function write(w: World, options: SimulateOptions, folder: string, format: Format): Promise<SimulateReport> {
  const files: WrittenFile[] = await writeTransfers(w, transfersOf(w), join(folder, 'token_transfers'), format, options)
  const put = async (name: string, text: string, rows: number) => {
    await writeFile(join(folder, name), text)
    files.push({ file: join(folder, name), rows, bytes: Buffer.byteLength(text) })
  }
  for (const name of ['tags', 'seeds', 'truth']) await mkdir(join(folder, name))

  const tokens = w.assets.map((a) => `${a.address},${a.symbol},${a.name},${a.decimals},,${FIRST_BLOCK}`)
  await put('tokens.csv', `address,symbol,name,decimals,total_supply,block_number\n${tokens.join('\n')}\n`, tokens.length)
  for (const { file, text } of publicTags(w)) await put(join('tags', file), text, text.split('\n- ').length - 1)
  for (const theft of w.thefts) {
    const seeds = [...new Set(theft.seeds.map((seed) => w.names.account(seed.account)))]
    await put(join('seeds', `${theft.name}.csv`), seeds.map((seed) => `${seed}\n`).join(''), seeds.length)
  }
  const truth = describeTruth(w)
  await put('truth.json', `${JSON.stringify(truth, null, 1)}\n`, truth.thefts.length)
  options.signal?.throwIfAborted()
  const deposits = ['address', 'exchange', 'customer']
  files.push(await writeTable(join(folder, 'truth', `deposits.${format}`), deposits, depositRows(w), format))
  const pairs = ['address', 'imitates', 'victim', 'kind']
  files.push(await writeTable(join(folder, 'truth', `poisoning.${format}`), pairs, poisoningRows(w), format))

  const report: SimulateReport = {
    format: 'cordon-simulated-world',
    formatVersion: 1,
    seed: String(options.seed),
    fileFormat: format,
    transfers: w.emitted,
    transactions: w.transaction + 1,
    accounts: w.nextAccount,
    users: w.sizes.users,
    exchanges: w.cast.exchanges.length + w.cast.instants.length,
    depositAddresses: w.deposits.length,
    assets: w.assets.length,
    lookAlikes: w.poisoning.length,
    blocks: { first: FIRST_BLOCK + 1, last: FIRST_BLOCK + w.block },
    time: { first: isoTime(1), last: isoTime(w.block) },
    thefts: truth.thefts.map((theft) => ({
      name: theft.name,
      seeds: theft.seeds.length,
      accounts: theft.accounts,
      flows: theft.flows.length,
      cashOuts: theft.cashOuts.length,
      patterns: theft.patterns,
    })),
    files: files.map((file) => ({ ...file, file: relative(folder, file.file) })),
  }
  await writeFile(join(folder, 'world.json'), `${JSON.stringify(report, null, 1)}\n`)
  await writeFile(join(folder, 'README.txt'), readme(report))
  return report
}
