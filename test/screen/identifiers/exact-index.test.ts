import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ExactIndexBuilder, findKey, indexBytes, postingsOf } from '../../../src/screen/identifiers/exact-index.ts'

function built(keys: readonly string[]) {
  const builder = new ExactIndexBuilder()
  for (const [ordinal, key] of keys.entries()) builder.add(key, { ordinal, item: 1, mark: 2, detail: 3 })
  return builder.finish()
}

const key = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 60 })

describe('The exact index', () => {
  test('answers as a map does', () => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 200 }), fc.array(key), (keys, others) => {
        const index = built(keys)
        for (const each of [...keys, ...others]) {
          const expected = keys.flatMap((filed, ordinal) => (filed === each ? [{ ordinal, item: 1, mark: 2, detail: 3 }] : []))
          expect(postingsOf(index, each)).toEqual(expected)
        }
      }),
    )
  })

  test('is not fooled by keys of equal hash', () => {
    // A birthday search: among so many keys two share their 32 bits of hash.
    const keys = Array.from(
      { length: 200_000 },
      (_, k) => `${k}:${Math.imul(k, 0x9e3779b1) >>> 0}:${Math.imul(k ^ 0x5bd1e995, 0x85ebca6b) >>> 0}`,
    )
    const index = built(keys)
    expect(new Set(index.hashes).size).toBeLessThan(keys.length)
    expect(keys.every((each, ordinal) => postingsOf(index, each)[0]?.ordinal === ordinal)).toBe(true)
  })

  test('an empty one finds nothing, nor does an empty or foreign key', () => {
    expect(findKey(built([]), 'a')).toBe(-1)
    expect(findKey(built(['a']), '')).toBe(-1)
    expect(findKey(built(['a']), '\u0161')).toBe(-1)
  })

  test('the same posting counts once', () => {
    const builder = new ExactIndexBuilder()
    for (let k = 0; k < 3; k++) builder.add('a', { ordinal: 7, item: 0, mark: 0, detail: 0 })
    expect(postingsOf(builder.finish(), 'a').length).toBe(1)
  })

  test('a key that is not ASCII is refused', () => {
    expect(() => new ExactIndexBuilder().add('ключ', { ordinal: 0, item: 0, mark: 0, detail: 0 })).toThrow(/must be ASCII/)
    expect(() => new ExactIndexBuilder().add('', { ordinal: 0, item: 0, mark: 0, detail: 0 })).toThrow(/not empty/)
  })

  test('files ten thousands of postings under one key, each once and with the detail filed first', () => {
    const builder = new ExactIndexBuilder()
    const start = performance.now()
    for (let round = 0; round < 2; round++)
      for (let ordinal = 0; ordinal < 60_000; ordinal++) builder.add('imo:9074729', { ordinal, item: 0, mark: 0, detail: round })
    const found = postingsOf(builder.finish(), 'imo:9074729')
    // Comparing each posting with all before it takes longer than that.
    expect(performance.now() - start).toBeLessThan(3_000)
    expect(found.map(({ ordinal }) => ordinal)).toEqual(Array.from({ length: 60_000 }, (_, k) => k))
    expect(found.every(({ detail }) => detail === 0)).toBe(true)
  })

  test('tells what it takes of memory', () => {
    // 16 slots, a hash, two starts and ends of postings, a byte of key, and 11 bytes of posting.
    expect(indexBytes(built(['a']))).toBe(16 * 4 + 4 + 8 + 8 + 1 + 11)
  })
})
