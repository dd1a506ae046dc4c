import { describe, expect, it } from 'vitest'
import { type Clause, defaultLabel, mayReadAll, opens, RingCache, ringOf } from '../../../src/share/release/index.ts'
import { CLOCK, pick, randomFrom, randomLabel, randomReader, some } from './world.ts'

const NOW = new Date('2026-06-01T00:00:00.000Z')

function clausesOf(seed: number, count: number): Clause[] {
  const random = randomFrom(seed)
  return Array.from({ length: count }, (_, at) => ({ id: 7 + at * 3, label: randomLabel(random) }))
}

describe('a ring', () => {
  it('opens a record exactly where its reader passes every clause', () => {
    const random = randomFrom(67)
    const clauses = clausesOf(1, 60)
    for (let round = 0; round < 2_000; round++) {
      const [reader, now] = [randomReader(random), new Date(pick(random, CLOCK))]
      const ring = ringOf(
        reader,
        [...clauses].sort(() => random() - 0.5),
        now,
      )
      const ids = Array.from({ length: Math.floor(random() * 4) }, () => pick(random, clauses))
      const labels = ids.map(({ label }) => label)
      expect(
        opens(
          ring,
          ids.map(({ id }) => id),
        ),
      ).toBe(mayReadAll(reader, labels, now))
      expect([...ring]).toEqual([...ring].sort((a, b) => a - b))
    }
  })

  it('opens nothing that has no clause, or one that is not known', () => {
    const ring = Uint32Array.of(3, 5, 9)
    expect(opens(ring, [3, 9])).toBe(true)
    expect(opens(ring, [])).toBe(false)
    expect(opens(ring, [3, 4])).toBe(false)
    expect(opens(ring, [10])).toBe(false)
    expect(opens(new Uint32Array(0), [0])).toBe(false)
  })
})

describe('kept rings', () => {
  it('equal fresh ones while the clock goes forward and back, clauses come in and readers change', () => {
    const random = randomFrom(68)
    const clauses = clausesOf(2, 240)
    const cache = new RingCache({ readers: 12, ids: 1_500 })
    const readers = Array.from({ length: 18 }, () => randomReader(random))
    let learnt = 0
    for (let round = 0; round < 4_000; round++) {
      if (round % 30 === 0) {
        const next = clauses.slice(learnt, learnt + 2)
        learnt += next.length
        cache.learn([...next, ...some(random, clauses.slice(0, learnt))])
      }
      const at = Math.floor(random() * readers.length)
      if (random() < 0.02) readers[at] = { ...readers[at]!, caveats: some(random, ['LAZARUS', 'SINBAD']), disabled: random() < 0.2 }
      const now = new Date(pick(random, CLOCK))
      const kept = cache.ringOf(readers[at]!, now)
      const fresh = ringOf(readers[at]!, clauses.slice(0, learnt), now)
      if (kept.join() !== fresh.join()) expect.unreachable(JSON.stringify({ round, reader: readers[at], now }))
      expect(cache.size.readers).toBeLessThanOrEqual(12)
      expect(cache.size.ids).toBeLessThanOrEqual(1_500)
    }
    expect(learnt).toBe(240)
  })

  it('are used again until the next end on which they depend', () => {
    const label = { ...defaultLabel('KNPA'), organisations: ['FBI'], expires: '2026-07-01T00:00:00.000Z' }
    const reader = { ...randomReader(randomFrom(1)), organisation: 'FBI', caveats: [], disabled: false }
    const cache = new RingCache()
    cache.learn([{ id: 1, label }])
    const first = cache.ringOf(reader, NOW)
    expect([...first]).toEqual([1])
    expect(cache.ringOf(reader, new Date('2026-06-30T23:59:59.999Z'))).toBe(first)
    expect([...cache.ringOf(reader, new Date('2026-07-01T00:00:00.000Z'))]).toEqual([])
    expect([...cache.ringOf(reader, NOW)]).toEqual([1])
  })

  it('forget the reader who was asked for longest ago', () => {
    const cache = new RingCache({ readers: 2 })
    cache.learn([{ id: 1, label: defaultLabel('KNPA') }])
    const [a, b, c] = ['a', 'b', 'c'].map((person) => ({ ...randomReader(randomFrom(1)), person, organisation: 'KNPA', disabled: false }))
    const ring = cache.ringOf(a!, NOW)
    cache.ringOf(b!, NOW)
    expect(cache.ringOf(a!, NOW)).toBe(ring)
    cache.ringOf(c!, NOW)
    expect(cache.ringOf(a!, NOW)).toBe(ring)
    expect(cache.size).toEqual({ readers: 2, ids: 2 })
  })

  it('open nothing without a time', () => {
    const cache = new RingCache()
    cache.learn([{ id: 1, label: defaultLabel('KNPA') }])
    expect(cache.ringOf({ ...randomReader(randomFrom(1)), organisation: 'KNPA', disabled: false }, new Date(Number.NaN))).toHaveLength(0)
  })

  it('refuse a clause that changed, a number that is none, and a garbled label', () => {
    const cache = new RingCache()
    const label = defaultLabel('KNPA')
    cache.learn([{ id: 1, label }])
    expect(() => cache.learn([{ id: 1, label: defaultLabel('FBI') }])).toThrow(expect.objectContaining({ code: 'release/clause-changed' }))
    for (const id of [0, -1, 1.5, Number.NaN, 2 ** 31]) {
      expect(() => cache.learn([{ id, label }])).toThrow(expect.objectContaining({ code: 'release/bad-clause' }))
    }
    expect(() => cache.learn([{ id: 2, label: { ...label, tlp: 'RED' } }])).toThrow(
      expect.objectContaining({ code: 'release/garbled-label' }),
    )
  })
})
