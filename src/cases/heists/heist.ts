import type { ChainId } from '../../chain/index.ts'
import type { When } from './when.ts'

/** Who stands behind a claim: a government body, a court filing, the United Nations Panel of Experts, a private analyst, the victim, or a newspaper on its own. */
export const ATTRIBUTION_KINDS = ['government', 'court', 'un-panel', 'analyst', 'victim', 'press'] as const
export type AttributionKind = (typeof ATTRIBUTION_KINDS)[number]

/**
 * How a source puts it. `confirmed`: as a fact. `alleged`: in an indictment or complaint that no court has decided. `assessed`: concluded from evidence.
 * `suspected`: only that it may be so.
 */
export const CONFIDENCES = ['confirmed', 'alleged', 'assessed', 'suspected'] as const
export type Confidence = (typeof CONFIDENCES)[number]

/** How a source qualifies a figure. */
export const QUALIFIERS = ['exactly', 'about', 'at least', 'nearly', 'up to'] as const
export type Qualifier = (typeof QUALIFIERS)[number]

/**
 * What became of the money. `laundered`: reached a cash-out. `mixed`: went through a mixer or a bridge, and no cash-out is shown. `frozen`: held by someone who
 * lets nobody have it. `recovered`: back with the victim. `held`: still with the thief.
 */
export const OUTCOME_STATES = ['laundered', 'mixed', 'frozen', 'recovered', 'held'] as const
export type OutcomeState = (typeof OUTCOME_STATES)[number]

export const VICTIM_KINDS = [
  'exchange',
  'bridge',
  'protocol',
  'payments',
  'wallet',
  'casino',
  'marketplace',
  'fund',
  'individual',
  'other',
] as const
export type VictimKind = (typeof VICTIM_KINDS)[number]

/** `received`: took the stolen value from the victim. `held`: kept it later. `laundering`: passed it on. */
export const ADDRESS_ROLES = ['received', 'held', 'laundering'] as const
export type AddressRole = (typeof ADDRESS_ROLES)[number]

export const DISPUTE_SUBJECTS = ['attribution', 'amount', 'date', 'victim'] as const
export type DisputeSubject = (typeof DISPUTE_SUBJECTS)[number]

/** `page`: the page itself was read. `stored copy`: all of a stored copy of it. `stored excerpt`: a part of a stored copy. `recalled`: nothing was read; from memory. */
export const READINGS = ['page', 'stored copy', 'stored excerpt', 'recalled'] as const
export type ReadAs = (typeof READINGS)[number]

/** Where a fact comes from. `url` is the page that was read; `original` the document that it quotes or reports, where that is another. */
export type Source = {
  readonly id: string
  readonly title: string
  readonly publisher: string
  readonly url: string
  readonly original: string | null
  readonly published: When | null
  readonly read: When
  readonly readAs: ReadAs
}

/** Every fact names the source that it was typed from. */
type Sourced = { readonly source: string; readonly note: string | null }

export type DateClaim = Sourced & { readonly when: When }
/** An amount in displayed units, exactly as the source prints it. `asset` is CAIP-19 where the asset has such a name, else its symbol. */
export type AmountClaim = Sourced & { readonly asset: string; readonly symbol: string; readonly amount: string }
/** What somebody said that it was worth at the time, in cents. */
export type UsdClaim = Sourced & { readonly by: string; readonly cents: bigint; readonly qualifier: Qualifier }
export type Attribution = Sourced & {
  readonly by: string
  readonly kind: AttributionKind
  readonly when: When
  readonly confidence: Confidence
  readonly actor: string | null
}
export type Dispute = Sourced & { readonly about: DisputeSubject; readonly by: string; readonly when: When | null; readonly says: string }
/**
 * One claim on what became of a part of the money. Claims on the same `event` are alternatives; claims on different events add up. A claim on the whole has the
 * event `total`. `cents` is null where the source gives no dollars.
 */
export type Outcome = Sourced & {
  readonly state: OutcomeState
  readonly event: string
  readonly by: string
  readonly when: When
  readonly cents: bigint | null
  readonly qualifier: Qualifier
  readonly asset: string | null
  readonly amount: string | null
}
export type HeistAddress = Sourced & { readonly chain: ChainId; readonly address: string; readonly role: AddressRole }
export type HeistTransaction = Sourced & { readonly chain: ChainId; readonly hash: string; readonly what: string }

export type Heist = {
  readonly id: string
  readonly victim: string
  readonly kind: VictimKind
  /** The first is the one that the register goes by. */
  readonly dates: readonly DateClaim[]
  readonly amounts: readonly AmountClaim[]
  readonly usd: readonly UsdClaim[]
  readonly attribution: readonly Attribution[]
  readonly disputed: readonly Dispute[]
  /** Ids of denials that speak of this theft, or of a report that names it. */
  readonly denials: readonly string[]
  readonly outcomes: readonly Outcome[]
  readonly addresses: readonly HeistAddress[]
  readonly transactions: readonly HeistTransaction[]
  readonly seedsNote: string | null
  readonly note: string | null
}

/** What the DPRK says against it. */
export type Denial = Sourced & { readonly id: string; readonly by: string; readonly when: When; readonly says: string }

/** A sum that somebody published for a year or a longer time, in cents. */
export type PublishedTotal = Sourced & {
  readonly by: string
  /** A year (`2024`), or from and to inclusive (`2017/2023`, `2024-01/2025-09`). */
  readonly period: string
  readonly cents: bigint
  readonly qualifier: Qualifier
  readonly published: When
  /** Whether the publisher itself calls it a record. */
  readonly saysRecord: boolean
}

/** What somebody found still in the hands of the DPRK at a time, whichever thefts it came from. */
export type Holding = Sourced & { readonly by: string; readonly when: When; readonly cents: bigint; readonly qualifier: Qualifier }

export type Register = {
  readonly asOf: When
  /** The names that claims may be attributed to, so that one publisher is not counted under two spellings. */
  readonly publishers: readonly string[]
  readonly sources: readonly Source[]
  readonly denials: readonly Denial[]
  readonly totals: readonly PublishedTotal[]
  readonly holdings: readonly Holding[]
  /** By date, then by id. */
  readonly heists: readonly Heist[]
  /** SHA-256 of the canonical content: what a trace or a case cites. */
  readonly digest: string
}

/** How strongly the register holds a theft for the DPRK's: by the best of its attributions. */
export type Standing = 'official' | 'analyst' | 'suspected'

const OFFICIAL: readonly AttributionKind[] = ['government', 'court', 'un-panel']

export function standingOf(heist: Heist): Standing {
  const firm = heist.attribution.filter(({ confidence }) => confidence !== 'suspected')
  if (firm.some(({ kind }) => OFFICIAL.includes(kind))) return 'official'
  return firm.some(({ kind }) => kind === 'analyst' || kind === 'victim') ? 'analyst' : 'suspected'
}

/** Why a theft stays out of the low account, in plain words; null where it counts. */
export function contested(heist: Heist): string | null {
  const dispute = heist.disputed.find(({ about }) => about === 'attribution')
  if (dispute !== undefined) return `attribution disputed by ${dispute.by}`
  return standingOf(heist) === 'suspected' ? 'attribution only suspected' : null
}

/** The UTC year that the register counts a theft in. */
export function yearOf(heist: Heist): string {
  return (heist.dates[0] as DateClaim).when.text.slice(0, 4)
}
