import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BITCOIN_NETWORKS } from '../../../src/chain/index.ts'
import { compressed, createKeys, uncompressed } from '../../../src/simulate/bitcoin/keys.ts'
import { genesisBlock, regtestSubsidy } from '../../../src/simulate/bitcoin/wire/block.ts'
import { ByteWriter } from '../../../src/simulate/bitcoin/wire/bytes.ts'
import { hashText } from '../../../src/simulate/bitcoin/wire/hash.ts'
import { compressAmount, encodeUndo } from '../../../src/simulate/bitcoin/wire/undo.ts'
import { amount, onCurve, readUndo } from './undo.ts'

const written = (write: (writer: ByteWriter) => void) => {
  const writer = new ByteWriter()
  write(writer)
  return Buffer.from(writer.take()).toString('hex')
}

describe('numbers as Bitcoin Core writes them', () => {
  it('are compact sizes of one, three and five bytes', () => {
    for (const [value, text] of [
      [0, '00'],
      [252, 'fc'],
      [253, 'fdfd00'],
      [65_535, 'fdffff'],
      [65_536, 'fe00000100'],
    ] as const)
      expect(written((w) => w.compactSize(value))).toBe(text)
  })

  it('are VARINTs as the examples in serialize.h', () => {
    for (const [value, text] of [
      [0, '00'],
      [1, '01'],
      [127, '7f'],
      [128, '8000'],
      [255, '807f'],
      [256, '8100'],
      [16_383, 'fe7f'],
      [16_384, 'ff00'],
      [16_511, 'ff7f'],
      [65_535, '82fe7f'],
      [2 ** 32, '8efefeff00'],
    ] as const)
      expect(written((w) => w.varInt(value))).toBe(text)
  })

  it('are amounts compressed as in the cases of compress_tests.cpp', () => {
    for (const [value, packed] of [
      [0, 0],
      [1, 1],
      [1_000_000, 0x7],
      [1_0000_0000, 0x9],
      [50_0000_0000, 0x32],
      [21_000_000_0000_0000, 0x1406f40],
    ] as const)
      expect(compressAmount(value)).toBe(packed)
  })

  it('are amounts that come back when they are unpacked', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e15 }), (value) => {
        expect(amount(BigInt(compressAmount(value)))).toBe(BigInt(value))
      }),
    )
  })
})

describe('undo data', () => {
  it('gives back any outputs', () => {
    const key = createKeys('undo')
    const hash = fc.uint8Array({ minLength: 20, maxLength: 20 })
    const scripts = fc.oneof(
      hash.map((h) => Buffer.from([0x76, 0xa9, 20, ...h, 0x88, 0xac])),
      hash.map((h) => Buffer.from([0xa9, 20, ...h, 0x87])),
      fc.boolean().map((long) => (long ? Buffer.from([65, ...uncompressed(key()), 0xac]) : Buffer.from([33, ...compressed(key()), 0xac]))),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from([0x51, ...bytes])),
    )
    const coin = fc.record({ height: fc.nat(3_000_000), coinbase: fc.boolean(), value: fc.integer({ min: 0, max: 1e15 }), script: scripts })
    fc.assert(
      fc.property(fc.array(fc.array(coin, { maxLength: 5 }), { maxLength: 300 }), (coins) => {
        const expected = coins.map((each) => each.map((c) => ({ ...c, script: c.script.toString('hex') })))
        expect(readUndo(Buffer.from(encodeUndo(coins)))).toEqual(expected)
      }),
      { numRuns: 40 },
    )
  })
})

describe('keys of a simulated world', () => {
  it('are points of secp256k1, all different', () => {
    const next = createKeys('keys')
    const keys = Array.from({ length: 600 }, next)
    expect(new Set(keys.map(({ x }) => x)).size).toBe(600)
    for (const { x, y } of keys) expect(onCurve(x, y & 1n)).toBe(y)
  })
})

describe('regtest', () => {
  it('has the genesis block whose hash names the network', () => {
    const genesis = genesisBlock()
    expect(hashText(genesis.hash)).toBe(BITCOIN_NETWORKS.regtest.genesis)
    expect(hashText(genesis.transactions[0]!.serialized.txid)).toBe(hashText(genesis.merkleRoot))
    expect(Buffer.from(genesis.bytes.subarray(81)).equals(Buffer.from(genesis.transactions[0]!.serialized.bytes))).toBe(true)
  })

  it('halves the subsidy every 150 blocks', () => {
    expect([0, 149, 150, 299, 300, 6_000].map(regtestSubsidy)).toEqual([50e8, 50e8, 25e8, 25e8, 1_250_000_000, 0])
  })
})
