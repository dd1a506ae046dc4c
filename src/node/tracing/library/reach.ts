import { CordonError, NULL_ACCOUNT } from '../../../chain/index.ts'
import type { AccountId } from '../../../ledger/index.ts'
import { parseTime, scout } from '../../../trace/index.ts'
import { accountOf } from './account.ts'
import { ledgerAt } from './open-ledgers.ts'
import { timeText } from './rows.ts'

/** What a scout is asked: from where and when, and how far. */
export type ReachAsked = {
  readonly folder: string
  readonly from: readonly { readonly address: string; readonly at?: string | undefined }[]
  readonly until?: string | undefined
  /** Accounts passed through at most. */
  readonly maxAccounts: number
  /** Transfers from which an account is not passed through. */
  readonly hubTransfers: number
  /** Accounts that are answered, of those reached first. */
  readonly limit: number
}

/**
 * Which accounts value can have reached, and when first: a superset of what any policy of a trace finds, in a fraction of its time.
 *
 * @throws CordonError `trace/cannot-scout` for ledgers that cannot be read in place; `ledger/unknown-account`
 */
export async function reach({ folder, from, until, maxAccounts, hubTransfers, limit }: ReachAsked) {
  const ledger = await ledgerAt(folder)
  const start = new Map<AccountId, number>()
  for (const { address, at } of from)
    start.set(await accountOf(ledger, address), at === undefined ? 0 : await ledger.rowAt({ time: parseTime('at', at) }))
  const [nobody] = await ledger.accountIds([NULL_ACCOUNT])
  const outgoing = ledger.outgoing
  const isHub = (account: AccountId): boolean =>
    outgoing !== undefined && outgoing(account).reduce((sum, { start: a, end }) => sum + end - a, 0) >= hubTransfers
  const found = scout(ledger, {
    from: start,
    stops: (account) => account === nobody || isHub(account),
    maxAccounts,
    ...(until !== undefined && { until: await ledger.rowAt({ time: parseTime('until', until) }) }),
  })
  if (found === null)
    throw new CordonError('trace/cannot-scout', 'this ledger cannot be read in place', {
      remedy: 'Run a trace: it finds what policies reach.',
    })
  const first = [...found.arrival].sort(([a, rowA], [b, rowB]) => rowA - rowB || a - b).slice(0, limit)
  const addresses = await ledger.addresses(first.map(([account]) => account))
  const accounts = []
  for (const [i, [account, row]] of first.entries())
    accounts.push({ account: addresses[i] as string, row, hub: isHub(account), start: start.has(account) })
  return {
    reached: found.arrival.size,
    passed: found.passed,
    transfersRead: found.transfersRead,
    limited: found.limited,
    ledgerEnds: timeText(ledger.manifest.time?.last ?? null),
    accounts,
  }
}
