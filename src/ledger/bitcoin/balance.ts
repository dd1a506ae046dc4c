import type { AccountId, TransferBatch } from '../ledger.ts'

/** What an account holds after transfers, in base units: what came in less what went out. Fees are no transfers; `Ledger.fees` has them. */
export async function balanceAfter(account: AccountId, transfers: AsyncIterable<TransferBatch>): Promise<bigint> {
  let balance = 0n
  for await (const { from, to, value, length } of transfers) {
    for (let i = 0; i < length; i++) {
      if (to[i] === account) balance += value.get(i)
      if (from[i] === account) balance -= value.get(i)
    }
  }
  return balance
}
