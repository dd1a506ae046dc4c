import type { TransactionShape } from '../shape.ts'
import { abstain } from './ballot.ts'
import type { Vote } from './rule.ts'

/**
 * An output that pays back to an account which the transaction spends from is its owner's, whatever else it looks like (BlockSci: `address_reuse`). The only
 * rule whose vote is certain. Where several outputs pay back, which of them is the change cannot be told.
 */
export function addressReuse(tx: TransactionShape): Vote {
  const inputs = new Set(tx.inputs.flatMap(({ account }) => (account === null ? [] : [account])))
  const back: number[] = []
  for (const [index, { account }] of tx.outputs.entries()) if (account !== null && inputs.has(account)) back.push(index)
  if (back.length === 0) return abstain('address-reuse', 'no output pays back to an address of the inputs')
  if (back.length > 1) return abstain('address-reuse', `outputs ${back.join(', ')} all pay back to addresses of the inputs`)
  const output = back[0] as number
  return { rule: 'address-reuse', output, against: [], certain: true, reason: `output ${output} pays back to an address of the inputs` }
}
