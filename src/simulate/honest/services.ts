import { WETH } from '../assets.ts'
import type { Service } from '../cast.ts'
import { lowDigits, mintIfShort, pay, type World, worth } from '../world.ts'
import { actor, anyUser, provide, received, spend, withdraw } from './people.ts'

/** In to a contract of other people's money, or out of it. */
function inOrOut(w: World, services: readonly Service[], outOf: number): void {
  const service = services[w.random.below(services.length)]!
  const { account, asset } = actor(w)
  if ((w.random.next() & 7) < outOf) {
    const hi = Math.max(1, worth(w, asset, w.random.heavy(50, 580, 14)))
    mintIfShort(w, service.account, asset, hi)
    pay(w, service.account, account, asset, hi, lowDigits(w, asset))
    received(w, account, asset)
    return
  }
  const amount = spend(w, account, asset, w.random.heavy(50, 580, 14))
  if (amount === null) {
    withdraw(w, account, asset, w.random.heavy(50, 600, 14))
    return
  }
  pay(w, account, service.account, asset, amount.hi, amount.lo)
}

export function lending(w: World): void {
  inOrOut(w, w.cast.lenders, 4)
}

export function bridging(w: World): void {
  inOrOut(w, w.cast.bridges, 4)
}

/** Notes of a mixer, in millionths of ether: 0.1, 1, 10, 100. */
export const NOTES = [1e5, 1e6, 1e7, 1e8] as const

/** A note in, or out to whomever. */
export function mixing(w: World): void {
  const mixer = w.cast.mixers[w.random.below(w.cast.mixers.length)]!
  const note = NOTES[w.random.below(3)]!
  const user = anyUser(w)
  if ((w.random.next() & 1) === 0 && w.balances.hi(mixer.account, WETH) > note) {
    pay(w, mixer.account, user, WETH, note, 0)
    received(w, user, WETH)
    return
  }
  provide(w, user, WETH, note)
  pay(w, user, mixer.account, WETH, note, 0)
}
