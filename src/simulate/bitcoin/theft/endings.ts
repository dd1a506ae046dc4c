import { WASABI_LEAST, wasabiRound } from '../coinjoin/wasabi.ts'
import { poolFor, tx0, whirlpoolMix } from '../coinjoin/whirlpool.ts'
import { swapOrder } from '../honest/swaps.ts'
import { pay } from '../paying.ts'
import type { CoinJoinFamily } from '../truth.ts'
import { type Coin, type TxNumber, total, typeOf } from '../world.ts'
import { carry, freshAddress, type Laundering, later, launderersDeposit, type Parcel, whole } from './laundering.ts'

/** Deposits mostly; of every eight ends one is a swap to another chain, two are CoinJoins where the coin is fit for one, one is a hoard. */
export function end(l: Laundering, parcel: Parcel): void {
  const turn = l.leaf++ % 8
  if (turn === 1) later(l, 4, () => swapAway(l, parcel))
  else if (turn === 3 || turn === 6) mix(l, parcel)
  else if (turn === 5) hold(l, parcel)
  else depositAll(l, parcel)
}

/** The coin stays where it is. */
export function hold(l: Laundering, { coin, stolen }: Parcel): void {
  l.truth.held.push({ coin, stolen })
  l.truth.patterns.add('hold')
}

/** All of it to an exchange; now and then together with a clean coin that the launderer bought there. */
export function depositAll(l: Laundering, parcel: Parcel): void {
  later(l, 4, () => {
    const clean = l.random.oneIn(6) ? buyClean(l, parcel) : null
    if (clean === null) {
      const { address, exchange } = launderersDeposit(l)
      const { parcels } = carry(l, [parcel], [address], whole, 'deposit to an exchange')
      noteCashOut(l, parcels[0]!, exchange.index)
      return
    }
    later(l, 4, () => {
      const { address, exchange } = launderersDeposit(l)
      l.truth.commingled.push(clean)
      const { parcels } = carry(l, [parcel, { coin: clean, stolen: 0 }], [address], whole, 'commingling')
      noteCashOut(l, parcels[0]!, exchange.index)
    })
  })
}

export function noteCashOut(l: Laundering, { coin, stolen }: { readonly coin: Coin; readonly stolen: number }, exchange: number): void {
  const out = { coin, exchange, stolen, swept: null }
  l.truth.cashOuts.push(out)
  l.w.unswept.set(coin, out)
}

function buyClean(l: Laundering, { stolen }: Parcel): Coin | null {
  const exchange = l.w.cast.exchanges[l.random.below(l.w.cast.exchanges.length)]!
  const value = Math.floor(stolen * (0.05 + 0.4 * l.random.unit()))
  if (value < 20_000 || total(exchange.hot.coins) < 4 * value) return null
  const address = freshAddress(l)
  return pay(l.w, exchange.hot, [{ address, value }])?.coins.find((coin) => coin?.address === address) ?? null
}

/** To the vault of a cross-chain swap service, with the order as data beside it. */
export function swapAway(l: Laundering, parcel: Parcel): void {
  const order = swapOrder(l.w, 'ETH.ETH')
  const data = Buffer.from(order.memo)
  const { parcels } = carry(l, [parcel], [l.w.cast.vault.address], whole, 'cross-chain swap', { data })
  l.truth.swaps.push({ ...parcels[0]!, ...order })
}

/** Into a CoinJoin that the coin is fit for: Wasabi as it is, or Whirlpool by a Tx0. Coins that are fit for none are deposited. */
function mix(l: Laundering, parcel: Parcel): void {
  const { w } = l
  const fit = typeOf(w, parcel.coin) === 'p2wpkh'
  if (fit && parcel.coin.value >= WASABI_LEAST && l.leaf % 2 === 0) {
    w.mixing.registered.push({ coin: parcel.coin, wallet: l.wallet, ...listener(l, parcel, 'wasabi1') })
    // The crowd waits for nobody, but a round comes along before long.
    for (const part of [8, 4, 2])
      later(l, part, () => {
        if (w.mixing.registered.length > 0) wasabiRound(w)
      })
    return
  }
  const pool = fit ? poolFor(w, parcel.coin.value) : null
  if (pool === null) depositAll(l, parcel)
  else later(l, 6, () => prepare(l, parcel))
}

function listener(l: Laundering, { coin, stolen }: { readonly coin: Coin; readonly stolen: number }, family: CoinJoinFamily) {
  return {
    mixed(tx: TxNumber, input: number, out: Coin) {
      l.truth.mixed.push({ tx, input, coin, stolen, family })
      l.truth.patterns.add('coinjoin')
      // A mix near the end of the world leaves no time for more.
      if (l.w.height > l.until || l.random.oneIn(3)) return
      later(l, 3, () => depositMixed(l, out))
    },
    unmixed: () => hold(l, { coin, stolen, budget: 0 }),
  }
}

/** A Tx0; its change is deposited, its premix coins wait for their mixes. */
function prepare(l: Laundering, parcel: Parcel): void {
  const { w, truth } = l
  const pool = poolFor(w, parcel.coin.value)!
  const made = tx0(w, l.wallet, [parcel.coin], pool)
  truth.patterns.add('coinjoin')
  truth.fees.push({ tx: made.sent.tx, stolen: made.sent.fee })
  for (const coin of made.sent.coins) if (coin !== null) truth.flows.push({ coin, stolen: coin.value, pattern: 'coinjoin' })
  truth.coordinatorFees.push({ coin: made.coordinatorFee, stolen: made.coordinatorFee.value })
  if (made.change !== null) {
    const change = { coin: made.change, stolen: made.change.value, budget: 0 }
    // Too little to be worth a fee.
    if (made.change.value < 100_000) hold(l, change)
    else depositAll(l, change)
  }
  for (const coin of made.premix) {
    pool.fresh.push({ coin, wallet: l.wallet, ...listener(l, { coin, stolen: coin.value }, 'whirlpool') })
    later(l, 3, () => whirlpoolMix(w, pool))
  }
}

/** A mixed coin goes to an exchange: beyond what any trace of the chain can know. It is no part of the flows. */
function depositMixed(l: Laundering, from: Coin): void {
  const { truth } = l
  const { address, exchange } = launderersDeposit(l)
  // The same wallet makes the transaction, but its books of stolen value ended at the mix.
  const aside: Laundering = { ...l, truth: { ...truth, flows: [], fees: [], patterns: new Set() } }
  const { parcels } = carry(aside, [{ coin: from, stolen: from.value }], [address], whole, 'deposit to an exchange')
  truth.afterMixing.push({ from, to: parcels[0]!.coin, exchange: exchange.index })
}
