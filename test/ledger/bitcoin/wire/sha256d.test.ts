import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { native, type Sha256d, sha256d, throughCrypto } from '../../../../src/ledger/bitcoin/wire/sha256d.ts'

const twice = (bytes: Uint8Array): Buffer => createHash('sha256').update(createHash('sha256').update(bytes).digest()).digest()

const ways: [string, Sha256d | null][] = [
  ['the fastest way', sha256d],
  ['OpenSSL directly', native()],
  ['crypto.hash', throughCrypto()],
]

describe.each(ways)('SHA-256 twice by %s', (_, way) => {
  if (way === null) {
    it.skip('is not there on this platform')
    return
  }

  it('gives the hash of "hello" that the Bitcoin wiki gives', () => {
    const target = new Uint8Array(32)
    way.whole(Buffer.from('hello'), 0, 5, target, 0)
    expect(Buffer.from(target).toString('hex')).toBe('9595c9df90075148eb06860365df33584b75bff782a510c6cd4883a419833d50')
  })

  it('hashes any part of any bytes as Node does, wherever it lies', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 700 }), fc.nat(), fc.nat(), fc.nat(40), (bytes, a, b, at) => {
        const [start, end] = [a % (bytes.length + 1), b % (bytes.length + 1)].sort((x, y) => x - y) as [number, number]
        const target = new Uint8Array(80).fill(7)
        way.whole(bytes, start, end, target, at)
        const expected = new Uint8Array(80).fill(7)
        expected.set(twice(bytes.subarray(start, end)), at)
        expect(target).toEqual(expected)
      }),
    )
  })

  it('hashes a message without its middle parts', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 12, maxLength: 600 }), fc.nat(), fc.nat(), (bytes, a, b) => {
        const room = bytes.length - 8 + 1
        const [from, to] = [4 + (a % room), 4 + (b % room)].sort((x, y) => x - y) as [number, number]
        const target = new Uint8Array(32)
        way.stripped(bytes, 0, from, to, bytes.length, target, 0)
        expect(Buffer.from(target)).toEqual(twice(Buffer.concat([bytes.subarray(0, 4), bytes.subarray(from, to), bytes.subarray(-4)])))
      }),
    )
  })

  it('hashes pairs in place', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9 }), fc.uint8Array({ minLength: 9 * 64, maxLength: 9 * 64 }), (pairs, bytes) => {
        const expected = bytes.slice()
        for (let i = 0; i < pairs; i++) expected.set(twice(bytes.subarray(64 * i, 64 * i + 64)), 32 * i)
        way.pairs(bytes, pairs, bytes)
        expect(bytes).toEqual(expected)
      }),
    )
  })

  it('refuses to look outside of the bytes', () => {
    const bytes = new Uint8Array(100)
    const target = new Uint8Array(32)
    expect(() => way.whole(bytes, 0, 101, target, 0)).toThrow(RangeError)
    expect(() => way.whole(bytes, -1, 10, target, 0)).toThrow(RangeError)
    expect(() => way.whole(bytes, 20, 10, target, 0)).toThrow(RangeError)
    expect(() => way.stripped(bytes, 90, 96, 96, 104, target, 0)).toThrow(RangeError)
    expect(() => way.pairs(bytes, 2, target)).toThrow(RangeError)
    expect(() => way.whole(bytes, 0, 10, target, 1)).toThrow(RangeError)
    const moved = new Uint8Array(100)
    way.whole(moved, 0, 100, target, 0)
    moved.buffer.transfer()
    expect(() => way.whole(moved, 0, 100, target, 0)).toThrow(RangeError)
  })
})
