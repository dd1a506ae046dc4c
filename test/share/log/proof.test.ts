import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type ConsistencyClaim,
  consistencyFault,
  EMPTY_ROOT,
  frontierRoot,
  type InclusionClaim,
  inclusionFault,
  proveConsistency,
  proveInclusion,
} from '../../../src/share/log/index.ts'
import { anEntry, bytes, CT_LEAVES, CT_ROOTS, flipped, hex, type Log, logOf, numbered } from './tree.ts'

const SOME_HASH = bytes('abacaba000000000000000000000000000000000000000000060061e00123456')

async function inclusion(log: Log, index: number, size: number): Promise<InclusionClaim> {
  const path = await proveInclusion(log.reader, index, size)
  return { index, size, leaf: log.leaves[index]!, path, root: frontierRoot(log.frontiers[size]!) }
}

async function consistency(log: Log, first: number, second: number): Promise<ConsistencyClaim> {
  const path = await proveConsistency(log.reader, first, second)
  const [firstRoot, secondRoot] = [first, second].map((size) => frontierRoot(log.frontiers[size]!))
  return { first, second, firstRoot: firstRoot!, secondRoot: secondRoot!, path }
}

describe('inclusion proofs (RFC 9162, 2.1.3)', () => {
  it('are those of the Certificate Transparency test tree', async () => {
    const { reader } = logOf(CT_LEAVES)
    const known: readonly [index: number, size: number, path: readonly string[]][] = [
      [0, 1, []],
      [0, 2, ['96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7']],
      [2, 3, ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']],
      [
        1,
        5,
        [
          '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
          '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
          'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
        ],
      ],
      [
        0,
        8,
        [
          '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
          '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
          '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
        ],
      ],
      [
        5,
        8,
        [
          'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
          'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
          'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
        ],
      ],
    ]
    for (const [index, size, path] of known) expect((await proveInclusion(reader, index, size)).map(hex)).toEqual(path)
  })

  it('hold for every entry of every size up to 70', async () => {
    const log = numbered(70)
    for (let size = 1; size <= 70; size++) {
      for (let index = 0; index < size; index++) expect(inclusionFault(await inclusion(log, index, size))).toBeNull()
    }
  })

  it('fail when any bit of leaf, root or path is turned, and with any other index or a hash more or less', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anEntry, { minLength: 1, maxLength: 200 }), fc.nat(), fc.nat(), async (entries, a, b) => {
        const log = logOf(entries)
        const size = 1 + (a % entries.length)
        const claim = await inclusion(log, b % size, size)
        expect(inclusionFault(claim)).toBeNull()
        const bit = (a + b) % 256
        const wrong: InclusionClaim[] = [
          { ...claim, leaf: flipped(claim.leaf, bit) },
          { ...claim, root: flipped(claim.root, bit) },
          { ...claim, path: [...claim.path, claim.root] },
          { ...claim, path: [claim.root, ...claim.path] },
          { ...claim, path: [...claim.path, new Uint8Array(0)] },
          { ...claim, size: claim.index },
          { ...claim, index: claim.index + size },
          ...claim.path.map((hash, i) => ({ ...claim, path: claim.path.with(i, flipped(hash, bit)) })),
          ...claim.path.map((_, i) => ({ ...claim, path: claim.path.toSpliced(i, 1) })),
        ]
        for (const each of wrong) expect(inclusionFault(each)).not.toBeNull()
      }),
      { numRuns: 60 },
    )
  })

  it('of the reference tests, spoilt as those spoil them, are refused', async () => {
    const log = logOf(CT_LEAVES)
    for (const [index, size] of [
      [0, 8],
      [5, 8],
      [2, 3],
      [1, 5],
    ] as const) {
      const claim = await inclusion(log, index, size)
      for (const other of [index - 1, index + 1, index ^ 2]) expect(inclusionFault({ ...claim, index: other })).not.toBeNull()
      for (const other of [size * 2, Math.floor(size / 2)]) expect(inclusionFault({ ...claim, size: other })).not.toBeNull()
      for (const root of [EMPTY_ROOT, SOME_HASH, new Uint8Array(0)]) expect(inclusionFault({ ...claim, root })).not.toBeNull()
    }
    for (const [index, size] of [
      [0, 0],
      [1, 0],
      [2, 1],
      [-1, 1],
      [0.5, 1],
      [Number.NaN, 1],
      [0, Number.POSITIVE_INFINITY],
    ] as const) {
      expect(inclusionFault({ index, size, leaf: SOME_HASH, path: [], root: SOME_HASH })).not.toBeNull()
    }
  })

  it('work for an index above 2^32', () => {
    // Entry 2^40 of a log of 2^40 + 1 is alone on the right: its path is the root of all before.
    expect(inclusionFault({ index: 2 ** 40, size: 2 ** 40 + 1, leaf: SOME_HASH, path: [SOME_HASH], root: SOME_HASH })).toBe(
      'the path leads to another root',
    )
    expect(inclusionFault({ index: 2 ** 40, size: 2 ** 40 + 1, leaf: SOME_HASH, path: [], root: SOME_HASH })).toBe('the path is too short')
  })

  it('are not given for what is outside, nor out of a store that lacks a hash', async () => {
    const { reader } = numbered(5)
    for (const [index, size] of [
      [5, 5],
      [-1, 5],
      [0, 0],
      [1.5, 5],
    ] as const) {
      await expect(proveInclusion(reader, index, size)).rejects.toThrow(expect.objectContaining({ code: 'log/outside' }))
    }
    await expect(proveInclusion(async () => [], 0, 5)).rejects.toThrow(expect.objectContaining({ code: 'log/hash-missing' }))
  })
})

describe('consistency proofs (RFC 9162, 2.1.4)', () => {
  it('are those of the Certificate Transparency test tree', async () => {
    const { reader } = logOf(CT_LEAVES)
    const known: readonly [first: number, second: number, path: readonly string[]][] = [
      [1, 1, []],
      [
        1,
        8,
        [
          '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
          '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
          '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
        ],
      ],
      [
        2,
        5,
        [
          '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
          'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
        ],
      ],
      [
        6,
        7,
        [
          '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
          'b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f',
          'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
        ],
      ],
      [
        6,
        8,
        [
          '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
          'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
          'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
        ],
      ],
    ]
    for (const [first, second, path] of known) {
      expect((await proveConsistency(reader, first, second)).map(hex)).toEqual(path)
      const roots = { firstRoot: bytes(CT_ROOTS[first]!), secondRoot: bytes(CT_ROOTS[second]!) }
      expect(consistencyFault({ first, second, ...roots, path: path.map(bytes) })).toBeNull()
    }
  })

  it('hold between every two sizes up to 70', async () => {
    const log = numbered(70)
    for (let second = 0; second <= 70; second++) {
      for (let first = 0; first <= second; first++) expect(consistencyFault(await consistency(log, first, second))).toBeNull()
    }
  })

  it('fail when any bit of a root or of the path is turned, with any other size, or a hash more or less', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anEntry, { minLength: 2, maxLength: 200 }), fc.nat(), fc.nat(), async (entries, a, b) => {
        const log = logOf(entries)
        const second = 2 + (a % (entries.length - 1))
        const claim = await consistency(log, 1 + (b % (second - 1)), second)
        expect(consistencyFault(claim)).toBeNull()
        const bit = (a + b) % 256
        const { first, firstRoot, secondRoot, path } = claim
        const wrong: ConsistencyClaim[] = [
          { ...claim, firstRoot: flipped(firstRoot, bit) },
          { ...claim, secondRoot: flipped(secondRoot, bit) },
          { ...claim, firstRoot: secondRoot, secondRoot: firstRoot },
          { ...claim, first: second, second: first },
          { ...claim, path: [] },
          { ...claim, path: [...path, firstRoot] },
          { ...claim, path: [...path, secondRoot] },
          { ...claim, path: [firstRoot, ...path] },
          { ...claim, path: [path[0]!, ...path] },
          { ...claim, path: [...path, new Uint8Array(0)] },
          { ...claim, second: second * 2 + 2 },
          ...path.map((hash, i) => ({ ...claim, path: path.with(i, flipped(hash, bit)) })),
          ...path.map((_, i) => ({ ...claim, path: path.toSpliced(i, 1) })),
        ]
        for (const each of wrong) expect(consistencyFault(each)).not.toBeNull()
      }),
      { numRuns: 60 },
    )
  })

  it('of trees of one size, and of the empty tree, are the roots themselves', () => {
    const a = SOME_HASH
    const b = flipped(a, 0)
    const none: readonly Uint8Array[] = []
    expect(consistencyFault({ first: 3, second: 3, firstRoot: a, secondRoot: a, path: none })).toBeNull()
    expect(consistencyFault({ first: 3, second: 3, firstRoot: a, secondRoot: b, path: none })).not.toBeNull()
    expect(consistencyFault({ first: 3, second: 3, firstRoot: a, secondRoot: a, path: [a] })).not.toBeNull()
    expect(consistencyFault({ first: 0, second: 3, firstRoot: EMPTY_ROOT, secondRoot: a, path: none })).toBeNull()
    expect(consistencyFault({ first: 0, second: 3, firstRoot: b, secondRoot: a, path: none })).not.toBeNull()
    expect(consistencyFault({ first: 0, second: 3, firstRoot: EMPTY_ROOT, secondRoot: a, path: [a] })).not.toBeNull()
    expect(consistencyFault({ first: 0, second: 0, firstRoot: EMPTY_ROOT, secondRoot: b, path: none })).not.toBeNull()
    expect(consistencyFault({ first: 2, second: 1, firstRoot: a, secondRoot: a, path: none })).not.toBeNull()
  })

  it('are not given for a larger tree within a smaller', async () => {
    await expect(proveConsistency(numbered(5).reader, 5, 4)).rejects.toThrow(expect.objectContaining({ code: 'log/outside' }))
  })
})
