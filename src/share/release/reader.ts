/** Whether somebody takes part in the work, or only receives. TLP 2.0's "clients" and wider "community" are subscribers. */
export type Community = 'member' | 'subscriber'

/** Who asks, as the directory has him at this moment. */
export type Reader = {
  /** UUID in lower case. */
  readonly person: string
  /** Code of the one organisation that he belongs to. A subscriber belongs to his own, never to that which he subscribes to. */
  readonly organisation: string
  /** Trigraph of the organisation's nation; null for an organisation of no nation. */
  readonly nation: string | null
  /** The caveats that he was read into. */
  readonly caveats: readonly string[]
  readonly community: Community
  readonly disabled: boolean
}

/** A person who also holds a subscriber's role, or no role at all, is taken for a subscriber: the lesser of the two. */
export function communityOf(roles: readonly string[]): Community {
  return roles.length === 0 || roles.includes('subscriber') ? 'subscriber' : 'member'
}
