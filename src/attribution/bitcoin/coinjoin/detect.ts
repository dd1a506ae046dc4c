import type { BitcoinTransaction } from '../../../ledger/index.ts'
import type { CoinJoin, KnownAccounts } from './coinjoin.ts'
import { joinMarketShape } from './joinmarket.ts'
import { shapeOf } from './shape.ts'
import { detectWasabi1 } from './wasabi1.ts'
import { detectWasabi2 } from './wasabi2.ts'
import { detectWhirlpool } from './whirlpool.ts'
import { detectWhirlpoolTx0 } from './whirlpool-tx0.ts'

/**
 * The first family that explains a transaction, in the order of {@link COINJOIN_FAMILIES}; null when none does. Version, lock time and sequence numbers play no part, so that sources without
 * them serve as well.
 */
export function detectCoinJoin(tx: BitcoinTransaction, known: KnownAccounts = {}): CoinJoin | null {
  const shape = shapeOf(tx)
  if (shape === null) return null
  return (
    detectWhirlpool(tx, shape) ??
    detectWhirlpoolTx0(tx, shape) ??
    detectWasabi1(tx, shape, known) ??
    detectWasabi2(tx, shape) ??
    joinMarketShape(tx, shape)
  )
}
