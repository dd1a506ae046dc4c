import { SCRIPT_TYPES } from '../../chain/index.ts'
import { createQueue, type Queue } from '../queue.ts'
import { createRandom, type Random } from '../random.ts'
import { type Addresses, type AddressNumber, createAddresses } from './addresses.ts'
import { type Cast, createCast } from './cast.ts'
import type { Mixing } from './coinjoin/mixing.ts'
import { createMixing } from './coinjoin/mixing.ts'
import type { BitcoinSizes } from './sizes.ts'
import type { Software } from './software.ts'
import type { CashOut, CoinJoinTruth, DepositTruth, TheftTruth } from './truth.ts'
import { createUnlocking, type Unlocking } from './unlocking.ts'
import { hashText } from './wire/hash.ts'
import { type RawTransaction, type SerializedTransaction, serializeTransaction } from './wire/transaction.ts'

/** Ordinal of a transaction, in the order in which they are made. */
export type TxNumber = number

/** An output that can be spent. Values are satoshis: safe integers, all 21·10^14 of them together. */
export interface Coin {
  readonly tx: TxNumber
  readonly index: number
  readonly value: number
  readonly address: AddressNumber
  readonly height: number
  readonly coinbase: boolean
}

export interface Owner {
  readonly id: string
  readonly kind: 'user' | 'merchant' | 'miner' | 'exchange' | 'swap service' | 'coordinator' | 'launderer'
}

/** Coins under one set of keys. Of an exchange there are three: hot, cold, and its customers' deposits. */
export interface Wallet {
  readonly number: number
  readonly owner: Owner
  readonly role: 'wallet' | 'hot' | 'cold' | 'deposit' | 'mining' | 'vault' | 'launderer'
  readonly software: Software
  readonly coins: Coin[]
  /** Address to give out again where the software is careless; -1 before the first. */
  address: AddressNumber
}

/** An output to be made: to an address, or data that nobody can spend. */
export type Output = { readonly address: AddressNumber; readonly value: number } | { readonly data: Uint8Array }

export interface Spending {
  readonly inputs: readonly Coin[]
  readonly outputs: readonly Output[]
  readonly version: number
  readonly lockTime: number
  readonly sequence: number
  /** Index of the output that goes back to the sender. */
  readonly change?: number | null
}

export interface Sent {
  readonly tx: TxNumber
  readonly fee: number
  /** By output; null for data. */
  readonly coins: readonly (Coin | null)[]
}

/** A transaction that waits for its block. */
export interface Pending {
  readonly raw: RawTransaction
  readonly serialized: SerializedTransaction
  readonly spent: readonly Coin[]
  readonly fee: number
}

/** Everything that changes while a world is made. Functions in `honest/`, `coinjoin/` and `theft/` act on it. */
export interface BitcoinWorld {
  readonly seed: string
  readonly sizes: BitcoinSizes
  readonly random: Random
  readonly addresses: Addresses
  readonly wallets: Wallet[]
  readonly cast: Cast
  readonly queue: Queue
  readonly mixing: Mixing
  readonly unlocking: (type: number) => Unlocking
  readonly deposits: DepositTruth[]
  /** Deposit address of a customer, by `customer wallet * 64 + exchange`. */
  readonly depositOf: Map<number, AddressNumber>
  readonly coinJoins: CoinJoinTruth[]
  readonly thefts: TheftTruth[]
  /** Cash-outs whose deposit has not yet been swept, by their coin. */
  readonly unswept: Map<Coin, CashOut>
  /** Change outputs of transactions of one owner made since they were last collected. */
  changes: { readonly tx: TxNumber; readonly index: number }[]
  /** Waiting for the block of this height. */
  pending: Pending[]
  height: number
  /** Unix seconds of that block. */
  time: number
  /** Transactions made so far, coinbases and genesis among them. */
  made: number
  txids: Uint8Array
}

export function createWorld(seed: string, sizes: BitcoinSizes): BitcoinWorld {
  const addresses = createAddresses(seed)
  const wallets: Wallet[] = []
  return {
    seed,
    sizes,
    random: createRandom(`${seed}:bitcoin`),
    addresses,
    wallets,
    cast: createCast(sizes, addresses, wallets, createRandom(`${seed}:bitcoin:cast`)),
    queue: createQueue(),
    mixing: createMixing(),
    unlocking: createUnlocking(seed),
    deposits: [],
    depositOf: new Map(),
    coinJoins: [],
    thefts: [],
    unswept: new Map(),
    changes: [],
    pending: [],
    height: 0,
    time: 0,
    made: 0,
    txids: new Uint8Array(32 << 12),
  }
}

export function txid(w: BitcoinWorld, tx: TxNumber): string {
  return hashText(w.txids.subarray(tx * 32, tx * 32 + 32))
}

/** Gives a serialized transaction its number. */
export function enter(w: BitcoinWorld, { txid }: SerializedTransaction): TxNumber {
  if ((w.made + 1) * 32 > w.txids.length) {
    const wider = new Uint8Array(w.txids.length * 2)
    wider.set(w.txids)
    w.txids = wider
  }
  w.txids.set(txid, w.made * 32)
  return w.made++
}

/** A fresh address of a wallet. */
export function newAddress(w: BitcoinWorld, wallet: Wallet): AddressNumber {
  wallet.address = w.addresses.add(wallet.software.type, wallet.number)
  return wallet.address
}

/** An address to receive at: fresh, or one already used as the software's habits have it. */
export function receivingAddress(w: BitcoinWorld, wallet: Wallet): AddressNumber {
  if (wallet.address >= 0 && w.random.below(1_000) < wallet.software.reuse) return wallet.address
  return newAddress(w, wallet)
}

export function lockTimeOf(w: BitcoinWorld, software: Software): number {
  if (software.lockTime === 'zero') return 0
  const tip = w.height - 1
  return w.random.oneIn(10) ? Math.max(0, tip - w.random.below(100)) : tip
}

/** Puts a transaction into the block in the making. Its coins go to the wallets of their addresses, but for a launderer's, who keeps his own books. */
export function send(w: BitcoinWorld, spending: Spending): Sent {
  const { inputs, outputs, sequence } = spending
  const raw: RawTransaction = {
    version: spending.version,
    lockTime: spending.lockTime,
    inputs: inputs.map((coin) => ({
      previous: w.txids.slice(coin.tx * 32, coin.tx * 32 + 32),
      index: coin.index,
      sequence,
      ...w.unlocking(w.addresses.type(coin.address)),
    })),
    outputs: outputs.map((output) =>
      'data' in output
        ? { value: 0, script: dataScript(output.data) }
        : { value: output.value, script: w.addresses.script(output.address) },
    ),
  }
  const fee = total(inputs) - raw.outputs.reduce((sum, { value }) => sum + value, 0)
  if (!(fee >= 0) || raw.outputs.some(({ value }) => !Number.isSafeInteger(value) || value < 0))
    throw new Error(`a transaction would pay out ${-fee} satoshis that it does not have`)
  const serialized = serializeTransaction(raw)
  const tx = enter(w, serialized)
  w.pending.push({ raw, serialized, spent: inputs, fee })
  if (spending.change !== undefined && spending.change !== null) w.changes.push({ tx, index: spending.change })
  const coins = outputs.map((output, index) =>
    'data' in output ? null : { tx, index, value: output.value, address: output.address, height: w.height, coinbase: false },
  )
  for (const coin of coins) if (coin !== null) keep(w, coin)
  return { tx, fee, coins }
}

/** Puts a coin into the wallet of its address. */
export function keep(w: BitcoinWorld, coin: Coin): void {
  const wallet = w.wallets[w.addresses.wallet(coin.address)]!
  if (wallet.role !== 'launderer') wallet.coins.push(coin)
}

export function total(coins: readonly Coin[]): number {
  let sum = 0
  for (const { value } of coins) sum += value
  return sum
}

/** Takes a coin out of its wallet, which must have it. */
export function takeCoin(wallet: Wallet, coin: Coin): void {
  const at = wallet.coins.lastIndexOf(coin)
  if (at < 0) throw new Error('the wallet does not have the coin')
  wallet.coins[at] = wallet.coins[wallet.coins.length - 1]!
  wallet.coins.pop()
}

export function typeOf(w: BitcoinWorld, coin: Coin): string {
  return SCRIPT_TYPES[w.addresses.type(coin.address)]!
}

function dataScript(data: Uint8Array): Uint8Array {
  return data.length < 76 ? Buffer.concat([Buffer.of(0x6a, data.length), data]) : Buffer.concat([Buffer.of(0x6a, 0x4c, data.length), data])
}
