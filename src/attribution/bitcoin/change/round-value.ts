import { spendableOutputs, type TransactionShape } from '../shape.ts'
import { part } from './ballot.ts'
import type { ChangeRule, Vote } from './rule.ts'

/** Multiples of 10^6 satoshis, 0.01 bitcoin: the default of BlockSci. */
export const ROUND_DIGITS = 6

/**
 * People pay round amounts; what is left over is round by chance alone (BlockSci: `power_of_ten_value`). An output whose value is a multiple of 10^digits
 * satoshis is a payment.
 */
export function roundValueOf(digits: number): ChangeRule {
  const unit = 10n ** BigInt(digits)
  return (tx: TransactionShape): Vote => {
    const round: number[] = []
    const other: number[] = []
    for (const index of spendableOutputs(tx)) {
      const value = tx.outputs[index]?.value ?? null
      if (value !== null && value % unit === 0n) round.push(index)
      else other.push(index)
    }
    const words = round.length === 0 ? 'no value is' : `the value of output ${round.join(', ')} is`
    return part('round-value', other, round, `${words} a multiple of 10^${digits} satoshis`)
  }
}

export const roundValue: ChangeRule = roundValueOf(ROUND_DIGITS)
