import { describe, expect, it } from 'vitest'
import { hashHex, hasWork, merkleTree, readHeader, targetOf, workOf } from '../../../../src/ledger/bitcoin/wire/index.ts'
import { makeBlock, merkleRootOf, sha256dOf } from './blocks.ts'

/** Header of the main network's genesis block (Bitcoin Core, `kernel/chainparams.cpp`). */
const GENESIS = Buffer.from(
  '0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c',
  'hex',
)

describe('a block header', () => {
  it('reads as the genesis block does in chainparams', () => {
    const header = readHeader(GENESIS, 0)
    expect(hashHex(header.hash)).toBe('000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f')
    expect(hashHex(header.merkleRoot)).toBe('4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b')
    expect(header).toMatchObject({ version: 1, time: 1_231_006_505, bits: 0x1d00ffff, nonce: 2_083_236_893 })
    expect(hasWork(header, 'main')).toBe(true)
    expect(hasWork(header, 'regtest')).toBe(false)
  })

  it('shows no work when one bit of it is turned', () => {
    for (let bit = 0; bit < 640; bit++) {
      const turned = Buffer.from(GENESIS)
      turned[bit >> 3] = (turned[bit >> 3] as number) ^ (1 << (bit & 7))
      expect(hasWork(readHeader(turned, 0), 'main')).toBe(false)
    }
  })

  it('is refused where its end is missing', () => {
    expect(() => readHeader(GENESIS.subarray(1), 0, { file: 'blk', offset: 8 })).toThrow(
      expect.objectContaining({ code: 'bitcoin/truncated-block', place: { file: 'blk' } }),
    )
  })

  it('may not promise less work than the network asks for', () => {
    const regtest = readHeader(makeBlock({ height: 1 }), 0)
    expect(hasWork(regtest, 'regtest')).toBe(true)
    expect(hasWork(regtest, 'main')).toBe(false)
    expect(hasWork(regtest, 'test')).toBe(false)
  })
})

describe('a compact target', () => {
  // Bitcoin Core, `test/arith_uint256_tests.cpp`, `bignum_SetCompact`.
  it.each<[number, bigint | null]>([
    [0, null],
    [0x00123456, null],
    [0x01003456, null],
    [0x01123456, 0x12n],
    [0x02123456, 0x1234n],
    [0x03123456, 0x123456n],
    [0x04123456, 0x12345600n],
    [0x04923456, null],
    [0x05009234, 0x92340000n],
    [0x20123456, 0x1234560000000000000000000000000000000000000000000000000000000000n],
    [0xff123456, null],
  ])('%i means what Bitcoin Core reads in it', (bits, target) => {
    expect(targetOf(bits)).toBe(target)
  })

  it('stands for the work of 2^32 hashes and a few at difficulty 1', () => {
    expect(workOf(0x1d00ffff)).toBe(0x1_0001_0001n)
    expect(workOf(0x207fffff)).toBe(2n)
    expect(workOf(0)).toBe(0n)
  })
})

describe('a Merkle tree', () => {
  const leaves = (count: number): Buffer[] => Array.from({ length: count }, (_, i) => Buffer.from(sha256dOf(Buffer.from([i, i >> 8]))))

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 15, 16, 17, 100, 1023, 2500])('over %i hashes has the root of the definition', (count) => {
    const hashes = leaves(count)
    const tree = merkleTree(Buffer.concat(hashes))
    expect(Buffer.from(tree.root)).toEqual(Buffer.from(merkleRootOf(hashes)))
    expect(tree.repeated).toBe(false)
  })

  it.each([
    [3, [2]],
    [6, [4, 5]],
    [7, [6]],
    [12, [8, 9, 10, 11]],
  ])('over %i hashes of which the last are repeated has the same root, and says so (CVE-2012-2459)', (count, again) => {
    const hashes = leaves(count)
    const repeated = merkleTree(Buffer.concat([...hashes, ...again.map((i) => hashes[i] as Buffer)]))
    expect(Buffer.from(repeated.root)).toEqual(Buffer.from(merkleRootOf(hashes)))
    expect(repeated.repeated).toBe(true)
  })
})
