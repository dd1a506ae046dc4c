import { ACCOUNTS, NULL_ACCOUNT } from '../names.ts'
import { begin, move, newLookAlike, remaining, type World, worth } from '../world.ts'
import { anyUser, provide, withdrawal } from './people.ts'

function fakeToken(w: World): number {
  return w.sizes.assets + w.random.below(w.sizes.fakeTokens)
}

/** A fake token is minted and strewn over many accounts in one transaction. */
export function airdrop(w: World, reserve: number): void {
  const count = Math.min(10 + w.random.below(120), remaining(w) - reserve)
  if (count < 10) {
    withdrawal(w)
    return
  }
  const spammer = w.cast.spammers[w.random.below(w.cast.spammers.length)]!
  const asset = fakeToken(w)
  // At most 129 times 10^12 a drop, spent at once: no balance of a fake token nears 2^53.
  const each = 1e6 + w.random.below(w.random.oneIn(2) ? 1e12 : 1e9)
  begin(w)
  move(w, NULL_ACCOUNT, spammer, asset, each * count, 0)
  for (let i = 0; i < count; i++) {
    const to = w.random.oneIn(3) ? anyUser(w) : w.cast.firstUser + w.random.below(w.sizes.users)
    move(w, spammer, to, asset, each, 0)
  }
}

/**
 * Address poisoning: an account that paid someone of late finds in its history an address that looks like theirs.
 * Either a transfer of nothing in the victim's own name (which token contracts allow), or dust, or a fake token.
 */
export function poisoning(w: World): void {
  const victims = 1 + w.random.below(4)
  for (let i = 0; i < victims; i++) {
    const at = w.payments.draw(w.random)
    if (at < 0) {
      withdrawal(w)
      return
    }
    const victim = w.payments.a[at]!
    const payee = w.payments.b[at]!
    const asset = w.payments.c[at]!
    if (payee >= ACCOUNTS) continue
    const lookAlike = newLookAlike(w, payee)
    const way = w.random.below(3)
    if (way === 0) {
      begin(w)
      move(w, victim, lookAlike, asset, 0, 0)
    } else if (way === 1) {
      const dust = 1 + worth(w, asset, 0.001 * (1 + w.random.below(20)))
      const spammer = w.cast.spammers[w.random.below(w.cast.spammers.length)]!
      provide(w, spammer, asset, dust * 100)
      begin(w)
      move(w, spammer, lookAlike, asset, dust, 0)
      move(w, lookAlike, victim, asset, dust, 0)
    } else {
      const fake = fakeToken(w)
      const hi = 1e6 * (1 + w.random.below(5_000))
      begin(w)
      move(w, NULL_ACCOUNT, lookAlike, fake, hi, 0)
      move(w, lookAlike, victim, fake, hi, 0)
    }
    w.poisoning.push({ lookAlike, imitates: payee, victim, kind: way === 0 ? 'zero value' : way === 1 ? 'dust' : 'fake token' })
  }
}
