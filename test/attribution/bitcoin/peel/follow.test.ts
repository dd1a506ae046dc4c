import { describe, expect, it } from 'vitest'
import { followPeelChain, followPeelChainBack } from '../../../../src/attribution/bitcoin/peel/index.ts'
import { addressOf, type InputSpec, type TxSpec, txidOf, world } from '../table.ts'
import { CHAIN, follow, OTHER, OWN, path, service, tagged } from './chains.ts'

describe('a peel chain', () => {
  it('is followed hop by hop while one output alone is spent in the manner of the hop', async () => {
    const chain = await follow(CHAIN, 1)
    expect(path(chain)).toEqual([
      [1, 1],
      [3, 0],
      [5, null],
    ])
    expect(chain.stoppedBecause.code).toBe('unspent')
    expect(chain.confidence).toBe('strong')
    expect(chain.hops[0]).toMatchObject({
      txid: txidOf(1),
      block: 2,
      time: 1_700_000_600,
      value: 1_000_000n,
      fee: 1_000n,
      confidence: 'strong',
      continues: { index: 1, account: 2, address: addressOf(2), value: 909_000n, spentBy: 3 },
      peeled: [{ index: 0, account: 100, value: 90_000n, entity: null }],
      undecided: [],
    })
    expect(chain.hops[0]?.evidence).toEqual([
      'output 0 is spent otherwise: version 1 instead of version 2, no lock time instead of a lock time by height, sequence numbers "final" instead of sequence numbers "replaceable"',
      'output 1 is spent as this transaction spends: version 2, a lock time by height, SegWit, sequence numbers "replaceable", inputs of type p2wpkh',
    ])
    expect([chain.peeled, chain.fees]).toEqual([190_000n, 1_000n + 1_000n + 1_000n])
    expect(chain.hops[2]).toMatchObject({ undecided: [{ index: 0 }, { index: 1 }], peeled: [], confidence: null })
  })

  it('begins with the spender of an output, and is empty where that is not spent', async () => {
    const { ledger } = world(CHAIN)
    expect(path(await followPeelChain(ledger, { txid: txidOf(1), index: 1 }))).toEqual([
      [3, 0],
      [5, null],
    ])
    expect(await followPeelChain(ledger, { txid: txidOf(5), index: 1 })).toMatchObject({
      hops: [],
      stoppedBecause: { code: 'unspent' },
      peeled: 0n,
    })
    await expect(followPeelChain(ledger, { txid: txidOf(5), index: 7 })).rejects.toMatchObject({ code: 'ledger/unknown-outpoint' })
  })

  it('is the same chain backward, and ends where its owner was paid', async () => {
    const { ledger } = world(CHAIN)
    const back = await followPeelChainBack(ledger, 5)
    expect(back.direction).toBe('backward')
    expect(path(back)).toEqual([
      [1, 1],
      [3, 0],
      [5, null],
    ])
    expect(back.stoppedBecause).toMatchObject({ code: 'none-fits' })
    expect(path(await followPeelChainBack(ledger, { txid: txidOf(3), index: 0 }))).toEqual([
      [1, 1],
      [3, 0],
    ])
  })

  it('is not followed backward through a payment', async () => {
    const back = await followPeelChainBack(world(CHAIN).ledger, 4)
    expect(path(back)).toEqual([[4, null]])
    expect(back.stoppedBecause.code).toBe('none-fits')
  })

  it('goes on by an output that pays back to the inputs, whoever spends it', async () => {
    const specs: TxSpec[] = [
      { outputs: [[1, 100]] },
      {
        inputs: [[0, 0]],
        outputs: [
          [2, 10],
          [1, 89],
        ],
        ...OWN,
      },
      { inputs: [[1, 1]], outputs: [[3, 88]], ...OTHER },
    ]
    const chain = await follow(specs, 1)
    expect(chain.hops[0]).toMatchObject({
      continues: { index: 1 },
      confidence: 'certain',
      evidence: ['output 1 pays back to an address of the inputs'],
    })
    expect(chain.stoppedBecause.code).toBe('nothing-peeled')
  })

  it('goes on by an output to the cluster of the inputs', async () => {
    const chain = await follow(CHAIN.slice(0, 2), 1, { sameOwner: (a, b) => a <= 4 && b <= 4 })
    expect(chain.hops[0]).toMatchObject({
      continues: { index: 1 },
      confidence: 'strong',
      evidence: ['output 1 is in the cluster of the inputs'],
    })
    expect(chain.stoppedBecause).toEqual({ code: 'unspent', reason: 'the change, output 1, is not spent' })
  })

  it('is weaker where an output is not spent and may be the true change', async () => {
    const chain = await follow(
      CHAIN.filter((_, tx) => tx !== 2).map((spec) => shift(spec, 2)),
      1,
    )
    expect(chain.hops[0]).toMatchObject({ continues: { index: 1 }, confidence: 'weak' })
    expect(chain.hops[0]?.evidence[0]).toBe('output 0 is not spent: nothing to compare')
    expect(chain.confidence).toBe('weak')
  })

  it('names who was paid, and never takes a service for change', async () => {
    // Output 0, to the exchange, is spent just as the chain is; the change is not spent at all.
    const specs: TxSpec[] = [
      { outputs: [[1, 100]] },
      {
        inputs: [[0, 0]],
        outputs: [
          [2, 40],
          [3, 59],
        ],
        ...OWN,
      },
      { inputs: [[1, 0]], outputs: [[4, 39]], ...OWN },
    ]
    expect(path(await follow(specs, 1))).toEqual([
      [1, 0],
      [2, null],
    ])
    const chain = await follow(specs, 1, tagged({ 2: service('binance') }))
    expect(path(chain)).toEqual([[1, 1]])
    expect(chain.hops[0]).toMatchObject({
      confidence: 'weak',
      peeled: [{ index: 0, entity: { id: 'binance' } }],
      evidence: [
        'output 0 pays binance, a service: it is no change',
        'output 1 is not spent: nothing to compare',
        'output 1 alone can be the change',
      ],
    })
    expect(chain.peeled).toBe(40n)
    const all = await follow(specs, 1, tagged({ 2: service('binance'), 3: service('kraken') }))
    expect(all.stoppedBecause.code).toBe('service')
    expect(all.peeled).toBe(99n)
    // A service’s own peel chain is followed: its change is its own.
    expect(path(await follow(specs, 1, tagged({ 1: service('binance'), 2: service('binance') })))[0]).toEqual([1, 0])
  })
})

/** Renumber what a transaction spends after one was taken out. */
function shift(spec: TxSpec, gone: number): TxSpec {
  return {
    ...spec,
    ...(spec.inputs === undefined
      ? {}
      : { inputs: spec.inputs.map((input): InputSpec => ('length' in input && input[0] > gone ? [input[0] - 1, input[1]] : input)) }),
  }
}
