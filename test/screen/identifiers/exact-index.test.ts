import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  ExactIndexBuilder,
  type ExactIndexParts,
  findKey,
  fromParts,
  indexBytes,
  postingsOf,
  toParts,
} from '../../../src/screen/identifiers/exact-index.ts'

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

  test('is handed to another thread without a copy, and answers there', () => {
    const keys = ['evm', 'imo:9074729', 'x'.repeat(200)]
    const index = built(keys)
    const bytes = indexBytes(index)
    const parts = toParts(index)
    const { port1, port2 } = new MessageChannel()
    port1.postMessage(parts, Object.values(parts))
    const received = receiveMessageOnPort(port2)?.message as ExactIndexParts
    port1.close()
    expect(index.bytes.length).toBe(0)
    const there = fromParts(received)
    expect(indexBytes(there)).toBe(bytes)
    expect(keys.map((each) => findKey(there, each))).toEqual([0, 1, 2])
  })

  test('parts that do not belong together are refused', () => {
    const parts = toParts(built(['a', 'b']))
    expect(() => fromParts({ ...parts, bytes: new ArrayBuffer(1) })).toThrow(/do not fill their bytes/)
    expect(() => fromParts({ ...parts, slots: new ArrayBuffer(0) })).toThrow(/slots/)
    expect(() => fromParts({ ...parts, starts: new ArrayBuffer(3) })).toThrow(/no parts of an exact index/)
    expect(() => fromParts({ ...parts, marks: new ArrayBuffer(9) })).toThrow(/unequal length/)
  })
})
