import { CordonError } from '../../chain/index.ts'
import { formatTime, parseTime } from '../../trace/index.ts'
import type { ExposureParameters } from './document.ts'

/**
 * Haircut by default: it divides what an account holds among all that it received, in proportion. So shares of sources add up to the whole, do not hang on the order of receipts (which the sender of a deposit can choose), and going
 * back from the wallet gives each source exactly what haircut would have carried from it to the wallet. FIFO and LIFO put the whole weight on single receipts; poison would count every unit of every source in full, and is no share.
 */
export const DEFAULT_EXPOSURE: ExposureParameters = {
  policy: 'haircut',
  maxHops: 5,
  maxAccounts: 2_000,
  since: null,
  asOf: null,
  hubTransfers: 5_000,
  maxTransfers: 100_000,
  // A hundredth of a percent of what reached a wallet tells nothing of it, and following it costs most of the accounts.
  minPart: '1/10000',
  maxAssets: 5,
}

/** On a chain of outputs every payment makes a hop of the change too. */
const MOST_HOPS_OF_OUTPUTS = 20

const POLICIES: readonly string[] = ['haircut', 'fifo', 'lifo', 'tiho']

/** @throws CordonError `screen/bad-parameter` with the field and what would be right */
export function exposureParameters(
  given: Partial<ExposureParameters> = {},
  chain: 'accounts' | 'outputs' = 'accounts',
): ExposureParameters {
  const merged = { ...DEFAULT_EXPOSURE, ...(chain === 'outputs' ? { maxHops: MOST_HOPS_OF_OUTPUTS } : {}), ...given }
  for (const field of Object.keys(given))
    if (!Object.hasOwn(DEFAULT_EXPOSURE, field))
      throw bad(field, 'is not a parameter of exposure', `Known are ${Object.keys(DEFAULT_EXPOSURE).join(', ')}.`)
  if (!POLICIES.includes(merged.policy)) throw bad('policy', `is "${merged.policy}"`, `Choose one of ${POLICIES.join(', ')}.`)
  for (const field of ['maxHops', 'maxAccounts', 'hubTransfers', 'maxTransfers', 'maxAssets'] as const)
    if (!Number.isSafeInteger(merged[field]) || merged[field] < 1)
      throw bad(field, `is ${merged[field]}`, 'Give a whole number of at least 1.')
  if (merged.maxHops < 2) throw bad('maxHops', 'is 1', 'Give 2 or more: direct dealings are listed in any case.')
  leastOf(merged.minPart, 0n)
  const time = (field: 'since' | 'asOf'): string | null => {
    const text = merged[field]
    return text === null ? null : formatTime(parseTime(field, text))
  }
  return { ...merged, since: time('since'), asOf: time('asOf') }
}

/** Base units below which value is not followed: a part of a total, rounded down. Throws `screen/bad-parameter`. */
export function leastOf(minPart: string, total: bigint): bigint {
  const [, num, den] = /^(\d{1,30})\/([1-9]\d{0,29})$/.exec(minPart) ?? []
  if (num === undefined || den === undefined || BigInt(num) > BigInt(den))
    throw bad('minPart', `is "${minPart}"`, 'Write a fraction such as 1/10000, or 0/1 to follow everything.')
  return (total * BigInt(num)) / BigInt(den)
}

function bad(field: string, what: string, remedy: string): CordonError {
  return new CordonError('screen/bad-parameter', `parameter ${field} ${what}`, { place: { field }, remedy })
}
