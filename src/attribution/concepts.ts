import type { EntityKind } from './tag.ts'

/**
 * Concept names of the TagPack schema (`tagpack/db/concepts.yaml` of GraphSense, derived from the INTERPOL Dark Web and Virtual Assets taxonomy),
 * grouped by what they mean for a trace.
 */

/** Services by the kind of end point that they make; earlier kinds win where a tag names several. */
export const SERVICE_CONCEPTS: readonly (readonly [EntityKind, readonly string[]])[] = [
  ['mixer', ['mixing_service', 'mixing', 'coinjoin']],
  ['exchange', ['exchange', 'atm']],
  ['bridge', ['defi_bridge']],
  ['gambling', ['gambling']],
  ['payment', ['payment_processor']],
  ['custody', ['wallet_service', 'escrow_wallet', 'defi_custody']],
  ['defi', ['defi_dex', 'defi_dex_pair', 'defi_lending', 'defi_derivative', 'defi_derivatives', 'defi_staking', 'defi_dao', 'defi']],
  [
    'other-service',
    [
      'service',
      'market',
      'shop',
      'hosting',
      'vpn',
      'filesharing',
      'messaging_service',
      'search_engine',
      'index',
      'faucet',
      'mining_service',
      'nameservice',
    ],
  ],
]

/** What somebody did; an address known for it is passed through, never a place where money rests among other people's. */
export const ABUSE_CONCEPTS: ReadonlySet<string> = new Set([
  'abuse',
  'sexual_abuse',
  'child_sexual_abuse',
  'violence',
  'human_trafficking',
  'murder',
  'torture',
  'scam',
  'financial_crime',
  'investment_fraud',
  'ponzi_scheme',
  'pyramid_scheme',
  'money_laundering',
  'extortion',
  'sextortion',
  'phishing',
  'hacking',
  'service_hack',
  'account_hack',
  'exploit',
  'data_breach',
  'social_engineering',
  'malware',
  'drugs',
  'weapons',
  'payment_card_fraud',
  'ransomware',
  'sanction',
  'counterfeit',
  'extremism',
  'terrorism',
  'terrorism_financing',
])

/** Membership of a list: a fact about an address that says nothing of who is behind it. */
export const LIST_CONCEPTS: ReadonlySet<string> = new Set(['black_list', 'gov_black_list', 'white_list', 'gov_white_list'])

/** A token's own contract: an asset, not a wallet. */
export const TOKEN_CONCEPT = 'defi_token'

const OTHERS = [
  'concept',
  'unknown',
  'behaviour',
  'source',
  'mention',
  'website_mention',
  'forum_mention',
  'gray_usage',
  'white_usage',
  'dark_web',
  'entity',
  'organization',
  'user',
  'victim',
  'perpetrator',
  'donation',
  'ico_wallet',
  'cold_wallet',
  'hot_wallet',
  'warm_wallet',
  'deposit_wallet',
  'miner',
  'item',
  'collectible',
  'deployer',
  'funder',
]

const KIND = new Map(SERVICE_CONCEPTS.flatMap(([kind, names]) => names.map((name) => [name, kind] as const)))
const RANK = new Map(SERVICE_CONCEPTS.map(([kind], i) => [kind, i]))

export const CONCEPTS: ReadonlySet<string> = new Set([...KIND.keys(), ...ABUSE_CONCEPTS, ...LIST_CONCEPTS, TOKEN_CONCEPT, ...OTHERS])

/** The kind of service that the concepts name, or null when they name none. */
export function serviceKind(concepts: Iterable<string>): EntityKind | null {
  let best: EntityKind | null = null
  for (const concept of concepts) {
    const kind = KIND.get(concept)
    if (kind !== undefined && (best === null || (RANK.get(kind) as number) < (RANK.get(best) as number))) best = kind
  }
  return best
}
