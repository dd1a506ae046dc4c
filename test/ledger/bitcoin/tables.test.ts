import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EarlierSpends } from '../../../src/ledger/bitcoin/local/earlier-spends.ts'
import { ForeignIndex } from '../../../src/ledger/bitcoin/local/foreign-index.ts'
import { KeyTable } from '../../../src/ledger/bitcoin/local/keytable.ts'

function txid(n: number): Uint32Array {
  return new Uint32Array(Uint8Array.from(createHash('sha256').update(String(n)).digest()).buffer)
}

describe('the table of spends of earlier outputs', () => {
  it('keeps the first spender of each output and gives them back in order, as a sorted map does', () => {
    const output = fc.oneof(fc.nat(500), fc.integer({ min: 0, max: 0xffff_fffe }))
    fc.assert(
      fc.property(fc.array(fc.tuple(output, fc.nat(0xffff_fffe)), { maxLength: 4000, size: 'max' }), (spends) => {
        const table = new EarlierSpends()
        const plain = new Map<number, number>()
        for (const [at, tx] of spends) {
          expect(table.add(at, tx)).toBe(!plain.has(at))
          if (!plain.has(at)) plain.set(at, tx)
        }
        const sorted = [...plain].sort(([a], [b]) => a - b)
        const { outputs, txs } = table.sorted()
        expect([...outputs]).toEqual(sorted.map(([at]) => at))
        expect([...txs]).toEqual(sorted.map(([, tx]) => tx))
      }),
      { numRuns: 20 },
    )
  })
})

describe('the index of outputs from before a ledger', () => {
  it('finds each by transaction id and index, and nothing else', () => {
    const outpoint = fc.tuple(fc.nat(20), fc.oneof(fc.nat(5), fc.constant(0xffff_ffff)))
    fc.assert(
      fc.property(fc.uniqueArray(outpoint, { maxLength: 60, selector: ([id, index]) => `${id}:${index}` }), outpoint, (list, other) => {
        const hashes = new Uint32Array(list.length * 8)
        for (const [k, [id]] of list.entries()) hashes.set(txid(id), k * 8)
        const index = new ForeignIndex(
          hashes,
          Uint32Array.from(list, ([, at]) => at),
        )
        for (const [k, [id, at]] of list.entries()) expect(index.find(txid(id), at)).toBe(k)
        expect(index.find(txid(other[0]), other[1])).toBe(list.findIndex(([id, at]) => id === other[0] && at === other[1]))
      }),
    )
  })
})

describe('the table of keys', () => {
  it('numbers keys by first appearance and finds them in runs, whatever the seed', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3000), { minLength: 1, maxLength: 4000, size: 'max' }), fc.integer(), (list, seed) => {
        const table = new KeyTable(8, seed, { capacity: 16 })
        const plain = new Map<number, number>()
        for (const n of list) {
          if (!plain.has(n)) plain.set(n, plain.size)
          expect(table.add(txid(n), 0)).toBe(plain.get(n))
        }
        const asked = [...new Set([...list, 3001, 3002])]
        const keys = new Uint32Array(asked.length * 8)
        for (const [k, n] of asked.entries()) keys.set(txid(n), k * 8)
        const found = new Uint32Array(asked.length)
        table.find(keys, asked.length, found)
        expect([...found]).toEqual(asked.map((n) => (plain.get(n) ?? -1) + 1))
        expect([...table.keys()].flatMap((part) => [...part])).toEqual([...plain.keys()].flatMap((n) => [...txid(n)]))
      }),
      { numRuns: 10 },
    )
  })

  it('is not slowed by keys that agree in all words but one', () => {
    const table = new KeyTable(8, 12_345)
    const key = new Uint32Array(8)
    for (let n = 0; n < 200_000; n++) {
      key[7] = n
      expect(table.put(key, 0)).toBe(n)
    }
  }, 10_000)

  it('finds the newest of keys that were put twice, and keeps both', () => {
    const table = new KeyTable(8, 1)
    for (const n of [1, 2, 1, 3]) table.put(txid(n), 0)
    const found = new Uint32Array(1)
    table.find(txid(1), 1, found)
    expect(found[0]).toBe(3)
    expect(table.size).toBe(4)
    expect([...table.keys()].flatMap((part) => [...part])).toEqual([1, 2, 1, 3].flatMap((n) => [...txid(n)]))
  })
})
