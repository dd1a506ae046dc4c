import ipaddr from 'ipaddr.js'
import type { Clock } from './world.ts'

/** How fast somebody may ask: `burst` at once, then `perMinute`. Both above zero. */
export type Rate = {
  readonly perMinute: number
  readonly burst: number
}

/** What came of one ask. */
export type Taken = {
  readonly allowed: boolean
  /** Whole asks left now. */
  readonly remaining: number
  /** Seconds until one more is allowed, rounded up; 0 where it was allowed. For `Retry-After`. */
  readonly retryAfter: number
}

type Bucket = { tokens: number; at: number }

/**
 * Token buckets by key, in memory. At most `most` of them: the one that was longest not asked for is forgotten first, and that is the one most likely to be full again anyway.
 */
export class RateLimiter {
  readonly #buckets = new Map<string, Bucket>()
  readonly #clock: Clock
  readonly #most: number

  constructor({ clock, most = 100_000 }: { readonly clock: Clock; readonly most?: number }) {
    this.#clock = clock
    this.#most = most
  }

  /** How many buckets are held. */
  get size(): number {
    return this.#buckets.size
  }

  /** Takes `cost` tokens from the bucket of a key, if it has them; a refused ask takes nothing. */
  take(key: string, { perMinute, burst }: Rate, cost = 1): Taken {
    const now = this.#clock().getTime()
    const known = this.#buckets.get(key)
    // A clock that was set back must not drain the bucket.
    const passed = known === undefined ? 0 : Math.max(0, now - known.at)
    const tokens = Math.min(burst, (known?.tokens ?? burst) + (passed * perMinute) / 60_000)
    const allowed = tokens >= cost
    const left = allowed ? tokens - cost : tokens
    this.#buckets.delete(key)
    this.#buckets.set(key, { tokens: left, at: now })
    if (this.#buckets.size > this.#most) this.#buckets.delete(this.#buckets.keys().next().value!)
    return {
      allowed,
      remaining: Math.floor(left),
      retryAfter: allowed ? 0 : Math.max(1, Math.ceil(((cost - left) * 60) / perMinute)),
    }
  }
}

/**
 * The key under which an address is counted: an IPv4 address itself (also where it is written as IPv6), the /64 of an IPv6 address, since one household or one attacker has a whole /64.
 */
export function addressKey(address: string): string {
  if (!ipaddr.isValid(address)) return 'address:unknown'
  const parsed = ipaddr.process(address)
  if (parsed.kind() === 'ipv4') return `address:${parsed.toString()}`
  return `address:${(parsed as ipaddr.IPv6).parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`
}
