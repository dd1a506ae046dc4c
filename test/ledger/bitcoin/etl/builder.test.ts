import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SEQUENCES, TX_COINBASE, TX_WITNESS } from '../../../../src/ledger/bitcoin/block.ts'
import { BlockBuilder, type BuilderTransaction, MAX_SATOSHIS } from '../../../../src/ledger/bitcoin/builder.ts'
import { satoshisOfCoins } from '../../../../src/ledger/bitcoin/coins.ts'

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'))
const script = fc.uint8Array({ maxLength: 40 })
const value = fc.bigInt({ min: 0n, max: MAX_SATOSHIS })
const uint32 = fc.integer({ min: 0, max: 0xffff_ffff })
const transaction = fc.record({
  txid: hash,
  version: fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff }),
  lockTime: uint32,
  witness: fc.boolean(),
  inputs: fc.array(
    fc.oneof(
      fc.record({ txid: hash, index: uint32, sequence: uint32 }),
      fc.record({ txid: hash, index: uint32, sequence: uint32, spent: fc.record({ value, script }) }),
    ),
    { minLength: 1, maxLength: 4 },
  ),
  outputs: fc.array(fc.record({ value, script }), { minLength: 1, maxLength: 4 }),
})
const HEADER = { height: 7, hash: 'ab'.repeat(32), previous: '00'.repeat(32), time: 1_500_000_000 }
const sound: BuilderTransaction = {
  txid: '01'.repeat(32),
  version: 2,
  lockTime: 0,
  witness: false,
  inputs: [{ txid: '02'.repeat(32), index: 0, sequence: 0xffff_ffff }],
  outputs: [{ value: 1n, script: Uint8Array.of(0x51) }],
}

describe('building a block', () => {
  it('columns say what the transactions said', () => {
    fc.assert(
      fc.property(fc.array(transaction, { maxLength: 6 }), (given) => {
        const builder = new BlockBuilder(HEADER)
        for (const each of given) builder.add(each)
        const block = builder.build()
        const pair = (column: Uint32Array, k: number) => (BigInt(column[2 * k + 1]!) << 32n) | BigInt(column[2 * k]!)
        const text = (column: Uint8Array, k: number) =>
          Buffer.from(column.subarray(32 * k, 32 * k + 32))
            .reverse()
            .toString('hex')
        const read = given.map((each, t) => ({
          txid: text(block.txid, t),
          version: block.version[t],
          lockTime: block.lockTime[t],
          witness: (block.flags[t]! & TX_WITNESS) !== 0,
          inputs: each.inputs.map((_, k) => {
            const i = block.inStart[t]! + k
            const spent = block.spent
            return {
              txid: text(block.prevTxid, i),
              index: block.prevIndex[i],
              ...(spent?.known[i] === 1 && {
                spent: {
                  value: pair(spent.value, i),
                  script: [...spent.script.bytes.subarray(spent.script.start[i], spent.script.end[i])],
                },
              }),
            }
          }),
          outputs: each.outputs.map((_, k) => {
            const o = block.outStart[t]! + k
            return { value: pair(block.value, o), script: [...block.script.bytes.subarray(block.script.start[o], block.script.end[o])] }
          }),
        }))
        const said = given.map(({ inputs, outputs, ...rest }) => ({
          ...rest,
          inputs: inputs.map(({ sequence: _, ...input }) =>
            'spent' in input ? { ...input, spent: { value: input.spent.value, script: [...input.spent.script] } } : input,
          ),
          outputs: outputs.map((output) => ({ value: output.value, script: [...output.script] })),
        }))
        expect(read).toEqual(said)
        expect(block.inStart.at(-1)).toBe(block.prevIndex.length)
        expect(block.outStart.at(-1)).toBe(block.script.start.length)
      }),
    )
  })

  it('a transaction without inputs is the coinbase, and comes first', () => {
    const coinbase = { ...sound, inputs: [] }
    const block = new BlockBuilder(HEADER).add(coinbase).add(sound).build()
    expect([...block.flags].map((flags) => flags & TX_COINBASE)).toEqual([TX_COINBASE, 0])
    expect(() => new BlockBuilder(HEADER).add(sound).add(coinbase)).toThrow(/not the first of its block/)
  })

  it.each([
    [[0xffff_ffff], 'final'],
    [[0xffff_fffe, 0xffff_fffe], 'lock-time'],
    [[0xffff_fffd], 'replaceable'],
    [[12], 'relative'],
    [[0xffff_ffff, 0xffff_fffd, 0xffff_ffff], 'mixed'],
  ])('sequence numbers %j are %s', (sequences, expected) => {
    const inputs = sequences.map((sequence) => ({ txid: '02'.repeat(32), index: 0, sequence }))
    const { flags } = new BlockBuilder(HEADER).add({ ...sound, inputs }).build()
    expect(SEQUENCES[flags[0]! >> 2]).toBe(expected)
  })

  it.each<[string, Partial<BuilderTransaction>]>([
    ['txid', { txid: 'zz' }],
    ['version', { version: 2 ** 33 }],
    ['lockTime', { lockTime: -1 }],
    ['outputs', { outputs: [] }],
    ['outputs[0].value', { outputs: [{ value: MAX_SATOSHIS + 1n, script: new Uint8Array(0) }] }],
    ['outputs[0].value', { outputs: [{ value: -1n, script: new Uint8Array(0) }] }],
    ['inputs[0].txid', { inputs: [{ txid: '0', index: 0, sequence: 0 }] }],
    ['inputs[0].index', { inputs: [{ txid: '02'.repeat(32), index: 0.5, sequence: 0 }] }],
    ['inputs[0].sequence', { inputs: [{ txid: '02'.repeat(32), index: 0, sequence: Number.NaN }] }],
    [
      'inputs[0].spent.value',
      { inputs: [{ txid: '02'.repeat(32), index: 0, sequence: 0, spent: { value: MAX_SATOSHIS + 1n, script: new Uint8Array(0) } }] },
    ],
  ])('a bad %s is refused by name', (field, wrong) => {
    const add = () => new BlockBuilder(HEADER).add({ ...sound, ...wrong }, { file: 'a', line: 3 })
    expect(add).toThrow(expect.objectContaining({ code: 'bitcoin/bad-transaction', place: { file: 'a', line: 3, field } }))
  })

  it.each([[{ height: -1 }], [{ hash: 'ab' }], [{ previous: '' }], [{ time: 2 ** 32 }]])('a header with %j is refused', (wrong) => {
    expect(() => new BlockBuilder({ ...HEADER, ...wrong })).toThrow(expect.objectContaining({ code: 'bitcoin/bad-block' }))
  })
})

describe('coins kept as floating point', () => {
  it('every amount of whole satoshis comes back exactly, and is known to', () => {
    fc.assert(
      fc.property(value, (satoshis) => {
        const text = `${satoshis / 100_000_000n}.${(satoshis % 100_000_000n).toString().padStart(8, '0')}`
        expect(satoshisOfCoins(Number(text))).toEqual({ satoshis, exact: true })
      }),
      { numRuns: 2000 },
    )
  })

  it('so does one that was divided in floating point', () => {
    fc.assert(
      fc.property(value, (satoshis) => {
        expect(satoshisOfCoins(Number(satoshis) / 1e8)).toEqual({ satoshis, exact: true })
      }),
      { numRuns: 2000 },
    )
  })

  it('a number beside an amount is the nearest amount, and said to be beside it', () => {
    expect(satoshisOfCoins(0.1 + 0.2)).toEqual({ satoshis: 30_000_000n, exact: false })
    expect(satoshisOfCoins(1e-9)).toEqual({ satoshis: 0n, exact: false })
  })

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY, 21_000_000.000_000_01 + 1e-7, -1e-8])('%d is no amount', (coins) => {
    expect(satoshisOfCoins(coins)).toBeNull()
  })
})
