import { differences, type Fingerprint, fingerprintOf, type Trait, traitInWords } from '../fingerprint.ts'
import { spendableOutputs, type TransactionShape } from '../shape.ts'
import type { ChangeContext, ChangeRuleName, Vote } from './rule.ts'

/** The vote of a rule that cannot tell. */
export function abstain(rule: ChangeRuleName, reason: string): Vote {
  return { rule, output: null, against: [], certain: false, reason }
}

/**
 * The vote of a rule that parts outputs into those which may be change and those which may not (BlockSci's candidates). It tells something only where both
 * exist; it names one where a single candidate is left.
 */
export function part(rule: ChangeRuleName, candidates: readonly number[], others: readonly number[], reason: string): Vote {
  if (candidates.length === 0 || others.length === 0) return abstain(rule, reason)
  return { rule, output: candidates.length === 1 ? (candidates[0] as number) : null, against: others, certain: false, reason }
}

/**
 * The vote of a rule that compares the spenders of the outputs with the transaction: an owner keeps the wallet, so that change is spent in the same manner.
 * An output that is not spent yet, or by several parties, may be either. Where no spender is alike, the wallet may have changed, and nothing is told.
 */
export function partBySpender(rule: ChangeRuleName, tx: TransactionShape, context: ChangeContext, traits: readonly Trait[]): Vote {
  const own = fingerprintOf(tx)
  const alike: number[] = []
  const other: number[] = []
  const open: number[] = []
  const words: string[] = []
  for (const index of spendableOutputs(tx)) {
    const spender = context.spenderOf(index)
    if (spender === null) {
      open.push(index)
      continue
    }
    const theirs = fingerprintOf(spender)
    const differing = differences(own, theirs, traits)
    if (differing.length === 0) alike.push(index)
    else {
      other.push(index)
      words.push(`output ${index} is spent with ${inWords(theirs, differing)} instead of ${inWords(own, differing)}`)
    }
  }
  if (alike.length === 0 && open.length === 0) return abstain(rule, 'no output is spent in the manner of this transaction')
  if (other.length === 0) return abstain(rule, 'no output is spent in a manner different from this transaction')
  const single = alike.length === 1 && open.length === 0 ? (alike[0] as number) : null
  const found =
    single === null
      ? open.length === 0
        ? `outputs ${alike.join(', ')} are spent alike`
        : `of output ${open.join(', ')} there is no spender to compare`
      : `output ${single} alone is spent with ${inWords(own, traits)}, as this transaction`
  return { rule, output: single, against: other, certain: false, reason: `${found}; ${words.join('; ')}` }
}

function inWords(fingerprint: Fingerprint, traits: readonly Trait[]): string {
  return traits.map((trait) => traitInWords(fingerprint, trait)).join(', ')
}
