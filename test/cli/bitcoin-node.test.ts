import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BitcoinManifest } from '../../src/ledger/index.ts'
import { type Bcoin, type BcoinBlock, type BcoinKey, type BcoinNode, loadBcoin, openRegtest } from '../ledger/bitcoin/node/bcoin.ts'
import { cordon } from './terminal.ts'

const PASSWORD = 'hidden-from-all'
const port = 30_000 + (process.pid % 10_000)
const url = `http://x:${PASSWORD}@127.0.0.1:${port}`
let folder: string
let bcoin: Bcoin
let node: BcoinNode
let key: BcoinKey
const coins: { readonly block: BcoinBlock; readonly height: number }[] = []
const at = (name: string): string => join(folder, name)

interface Report {
  readonly manifest: BitcoinManifest
  readonly blocks: number
  readonly transactions: number
  readonly undone: number
}

async function json<T>(...args: string[]): Promise<T> {
  const { exit, out, err } = await cordon(...args, '--json')
  expect({ exit, err }).toEqual({ exit: 0, err: '' })
  expect(out).not.toContain(PASSWORD)
  return JSON.parse(out) as T
}
const importAs = (name: string): Promise<Report> => json('ledger', 'import', url, '--ledger', at(name))
const append = (): Promise<Report> => json('ledger', 'append', url, '--ledger', at('ledger'))
const info = (name: string): Promise<BitcoinManifest> => json('ledger', 'info', '--ledger', at(name))

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cordon-cli-node-'))
  bcoin = loadBcoin()
  node = await openRegtest(bcoin, port, PASSWORD)
  key = bcoin.KeyRing.generate()
  node.miner.addAddress(key.getAddress())
  for (let k = 0; k < 110; k++) coins.push({ block: await mine(), height: k + 1 })
})
afterAll(async () => {
  await node?.close()
  await rm(folder, { recursive: true, force: true })
})

async function mine(tip?: unknown, address?: unknown): Promise<BcoinBlock> {
  const block = await node.miner.mineBlock(tip, address)
  await node.chain.add(block)
  return block
}

/** A payment from the oldest coinbase that has not been spent, into the next block. */
async function pay(): Promise<void> {
  const { block, height } = coins.shift() as (typeof coins)[number]
  const transaction = new bcoin.MTX()
  transaction.addCoin(bcoin.Coin.fromTX(block.txs[0] as BcoinBlock['txs'][number], 0, height))
  transaction.addOutput(bcoin.KeyRing.generate().getAddress(), 1_000_000_000)
  transaction.addOutput(key.getAddress(), 3_999_990_000)
  transaction.sign(key)
  await node.mempool.addTX(transaction.toTX())
}

/** The ledger is what a fresh import of the node's chain is. */
async function isFresh(name: string): Promise<void> {
  const fresh = await importAs(name)
  const own = await info('ledger')
  const { height, hash } = fresh.manifest.tip as { height: number; hash: string }
  expect(height).toBe(node.chain.height)
  expect(own.tip).toEqual({ height, hash })
  for (const part of [
    'hash',
    'transactions',
    'transfers',
    'accounts',
    'inputs',
    'outputs',
    'blocks',
    'time',
    'foreign',
    'genesis',
  ] as const)
    expect([part, own[part]]).toEqual([part, fresh.manifest[part]])
  expect(await json('ledger', 'verify', '--ledger', at('ledger'))).toMatchObject({ sound: true, problems: [] })
}

/** Each test takes up the node and the ledger where the one before left them. */
describe('a ledger that follows a regtest node', () => {
  it('is imported from the node, and grows with it', async () => {
    const first = await importAs('ledger')
    expect(first).toMatchObject({ blocks: 111, transactions: 111, undone: 0, manifest: { genesis: true, unknownValues: 0 } })
    for (let k = 0; k < 4; k++) {
      await pay()
      await mine()
    }
    expect(await append()).toMatchObject({ blocks: 4, transactions: 8, undone: 0 })
    await isFresh('fresh-1')
  })

  it('is left as it is when the node has nothing new, and says so', async () => {
    const before = await info('ledger')
    expect(await append()).toMatchObject({ blocks: 0, transactions: 0, undone: 0, manifest: before })
    const { exit, out } = await cordon('ledger', 'append', url, '--ledger', at('ledger'))
    expect(exit).toBe(0)
    expect(out).toContain('Nothing new: the ledger has every block that was read, and is as it was.')
    expect(await info('ledger')).toEqual(before)
  })

  it('undoes the blocks of a branch that the node has left, and says how many', async () => {
    await pay()
    await mine()
    await append()
    const other = bcoin.KeyRing.generate()
    let tip = await node.chain.getEntry(112)
    const mined: BcoinBlock[] = []
    for (let k = 0; k < 6; k++) {
      const block = await node.miner.mineBlock(tip, other.getAddress())
      tip = await node.chain.add(block)
      mined.push(block)
    }
    expect(node.chain.height).toBe(118)
    const report = await append()
    // Blocks 113 to 115 go, 113 to 118 come.
    expect(report).toMatchObject({ undone: 3, blocks: 6 })
    expect(report.manifest.tip).toEqual({ height: 118, hash: mined.at(-1)?.rhash() })
    await isFresh('fresh-2')
  })

  it('says in words what it undid', async () => {
    let tip = await node.chain.getEntry(117)
    for (let k = 0; k < 2; k++) tip = await node.chain.add(await node.miner.mineBlock(tip, bcoin.KeyRing.generate().getAddress()))
    const { exit, out } = await cordon('ledger', 'append', url, '--ledger', at('ledger'))
    expect(exit).toBe(0)
    expect(out).toMatch(/1 blocks? of a branch that the chain has left (was|were) undone first/)
    await isFresh('fresh-3')
  })

  it('stays on its branch while the node has only another of the same length', async () => {
    const before = await info('ledger')
    const last = (before.tip as { hash: string }).hash
    await node.chain.invalidate(Buffer.from(last, 'hex').reverse().toString('hex'))
    await node.mempool.reset()
    const rival = await mine(undefined, bcoin.KeyRing.generate().getAddress())
    expect(node.chain.height).toBe(before.tip?.height)
    expect(rival.rhash()).not.toBe(last)
    const { exit, err } = await cordon('ledger', 'append', url, '--ledger', at('ledger'))
    expect(exit).toBe(3)
    expect(err).toContain('bitcoin/shorter-branch')
    expect(await info('ledger')).toEqual(before)
    await mine()
    expect(await append()).toMatchObject({ undone: 1, blocks: 2 })
    await isFresh('fresh-4')
  })

  it('is imported in part and goes on from there, with the values of what lies before unknown', async () => {
    const part = ['--ledger', at('part')]
    const first = await json<Report>('ledger', 'import', url, '--from-height', '100', '--to-height', '112', ...part)
    expect(first.manifest).toMatchObject({ blocks: { first: 100, last: 112 }, genesis: false, unknownValues: 2 })
    const grown = await json<Report>('ledger', 'append', url, ...part)
    expect(grown.manifest.blocks).toEqual({ first: 100, last: node.chain.height })
  })

  it('names the node that refuses, and shows no password', async () => {
    const { exit, out, err } = await cordon('ledger', 'append', `http://x:wrong-word@127.0.0.1:${port}`, '--ledger', at('ledger'))
    expect({ exit, out }).toEqual({ exit: 1, out: '' })
    expect(err).toMatch(/where: http:\/\/127\.0\.0\.1[\s\S]*bitcoin\/node-refused/)
    expect(err).not.toContain('wrong-word')
  })
})
