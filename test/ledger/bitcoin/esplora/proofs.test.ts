import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { headerOf, workFault } from '../../../../src/ledger/bitcoin/esplora/header.ts'
import { merkleRoot } from '../../../../src/ledger/bitcoin/esplora/merkle.ts'
import {
  heightOf,
  MOST_HEIGHT,
  MOST_POSITION,
  rowNumber,
  transferOf,
  txNumber,
  txOfRow,
} from '../../../../src/ledger/bitcoin/esplora/numbers.ts'
import { decodeStripped, encodeStripped, isCoinbase, txidOf } from '../../../../src/ledger/bitcoin/esplora/stripped.ts'
import { hashHex } from '../../../../src/ledger/bitcoin/wire/index.ts'
import { ABSENT } from '../../../../src/ledger/index.ts'
import { hasShared, shared } from '../../../attribution/shared.ts'
import { block300025, genesisBlock, merkleBranch, mine, parseBlock, type TestBlock } from './blocks.ts'

const hashes = fc.uniqueArray(
  fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex')),
  { minLength: 1, maxLength: 40 },
)

describe('a Merkle proof', () => {
  it('leads every leaf to the root from its own position and from no other', () => {
    fc.assert(
      fc.property(hashes, fc.nat(), fc.nat(70), (leaves, pick, elsewhere) => {
        const position = pick % leaves.length
        const leaf = leaves[position] as string
        const { branch, root } = merkleBranch(leaves, position)
        expect(merkleRoot(leaf, { position, branch })).toBe(root)
        if (elsewhere !== position) expect(merkleRoot(leaf, { position: elsewhere, branch })).not.toBe(root)
      }),
    )
  })

  it('does not place a last leaf where its copy lies', () => {
    const leaves = ['11', '22', '33'].map((byte) => byte.repeat(32))
    const { branch, root } = merkleBranch(leaves, 2)
    expect(merkleRoot(leaves[2] as string, { position: 2, branch })).toBe(root)
    expect(merkleRoot(leaves[2] as string, { position: 3, branch })).toBe(null)
  })

  it('leads no other leaf and no other branch to the root', () => {
    fc.assert(
      fc.property(hashes, fc.nat(), fc.nat(), fc.nat(255), (leaves, pick, flip, bit) => {
        const position = pick % leaves.length
        const { branch, root } = merkleBranch(leaves, position)
        const flipped = (hash: string): string => {
          const bytes = Buffer.from(hash, 'hex')
          bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ (1 << (bit & 7))
          return bytes.toString('hex')
        }
        expect(merkleRoot(flipped(leaves[position] as string), { position, branch })).not.toBe(root)
        if (branch.length === 0) return
        const changed = branch.with(flip % branch.length, flipped(branch[flip % branch.length] as string))
        expect(merkleRoot(leaves[position] as string, { position, branch: changed })).not.toBe(root)
      }),
    )
  })
})

describe('numbers of transactions and transfers', () => {
  const place = fc.tuple(
    fc.integer({ min: 0, max: MOST_HEIGHT }),
    fc.integer({ min: 0, max: MOST_POSITION }),
    fc.integer({ min: 0, max: 2 ** 17 - 1 }),
  )

  it('rise in the order of the chain, and tell where they came from', () => {
    const number = ([height, position, transfer]: readonly [number, number, number]): number =>
      rowNumber(txNumber(height, position), transfer)
    fc.assert(
      fc.property(place, place, (a, b) => {
        const order = a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
        expect(Math.sign(number(a) - number(b))).toBe(Math.sign(order))
        expect(Number.isSafeInteger(number(a))).toBe(true)
        const tx = txOfRow(number(a))
        expect([tx, heightOf(tx), transferOf(number(a))]).toEqual([txNumber(a[0], a[1]), a[0], a[2]])
        expect(tx).not.toBe(ABSENT)
      }),
    )
  })

  it('stay exact to the last', () => {
    expect(rowNumber(txNumber(MOST_HEIGHT, 2 ** 15 - 1), 2 ** 17 - 1)).toBe(Number.MAX_SAFE_INTEGER)
    // The transaction whose number would be ABSENT stands where no block can have one.
    expect(ABSENT % 2 ** 15).toBeGreaterThan(MOST_POSITION)
  })
})

const fields = (block: TestBlock): Parameters<typeof headerOf>[0] => block

describe('the work of a header', () => {
  it('is that of its own target', () => {
    const block = mine(genesisBlock('regtest'), [])
    const header = headerOf(fields(block))
    expect(hashHex(header.hash)).toBe(block.hash)
    expect(workFault(header, 1, 'regtest')).toBe(null)
    expect(workFault(header, 1, 'main')).not.toBe(null)
    expect(workFault(headerOf({ ...fields(block), bits: 0x1d00ffff }), 1, 'regtest')).not.toBe(null)
  })

  it.skipIf(!hasShared('bitcoin/bcoin_block300025.raw'))('cannot be that of the first days for a block of later ones', () => {
    const late = headerOf(fields(block300025()))
    for (const height of [0, 170, 300_024, 300_025, 500_000]) expect(workFault(late, height, 'main')).toBe(null)
    // Half of the difficulty of 2019 is more than that of 2014.
    expect(workFault(late, 574_200, 'main')).not.toBe(null)
    const early = headerOf(fields(genesisBlock('main')))
    expect(workFault(early, 300_024, 'main')).toBe(null)
    expect(workFault(early, 300_025, 'main')).not.toBe(null)
    const raw = readFileSync(shared('bitcoin/btcd_block-0000000000000000001602407ac49862a7bca9d00f7f402db20b7be2f5de59d2.blk.raw'))
    expect(workFault(headerOf(fields(parseBlock(raw, 574_200))), 574_200, 'main')).toBe(null)
  })
})

describe.skipIf(!hasShared('bitcoin/bcoin_block928816.raw'))('the bytes of a transaction without witness', () => {
  it.each(['bcoin_block300025.raw', 'bcoin_block928816.raw', 'bcoin_block928848.raw'])(
    'hash to its id and are read as they were written: %s',
    (file) => {
      const { transactions } = parseBlock(readFileSync(shared(`bitcoin/${file}`)), 0)
      for (const { txid, version, lockTime, inputs, outputs, coinbase } of transactions) {
        const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))
        const body = {
          version,
          lockTime,
          inputs: inputs.map((input) => ({ txid: input.txid, index: input.index, script: bytes(input.script), sequence: input.sequence })),
          outputs: outputs.map(({ value, script }) => ({ value: BigInt(value), script: bytes(script) })),
        }
        const written = encodeStripped({ ...body, version: version | 0 })
        expect(txidOf(written)).toBe(txid)
        expect(decodeStripped(written)).toEqual({ ...body, version: version | 0 })
        expect(isCoinbase(decodeStripped(written))).toBe(coinbase)
      }
    },
  )
})
