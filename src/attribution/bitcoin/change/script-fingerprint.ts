import type { TransactionShape } from '../shape.ts'
import { partBySpender } from './ballot.ts'
import type { ChangeContext, Vote } from './rule.ts'

/**
 * The spender of change is made like this transaction: with or without SegWit, the same sequence numbers, inputs of the same script types (Kappos et al. 2022).
 * Not independent of the rule on address types, for an output of another type is spent as another type; nor of that on lock time, which looks at the same
 * spender: an owner who changes wallets misleads both.
 */
export function scriptFingerprint(tx: TransactionShape, context: ChangeContext): Vote {
  return partBySpender('fingerprint', tx, context, ['witness', 'sequence', 'inputScripts'])
}
