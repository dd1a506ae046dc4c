import { mkdir, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { BITCOIN_NETWORKS, type Work } from '../../chain/index.ts'
import type { WrittenFile } from '../files.ts'
import { writeWhole } from '../whole.ts'
import { depositLines, describeBitcoinTruth, outpointText, ownerLines } from './describe.ts'
import { type BitcoinWorldOptions, blocksOf, type MadeBlock, openBitcoinWorld } from './generate.ts'
import { createLineFile, type LineFile } from './lines.ts'
import { bitcoinReadme } from './readme.ts'
import { bitcoinTags } from './tags.ts'
import type { MinedBlock } from './wire/block.ts'
import { createBlockFiles, type StoredBlock } from './wire/block-files.ts'
import { etlBlock, etlTransactions } from './wire/etl.ts'
import { hashText, sha256 } from './wire/hash.ts'
import { encodeUndo } from './wire/undo.ts'
import type { BitcoinWorld } from './world.ts'

export type BitcoinFormat = 'blocks' | 'etl' | 'both'

export interface BitcoinSimulateOptions extends BitcoinWorldOptions, Work {
  /** Directory to write; must be missing or empty. */
  readonly out: string
  /** Block files as Bitcoin Core keeps them (default), bitcoin-etl JSON lines, or both. */
  readonly format?: BitcoinFormat
  /** Obfuscates block files with a key in xor.dat, as Bitcoin Core does since version 28 (default true). */
  readonly obfuscate?: boolean
}

/** What was made; also written as `world.json`. */
export interface BitcoinSimulateReport {
  readonly format: 'cordon-simulated-bitcoin-world'
  readonly formatVersion: 1
  readonly seed: string
  readonly fileFormat: BitcoinFormat
  readonly network: 'regtest'
  readonly obfuscated: boolean
  readonly transactions: number
  readonly addresses: number
  readonly users: number
  readonly exchanges: number
  readonly depositAddresses: number
  readonly coinJoins: Readonly<Record<string, number>>
  readonly blocks: { readonly first: 0; readonly last: number; readonly tip: string }
  readonly stale: { readonly height: number; readonly hash: string } | null
  readonly thefts: readonly BitcoinTheftSummary[]
  /** Paths relative to the directory. */
  readonly files: readonly WrittenFile[]
}

export interface BitcoinTheftSummary {
  readonly name: string
  /** Stolen outputs. */
  readonly seeds: number
  /** Satoshis, as decimal text. */
  readonly stolen: string
  readonly flows: number
  readonly cashOuts: number
  readonly mixed: number
  readonly swaps: number
  readonly patterns: readonly string[]
}

/** Every so many blocks one arrives after its successor. */
const LATE = 53

/**
 * Makes a Bitcoin world on regtest, honest traffic with CoinJoins and laundered thefts, and writes it as Bitcoin Core's block files or as bitcoin-etl JSON lines, with its truth, the tags that the public would have,
 * and the seeds of each theft. The directory appears whole or not at all.
 *
 * @throws CordonError `simulate/size`, `simulate/not-empty`, `simulate/cannot-write`; the signal's reason when stopped
 * @example
 * await simulateBitcoin({ transactions: 10_000, seed: 1, out: 'world' })
 * // world/blocks/blk00000.dat, world/tags, world/seeds/theft-01.csv, world/truth.json ...
 */
export async function simulateBitcoin(options: BitcoinSimulateOptions): Promise<BitcoinSimulateReport> {
  const world = openBitcoinWorld(options)
  const { out, signal } = options
  const room = 'about 600 bytes a transaction as blocks with their truth, 3,000 more as bitcoin-etl'
  return writeWhole({ out, signal, room }, (folder) => write(world, options, folder))
}

async function write(w: BitcoinWorld, options: BitcoinSimulateOptions, folder: string): Promise<BitcoinSimulateReport> {
  const format = options.format ?? 'blocks'
  const obfuscated = format !== 'etl' && (options.obfuscate ?? true)
  const files: WrittenFile[] = []
  for (const name of ['tags', 'seeds', 'truth']) await mkdir(join(folder, name))
  const chain = await writeChain(w, options, folder, format, obfuscated, files)
  const put = async (name: string, text: string, rows: number) => {
    await writeFile(join(folder, name), text)
    files.push({ file: join(folder, name), rows, bytes: Buffer.byteLength(text) })
  }
  const list = (name: string, lines: Iterable<string>) => {
    const file = createLineFile(join(folder, name))
    for (const line of lines) file.line(line)
    files.push(file.close())
  }

  for (const { file, text } of bitcoinTags(w)) await put(join('tags', file), text, text.split('\n- ').length - 1)
  for (const theft of w.thefts)
    list(
      join('seeds', `${theft.name}.csv`),
      theft.seeds.map(({ coin }) => outpointText(w, coin)),
    )
  const truth = describeBitcoinTruth(w)
  await put('truth.json', `${JSON.stringify(truth, null, 1)}\n`, truth.thefts.length)
  options.signal?.throwIfAborted()
  list(join('truth', 'owners.csv'), ownerLines(w))
  list(join('truth', 'deposits.csv'), depositLines(w))

  const families = w.coinJoins.map(({ family }) => family)
  const report: BitcoinSimulateReport = {
    format: 'cordon-simulated-bitcoin-world',
    formatVersion: 1,
    seed: String(options.seed),
    fileFormat: format,
    network: 'regtest',
    obfuscated,
    transactions: w.made,
    addresses: w.addresses.length,
    users: w.sizes.users,
    exchanges: w.cast.exchanges.length,
    depositAddresses: w.deposits.length,
    coinJoins: Object.fromEntries([...new Set(families)].sort().map((name) => [name, families.filter((each) => each === name).length])),
    blocks: { first: 0, last: w.height, tip: chain.tip },
    stale: chain.stale,
    thefts: truth.thefts.map((theft) => ({
      name: theft.name,
      seeds: theft.seeds.length,
      stolen: theft.stolen,
      flows: theft.flows.length,
      cashOuts: theft.cashOuts.length,
      mixed: theft.mixed.length,
      swaps: theft.swaps.length,
      patterns: theft.patterns,
    })),
    files: files.map((file) => ({ ...file, file: relative(folder, file.file) })),
  }
  await writeFile(join(folder, 'world.json'), `${JSON.stringify(report, null, 1)}\n`)
  await writeFile(join(folder, 'README.txt'), bitcoinReadme(report))
  return report
}

async function writeChain(
  w: BitcoinWorld,
  options: BitcoinSimulateOptions,
  folder: string,
  format: BitcoinFormat,
  obfuscated: boolean,
  files: WrittenFile[],
): Promise<{ readonly tip: string; readonly stale: BitcoinSimulateReport['stale'] }> {
  const network = BITCOIN_NETWORKS.regtest
  const key = obfuscated ? sha256(Buffer.from(`${w.seed}:xor`)).subarray(0, 8) : null
  const store = format === 'etl' ? null : createBlockFiles(join(folder, 'blocks'), network.magic, key)
  const open = (name: string, wanted: boolean): LineFile | null => (wanted ? createLineFile(join(folder, name)) : null)
  const transactions = open('transactions.jsonl', format !== 'blocks')
  const blocks = open('blocks.jsonl', format !== 'blocks')
  const change = createLineFile(join(folder, 'truth', 'change.csv'))
  let late: StoredBlock[] = []
  let tip: MinedBlock | null = null
  let stale: BitcoinSimulateReport['stale'] = null
  const closers = [() => store?.close() ?? [], ...[transactions, blocks, change].map((file) => () => (file === null ? [] : [file.close()]))]
  try {
    for (const made of blocksOf(w)) {
      options.signal?.throwIfAborted()
      const arrived = stored(made)
      if (made.stale !== null) stale = { height: made.stale.block.height, hash: hashText(made.stale.block.hash) }
      if (made.block.height > 0 && made.block.height % LATE === 0 && made.block.height < w.sizes.lastHeight) late = arrived
      else {
        store?.add([...arrived, ...late])
        late = []
      }
      blocks?.line(etlBlock(made.block))
      if (transactions !== null) for (const line of etlTransactions(made.block, made.spent, network)) transactions.line(line)
      for (const each of w.changes) change.line(outpointText(w, each))
      w.changes = []
      tip = made.block
      options.progress?.({ phase: 'simulating', done: w.made, total: w.sizes.transactions, unit: 'transactions' })
      // Lets signals in.
      await setImmediate()
    }
  } finally {
    for (const close of closers) files.push(...close())
  }
  return { tip: hashText(tip!.hash), stale }
}

function stored({ block, spent, stale }: MadeBlock): StoredBlock[] {
  const record = (of: MinedBlock, what: MadeBlock['spent']): StoredBlock => ({
    height: of.height,
    previous: of.previous,
    bytes: of.bytes,
    undo: what === null ? null : encodeUndo(what),
  })
  return stale === null ? [record(block, spent)] : [record(stale.block, stale.spent), record(block, spent)]
}
