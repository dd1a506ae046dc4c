import { describe, expect, it } from 'vitest'
import {
  addressReuse,
  addressType,
  CHANGE_RULES,
  changeContext,
  freshAddress,
  lockTime,
  optimalChange,
  roundValue,
  roundValueOf,
  scriptFingerprint,
  type Vote,
} from '../../../../src/attribution/bitcoin/change/index.ts'
import type { BitcoinTransaction } from '../../../../src/ledger/index.ts'
import { type TxSpec, type WorldOptions, world } from '../table.ts'

const COINS: TxSpec = {
  outputs: [
    [1, 100_000_000],
    [2, 50_000_000],
    [3, 20_000_000],
  ],
}

/** The transaction under test is number `at`, with all the votes on it. */
async function votesOn(at: number, specs: readonly TxSpec[], options?: WorldOptions): Promise<(rule: keyof typeof CHANGE_RULES) => Vote> {
  const { transactions, ledger } = world(specs, options)
  const tx = transactions[at] as BitcoinTransaction
  const context = await changeContext(ledger, tx)
  return (rule) => CHANGE_RULES[rule](tx, context)
}

describe('address reuse', () => {
  it('an output back to an input is change without doubt', async () => {
    const vote = await votesOn(1, [
      COINS,
      {
        inputs: [
          [0, 0],
          [0, 1],
        ],
        outputs: [
          [9, 60_000_000],
          [2, 89_000_000],
        ],
      },
    ])
    expect(vote('address-reuse')).toEqual({
      rule: 'address-reuse',
      output: 1,
      against: [],
      certain: true,
      reason: 'output 1 pays back to an address of the inputs',
    })
  })

  it('says nothing where no output pays back, or two do', async () => {
    const none = await votesOn(1, [
      COINS,
      {
        inputs: [[0, 0]],
        outputs: [
          [8, 1],
          [9, 2],
        ],
      },
    ])
    expect(none('address-reuse')).toMatchObject({ output: null, certain: false })
    const two = await votesOn(1, [
      COINS,
      {
        inputs: [
          [0, 0],
          [0, 1],
        ],
        outputs: [
          [1, 1],
          [2, 2],
        ],
      },
    ])
    expect(two('address-reuse')).toMatchObject({
      output: null,
      certain: false,
      reason: 'outputs 0, 1 all pay back to addresses of the inputs',
    })
  })

  it('data and unknown accounts are never equal to an unknown input', () => {
    const { transactions } = world([
      {
        inputs: [{ value: 10 }],
        outputs: [
          [null, 0],
          [1, 9],
        ],
      },
    ])
    expect(addressReuse(transactions[0] as BitcoinTransaction).output).toBeNull()
  })
})

describe('address type', () => {
  const scriptOf = (account: number) => (account < 5 ? 'p2wpkh' : account < 10 ? 'p2sh' : 'p2tr')

  it('the one output with the script type of all inputs is change', async () => {
    const vote = await votesOn(
      1,
      [
        COINS,
        {
          inputs: [
            [0, 0],
            [0, 1],
          ],
          outputs: [
            [7, 5],
            [4, 6],
            [12, 7],
          ],
        },
      ],
      { scriptOf },
    )
    expect(vote('address-type')).toMatchObject({ output: 1, against: [0, 2] })
  })

  it('rules out what is of another type where several are of the same', async () => {
    const vote = await votesOn(
      1,
      [
        COINS,
        {
          inputs: [[0, 0]],
          outputs: [
            [3, 5],
            [4, 6],
            [12, 7],
          ],
        },
      ],
      { scriptOf },
    )
    expect(vote('address-type')).toMatchObject({ output: null, against: [2] })
  })

  it.each([
    ['all outputs are of the inputs’ type', [[0, 0]] as const, [3, 4]],
    ['no output is', [[0, 0]] as const, [7, 12]],
  ])('says nothing where %s', async (_, inputs, [a, b]) => {
    const vote = await votesOn(
      1,
      [
        COINS,
        {
          inputs,
          outputs: [
            [a as number, 1],
            [b as number, 2],
          ],
        },
      ],
      { scriptOf },
    )
    expect(vote('address-type')).toMatchObject({ output: null, against: [] })
  })

  it('says nothing where the inputs are of two types, or one is not known', () => {
    const mixed = world(
      [
        {
          inputs: [{ account: 1 }, { account: 7 }],
          outputs: [
            [2, 1],
            [8, 1],
          ],
        },
      ],
      { scriptOf },
    ).transactions[0]
    expect(addressType(mixed as BitcoinTransaction)).toMatchObject({ output: null, against: [] })
    const unknown = world(
      [
        {
          inputs: [{ account: 1 }, {}],
          outputs: [
            [2, 1],
            [8, 1],
          ],
        },
      ],
      { scriptOf },
    ).transactions[0]
    expect(addressType(unknown as BitcoinTransaction)).toMatchObject({ output: null, against: [] })
  })
})

describe('fresh address', () => {
  it('an output to an address that was paid before is a payment, and the one new address is change', async () => {
    const vote = await votesOn(2, [
      COINS,
      { outputs: [[9, 5]] },
      {
        inputs: [[0, 0]],
        outputs: [
          [9, 40],
          [20, 50],
        ],
      },
    ])
    expect(vote('fresh-address')).toMatchObject({ output: 1, against: [0] })
  })

  it('what is paid later was not seen before', async () => {
    const vote = await votesOn(1, [
      COINS,
      {
        inputs: [[0, 0]],
        outputs: [
          [9, 40],
          [20, 50],
        ],
      },
      { outputs: [[9, 5]] },
    ])
    expect(vote('fresh-address')).toMatchObject({ output: null, against: [] })
  })

  it('what was paid before the ledger began was seen before', async () => {
    const vote = await votesOn(1, [
      COINS,
      {
        inputs: [[0, 0]],
        outputs: [
          [9, 40],
          [20, 50],
        ],
      },
      { inputs: [{ account: 9, value: 3 }], outputs: [[21, 2]] },
    ])
    expect(vote('fresh-address')).toMatchObject({ output: 1, against: [0] })
  })

  it('speaks against all outputs when all were seen, but never against one that pays back', async () => {
    const all = await votesOn(2, [
      COINS,
      {
        outputs: [
          [9, 5],
          [8, 5],
        ],
      },
      {
        inputs: [[0, 0]],
        outputs: [
          [9, 40],
          [8, 50],
        ],
      },
    ])
    expect(all('fresh-address')).toMatchObject({ output: null, against: [0, 1] })
    const back = await votesOn(2, [
      COINS,
      { outputs: [[9, 5]] },
      {
        inputs: [[0, 0]],
        outputs: [
          [9, 40],
          [1, 50],
        ],
      },
    ])
    expect(back('fresh-address')).toMatchObject({ output: null, against: [0] })
  })

  it('names no change beside an output that pays back, nor while nothing was seen before', async () => {
    const beside = await votesOn(2, [
      COINS,
      { outputs: [[9, 5]] },
      {
        inputs: [[0, 0]],
        outputs: [
          [9, 40],
          [1, 50],
          [20, 5],
        ],
      },
    ])
    expect(beside('fresh-address')).toMatchObject({ output: null, against: [0] })
    const tx = world([
      {
        inputs: [{ account: 1 }],
        outputs: [
          [2, 1],
          [3, 1],
        ],
      },
    ]).transactions[0] as BitcoinTransaction
    const unknown = { ...tx, outputs: tx.outputs.map((output, k) => (k === 0 ? { ...output, account: null, script: null } : output)) }
    expect(freshAddress(unknown, NOTHING)).toMatchObject({ output: null, against: [] })
  })

  it('asks the context and nothing else', () => {
    const tx = world([
      {
        inputs: [{ account: 1 }],
        outputs: [
          [2, 1],
          [3, 1],
        ],
      },
    ]).transactions[0] as BitcoinTransaction
    expect(freshAddress(tx, { spenderOf: () => null, seenBefore: (account) => account === 3 })).toMatchObject({ output: 0, against: [1] })
  })
})

describe('round value', () => {
  const of = (...values: number[]): BitcoinTransaction =>
    world([{ inputs: [{ account: 1, value: 1_000_000_000 }], outputs: values.map((value, k) => [k + 2, value] as const) }])
      .transactions[0] as BitcoinTransaction

  it('the one output that is no multiple of a hundredth of a bitcoin is change', () => {
    expect(roundValue(of(25_000_000, 13_371_234), NOTHING)).toMatchObject({
      output: 1,
      against: [0],
      reason: 'the value of output 0 is a multiple of 10^6 satoshis',
    })
  })

  it('one satoshi beside a round value is not round', () => {
    expect(roundValue(of(25_000_001, 13_371_234), NOTHING)).toMatchObject({ output: null, against: [] })
  })

  it('says nothing where all are round', () => {
    expect(roundValue(of(25_000_000, 13_000_000), NOTHING)).toMatchObject({ output: null, against: [] })
  })

  it('counts as many digits as asked', () => {
    expect(roundValueOf(8)(of(25_000_000, 100_000_000), NOTHING)).toMatchObject({ output: 0, against: [1] })
    expect(roundValueOf(3)(of(25_001_000, 13_371_234), NOTHING)).toMatchObject({ output: 1, against: [0] })
  })
})

const NOTHING = { spenderOf: () => null, seenBefore: () => false }

describe('optimal change', () => {
  it('the one output smaller than every input is change', () => {
    const tx = world([
      {
        inputs: [
          { account: 1, value: 50 },
          { account: 2, value: 30 },
        ],
        outputs: [
          [3, 60],
          [4, 19],
        ],
      },
    ]).transactions[0]
    expect(optimalChange(tx as BitcoinTransaction)).toMatchObject({
      output: 1,
      against: [0],
      reason: 'output 1 is smaller than the smallest input of 30 satoshis',
    })
  })

  it.each([
    ['there is one input', [{ account: 1, value: 50 }], [30, 19]],
    ['the value of an input is not known', [{ account: 1, value: 50 }, { account: 2 }], [60, 19]],
    [
      'every output is smaller',
      [
        { account: 1, value: 50 },
        { account: 2, value: 40 },
      ],
      [30, 19],
    ],
    [
      'no output is smaller, not even by a satoshi',
      [
        { account: 1, value: 50 },
        { account: 2, value: 40 },
      ],
      [49, 40],
    ],
  ])('says nothing where %s', (_, inputs, [a, b]) => {
    const tx = world([
      {
        inputs,
        outputs: [
          [3, a as number],
          [4, b as number],
        ],
      },
    ]).transactions[0]
    expect(optimalChange(tx as BitcoinTransaction)).toMatchObject({ output: null, against: [] })
  })
})

describe('lock time and version', () => {
  const pay = (spec: Partial<TxSpec>): TxSpec => ({
    inputs: [[0, 0]],
    outputs: [
      [8, 40],
      [9, 50],
    ],
    ...spec,
  })

  it('the output whose spender alone keeps version and lock-time habit is change', async () => {
    const vote = await votesOn(1, [
      COINS,
      pay({ lockTime: 700_000, version: 2 }),
      { inputs: [[1, 0]], outputs: [[10, 39]], lockTime: 0, version: 2 },
      { inputs: [[1, 1]], outputs: [[11, 49]], lockTime: 700_123, version: 2 },
    ])
    expect(vote('lock-time')).toMatchObject({
      output: 1,
      against: [0],
      reason:
        'output 1 alone is spent with version 2, a lock time by height, as this transaction; output 0 is spent with no lock time instead of a lock time by height',
    })
  })

  it('an output that is not spent may be the change: no vote for the other, but one against what differs', async () => {
    const alike = await votesOn(1, [COINS, pay({}), { inputs: [[1, 1]], outputs: [[11, 49]] }])
    expect(alike('lock-time')).toMatchObject({ output: null, against: [] })
    const other = await votesOn(1, [COINS, pay({}), { inputs: [[1, 1]], outputs: [[11, 49]], version: 1 }])
    expect(other('lock-time')).toMatchObject({ output: null, against: [1] })
  })

  it('votes for nothing while one output is spent alike, another otherwise, and a third not at all', async () => {
    const vote = await votesOn(1, [
      COINS,
      {
        inputs: [[0, 0]],
        outputs: [
          [8, 40],
          [9, 50],
          [10, 60],
        ],
      },
      { inputs: [[1, 0]], outputs: [[11, 39]] },
      { inputs: [[1, 1]], outputs: [[12, 49]], version: 1 },
    ])
    expect(vote('lock-time')).toMatchObject({ output: null, against: [1] })
  })

  it('says nothing where every spender differs: the wallet itself may be another', async () => {
    const vote = await votesOn(1, [
      COINS,
      pay({ version: 1 }),
      { inputs: [[1, 0]], outputs: [[10, 39]], version: 2 },
      { inputs: [[1, 1]], outputs: [[11, 49]], version: 2 },
    ])
    expect(vote('lock-time')).toMatchObject({ output: null, against: [] })
  })

  it('a CoinJoin that spends an output shows nobody’s habits', async () => {
    const mix: TxSpec = {
      inputs: [[1, 1], { account: 30, value: 40 }, { account: 31, value: 40 }],
      outputs: [
        [32, 25],
        [33, 25],
        [34, 25],
      ],
      version: 1,
    }
    const vote = await votesOn(1, [COINS, pay({}), { inputs: [[1, 0]], outputs: [[10, 39]] }, mix])
    expect(vote('lock-time')).toMatchObject({ output: null, against: [] })
    const { outputs: _, ...alone } = mix
    const swept = await votesOn(1, [COINS, pay({}), { inputs: [[1, 0]], outputs: [[10, 39]] }, { ...alone, outputs: [[32, 75]] }])
    expect(swept('lock-time')).toMatchObject({ output: 0, against: [1] })
  })

  it('a lock time by time is not one by height', () => {
    const tx = world([pay({ inputs: [{ account: 1 }], lockTime: 499_999_999 })]).transactions[0] as BitcoinTransaction
    const spender = (lock: number) => ({ ...tx, lockTime: lock })
    const context = { spenderOf: (index: number) => spender(index === 0 ? 500_000_000 : 499_999_998), seenBefore: () => false }
    expect(lockTime(tx, context)).toMatchObject({ output: 1, against: [0] })
  })
})

describe('script fingerprint', () => {
  it.each([
    ['SegWit', { witness: false }],
    ['sequence numbers', { sequence: 'replaceable' as const }],
  ])('the output whose spender alone has the same %s is change', async (_, differs) => {
    const vote = await votesOn(1, [
      COINS,
      {
        inputs: [[0, 0]],
        outputs: [
          [8, 40],
          [9, 50],
        ],
      },
      { inputs: [[1, 0]], outputs: [[10, 39]], ...differs },
      { inputs: [[1, 1]], outputs: [[11, 49]] },
    ])
    expect(vote('fingerprint')).toMatchObject({ output: 1, against: [0] })
  })

  it('the spender of change spends the same script types, and an unknown type differs from none', async () => {
    const scriptOf = (account: number) => (account === 8 ? 'p2sh' : 'p2wpkh')
    const specs: TxSpec[] = [
      COINS,
      {
        inputs: [[0, 0]],
        outputs: [
          [8, 40],
          [9, 50],
        ],
      },
      { inputs: [[1, 0]], outputs: [[10, 39]] },
      { inputs: [[1, 1]], outputs: [[11, 49]] },
    ]
    expect((await votesOn(1, specs, { scriptOf }))('fingerprint')).toMatchObject({ output: 1, against: [0] })
    const blind = [...specs.slice(0, 2), { inputs: [[1, 0], {}], outputs: [[10, 39]] } as TxSpec, specs[3] as TxSpec]
    expect((await votesOn(1, blind, { scriptOf }))('fingerprint')).toMatchObject({ output: null, against: [] })
  })

  it('looks at spenders alone', () => {
    const tx = world([
      {
        inputs: [{ account: 1 }],
        outputs: [
          [2, 1],
          [3, 1],
        ],
      },
    ]).transactions[0] as BitcoinTransaction
    expect(scriptFingerprint(tx, NOTHING)).toMatchObject({ output: null, against: [] })
  })
})
