import { DAI } from '../assets.ts'
import { NULL_ACCOUNT } from '../names.ts'
import { pay, type World, worth } from '../world.ts'
import { deposit, instantSwap, treasury } from './exchanges.ts'
import { arbitrage, swap } from './markets.ts'
import { payment, payroll, purchase } from './payments.ts'
import { anyUser, exchangeOf, withdrawal } from './people.ts'
import { bridging, lending, mixing } from './services.ts'
import { airdrop, poisoning } from './spam.ts'

/** Transfers kept free at the end of a world, so that no transaction is cut: only single payments are made from there on. */
export const RESERVE = 64

/** Honest transactions (and spam) by frequency, per 1,024. */
const MIX: readonly (readonly [number, (w: World) => void])[] = [
  [308, payment],
  [170, deposit],
  [170, withdrawal],
  [120, (w) => swap(w, false)],
  [50, (w) => swap(w, true)],
  [45, lending],
  [26, bridging],
  [8, instantSwap],
  [4, mixing],
  [60, purchase],
  [14, treasury],
  [30, arbitrage],
  [4, (w) => payroll(w, RESERVE)],
  [5, (w) => airdrop(w, RESERVE)],
  [10, poisoning],
]

const TABLE = MIX.flatMap(([count, act]) => Array.from({ length: count }, () => act))

/** One honest act in the current block. */
export function honestAct(w: World): void {
  const act = TABLE[w.random.below(TABLE.length)]!
  act(w)
}

/** What companies, pools and contracts hold when the world begins, minted from the null address. */
export function genesis(w: World): void {
  const mint = (account: number, asset: number, dollars: number) => {
    w.block += 1
    pay(w, NULL_ACCOUNT, account, asset, worth(w, asset, dollars), 0)
  }
  for (const exchange of [...w.cast.exchanges, ...w.cast.instants])
    for (let asset = 0; asset < DAI; asset++) {
      mint(exchange.cold, asset, 40_000_000)
      for (const hot of exchange.hots) pay(w, exchange.cold, hot, asset, worth(w, asset, 2_000_000), 0)
    }
  for (const pool of w.cast.pools) for (const asset of [pool.a, pool.b]) mint(pool.account, asset, 8_000_000)
}

/** A withdrawal of exactly one transfer, for the very end. */
export function closingAct(w: World): void {
  const user = anyUser(w)
  const exchange = exchangeOf(w, user)
  const asset = 1
  const hi = worth(w, asset, 20 + w.random.below(500))
  const hot = exchange.hots.find((account) => w.balances.hi(account, asset) > hi)
  if (hot === undefined) pay(w, NULL_ACCOUNT, exchange.cold, asset, hi * 1_000, 0)
  else pay(w, hot, user, asset, hi, 0)
}
