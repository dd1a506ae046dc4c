import { spendableOutputs, type TransactionShape } from '../shape.ts'
import { abstain, part } from './ballot.ts'
import type { Vote } from './rule.ts'

/**
 * No input is spent without need: had the change been as large as the smallest input, that input could have been left out. An output smaller than every input
 * may be change, the others are payments (BlockSci: `optimal_change`; the unnecessary input heuristic). Says nothing of one input, which every output is smaller
 * than, nor where the value of an input is not known. Consolidating wallets break it.
 */
export function optimalChange(tx: TransactionShape): Vote {
  if (tx.inputs.length < 2) return abstain('optimal-change', 'there is one input only')
  let smallest: bigint | null = null
  for (const { value } of tx.inputs) {
    if (value === null) return abstain('optimal-change', 'the value of an input is not known')
    if (smallest === null || value < smallest) smallest = value
  }
  const least = smallest as bigint
  const below: number[] = []
  const others: number[] = []
  for (const index of spendableOutputs(tx)) ((tx.outputs[index]?.value ?? least) < least ? below : others).push(index)
  const words = below.length === 0 ? 'no output is' : `output ${below.join(', ')} is`
  return part('optimal-change', below, others, `${words} smaller than the smallest input of ${least} satoshis`)
}
