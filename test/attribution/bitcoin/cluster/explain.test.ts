import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clusterAccounts } from '../../../../src/attribution/bitcoin/cluster/index.ts'
import { type TxSpec, world } from '../table.ts'

const spend = (...accounts: number[]): TxSpec => ({ inputs: accounts.map((account) => ({ account, value: 10 })), outputs: [[0, 1]] })

describe('why two accounts are in one cluster', () => {
  it('is the shortest way by the transactions that first connected them', async () => {
    const clusters = await clusterAccounts(world([spend(1, 2), spend(2, 3), spend(3, 4), spend(2, 4), spend(1, 4)]).table)
    expect(await clusters.explain(1, 4)).toEqual([
      { tx: 0, from: 1, to: 2, by: 'multi-input' },
      { tx: 1, from: 2, to: 3, by: 'multi-input' },
      { tx: 2, from: 3, to: 4, by: 'multi-input' },
    ])
    expect(await clusters.explain(4, 3)).toEqual([{ tx: 2, from: 4, to: 3, by: 'multi-input' }])
    expect(await clusters.explain(2, 2)).toEqual([])
  })

  it('is nothing where they are in two', async () => {
    const clusters = await clusterAccounts(world([spend(1, 2), spend(3, 4)]).table)
    expect(await clusters.explain(1, 3)).toBeNull()
    await expect(clusters.explain(1, 9)).rejects.toMatchObject({ code: 'attribution/unknown-account' })
  })

  it('is never a transaction that was left out', async () => {
    const entities = new Map([
      [1, 'a'],
      [5, 'b'],
    ])
    // Transactions 0 (collaborative) and 2 (conflict) tie 1 to 2 as well; only 1 and 3 count.
    const specs = [spend(1, 2), spend(1, 3), spend(1, 2, 5), spend(3, 2)]
    const clusters = await clusterAccounts(world(specs).table, { entities, collaborative: (_, run, k) => run.firstTx + k === 0 })
    expect((await clusters.explain(1, 2))?.map(({ tx }) => tx)).toEqual([1, 3])
    expect(await clusters.evidenceOf(1)).toEqual({ jointSpends: 2, changeLinks: 0, firstTx: 1, lastTx: 3 })
  })

  it('counts each joint spend once, and none for an account alone', async () => {
    const clusters = await clusterAccounts(world([spend(1, 2), spend(1, 1), spend(2, 1), spend(3)]).table)
    expect(await clusters.evidenceOf(1)).toEqual({ jointSpends: 2, changeLinks: 0, firstTx: 0, lastTx: 2 })
    expect(await clusters.evidenceOf(3)).toEqual({ jointSpends: 0, changeLinks: 0, firstTx: null, lastTx: null })
  })

  it('on any chain leads from one to the other by transactions that spend from both ends of each step', async () => {
    const spends = fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 10 })
    await fc.assert(
      fc.asyncProperty(spends, fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }), async (chain, a, b) => {
        const clusters = await clusterAccounts(
          world(
            chain.map((accounts) => spend(...accounts)),
            { accounts: 10 },
          ).table,
        )
        const steps = await clusters.explain(a, b)
        expect(steps === null).toBe(clusters.clusterOf(a) !== clusters.clusterOf(b))
        let at = a
        for (const { tx, from, to } of steps ?? []) {
          expect(from).toBe(at)
          expect(chain[tx]).toEqual(expect.arrayContaining([from, to]))
          at = to
        }
        if (steps !== null) expect(at).toBe(b)
      }),
    )
  })
})
