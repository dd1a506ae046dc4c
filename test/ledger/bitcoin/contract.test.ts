import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { extendBitcoinLedger, writeBitcoinLedger } from '../../../src/ledger/bitcoin/local/import.ts'
import type { BitcoinManifest } from '../../../src/ledger/bitcoin/local/layout.ts'
import { LocalBitcoinLedger } from '../../../src/ledger/bitcoin/local/ledger.ts'
import type { Ledger, MemoryOptions, ReadMode } from '../../../src/ledger/index.ts'
import { readAnyManifest } from '../../../src/ledger/local/store.ts'
import { ledgerContract, type MakeLedger } from '../contract.ts'
import { address, sampleRows } from '../rows.ts'
import { incomingBlocks, type PlainBlock } from './chain.ts'
import { coinsContract } from './coins-contract.ts'
import type { TestBlock } from './esplora/blocks.ts'
import { BITCOIN, blocksOfRows, nameOfAccount } from './profile.ts'

const root = await mkdtemp(join(tmpdir(), 'cordon-bitcoin-contract-'))
let made = 0
afterAll(() => rm(root, { recursive: true, force: true }))

const incoming = (blocks: readonly PlainBlock[], options: MemoryOptions = {}): ReturnType<typeof incomingBlocks> => ({
  ...incomingBlocks(blocks, options.orderNotes),
  lossy: options.lossy ?? false,
})

const open = async (directory: string, read?: ReadMode): Promise<LocalBitcoinLedger> =>
  new LocalBitcoinLedger(directory, (await readAnyManifest(directory)) as BitcoinManifest, read === undefined ? {} : { read })

const written =
  (read: ReadMode): MakeLedger =>
  async (rows, options): Promise<Ledger> => {
    const directory = join(root, String(made++))
    await writeBitcoinLedger(incoming(blocksOfRows(rows, options), options), directory)
    return open(directory, read)
  }

/** The same blocks by an import and an append for each later run of them. */
const appended: MakeLedger = async (rows, options): Promise<Ledger> => {
  const directory = join(root, String(made++))
  const blocks = blocksOfRows(rows, options)
  const cuts = [0, 0.3, 0.5, 0.8, 0.98].map((part) => Math.floor(blocks.length * part))
  for (const [i, cut] of cuts.entries()) {
    const part = incoming(blocks.slice(cut, cuts[i + 1] ?? blocks.length), options)
    if (i === 0) await writeBitcoinLedger(part, directory)
    else await extendBitcoinLedger(part, directory)
  }
  return open(directory)
}

ledgerContract('of outputs on disk, mapped', written('map'), { profile: BITCOIN })
ledgerContract('of outputs on disk, read', written('read'), { profile: BITCOIN })
ledgerContract('of outputs on disk, after appends', appended, { profile: BITCOIN, runs: 6 })

/** A block as a server has it, as plain as builders take it. */
function plainBlock({ height, hash, previous, time, transactions }: TestBlock): PlainBlock {
  return {
    height,
    hash,
    previous,
    time,
    transactions: transactions.map(({ txid, version, lockTime, coinbase, inputs, outputs }) => ({
      txid,
      version,
      lockTime,
      witness: inputs.some(({ witness }) => witness.length > 0),
      inputs: coinbase ? [] : inputs.map((input) => ({ txid: input.txid, index: input.index, sequence: input.sequence })),
      outputs: outputs.map(({ value, script }) => ({ value: BigInt(value), script: Uint8Array.from(Buffer.from(script, 'hex')) })),
    })),
  }
}

coinsContract('on disk', async (blocks) => {
  const directory = join(root, String(made++))
  await writeBitcoinLedger(incoming(blocks.map(plainBlock)), directory)
  return open(directory)
})
coinsContract('on disk, after appends', async (blocks) => {
  const directory = join(root, String(made++))
  const plain = blocks.map(plainBlock)
  await writeBitcoinLedger(incoming(plain.slice(0, 2)), directory)
  for (let at = 2; at < plain.length; at += 3) await extendBitcoinLedger(incoming(plain.slice(at, at + 3)), directory)
  return open(directory)
})

describe('the rows of the contract as blocks', () => {
  it('have accounts of every kind that the names allow', () => {
    const names = Array.from({ length: 12 }, (_, n) => nameOfAccount(address(n + 1)))
    const kinds = names.map((name) => name.replace(/^(bcrt1.|scripthash).*$/, '$1') + name.length)
    expect([...new Set(kinds)].sort()).toEqual(['bcrt1p64', 'bcrt1q44', 'bcrt1q64', 'scripthash75'])
  })

  it('lie in three segments after appends', async () => {
    const ledger = (await appended(BITCOIN.adapt(sampleRows(), BITCOIN.options), BITCOIN.options)) as LocalBitcoinLedger
    expect(ledger.segments.length).toBe(3)
    await ledger.close()
  })
})
