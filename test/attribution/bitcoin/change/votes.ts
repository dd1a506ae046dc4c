import { CHANGE_RULES, changeContext, type Vote } from '../../../../src/attribution/bitcoin/change/index.ts'
import type { BitcoinTransaction } from '../../../../src/ledger/index.ts'
import { type TxSpec, type WorldOptions, world } from '../table.ts'

export const COINS: TxSpec = {
  outputs: [
    [1, 100_000_000],
    [2, 50_000_000],
    [3, 20_000_000],
  ],
}

/** The transaction under test is number `at`; gives all the votes on it. */
export async function votesOn(
  at: number,
  specs: readonly TxSpec[],
  options?: WorldOptions,
): Promise<(rule: keyof typeof CHANGE_RULES) => Vote> {
  const { transactions, ledger } = world(specs, options)
  const tx = transactions[at] as BitcoinTransaction
  const context = await changeContext(ledger, tx)
  return (rule) => CHANGE_RULES[rule](tx, context)
}

/** A context in which nothing is spent and nothing was seen before. */
export const NOTHING = { spenderOf: () => null, seenBefore: () => false }
