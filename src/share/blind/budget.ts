import { CordonError } from '../../chain/index.ts'

/** What one organisation (at the desk) or one partner node (in exchanges) may ask. */
export type Budget = {
  /** Accounts per UTC day. */
  readonly perDay: number
}

/** What was asked on the last day on which something was. Kept per asker. */
export type Spent = {
  /** UTC, YYYY-MM-DD. */
  readonly day: string
  readonly accounts: number
}

/**
 * Counts accounts that are about to be asked about; call it before anything is evaluated, and keep what it gives in the same transaction. Accounts whose token the asker has already are not to be counted:
 * they tell nothing new. Over midnight an asker can spend two days' budgets in a row, and no more.
 *
 * @param spent null before the first
 * @param accounts 1 or more
 * @param now UTC, ISO 8601
 * @throws CordonError `blind/budget` where the day's budget does not reach: then nothing is counted, and nothing may be answered
 */
export function spend(budget: Budget, spent: Spent | null, accounts: number, now: string): Spent {
  if (!Number.isSafeInteger(accounts) || accounts < 1) {
    throw new CordonError('blind/bad-message', `Accounts are counted in whole numbers, not ${accounts}.`, {
      remedy: 'Ask about one account or more.',
    })
  }
  const today = dayOf(now)
  // A clock that was set back does not give the day's budget a second time.
  const day = spent !== null && spent.day > today ? spent.day : today
  const before = spent?.day === day ? spent.accounts : 0
  if (before + accounts > budget.perDay) {
    throw new CordonError(
      'blind/budget',
      `${accounts} more accounts would exceed the ${budget.perDay} of a day; ${budget.perDay - before} are left.`,
      {
        remedy: `Ask about fewer, or again after ${day}, 24:00 UTC. For a case with more accounts, ask the desk to raise the budget.`,
      },
    )
  }
  return { day, accounts: before + accounts }
}

/**
 * Refuses accounts that are in none of the asker's own cases: the desk is not asked about what one does not work on.
 *
 * @param accounts in their one spelling (`blindItems`)
 * @param own accounts of the asker's cases, in the same spelling
 * @throws CordonError `blind/not-yours`, saying how many
 */
export function onlyOwn(accounts: readonly string[], own: ReadonlySet<string>): void {
  const foreign = accounts.filter((account) => !own.has(account)).length
  if (foreign === 0) return
  throw new CordonError('blind/not-yours', `${foreign} of the ${accounts.length} accounts are in none of your cases.`, {
    remedy: 'Put them into a case first, with what makes you work on them.',
  })
}

function dayOf(now: string): string {
  const [day] = /^\d{4}-\d{2}-\d{2}(?=T)/.exec(now) ?? []
  if (day === undefined || Number.isNaN(Date.parse(now)) || !now.endsWith('Z')) {
    throw new CordonError('blind/bad-time', 'The time of a question must be UTC in ISO 8601.', {
      remedy: 'Give the time as 2026-01-31T12:00:00.000Z.',
    })
  }
  return day
}
