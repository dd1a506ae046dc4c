import { spendableOutputs, type TransactionShape } from '../shape.ts'
import type { ChangeContext, ChangeRule, Vote } from './rule.ts'
import { CHANGE_RULES } from './rules.ts'

export interface ChangeOptions {
  /** All of {@link CHANGE_RULES} unless stated. */
  readonly rules?: readonly ChangeRule[]
  /** Votes that an output needs, {@link MIN_VOTES} unless stated. */
  readonly minVotes?: number
}

/** One rule alone is too often wrong to join owners by (BlockSci's documentation warns of it; Meiklejohn et al. 2013 saw one join Mt. Gox and Silk Road). */
export const MIN_VOTES = 2

/** What the votes came to. */
export interface ChangeDecision {
  /** Index of the change, null where the votes do not single one out. */
  readonly output: number | null
  readonly votes: readonly Vote[]
  /** Votes for and against each output of the transaction. */
  readonly for: readonly number[]
  readonly against: readonly number[]
  /** Why this output, or why none. */
  readonly reason: string
}

/**
 * Change by stated votes and nothing else: the one output with at least `minVotes` votes and none against it. A certain vote (an output that pays back to the
 * inputs) decides alone. Two outputs that both qualify, or none, give null.
 *
 * Ask it of transactions of one owner only: in a CoinJoin the change of one is not the change of another.
 */
export function voteChange(tx: TransactionShape, context: ChangeContext, options: ChangeOptions = {}): ChangeDecision {
  const minVotes = options.minVotes ?? MIN_VOTES
  const inFavour = new Array<number>(tx.outputs.length).fill(0)
  const against = new Array<number>(tx.outputs.length).fill(0)
  const nothing = (reason: string): ChangeDecision => ({ output: null, votes: [], for: inFavour, against, reason })
  if (tx.coinbase) return nothing('a coinbase has no owner before it')
  const spendable = spendableOutputs(tx)
  if (spendable.length < 2) return nothing('there is one output only: it is a payment or the whole is moved')

  const votes = (options.rules ?? Object.values(CHANGE_RULES)).map((rule) => rule(tx, context))
  for (const vote of votes) {
    if (vote.output !== null) inFavour[vote.output] = (inFavour[vote.output] as number) + 1
    for (const index of vote.against) against[index] = (against[index] as number) + 1
  }
  const decided = (output: number | null, reason: string): ChangeDecision => ({ output, votes, for: inFavour, against, reason })

  const certain = [...new Set(votes.flatMap(({ certain, output }) => (certain && output !== null ? [output] : [])))]
  if (certain.length === 1) return decided(certain[0] as number, (votes.find((vote) => vote.certain) as Vote).reason)
  if (certain.length > 1) return decided(null, `outputs ${certain.join(', ')} are both certain`)
  const fit = spendable.filter((index) => (inFavour[index] as number) >= minVotes && against[index] === 0)
  if (fit.length === 1) return decided(fit[0] as number, `output ${fit[0]} has ${inFavour[fit[0] as number]} votes and none against`)
  if (fit.length > 1) return decided(null, `outputs ${fit.join(', ')} have ${minVotes} votes or more each`)
  const disputed = spendable.filter((index) => (inFavour[index] as number) >= minVotes)
  if (disputed.length > 0) {
    return decided(null, disputed.map((index) => `output ${index} has ${inFavour[index]} votes and ${against[index]} against`).join('; '))
  }
  const most = inFavour.reduce((a, b) => (a > b ? a : b), 0)
  return decided(null, `no output has ${minVotes} votes; the most is ${most}`)
}
