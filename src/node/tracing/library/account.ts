import { CordonError } from '../../../chain/index.ts'
import { ABSENT, type AccountId, type Ledger, type RowWindow } from '../../../ledger/index.ts'
import { parseTime } from '../../../trace/index.ts'
import { ledgerAt } from './open-ledgers.ts'
import { assetText, namedTransfers, type RawTransfer, rawTransfer, timeText } from './rows.ts'

/** From when to when: ISO times, both left out for the whole ledger. `from` is in the window, `to` is not. */
export type TimeWindow = { readonly from?: string | undefined; readonly to?: string | undefined }

/** Transfers that one answer looks at. */
const MOST_READ = 500_000

/** What an account had moved, per asset, and what it held at the end of a window. */
export async function balances({ folder, address, from, to }: { readonly folder: string; readonly address: string } & TimeWindow) {
  const ledger = await ledgerAt(folder)
  const account = await accountOf(ledger, address)
  const degrees = await ledger.degrees([account])
  const transfers = (degrees.in[0] ?? 0) + (degrees.out[0] ?? 0)
  if (transfers > MOST_READ)
    throw new CordonError(
      'ledger/too-many-transfers',
      `${address} has ${transfers} transfers, which is more than one answer reads (${MOST_READ})`,
      {
        remedy: 'It is a service: read its transfers page by page.',
      },
    )
  const window = await rowsOf(ledger, { from, to })
  const sums = new Map<number, { received: bigint; sent: bigint; transfers: number; first: number; last: number }>()
  for await (const batch of ledger.transfersOf([account], window)) {
    for (let i = 0; i < batch.length; i++) {
      const { asset, value, from: payer, to: receiver, tx } = rawTransfer(batch, i)
      const sum = sums.get(asset) ?? { received: 0n, sent: 0n, transfers: 0, first: tx, last: tx }
      if (receiver === account) sum.received += value
      if (payer === account) sum.sent += value
      sum.transfers++
      sum.last = tx
      sums.set(asset, sum)
    }
  }
  const end = window.toRow ?? ledger.manifest.transfers
  const assets = []
  for (const [asset, { received, sent, transfers: n, first, last }] of [...sums].sort(([a], [b]) => a - b)) {
    const [began, ended] = await ledger.transactions([first, last])
    assets.push({
      ...assetText(ledger.manifest.assets[asset]),
      received: received.toString(),
      sent: sent.toString(),
      transfers: n,
      balance: (await ledger.balanceAt(account, asset, end)).toString(),
      first: timeText(began?.time ?? null),
      last: timeText(ended?.time ?? null),
    })
  }
  const [fee] = await ledger.fees([account])
  return {
    account: (await ledger.addresses([account]))[0] ?? address,
    transfersIn: degrees.in[0] ?? 0,
    transfersOut: degrees.out[0] ?? 0,
    feesPaid: (fee?.amount ?? 0n).toString(),
    assets,
  }
}

/** Which transfers of an account. */
export type TransfersAsked = {
  readonly folder: string
  readonly address: string
  readonly asset?: string | undefined
  readonly direction: 'in' | 'out' | 'both'
  readonly after?: number | undefined
  readonly limit: number
} & TimeWindow

/** A page of an account's transfers in chain order. `last` is the row to go on after, also where what was asked for is rare and the page is not full; null at the end. */
export async function transfers({ folder, address, asset, direction, after, limit, from, to }: TransfersAsked) {
  const ledger = await ledgerAt(folder)
  const account = await accountOf(ledger, address)
  const wanted = asset === undefined ? null : ledger.manifest.assets.findIndex(({ id }) => id === asset)
  if (wanted === -1)
    throw new CordonError('ledger/unknown-asset', `the ledger has no asset ${asset}`, { remedy: 'Its assets are listed with it.' })
  const window = await rowsOf(ledger, { from, to })
  const found: RawTransfer[] = []
  let read = 0
  let last: number | null = null
  const first = Math.max(window.fromRow ?? 0, (after ?? -1) + 1)
  reading: for await (const batch of ledger.transfersOf([account], { ...window, fromRow: first })) {
    for (let i = 0; i < batch.length; i++) {
      const row = batch.row[i] as number
      if (found.length === limit || read === MOST_READ) break reading
      read++
      last = row
      if (wanted !== null && batch.asset[i] !== wanted) continue
      if (direction === 'in' && batch.to[i] !== account) continue
      if (direction === 'out' && batch.from[i] !== account) continue
      found.push(rawTransfer(batch, i))
    }
    if (found.length === limit) break
  }
  const ended = found.length < limit && read < MOST_READ
  return { transfers: await namedTransfers(ledger, found), last: ended ? null : last }
}

/** The account of an address. Throws `ledger/unknown-account`. */
export async function accountOf(ledger: Ledger, address: string): Promise<AccountId> {
  const [account = ABSENT] = await ledger.accountIds([address])
  if (account !== ABSENT) return account
  throw new CordonError('ledger/unknown-account', `the ledger does not hold ${address}`, {
    remedy: 'Check the spelling, and what the ledger covers.',
  })
}

/** A window of rows of a window of time. Throws `trace/bad-parameter` for what is no time. */
export async function rowsOf(ledger: Ledger, { from, to }: TimeWindow): Promise<RowWindow> {
  return {
    ...(from !== undefined && { fromRow: await ledger.rowAt({ time: parseTime('from', from) }) }),
    ...(to !== undefined && { toRow: await ledger.rowAt({ time: parseTime('to', to) }) }),
  }
}
