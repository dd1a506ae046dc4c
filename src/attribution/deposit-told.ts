import type { Asset } from '../chain/index.ts'
import type { DepositFinding } from './deposit.ts'

/** A deposit address without the numbers of the ledger in which it was found, as people and files are told of it. Amounts are base units of their asset. `assets`: of that ledger's manifest, by number. */
export function toldDeposit({ address, exchange, entity, assets: moved }: DepositFinding, assets: readonly Pick<Asset, 'id'>[]) {
  return {
    address,
    exchange: exchange.id,
    label: exchange.label,
    contact: exchange.contact,
    confidence: entity.confidence,
    evidence: entity.evidence,
    assets: moved.map(({ asset, ...rest }) => ({ asset: assets[asset]?.id ?? null, ...rest })),
  }
}
