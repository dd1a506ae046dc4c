import { BITCOIN_NETWORKS, SCRIPT_TYPES, scriptName } from '../../chain/index.ts'
import type { AddressNumber } from './addresses.ts'
import type { CashOut, TheftTruth } from './truth.ts'
import { type BitcoinWorld, type Coin, type TxNumber, txid } from './world.ts'

/** An output by its transaction and index: `txid:index`. */
export type OutpointText = string

/** A coin in the truth. Amounts are satoshis in decimal text. */
export interface DescribedCoin {
  readonly output: OutpointText
  /** Address, or `scripthash:` and a hash where the script has none. */
  readonly address: string
  readonly value: string
}

export interface DescribedPart extends DescribedCoin {
  /** How much of the value was stolen. */
  readonly stolen: string
}

/** `truth.json`: transaction ids, addresses and decimal text in place of the simulator's numbers. */
export interface BitcoinTruth {
  readonly format: 'cordon-simulated-bitcoin-truth'
  readonly formatVersion: 1
  readonly network: 'regtest'
  readonly exchanges: readonly {
    readonly id: string
    readonly name: string
    readonly tagged: boolean
    readonly hotWallets: readonly string[]
    readonly coldWallet: string
  }[]
  readonly swapService: { readonly id: string; readonly vault: string }
  readonly coordinators: { readonly wasabi: string }
  readonly thefts: readonly DescribedBitcoinTheft[]
  readonly coinJoins: readonly {
    readonly txid: string
    readonly family: string
    readonly denomination: string
    readonly participants: readonly { readonly owner: string; readonly inputs: readonly number[]; readonly outputs: readonly number[] }[]
    readonly coordinatorFee: readonly number[]
  }[]
}

/**
 * One theft. To the satoshi: the stolen parts of cash-outs, swaps, mixed coins, hoards and coordinators' fees, and the fees paid to miners, sum up to the seeds;
 * and in each transaction of the launderer the stolen parts of inputs sum up to those of outputs and fee.
 */
export interface DescribedBitcoinTheft {
  readonly name: string
  readonly victimKind: string
  readonly victims: readonly string[]
  readonly launderer: string
  readonly patterns: readonly string[]
  readonly stolen: string
  readonly seeds: readonly (DescribedCoin & { readonly height: number })[]
  /** Every output after the seeds that carries stolen value, in chain order, the ends among them. */
  readonly flows: readonly (DescribedPart & { readonly pattern: string })[]
  readonly fees: readonly { readonly txid: string; readonly stolen: string }[]
  readonly cashOuts: readonly (DescribedPart & { readonly exchange: string; readonly tagged: boolean; readonly sweptBy: string | null })[]
  readonly swaps: readonly (DescribedPart & { readonly memo: string; readonly asset: string; readonly destination: string })[]
  /** Stolen coins spent by a CoinJoin. */
  readonly mixed: readonly (DescribedPart & { readonly txid: string; readonly input: number; readonly family: string })[]
  readonly coordinatorFees: readonly DescribedPart[]
  readonly held: readonly DescribedPart[]
  readonly peelChains: readonly {
    readonly hops: readonly {
      readonly txid: string
      readonly continues: number
      readonly peeled: { readonly index: number; readonly value: string }
    }[]
  }[]
  /** Clean coins that the launderer spent together with stolen ones. */
  readonly commingled: readonly DescribedCoin[]
  /** What came out of a CoinJoin to the launderer, and the deposit that it became: no trace of the chain alone can know it. */
  readonly afterMixing: readonly { readonly from: DescribedCoin; readonly to: DescribedCoin; readonly exchange: string }[]
}

/** What a wallet's address is called outside. */
export function addressText(w: BitcoinWorld, address: AddressNumber): string {
  return scriptName(w.addresses.script(address), BITCOIN_NETWORKS.regtest)
}

export function outpointText(w: BitcoinWorld, at: { readonly tx: TxNumber; readonly index: number }): OutpointText {
  return `${txid(w, at.tx)}:${at.index}`
}

/** The truth of a world whose blocks have all been read. */
export function describeBitcoinTruth(w: BitcoinWorld): BitcoinTruth {
  const { cast } = w
  return {
    format: 'cordon-simulated-bitcoin-truth',
    formatVersion: 1,
    network: 'regtest',
    exchanges: cast.exchanges.map((exchange) => ({
      id: exchange.owner.id,
      name: exchange.name,
      tagged: exchange.tagged,
      hotWallets: exchange.hotAddresses.map((address) => addressText(w, address)),
      coldWallet: addressText(w, exchange.cold.address),
    })),
    swapService: { id: cast.vault.owner.id, vault: addressText(w, cast.vault.address) },
    coordinators: { wasabi: addressText(w, cast.coordinators.wasabi.address) },
    thefts: w.thefts.map((theft) => describeTheft(w, theft)),
    coinJoins: w.coinJoins.map((each) => ({
      txid: txid(w, each.tx),
      family: each.family,
      denomination: String(each.denomination),
      participants: each.participants.map(({ owner, inputs, outputs }) => ({ owner: owner.id, inputs, outputs })),
      coordinatorFee: each.coordinatorFee,
    })),
  }
}

function describeTheft(w: BitcoinWorld, theft: TheftTruth): DescribedBitcoinTheft {
  const coin = (of: Coin): DescribedCoin => ({ output: outpointText(w, of), address: addressText(w, of.address), value: String(of.value) })
  const part = (of: { readonly coin: Coin; readonly stolen: number }): DescribedPart => ({ ...coin(of.coin), stolen: String(of.stolen) })
  const exchange = (index: number) => w.cast.exchanges[index]!
  return {
    name: theft.name,
    victimKind: theft.victimKind,
    victims: theft.victims.map(({ id }) => id),
    launderer: theft.launderer.id,
    patterns: [...theft.patterns].sort(),
    stolen: String(theft.seeds.reduce((sum, seed) => sum + seed.coin.value, 0)),
    seeds: theft.seeds.map((seed) => ({ ...coin(seed.coin), height: seed.height })),
    flows: theft.flows.map((flow) => ({ ...part(flow), pattern: flow.pattern })),
    fees: theft.fees.map(({ tx, stolen }) => ({ txid: txid(w, tx), stolen: String(stolen) })),
    cashOuts: theft.cashOuts.map((out: CashOut) => ({
      ...part(out),
      exchange: exchange(out.exchange).owner.id,
      tagged: exchange(out.exchange).tagged,
      sweptBy: out.swept === null ? null : txid(w, out.swept),
    })),
    swaps: theft.swaps.map((swap) => ({ ...part(swap), memo: swap.memo, asset: swap.asset, destination: swap.destination })),
    mixed: theft.mixed.map((each) => ({ ...part(each), txid: txid(w, each.tx), input: each.input, family: each.family })),
    coordinatorFees: theft.coordinatorFees.map(part),
    held: theft.held.map(part),
    peelChains: theft.peelChains.map(({ hops }) => ({
      hops: hops.map(({ tx, continues, peeled }) => ({
        txid: txid(w, tx),
        continues,
        peeled: { index: peeled.index, value: String(peeled.value) },
      })),
    })),
    commingled: theft.commingled.map(coin),
    afterMixing: theft.afterMixing.map((each) => ({
      from: coin(each.from),
      to: coin(each.to),
      exchange: exchange(each.exchange).owner.id,
    })),
  }
}

/** Lines of `truth/owners.csv`: every address, its script type, and whose it is. */
export function* ownerLines(w: BitcoinWorld): Generator<string> {
  yield 'address,script_type,owner,role'
  for (let address = 0; address < w.addresses.length; address++) {
    const { owner, role } = w.wallets[w.addresses.wallet(address)]!
    yield `${addressText(w, address)},${SCRIPT_TYPES[w.addresses.type(address)]},${owner.id},${role}`
  }
}

/** Lines of `truth/deposits.csv`: every deposit address, its exchange, its customer. */
export function* depositLines(w: BitcoinWorld): Generator<string> {
  yield 'address,exchange,customer'
  for (const { address, exchange, customer } of w.deposits)
    yield `${addressText(w, address)},${w.cast.exchanges[exchange]!.owner.id},${customer.id}`
}
