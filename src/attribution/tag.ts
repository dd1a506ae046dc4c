/** One claim about an address, with who made it and how sure they were (TagPack schema of GraphSense). */
export interface Tag {
  /** Canonical: lower-case 0x for EVM, lower-case bech32 for Bitcoin; as given elsewhere. */
  readonly address: string
  /** As the pack has it, e.g. ETH, BTC, USDT. */
  readonly currency: string
  readonly network: string
  readonly label: string
  readonly source: string
  /** Name on the TagPack confidence scale, e.g. `web_crawl`. */
  readonly confidence: string
  /** 0-100, from the scale. */
  readonly confidenceLevel: number
  /** Concept names of the INTERPOL taxonomy as the schema has them: `exchange`, `mixing_service`, `defi_bridge`, … */
  readonly concepts: readonly string[]
  readonly abuse: string | null
  readonly actor: string | null
  readonly category: string | null
  readonly tagType: string
  readonly isClusterDefiner: boolean
  readonly context: string | null
  readonly lastmod: string | null
  /** Tags on a transaction rather than an address: its hash (then `address` is empty). */
  readonly txHash: string | null
  /** Title of the pack that the tag came in, and the file's name. */
  readonly pack: string
  readonly file: string
}

/** What an end point is, for the person who must call someone. */
export type EntityKind =
  | 'exchange'
  | 'mixer'
  | 'bridge'
  | 'defi'
  | 'gambling'
  | 'payment'
  | 'custody'
  | 'other-service'
  | 'unnamed-service'
  | 'null-account'
  | 'miners'
  /** A named party that is no service: a group, a person, an organisation, a thief's account. Traces pass through it. */
  | 'actor'

/** Who is behind an address, as the best claim has it; all claims stay listed. */
export interface Entity {
  /** Stable id: actor id where a tag names one, else a slug of the label. */
  readonly id: string
  readonly label: string
  readonly kind: EntityKind
  /** True where traces stop: the money is now among other people's. */
  readonly service: boolean
  readonly confidence: number
  /** How the address came to this entity. */
  readonly basis: 'tag' | 'cluster' | 'deposit-address' | 'behaviour'
  /** Short sentences: evidence a person can check. */
  readonly evidence: readonly string[]
  /** Where to reach the entity (web address of the actor pack), or null. */
  readonly contact: string | null
  /** Other entities that tags name for the same address. */
  readonly conflicts: readonly string[]
  /** Why the party is known for harm, as a concept name (`service_hack`, `sanction`): a trace must pass through it, however busy it is. */
  readonly abuse?: string
}

/** All loaded tags and actors. Lookup is by canonical address. */
export interface TagStore {
  tagsOf(address: string): readonly Tag[]
  entityOf(address: string): Entity | null
  /** For the trace document: each pack with its SHA-256. */
  readonly packs: readonly { readonly file: string; readonly title: string; readonly sha256: string; readonly tags: number }[]
  readonly size: number
}
