import { anyUser } from '../honest/people.ts'
import { feeRate } from '../paying.ts'
import { FINAL } from '../software.ts'
import { type BitcoinWorld, type Coin, newAddress, takeCoin, total, typeOf, type Wallet } from '../world.ts'
import { join, type Owned, shuffle } from './join.ts'
import type { Entry } from './mixing.ts'

/** Satoshis: one mixed output is near 0.1 BTC. */
const BASE = 10_000_000
/** What a coin must be worth to take part alone. */
export const WASABI_LEAST = BASE * 1.03
const FEWEST = 8
const MOST_LEVELS = 3
const LEAST_CHANGE = 10_000
const INPUT_SIZE = 69
const OUTPUT_SIZE = 31

interface Participant {
  readonly wallet: Wallet
  readonly coins: readonly Coin[]
  readonly entry: Entry | null
  left: number
  levels: number
}

/**
 * A round in the manner of Wasabi 1: equal outputs near 0.1 BTC and, in every second round as since version 1.1, of doubled sizes for the rich; change; a fee of 0.003 % for each member of the
 * crowd to the coordinator. P2WPKH alone.
 *
 * @returns false when too few people can be found
 */
export function wasabiRound(w: BitcoinWorld): boolean {
  const people = gather(w, 10 + w.random.below(45))
  const rate = feeRate(w)
  const base = BASE + w.random.below(6_000)
  const fee = Math.floor((3 * people.length * base) / 100_000)
  for (const each of people) {
    each.left = total(each.coins) - base - fee - rate * (INPUT_SIZE * each.coins.length + 2 * OUTPUT_SIZE + 2)
    each.levels = 1
  }
  const staying = people.filter((each) => each.left >= 0)
  const made = staying.length >= FEWEST
  // Who registered and had no part stays registered.
  for (const each of people) if (each.entry !== null && !(made && staying.includes(each))) w.mixing.registered.push(each.entry)
  if (!made) return false
  let collected = fee * staying.length
  for (let level = 1; level < MOST_LEVELS && w.mixing.rounds % 4 === 1; level++) collected += widen(staying, level, base, rate)
  build(w, staying, base, collected)
  return true
}

/** Gives an equal output of the next size to everyone who can pay one, where at least three can. Returns the coordinator's fees for it. */
function widen(people: readonly Participant[], level: number, base: number, rate: number): number {
  const size = base * 2 ** level
  const rich = people.filter((each) => each.levels === level && each.left >= size * 1.01)
  if (rich.length < 3) return 0
  const fee = Math.floor((3 * rich.length * size) / 100_000)
  for (const each of rich) {
    each.left -= size + fee + rate * OUTPUT_SIZE
    each.levels += 1
  }
  return fee * rich.length
}

function build(w: BitcoinWorld, people: readonly Participant[], base: number, collected: number): void {
  const inputs = shuffle(
    w,
    people.flatMap(({ coins }, of) => coins.map((part) => ({ of, part }))),
  )
  const outputs: Owned<{ readonly address: number; readonly value: number }>[] = []
  for (let level = 0; level < MOST_LEVELS; level++)
    for (const of of shuffle(w, [...people.keys()])) {
      const { wallet, levels } = people[of]!
      if (levels > level) outputs.push({ of, part: { address: newAddress(w, wallet), value: base * 2 ** level } })
    }
  const rest: typeof outputs = [{ of: -1, part: { address: w.cast.coordinators.wasabi.address, value: collected } }]
  people.forEach(({ wallet, left }, of) => {
    // Less than this is left to the miners.
    if (left >= LEAST_CHANGE) rest.push({ of, part: { address: newAddress(w, wallet), value: left } })
  })
  outputs.push(...shuffle(w, rest))
  for (const { wallet, coins, entry } of people) if (entry === null) for (const coin of coins) takeCoin(wallet, coin)
  const owners = people.map(({ wallet }) => wallet.owner)
  const sent = join(w, { family: 'wasabi1', denomination: base, owners, inputs, outputs, version: 1, lockTime: 0, sequence: FINAL })
  people.forEach(({ entry }, of) => {
    if (entry === null) return
    const out = outputs.findIndex((each) => each.of === of)
    entry.mixed?.(
      sent.tx,
      inputs.findIndex((each) => each.of === of),
      sent.coins[out]!,
    )
  })
}

/** Coins registered ahead come first; the others are users whose P2WPKH coins, five of them at most, are enough. */
function gather(w: BitcoinWorld, wanted: number): Participant[] {
  const people: Participant[] = []
  const seen = new Set<Wallet>()
  for (const entry of w.mixing.registered.splice(0)) {
    // One coin of each at a time: nobody mixes with himself.
    if (seen.has(entry.wallet)) w.mixing.registered.push(entry)
    else people.push({ wallet: entry.wallet, coins: [entry.coin], entry, left: 0, levels: 1 })
    seen.add(entry.wallet)
  }
  for (let tries = 0; tries < 30 * wanted && people.length < wanted; tries++) {
    const wallet = anyUser(w)
    if (wallet.software.type !== 'p2wpkh' || seen.has(wallet)) continue
    seen.add(wallet)
    const coins = wallet.coins.filter((coin) => typeOf(w, coin) === 'p2wpkh').slice(0, 1 + w.random.below(5))
    if (total(coins) >= WASABI_LEAST) people.push({ wallet, coins, entry: null, left: 0, levels: 1 })
  }
  return people
}
