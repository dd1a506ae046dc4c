import { exchangeAt } from './honest/people.ts'
import type { FlowTruth, TheftTruth } from './truth.ts'
import { BLOCK_SECONDS, FIRST_BLOCK, FIRST_TIME, type World } from './world.ts'

/** `truth.json`: addresses, hashes and decimal text in place of the simulator's numbers. */
export interface TruthDocument {
  readonly format: 'cordon-simulated-truth'
  readonly formatVersion: 1
  readonly assets: readonly { readonly address: string; readonly symbol: string; readonly decimals: number; readonly fake: boolean }[]
  readonly exchanges: readonly {
    readonly id: string
    readonly name: string
    readonly kind: 'exchange' | 'instant'
    readonly tagged: boolean
    readonly hotWallets: readonly string[]
    readonly coldWallet: string
  }[]
  readonly services: readonly { readonly id: string; readonly kind: string; readonly account: string; readonly tagged: boolean }[]
  readonly thefts: readonly DescribedTheft[]
}

export interface DescribedFlow {
  readonly transaction: string
  readonly from: string
  readonly to: string
  /** Contract. */
  readonly asset: string
  /** Base units: whole value of the transfer, and the stolen part of it. */
  readonly value: string
  readonly stolen: string
  readonly pattern: string
}

export interface DescribedTheft {
  readonly name: string
  readonly victimKind: 'service' | 'wallets'
  readonly victims: readonly string[]
  readonly patterns: readonly string[]
  readonly seeds: readonly {
    readonly account: string
    readonly asset: string
    readonly amount: string
    readonly block: number
    readonly time: string
  }[]
  /** Accounts that held stolen value: the launderer's, then the deposit addresses and services of the cash-outs. */
  readonly accounts: number
  readonly launderers: readonly string[]
  readonly flows: readonly DescribedFlow[]
  readonly swaps: readonly {
    readonly transaction: string
    readonly account: string
    readonly to: string
    readonly gave: { readonly asset: string; readonly amount: string }
    readonly got: { readonly asset: string; readonly amount: string }
  }[]
  readonly cashOuts: readonly {
    readonly account: string
    readonly entity: string
    readonly kind: string
    readonly tagged: boolean
    readonly asset: string
    readonly amount: string
    readonly transaction: string
  }[]
  readonly forwards: readonly DescribedFlow[]
  readonly held: readonly { readonly account: string; readonly asset: string; readonly amount: string }[]
  readonly commingled: readonly { readonly account: string; readonly asset: string; readonly amount: string }[]
  readonly afterServices: readonly {
    readonly transaction: string
    readonly service: string
    readonly to: string
    readonly asset: string
    readonly amount: string
  }[]
}

export function isoTime(block: number): string {
  return new Date((FIRST_TIME + block * BLOCK_SECONDS) * 1_000).toISOString().replace('.000Z', 'Z')
}

/** The truth of a world whose transfers have all been read. */
export function describeTruth(w: World): TruthDocument {
  const { names } = w
  return {
    format: 'cordon-simulated-truth',
    formatVersion: 1,
    assets: w.assets.map(({ address, symbol, decimals, fake }) => ({ address, symbol, decimals, fake })),
    exchanges: [...w.cast.exchanges, ...w.cast.instants].map((exchange) => ({
      id: exchange.id,
      name: exchange.name,
      kind: exchange.kind,
      tagged: exchange.tagged,
      hotWallets: exchange.hots.map(names.account),
      coldWallet: names.account(exchange.cold),
    })),
    services: [
      ...[...w.cast.mixers, ...w.cast.bridges, ...w.cast.lenders, ...w.cast.routers].map((service) => ({
        id: service.id,
        kind: service.kind,
        account: names.account(service.account),
        tagged: service.tagged,
      })),
      ...w.cast.pools.map((pool, i) => ({
        id: `sim_pool_${i + 1}`,
        kind: 'pool',
        account: names.account(pool.account),
        tagged: pool.tagged,
      })),
    ],
    thefts: w.thefts.map((theft) => describeTheft(w, theft)),
  }
}

function describeTheft(w: World, theft: TheftTruth): DescribedTheft {
  const { account, transaction } = w.names
  const asset = (index: number) => w.assets[index]!.address
  const flow = (f: FlowTruth): DescribedFlow => ({
    transaction: transaction(f.transaction),
    from: account(f.from),
    to: account(f.to),
    asset: asset(f.asset),
    value: String(f.value),
    stolen: String(f.stolen),
    pattern: f.pattern,
  })
  const amount = (a: { readonly account: number; readonly asset: number; readonly amount: bigint }) => ({
    account: account(a.account),
    asset: asset(a.asset),
    amount: String(a.amount),
  })
  const side = (s: { readonly asset: number; readonly amount: bigint }) => ({ asset: asset(s.asset), amount: String(s.amount) })
  return {
    name: theft.name,
    victimKind: theft.victimKind,
    victims: [...new Set(theft.victims)].map(account),
    patterns: [...theft.patterns].sort(),
    seeds: theft.seeds.map((seed) => ({ ...amount(seed), block: FIRST_BLOCK + seed.block, time: isoTime(seed.block) })),
    accounts: new Set([...theft.launderers, ...theft.cashOuts.map((out) => out.account)]).size,
    launderers: theft.launderers.map(account),
    flows: theft.flows.map(flow),
    swaps: theft.swaps.map((swap) => ({
      transaction: transaction(swap.transaction),
      account: account(swap.account),
      to: account(swap.to),
      gave: side(swap.gave),
      got: side(swap.got),
    })),
    cashOuts: theft.cashOuts.map((out) => ({
      ...amount(out),
      entity: out.entity,
      kind: out.kind,
      tagged: out.tagged,
      transaction: transaction(out.transaction),
    })),
    forwards: theft.forwards.map(flow),
    held: theft.held.map(amount),
    commingled: theft.commingled.map(amount),
    afterServices: theft.afterServices.map((out) => ({
      transaction: transaction(out.transaction),
      service: out.service,
      to: account(out.to),
      ...side(out),
    })),
  }
}

/** Rows of `truth/deposits`: every deposit address, its exchange, its customer. */
export function* depositRows(w: World): Generator<readonly string[]> {
  for (let i = 0; i < w.deposits.length; i++)
    yield [w.names.account(w.deposits.account[i]!), exchangeAt(w, w.deposits.exchange[i]!).id, w.names.account(w.deposits.owner[i]!)]
}

/** Rows of `truth/poisoning`: every look-alike, whom it imitates, whom it was meant to deceive. */
export function* poisoningRows(w: World): Generator<readonly string[]> {
  for (const pair of w.poisoning)
    yield [w.names.account(pair.lookAlike), w.names.account(pair.imitates), w.names.account(pair.victim), pair.kind]
}
