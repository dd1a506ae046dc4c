import { anyUser, round } from '../honest/people.ts'
import { feeRate, sizeOf } from '../paying.ts'
import { LOCKABLE } from '../software.ts'
import { type BitcoinWorld, type Coin, newAddress, takeCoin, total, typeOf, type Wallet } from '../world.ts'
import { join, type Owned, shuffle } from './join.ts'

interface Maker {
  readonly wallet: Wallet
  readonly coins: readonly Coin[]
}

/**
 * A taker pays makers to join: n equal outputs of any size, and each one's change; the makers' is a little more than they brought beyond the amount. One taker in eight sends all that he has and gets no change.
 *
 * @returns false when nobody is found
 */
export function joinMarketRound(w: BitcoinWorld): boolean {
  const type = w.random.oneIn(4) ? 'p2sh' : 'p2wpkh'
  const taker = findSome(w, type, 20 * w.sizes.unit, new Set())
  if (taker === null) return false
  const sweep = w.random.oneIn(8)
  const brought = total(taker.coins)
  const makers: Maker[] = []
  const taken = new Set([taker.wallet])
  const wanted = 3 + w.random.below(6)
  const about = Math.floor(brought * (sweep ? 0.97 : 0.2 + 0.6 * w.random.unit()))
  for (let tries = 0; tries < 20 && makers.length < wanted; tries++) {
    const maker = findSome(w, type, Math.ceil(about * 1.02), taken)
    if (maker === null) continue
    taken.add(maker.wallet)
    makers.push(maker)
  }
  if (makers.length < 2) return false
  return settle(w, taker, makers, about, sweep)
}

function settle(w: BitcoinWorld, taker: Maker, makers: readonly Maker[], about: number, sweep: boolean): boolean {
  const people = [taker, ...makers]
  const types = people.flatMap(({ wallet }) => {
    const type = w.addresses.type(wallet.coins[0]!.address)
    return [type, type]
  })
  const all = people.flatMap(({ coins }) => coins)
  const fee = feeRate(w) * sizeOf(w, all, types)
  const makerFees = makers.map(() => Math.floor(about / 50_000) + 100 + w.random.below(900))
  const paid = fee + makerFees.reduce((a, b) => a + b, 0)
  const brought = total(taker.coins)
  const amount = sweep ? brought - paid : w.random.oneIn(3) ? round(about) : about
  const change = brought - amount - paid
  if (amount < 50_000 || (!sweep && change < 3_000) || makers.some(({ coins }) => total(coins) - amount < 3_000)) return false
  const outputs: Owned<{ readonly address: number; readonly value: number }>[] = []
  const output = (of: number, value: number) => outputs.push({ of, part: { address: newAddress(w, people[of]!.wallet), value } })
  people.forEach((_, of) => {
    output(of, amount)
  })
  if (!sweep) output(0, change)
  makers.forEach(({ coins }, i) => {
    output(i + 1, total(coins) - amount + makerFees[i]!)
  })
  for (const { wallet, coins } of people) for (const coin of coins) takeCoin(wallet, coin)
  join(w, {
    family: 'joinmarket',
    denomination: amount,
    owners: people.map(({ wallet }) => wallet.owner),
    inputs: shuffle(
      w,
      people.flatMap(({ coins }, of) => coins.map((part) => ({ of, part }))),
    ),
    outputs: shuffle(w, outputs),
    version: 2,
    lockTime: w.height - 1,
    sequence: LOCKABLE,
  })
  return true
}

/** Somebody with coins of the type worth so much, three of them at most. */
function findSome(w: BitcoinWorld, type: string, least: number, not: ReadonlySet<Wallet>): Maker | null {
  for (let k = 0; k < 200; k++) {
    const wallet = anyUser(w)
    if (wallet.software.type !== type || not.has(wallet)) continue
    const coins: Coin[] = []
    for (const coin of wallet.coins) {
      if (typeOf(w, coin) !== type || coins.length === 3) continue
      coins.push(coin)
      if (total(coins) >= least) return { wallet, coins }
    }
  }
  return null
}
