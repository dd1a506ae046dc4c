import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CHANGE_RULES, type ChangeRule, type Vote, voteChange } from '../../../../src/attribution/bitcoin/change/index.ts'
import { type BitcoinTransaction, SEQUENCES } from '../../../../src/ledger/index.ts'
import { world } from '../table.ts'

const NOTHING = { spenderOf: () => null, seenBefore: () => false }
const tx = (outputs: number, data = 0): BitcoinTransaction =>
  world([
    {
      inputs: [{ account: 1, value: 1_000 }],
      outputs: [
        ...Array.from({ length: outputs }, (_, k) => [k + 2, 10] as const),
        ...Array.from({ length: data }, () => [null, 0] as const),
      ],
    },
  ]).transactions[0] as BitcoinTransaction
const says = (output: number | null, against: number[] = [], certain = false): ChangeRule => {
  const vote: Vote = { rule: 'round-value', output, against, certain, reason: 'said so' }
  return () => vote
}
const vote = (outputs: number, ...rules: ChangeRule[]) => voteChange(tx(outputs), NOTHING, { rules })

describe('change by votes', () => {
  it('is the output with two votes and none against', () => {
    expect(vote(2, says(1, [0]), says(1, [0]), says(null))).toMatchObject({
      output: 1,
      for: [0, 2],
      against: [2, 0],
      reason: 'output 1 has 2 votes and none against',
    })
  })

  it('is nobody with one vote, unless one is enough', () => {
    expect(vote(2, says(1))).toMatchObject({ output: null, reason: 'no output has 2 votes; the most is 1' })
    expect(voteChange(tx(2), NOTHING, { rules: [says(1)], minVotes: 1 }).output).toBe(1)
  })

  it('is nobody where one vote is against', () => {
    expect(vote(2, says(1), says(1), says(1), says(null, [1]))).toMatchObject({
      output: null,
      reason: 'output 1 has 3 votes and 1 against',
    })
  })

  it('is nobody where two outputs qualify', () => {
    expect(vote(3, says(0), says(0), says(1), says(1))).toMatchObject({ output: null, reason: 'outputs 0, 1 have 2 votes or more each' })
  })

  it('is decided by one certain vote, whatever is against it', () => {
    expect(vote(2, says(0, [1]), says(0, [1]), says(1, [], true))).toMatchObject({ output: 1, reason: 'said so' })
    expect(vote(2, says(0, [], true), says(1, [], true))).toMatchObject({ output: null, reason: 'outputs 0, 1 are both certain' })
  })

  it('is not asked of a coinbase, nor where one output alone can be spent', () => {
    const coinbase = world([
      {
        outputs: [
          [1, 5],
          [2, 5],
        ],
      },
    ]).transactions[0] as BitcoinTransaction
    expect(voteChange(coinbase, NOTHING, { rules: [says(1), says(1)] })).toMatchObject({ output: null, votes: [] })
    expect(voteChange(tx(1, 1), NOTHING, { rules: [says(0), says(0)] })).toMatchObject({ output: null, votes: [] })
  })

  it('comes with every rule’s vote and reason', () => {
    const { votes } = voteChange(tx(2), NOTHING)
    expect(votes.map(({ rule }) => rule)).toEqual(Object.keys(CHANGE_RULES))
    for (const { reason } of votes) expect(reason).toMatch(/\w/)
  })
})

const output = fc.tuple(fc.option(fc.integer({ min: 1, max: 12 }), { freq: 8 }), fc.constantFrom(10, 40, 1_000_000, 2_000_000, 3_141_592))
const spender = fc.record({
  version: fc.constantFrom(1, 2),
  lockTime: fc.constantFrom(0, 700_000),
  sequence: fc.constantFrom(...SEQUENCES),
})
const payment = fc.record({
  inputs: fc.array(fc.record({ account: fc.integer({ min: 1, max: 6 }), value: fc.constantFrom(20, 50, 3_000_000) }), {
    minLength: 1,
    maxLength: 4,
  }),
  outputs: fc.array(output, { minLength: 1, maxLength: 5 }),
  spenders: fc.array(fc.option(spender), { minLength: 5, maxLength: 5 }),
})

describe('on any transaction', () => {
  it('a change has its votes, is never data, and no rule votes for what it is against', () => {
    fc.assert(
      fc.property(payment, fc.func(fc.boolean()), ({ inputs, outputs, spenders }, seenBefore) => {
        const { transactions } = world([{ inputs, outputs }], { scriptOf: (account) => (account % 3 === 0 ? 'p2sh' : 'p2wpkh') })
        const it = transactions[0] as BitcoinTransaction
        const context = {
          spenderOf: (index: number) => (spenders[index] === null ? null : { ...it, ...spenders[index] }),
          seenBefore,
        }
        const decision = voteChange(it, context)
        for (const { output: voted, against } of decision.votes) {
          for (const index of voted === null ? against : [voted, ...against]) expect(it.outputs[index]?.script).not.toBe('data')
          if (voted !== null) expect(against).not.toContain(voted)
        }
        const change = decision.output
        if (change === null) return
        const certain = decision.votes.some((each) => each.certain && each.output === change)
        expect(certain || ((decision.for[change] as number) >= 2 && decision.against[change] === 0)).toBe(true)
      }),
    )
  })

  it('the order of outputs is of no matter', () => {
    fc.assert(
      fc.property(payment, ({ inputs, outputs, spenders }) => {
        const decide = (order: readonly number[]): number | null => {
          const { transactions } = world([{ inputs, outputs: order.map((k) => outputs[k] as (typeof outputs)[number]) }])
          const it = transactions[0] as BitcoinTransaction
          const spenderOf = (index: number) => {
            const given = spenders[order[index] as number] ?? null
            return given === null ? null : { ...it, ...given }
          }
          const { output: change } = voteChange(it, { spenderOf, seenBefore: (account) => account % 2 === 0 })
          return change === null ? null : (order[change] as number)
        }
        const order = outputs.map((_, k) => k)
        expect(decide([...order].reverse())).toBe(decide(order))
      }),
    )
  })
})
