import type { CoinJoinFamily, EntityKind } from '../../attribution/index.ts'
import type { NotFollowedReason, PolicyName } from '../document.ts'
import type { BoxKind } from './stages.ts'

export const FAMILY_NAMES: Readonly<Record<CoinJoinFamily, string>> = {
  whirlpool: 'Whirlpool',
  'whirlpool-tx0': 'Whirlpool Tx0',
  wasabi1: 'Wasabi 1',
  wasabi2: 'Wasabi 2',
  joinmarket: 'JoinMarket',
}

export const KIND_NAMES: Readonly<Record<EntityKind, readonly [one: string, many: string]>> = {
  exchange: ['exchange', 'exchanges'],
  mixer: ['mixer', 'mixers'],
  bridge: ['bridge', 'bridges'],
  defi: ['DeFi service', 'DeFi services'],
  gambling: ['gambling service', 'gambling services'],
  payment: ['payment service', 'payment services'],
  custody: ['custodian', 'custodians'],
  'other-service': ['other service', 'other services'],
  'unnamed-service': ['unnamed service', 'unnamed services'],
  'null-account': ['account without an owner', 'accounts without an owner'],
  miners: ['miners’ share', 'miners’ shares'],
  actor: ['named person or group', 'named persons or groups'],
}

/** Kinds of box and bar, with the colour of each in light and dark. Chosen apart in lightness too, so that they print in grey. */
export const COLOURS: Readonly<Record<BoxKind, readonly [light: string, dark: string]>> = {
  exchange: ['#1f5fbf', '#6ea8fe'],
  mixer: ['#a3217a', '#f08bd0'],
  bridge: ['#0f7c78', '#4fd0c9'],
  defi: ['#3f7d20', '#8fd16a'],
  gambling: ['#c2560c', '#ffa860'],
  payment: ['#7a6a00', '#e0cf58'],
  custody: ['#8a4b2a', '#d9a07c'],
  'other-service': ['#4a5a78', '#a5b4d0'],
  'unnamed-service': ['#6b6f76', '#aeb3bb'],
  'null-account': ['#3b3b3b', '#d0d0d0'],
  miners: ['#5c6b4a', '#b9c9a3'],
  actor: ['#5a3fb0', '#b39dff'],
  held: ['#b98200', '#f2c14e'],
  'not-followed': ['#8b8f96', '#8d929a'],
  unaccounted: ['#8b8f96', '#8d929a'],
  'swapped-out': ['#b23a48', '#ff8f9c'],
  'swapped-in': ['#b23a48', '#ff8f9c'],
  start: ['#7b1e1e', '#f28b82'],
  passing: ['#71809a', '#8b9ab5'],
}

export const POLICY_NAMES: Readonly<Record<PolicyName, string>> = {
  poison: 'poison',
  haircut: 'haircut (pro rata)',
  fifo: 'first in, first out (FIFO)',
  lifo: 'last in, first out (LIFO)',
  tiho: 'taint in, highest out (TIHO)',
}

export const POLICY_METHODS: Readonly<Record<PolicyName, string>> = {
  poison:
    'Poison: whatever leaves an account that ever took in stolen value counts as stolen in full. This overstates: amounts are a ceiling of reach and do not add up to what was stolen.',
  haircut:
    'Haircut: every payment takes stolen and other value in the proportion in which the account holds them at that moment (Möser, Böhme and Breuker, 2014). The fraction of a base unit lost to rounding stays in the account.',
  fifo: 'First in, first out: what an account received first is what it pays out first. This is the rule of Clayton’s Case (1816), which several courts apply to mixed funds; it splits nothing, and the same ledger run backward gives the same flows.',
  lifo: 'Last in, first out: what an account received last is what it pays out first, as with a stack of banknotes. It splits nothing, and the same ledger run backward gives the same flows.',
  tiho: 'Taint in, highest out: between two receipts, the stolen value that an account holds goes to its highest payments first (Tironsakkul and others, 2020).',
}

export const REASONS: Readonly<Record<NotFollowedReason, string>> = {
  depth: 'more hops from the theft than the limit',
  'account-limit': 'limit of opened accounts reached',
  'after-until': 'moved on after the time limit',
  'amount-below-minimum': 'arrived in amounts below the minimum',
  'share-below-minimum': 'stolen share of the transfer below the minimum',
  'swap-legs-unmatched': 'went into a swap whose other side could not be matched',
  'look-alike': 'went to a look-alike address',
  'values-unknown': 'went into a transaction whose inputs are not all known',
}

export const BASES = {
  tag: 'a published tag names its address',
  cluster: 'spends together with a tagged address',
  'deposit-address': 'forwards to a tagged wallet of the service, as deposit addresses do',
  behaviour: 'behaves like a service; nobody has named it',
} as const

/** Confidence on the TagPack scale of 0 to 100, in words. */
export function confidenceWords(confidence: number): string {
  return confidence >= 80 ? 'strong' : confidence >= 50 ? 'moderate' : 'weak'
}

export function kindCount(kind: EntityKind, count: number): string {
  return `${count} ${KIND_NAMES[kind][count === 1 ? 0 : 1]}`
}

/** `2023-01-13T20:34:11Z` as `2023-01-13 20:34:11`; times are UTC throughout a report, which says so. */
export function shownTime(time: string | null): string {
  return time === null ? '–' : time.replace('T', ' ').replace('Z', '')
}
