import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CordonError } from '../../src/chain/index.ts'
import { ABSENT, type Ledger, type MemoryOptions, type MemoryRow, memoryLedger, type TransferBatch } from '../../src/ledger/index.ts'
import { address, ETHER, rowsArbitrary, sampleRows, transactionHash } from './rows.ts'

export type MakeLedger = (rows: readonly MemoryRow[], options?: MemoryOptions) => Promise<Ledger>

/** A transfer as the contract compares it: all that a batch says of it, by name. */
export interface ReadTransfer {
  readonly row: number
  readonly tx: number
  readonly from: string
  readonly to: string
  readonly asset: string
  readonly value: bigint
  readonly alone: number
}

export async function readTransfers(ledger: Ledger, batches: AsyncIterable<TransferBatch>): Promise<ReadTransfer[]> {
  const out: ReadTransfer[] = []
  for await (const batch of batches) {
    checkWords(batch.value)
    const from = await ledger.addresses(batch.from)
    const to = await ledger.addresses(batch.to)
    for (let i = 0; i < batch.length; i++) {
      out.push({
        row: batch.row[i] as number,
        tx: batch.tx[i] as number,
        from: from[i] as string,
        to: to[i] as string,
        asset: ledger.manifest.assets[batch.asset[i] as number]?.id as string,
        value: batch.value.get(i),
        alone: batch.alone[i] as number,
      })
    }
  }
  return out
}

/** Where a column can say its values in words, they are the values; it declines only for one of 2^128 or more. */
function checkWords(column: TransferBatch['value']): void {
  if (column.words === undefined) return
  const words = new Uint32Array(4 * column.length)
  const values = Array.from({ length: column.length }, (_, i) => column.get(i))
  expect(column.words(words)).toBe(values.every((value) => value < 1n << 128n))
  if (values.some((value) => value >= 1n << 128n)) return
  values.forEach((value, i) => {
    const at = (k: number): bigint => BigInt(words[4 * i + k] as number)
    expect(at(0) | (at(1) << 32n) | (at(2) << 64n) | (at(3) << 96n)).toBe(value)
  })
}

/**
 * What every `Ledger` must do, whatever keeps the data: run it against each implementation. `make` gives a ledger that holds the rows.
 * `runs` random ledgers are tried. The plain ledger in memory says what is right; the cases with numbers in them say it for that one too.
 */
export function ledgerContract(name: string, make: MakeLedger, runs = 15): void {
  describe(`the ledger contract: ${name}`, () => {
    const rows = sampleRows()
    const fees = [
      { payer: address(2), amount: 21_000n },
      { payer: address(9_999), amount: 5n },
      { payer: address(2), amount: 2n ** 64n - 1n },
    ]
    const options: MemoryOptions = {
      genesis: true,
      lossy: true,
      orderNotes: ['as listed'],
      assets: [{ id: ETHER, decimals: 18, symbol: 'ETH' }],
      fees,
    }
    let sample: Ledger
    beforeAll(async () => {
      sample = await make(rows, options)
    })
    afterAll(() => sample.close())
    const withSample = (check: (ledger: Ledger, plain: Ledger) => Promise<void>): Promise<void> =>
      check(sample, memoryLedger(rows, options))

    it('tells in its manifest what it holds', () =>
      withSample(async ({ manifest }) => {
        expect(manifest).toMatchObject({
          chain: 'eip155:1',
          transfers: 51,
          transactions: 47,
          accounts: 12,
          blocks: { first: 10, last: 70 },
          time: { first: 1000, last: 1800 },
          genesis: true,
          lossy: true,
          orderNotes: ['as listed'],
        })
        expect(manifest.assets[0]).toEqual({ id: ETHER, decimals: 18, symbol: 'ETH' })
        expect(manifest.assets).toHaveLength(2)
        expect(manifest.hash).toMatch(/^[0-9a-f]{64}$/)
      }))

    it('knows addresses in any letter case and answers in lower case', () =>
      withSample(async (ledger) => {
        const asked = [address(3), `0x${address(4).slice(2).toUpperCase()}`]
        const ids = await ledger.accountIds(asked)
        expect(await ledger.addresses(ids)).toEqual([address(3), address(4)])
      }))

    it('answers ABSENT for names that it does not hold or that are no addresses', () =>
      withSample(async (ledger) => {
        expect([...(await ledger.accountIds([address(777), '0x12', 'nobody', '', `0x${'zz'.repeat(20)}`]))]).toEqual([
          ABSENT,
          ABSENT,
          ABSENT,
          ABSENT,
          ABSENT,
        ])
        expect([...(await ledger.transactionIds([transactionHash(777), 'none']))]).toEqual([ABSENT, ABSENT])
      }))

    it('numbers accounts by first appearance, sender before receiver', () =>
      withSample(async (ledger, plain) => {
        const all = Array.from({ length: 12 }, (_, i) => i)
        expect(await ledger.addresses(all)).toEqual(await plain.addresses(all))
        expect([...(await ledger.accountIds([address(1), address(2), address(3)]))]).toEqual([0, 1, 2])
      }))

    it('counts transfers out of and into an account without reading them, a self-transfer on both sides', () =>
      withSample(async (ledger, plain) => {
        const degrees = await ledger.degrees(await ledger.accountIds([address(3), address(5)]))
        expect([...degrees.out]).toEqual([3, 40])
        expect([...degrees.in]).toEqual([2, 2])
        const all = Array.from({ length: 12 }, (_, i) => i)
        expect(await ledger.degrees(all)).toEqual(await plain.degrees(all))
      }))

    it('gives the transfers of a set of accounts in chain order, each once', () =>
      withSample(async (ledger) => {
        const ids = await ledger.accountIds([address(4), address(3), address(3)])
        const found = await readTransfers(ledger, ledger.transfersOf(ids))
        expect(found.map(({ row, value, alone }) => [row, value, alone])).toEqual([
          [1, 2n ** 63n - 1n, 0],
          [2, 2n ** 63n, 0],
          [3, 2n ** 63n, 0],
          [4, 7n, 0],
          [5, 2n ** 64n, 1],
        ])
      }))

    it('answers for every account as the plain ledger does', () =>
      withSample(async (ledger, plain) => {
        for (let account = 0; account < 12; account++) {
          expect(await readTransfers(ledger, ledger.transfersOf([account]))).toEqual(
            await readTransfers(plain, plain.transfersOf([account])),
          )
        }
        const all = Array.from({ length: 12 }, (_, i) => i)
        const found = await readTransfers(ledger, ledger.transfersOf(all))
        expect(found).toEqual(await readTransfers(plain, plain.transfersOf(all)))
        expect(found.map(({ value }) => value)).toEqual(rows.map(({ value }) => value))
      }))

    it('keeps to a half-open window of rows', () =>
      withSample(async (ledger) => {
        const [hub] = await ledger.accountIds([address(5)])
        const rowsOf = async (window: { fromRow?: number; toRow?: number }): Promise<number[]> =>
          (await readTransfers(ledger, ledger.transfersOf([hub as number], window))).map(({ row }) => row)
        expect(await rowsOf({ fromRow: 10, toRow: 13 })).toEqual([10, 11, 12])
        expect(await rowsOf({ fromRow: 45 })).toEqual([45, 46, 47, 48])
        expect(await rowsOf({ toRow: 8 })).toEqual([7])
        expect(await rowsOf({ fromRow: 20, toRow: 20 })).toEqual([])
        expect(await rowsOf({ fromRow: 1000 })).toEqual([])
      }))

    it('gives nothing for no accounts and refuses numbers that it never gave', () =>
      withSample(async (ledger) => {
        expect(await readTransfers(ledger, ledger.transfersOf([]))).toEqual([])
        await expect(readTransfers(ledger, ledger.transfersOf([ABSENT]))).rejects.toThrow(CordonError)
        await expect(ledger.addresses([12])).rejects.toThrow(CordonError)
        await expect(ledger.transactions([47])).rejects.toThrow(CordonError)
        await expect(ledger.blocks([47])).rejects.toThrow(CordonError)
      }))

    it('gives all transfers of transactions, whole and in chain order', () =>
      withSample(async (ledger, plain) => {
        const txs = await ledger.transactionIds([transactionHash(45), transactionHash(1), transactionHash(1)])
        expect([...txs]).toEqual([45, 1, 1])
        const found = await readTransfers(ledger, ledger.transfersIn(txs))
        expect(found).toEqual(await readTransfers(plain, plain.transfersIn(txs)))
        expect(found.map(({ row }) => row)).toEqual([1, 2, 3, 4, 49])
      }))

    it('describes transactions', () =>
      withSample(async (ledger, plain) => {
        expect(await ledger.transactions([1])).toEqual([{ tx: 1, hash: transactionHash(1), block: 10, time: 1000, firstRow: 1, rows: 4 }])
        const all = Array.from({ length: 47 }, (_, i) => i)
        expect(await ledger.transactions(all)).toEqual(await plain.transactions(all))
        expect([...(await ledger.blocks(all))]).toEqual((await plain.transactions(all)).map(({ block }) => block))
      }))

    it('remembers the index that each transfer had in its source', () =>
      withSample(async (ledger) => {
        expect([...(await ledger.sourceIndexes([0, 1, 4, 6, 48]))]).toEqual([-1, 0, 3, 40_000, -1])
      }))

    it('finds the first row at or after a time or a block', () =>
      withSample(async (ledger, plain) => {
        expect(await ledger.rowAt({ block: 10 })).toBe(0)
        expect(await ledger.rowAt({ block: 12 })).toBe(6)
        expect(await ledger.rowAt({ time: 1001 })).toBe(5)
        expect(await ledger.rowAt({ time: 1_000_000 })).toBe(51)
        for (let block = 9; block < 72; block++) expect(await ledger.rowAt({ block })).toBe(await plain.rowAt({ block }))
        for (let time = 990; time < 1900; time += 7) expect(await ledger.rowAt({ time })).toBe(await plain.rowAt({ time }))
      }))

    it('gives balances before a row, negative where the account must have held something before', () =>
      withSample(async (ledger, plain) => {
        const [account] = await ledger.accountIds([address(2)])
        expect(await ledger.balanceAt(account as number, 0, 0)).toBe(0n)
        expect(await ledger.balanceAt(account as number, 0, 1)).toBe(5n)
        expect(await ledger.balanceAt(account as number, 0, 2)).toBe(5n - (2n ** 63n - 1n))
        for (let id = 0; id < 12; id++) {
          for (const row of [0, 3, 25, 50]) {
            for (const asset of [0, 1]) expect(await ledger.balanceAt(id, asset, row)).toBe(await plain.balanceAt(id, asset, row))
          }
        }
      }))

    it('sums the fees that an account paid, apart from its transfers', () =>
      withSample(async (ledger) => {
        const ids = await ledger.accountIds([address(2), address(3)])
        expect(await ledger.fees(ids)).toEqual([
          { account: 1, amount: 21_000n + 2n ** 64n - 1n },
          { account: 2, amount: 0n },
        ])
      }))

    it('holds a ledger without a transfer', async () => {
      const ledger = await make([], {})
      try {
        expect(ledger.manifest).toMatchObject({ transfers: 0, transactions: 0, accounts: 0, blocks: null, time: null, assets: [] })
        expect(await ledger.rowAt({ block: 0 })).toBe(0)
        expect([...(await ledger.accountIds([address(1)]))]).toEqual([ABSENT])
      } finally {
        await ledger.close()
      }
    })

    it('answers as the plain ledger does on random ledgers', async () => {
      await fc.assert(
        fc.asyncProperty(rowsArbitrary, fc.uniqueArray(fc.nat(9)), fc.nat(60), fc.nat(60), async (random, chosen, fromRow, toRow) => {
          const ledger = await make(random)
          const plain = memoryLedger(random)
          try {
            const ids = [...(await ledger.accountIds(chosen.map(address)))]
            expect(ids).toEqual([...(await plain.accountIds(chosen.map(address)))])
            const known = ids.filter((id) => id !== ABSENT)
            expect(await readTransfers(ledger, ledger.transfersOf(known))).toEqual(await readTransfers(plain, plain.transfersOf(known)))
            const window = { fromRow, toRow }
            expect(await readTransfers(ledger, ledger.transfersOf(known, window))).toEqual(
              await readTransfers(plain, plain.transfersOf(known, window)),
            )
            const txs = Array.from({ length: plain.manifest.transactions }, (_, i) => i).filter((tx) => tx % 3 !== 0)
            expect(await readTransfers(ledger, ledger.transfersIn(txs))).toEqual(await readTransfers(plain, plain.transfersIn(txs)))
            expect(await ledger.transactions(txs)).toEqual(await plain.transactions(txs))
            expect([...(await ledger.blocks(txs))]).toEqual((await plain.transactions(txs)).map(({ block }) => block))
            expect([...(await ledger.sourceIndexes(random.map((_, row) => row)))]).toEqual(random.map((row) => row.index ?? -1))
            for (const time of [5000, 5012, 5030, 5100]) expect(await ledger.rowAt({ time })).toBe(await plain.rowAt({ time }))
            for (const id of known) expect(await ledger.balanceAt(id, 0, fromRow)).toBe(await plain.balanceAt(id, 0, fromRow))
          } finally {
            await ledger.close()
          }
        }),
        { numRuns: runs },
      )
    })
  })
}
