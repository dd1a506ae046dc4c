import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { detectCoinJoin, detectWhirlpool, detectWhirlpoolTx0 } from '../../../../src/attribution/bitcoin/coinjoin/index.ts'
import { MARCH_2024, reordered, times, transaction, whirlpool } from './build.ts'

/** Five by five in the pool of 0.05 BTC: two enter, three remix. */
const CLASSIC = { inputs: [5_003_932, 5_005_142, 5_000_000, 5_000_000, 5_000_000], outputs: times(5, 5_000_000) }

function opReturn(bytes: number): Uint8Array {
  return Uint8Array.from(bytes <= 0x4b ? [0x6a, bytes, ...times(bytes, 7)] : [0x6a, 0x4c, bytes, ...times(bytes, 7)])
}

describe('Whirlpool mixes', () => {
  it('two enter and three remix in the pool of 0.05 BTC', () => {
    expect(detectWhirlpool(transaction(CLASSIC))).toMatchObject({
      family: 'whirlpool',
      collaborative: true,
      parameters: { pool: '5000000', coordinator: 'Samourai', participants: 5, remixes: 3, entrants: 2, mostMinerShare: '5142' },
      mixed: [0, 1, 2, 3, 4],
    })
  })

  it('every mix of five to eight is found, in whatever order, and all its outputs are exits', () => {
    fc.assert(
      fc.property(whirlpool, fc.nat(), (tx, seed) => {
        const found = detectCoinJoin(tx)
        expect(found).toMatchObject({ family: 'whirlpool', collaborative: true })
        expect(found?.mixed).toEqual([...tx.outputs.keys()])
        expect(detectCoinJoin(reordered(tx, seed))).toEqual(found)
      }),
    )
  })

  it('one satoshi more in one of the equal outputs, and it is no mix', () => {
    fc.assert(
      fc.property(whirlpool, fc.nat({ max: 4 }), (tx, k) => {
        const outputs = tx.outputs.map((output, i) => (i === k ? { ...output, value: (output.value as bigint) + 1n } : output))
        expect(detectCoinJoin({ ...tx, outputs })).toBeNull()
      }),
    )
  })

  it('version, lock time and sequence numbers do not matter', () => {
    fc.assert(
      fc.property(whirlpool, fc.integer(), fc.nat(), (tx, version, lockTime) => {
        expect(detectCoinJoin({ ...tx, version, lockTime, sequence: 'final' })).toEqual(detectCoinJoin(tx))
      }),
    )
  })

  it('a client may mix out to a multisig account', () => {
    const outputs = [...times(4, 5_000_000), { value: 5_000_000, script: 'p2wsh' as const }]
    expect(detectWhirlpool(transaction({ ...CLASSIC, outputs }))).not.toBeNull()
  })

  it.each([
    ['no pool has that denomination', { inputs: [3_003_932, ...times(4, 3_000_000)], outputs: times(5, 3_000_000) }],
    ['nobody pays the miner', { ...CLASSIC, inputs: times(5, 5_000_000) }],
    ['nobody remixes', { ...CLASSIC, inputs: times(5, 5_003_932) }],
    ['an input is worth less than the denomination', { ...CLASSIC, inputs: [5_003_932, 4_999_999, ...times(3, 5_000_000)] }],
    ['an input is worth 0.0011 BTC and a satoshi more', { ...CLASSIC, inputs: [5_110_001, ...times(4, 5_000_000)] }],
    ['there are four', { inputs: [5_003_932, ...times(3, 5_000_000)], outputs: times(4, 5_000_000) }],
    ['there are more inputs than outputs', { ...CLASSIC, inputs: [...CLASSIC.inputs, 5_000_000] }],
    ['an input is P2PKH', { ...CLASSIC, inputs: [5_003_932, { value: 5_000_000, script: 'p2pkh' as const }, ...times(3, 5_000_000)] }],
    [
      'two inputs are of one account',
      { ...CLASSIC, inputs: [5_003_932, { value: 5_000_000, account: 9 }, { value: 5_000_000, account: 9 }, 5_000_000, 5_000_000] },
    ],
    [
      'two inputs are of one transaction',
      { ...CLASSIC, inputs: [5_003_932, { value: 5_000_000, tx: 9 }, { value: 5_000_000, tx: 9 }, 5_000_000, 5_000_000] },
    ],
    ['it was before Whirlpool', { ...CLASSIC, time: 1_555_000_000 }],
    ['it carries data', { ...CLASSIC, data: [opReturn(64)] }],
  ])('none when %s', (_, parts) => {
    expect(detectWhirlpool(transaction(parts))).toBeNull()
  })

  it('inputs of unknown value do not speak against it, and the evidence says so', () => {
    const inputs = [5_003_932, ...times(4, { value: null, account: null, script: null, tx: null })]
    const found = detectWhirlpool(transaction({ ...CLASSIC, inputs }))
    expect(found?.evidence.at(-1)).toMatch(/^the values of 4 of the 5 inputs are not known/)
  })
})

describe('Whirlpool Tx0', () => {
  const TX0 = { inputs: [720_000], outputs: [5_000, 67_648, ...times(6, 106_352)], data: [opReturn(64)], time: MARCH_2024 }

  it('one owner cuts a coin for the pool of 0.001 BTC and pays the coordinator (the values of 6469940112d5d7d050cc123902136eb4ba6d61f0d9dc89bb7683a011723aa72a)', () => {
    expect(detectCoinJoin(transaction(TX0))).toMatchObject({
      family: 'whirlpool-tx0',
      collaborative: false,
      parameters: { pool: '100000', premixOutputs: 6, minerShare: '6352', coordinatorFee: '5000', payloadBytes: 64 },
      mixed: [],
    })
  })

  it('the order of outputs is no criterion, but is evidence', () => {
    const sorted = detectWhirlpoolTx0(transaction(TX0))
    const unsorted = detectWhirlpoolTx0(transaction({ ...TX0, outputs: [...TX0.outputs].reverse() }))
    expect(unsorted?.parameters).toEqual(sorted?.parameters)
    expect(sorted?.evidence).toContainEqual(expect.stringContaining('BIP 69'))
    expect(unsorted?.evidence).not.toContainEqual(expect.stringContaining('BIP 69'))
  })

  it('a single premix output is enough, and the older payload of 80 bytes is known', () => {
    const found = detectWhirlpoolTx0(transaction({ inputs: [1_100_000], outputs: [14_063, 50_000, 1_007_562], data: [opReturn(80)] }))
    expect(found?.parameters).toMatchObject({ pool: '1000000', premixOutputs: 1, coordinatorFee: '50000', payloadBytes: 80 })
  })

  it.each([
    ['there is no OP_RETURN', { ...TX0, data: [] }],
    ['the OP_RETURN has another length', { ...TX0, data: [opReturn(20)] }],
    ['the OP_RETURN ends before its push', { ...TX0, data: [opReturn(64).subarray(0, 60)] }],
    ['there are two OP_RETURNs', { ...TX0, data: [opReturn(64), opReturn(64)] }],
    ['no output is a fee', { ...TX0, outputs: TX0.outputs.slice(1) }],
    ['there are three other outputs', { ...TX0, outputs: [9_999_999, ...TX0.outputs] }],
    ['a premix output has nothing for the miner', { ...TX0, outputs: [5_000, 67_648, ...times(6, 100_000)] }],
    ['outputs are not P2WPKH', { ...TX0, outputs: [{ value: 5_000, script: 'p2sh' as const }, 67_648, ...times(6, 106_352)] }],
  ])('none when %s', (_, parts) => {
    expect(detectWhirlpoolTx0(transaction(parts))).toBeNull()
  })
})
