import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BITCOIN_NETWORKS } from '../../../src/chain/index.ts'
import { type BitcoinSimulateReport, simulateBitcoin } from '../../../src/simulate/bitcoin/index.ts'
import { createBlockFiles } from '../../../src/simulate/bitcoin/wire/block-files.ts'
import { type Block, chainOf, filesOf, hex, type PlacedTx, plain, records, storedBlocks, transactionsOf } from './chain.ts'
import { readUndo } from './undo.ts'

const folder = mkdtempSync(join(tmpdir(), 'cordon-bitcoin-blocks-'))
const blocksFolder = join(folder, 'world', 'blocks')
let report: BitcoinSimulateReport
let stored: Block[]
let chain: Block[]
let transactions: Map<string, PlacedTx>

beforeAll(async () => {
  report = await simulateBitcoin({ transactions: 3_500, seed: 'blocks', out: join(folder, 'world') })
  stored = storedBlocks(blocksFolder)
  chain = chainOf(stored)
  transactions = transactionsOf(chain)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('blocks of a simulated Bitcoin world, read by an independent implementation', () => {
  it('begin with the genesis block of regtest and form one chain of the length and tip that the report gives', () => {
    expect(chain[0]!.rhash()).toBe(BITCOIN_NETWORKS.regtest.genesis)
    expect(chain.length).toBe(report.blocks.last + 1)
    expect(chain.at(-1)!.rhash()).toBe(report.blocks.tip)
  })

  it('hold exactly as many transactions as were asked for', () => {
    expect(chain.reduce((sum, { txs }) => sum + txs.length, 0)).toBe(3_500)
    expect(transactions.size).toBe(3_500)
  })

  it('meet their target, have the Merkle root of their transactions and the witness commitment of BIP 141', () => {
    for (const [height, block] of chain.entries()) {
      expect(block.verifyPOW()).toBe(true)
      expect(hex(block.createMerkleRoot()!)).toBe(hex(block.merkleRoot))
      expect(block.checkBody()).toEqual([true, 'valid', 0])
      if (height > 0) expect(hex(block.getCommitmentHash()!)).toBe(hex(block.createCommitmentHash()))
    }
  })

  it('begin their coinbases with their height (BIP 34)', () => {
    for (const [height, block] of chain.entries()) {
      const script = block.txs[0]!.inputs[0]!.script.toRaw()
      if (height >= 1 && height <= 16) expect(script[0]).toBe(0x50 + height)
      if (height > 16) expect(block.getCoinbaseHeight()).toBe(height)
    }
  })

  it('have times that rise', () => {
    for (let k = 1; k < chain.length; k++) expect(chain[k]!.time).toBeGreaterThan(chain[k - 1]!.time)
  })

  it('hold sane, final transactions, each of whose inputs spends an output that is there and unspent', () => {
    const unspent = new Set<string>()
    chain.forEach((block, height) => {
      block.txs.forEach((tx, k) => {
        expect(tx.checkSanity()).toEqual([true, 'valid', 0])
        expect(tx.isFinal(height, block.time)).toBe(true)
        if (k > 0) for (const spent of transactions.get(tx.txid())!.spends) expect(unspent.delete(spent)).toBe(true)
        tx.outputs.forEach((_, index) => {
          unspent.add(`${tx.txid()}:${index}`)
        })
      })
    })
  })

  it('conserve value: no transaction pays out more than it takes in, and a coinbase pays subsidy and fees to the satoshi', () => {
    chain.forEach((block, height) => {
      let fees = 0n
      for (const tx of block.txs.slice(1)) {
        const fee = inputsOf(tx.txid()).reduce((sum, { value }) => sum + BigInt(value), 0n) - paid(tx)
        expect(fee >= 0n).toBe(true)
        fees += fee
      }
      expect(paid(block.txs[0]!)).toBe((50_0000_0000n >> BigInt(Math.floor(height / 150))) + fees)
    })
  })

  it('spend no coinbase before it is 100 blocks old, and genesis never', () => {
    for (const { height, spends } of transactions.values())
      for (const spent of spends) {
        const made = transactions.get(spent.slice(0, 64))!
        if (made.tx === chain[made.height]!.txs[0]) {
          expect(made.height).toBeGreaterThan(0)
          expect(height - made.height).toBeGreaterThanOrEqual(100)
        }
      }
  })

  it('use every kind of script that people use', () => {
    const kinds = new Set([...transactions.values()].flatMap(({ tx }) => tx.outputs.map(({ script }) => kind(script.toRaw()))))
    expect([...kinds].sort()).toEqual(['data', 'multisig', 'p2pk', 'p2pkh', 'p2sh', 'p2tr', 'p2wpkh', 'p2wsh'])
  })

  const inputsOf = (txid: string) =>
    transactions.get(txid)!.spends.map((spent) => transactions.get(spent.slice(0, 64))!.tx.outputs[Number(spent.slice(65))]!)
})

describe('the block files', () => {
  it('hold one block more than the chain: of a branch that lost, before the one that won at its height, with a payment that is only there', () => {
    const others = stored.filter((block) => !chain.includes(block))
    expect(others.map((block) => block.rhash())).toEqual([report.stale!.hash])
    const rival = chain[report.stale!.height]!
    expect(hex(rival.prevBlock)).toBe(hex(others[0]!.prevBlock))
    expect(stored.indexOf(others[0]!)).toBeLessThan(stored.indexOf(rival))
    expect(others[0]!.verifyPOW()).toBe(true)
    expect(others[0]!.checkBody()).toEqual([true, 'valid', 0])
    expect(others[0]!.txs.slice(1).filter((tx) => !transactions.has(tx.txid())).length).toBe(1)
  })

  it('hold some blocks after their successors, as they arrive at a node', () => {
    const late = chain.filter((block, height) => height > 0 && stored.indexOf(block) < stored.indexOf(chain[height - 1]!))
    expect(late.length).toBeGreaterThan(1)
  })

  it('are obfuscated with the eight bytes of xor.dat, and plain where that was not wanted', async () => {
    expect(readFileSync(join(blocksFolder, 'xor.dat')).length).toBe(8)
    expect(readFileSync(join(blocksFolder, 'blk00000.dat')).readUInt32LE(0)).not.toBe(BITCOIN_NETWORKS.regtest.magic)
    await simulateBitcoin({ transactions: 2_000, seed: 1, out: join(folder, 'plain'), obfuscate: false })
    const bytes = readFileSync(join(folder, 'plain', 'blocks', 'blk00000.dat'))
    expect(bytes.readUInt32LE(0)).toBe(BITCOIN_NETWORKS.regtest.magic)
    expect(filesOf(join(folder, 'plain', 'blocks'), 'blk')).toEqual(['blk00000.dat'])
  })

  it('have undo data with the right checksum that gives every spent output: value, script, height, coinbase or not', () => {
    const undo = filesOf(blocksFolder, 'rev').flatMap((name) => records(plain(blocksFolder, name), 32))
    expect(undo.length).toBe(stored.length - 1)
    for (const block of chain.slice(1)) {
      const record = undo.find(
        ({ payload, tail }) => hex(tail) === hex(checksum(block, payload)) && readUndo(payload).length === block.txs.length - 1,
      )
      expect(record).toBeDefined()
      const coins = readUndo(record!.payload)
      block.txs.slice(1).forEach((tx, k) => {
        const spent = transactions.get(tx.txid())!.spends.map((at) => {
          const made = transactions.get(at.slice(0, 64))!
          const output = made.tx.outputs[Number(at.slice(65))]!
          return {
            value: output.value,
            script: hex(output.script.toRaw()),
            height: made.height,
            coinbase: made.tx === chain[made.height]!.txs[0],
          }
        })
        expect(coins[k]).toEqual(spent)
      })
    }
  })

  it('go on in a next file where one would grow too long, the undo data with its block', () => {
    const small = join(folder, 'small')
    const files = createBlockFiles(small, BITCOIN_NETWORKS.regtest.magic, null, 250)
    const block = (height: number) => ({
      height,
      previous: Buffer.alloc(32, height),
      bytes: Buffer.alloc(100, height),
      undo: Buffer.alloc(5, height),
    })
    files.add([block(1)])
    files.add([block(3), block(2)])
    files.add([block(4)])
    expect(files.close().map(({ rows }) => rows)).toEqual([1, 1, 2, 2, 1, 1])
    expect(filesOf(small, 'blk')).toEqual(['blk00000.dat', 'blk00001.dat', 'blk00002.dat'])
    expect(records(plain(small, 'blk00001.dat')).map(({ payload }) => payload[0])).toEqual([3, 2])
    expect(records(plain(small, 'rev00001.dat'), 32).map(({ payload }) => payload[0])).toEqual([2, 3])
  })

  const checksum = (block: Block, payload: Buffer) => doubleSha256(Buffer.concat([Buffer.from(hex(block.prevBlock), 'hex'), payload]))
})

const paid = (tx: PlacedTx['tx']) => tx.outputs.reduce((sum, { value }) => sum + BigInt(value), 0n)

function doubleSha256(bytes: Uint8Array): Buffer {
  const once = createHash('sha256').update(bytes).digest()
  return createHash('sha256').update(once).digest()
}

function kind(script: Buffer): string {
  const text = hex(script)
  if (/^76a914.{40}88ac$/.test(text)) return 'p2pkh'
  if (/^a914.{40}87$/.test(text)) return 'p2sh'
  if (/^0014.{40}$/.test(text)) return 'p2wpkh'
  if (/^0020.{64}$/.test(text)) return 'p2wsh'
  if (/^5120.{64}$/.test(text)) return 'p2tr'
  if (/^(21.{66}|41.{130})ac$/.test(text)) return 'p2pk'
  if (/^51(21.{66}){2}52ae$/.test(text)) return 'multisig'
  return text.startsWith('6a') ? 'data' : text
}
