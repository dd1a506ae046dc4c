import type { TransactionShape } from '../shape.ts'
import { partBySpender } from './ballot.ts'
import type { ChangeContext, Vote } from './rule.ts'

/**
 * The spender of change has the version and the lock-time habit of this transaction: none, by height as Bitcoin Core sets it against fee sniping, or by time
 * (BlockSci: `locktime`; the version from Kappos et al. 2022).
 */
export function lockTime(tx: TransactionShape, context: ChangeContext): Vote {
  return partBySpender('lock-time', tx, context, ['version', 'lockTime'])
}
