import { nativeAsset, type Work } from '../chain/index.ts'
import { ABSENT, type AccountId, type Ledger, type Row, type Tx } from '../ledger/index.ts'
import type { TransferColumns } from './columns.ts'
import { type DepositFinding, type DepositRule, depositAddress, forwardsTo } from './deposit.ts'
import type { LoadedTags } from './store.ts'
import type { Entity } from './tag.ts'

/** Accounts judged at a time: bounds memory at some millions of transfers. */
const CHUNK = 2_048
/** A customer's address with more transfers than this is somebody's business, and would cost as much to read as a thousand others. */
const MAX_TRANSFERS = 5_000

/**
 * All deposit addresses of all exchanges whose wallets are tagged, in a ledger: everybody who ever sent to one of those wallets and is not tagged himself is
 * put to the rule. In order of account.
 *
 * @throws CordonError `attribution/bad-parameter`, whatever the ledger throws, and the signal's reason when stopped
 */
export async function* detectDeposits(
  ledger: Ledger,
  tags: Pick<LoadedTags, 'entityOf' | 'addresses'>,
  rule: DepositRule,
  work: Work = {},
): AsyncIterable<DepositFinding> {
  const wallets = await taggedExchanges(ledger, tags)
  const serviceOf = (account: AccountId): Entity | null => wallets.get(account) ?? null
  const native = ledger.manifest.assets.findIndex(({ id }) => id === nativeAsset(ledger.manifest.chain))

  // One bit of memory per account instead of a set: an exchange has millions of customers.
  const candidate = new Uint8Array(ledger.manifest.accounts)
  let candidates = 0
  const hot = [...wallets.keys()].sort((a, b) => a - b)
  for await (const batch of ledger.transfersOf(hot)) {
    work.signal?.throwIfAborted()
    for (let i = 0; i < batch.length; i++) {
      const from = batch.from[i] as AccountId
      if (!wallets.has(batch.to[i] as AccountId) || wallets.has(from) || candidate[from] === 1) continue
      candidate[from] = 1
      candidates++
    }
  }

  let done = 0
  let chunk: AccountId[] = []
  for (let account = 0; account < candidate.length; account++) {
    if (candidate[account] === 1) chunk.push(account)
    if (chunk.length < CHUNK && account < candidate.length - 1) continue
    if (chunk.length === 0) continue
    work.signal?.throwIfAborted()
    yield* judge(chunk)
    done += chunk.length
    work.progress?.({ phase: 'judging who forwards to exchanges', done, total: candidates, unit: 'accounts' })
    chunk = []
  }

  async function* judge(accounts: readonly AccountId[]): AsyncIterable<DepositFinding> {
    const [degrees, addresses] = await Promise.all([ledger.degrees(accounts), ledger.addresses(accounts)])
    const names = new Map<AccountId, string>()
    for (const [i, account] of accounts.entries()) {
      const address = addresses[i] as string
      if ((degrees.in[i] as number) + (degrees.out[i] as number) <= MAX_TRANSFERS && tags.entityOf(address) === null)
        names.set(account, address)
    }
    const kept = [...names.keys()]
    if (kept.length === 0) return
    const transfers = await transfersByAccount(ledger, kept)
    const forwarding = kept.filter(
      (account) => forwardsTo({ account, transfers: [transfers.get(account) as Columns], serviceOf }, rule) !== null,
    )
    const txs = [...new Set(forwarding.flatMap((account) => (transfers.get(account) as Columns).tx))].sort((a, b) => a - b)
    const blocks = new Map<Tx, number>()
    const found = await ledger.blocks(txs)
    for (const [i, tx] of txs.entries()) blocks.set(tx, found[i] as number)
    for (const account of forwarding) {
      const finding = depositAddress(
        {
          account,
          address: names.get(account) as string,
          transfers: [transfers.get(account) as Columns],
          blockOf: (tx) => blocks.get(tx) as number,
          serviceOf,
          native: native === -1 ? null : native,
          ...(ledger.manifest.blocks === null ? {} : { lastBlock: ledger.manifest.blocks.last }),
        },
        rule,
      )
      if (finding !== null) yield finding
    }
  }
}

/** The tagged wallets of exchanges that the ledger holds; tagged deposit addresses are customers' and carry nothing on. */
async function taggedExchanges(ledger: Ledger, tags: Pick<LoadedTags, 'entityOf' | 'addresses'>): Promise<Map<AccountId, Entity>> {
  const exchanges = tags.addresses().flatMap((address) => {
    const entity = tags.entityOf(address)
    return entity?.kind === 'exchange' && entity.service && entity.basis === 'tag' ? [{ address, entity }] : []
  })
  const ids = await ledger.accountIds(exchanges.map(({ address }) => address))
  const wallets = new Map<AccountId, Entity>()
  for (const [i, { entity }] of exchanges.entries()) if (ids[i] !== ABSENT) wallets.set(ids[i] as AccountId, entity)
  return wallets
}

interface Columns extends TransferColumns {
  readonly row: Row[]
  readonly tx: Tx[]
  readonly from: AccountId[]
  readonly to: AccountId[]
  readonly asset: number[]
  readonly values: bigint[]
  length: number
}

async function transfersByAccount(ledger: Ledger, accounts: readonly AccountId[]): Promise<Map<AccountId, Columns>> {
  const found = new Map<AccountId, Columns>()
  for (const account of accounts) {
    const values: bigint[] = []
    found.set(account, { length: 0, row: [], tx: [], from: [], to: [], asset: [], values, value: { get: (i) => values[i] as bigint } })
  }
  for await (const batch of ledger.transfersOf(accounts)) {
    for (let i = 0; i < batch.length; i++) {
      const from = batch.from[i] as AccountId
      const to = batch.to[i] as AccountId
      for (const account of from === to ? [from] : [from, to]) {
        const columns = found.get(account)
        if (columns === undefined) continue
        columns.row.push(batch.row[i] as Row)
        columns.tx.push(batch.tx[i] as Tx)
        columns.from.push(from)
        columns.to.push(to)
        columns.asset.push(batch.asset[i] as number)
        columns.values.push(batch.value.get(i))
        columns.length++
      }
    }
  }
  return found
}
