import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keyNumber, lookUp, PostingsBuilder, valuesOf } from '../../../src/screen/match/postings.ts'

/** Few different short texts beside any others, so that keys repeat, are prefixes of each other and share slots. */
const key = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b', '김', '\u{20000}', '\ud800'), maxLength: 4 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
)

function postingsOf(pairs: readonly (readonly [string, number])[]) {
  const builder = new PostingsBuilder()
  for (const [text, value] of pairs) builder.add(text, value)
  return builder
}

describe('postings', () => {
  it('answer as a map of sets does, for keys that are there and keys that are not', () => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 200 }), fc.array(key, { maxLength: 30 }), (keys, others) => {
        // Values ascend, as they do when names are filed one after the other; a name may be filed under a key twice.
        const pairs = keys.map((text, i) => [text, i >> 1] as const)
        const map = new Map<string, Set<number>>()
        for (const [text, value] of pairs) map.set(text, (map.get(text) ?? new Set()).add(value))
        const index = postingsOf(pairs).finish()
        expect(index.hashes.length).toBe(map.size)
        for (const text of [...keys, ...others]) expect([...lookUp(index, text)]).toEqual([...(map.get(text) ?? [])])
      }),
    )
  })

  it('number their keys in the order in which they came, and give each number its values', () => {
    fc.assert(
      fc.property(fc.uniqueArray(key, { maxLength: 100 }), (keys) => {
        const builder = postingsOf(keys.map((text, i) => [text, i]))
        const index = builder.finish()
        expect([...builder.keys()]).toEqual(keys)
        for (const [i, text] of keys.entries()) {
          expect(keyNumber(index, text)).toBe(i)
          expect([...valuesOf(index, i)]).toEqual([i])
        }
      }),
    )
  })

  it('keep keys apart whose hashes are the same', () => {
    // FNV-1a of these two is the same number in 32 bits; the last mix is a function of that number.
    const [one, other] = ['costarring', 'liquid']
    const index = postingsOf([
      [one, 1],
      [other, 2],
    ]).finish()
    expect(index.hashes[0]).toBe(index.hashes[1])
    expect([...lookUp(index, one)]).toEqual([1])
    expect([...lookUp(index, other)]).toEqual([2])
    const lonely = postingsOf([[one, 1]]).finish()
    expect(keyNumber(lonely, other)).toBe(-1)
  })

  it('are never more than half full, so that looking for what is not there ends', () => {
    for (const count of [0, 1, 8, 9, 1000]) {
      const index = postingsOf(Array.from({ length: count }, (_, i) => [`k${i}`, i])).finish()
      expect(index.slots.length).toBeGreaterThanOrEqual(2 * count)
      expect(keyNumber(index, 'nothing')).toBe(-1)
    }
  })
})
