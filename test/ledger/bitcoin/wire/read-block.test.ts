import { createRequire } from 'node:module'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CordonError } from '../../../../src/chain/index.ts'
import { type BitcoinBlock, SEQUENCES, TX_COINBASE, TX_WITNESS } from '../../../../src/ledger/bitcoin/block.ts'
import { hashHex, readBlock } from '../../../../src/ledger/bitcoin/wire/index.ts'
import {
  type BlockParts,
  coinbaseOf,
  compactSize,
  hashOf,
  hasWitness,
  hex,
  type MadeTransaction,
  makeBlock,
  pushedHeight,
  rawBlock,
  serialized,
  sha256dOf,
  stripped,
  u32,
  u64,
} from './blocks.ts'
import { hasReal, REAL_BLOCKS, readReal } from './real.ts'

const OP_TRUE = Buffer.from([0x51])
const LEGACY: MadeTransaction = { inputs: [{ txid: Buffer.alloc(32, 9), index: 3 }], outputs: [{ value: 5n, script: OP_TRUE }] }
const SEGWIT: MadeTransaction = {
  inputs: [{ txid: Buffer.alloc(32, 8), index: 1, witness: [Buffer.from('signature'), Buffer.from('key')] }],
  outputs: [{ value: 7n, script: OP_TRUE }],
}

const read = (bytes: Uint8Array, options: { height?: number | null; witnesses?: boolean } = {}): BitcoinBlock =>
  readBlock(bytes, { network: 'regtest', height: null, file: 'some.dat', offset: 1000, ...options })

const codeOf = (bytes: Uint8Array, options: { height?: number | null; witnesses?: boolean } = {}): string => {
  try {
    read(bytes, options)
    return 'accepted'
  } catch (error) {
    if (!(error instanceof CordonError)) throw error
    expect(error.message).toMatch(/byte \d+ of some\.dat/)
    expect(error.place.file).toBe('some.dat')
    expect(error.remedy).not.toBeNull()
    return error.code
  }
}

/** What columns say, as a list of transactions. */
function transactionsOf(block: BitcoinBlock) {
  const { script } = block
  return Array.from({ length: block.transactions }, (_, t) => ({
    txid: hashHex(block.txid.subarray(32 * t, 32 * t + 32)),
    version: block.version[t],
    lockTime: block.lockTime[t],
    witness: ((block.flags[t] as number) & TX_WITNESS) !== 0,
    coinbase: ((block.flags[t] as number) & TX_COINBASE) !== 0,
    sequence: SEQUENCES[(block.flags[t] as number) >> 2],
    inputs: Array.from({ length: (block.inStart[t + 1] as number) - (block.inStart[t] as number) }, (_, k) => {
      const i = (block.inStart[t] as number) + k
      return { txid: hashHex(block.prevTxid.subarray(32 * i, 32 * i + 32)), index: block.prevIndex[i] }
    }),
    outputs: Array.from({ length: (block.outStart[t + 1] as number) - (block.outStart[t] as number) }, (_, k) => {
      const o = (block.outStart[t] as number) + k
      return {
        value: (BigInt(block.value[2 * o + 1] as number) << 32n) | BigInt(block.value[2 * o] as number),
        script: Buffer.from(script.bytes.subarray(script.start[o], script.end[o])).toString('hex'),
      }
    }),
  }))
}

function sequenceOf(tx: MadeTransaction): string {
  const names = new Set(
    tx.inputs.map(({ sequence = 0xffff_ffff }) =>
      sequence === 0xffff_ffff ? 'final' : sequence === 0xffff_fffe ? 'lock-time' : sequence === 0xffff_fffd ? 'replaceable' : 'relative',
    ),
  )
  return names.size === 1 ? ([...names][0] as string) : 'mixed'
}

describe.runIf(hasReal())('a real block', () => {
  const { Block } = createRequire(import.meta.url)('bcoin') as { Block: { fromRaw(raw: Buffer): BcoinBlock } }

  it.each(REAL_BLOCKS)('$file is read, transaction by transaction, as bcoin reads it', ({ file, network, height }) => {
    const bytes = readReal(file)
    const block = readBlock(bytes, { network, height: null })
    const theirs = Block.fromRaw(Buffer.from(bytes))
    expect(block).toMatchObject({ height, time: theirs.time, transactions: theirs.txs.length, spent: null })
    expect(hashHex(block.hash)).toBe(theirs.rhash())
    expect(Buffer.from(block.previous).toString('hex')).toBe(theirs.prevBlock)
    const expected = theirs.txs.map((tx, t) => ({
      txid: tx.txid(),
      version: tx.version | 0,
      lockTime: tx.locktime,
      witness: tx.hasWitness(),
      coinbase: t === 0,
      sequence:
        t === 0
          ? 'final'
          : sequenceOf({ inputs: tx.inputs.map(({ sequence }) => ({ txid: Buffer.alloc(32), index: 0, sequence })), outputs: [] }),
      inputs: t === 0 ? [] : tx.inputs.map(({ prevout }) => ({ txid: prevout.txid(), index: prevout.index })),
      outputs: tx.outputs.map(({ value, script }) => ({ value: BigInt(value), script: script.toRaw().toString('hex') })),
    }))
    expect(transactionsOf(block)).toEqual(expected)
  })

  it('has the hash that btcd names it by', () => {
    for (const { file, network } of REAL_BLOCKS.filter((block) => block.file.startsWith('btcd_block-'))) {
      const block = readBlock(readReal(file), { network, height: null })
      expect(file).toContain(hashHex(block.hash))
    }
  })

  it('is refused, whatever bit of its header, transactions or witnesses is turned', () => {
    const bytes = readReal('bcoin_block300025.raw')
    const segwit = readReal('btcd_block-0000000000000000001602407ac49862a7bca9d00f7f402db20b7be2f5de59d2.blk.raw')
    for (const whole of [bytes, segwit]) {
      fc.assert(
        fc.property(fc.nat(8 * whole.length - 1), (bit) => {
          whole[bit >> 3] = (whole[bit >> 3] as number) ^ (1 << (bit & 7))
          try {
            expect(() => readBlock(whole, { network: 'main', height: null })).toThrow(CordonError)
          } finally {
            whole[bit >> 3] = (whole[bit >> 3] as number) ^ (1 << (bit & 7))
          }
        }),
        { numRuns: 300 },
      )
      expect(readBlock(whole, { network: 'main', height: null }).transactions).toBeGreaterThan(400)
    }
  })

  it('is refused wherever it is cut off, and with bytes behind it', () => {
    const bytes = readReal('bcoin_block300025.raw')
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), (length) => {
        expect(() => readBlock(bytes.slice(0, length), { network: 'main', height: null })).toThrow(
          expect.objectContaining({ code: 'bitcoin/truncated-block' }),
        )
      }),
      { numRuns: 300 },
    )
    expect(() => readBlock(Buffer.concat([bytes, Buffer.from([0])]), { network: 'main', height: null })).toThrow(
      expect.objectContaining({ code: 'bitcoin/bad-block' }),
    )
  })
})

interface BcoinBlock {
  readonly time: number
  readonly prevBlock: string
  rhash(): string
  readonly txs: readonly {
    readonly version: number
    readonly locktime: number
    txid(): string
    hasWitness(): boolean
    readonly inputs: readonly { readonly sequence: number; readonly prevout: { readonly index: number; txid(): string } }[]
    readonly outputs: readonly { readonly value: number; readonly script: { toRaw(): Buffer } }[]
  }[]
}

const bytesUpTo = (maxLength: number) => fc.uint8Array({ maxLength })
const anyTransaction: fc.Arbitrary<MadeTransaction> = fc.record({
  version: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  lockTime: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  inputs: fc.array(
    fc.record({
      txid: fc.uint8Array({ minLength: 32, maxLength: 32 }),
      index: fc.integer({ min: 0, max: 2 ** 32 - 2 }),
      script: bytesUpTo(300),
      sequence: fc.constantFrom(0xffff_ffff, 0xffff_fffe, 0xffff_fffd, 0, 144),
      witness: fc.array(bytesUpTo(300), { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 5 },
  ),
  outputs: fc.array(fc.record({ value: fc.bigInt({ min: 0n, max: 400_000_000_000_000n }), script: bytesUpTo(300) }), {
    minLength: 1,
    maxLength: 5,
  }),
})
const anyBlock: fc.Arbitrary<BlockParts> = fc.record({
  height: fc.integer({ min: 1, max: 2_000_000 }),
  previous: fc.uint8Array({ minLength: 32, maxLength: 32 }),
  time: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  transactions: fc.uniqueArray(anyTransaction, { maxLength: 6, selector: (tx) => stripped(tx).toString('hex') }),
})

describe('any block', () => {
  it('gives what was put into it', () => {
    fc.assert(
      fc.property(anyBlock, (parts) => {
        const bytes = makeBlock(parts)
        const block = read(bytes)
        const made = [coinbaseOf(parts), ...(parts.transactions ?? [])]
        expect(block).toMatchObject({ height: parts.height, time: parts.time })
        expect(hashHex(block.hash)).toBe(hex(hashOf(bytes)))
        expect(block.previous).toEqual(parts.previous)
        expect(transactionsOf(block)).toEqual(
          made.map((tx, t) => ({
            txid: hex(sha256dOf(stripped(tx))),
            version: tx.version ?? 2,
            lockTime: tx.lockTime ?? 0,
            witness: hasWitness(tx),
            coinbase: t === 0,
            sequence: t === 0 ? 'final' : sequenceOf(tx),
            inputs: t === 0 ? [] : tx.inputs.map((input) => ({ txid: hex(input.txid), index: input.index })),
            outputs: tx.outputs.map(({ value, script }) => ({ value, script: Buffer.from(script).toString('hex') })),
          })),
        )
      }),
    )
  })

  it('is refused with a CordonError when its transactions are damaged, cut off or lengthened', () => {
    const damage = fc.record({
      at: fc.nat(),
      byte: fc.integer({ min: 1, max: 255 }),
      cut: fc.nat(),
      tail: bytesUpTo(5),
      kind: fc.constantFrom('turn', 'cut', 'tail', 'insert'),
    })
    fc.assert(
      fc.property(anyBlock, damage, (parts, { at, byte, cut, tail, kind }) => {
        const bytes = makeBlock(parts)
        const place = 80 + (at % (bytes.length - 80))
        let damaged = Buffer.from(bytes)
        if (kind === 'turn') damaged[place] = (damaged[place] as number) ^ byte
        else if (kind === 'cut') damaged = damaged.subarray(0, cut % bytes.length)
        else if (kind === 'tail') damaged = Buffer.concat([damaged, tail])
        else damaged = Buffer.concat([damaged.subarray(0, place), tail, damaged.subarray(place)])
        fc.pre(!damaged.equals(bytes))
        expect(codeOf(damaged)).toMatch(/^bitcoin\//)
      }),
      { numRuns: 500 },
    )
  })

  it('is refused when it is any bytes behind a good header', () => {
    const header = makeBlock({ height: 1 }).subarray(0, 80)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(codeOf(Buffer.concat([header, bytes]))).toMatch(/^bitcoin\/(truncated-block|bad-block|bad-merkle-root)$/)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('a bad block', () => {
  const coinbase = { bytes: serialized(coinbaseOf({ height: 5 })) }
  const withCount = (count: Uint8Array): Buffer => rawBlock({ height: 5 }, [coinbase], count)
  const withTransaction = (bytes: Uint8Array): Buffer => rawBlock({ height: 5 }, [coinbase, { bytes }])
  const input = Buffer.concat([Buffer.alloc(32, 9), u32(0), Buffer.from([0]), u32(0xffff_ffff)])
  const output = (value: bigint): Buffer => Buffer.concat([u64(value), Buffer.from([1, 0x51])])
  const tx = (inputs: Uint8Array, outputs: Uint8Array): Buffer => Buffer.concat([u32(2), inputs, outputs, u32(0)])
  const hostile = Buffer.concat([Buffer.from([0xff]), u64(1n << 63n)])

  it.each([
    ['2^63 transactions', withCount(hostile)],
    ['2^63 inputs', withTransaction(tx(Buffer.concat([hostile, input]), Buffer.concat([Buffer.from([1]), output(1n)])))],
    ['2^63 outputs', withTransaction(tx(Buffer.concat([Buffer.from([1]), input]), Buffer.concat([hostile, output(1n)])))],
    [
      'more inputs than bytes',
      withTransaction(tx(Buffer.concat([compactSize(0xfffff), input]), Buffer.concat([Buffer.from([1]), output(1n)]))),
    ],
    [
      'a script longer than the block',
      withTransaction(
        tx(Buffer.concat([Buffer.from([1]), input]), Buffer.concat([Buffer.from([1]), u64(1n), compactSize(60_000), Buffer.alloc(9)])),
      ),
    ],
  ])('that claims %s is refused before anything is made of it', (_, bytes) => {
    const before = process.memoryUsage().arrayBuffers
    expect(codeOf(bytes)).toBe('bitcoin/truncated-block')
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1 << 20)
  })

  it('says the claim exactly', () => {
    expect(() => read(withCount(hostile))).toThrow(/says 9223372036854775808,/)
  })

  it.each([
    ['without transactions', withCount(Buffer.from([0]))],
    ['with a count in more bytes than it takes', withCount(Buffer.from([0xfd, 1, 0]))],
    ['with a count in five bytes that fits in three', withCount(Buffer.from([0xfe, 0xff, 0xff, 0, 0]))],
    [
      'with a transaction without inputs',
      withTransaction(tx(Buffer.from([0]), Buffer.concat([Buffer.from([0, 0, 0, 0, 0, 0]), Buffer.alloc(60)]))),
    ],
    [
      'with an unknown flag where a witness is marked',
      withTransaction(Buffer.concat([u32(2), Buffer.from([0, 2, 1]), input, Buffer.from([1]), output(1n), Buffer.alloc(8)])),
    ],
    [
      'with a witness that holds nothing',
      withTransaction(Buffer.concat([u32(2), Buffer.from([0, 1, 1]), input, Buffer.from([1]), output(1n), Buffer.from([0]), u32(0)])),
    ],
    [
      'with a transaction without outputs',
      withTransaction(Buffer.concat([tx(Buffer.concat([Buffer.from([1]), input]), Buffer.from([0])), Buffer.alloc(20)])),
    ],
    [
      'with an output above 21 million bitcoin',
      withTransaction(tx(Buffer.concat([Buffer.from([1]), input]), Buffer.concat([Buffer.from([1]), output(2_100_000_000_000_001n)]))),
    ],
    [
      'with an output of negative value',
      withTransaction(tx(Buffer.concat([Buffer.from([1]), input]), Buffer.concat([Buffer.from([1]), output((1n << 64n) - 1n)]))),
    ],
    [
      'with outputs that together are above 21 million bitcoin',
      withTransaction(
        tx(Buffer.concat([Buffer.from([1]), input]), Buffer.concat([Buffer.from([2]), output(2_100_000_000_000_000n), output(1n)])),
      ),
    ],
    ['with a second coinbase', rawBlock({ height: 5 }, [coinbase, { bytes: serialized(coinbaseOf({ height: 6 })) }])],
    ['that does not begin with a coinbase', rawBlock({ height: 5 }, [{ bytes: serialized(LEGACY) }])],
    [
      'with an input that spends nothing',
      withTransaction(serialized({ ...LEGACY, inputs: [...LEGACY.inputs, { txid: Buffer.alloc(32), index: 0xffff_ffff }] })),
    ],
    [
      'with a coinbase script of one byte',
      rawBlock({ height: 5 }, [
        {
          bytes: serialized({
            ...coinbaseOf({ height: 5 }),
            inputs: [{ txid: Buffer.alloc(32), index: 0xffff_ffff, script: Buffer.from([0x55]) }],
          }),
        },
      ]),
    ],
  ])('%s is refused', (_, bytes) => {
    expect(codeOf(bytes)).toBe('bitcoin/bad-block')
  })

  it('with a good output of all 21 million bitcoin is not refused', () => {
    expect(
      codeOf(
        withTransaction(tx(Buffer.concat([Buffer.from([1]), input]), Buffer.concat([Buffer.from([1]), output(2_100_000_000_000_000n)]))),
      ),
    ).toBe('accepted')
  })

  it('whose transactions are others than its header says is refused', () => {
    const bytes = makeBlock({ height: 5, transactions: [LEGACY] })
    const other = makeBlock({ height: 5, transactions: [{ ...LEGACY, lockTime: 1 }] })
    expect(codeOf(Buffer.concat([bytes.subarray(0, 80), other.subarray(80)]))).toBe('bitcoin/bad-merkle-root')
  })

  it('whose last transactions are repeated is refused, though its Merkle root is right (CVE-2012-2459)', () => {
    const txs = [LEGACY, { ...LEGACY, lockTime: 1 }]
    const parts = { height: 5, transactions: txs }
    const honest = makeBlock(parts)
    const last = serialized(txs[1] as MadeTransaction)
    const mutated = Buffer.concat([honest.subarray(0, 80), compactSize(4), honest.subarray(81), last])
    expect(codeOf(honest)).toBe('accepted')
    expect(codeOf(mutated)).toBe('bitcoin/repeated-transactions')
  })

  it('without the work that its header promises is refused', () => {
    const bytes = makeBlock({ height: 5 })
    expect(() => readBlock(bytes, { network: 'main', height: null })).toThrow(expect.objectContaining({ code: 'bitcoin/no-proof-of-work' }))
    for (let nonce = 0; ; nonce++) {
      bytes.writeUInt32LE(nonce, 76)
      if ((sha256dOf(bytes.subarray(0, 80))[31] as number) >= 0x80) break
    }
    expect(codeOf(bytes)).toBe('bitcoin/no-proof-of-work')
  })

  it('is refused at another height than it says, and where it says none and none is given', () => {
    expect(codeOf(makeBlock({ height: 5 }), { height: 5 })).toBe('accepted')
    expect(codeOf(makeBlock({ height: 5 }), { height: 6 })).toBe('bitcoin/wrong-height')
    expect(codeOf(makeBlock({ height: 5, version: 1 }))).toBe('bitcoin/unknown-height')
    expect(read(makeBlock({ height: 5, version: 1 }), { height: 9 }).height).toBe(9)
  })
})

describe('the commitment to witnesses (BIP 141)', () => {
  const parts: BlockParts = { height: 5, transactions: [LEGACY, SEGWIT] }
  const coinbase = coinbaseOf(parts)
  const build = (first: MadeTransaction, ...others: MadeTransaction[]): Buffer =>
    rawBlock(
      parts,
      [first, ...others].map((tx) => ({ bytes: serialized(tx), id: stripped(tx) })),
    )

  it('holds in a block as it should be', () => {
    expect(codeOf(makeBlock(parts))).toBe('accepted')
  })

  it('fails when a witness is another one, which the Merkle root of the header cannot see', () => {
    const other = {
      ...SEGWIT,
      inputs: SEGWIT.inputs.map((input) => ({ ...input, witness: [Buffer.from('Signature'), Buffer.from('key')] })),
    }
    expect(codeOf(build(coinbase, LEGACY, other))).toBe('bitcoin/bad-witness-commitment')
    expect(codeOf(build(coinbase, LEGACY, other), { witnesses: false })).toBe('accepted')
  })

  it('is missed where transactions have witnesses', () => {
    expect(codeOf(build(coinbaseOf({ height: 5 }), LEGACY, SEGWIT))).toBe('bitcoin/bad-witness-commitment')
  })

  it('needs the one value of 32 bytes in the coinbase', () => {
    const with2 = (witness: Uint8Array[]): MadeTransaction => ({
      ...coinbase,
      inputs: coinbase.inputs.map((input) => ({ ...input, witness })),
    })
    expect(codeOf(build(with2([Buffer.alloc(32), Buffer.alloc(1)]), LEGACY, SEGWIT))).toBe('bitcoin/bad-witness-commitment')
    expect(codeOf(build(with2([Buffer.alloc(31)]), LEGACY, SEGWIT))).toBe('bitcoin/bad-witness-commitment')
    expect(codeOf(build(with2([]), LEGACY, SEGWIT))).toBe('bitcoin/bad-witness-commitment')
  })

  it('counts in the last output that has one', () => {
    const wrong = { value: 0n, script: Buffer.concat([Buffer.from('6a24aa21a9ed', 'hex'), Buffer.alloc(32)]) }
    const [pay, commit] = coinbase.outputs as [MadeTransaction['outputs'][0], MadeTransaction['outputs'][0]]
    expect(codeOf(build({ ...coinbase, outputs: [pay, wrong, commit] }, LEGACY, SEGWIT))).toBe('accepted')
    expect(codeOf(build({ ...coinbase, outputs: [pay, commit, wrong] }, LEGACY, SEGWIT))).toBe('bitcoin/bad-witness-commitment')
  })

  it('is not asked of a block without witnesses, as blocks before segwit had such outputs', () => {
    const early: MadeTransaction = {
      ...coinbase,
      inputs: [{ txid: Buffer.alloc(32), index: 0xffff_ffff, script: Buffer.concat([pushedHeight(5), Buffer.from([0])]) }],
    }
    expect(codeOf(build(early, LEGACY))).toBe('accepted')
  })
})
