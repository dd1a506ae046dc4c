import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addressKey, RateLimiter } from '../../../src/node/people/rate-limit.ts'

test('In no window of time are more asks allowed than the burst and what flowed in', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 600 }),
      fc.integer({ min: 1, max: 50 }),
      fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 200 }),
      (perMinute, burst, gaps) => {
        let now = 1_000_000
        const limiter = new RateLimiter({ clock: () => new Date(now) })
        const allowed: number[] = []
        for (const gap of gaps) {
          now += gap
          if (limiter.take('k', { perMinute, burst }).allowed) allowed.push(now)
        }
        allowed.forEach((from, first) => {
          allowed.slice(first).forEach((to, more) => {
            expect(more + 1).toBeLessThanOrEqual(burst + ((to - from) * perMinute) / 60_000 + 1e-6)
          })
        })
      },
    ),
    { numRuns: 50 },
  )
})

test('Who waits as long as he was told is let in, and not a moment before the second in which he was told', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 1, max: 20 }), (perMinute, burst) => {
      let now = 0
      const limiter = new RateLimiter({ clock: () => new Date(now) })
      for (let asked = 0; asked < burst; asked++) expect(limiter.take('k', { perMinute, burst }).allowed).toBe(true)
      const { allowed, retryAfter } = limiter.take('k', { perMinute, burst })
      expect(allowed).toBe(false)
      if (retryAfter > 1) {
        now = (retryAfter - 1) * 1000
        expect(limiter.take('k', { perMinute, burst }).allowed).toBe(false)
      }
      now = retryAfter * 1000
      expect(limiter.take('k', { perMinute, burst }).allowed).toBe(true)
    }),
  )
})

test('One key’s asks take nothing from another’s', () => {
  const limiter = new RateLimiter({ clock: () => new Date(0) })
  const rate = { perMinute: 1, burst: 1 }
  expect(limiter.take('a', rate)).toEqual({ allowed: true, remaining: 0, retryAfter: 0 })
  expect(limiter.take('a', rate)).toEqual({ allowed: false, remaining: 0, retryAfter: 60 })
  expect(limiter.take('b', rate).allowed).toBe(true)
})

test('A flood of new keys takes bounded memory, and whoever keeps asking stays counted', () => {
  const limiter = new RateLimiter({ clock: () => new Date(0), most: 100 })
  const rate = { perMinute: 1, burst: 3 }
  for (let at = 0; at < 10_000; at++) {
    limiter.take(`stranger ${at}`, rate)
    if (at % 50 === 0) limiter.take('regular', rate)
  }
  expect(limiter.size).toBe(100)
  expect(limiter.take('regular', rate).allowed).toBe(false)
})

test('A clock that is set back neither lets in more nor locks out', () => {
  let now = 1_000_000
  const limiter = new RateLimiter({ clock: () => new Date(now) })
  const rate = { perMinute: 60, burst: 2 }
  limiter.take('k', rate)
  now -= 500_000
  expect(limiter.take('k', rate).allowed).toBe(true)
  expect(limiter.take('k', rate).allowed).toBe(false)
  now += 1000
  expect(limiter.take('k', rate).allowed).toBe(true)
})

test('An IPv6 household of 2^64 addresses is one, an IPv4 address is the same however it is written', () => {
  expect(addressKey('2001:db8:1:2::1')).toBe(addressKey('2001:db8:1:2:ffff:ffff:ffff:ffff'))
  expect(addressKey('2001:db8:1:2::1')).not.toBe(addressKey('2001:db8:1:3::1'))
  expect(addressKey('::ffff:192.0.2.1')).toBe(addressKey('192.0.2.1'))
  expect(addressKey('192.0.2.1')).not.toBe(addressKey('192.0.2.2'))
  expect(addressKey('not an address; drop table')).toBe('address:unknown')
})
