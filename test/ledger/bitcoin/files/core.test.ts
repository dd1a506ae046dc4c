import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BitcoinBlock } from '../../../../src/ledger/bitcoin/block.ts'
import { openBlockFiles } from '../../../../src/ledger/bitcoin/files/index.ts'
import { openBitcoinLedger, writeBitcoinLedger } from '../../../../src/ledger/bitcoin/local/import.ts'
import { type BcoinBlock, type BcoinTx, loadBcoin } from '../node/bcoin.ts'

/** Built from test/referees/core, which .ci/run does where there is a Rust compiler. */
const WRITER = process.env.CORDON_CORE_WRITER ?? ''
const there = WRITER !== '' && existsSync(WRITER)

/**
 * The one test in which Bitcoin Core's own code writes what we read: its engine validates blocks that bcoin mined, payments from and to P2PKH and P2WPKH among them and a branch that loses, and
 * writes blk*.dat, rev*.dat and xor.dat.
 */
describe.skipIf(!there)(
  `blocks and undo data written by Bitcoin Core${there ? '' : ' (skipped: CORDON_CORE_WRITER names no program)'}`,
  () => {
    const mined: BcoinBlock[] = []
    let lost: BcoinBlock
    let folder: string

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'cordon-core-'))
      const given = await mineChain(mined)
      lost = given.lost
      const lines = given.order.map((block) => Buffer.from(block.toRaw()).toString('hex'))
      await writeFile(join(folder, 'blocks.txt'), `${lines.join('\n')}\n`)
      const written = spawnSync(WRITER, [join(folder, 'blocks.txt'), folder], { encoding: 'utf8' })
      expect({ status: written.status, said: written.stdout.trim() }).toEqual({ status: 0, said: `${lines.length} 0` })
    }, 120_000)
    afterAll(() => rm(folder, { recursive: true, force: true }))

    it('are the blocks of the chain that won, masked and preallocated as they lie there', async () => {
      const incoming = await openBlockFiles([join(folder, 'blocks')])
      const hashes: string[] = []
      for await (const block of incoming.blocks()) hashes.push(display(block.hash))
      expect(hashes.slice(1)).toEqual(mined.map((block) => block.rhash()))
      expect(incoming.notes.filter((note) => note.includes(lost.rhash()) && note.includes('less work'))).toHaveLength(1)
    })

    it('say of every input what the output that it spends holds', async () => {
      const held = new Map<string, readonly [value: number, script: string]>()
      for (const { txs } of mined)
        for (const tx of txs)
          for (const [index, output] of tx.outputs.entries())
            held.set(`${tx.txid()}:${index}`, [output.value, output.script.toRaw().toString('hex')])
      let inputs = 0
      const incoming = await openBlockFiles([join(folder, 'blocks')])
      for await (const block of incoming.blocks()) {
        for (let i = 0; i < block.prevIndex.length; i++, inputs++) {
          const outpoint = `${display(block.prevTxid.subarray(32 * i, 32 * i + 32))}:${block.prevIndex[i]}`
          expect(spentBy(block, i), outpoint).toEqual(held.get(outpoint))
        }
      }
      expect(inputs).toBeGreaterThan(50)
    })

    it('make a ledger that begins at genesis and knows every value', async () => {
      const directory = join(folder, 'ledger')
      await writeBitcoinLedger(await openBlockFiles([join(folder, 'blocks')]), directory)
      const ledger = await openBitcoinLedger(directory)
      expect(ledger.manifest).toMatchObject({ genesis: true, foreign: 0, unknownValues: 0, tip: { hash: mined.at(-1)?.rhash() } })
      await ledger.close()
    })
  },
)

function display(hash: Uint8Array): string {
  return Buffer.from(hash).reverse().toString('hex')
}

function spentBy({ spent }: BitcoinBlock, i: number): readonly [value: number, script: string] | null {
  if (spent === null || spent.known[i] !== 1) return null
  const script = Buffer.from(spent.script.bytes.subarray(spent.script.start[i], spent.script.end[i])).toString('hex')
  return [(spent.value[2 * i + 1] as number) * 2 ** 32 + (spent.value[2 * i] as number), script]
}

/** A regtest chain of some 500 blocks into `mined`, and the order in which a node met its blocks, one that lost its race among them. */
async function mineChain(mined: BcoinBlock[]): Promise<{ readonly order: readonly BcoinBlock[]; readonly lost: BcoinBlock }> {
  const bcoin = loadBcoin()
  const node = new bcoin.FullNode({ network: 'regtest', memory: true, workers: false, listen: false, httpPort: 48_997, apiKey: '' })
  await node.open()
  try {
    const witness = bcoin.KeyRing.generate()
    witness.witness = true
    const legacy = bcoin.KeyRing.generate()
    node.miner.addAddress(witness.getAddress())
    const mine = async (): Promise<void> => {
      const block = await node.miner.mineBlock()
      await node.chain.add(block)
      mined.push(block)
    }
    // Coinbases may be spent after 100 blocks; witnesses are active on regtest from block 432.
    for (let k = 0; k < 440; k++) await mine()
    const paid: { readonly tx: BcoinTx; readonly height: number }[] = []
    for (let k = 0; k < 24; k++) {
      const payment = new bcoin.MTX()
      const [coinbase] = (mined[k] as BcoinBlock).txs as [BcoinTx]
      const value = coinbase.outputs[0]?.value as number
      payment.addCoin(bcoin.Coin.fromTX(coinbase, 0, k + 1))
      payment.addOutput(legacy.getAddress(), 700_000_000 + 12_345 * k)
      payment.addOutput(witness.getAddress(), 100_000)
      payment.addOutput(legacy.getAddress(), value - 700_000_000 - 12_345 * k - 105_000)
      payment.sign(witness)
      paid.push({ tx: payment.toTX(), height: node.chain.height + 1 })
      await node.mempool.addTX(payment.toTX())
      await mine()
      if (k % 3 !== 2) continue
      const joint = new bcoin.MTX()
      let sum = 0
      for (const { tx, height } of paid.slice(-3)) {
        for (const index of [0, 1]) {
          joint.addCoin(bcoin.Coin.fromTX(tx, index, height))
          sum += tx.outputs[index]?.value as number
        }
      }
      joint.addOutput(witness.getAddress(), sum - 6_000)
      joint.sign(legacy)
      joint.sign(witness)
      await node.mempool.addTX(joint.toTX())
      await mine()
    }
    // Two blocks follow the same one; the second one is followed by a third, and wins.
    const fork = await node.chain.getEntry(node.chain.height)
    const lost = await node.miner.mineBlock(fork, witness.getAddress())
    const before = [...mined]
    const winner = await node.miner.mineBlock(fork, legacy.getAddress())
    await node.chain.add(winner)
    mined.push(winner)
    await mine()
    return { order: [...before, lost, ...mined.slice(before.length)], lost }
  } finally {
    await node.close()
  }
}
