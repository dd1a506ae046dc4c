import { spendableOutputs, type TransactionShape } from '../shape.ts'
import { abstain, part } from './ballot.ts'
import type { Vote } from './rule.ts'

/**
 * Change has the script type of the inputs, where those are all of one type (BlockSci: `address_type`): a wallet makes its change addresses like its others.
 */
export function addressType(tx: TransactionShape): Vote {
  const type = tx.inputs[0]?.script ?? null
  if (type === null || tx.inputs.some(({ script }) => script !== type)) {
    return abstain('address-type', 'the inputs are not all of one known script type')
  }
  const spendable = spendableOutputs(tx)
  const same = spendable.filter((index) => tx.outputs[index]?.script === type)
  const other = spendable.filter((index) => tx.outputs[index]?.script !== type)
  return part('address-type', same, other, `of the outputs, ${list(same)} of type ${type}, as the inputs; ${list(other)} not`)
}

function list(indexes: readonly number[]): string {
  if (indexes.length === 0) return 'none is'
  return indexes.length === 1 ? `number ${indexes[0]} is` : `numbers ${indexes.join(', ')} are`
}
