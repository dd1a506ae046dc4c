import { ABSENT, type AccountId, type Ledger, type RowWindow, type TransferBatch } from '../../ledger/index.ts'
import { formatTime } from '../../trace/index.ts'
import { type AccountName, parseAccount } from './account.ts'
import type { EntityRef, MovementEvent } from './event.ts'

export type MovementQuestion = {
  /** Accounts of any chain; those of other chains than the ledger's, and those that it does not hold, have no movements here. */
  readonly accounts: readonly AccountName[]
  /** Rows that were not looked at before, such as those of the last import. */
  readonly window: RowWindow
  /** Who is behind an address of the chain. */
  readonly entityOf: (address: string) => EntityRef | null
  /** Stands in for the time where the ledger has none, ISO 8601 UTC. */
  readonly seenAt: string
}

/**
 * Every transfer of the window that has one of the accounts as sender or receiver, in chain order, as one event for each of these accounts that takes part. Transfers of nothing are there too, and no rule holds for them.
 * An event's id is made of chain, transaction, the transfer's place in it, account and direction: the same in any ledger that orders the transaction alike.
 *
 * @throws CordonError `alerts/account`
 */
export async function* movements(ledger: Ledger, { accounts, window, entityOf, seenAt }: MovementQuestion): AsyncGenerator<MovementEvent> {
  const { chain, assets } = ledger.manifest
  const addresses = [...new Set(accounts.map(parseAccount).flatMap((each) => (each.chain === chain ? [each.address] : [])))]
  const ids = Array.from(await ledger.accountIds(addresses)).filter((id) => id !== ABSENT)
  const watched = new Set<AccountId>(ids)
  for await (const batch of ledger.transfersOf(ids, window)) {
    const names = await namesOf(ledger, batch)
    const transactions = await transactionsOf(ledger, batch)
    for (let i = 0; i < batch.length; i++) {
      const [from, to] = [batch.from[i] as AccountId, batch.to[i] as AccountId]
      const transaction = transactions.get(batch.tx[i] as number)
      const asset = assets[batch.asset[i] as number]
      if (transaction === undefined || asset === undefined) continue
      const event = (own: AccountId, other: AccountId, direction: MovementEvent['direction']): MovementEvent => {
        const [ownAddress, otherAddress] = [names.get(own) as string, names.get(other) as string]
        const account = `${chain}:${ownAddress}`
        return {
          kind: 'movement',
          id: `movement:${chain}:${transaction.hash}:${(batch.row[i] as number) - transaction.firstRow}:${ownAddress}:${direction}`,
          at: transaction.time === null ? seenAt : formatTime(transaction.time),
          timed: transaction.time !== null,
          chain,
          transaction: transaction.hash,
          account,
          entity: entityOf(ownAddress),
          direction,
          counterparty: { account: `${chain}:${otherAddress}`, entity: entityOf(otherAddress) },
          asset: asset.id,
          amount: batch.value.get(i).toString(),
        }
      }
      if (from === to) yield event(from, to, 'self')
      else {
        if (watched.has(from)) yield event(from, to, 'out')
        if (watched.has(to)) yield event(to, from, 'in')
      }
    }
  }
}

async function namesOf(ledger: Ledger, { from, to }: TransferBatch): Promise<ReadonlyMap<AccountId, string>> {
  const ids = [...new Set([...Array.from(from), ...Array.from(to)])]
  const names = await ledger.addresses(ids)
  return new Map(ids.map((id, i) => [id, names[i] as string]))
}

async function transactionsOf(ledger: Ledger, { tx }: TransferBatch) {
  const ids = [...new Set(Array.from(tx))]
  return new Map((await ledger.transactions(ids)).map((transaction) => [transaction.tx, transaction]))
}
