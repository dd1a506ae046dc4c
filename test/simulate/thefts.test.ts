import { describe, expect, it } from 'vitest'
import { describeTruth, openWorld } from '../../src/simulate/index.ts'
import { readAll } from './replay.ts'

const world = openWorld({ transfers: 150_000, seed: 'thefts' })
const transfers = readAll(world)
const truth = describeTruth(world)

describe('the truth of a simulated theft', () => {
  it('is finished when the world ends', () => {
    for (const theft of world.thefts) expect(theft.pending).toBe(0)
  })

  it('lists only transfers that are in the chain, with their whole value', () => {
    const key = (hash: string, from: string, to: string, asset: string, value: string) => [hash, from, to, asset, value].join()
    const chain = new Set(
      transfers.map((t) => key(world.names.transaction(t.transaction), t.from, t.to, world.assets[t.asset]!.address, String(t.value))),
    )
    for (const theft of truth.thefts)
      for (const f of [...theft.flows, ...theft.forwards])
        expect(chain.has(key(f.transaction, f.from, f.to, f.asset, f.value)), f.pattern).toBe(true)
  })

  it('balances at every account of the launderer: what came in stolen went out stolen or is held', () => {
    for (const theft of truth.thefts) {
      const left = new Map<string, bigint>()
      const add = (account: string, asset: string, amount: bigint) => {
        const key = `${account} ${asset}`
        left.set(key, (left.get(key) ?? 0n) + amount)
      }
      for (const flow of theft.flows) {
        expect(BigInt(flow.stolen) <= BigInt(flow.value)).toBe(true)
        add(flow.to, flow.asset, BigInt(flow.stolen))
        add(flow.from, flow.asset, -BigInt(flow.stolen))
      }
      for (const held of theft.held) add(held.account, held.asset, -BigInt(held.amount))
      for (const account of theft.launderers)
        for (const { address } of truth.assets) expect(left.get(`${account} ${address}`) ?? 0n, `${theft.name} ${account}`).toBe(0n)
    }
  })

  it('sums up: stolen and swapped in equal cashed out, held and swapped out, asset by asset', () => {
    for (const theft of truth.thefts) {
      const sums = new Map<string, bigint>()
      const add = (asset: string, amount: bigint) => sums.set(asset, (sums.get(asset) ?? 0n) + amount)
      for (const seed of theft.seeds) add(seed.asset, BigInt(seed.amount))
      for (const swap of theft.swaps) {
        add(swap.gave.asset, -BigInt(swap.gave.amount))
        add(swap.got.asset, BigInt(swap.got.amount))
      }
      for (const end of [...theft.cashOuts, ...theft.held]) add(end.asset, -BigInt(end.amount))
      for (const [asset, rest] of sums) expect(rest, `${theft.name} ${asset}`).toBe(0n)
    }
  })

  it('names the deposit address and the exchange of each cash-out', () => {
    const owner = new Map(
      Array.from(
        { length: world.deposits.length },
        (_, i) => [world.names.account(world.deposits.account[i]!), world.deposits.exchange[i]!] as const,
      ),
    )
    const all = [...world.cast.exchanges, ...world.cast.instants]
    for (const theft of truth.thefts)
      for (const out of theft.cashOuts.filter(({ kind }) => kind === 'exchange' || kind === 'instant'))
        expect(all[owner.get(out.account)!]!.id).toBe(out.entity)
  })

  it('follows each deposit of a cash-out on to the hot wallet', () => {
    for (const theft of truth.thefts) {
      const forwarded = new Set(theft.forwards.map(({ from }) => from))
      for (const out of theft.cashOuts.filter(({ kind }) => kind === 'exchange')) expect(forwarded.has(out.account)).toBe(true)
    }
  })

  it('uses every named pattern somewhere', () => {
    const used = new Set(truth.thefts.flatMap(({ patterns }) => patterns))
    for (const pattern of [
      'fan-out',
      'peel chain',
      'consolidation',
      'swap',
      'hop through services',
      'deposit to several exchanges',
      'hold',
      'commingling',
    ])
      expect(used).toContain(pattern)
  })

  it('begins at accounts that hold nothing else', () => {
    for (const theft of truth.thefts) {
      const seeds = new Set(theft.seeds.map(({ account }) => account))
      const stolen = new Set(theft.flows.map((f) => `${f.transaction}${f.to}`))
      for (const t of transfers)
        if (
          seeds.has(t.to) &&
          !world.assets[t.asset]!.fake &&
          t.value > 0n &&
          !stolen.has(`${world.names.transaction(t.transaction)}${t.to}`)
        )
          expect(dust(t.asset, t.value)).toBe(true)
    }
  })

  it('grows with the world: the largest theft reaches more accounts than the smallest', () => {
    const accounts = truth.thefts.map((theft) => theft.accounts)
    expect(accounts.length).toBe(world.sizes.thefts)
    expect(Math.max(...accounts)).toBeGreaterThan(world.sizes.largestTheft * 0.5)
    expect(Math.min(...accounts)).toBeLessThan(60)
  })
})

/** A poisoner's dust, or clean money that the truth lists as commingled, is no part of the loot. */
function dust(asset: number, value: bigint): boolean {
  const { perDollar, loLimit } = world.assets[asset]!
  return value <= BigInt(Math.ceil(perDollar)) * BigInt(loLimit)
}
