import type { AssetId, ChainId } from '../../chain/index.ts'

/**
 * What is asked. The three are not one another: preservation keeps records and moves nothing, a hold or a freeze stops value and discloses nothing, and disclosure hands records over and
 * stops nothing.
 */
export const FREEZE_KINDS = ['preserve', 'temporary-hold', 'freeze', 'disclose'] as const
export type FreezeKind = (typeof FREEZE_KINDS)[number]

/** How far it reaches: the amounts of the points, the whole account that was credited, or every account of its holder. */
export const REACHES = ['amounts', 'account', 'holder'] as const
export type Reach = (typeof REACHES)[number]

/** Records that a disclosure can ask for. */
export const RECORD_KINDS = ['identity', 'account', 'transactions', 'access-logs', 'devices', 'bank-details', 'communications'] as const
export type RecordKind = (typeof RECORD_KINDS)[number]

/** On what a request to another country rests. `voluntary` says openly that no treaty was used and the exchange's own policy is relied on. */
export const TREATY_KINDS = ['mlat', 'budapest-24-7', 'second-additional-protocol', 'letters-rogatory', 'voluntary', 'other'] as const
export type TreatyKind = (typeof TREATY_KINDS)[number]

export const PROOF_KINDS = ['badge', 'appointment-letter', 'warrant-card', 'power-of-attorney', 'other'] as const
export type ProofKind = (typeof PROOF_KINDS)[number]

export const CONTACT_ROLES = ['duty', 'legal', 'technical'] as const
export type ContactRole = (typeof CONTACT_ROLES)[number]

/** Labels of the Traffic Light Protocol 2.0 (FIRST). */
export const TLP_LABELS = ['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'] as const
export type TlpLabel = (typeof TLP_LABELS)[number]

export const FREEZE_LANGUAGES = ['en', 'fr', 'ko', 'ja'] as const
export type FreezeLanguage = (typeof FREEZE_LANGUAGES)[number]

/** A file kept with the case: its name and the SHA-256 of its bytes. */
export type FileReference = { readonly name: string; readonly sha256: string }

export type Agency = {
  readonly name: string
  readonly unit: string | null
  /** ISO 3166-1 alpha-3, e.g. `JPN`. */
  readonly nation: string
  readonly address: string | null
}

export type LegalAuthority = {
  /** The provision that lets the agency ask this, e.g. `18 U.S.C. § 981(b)`. */
  readonly basis: string
  /** Who is competent to issue it under that provision: a court, a prosecutor, the agency itself. */
  readonly competentAuthority: string
  /** The offence that is investigated. */
  readonly offence: string
}

export type Requester = {
  readonly name: string
  readonly title: string
  readonly email: string
  readonly phone: string | null
  readonly proof: { readonly kind: ProofKind; readonly reference: string; readonly file: FileReference | null }
}

/** The signed order, and its words as text that can be copied: exchanges refuse screenshots. */
export type SignedOrder = {
  readonly reference: string
  readonly issuedBy: string
  /** ISO 8601 UTC. */
  readonly issuedAt: string
  readonly file: FileReference
  readonly text: string
}

export type Asked = {
  readonly kind: FreezeKind
  readonly reach: Reach
  /** The scope in words. */
  readonly scope: string
  /** How long, in hours; null only where nothing is held, that is for a disclosure. */
  readonly durationHours: number | null
  /** What a disclosure asks for; empty otherwise. */
  readonly records: readonly RecordKind[]
}

/** One deposit at the exchange, as the chain has it. */
export type FreezePoint = {
  /** Unique in the request, e.g. `p1`: answers refer to it. */
  readonly id: string
  /** Full, never shortened. */
  readonly txHash: string
  readonly chain: ChainId
  readonly block: number | null
  readonly from: string
  /** The deposit address. */
  readonly to: string
  /** CAIP-19: the token's contract, or the chain's native coin. */
  readonly asset: AssetId
  readonly symbol: string | null
  /** Base units, a decimal integer. */
  readonly amount: string
  readonly decimals: number | null
  /** ISO 8601 UTC with time of day. */
  readonly time: string
  /** Value in dollars at that block, a decimal, with where the price is from. */
  readonly usd: { readonly amount: string; readonly source: string } | null
  /** A memo or destination tag that the exchange credits by. */
  readonly memo: string | null
}

/** What is asked of an exchange: everything that is sent, and nothing of who worked on it. A draft may still lack things; `freezeGate` says which. */
export type FreezeRequest = {
  readonly caseNumber: string
  /** Id in the directory of exchanges. */
  readonly exchange: string
  /** Id of the channel of that exchange; null while none is chosen. */
  readonly channel: string | null
  /** Language of the request's own words. */
  readonly language: FreezeLanguage
  readonly agency: Agency
  readonly authority: LegalAuthority
  readonly requester: Requester
  readonly order: SignedOrder | null
  readonly asked: Asked
  /** When the theft began, ISO 8601 UTC: the clock counts from it. */
  readonly incident: { readonly at: string; readonly summary: string }
  readonly points: readonly FreezePoint[]
  readonly chronology: readonly { readonly time: string; readonly text: string }[]
  /** Whether the account's holder must not be told, on what basis and until when. */
  readonly nonDisclosure: { readonly asked: boolean; readonly basis: string | null; readonly until: string | null }
  readonly treaty: { readonly kind: TreatyKind; readonly reference: string } | null
  readonly contacts: readonly {
    readonly role: ContactRole
    readonly name: string
    readonly email: string
    readonly phone: string | null
    readonly hours: string | null
  }[]
  readonly marking: {
    readonly tlp: TlpLabel
    /** Freeze proposals can be seen coming: who knows of one is told one by one. */
    readonly needToKnow: boolean
    readonly note: string | null
  }
}
