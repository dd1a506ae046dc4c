import { type Actor, ActorIndex } from './actors.ts'
import { canonicalAddress } from './address.ts'
import { entityFrom } from './entity.ts'
import type { TagFile, TagReport } from './report.ts'
import type { Entity, Tag, TagStore } from './tag.ts'

/** An address for which tags name different entities; the first is the one that `entityOf` answers. */
export interface Conflict {
  readonly address: string
  readonly entities: readonly string[]
}

/** Everything that was loaded, with what was refused and what disagrees. */
export interface LoadedTags extends TagStore {
  readonly report: TagReport
  readonly actors: ActorIndex
  /** Addresses that have tags, in order. */
  addresses(): readonly string[]
  tagsOfTransaction(hash: string): readonly Tag[]
  /** Addresses whose tags name different entities. Worked out when first asked. */
  conflicts(): readonly Conflict[]
}

const NONE: readonly Tag[] = []

/** Index tags and actors that are already checked. Files give the packs of the trace document. */
export function tagStore(tags: readonly Tag[], actors: readonly Actor[] = [], report?: TagReport): LoadedTags {
  const index = new ActorIndex(actors)
  const byAddress = new Map<string, Tag[]>()
  const byTransaction = new Map<string, Tag[]>()
  for (const tag of tags) {
    if (tag.address !== '') push(byAddress, tag.address, tag)
    if (tag.txHash !== null) push(byTransaction, tag.txHash.toLowerCase(), tag)
  }
  const entities = new Map<string, Entity | null>()
  const files: readonly TagFile[] = report?.files ?? []
  let addresses: readonly string[] | null = null
  let conflicts: readonly Conflict[] | null = null

  const store: LoadedTags = {
    size: tags.length,
    actors: index,
    packs: files.map(({ file, title, sha256, tags: count }) => ({ file, title, sha256, tags: count })),
    report: report ?? { files: [], tags: tags.length, actors: index.size, repeated: 0, refused: [], notes: [], skipped: [] },
    tagsOf: (address) => byAddress.get(canonicalAddress(address)) ?? NONE,
    tagsOfTransaction: (hash) => byTransaction.get(hash.toLowerCase()) ?? NONE,
    entityOf: (address) => {
      const key = canonicalAddress(address)
      let entity = entities.get(key)
      if (entity === undefined) {
        entity = entityFrom(key, byAddress.get(key) ?? NONE, index)
        // Untagged addresses are asked for by the million: only answers that cost something are kept.
        if (byAddress.has(key)) entities.set(key, entity)
      }
      return entity
    },
    addresses: () => {
      addresses ??= [...byAddress.keys()].sort()
      return addresses
    },
    conflicts: () => {
      conflicts ??= store.addresses().flatMap((address) => {
        const entity = store.entityOf(address)
        return entity !== null && entity.conflicts.length > 0 ? [{ address, entities: [entity.id, ...entity.conflicts] }] : []
      })
      return conflicts
    },
  }
  return store
}

function push(map: Map<string, Tag[]>, key: string, tag: Tag): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [tag])
  else list.push(tag)
}
