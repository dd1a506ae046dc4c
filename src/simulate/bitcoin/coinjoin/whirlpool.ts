import { userWith } from '../honest/people.ts'
import { byValueThenScript, feeRate, sizeOf } from '../paying.ts'
import { FINAL } from '../software.ts'
import {
  type BitcoinWorld,
  type Coin,
  keep,
  newAddress,
  type Output,
  type Sent,
  send,
  type TxNumber,
  takeCoin,
  total,
  txid,
  typeOf,
  type Wallet,
} from '../world.ts'
import { join, type Owned } from './join.ts'
import type { Entry, Pool } from './mixing.ts'

/** Participants of a mix. */
const SIZE = 5
const MIX_BYTES = 506
const MOST_PREMIX = 12
/** Mixed coins that stay in a pool for more; the oldest beyond go back to their owners' wallets. */
const RESTING = 30

/** What a Tx0 made. */
export interface Tx0 {
  readonly sent: Sent
  readonly pool: Pool
  readonly premix: readonly Coin[]
  readonly change: Coin | null
  readonly coordinatorFee: Coin
}

/** The largest pool of which the value fills at least two places. */
export function poolFor(w: BitcoinWorld, value: number): Pool | null {
  return [...w.mixing.pools].reverse().find(({ denomination, fee }) => value > 2.1 * denomination + fee + 20_000) ?? null
}

/**
 * Whirlpool's Tx0: one owner splits coins into equal premix outputs of the pool's denomination and a share of the mix's fee, pays the coordinator, and keeps the change. A data output carries what only the
 * coordinator can read. Outputs in the order of BIP 69. The coins must be the caller's, already out of their wallet.
 */
export function tx0(w: BitcoinWorld, wallet: Wallet, coins: readonly Coin[], pool: Pool): Tx0 {
  const rate = feeRate(w)
  const share = Math.ceil((MIX_BYTES * (1 + w.random.below(12))) / 2)
  const premixValue = pool.denomination + share
  const value = total(coins)
  const type = w.addresses.type(coins[0]!.address)
  const fee = rate * (sizeOf(w, coins, new Array(MOST_PREMIX + 2).fill(type)) + 80)
  const count = Math.min(MOST_PREMIX, Math.floor((value - fee - pool.fee) / premixValue))
  if (count < 1) throw new Error('the coins do not fill one place of the pool')
  const left = value - fee - pool.fee - count * premixValue
  const data = Buffer.from(Array.from({ length: 64 }, () => w.random.below(256)))
  const premixOutputs = Array.from({ length: count }, (): Output => ({ address: newAddress(w, wallet), value: premixValue }))
  const feeOutput: Output = { address: newAddress(w, w.cast.coordinators.whirlpool), value: pool.fee }
  const changeOutput: Output | null = left >= 1_000 ? { address: newAddress(w, wallet), value: left } : null
  const outputs: Output[] = [{ data }, feeOutput, ...(changeOutput === null ? [] : [changeOutput]), ...premixOutputs]
  outputs.sort((a, b) => byValueThenScript(w, a, b))
  const sent = send(w, {
    inputs: coins,
    outputs,
    version: 1,
    lockTime: 0,
    sequence: FINAL,
    change: changeOutput === null ? null : outputs.indexOf(changeOutput),
  })
  const coin = (output: Output) => sent.coins[outputs.indexOf(output)]!
  return {
    sent,
    pool,
    premix: premixOutputs.map(coin),
    change: changeOutput === null ? null : coin(changeOutput),
    coordinatorFee: coin(feeOutput),
  }
}

/** Someone prepares coins for a pool. */
export function honestTx0(w: BitcoinWorld): void {
  const user = userWith(w, 400_000, ({ software }) => software.type === 'p2wpkh')
  if (user === null) return
  const coins = user.coins.filter((coin) => typeOf(w, coin) === 'p2wpkh').slice(0, 4)
  const pool = poolFor(w, total(coins))
  if (pool === null) return
  for (const coin of coins) takeCoin(user, coin)
  const { premix } = tx0(w, user, coins, pool)
  for (const coin of premix) {
    takeCoin(user, coin)
    pool.fresh.push({ coin, wallet: user })
  }
}

/** A mix of five, in the pool given or in one of those that have most waiting: two or three that are new pay the fee, the others have been mixed before.
 * Only the first mix of a pool is among new ones alone. */
export function whirlpoolMix(w: BitcoinWorld, wanted?: Pool): void {
  let pool = wanted ?? w.mixing.pools[w.random.below(w.mixing.pools.length)]!
  if (pool.fresh.length < SIZE && wanted === undefined)
    for (const each of w.mixing.pools) if (each.fresh.length > pool.fresh.length) pool = each
  const entries: Entry[] = []
  // Nobody is twice in a mix, and no two of its coins come from one transaction.
  const met = new Set<Wallet | TxNumber>()
  const take = (list: Entry[], upTo: number) => {
    for (let k = 0; k < list.length && entries.length < upTo; ) {
      const { wallet, coin } = list[k]!
      if (met.has(wallet) || met.has(coin.tx)) {
        k += 1
        continue
      }
      entries.push(...list.splice(k, 1))
      met.add(wallet).add(coin.tx)
    }
  }
  const first = pool.mixed.length === 0
  take(pool.fresh, 2 + w.random.below(2))
  const fresh = entries.length
  if (fresh > 0) take(pool.mixed, SIZE)
  const remixed = entries.length - fresh
  take(pool.fresh, SIZE)
  if (fresh === 0 || entries.length < SIZE || (remixed === 0 && !first)) {
    for (const entry of entries) (entry.coin.value > pool.denomination ? pool.fresh : pool.mixed).push(entry)
    return
  }
  mix(w, pool, entries)
}

function mix(w: BitcoinWorld, pool: Pool, entries: readonly Entry[]): void {
  const inputs = entries.map(({ coin }, of) => ({ of, part: coin }))
  // BIP 69: by transaction id as people write it, then by index.
  inputs.sort((a, b) => (txid(w, a.part.tx) < txid(w, b.part.tx) ? -1 : a.part.tx === b.part.tx ? a.part.index - b.part.index : 1))
  const outputs: Owned<Output>[] = entries.map(({ wallet }, of) => ({
    of,
    part: { address: newAddress(w, wallet), value: pool.denomination },
  }))
  outputs.sort((a, b) => byValueThenScript(w, a.part, b.part))
  const owners = entries.map(({ wallet }) => wallet.owner)
  const sent = join(w, {
    family: 'whirlpool',
    denomination: pool.denomination,
    owners,
    inputs,
    outputs,
    version: 1,
    lockTime: 0,
    sequence: FINAL,
  })
  entries.forEach(({ wallet, mixed }, of) => {
    const coin = sent.coins[outputs.findIndex((each) => each.of === of)]!
    if (mixed !== undefined) {
      mixed(
        sent.tx,
        inputs.findIndex((each) => each.of === of),
        coin,
      )
      return
    }
    takeCoin(wallet, coin)
    pool.mixed.push({ coin, wallet })
  })
  while (pool.mixed.length > RESTING) keep(w, pool.mixed.shift()!.coin)
}
