import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { KIND } from '../../../src/ledger/batch.ts'
import { readAll, shared } from './files.ts'

const block = shared('ethereum/block-15000000')
const heists = shared('heists')

describe.skipIf(block.missing)('block 15000000 as GraphSense keeps it', () => {
  const file = (name: string) => join(block.path, name)

  it('the USDT transfers in its logs are those that another tool decoded', async () => {
    const { rows } = await readAll([file('logs.json')])
    const usdt = rows.filter((row) => row.asset === 'eip155:1/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7')
    const hex = (base64: string) => `0x${Buffer.from(base64, 'base64').toString('hex')}`
    const text = await readFile(file('USDT_token_transfers.json'), 'utf8')
    const expected = text
      .trim()
      .split('\n')
      .map(
        (line) =>
          JSON.parse(line) as {
            blockId: number
            transactionIndex: number
            logIndex: number
            txHash: string
            from: string
            to: string
            value: number
          },
      )
      .map((one) => ({
        block: one.blockId,
        txIndex: one.transactionIndex,
        index: one.logIndex,
        hash: hex(one.txHash),
        from: hex(one.from),
        to: hex(one.to),
        value: BigInt(one.value),
      }))
    expected.sort((a, b) => a.block - b.block || a.index - b.index)
    expect(usdt.map(({ block, txIndex, index, hash, from, to, value }) => ({ block, txIndex, index, hash, from, to, value }))).toEqual(
      expected,
    )
    expect(expected.length).toBeGreaterThan(50)
  })

  it('logs, traces and transactions read together: native value by traces, in the order of the transactions, nothing refused', async () => {
    const { rows, incoming, fees } = await readAll([file('logs.json'), file('traces.csv'), file('transactions.csv')])
    expect(incoming.refused.count).toBe(0)
    expect(fees).toHaveLength(332)
    const inBlock = rows.filter((row) => row.block === 15_000_000)
    expect(inBlock.filter((row) => row.kind === KIND.native)).toEqual([])
    const indexes = inBlock.map((row) => row.txIndex).filter((index) => index >= 0)
    expect(indexes).toEqual([...indexes].sort((a, b) => a - b))
    // Each transaction lies in one piece.
    const runs = rows.filter((row, i) => row.hash !== rows[i - 1]?.hash)
    expect(runs.length).toBe(new Set(runs.map((row) => row.hash)).size)
    // Genesis rows first: from nobody, 259.8 ether as the first.
    expect(rows[0]).toMatchObject({ block: 0, from: `0x${'0'.repeat(40)}`, value: 259_800_000_000_000_000_000n })
  })

  it('the value of a transaction by its traces is its own value, where it did not fail', async () => {
    const byTraces = await readAll([file('traces.csv'), file('transactions.csv')])
    const byTransactions = await readAll([file('transactions.csv')])
    const sent = new Map(byTraces.rows.map((row) => [`${row.hash} ${row.from} ${row.to} ${row.value}`, row]))
    const missing = byTransactions.rows.filter(
      (row) => row.block === 15_000_000 && !sent.has(`${row.hash} ${row.from} ${row.to} ${row.value}`),
    )
    const failed = new Set(
      (await readFile(file('traces.csv'), 'utf8'))
        .split('\n')
        .map((line) => line.split(','))
        .filter((fields) => fields[2]?.endsWith('_') && fields[7] === '0')
        .map((fields) => fields[9]),
    )
    expect(missing.filter((row) => !failed.has(row.hash))).toEqual([])
  })
})

describe.skipIf(heists.missing)('the flows of real heists', () => {
  it.each([
    ['atomic-wallet-2023', 1080],
    ['harmony-2022', 3887],
  ])('%s: every flow is read, in the order of blocks, to the cent', async (name, count) => {
    const path = join(heists.path, name, 'flows.csv')
    const { rows, incoming } = await readAll([path])
    expect(incoming.refused.count).toBe(0)
    expect(rows).toHaveLength(count)
    expect(rows.map((row) => row.block)).toEqual(rows.map((row) => row.block).sort((a, b) => a - b))
    const lines = (await readFile(path, 'utf8')).trim().split(/\r?\n/).slice(1)
    const exact = lines.reduce((sum, line) => {
      const [whole, fraction = ''] = line.split(',').at(-1)!.split('.')
      return sum + BigInt(whole! + fraction.padEnd(18, '0'))
    }, 0n)
    expect(rows.reduce((sum, row) => sum + row.value, 0n)).toBe(exact)
  })

  it('a case folder is read whole; lists of accounts beside the flows are left aside and named', async () => {
    const { rows, incoming } = await readAll([join(heists.path, 'atomic-wallet-2023')])
    expect(rows).toHaveLength(1080)
    expect(incoming.sources.map((source) => source.format)).toEqual(['flows/usd', 'none: left aside', 'none: left aside'])
  })

  it('the Bybit graph: 14,416 transfers, the first of 10,000 ether', async () => {
    const { rows } = await readAll([join(heists.path, 'bybit-2025/transaction_network.gexf')])
    expect(rows).toHaveLength(14_416)
    expect(rows[0]).toMatchObject({ from: '0x47666fab8bd0ac7003bce3f5c3585383f09486e2', value: 10_000n * 10n ** 18n })
    expect(new Set(rows.flatMap((row) => [row.from, row.to])).size).toBe(11_340)
  })
})
