import type { Asset } from '../../../chain/index.ts'
import type { AccountId, Ledger, TransferBatch } from '../../../ledger/index.ts'
import { formatTime } from '../../../trace/index.ts'

/** One transfer as it is answered. Amounts are base units. */
export type TransferRow = {
  readonly row: number
  readonly transaction: string
  readonly block: number
  readonly time: string | null
  readonly from: string
  readonly to: string
  readonly asset: string
  readonly symbol: string | null
  readonly decimals: number | null
  readonly value: string
}

/** A transfer as a batch has it. */
export type RawTransfer = {
  readonly row: number
  readonly tx: number
  readonly from: AccountId
  readonly to: AccountId
  readonly asset: number
  readonly value: bigint
}

export function rawTransfer(batch: TransferBatch, i: number): RawTransfer {
  return {
    row: batch.row[i] as number,
    tx: batch.tx[i] as number,
    from: batch.from[i] as AccountId,
    to: batch.to[i] as AccountId,
    asset: batch.asset[i] as number,
    value: batch.value.get(i),
  }
}

/** Names, hashes and times of transfers. */
export async function namedTransfers(ledger: Ledger, transfers: readonly RawTransfer[]): Promise<TransferRow[]> {
  const accounts = [...new Set(transfers.flatMap(({ from, to }) => [from, to]))]
  const txs = [...new Set(transfers.map(({ tx }) => tx))]
  const names = new Map((await ledger.addresses(accounts)).map((address, i) => [accounts[i] as AccountId, address]))
  const infos = new Map((await ledger.transactions(txs)).map((info) => [info.tx, info]))
  return transfers.map(({ row, tx, from, to, asset, value }) => {
    const info = infos.get(tx)
    return {
      row,
      transaction: info?.hash ?? '',
      block: info?.block ?? 0,
      time: timeText(info?.time ?? null),
      from: names.get(from) ?? '',
      to: names.get(to) ?? '',
      ...assetText(ledger.manifest.assets[asset]),
      value: value.toString(),
    }
  })
}

export function assetText(asset: Asset | undefined): {
  readonly asset: string
  readonly symbol: string | null
  readonly decimals: number | null
} {
  return { asset: asset?.id ?? '', symbol: asset?.symbol ?? null, decimals: asset?.decimals ?? null }
}

export function timeText(seconds: number | null): string | null {
  return seconds === null ? null : formatTime(seconds)
}
