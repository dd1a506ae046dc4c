import { spendableOutputs, type TransactionShape } from '../shape.ts'
import type { ChangeContext, Vote } from './rule.ts'

/**
 * Wallets make a new address for each change, so that an output to an account which was paid before is a payment (BlockSci: `client_change_address_behavior`;
 * "shadow addresses" of Androulaki, Karame, Roeschlin, Scherer, Capkun, "Evaluating User Privacy in Bitcoin", 2013; one-time change addresses of Meiklejohn
 * et al., "A Fistful of Bitcoins", 2013). Names the change where one output alone is to a new account. Outputs that pay back to the inputs are left to the
 * rule on address reuse.
 *
 * A ledger that begins in the middle of the chain takes accounts for new that are not.
 */
export function freshAddress(tx: TransactionShape, context: ChangeContext): Vote {
  const inputs = new Set(tx.inputs.map(({ account }) => account))
  const fresh: number[] = []
  const seen: number[] = []
  let own = 0
  for (const index of spendableOutputs(tx)) {
    const account = tx.outputs[index]?.account ?? null
    if (account === null) continue
    if (inputs.has(account)) own++
    else if (context.seenBefore(account)) seen.push(index)
    else fresh.push(index)
  }
  const single = fresh.length === 1 && own === 0 && seen.length > 0 ? (fresh[0] as number) : null
  const reason =
    seen.length === 0
      ? 'no output is to an address that was paid before'
      : `${seen.length === 1 ? 'output' : 'outputs'} ${seen.join(', ')} ${seen.length === 1 ? 'is' : 'are'} to an address that was paid before${single === null ? '' : `; output ${single} alone is to a new one`}`
  return { rule: 'fresh-address', output: single, against: seen, certain: false, reason }
}
