import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CordonError } from '../../src/chain/index.ts'
import { ABSENT, type Ledger, type MemoryOptions, type MemoryRow, memoryLedger, type TransferBatch } from '../../src/ledger/index.ts'
import { ACCOUNT_CHAIN, type ChainProfile } from './profile.ts'
import { address, rowsArbitrary, sampleRows, transactionHash } from './rows.ts'

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
 * What differs from one kind of chain to another is in the profile; an account chain's is the strictest.
 */
export function ledgerContract(
  name: string,
  make: MakeLedger,
  { profile = ACCOUNT_CHAIN, runs = 15 }: { readonly profile?: ChainProfile; readonly runs?: number } = {},
): void {
  describe(`the ledger contract: ${name}`, () => {
    const { options, value } = profile
    const rows = profile.adapt(sampleRows(), options)
    const hashes = [...new Set(rows.map(({ hash }) => hash))]
    const at = (n: number): string => profile.name(address(n))
    const hash = (n: number): string => hashes[n] as string
    let sample: Ledger
    beforeAll(async () => {
      sample = await make(rows, options)
    })
    afterAll(() => sample.close())
    const withSample = async (check: (seen: Seen) => Promise<void>): Promise<void> => check(await see(sample, rows, options))

    /** A ledger beside the plain one: what it says of the rows, in positions among them, and its numbers of accounts in the plain ledger's order. */
    async function see(ledger: Ledger, given: readonly MemoryRow[], of?: MemoryOptions): Promise<Seen> {
      const plain = memoryLedger(given, of)
      const all = Array.from({ length: plain.manifest.accounts }, (_, i) => i)
      const names = await plain.addresses(all)
      const places = await profile.places(ledger, given)
      const read = async (batches: AsyncIterable<TransferBatch>): Promise<ReadTransfer[]> => {
        const found = (await readTransfers(ledger, batches)).filter(({ row }) => row >= places.row(0))
        return found.map((transfer) => ({ ...transfer, row: places.rowPosition(transfer.row), tx: places.txPosition(transfer.tx) }))
      }
      const outOf = (name: string): bigint => {
        const fees = of?.fees?.filter(({ payer }) => payer === name) ?? []
        return [...fees.map(({ amount }) => amount), ...given.filter(({ from }) => from === name).map((row) => row.value)].reduce(
          (sum, part) => sum + part,
          0n,
        )
      }
      return {
        ledger,
        plain,
        places,
        read,
        plainly: (batches) => readTransfers(plain, batches),
        all,
        ids: [...(await ledger.accountIds(names))],
        before: names.map((name) => (profile.holdsBefore ? outOf(name) : 0n)),
      }
    }

    it('tells in its manifest what it holds', () =>
      withSample(async ({ ledger: { manifest } }) => {
        expect(manifest).toMatchObject(profile.manifest)
        expect(manifest.assets).toEqual(profile.assets)
        expect(manifest.hash).toMatch(/^[0-9a-f]{64}$/)
      }))

    it('knows addresses in every letter case that the chain has for them, and answers in one', () =>
      withSample(async ({ ledger }) => {
        const asked = [at(3), profile.otherCase(at(4))]
        expect(asked[1]).not.toBe(at(4))
        const ids = await ledger.accountIds(asked)
        expect(await ledger.addresses(ids)).toEqual([at(3), at(4)])
      }))

    it('answers ABSENT for names that it does not hold or that are no addresses', () =>
      withSample(async ({ ledger }) => {
        const unknown = [at(777), '0x12', 'nobody', '', `0x${'zz'.repeat(20)}`]
        expect([...(await ledger.accountIds(unknown))]).toEqual(unknown.map(() => ABSENT))
        expect([...(await ledger.transactionIds([transactionHash(777), 'none']))]).toEqual([ABSENT, ABSENT])
      }))

    it('numbers accounts by first appearance, whoever pays before whoever is paid', () =>
      withSample(async ({ ledger, plain, all, ids }) => {
        expect(new Set(ids).size).toBe(12)
        expect(ids).not.toContain(ABSENT)
        expect(await ledger.addresses(ids)).toEqual(await plain.addresses(all))
        if (profile.numbering === 'by-row') {
          expect(ids).toEqual(all)
          expect([...(await ledger.accountIds([at(1), at(2), at(3)]))]).toEqual([0, 1, 2])
        }
        if (profile.numbering === 'by-transaction') {
          const sides = hashes.flatMap((of) => {
            const own = rows.filter((row) => row.hash === of)
            return [...own.map(({ from }) => from), ...own.map(({ to }) => to)]
          })
          expect([...(await ledger.accountIds([...new Set(sides)]))]).toEqual(all)
        }
      }))

    it('counts transfers out of and into an account without reading them, a self-transfer on both sides', () =>
      withSample(async ({ ledger, plain, all, ids }) => {
        const degrees = await ledger.degrees(await ledger.accountIds([at(3), at(5)]))
        expect([...degrees.out]).toEqual([3, 40])
        expect([...degrees.in]).toEqual(profile.countsBefore ? [2 + 3, 2 + 40] : [2, 2])
        const own = await ledger.degrees(ids)
        const right = await plain.degrees(all)
        expect(own.out).toEqual(right.out)
        expect(own.in).toEqual(profile.countsBefore ? right.in.map((count, i) => count + (right.out[i] as number)) : right.in)
      }))

    it('gives the transfers of a set of accounts in chain order, each once', () =>
      withSample(async ({ ledger, read }) => {
        const ids = await ledger.accountIds([at(4), at(3), at(3)])
        const found = await read(ledger.transfersOf(ids))
        expect(found.map(({ row, value: amount, alone }) => [row, amount, alone])).toEqual([
          [1, value(2n ** 63n - 1n), 0],
          [2, value(2n ** 63n), 0],
          [3, value(2n ** 63n), 0],
          [4, value(7n), 0],
          [5, value(2n ** 64n), 1],
        ])
      }))

    it('answers for every account as the plain ledger does', () =>
      withSample(async ({ ledger, plain, all, ids, read, plainly }) => {
        for (const account of all) {
          expect(await read(ledger.transfersOf([ids[account] as number]))).toEqual(await plainly(plain.transfersOf([account])))
        }
        const found = await read(ledger.transfersOf(ids))
        expect(found).toEqual(await plainly(plain.transfersOf(all)))
        expect(found.map(({ value: amount }) => amount)).toEqual(rows.map((row) => row.value))
      }))

    it('keeps to a half-open window of rows', () =>
      withSample(async ({ ledger, places, read }) => {
        const [hub] = await ledger.accountIds([at(5)])
        const rowsOf = async (window: { fromRow?: number; toRow?: number }): Promise<number[]> => {
          const numbers = Object.fromEntries(Object.entries(window).map(([side, position]) => [side, places.row(position)]))
          return (await read(ledger.transfersOf([hub as number], numbers))).map(({ row }) => row)
        }
        expect(await rowsOf({ fromRow: 10, toRow: 13 })).toEqual([10, 11, 12])
        expect(await rowsOf({ fromRow: 45 })).toEqual([45, 46, 47, 48])
        expect(await rowsOf({ toRow: 8 })).toEqual([7])
        expect(await rowsOf({ fromRow: 20, toRow: 20 })).toEqual([])
        expect(await rowsOf({ fromRow: 1000 })).toEqual([])
      }))

    it('gives nothing for no accounts and refuses numbers that it never gave', () =>
      withSample(async ({ ledger }) => {
        expect(await readTransfers(ledger, ledger.transfersOf([]))).toEqual([])
        await expect(readTransfers(ledger, ledger.transfersOf([ABSENT]))).rejects.toThrow(CordonError)
        await expect(ledger.addresses([ledger.manifest.accounts])).rejects.toThrow(CordonError)
        await expect(ledger.transactions([ledger.manifest.transactions])).rejects.toThrow(CordonError)
        await expect(ledger.blocks([ledger.manifest.transactions])).rejects.toThrow(CordonError)
      }))

    it('gives all transfers of transactions, whole and in chain order', () =>
      withSample(async ({ ledger, plain, places, read, plainly }) => {
        const txs = await ledger.transactionIds([hash(45), hash(1), hash(1)])
        expect([...txs].map(places.txPosition)).toEqual([45, 1, 1])
        const found = await read(ledger.transfersIn(txs))
        expect(found).toEqual(await plainly(plain.transfersIn([45, 1, 1])))
        expect(found.map(({ row }) => row)).toEqual([1, 2, 3, 4, 49])
      }))

    it('describes transactions', () =>
      withSample(async ({ ledger, plain, places }) => {
        const described = async (txs: readonly number[]): Promise<unknown> =>
          (await ledger.transactions(txs.map(places.tx))).map((info) => ({
            ...info,
            tx: places.txPosition(info.tx),
            firstRow: places.rowPosition(info.firstRow),
          }))
        const [first] = rows
        expect(await described([1])).toEqual([{ tx: 1, hash: hash(1), block: 10, time: first?.time, firstRow: 1, rows: 4 }])
        const all = Array.from({ length: 47 }, (_, i) => i)
        expect(await described(all)).toEqual(await plain.transactions(all))
        expect([...(await ledger.blocks(all.map(places.tx)))]).toEqual((await plain.transactions(all)).map(({ block }) => block))
      }))

    it('remembers the index that each transfer had in its source', () =>
      withSample(async ({ ledger, places }) => {
        const asked = [0, 1, 4, 6, 48]
        expect([...(await ledger.sourceIndexes(asked.map(places.row)))]).toEqual(profile.indexes)
        const every = rows.map((_, row) => places.row(row))
        expect([...(await ledger.sourceIndexes(every))]).toEqual(rows.map((row) => row.index ?? -1))
      }))

    it('finds the first row at or after a time or a block', () =>
      withSample(async ({ ledger, plain, places }) => {
        const rowAt = async (point: { readonly time: number } | { readonly block: number }): Promise<number> =>
          places.rowPosition(await ledger.rowAt(point))
        const start = rows[0]?.time as number
        expect(await rowAt({ block: 10 })).toBe(0)
        expect(await rowAt({ block: 12 })).toBe(6)
        expect(await rowAt({ time: start + 1 })).toBe(5)
        expect(await rowAt({ time: start + 1_000_000 })).toBe(51)
        for (let block = 9; block < 72; block++) expect(await rowAt({ block })).toBe(await plain.rowAt({ block }))
        for (let time = start - 10; time < start + 900; time += 7) expect(await rowAt({ time })).toBe(await plain.rowAt({ time }))
      }))

    it('gives balances before a row, negative where the account must have held something before', () =>
      withSample(async ({ ledger, plain, places, all, ids, before }) => {
        const [account] = await ledger.accountIds([at(2)])
        const held = before[1] as bigint
        const balance = async (row: number): Promise<bigint> => ledger.balanceAt(account as number, 0, places.row(row))
        expect(await balance(0)).toBe(held)
        expect(await balance(1)).toBe(held + value(5n))
        expect(await balance(2)).toBe(held + value(5n) - value(2n ** 63n - 1n))
        for (const id of all) {
          for (const row of [0, 3, 25, 50]) {
            for (const asset of [0, 1]) {
              expect(await ledger.balanceAt(ids[id] as number, asset, places.row(row))).toBe(
                (await plain.balanceAt(id, asset, row)) + (asset === 0 ? (before[id] as bigint) : 0n),
              )
            }
          }
        }
      }))

    it('sums the fees that an account paid, apart from its transfers', () =>
      withSample(async ({ ledger }) => {
        const ids = await ledger.accountIds([at(2), at(3)])
        expect(await ledger.fees(ids)).toEqual([
          { account: ids[0], amount: profile.paid },
          { account: ids[1], amount: 0n },
        ])
      }))

    if (profile.empty !== null) {
      it('holds a ledger without a transfer', async () => {
        const ledger = await make([], {})
        try {
          expect(ledger.manifest).toMatchObject({ transfers: 0, transactions: 0, accounts: 0, blocks: null, time: null, ...profile.empty })
          expect(await ledger.rowAt({ block: 0 })).toBe(0)
          expect(await ledger.rowAt({ time: 0 })).toBe(0)
          expect([...(await ledger.accountIds([at(1)]))]).toEqual([ABSENT])
        } finally {
          await ledger.close()
        }
      })
    }

    it('answers as the plain ledger does on random ledgers', async () => {
      await fc.assert(
        fc.asyncProperty(rowsArbitrary, fc.uniqueArray(fc.nat(9)), fc.nat(60), fc.nat(60), async (drawn, chosen, fromRow, toRow) => {
          const random = profile.adapt(drawn)
          const ledger = await make(random)
          try {
            const { plain, places, read, plainly, before, ids } = await see(ledger, random)
            const names = chosen.map(at)
            const own = [...(await ledger.accountIds(names))]
            const right = [...(await plain.accountIds(names))]
            expect(own).toEqual(right.map((id) => (id === ABSENT ? ABSENT : ids[id])))
            if (profile.numbering === 'by-row') expect(own).toEqual(right)
            const known = own.filter((id) => id !== ABSENT)
            const plainKnown = right.filter((id) => id !== ABSENT)
            expect(await read(ledger.transfersOf(known))).toEqual(await plainly(plain.transfersOf(plainKnown)))
            const window = { fromRow: places.row(fromRow), toRow: places.row(toRow) }
            expect(await read(ledger.transfersOf(known, window))).toEqual(await plainly(plain.transfersOf(plainKnown, { fromRow, toRow })))
            const txs = Array.from({ length: plain.manifest.transactions }, (_, i) => i).filter((tx) => tx % 3 !== 0)
            const ownTxs = txs.map(places.tx)
            expect(await read(ledger.transfersIn(ownTxs))).toEqual(await plainly(plain.transfersIn(txs)))
            const infos = (await ledger.transactions(ownTxs)).map((info) => ({
              ...info,
              tx: places.txPosition(info.tx),
              firstRow: places.rowPosition(info.firstRow),
            }))
            expect(infos).toEqual(await plain.transactions(txs))
            expect([...(await ledger.blocks(ownTxs))]).toEqual((await plain.transactions(txs)).map(({ block }) => block))
            const every = random.map((_, row) => places.row(row))
            expect([...(await ledger.sourceIndexes(every))]).toEqual(random.map((row) => row.index ?? -1))
            for (const time of [5000, 5012, 5030, 5100].map(profile.time))
              expect(places.rowPosition(await ledger.rowAt({ time }))).toBe(await plain.rowAt({ time }))
            for (const [i, id] of known.entries()) {
              const account = plainKnown[i] as number
              const held = before[account] as bigint
              expect(await ledger.balanceAt(id, 0, places.row(fromRow))).toBe((await plain.balanceAt(account, 0, fromRow)) + held)
            }
          } finally {
            await ledger.close()
          }
        }),
        { numRuns: runs },
      )
    }, 60_000)
  })
}

interface Seen {
  readonly ledger: Ledger
  readonly plain: Ledger
  readonly places: Awaited<ReturnType<ChainProfile['places']>>
  readonly read: (batches: AsyncIterable<TransferBatch>) => Promise<ReadTransfer[]>
  readonly plainly: (batches: AsyncIterable<TransferBatch>) => Promise<ReadTransfer[]>
  /** The plain ledger's numbers of accounts, and the ledger's numbers of the same accounts. */
  readonly all: readonly number[]
  readonly ids: readonly number[]
  /** What each account holds before the first row, by the plain ledger's numbers. */
  readonly before: readonly bigint[]
}
