import { describe, expect, it } from 'vitest'
import { BITCOIN_NETWORKS } from '../../../../src/chain/index.ts'
import { COINBASE_HEAD_BYTES, coinbaseHeight } from '../../../../src/ledger/bitcoin/wire/index.ts'
import { makeBlock } from './blocks.ts'

const { main, test, regtest } = BITCOIN_NETWORKS

describe('the height in a coinbase (BIP 34)', () => {
  it.each([1, 2, 16, 17, 127, 128, 255, 256, 32_767, 32_768, 500_000, 8_388_607, 8_388_608])('is read as %i', (height) => {
    const block = makeBlock({ height, time: 2_000_000_000 })
    expect(coinbaseHeight(block, regtest)).toBe(height)
    expect(coinbaseHeight(block.subarray(0, COINBASE_HEAD_BYTES), regtest)).toBe(height)
  })

  it('is read behind a witness mark', () => {
    const spend = {
      inputs: [{ txid: new Uint8Array(32).fill(1), index: 0, witness: [Buffer.from('w')] }],
      outputs: [{ value: 1n, script: Buffer.from([0x51]) }],
    }
    expect(coinbaseHeight(makeBlock({ height: 300, transactions: [spend] }), regtest)).toBe(300)
  })

  it('is not believed below the height from which it must be there, or of a version 1 block', () => {
    expect(coinbaseHeight(makeBlock({ height: 227_930, time: 1_700_000_000 }), main)).toBeNull()
    expect(coinbaseHeight(makeBlock({ height: 227_931, time: 1_700_000_000 }), main)).toBe(227_931)
    expect(coinbaseHeight(makeBlock({ height: 21_110 }), test)).toBeNull()
    expect(coinbaseHeight(makeBlock({ height: 5, version: 1 }), regtest)).toBeNull()
  })

  // Bitcoin Core, `validation.cpp`: before BIP 34 many coinbases began with heights of years later; block 176,684 of April 2012 with 490,897.
  it('is not believed where the block is years older than that height', () => {
    expect(coinbaseHeight(makeBlock({ height: 490_897, time: 1_335_000_000 }), main)).toBeNull()
    expect(coinbaseHeight(makeBlock({ height: 490_897, time: 1_508_300_000 }), main)).toBe(490_897)
  })

  it('is nothing in bytes that are too short', () => {
    const block = makeBlock({ height: 70_000 })
    for (let length = 0; length < 130; length++) expect(coinbaseHeight(block.subarray(0, length), regtest) ?? 70_000).toBe(70_000)
  })
})
