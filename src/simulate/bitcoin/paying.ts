import { FRAME_SIZE, inputSize, outputSize } from './unlocking.ts'
import {
  type BitcoinWorld,
  type Coin,
  lockTimeOf,
  newAddress,
  type Output,
  type Sent,
  send,
  takeCoin,
  total,
  type Wallet,
} from './world.ts'

/** Satoshis below which change is left to the miner rather than made an output. */
const LEAST_CHANGE = 700
/** Coins that are looked at before a wallet counts as too poor. */
const MOST_INPUTS = 60

export interface PayOptions {
  readonly data?: Uint8Array
  /** Where the data stands: the index of its output; by default first. */
  readonly dataAt?: number
  readonly feeRate?: number
}

/** Satoshis per virtual byte of the moment. */
export function feeRate(w: BitcoinWorld): number {
  return 1 + w.random.below(8) + (w.random.oneIn(6) ? w.random.below(40) : 0)
}

/** Virtual bytes of a transaction. */
export function sizeOf(w: BitcoinWorld, inputs: readonly Coin[], outputTypes: readonly number[], dataBytes = 0): number {
  let size = FRAME_SIZE + dataBytes
  for (const { address } of inputs) size += inputSize(w.addresses.type(address))
  for (const type of outputTypes) size += outputSize(type)
  return size
}

function dataSize(data: Uint8Array | undefined): number {
  return data === undefined ? 0 : 12 + data.length
}

/**
 * Pays out of a wallet as its software does: it chooses coins, makes change, and orders the outputs. Null, and nothing done, when the wallet is too poor.
 */
export function pay(
  w: BitcoinWorld,
  wallet: Wallet,
  payments: readonly { readonly address: number; readonly value: number }[],
  options: PayOptions = {},
): Sent | null {
  const rate = options.feeRate ?? feeRate(w)
  const types = payments.map(({ address }) => w.addresses.type(address))
  const target = payments.reduce((sum, { value }) => sum + value, 0)
  const chosen = choose(w, wallet, (coins) => target + rate * sizeOf(w, coins, types, dataSize(options.data)))
  return chosen === null ? null : spend(w, wallet, chosen, payments, { ...options, feeRate: rate })
}

/** Spends these coins of a wallet; what they are worth beyond payments and fee comes back as change. */
export function spend(
  w: BitcoinWorld,
  wallet: Wallet,
  coins: readonly Coin[],
  payments: readonly { readonly address: number; readonly value: number }[],
  options: PayOptions & { readonly feeRate: number },
): Sent {
  const { software } = wallet
  const types = payments.map(({ address }) => w.addresses.type(address))
  const changeType = w.addresses.type(coins[0]!.address)
  const size = sizeOf(w, coins, types, dataSize(options.data))
  const paid = payments.reduce((sum, { value }) => sum + value, 0)
  const left = total(coins) - paid - options.feeRate * (size + outputSize(changeType))
  for (const coin of coins) takeCoin(wallet, coin)
  const outputs: Output[] = [...payments]
  let change: Output | null = null
  if (left >= LEAST_CHANGE) {
    change = { address: changeAddress(w, wallet, coins), value: left }
    placeChange(w, outputs, change, wallet)
  }
  if (options.data !== undefined) outputs.splice(Math.min(options.dataAt ?? 0, outputs.length), 0, { data: options.data })
  return send(w, {
    inputs: coins,
    outputs,
    version: software.version,
    lockTime: lockTimeOf(w, software),
    sequence: software.sequence,
    change: change === null ? null : outputs.indexOf(change),
  })
}

function changeAddress(w: BitcoinWorld, wallet: Wallet, coins: readonly Coin[]): number {
  return w.random.below(1_000) < wallet.software.reuse ? coins[0]!.address : newAddress(w, wallet)
}

function placeChange(w: BitcoinWorld, outputs: Output[], change: Output, wallet: Wallet): void {
  const habit = wallet.software.change
  if (habit === 'first') outputs.unshift(change)
  else if (habit === 'random') outputs.splice(w.random.below(outputs.length + 1), 0, change)
  else outputs.push(change)
  if (habit === 'sorted') outputs.sort((a, b) => byValueThenScript(w, a, b))
}

/** The order of BIP 69. */
export function byValueThenScript(w: BitcoinWorld, a: Output, b: Output): number {
  const value = (output: Output) => ('data' in output ? 0 : output.value)
  const script = (output: Output) => ('data' in output ? output.data : w.addresses.script(output.address))
  return value(a) - value(b) || Buffer.compare(script(a), script(b))
}

/** Coins of a wallet worth what they must: one alone where one is enough, else several, from a random place on. */
function choose(w: BitcoinWorld, wallet: Wallet, needed: (coins: readonly Coin[]) => number): Coin[] | null {
  const { coins } = wallet
  if (coins.length === 0) return null
  const start = w.random.below(coins.length)
  const reach = Math.min(coins.length, MOST_INPUTS)
  for (let k = 0; k < Math.min(reach, 8); k++) {
    const coin = coins[(start + k) % coins.length]!
    if (coin.value >= needed([coin])) return [coin]
  }
  const chosen: Coin[] = []
  let sum = 0
  for (let k = 0; k < reach; k++) {
    const coin = coins[(start + k) % coins.length]!
    chosen.push(coin)
    sum += coin.value
    if (sum >= needed(chosen)) return chosen
  }
  return null
}
