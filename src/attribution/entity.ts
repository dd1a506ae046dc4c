import { type ActorIndex, contactOf } from './actors.ts'
import { ABUSE_CONCEPTS, LIST_CONCEPTS, serviceKind, TOKEN_CONCEPT } from './concepts.ts'
import { authority } from './confidence.ts'
import { isTokenLabel, ownerInLabel, slug } from './names.ts'
import type { Entity, EntityKind, Tag } from './tag.ts'

/** What one tag says about who is behind an address. */
interface Claim {
  readonly tag: Tag
  readonly id: string
  readonly label: string
  readonly kind: EntityKind
  readonly service: boolean
  readonly abuse: string | null
  readonly contact: string | null
  readonly remark: string | null
  readonly token: boolean
  /** 0 names a service, an actor, a deed or a token; 1 is a bare name or a list of persons. */
  readonly tier: 0 | 1
}

/** Nobody can spend from these: mints and burns of every token pass through the first. */
const NULL_ACCOUNTS: Readonly<Record<string, string>> = {
  '0x0000000000000000000000000000000000000000': 'null address',
  '0x000000000000000000000000000000000000dead': 'burn address 0x…dEaD',
}

const MAX_EVIDENCE = 6

/**
 * Who is behind an address, from all that is claimed of it. The best claim is the one of highest confidence; among equals, the better source on the scale,
 * then a token contract (its name says plainly that it is no wallet), then the one that names an actor, then the entity with more tags, then by id, so that the answer never depends on the order of files. Membership of a
 * blacklist is a fact, not a person, and alone gives null.
 */
export function entityFrom(address: string, tags: readonly Tag[], actors: ActorIndex): Entity | null {
  const nothing = nullAccount(address, tags)
  if (nothing !== null) return nothing
  const claims = tags.map((tag) => claimOf(tag, actors)).filter((claim) => claim !== null)
  if (claims.length === 0) return null
  const support = new Map<string, number>()
  for (const claim of claims) support.set(claim.id, (support.get(claim.id) ?? 0) + 1)
  claims.sort(
    (a, b) =>
      a.tier - b.tier ||
      b.tag.confidenceLevel - a.tag.confidenceLevel ||
      authority(a.tag.confidence) - authority(b.tag.confidence) ||
      Number(b.token) - Number(a.token) ||
      Number(a.tag.actor === null) - Number(b.tag.actor === null) ||
      (support.get(b.id) as number) - (support.get(a.id) as number) ||
      compare(a.id, b.id) ||
      compare(a.kind, b.kind) ||
      compare(a.tag.label, b.tag.label) ||
      compare(a.tag.file, b.tag.file) ||
      compare(a.tag.source, b.tag.source),
  )
  const best = claims[0] as Claim
  return {
    id: best.id,
    label: best.label,
    kind: best.kind,
    service: best.service,
    confidence: best.tag.confidenceLevel,
    basis: best.tag.concepts.includes('deposit_wallet') ? 'deposit-address' : 'tag',
    evidence: evidenceOf(best, claims, tags),
    contact: best.contact,
    conflicts: [...new Set(claims.filter((claim) => claim.tier === best.tier && claim.id !== best.id).map((claim) => claim.id))].sort(
      compare,
    ),
    ...(best.abuse === null ? {} : { abuse: best.abuse }),
  }
}

function claimOf(tag: Tag, actors: ActorIndex): Claim | null {
  // Events, mentions and attributes are about an address; only actor tags say whose it is.
  if (tag.tagType !== 'actor') return null
  const concepts = new Set(tag.category === null ? tag.concepts : [...tag.concepts, tag.category])
  const actor = tag.actor === null ? undefined : (actors.get(tag.actor) ?? actors.named(tag.actor))
  const listed = [...concepts].some((concept) => LIST_CONCEPTS.has(concept))
  let kind = serviceKind(concepts)
  if (listed && kind === null && tag.actor === null) return null

  const token = concepts.has(TOKEN_CONCEPT) || isTokenLabel(tag.label)
  if (token) {
    return {
      tag,
      id: `token:${tag.address}`,
      label: tag.label,
      kind: 'defi',
      service: false,
      abuse: null,
      contact: null,
      remark: `"${tag.label}" names a token contract, not a wallet: value that moves in this token has not arrived at ${actor?.label ?? 'a service'}`,
      token: true,
      tier: 0,
    }
  }
  // Of a service's own abuse ("sanction" on a mixer) the service stays a service; without one, the deed is what the tag is about.
  const deed = tag.abuse ?? [...concepts].find((concept) => ABUSE_CONCEPTS.has(concept)) ?? null
  if (kind === null && deed === null && actor !== undefined && !saysPerson(concepts)) kind = serviceKind(actor.categories)
  const service = kind !== null
  const owner = actor === undefined && service ? actors.named(ownerInLabel(tag.label)) : actor
  return {
    tag,
    id: owner?.id ?? tag.actor ?? slug(ownerInLabel(tag.label)),
    label: owner?.label ?? tag.label,
    kind: kind ?? 'actor',
    service,
    abuse: service ? null : deed,
    contact: owner === undefined || !service ? null : contactOf(owner),
    remark: null,
    token: false,
    // "A person on the list of X" without a name says less than any tag that names somebody, however official the list is.
    tier: service || tag.actor !== null || deed !== null ? 0 : 1,
  }
}

/** The tag itself says that it is about people rather than about a service of the actor. */
function saysPerson(concepts: ReadonlySet<string>): boolean {
  return ['user', 'victim', 'perpetrator', 'donation', 'organization', 'miner'].some((concept) => concepts.has(concept))
}

function nullAccount(address: string, tags: readonly Tag[]): Entity | null {
  // Not what every object inherits: an address can be `constructor`.
  const known = Object.hasOwn(NULL_ACCOUNTS, address) ? NULL_ACCOUNTS[address] : undefined
  const named = tags.find((tag) => /^Null(?: Address)?: 0x/.test(tag.label))
  if (known === undefined && named === undefined) return null
  return {
    id: 'null-account',
    label: known ?? (named as Tag).label,
    kind: 'null-account',
    service: true,
    confidence: known === undefined ? (named as Tag).confidenceLevel : 100,
    basis: known === undefined ? 'tag' : 'behaviour',
    evidence: [
      known === undefined
        ? sentence(named as Tag)
        : 'no key is known for this address: value sent here is destroyed, and tokens are minted from and burned to it',
      ...facts(tags),
    ],
    contact: null,
    conflicts: [],
  }
}

function evidenceOf(best: Claim, claims: readonly Claim[], tags: readonly Tag[]): string[] {
  const sentences = new Set<string>()
  if (best.remark !== null) sentences.add(best.remark)
  for (const claim of claims) if (claim.id === best.id) sentences.add(sentence(claim.tag))
  const shown = [...sentences].slice(0, MAX_EVIDENCE)
  if (sentences.size > shown.length) shown.push(`and ${sentences.size - shown.length} more tags that say the same`)
  const others = new Map<string, string>()
  for (const claim of claims)
    if (claim.tier === best.tier && claim.id !== best.id && !others.has(claim.id)) others.set(claim.id, sentence(claim.tag))
  for (const other of [...others.values()].slice(0, MAX_EVIDENCE)) shown.push(`against it: ${other}`)
  return [...shown, ...facts(tags)]
}

/** Lists that the address is on, and deeds it is tagged with, whoever it is. */
function facts(tags: readonly Tag[]): string[] {
  const found = new Set<string>()
  for (const tag of tags) {
    for (const concept of [tag.category, tag.abuse, ...tag.concepts]) {
      if (concept !== null && (LIST_CONCEPTS.has(concept) || concept === 'sanction')) {
        found.add(`listed (${concept}): "${tag.label}", ${tag.confidence} (${tag.confidenceLevel} of 100), source ${tag.source}`)
      }
    }
  }
  return [...found].sort(compare)
}

function sentence(tag: Tag): string {
  return `"${tag.label}" in ${tag.pack} (${tag.confidence}, ${tag.confidenceLevel} of 100), source ${tag.source}`
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
