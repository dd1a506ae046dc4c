import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { BITCOIN_NETWORKS, scriptName } from '../../../src/chain/index.ts'
import { type BitcoinTruth, simulateBitcoin } from '../../../src/simulate/bitcoin/index.ts'
import { chainOf, hex, type PlacedTx, storedBlocks, transactionsOf } from './chain.ts'

const folder = mkdtempSync(join(tmpdir(), 'cordon-bitcoin-truth-'))
const out = join(folder, 'world')
let truth: BitcoinTruth
let transactions: Map<string, PlacedTx>
let spender: Map<string, string>
let owners: Map<string, { readonly owner: string; readonly role: string }>
let deposits: Map<string, { readonly exchange: string; readonly customer: string }>
let change: Map<string, number>

beforeAll(async () => {
  await simulateBitcoin({ transactions: 9_000, seed: 'truth', out, thefts: 5 })
  truth = JSON.parse(readFileSync(join(out, 'truth.json'), 'utf8')) as BitcoinTruth
  transactions = transactionsOf(chainOf(storedBlocks(join(out, 'blocks'))))
  spender = new Map([...transactions.values()].flatMap(({ txid, spends }) => spends.map((spent) => [spent, txid] as const)))
  owners = new Map(rows('truth/owners.csv').map(([address, , owner, role]) => [address!, { owner: owner!, role: role! }]))
  deposits = new Map(
    rows('truth/deposits.csv').map(([address, exchange, customer]) => [address!, { exchange: exchange!, customer: customer! }]),
  )
  change = new Map(lines('truth/change.csv').map((at) => [at.slice(0, 64), Number(at.slice(65))]))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const lines = (file: string) => readFileSync(join(out, file), 'utf8').trimEnd().split('\n')
const rows = (file: string) =>
  lines(file)
    .slice(1)
    .map((line) => line.split(','))
const outputAt = (at: string) => transactions.get(at.slice(0, 64))!.tx.outputs[Number(at.slice(65))]!
const nameAt = (at: string) => scriptName(outputAt(at).script.toRaw(), BITCOIN_NETWORKS.regtest)
const ownerAt = (at: string) => owners.get(nameAt(at))!.owner
const sum = (parts: readonly { readonly stolen: string }[]) => parts.reduce((total, { stolen }) => total + BigInt(stolen), 0n)
const outputsOf = ({ tx, txid }: PlacedTx) => tx.outputs.flatMap((output, index) => (output.value > 0 ? [`${txid}:${index}`] : []))

describe('the truth of a simulated Bitcoin theft', () => {
  it('sums up to the satoshi: what was stolen was cashed out, swapped, mixed, held, or paid in fees', () => {
    expect(truth.thefts.length).toBe(5)
    for (const theft of truth.thefts) {
      const { cashOuts, swaps, mixed, held, coordinatorFees, fees } = theft
      const seeds = theft.seeds.reduce((total, { value }) => total + BigInt(value), 0n)
      expect(String(seeds)).toBe(theft.stolen)
      expect(seeds).toBeGreaterThan(0n)
      expect(
        [cashOuts, swaps, mixed, held, coordinatorFees, fees].map(sum).reduce((a, b) => a + b),
        theft.name,
      ).toBe(seeds)
    }
  })

  it('balances in each transaction of the launderer: the stolen parts of its inputs are those of its outputs and its fee', () => {
    for (const theft of truth.thefts) {
      const stolen = new Map<string, bigint>()
      for (const seed of theft.seeds) stolen.set(seed.output, BigInt(seed.value))
      for (const flow of theft.flows) stolen.set(flow.output, BigInt(flow.stolen))
      const mixes = new Set(theft.mixed.map(({ txid }) => txid))
      expect(theft.fees.length).toBeGreaterThan(3)
      for (const fee of theft.fees) {
        const placed = transactions.get(fee.txid)!
        const taken = placed.spends.reduce((total, at) => total + (stolen.get(at) ?? 0n), 0n)
        const given = outputsOf(placed).reduce((total, at) => total + (stolen.get(at) ?? 0n), 0n)
        expect(taken - given).toBe(BigInt(fee.stolen))
        expect(mixes.has(fee.txid)).toBe(false)
      }
      // Whatever stolen coin is spent is spent by the launderer, into a mix, or by whoever was paid.
      const own = new Set([...theft.fees.map(({ txid }) => txid), ...mixes])
      const ends = new Set([...theft.cashOuts, ...theft.swaps, ...theft.coordinatorFees].map(({ output }) => output))
      for (const at of stolen.keys()) if (spender.has(at) && !ends.has(at)) expect(own.has(spender.get(at)!)).toBe(true)
    }
  })

  it('gives outputs that are in the chain, with their address, whole value, and a stolen part no larger', () => {
    for (const theft of truth.thefts)
      for (const part of [...theft.flows, ...theft.cashOuts, ...theft.swaps, ...theft.mixed, ...theft.held]) {
        expect(String(outputAt(part.output).value)).toBe(part.value)
        expect(nameAt(part.output)).toBe(part.address)
        expect(BigInt(part.stolen) > 0n && BigInt(part.stolen) <= BigInt(part.value)).toBe(true)
      }
  })

  it('begins with coins of the victims that the launderer receives, one seed a line', () => {
    for (const theft of truth.thefts) {
      expect(lines(`seeds/${theft.name}.csv`)).toEqual(theft.seeds.map(({ output }) => output))
      for (const seed of theft.seeds) {
        expect(ownerAt(seed.output)).toBe(theft.launderer)
        const placed = transactions.get(seed.output.slice(0, 64))!
        expect(placed.height).toBe(seed.height)
        for (const at of placed.spends) expect(theft.victims).toContain(ownerAt(at))
      }
    }
  })

  it('names for each cash-out a deposit address of its exchange, given to the launderer, and the consolidation that swept it', () => {
    const all = truth.thefts.flatMap((theft) => theft.cashOuts.map((cashOut) => ({ ...cashOut, launderer: theft.launderer })))
    for (const { address, exchange, launderer, output, sweptBy } of all) {
      expect(deposits.get(address)).toEqual({ exchange, customer: launderer })
      expect(owners.get(address)).toEqual({ owner: exchange, role: 'deposit' })
      expect(spender.get(output) ?? null).toBe(sweptBy)
    }
    expect(all.filter(({ sweptBy }) => sweptBy !== null).length / all.length).toBeGreaterThan(0.9)
  })

  it('swaps to the vault with an order in a data output of at most 80 bytes that names the asset and the destination', () => {
    const swaps = truth.thefts.flatMap(({ swaps }) => swaps)
    expect(swaps.length).toBeGreaterThan(2)
    for (const swap of swaps) {
      expect(swap.address).toBe(truth.swapService.vault)
      const data = transactions
        .get(swap.output.slice(0, 64))!
        .tx.outputs.map(({ script }) => hex(script.toRaw()))
        .find((script) => script.startsWith('6a'))!
      expect(Buffer.from(data.slice(4), 'hex').toString()).toContain(swap.memo)
      expect(swap.memo.length).toBeLessThanOrEqual(80)
      expect(swap.memo).toMatch(/^(=|s|SWAP):(ETH\.ETH|e):0x[0-9a-f]{40}:/)
      expect(swap.memo).toContain(swap.destination)
    }
  })

  it('follows peel chains of 10 to 60 hops, each of which spends the continuing output of the one before', () => {
    const chains = truth.thefts.flatMap(({ peelChains, launderer }) => peelChains.map(({ hops }) => ({ hops, launderer })))
    expect(chains.length).toBeGreaterThan(2)
    for (const { hops, launderer } of chains) {
      expect(hops.length >= 10 && hops.length <= 60).toBe(true)
      const prints = new Set<string>()
      hops.forEach((hop, k) => {
        const { tx, spends } = transactions.get(hop.txid)!
        if (k > 0) expect(spends).toEqual([`${hops[k - 1]!.txid}:${hops[k - 1]!.continues}`])
        expect(tx.outputs.length).toBe(2)
        expect(ownerAt(`${hop.txid}:${hop.continues}`)).toBe(launderer)
        expect(String(tx.outputs[hop.peeled.index]!.value)).toBe(hop.peeled.value)
        expect(change.get(hop.txid)).toBe(hop.continues)
        prints.add([tx.version, tx.locktime > 0, tx.inputs[0]!.sequence].join())
      })
      expect(prints.size).toBe(1)
    }
  })

  it('goes into CoinJoins as one participant among others, and knows what came out', () => {
    const joins = new Map(truth.coinJoins.map((each) => [each.txid, each]))
    const mixed = truth.thefts.flatMap((theft) => theft.mixed.map((each) => ({ ...each, launderer: theft.launderer })))
    expect(mixed.length).toBeGreaterThan(2)
    for (const { txid, input, output, launderer, family } of mixed) {
      const participant = joins.get(txid)!.participants.find(({ owner }) => owner === launderer)!
      expect(participant.inputs).toContain(input)
      expect(joins.get(txid)!.family).toBe(family)
      expect(transactions.get(txid)!.spends[input]).toBe(output)
    }
    const after = truth.thefts.flatMap(({ afterMixing }) => afterMixing)
    expect(after.length).toBeGreaterThan(0)
    for (const { from, to, exchange } of after) {
      expect(joins.has(from.output.slice(0, 64))).toBe(true)
      expect(spender.get(from.output)).toBe(to.output.slice(0, 64))
      expect(deposits.get(to.address)!.exchange).toBe(exchange)
    }
  })

  it('uses every named pattern somewhere', () => {
    const used = new Set(truth.thefts.flatMap(({ patterns }) => patterns))
    for (const pattern of [
      'theft',
      'split',
      'peel chain',
      'consolidation',
      'coinjoin',
      'cross-chain swap',
      'deposit to an exchange',
      'commingling',
      'hold',
    ])
      expect(used).toContain(pattern)
  })
})

describe('the truth about owners', () => {
  it('knows whose every output is, and gives each transaction that is no CoinJoin one owner', () => {
    const joins = new Set(truth.coinJoins.map(({ txid }) => txid))
    for (const placed of transactions.values()) {
      if (placed.height === 0) continue
      for (const at of outputsOf(placed)) expect(owners.has(nameAt(at))).toBe(true)
      if (!joins.has(placed.txid)) expect(new Set(placed.spends.map(ownerAt)).size).toBeLessThanOrEqual(1)
    }
  })

  it('lists change outputs that go back to whoever paid', () => {
    expect(change.size).toBeGreaterThan(transactions.size / 2)
    for (const [txid, index] of change) expect(ownerAt(`${txid}:${index}`)).toBe(ownerAt(transactions.get(txid)!.spends[0]!))
  })

  it('divides each CoinJoin among its participants without a rest', () => {
    for (const join of truth.coinJoins) {
      const { tx, spends } = transactions.get(join.txid)!
      const inputs = join.participants.flatMap((each) => each.inputs)
      const outputs = [...join.participants.flatMap((each) => each.outputs), ...join.coordinatorFee]
      expect(inputs.toSorted((a, b) => a - b)).toEqual([...tx.inputs.keys()])
      expect(outputs.toSorted((a, b) => a - b)).toEqual([...tx.outputs.keys()])
      expect(new Set(join.participants.map(({ owner }) => owner)).size).toBe(join.participants.length)
      for (const each of join.participants) {
        for (const index of each.inputs) expect(ownerAt(spends[index]!)).toBe(each.owner)
        for (const index of each.outputs) expect(ownerAt(`${join.txid}:${index}`)).toBe(each.owner)
        expect(each.outputs.some((index) => String(tx.outputs[index]!.value) === join.denomination)).toBe(true)
      }
    }
  })

  it('has CoinJoins of each family with its own parameters', () => {
    const of = (family: string) => truth.coinJoins.filter((each) => each.family === family)
    for (const join of of('whirlpool')) {
      const { tx } = transactions.get(join.txid)!
      expect([tx.inputs.length, tx.outputs.length, new Set(tx.outputs.map(({ value }) => value)).size]).toEqual([5, 5, 1])
      expect(['100000', '1000000', '5000000', '50000000']).toContain(join.denomination)
    }
    for (const join of of('wasabi1')) {
      expect(join.participants.length).toBeGreaterThanOrEqual(8)
      expect(join.coordinatorFee.map((index) => nameAt(`${join.txid}:${index}`))).toEqual([truth.coordinators.wasabi])
    }
    for (const join of of('joinmarket')) {
      const { tx } = transactions.get(join.txid)!
      expect(join.participants.length).toBeGreaterThanOrEqual(3)
      expect(tx.outputs.length).toBeGreaterThanOrEqual(2 * join.participants.length - 1)
    }
    for (const family of ['whirlpool', 'wasabi1', 'joinmarket']) expect(of(family).length, family).toBeGreaterThan(1)
  })
})

describe('the tags of a Bitcoin world', () => {
  it('name hot wallets that the public knows and few deposit addresses, and no other address of anyone', () => {
    const pack = parse(readFileSync(join(out, 'tags', 'exchanges.yaml'), 'utf8')) as {
      currency: string
      tags: { address: string; actor: string }[]
    }
    expect(pack.currency).toBe('BTC')
    const known = truth.exchanges.filter(({ tagged }) => tagged)
    const hots = known.flatMap(({ hotWallets }) => hotWallets)
    const addresses = pack.tags.map(({ address }) => address)
    for (const hot of hots) expect(addresses).toContain(hot)
    const others = pack.tags.filter(({ address }) => !hots.includes(address))
    expect(others.length > 0 && others.length <= 2 * known.length).toBe(true)
    for (const { address, actor } of others) expect(deposits.get(address)!.exchange).toBe(actor)
    for (const { cashOuts } of truth.thefts) for (const { address } of cashOuts) expect(addresses).not.toContain(address)
  })

  it('name where stolen coins first arrived', () => {
    const pack = parse(readFileSync(join(out, 'tags', 'thefts.yaml'), 'utf8')) as { tags: { address: string; abuse: string }[] }
    expect(new Set(pack.tags.map(({ address }) => address))).toEqual(
      new Set(truth.thefts.flatMap(({ seeds }) => seeds.map(({ address }) => address))),
    )
  })
})
