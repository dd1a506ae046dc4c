import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BITCOIN_NETWORKS } from '../../../../src/chain/index.ts'
import type { BitcoinBlock } from '../../../../src/ledger/bitcoin/block.ts'
import { type CoreRpcOptions, forkHeight, type NodeBlocks, openCoreRpc } from '../../../../src/ledger/bitcoin/node/index.ts'
import { type Bcoin, type BcoinBlock, type BcoinKey, type BcoinNode, loadBcoin, openRegtest } from './bcoin.ts'

/** A regtest node with its own chain, mined here: bcoin speaks Bitcoin Core's JSON-RPC, without the prevouts of verbosity 3. */
describe('a regtest node over JSON-RPC', () => {
  const PASSWORD = 'a secret'
  const port = 20_000 + (process.pid % 10_000)
  const url = `http://127.0.0.1:${port}`
  let bcoin: Bcoin
  let node: BcoinNode
  let key: BcoinKey
  const mined: BcoinBlock[] = []

  const open = (options: Partial<CoreRpcOptions> = {}): Promise<NodeBlocks> =>
    openCoreRpc({ url, user: 'x', password: PASSWORD, ...options })
  const mine = async (): Promise<BcoinBlock> => {
    const block = await node.miner.mineBlock()
    await node.chain.add(block)
    return block
  }

  beforeAll(async () => {
    bcoin = loadBcoin()
    node = await openRegtest(bcoin, port, PASSWORD)
    key = bcoin.KeyRing.generate()
    key.witness = true
    node.miner.addAddress(key.getAddress())
    // Coinbases may be spent after 100 blocks; witnesses are active on regtest from block 432.
    for (let k = 0; k < 440; k++) mined.push(await mine())
    for (let k = 0; k < 3; k++) {
      await node.mempool.addTX(payment(k))
      mined.push(await mine())
    }
  })

  afterAll(async () => {
    await node?.close()
  })

  function payment(k: number) {
    const transaction = new bcoin.MTX()
    const { txs } = mined[k]!
    transaction.addCoin(bcoin.Coin.fromTX(txs[0]!, 0, k + 1))
    transaction.addOutput(key.getAddress(), 1_000_000_000 + k)
    transaction.addOutput(key.getAddress(), 3_999_990_000 - k)
    transaction.sign(key)
    return transaction.toTX()
  }

  it('gives every block, with the ids, amounts and spent outpoints that the node itself knows', async () => {
    const incoming = await open()
    const blocks = await all(incoming)
    expect(incoming.network).toBe('regtest')
    expect(blocks.map((block) => block.height)).toEqual(Array.from({ length: 444 }, (_, k) => k))
    expect(text(blocks[0]!.hash)).toBe(BITCOIN_NETWORKS.regtest.genesis)
    expect(blocks.slice(1).map((block) => text(block.hash))).toEqual(mined.map((block) => block.rhash()))
    for (const [k, block] of mined.entries()) {
      const read = blocks[k + 1]!
      expect(block.txs.map((tx) => tx.txid())).toEqual(
        Array.from({ length: read.transactions }, (_, t) => text(read.txid.subarray(32 * t, 32 * t + 32))),
      )
      expect(block.txs.flatMap((tx) => tx.outputs.map(({ value }) => value))).toEqual(
        Array.from({ length: read.value.length / 2 }, (_, o) => read.value[2 * o + 1]! * 2 ** 32 + read.value[2 * o]!),
      )
    }
    expect(text(blocks.at(-1)!.prevTxid)).toBe(mined[2]!.txs[0]!.txid())
    expect([...blocks.at(-1)!.flags].map((flags) => flags & 3)).toEqual([3, 1])
  })

  it('says that this node does not tell what inputs spent', async () => {
    const incoming = await open({ from: 440 })
    expect((await all(incoming)).every((block) => block.spent === null)).toBe(true)
    expect(incoming.notes.join('\n')).toContain('For 3 inputs the node did not say what they spent')
    expect(incoming.sources).toEqual([
      expect.objectContaining({ format: 'bitcoin-core/rpc', rowsRead: 4, transfers: 7, lacks: ['spent values'], file: `${url}/` }),
    ])
  })

  it('takes the password from the URL or from a cookie file, and shows neither when the node refuses', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cordon-cookie-'))
    try {
      const cookieFile = join(folder, '.cookie')
      await writeFile(cookieFile, `__cookie__:${PASSWORD}\n`)
      expect((await openCoreRpc({ url, cookieFile })).to).toBe(443)
      expect((await openCoreRpc({ url: `http://x:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}` })).to).toBe(443)
      const refused = await openCoreRpc({ url: `http://x:not-this-secret@127.0.0.1:${port}` }).catch((error: unknown) => error)
      expect(refused).toMatchObject({ code: 'bitcoin/node-refused' })
      expect(JSON.stringify([refused, String(refused)])).not.toContain('not-this-secret')
      await expect(openCoreRpc({ url, cookieFile: join(folder, 'none') })).rejects.toMatchObject({ code: 'bitcoin/no-cookie' })
      await writeFile(cookieFile, '__cookie__:of an earlier start')
      await expect(openCoreRpc({ url, cookieFile })).rejects.toMatchObject({ code: 'bitcoin/node-refused' })
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })

  it('refuses heights that the node does not have, and a node of another network', async () => {
    await expect(open({ to: 444 })).rejects.toMatchObject({ code: 'bitcoin/no-such-height' })
    await expect(open({ from: -1 })).rejects.toMatchObject({ code: 'bitcoin/no-such-height' })
    await expect(open({ network: 'main' })).rejects.toMatchObject({ code: 'bitcoin/wrong-chain' })
    expect(await all(await open({ from: 444 }))).toEqual([])
  })

  it('goes on after a block that is known', async () => {
    const incoming = await open({ after: { height: 441, hash: mined[440]!.rhash() } })
    expect((await all(incoming)).map((block) => block.height)).toEqual([442, 443])
  })

  // These change the node's chain and come last.
  it('sees a reorganisation while it reads, and finds where the chains part', async () => {
    const before = new Map<number, string>()
    const incoming = await open({ from: 430, ahead: 0 })
    const last = incoming.to
    const read = async () => {
      for await (const block of incoming.blocks()) {
        before.set(block.height, text(block.hash))
        if (block.height === 441) await reorganise(438, 9)
      }
    }
    await expect(read()).rejects.toMatchObject({ code: 'bitcoin/reorganised', message: expect.stringContaining('block 442 follows') })
    expect(before.size).toBe(12)
    expect(node.chain.height).toBeGreaterThan(last)
    const again = await open({ from: 430 })
    expect(await forkHeight(again, (height) => before.get(height) ?? null, 441, 430)).toBe(438)
    expect(await forkHeight(again, (height) => (height < 432 ? 'another chain' : null), 441, 430)).toBe(-1)
    await expect(open({ after: { height: 441, hash: before.get(441)! } })).rejects.toMatchObject({ code: 'bitcoin/reorganised' })
    const resumed = await all(await open({ after: { height: 438, hash: before.get(438)! } }))
    expect(resumed.map((block) => block.height)).toEqual([439, 440, 441, 442, 443, 444, 445, 446, 447])
    expect(text(resumed[0]!.previous)).toBe(before.get(438))
  })

  /** A longer branch from the block at `height`. */
  async function reorganise(height: number, blocks: number): Promise<void> {
    let tip = await node.chain.getEntry(height)
    const other = bcoin.KeyRing.generate()
    for (let k = 0; k < blocks; k++) {
      const block = await node.miner.mineBlock(tip, other.getAddress())
      tip = await node.chain.add(block)
    }
  }
})

async function all(incoming: NodeBlocks): Promise<BitcoinBlock[]> {
  const blocks: BitcoinBlock[] = []
  for await (const block of incoming.blocks()) blocks.push(block)
  await incoming.close()
  return blocks
}

function text(hash: Uint8Array): string {
  return Buffer.from(hash).reverse().toString('hex')
}
