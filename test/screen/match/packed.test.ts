import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkPacked, pack, type Tree, unpack } from '../../../src/screen/match/packed.ts'

const column = fc.oneof(
  fc.uint8Array({ maxLength: 40 }).map((all) => Uint8Array.from(all)),
  fc.uint16Array({ maxLength: 40 }).map((all) => Uint16Array.from(all)),
  fc.uint32Array({ maxLength: 40 }).map((all) => Uint32Array.from(all)),
)
const plain = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.array(fc.string(), { maxLength: 3 }))
const name = fc.stringMatching(/^[a-z]{1,8}$/)
const branch = fc.dictionary(name, fc.oneof(column, plain), { maxKeys: 6, noNullPrototype: true })
const tree: fc.Arbitrary<Tree> = fc.dictionary(name, fc.oneof(column, plain, branch), { maxKeys: 6, noNullPrototype: true })

function refusal(buffer: ArrayBuffer): string {
  try {
    checkPacked(buffer)
  } catch (error) {
    return (error as { readonly code: string }).code
  }
  return 'passed'
}

describe('a packed tree', () => {
  it('is the same tree when it is unpacked', () => {
    fc.assert(
      fc.property(tree, (given) => {
        const buffer = pack(given)
        checkPacked(buffer)
        expect(unpack(buffer)).toEqual(given)
      }),
    )
  })

  it('is the same bytes each time', () => {
    fc.assert(
      fc.property(tree, (given) => {
        expect(Buffer.from(pack(given)).equals(Buffer.from(pack(given)))).toBe(true)
      }),
    )
  })

  it('holds an array that is a view into a larger one without what lies around it', () => {
    const large = Uint32Array.from([1, 2, 3, 4])
    const given = { view: large.subarray(1, 3) as Uint32Array<ArrayBuffer> }
    expect(unpack(pack(given))).toEqual({ view: Uint32Array.from([2, 3]) })
  })

  it('is refused where any one byte of it was changed', () => {
    fc.assert(
      fc.property(
        tree,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.integer({ min: 1, max: 255 }),
        (given, at, flip) => {
          const bytes = new Uint8Array(pack(given))
          const place = Math.floor(at * bytes.length)
          bytes[place]! ^= flip
          expect(refusal(bytes.buffer as ArrayBuffer), `byte ${place} of ${bytes.length}`).toBe('screen/index')
        },
      ),
      { numRuns: 500 },
    )
    // And every byte of one of them.
    const one = new Uint8Array(pack({ a: Uint8Array.of(7, 8, 9), b: { c: Uint32Array.of(1, 2), text: 'kept' }, list: ['x'] }))
    for (let place = 0; place < one.length; place++) {
      const changed = one.slice()
      changed[place]! ^= 1
      expect(refusal(changed.buffer), `byte ${place}`).toBe('screen/index')
    }
  })

  it('is refused where it is cut short anywhere, or longer than it was', () => {
    const whole = pack({ a: Uint8Array.of(1, 2, 3), b: Uint16Array.of(4, 5), text: '김' })
    for (let length = 0; length < whole.byteLength; length++)
      expect(refusal(whole.slice(0, length)), `${length} bytes`).toBe('screen/index')
    const longer = new Uint8Array(whole.byteLength + 8)
    longer.set(new Uint8Array(whole))
    expect(refusal(longer.buffer)).toBe('screen/index')
  })

  it('is refused where it is anything else, such as an empty file or text', () => {
    for (const text of ['', 'CORDONIX', 'CORDONIX\xff\xff\xff\xff', 'a text that is no index at all, but long enough to hold a head'])
      expect(refusal(Uint8Array.from(Buffer.from(text, 'latin1')).buffer)).toBe('screen/index')
  })
})
