import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { BITCOIN_NETWORKS, scriptAddress } from '../../../src/chain/index.ts'
import { blocksOf, openBitcoinWorld, simulateBitcoin } from '../../../src/simulate/bitcoin/index.ts'
import { chainOf, hex, storedBlocks, transactionsOf } from './chain.ts'

const folder = mkdtempSync(join(tmpdir(), 'cordon-bitcoin-world-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function digests(out: string): Record<string, string> {
  const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort()
  return Object.fromEntries(paths.map((path) => [path.slice(out.length), createHash('sha256').update(readFileSync(path)).digest('hex')]))
}

describe('a simulated Bitcoin world', () => {
  it('has exactly as many transactions as were asked for, its thefts finished, whatever the size and the seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2_000, max: 7_000 }), fc.integer(), (transactions, seed) => {
        const world = openBitcoinWorld({ transactions, seed })
        let made = 0
        for (const { block } of blocksOf(world)) made += block.transactions.length
        expect(made).toBe(transactions)
        expect(world.thefts.map(({ pending }) => pending)).toEqual([0, 0, 0])
        for (const { seeds } of world.thefts) expect(seeds.length).toBeGreaterThan(0)
      }),
      { numRuns: 12 },
    )
  })

  it('is refused below 2,000 and above 2,000,000 transactions, in parts of one, and with more thefts than fit', () => {
    for (const transactions of [1_999, 2_000_001, 2_500.5, -1, Number.NaN])
      expect(() => openBitcoinWorld({ transactions, seed: 1 })).toThrow(
        expect.objectContaining({
          code: 'simulate/size',
          place: { field: 'transactions' },
          remedy: expect.stringContaining('2000 to 2000000'),
        }),
      )
    for (const thefts of [17, -1, 1.5])
      expect(() => openBitcoinWorld({ transactions: 10_000, seed: 1, thefts })).toThrow(
        expect.objectContaining({ code: 'simulate/size', place: { field: 'thefts' } }),
      )
    expect(openBitcoinWorld({ transactions: 2_000, seed: 1 }).sizes.transactions).toBe(2_000)
    expect(openBitcoinWorld({ transactions: 2_000_000, seed: 1 }).sizes.transactions).toBe(2_000_000)
  })

  it('has as many thefts as were asked for, or none', () => {
    expect([10_000, 100_000, 1_000_000].map((transactions) => openBitcoinWorld({ transactions, seed: 1 }).sizes.thefts)).toEqual([3, 5, 10])
    const world = openBitcoinWorld({ transactions: 2_000, seed: 1, thefts: 0 })
    for (const made of blocksOf(world)) void made
    expect([world.made, world.thefts.length]).toEqual([2_000, 0])
  })
})

describe('the files of a simulated Bitcoin world', () => {
  const options = { transactions: 2_500, format: 'both' } as const

  it('are the same bytes for the same seed and others for another', async () => {
    for (const [name, seed] of [
      ['one', 'a'],
      ['two', 'a'],
      ['other', 'b'],
    ] as const)
      await simulateBitcoin({ ...options, seed, out: join(folder, name) })
    const [one, two, other] = ['one', 'two', 'other'].map((name) => digests(join(folder, name)))
    expect(one).toEqual(two)
    for (const file of ['/blocks/blk00000.dat', '/blocks/rev00000.dat', '/transactions.jsonl', '/truth.json', '/truth/owners.csv'])
      expect(one![file], file).not.toBe(other![file])
  })

  it('tell the same chain as bitcoin-etl lines: ids, inputs with what they spend, outputs, fees', () => {
    const chain = chainOf(storedBlocks(join(folder, 'one', 'blocks')))
    const placed = transactionsOf(chain)
    const read = (name: string) =>
      readFileSync(join(folder, 'one', name), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))
    const lines = read('transactions.jsonl')
    expect(lines.map(({ hash }) => hash)).toEqual(chain.flatMap(({ txs }) => txs.map((tx) => tx.txid())))
    for (const line of lines) {
      const { tx, height, spends } = placed.get(line.hash)!
      expect(line).toMatchObject({ block_number: height, block_hash: chain[height]!.rhash(), block_timestamp: chain[height]!.time })
      expect([line.version, line.lock_time, line.size, line.virtual_size]).toEqual([
        tx.version,
        tx.locktime,
        tx.getSize(),
        tx.getVirtualSize(),
      ])
      expect(line.is_coinbase).toBe(chain[height]!.txs[0] === tx)
      const spent = spends.map((at) => placed.get(at.slice(0, 64))!.tx.outputs[Number(at.slice(65))]!)
      expect(line.inputs.map((input: any) => `${input.spent_transaction_hash}:${input.spent_output_index}`)).toEqual(spends)
      expect(line.inputs.map((input: any) => [input.value, input.addresses])).toEqual(
        spent.map(({ value, script }) => [value, addresses(script.toRaw())]),
      )
      expect(line.outputs.map((output: any) => [output.value, output.script_hex, output.addresses])).toEqual(
        tx.outputs.map(({ value, script }) => [value, hex(script.toRaw()), addresses(script.toRaw())]),
      )
      const sum = (list: readonly { readonly value: number }[]) => list.reduce((total, { value }) => total + value, 0)
      expect([line.input_count, line.output_count]).toEqual([spends.length, tx.outputs.length])
      expect([line.input_value, line.output_value, line.fee]).toEqual([
        sum(spent),
        sum(tx.outputs),
        spent.length === 0 ? 0 : sum(spent) - sum(tx.outputs),
      ])
    }
    expect(read('blocks.jsonl').map(({ number, hash, transaction_count }) => [number, hash, transaction_count])).toEqual(
      chain.map((block, height) => [height, block.rhash(), block.txs.length]),
    )
  })

  it('are block files alone or bitcoin-etl lines alone where that is asked for', async () => {
    await simulateBitcoin({ transactions: 2_000, seed: 1, out: join(folder, 'blocks') })
    await simulateBitcoin({ transactions: 2_000, seed: 1, out: join(folder, 'etl'), format: 'etl' })
    const has = (world: string) => ['blocks', 'transactions.jsonl', 'blocks.jsonl'].map((name) => existsSync(join(folder, world, name)))
    expect(has('blocks')).toEqual([true, false, false])
    expect(has('etl')).toEqual([false, true, true])
  })

  it('are not written over other files', async () => {
    const out = mkdtempSync(join(folder, 'full-'))
    writeFileSync(join(out, 'mine.txt'), 'mine')
    await expect(simulateBitcoin({ transactions: 2_000, seed: 1, out })).rejects.toMatchObject({ code: 'simulate/not-empty' })
    expect(readdirSync(out)).toEqual(['mine.txt'])
  })

  it('are refused with a remedy where they cannot be written', async () => {
    const file = join(folder, 'a-file')
    writeFileSync(file, '')
    await expect(simulateBitcoin({ transactions: 2_000, seed: 1, out: join(file, 'world') })).rejects.toMatchObject({
      code: 'simulate/cannot-write',
      remedy: expect.stringContaining('disk'),
    })
  })

  it('are not left behind in part when the work is stopped', async () => {
    const stop = new AbortController()
    const out = join(folder, 'stopped')
    const work = { signal: stop.signal, progress: () => stop.abort(new Error('stopped')) }
    await expect(simulateBitcoin({ transactions: 5_000, seed: 1, out, ...work })).rejects.toThrow('stopped')
    expect(existsSync(out)).toBe(false)
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([])
  })
})

function addresses(script: Buffer): string[] {
  const address = scriptAddress(script, BITCOIN_NETWORKS.regtest)
  return address === null ? [] : [address]
}
