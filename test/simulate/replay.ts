import { baseUnits, type TransferColumns, transfersOf, type World } from '../../src/simulate/index.ts'

export interface Transfer {
  readonly block: number
  readonly logIndex: number
  readonly transaction: number
  readonly from: string
  readonly to: string
  readonly asset: number
  readonly value: bigint
}

/** A world's transfers as objects with exact values. */
export function readAll(w: World): Transfer[] {
  return [...transfersOf(w)].flatMap((batch) => Array.from({ length: batch.length }, (_, i) => transferAt(w, batch, i)))
}

function transferAt(w: World, batch: TransferColumns, i: number): Transfer {
  const asset = batch.asset[i]!
  return {
    block: batch.block[i]!,
    logIndex: batch.logIndex[i]!,
    transaction: batch.transaction[i]!,
    from: w.names.account(batch.from[i]!),
    to: w.names.account(batch.to[i]!),
    asset,
    value: baseUnits(w.assets[asset]!, batch.hi[i]!, batch.lo[i]!),
  }
}

export const NULL_ADDRESS = `0x${'0'.repeat(40)}`
