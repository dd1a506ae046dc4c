import { describe, expect, it } from 'vitest'
import { detectCoinJoin, detectWasabi1, detectWasabi2 } from '../../../../src/attribution/bitcoin/coinjoin/index.ts'
import { times, transaction } from './build.ts'

/** 8 August 2018, 15 October 2018 and 1 June 2019. */
const AUGUST_2018 = 1_533_686_400
const OCTOBER_2018 = 1_539_561_600
const JUNE_2019 = 1_559_347_200

/** Changes that differ from all else. */
function changes(n: number, from: number): number[] {
  return Array.from({ length: n }, (_, k) => from + 1_013 * k * k + 17 * k)
}

describe('Wasabi 1', () => {
  const ROUND = {
    inputs: changes(60, 11_000_000),
    outputs: [...times(49, 10_001_257), ...changes(33, 300_000), 514_500],
    time: JUNE_2019,
  }

  it('a round of 1.0: equal outputs near 0.1 BTC are mixed, changes and the fee are not', () => {
    const found = detectCoinJoin(transaction(ROUND))
    expect(found).toMatchObject({
      family: 'wasabi1',
      collaborative: true,
      parameters: { denomination: '10001257', participants: 49, levels: 1, mixedOutputs: 49, otherOutputs: 34 },
    })
    expect(found?.mixed).toEqual([...Array(49).keys()])
  })

  it('a round of 1.1: outputs of twice and four times the denomination are mixed too (made up after the protocol, no real one is at hand)', () => {
    const outputs = [...times(49, 10_001_257), ...times(12, 20_002_514), ...times(3, 40_005_028), ...changes(40, 300_000), 514_500]
    expect(detectWasabi1(transaction({ ...ROUND, outputs }))?.parameters).toMatchObject({ levels: 3, mixedOutputs: 64, otherOutputs: 41 })
  })

  it('denominations are those of their time: a little over 0.05 BTC in the autumn of 2018, others before', () => {
    const autumn = { inputs: changes(18, 6_000_000), outputs: [...times(14, 5_003_724), ...changes(6, 400_000)] }
    expect(detectWasabi1(transaction({ ...autumn, time: OCTOBER_2018 }))).not.toBeNull()
    expect(detectWasabi1(transaction({ ...autumn, time: JUNE_2019 }))).toBeNull()
    const summer = { inputs: changes(12, 2_600_000), outputs: [...times(11, 2_013_500), ...changes(9, 400_000)] }
    expect(detectWasabi1(transaction({ ...summer, time: AUGUST_2018 }))).not.toBeNull()
    expect(detectWasabi1(transaction({ ...summer, time: OCTOBER_2018 }))).toBeNull()
  })

  it('an output to the coordinator stands in for the denomination, and its fee is told', () => {
    const odd = {
      inputs: changes(8, 3_000_000),
      outputs: [...times(7, 2_345_678), ...changes(5, 100_000), { value: 9_876, account: 77 }],
      time: JUNE_2019,
    }
    expect(detectWasabi1(transaction(odd))).toBeNull()
    const found = detectCoinJoin(transaction(odd), { wasabi1Coordinators: new Set([77]) })
    expect(found).toMatchObject({ family: 'wasabi1', parameters: { coordinatorFee: '9876', participants: 7 } })
  })

  it.each([
    ['there are fewer inputs than equal outputs', { ...ROUND, inputs: ROUND.inputs.slice(0, 48) }],
    ['only nine outputs are equal', { ...ROUND, outputs: [...times(9, 10_001_257), ...changes(6, 300_000)] }],
    ['there are more changes than participants and a fee', { ...ROUND, outputs: [...times(12, 10_001_257), ...changes(14, 300_000)] }],
    ['there is no other output', { ...ROUND, outputs: times(49, 10_001_257) }],
    ['an output is P2SH', { ...ROUND, outputs: [...ROUND.outputs, { value: 5_555, script: 'p2sh' as const }] }],
    [
      'two outputs are of one account',
      { ...ROUND, outputs: [...ROUND.outputs.slice(2), { value: 5_555, account: 7 }, { value: 5_556, account: 7 }] },
    ],
    ['all inputs are of one account', { ...ROUND, inputs: ROUND.inputs.map((value) => ({ value, account: 7 })) }],
    ['it was before Wasabi', { ...ROUND, time: 1_500_000_000 }],
  ])('none when %s', (_, parts) => {
    expect(detectWasabi1(transaction(parts))).toBeNull()
  })
})

describe('Wasabi 2', () => {
  const OUTPUTS = [
    ...times(5, 2_097_152),
    ...times(4, 1_594_323),
    ...times(3, 1_062_882),
    700_001,
    ...times(3, 500_000),
    ...times(2, 65_536),
    8_192,
  ]
  const ROUND = { inputs: changes(24, 900_000).reverse(), outputs: OUTPUTS }

  it('a small round: standard denominations, everything by falling value, every output an exit', () => {
    const found = detectCoinJoin(transaction(ROUND))
    expect(found).toMatchObject({
      family: 'wasabi2',
      collaborative: true,
      parameters: { inputs: 24, outputs: 19, standardOutputs: 18, denominations: 6, repeatedOutputs: 17, mostEqual: 5 },
    })
    expect(found?.mixed).toEqual([...OUTPUTS.keys()])
  })

  it('Taproot is as good as P2WPKH', () => {
    const outputs = OUTPUTS.map((value, k) => ({ value, script: k % 2 === 0 ? ('p2tr' as const) : ('p2wpkh' as const) }))
    expect(detectWasabi2(transaction({ ...ROUND, outputs }))).not.toBeNull()
  })

  it('inputs of unknown value are passed over, and the evidence says so', () => {
    const inputs = ROUND.inputs.map((value, k) => ({ value: k % 3 === 0 ? null : value }))
    expect(detectWasabi2(transaction({ ...ROUND, inputs }))?.evidence.at(-1)).toMatch(/^the values of 8 of the 24 inputs are not known/)
  })

  it.each([
    ['inputs are not sorted', { ...ROUND, inputs: [...ROUND.inputs].reverse() }],
    ['outputs are not sorted', { ...ROUND, outputs: [...OUTPUTS].reverse() }],
    ['there are fourteen inputs', { ...ROUND, inputs: ROUND.inputs.slice(0, 14) }],
    [
      'four fifths of the outputs are standard and no more',
      {
        ...ROUND,
        outputs: [...times(4, 2_097_152), ...times(4, 1_594_323), 700_003, 700_002, 700_001, ...times(4, 500_000)],
      },
    ],
    ['one denomination is all that repeats', { ...ROUND, outputs: times(21, 2_000_000) }],
    ['an output is P2PKH', { ...ROUND, outputs: [...OUTPUTS, { value: 6_561, script: 'p2pkh' as const }] }],
    ['outputs pay one account twice', { ...ROUND, outputs: [...OUTPUTS, { value: 6_561, account: 7 }, { value: 6_561, account: 7 }] }],
    [
      'one account has a quarter of the inputs',
      { ...ROUND, inputs: ROUND.inputs.map((value, k) => (k % 4 === 0 ? { value, account: 7 } : value)) },
    ],
    ['it was before Wasabi 2', { ...ROUND, time: JUNE_2019 }],
  ])('none when %s', (_, parts) => {
    expect(detectWasabi2(transaction(parts))).toBeNull()
  })
})
