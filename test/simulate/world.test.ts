import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openWorld, transfersOf } from '../../src/simulate/index.ts'
import { NULL_ADDRESS, readAll } from './replay.ts'

const world = openWorld({ transfers: 60_000, seed: 'laws' })
const transfers = readAll(world)

describe('a simulated chain', () => {
  it('has exactly as many transfers as were asked for, whatever the size and the seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2_000, max: 9_000 }), fc.integer(), (count, seed) => {
        let made = 0
        for (const batch of transfersOf(openWorld({ transfers: count, seed }))) made += batch.length
        expect(made).toBe(count)
      }),
      { numRuns: 15 },
    )
  })

  it('is the same for the same seed and another for another', () => {
    const columns = (seed: string) => [...transfersOf(openWorld({ transfers: 5_000, seed }))].map((b) => [...b.from.subarray(0, b.length)])
    expect(columns('a')).toEqual(columns('a'))
    expect(columns('a')).not.toEqual(columns('b'))
  })

  it('is in chain order: blocks rise, log indexes rise within a block, a transaction is one run of one block', () => {
    for (let i = 1; i < transfers.length; i++) {
      const [a, b] = [transfers[i - 1]!, transfers[i]!]
      expect(a.block < b.block || (a.block === b.block && a.logIndex < b.logIndex)).toBe(true)
      expect(b.transaction === a.transaction || b.transaction === a.transaction + 1).toBe(true)
      if (b.transaction === a.transaction) expect(b.block).toBe(a.block)
    }
  })

  it('never lets an account spend what it does not have, counted in whole base units', () => {
    const balances = new Map<string, bigint>()
    for (const { from, to, asset, value } of transfers) {
      const [payer, payee] = [`${from}${asset}`, `${to}${asset}`]
      balances.set(payer, (balances.get(payer) ?? 0n) - value)
      balances.set(payee, (balances.get(payee) ?? 0n) + value)
      if (from !== NULL_ADDRESS) expect(balances.get(payer)).toBeGreaterThanOrEqual(0n)
    }
  })

  it('moves amounts beyond 64 bits, and fake ones beyond 128 bits, all within 256', () => {
    expect(transfers.some(({ value }) => value > 1n << 64n)).toBe(true)
    expect(transfers.some(({ asset, value }) => world.assets[asset]!.fake && value > 1n << 128n)).toBe(true)
    expect(transfers.every(({ value }) => value < 1n << 256n)).toBe(true)
  })

  it('has few busy accounts and many quiet ones', () => {
    const activity = new Map<string, number>()
    for (const { from, to } of transfers) for (const address of [from, to]) activity.set(address, (activity.get(address) ?? 0) + 1)
    const counts = [...activity.values()].sort((a, b) => b - a)
    const top = counts.slice(0, Math.ceil(counts.length / 100)).reduce((a, b) => a + b, 0)
    expect(top / (2 * transfers.length)).toBeGreaterThan(0.3)
    expect(counts.filter((count) => count <= 5).length / counts.length).toBeGreaterThan(0.4)
  })

  it('has transactions of one transfer, swaps of two to six, and payrolls and airdrops of many', () => {
    const sizes = new Map<number, number>()
    for (const { transaction } of transfers) sizes.set(transaction, (sizes.get(transaction) ?? 0) + 1)
    const of = (test: (n: number) => boolean) => [...sizes.values()].filter(test).length
    expect(of((n) => n === 1)).toBeGreaterThan(10_000)
    expect(of((n) => n >= 2 && n <= 6)).toBeGreaterThan(2_000)
    expect(of((n) => n >= 10)).toBeGreaterThan(50)
  })
})

describe('exchanges in a simulated chain', () => {
  const deposits = new Map(
    Array.from(
      { length: world.deposits.length },
      (_, i) => [world.names.account(world.deposits.account[i]!), world.deposits.exchange[i]!] as const,
    ),
  )
  const hots = [...world.cast.exchanges, ...world.cast.instants].map((e) => new Set(e.hots.map(world.names.account)))

  it('empty every deposit address into a hot wallet of their own, and nowhere else', () => {
    const forwards = transfers.filter(({ from, value }) => deposits.has(from) && value > 0n)
    expect(forwards.length).toBeGreaterThan(1_000)
    for (const { from, to } of forwards) expect(hots[deposits.get(from)!]!.has(to)).toBe(true)
  })

  it('do so within 3,200 blocks of the receipt', () => {
    const waiting = new Map<string, number>()
    let late = 0
    for (const { from, to, asset, block, value } of transfers) {
      const since = waiting.get(`${from}${asset}`)
      if (value > 0n && since !== undefined) {
        if (block - since > 3_200) late += 1
        waiting.delete(`${from}${asset}`)
      }
      if (deposits.has(to) && !world.assets[asset]!.fake && !waiting.has(`${to}${asset}`) && !isDust(asset, value))
        waiting.set(`${to}${asset}`, block)
    }
    expect(late).toBe(0)
  })

  const isDust = (asset: number, value: bigint) =>
    value <= BigInt(Math.ceil(world.assets[asset]!.perDollar)) * BigInt(world.assets[asset]!.loLimit)
})

describe('address poisoning in a simulated chain', () => {
  it('uses addresses that share the first and last four digits with one that the victim had paid', () => {
    expect(world.poisoning.length).toBeGreaterThan(200)
    const paid = new Set(transfers.map(({ from, to }) => `${from}${to}`))
    for (const pair of world.poisoning) {
      const [fake, real, victim] = [pair.lookAlike, pair.imitates, pair.victim].map(world.names.account) as [string, string, string]
      expect(fake.slice(0, 6) + fake.slice(-4)).toBe(real.slice(0, 6) + real.slice(-4))
      expect(fake).not.toBe(real)
      expect(paid.has(`${victim}${real}`)).toBe(true)
    }
    expect(new Set(world.poisoning.map(({ kind }) => kind)).size).toBe(3)
  })
})

describe('the size of a world', () => {
  it('is refused below 2,000 transfers and with more thefts than fit', () => {
    expect(() => openWorld({ transfers: 10, seed: 1 })).toThrow(expect.objectContaining({ code: 'simulate/size' }))
    expect(() => openWorld({ transfers: 10_000, seed: 1, thefts: 500 })).toThrow(expect.objectContaining({ code: 'simulate/size' }))
  })

  it('sets the number of thefts and assets', () => {
    const sizes = [10_000, 1_000_000, 100_000_000].map((transfers) => openWorld({ transfers, seed: 1 }).sizes)
    expect(sizes.map(({ thefts }) => thefts)).toEqual([3, 10, 40])
    for (const { assets, fakeTokens } of sizes) {
      expect(assets + fakeTokens).toBeGreaterThanOrEqual(3)
      expect(assets + fakeTokens).toBeLessThanOrEqual(40)
    }
    expect(openWorld({ transfers: 10_000, seed: 1, thefts: 0 }).thefts).toEqual([])
  })
})
