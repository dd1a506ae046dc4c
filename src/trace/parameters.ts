import { CordonError } from '../chain/index.ts'
import type { BitcoinParameters, TraceParameters } from './document.ts'
import { parseFraction } from './fraction.ts'
import { POLICIES } from './policies/index.ts'

/** What a trace does unless told otherwise; each value is in the document of every trace. */
export const DEFAULT_PARAMETERS: TraceParameters = {
  policy: 'fifo',
  direction: 'forward',
  maxDepth: 200,
  maxAccounts: 50_000,
  until: null,
  minAmount: {},
  // An arrival with less than a thousandth of stolen value says nothing about its receiver (threshold of the published baselines).
  minShare: '1/1000',
  hubTransfers: 5_000,
  poolTransfers: 50,
  // Measured inside honest traffic: following unexplained balances beside what is stolen finds more of the truth at the same precision (docs/accuracy.md).
  opening: 'unknown',
  bounds: true,
  boundsAccounts: 5_000,
  lookAlikes: 'leave-out',
  // Victor, FC 2020: 3,200 blocks (half a day of Ethereum) and a remainder of 0.01 ether.
  deposit: { maxBlocks: 3_200, maxRemainder: '10000000000000000', minForwarded: '9/10' },
}

const BITCOIN_CHOICES: Readonly<Record<keyof BitcoinParameters, readonly string[]>> = {
  fees: ['share', 'clean-first'],
  mixing: ['stop', 'follow'],
  clusters: ['multi-input', 'none'],
}

export const DEFAULT_BITCOIN: BitcoinParameters = { fees: 'share', mixing: 'stop', clusters: 'multi-input' }

/** On a Bitcoin chain also these. Peel chains take a transaction for each hop, so a trace goes deeper. */
const BITCOIN_DEFAULTS: Partial<TraceParameters> = { maxDepth: 2_000, bitcoin: DEFAULT_BITCOIN }

/** Fill in defaults of the chain's kind and check every value. Throws `trace/bad-parameter` with the field and what would be right. */
export function completeParameters(given: Partial<TraceParameters> = {}, chain: 'accounts' | 'outputs' = 'accounts'): TraceParameters {
  const defaults = chain === 'outputs' ? { ...DEFAULT_PARAMETERS, ...BITCOIN_DEFAULTS } : DEFAULT_PARAMETERS
  const known = new Set(Object.keys(defaults))
  for (const field of Object.keys(given))
    if (!known.has(field)) throw bad(field, 'is not a parameter of a trace', `Known are ${[...known].join(', ')}.`)
  const { bitcoin } = defaults
  const merged: TraceParameters = {
    ...defaults,
    ...given,
    deposit: { ...DEFAULT_PARAMETERS.deposit, ...given.deposit },
    ...(bitcoin === undefined ? {} : { bitcoin: { ...bitcoin, ...given.bitcoin } }),
  }
  for (const [field, choices] of Object.entries(BITCOIN_CHOICES)) {
    const value = merged.bitcoin?.[field as keyof BitcoinParameters]
    if (value !== undefined && !choices.includes(value)) throw bad(`bitcoin.${field}`, `is "${value}"`, `Choose ${choices.join(' or ')}.`)
  }
  if (!Object.hasOwn(POLICIES, merged.policy))
    throw bad('policy', `has no policy "${merged.policy}"`, `Choose one of ${Object.keys(POLICIES).join(', ')}.`)
  if (merged.direction !== 'forward' && merged.direction !== 'backward')
    throw bad('direction', `is "${merged.direction}"`, 'Choose forward or backward.')
  if (merged.opening !== 'clean' && merged.opening !== 'unknown') throw bad('opening', `is "${merged.opening}"`, 'Choose clean or unknown.')
  if (merged.lookAlikes !== 'leave-out' && merged.lookAlikes !== 'keep')
    throw bad('lookAlikes', `is "${merged.lookAlikes}"`, 'Choose leave-out or keep.')
  for (const field of ['maxDepth', 'maxAccounts', 'hubTransfers', 'poolTransfers', 'boundsAccounts'] as const) {
    if (!Number.isSafeInteger(merged[field]) || merged[field] < 1)
      throw bad(field, `is ${merged[field]}`, 'Give a whole number of at least 1.')
  }
  if (!Number.isSafeInteger(merged.deposit.maxBlocks) || merged.deposit.maxBlocks < 0)
    throw bad('deposit.maxBlocks', `is ${merged.deposit.maxBlocks}`, 'Give a whole number of blocks.')
  parseFraction(merged.minShare)
  parseFraction(merged.deposit.minForwarded)
  parseAmount('deposit.maxRemainder', merged.deposit.maxRemainder)
  for (const [asset, amount] of Object.entries(merged.minAmount)) parseAmount(`minAmount ${asset}`, amount)
  // One spelling of a time, so that equal parameters are equal bytes.
  return merged.until === null ? merged : { ...merged, until: formatTime(parseTime('until', merged.until)) }
}

/** A whole number of base units, 0 to 2^256-1. Throws `trace/bad-parameter`. */
export function parseAmount(field: string, text: string): bigint {
  if (!/^\d{1,78}$/.test(text)) throw bad(field, `is "${text}"`, 'Give a whole number of base units.')
  const amount = BigInt(text)
  if (amount >= 1n << 256n) throw bad(field, 'is 2^256 or more', 'No account can hold that much.')
  return amount
}

/** Seconds since 1970 of an ISO 8601 time in UTC (`2023-06-02T21:49:23Z`, or a date alone). Throws `trace/bad-parameter`. */
export function parseTime(field: string, text: string): number {
  const iso = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?Z?)?$/.test(text)
  const seconds = iso
    ? Date.parse(text.length === 10 ? `${text}T00:00:00Z` : `${text.replace(' ', 'T').replace(/Z$/, '')}Z`) / 1000
    : Number.NaN
  if (!Number.isInteger(seconds)) throw bad(field, `"${text}" is not a time`, 'Write it in UTC as 2023-06-02T21:49:23Z.')
  return seconds
}

/** ISO 8601 in UTC to the second. */
export function formatTime(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`
}

function bad(field: string, what: string, remedy: string): CordonError {
  return new CordonError('trace/bad-parameter', `parameter ${field} ${what}`, { place: { field }, remedy })
}
