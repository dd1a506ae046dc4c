import type { Entity, TagStore } from '../../attribution/index.ts'
import type { Listed } from './document.ts'

const PREFIX = 'listed:'

/**
 * Tags as the trace of an exposure needs them: a listed address is an end point, whoever else it belongs to, so that the trace stops there and says how much. Not so the wallet itself, which is where it begins.
 */
export function listedTags(tags: TagStore, listed: Listed, wallet: string): TagStore {
  return {
    packs: tags.packs,
    size: tags.size,
    tagsOf: (address) => tags.tagsOf(address),
    entityOf: (address) => {
      const parties = address === wallet ? null : listed(address)
      return parties === null || parties.length === 0 ? tags.entityOf(address) : listedEntity(address)
    },
  }
}

function listedEntity(address: string): Entity {
  return {
    id: `${PREFIX}${address}`,
    label: `listed address ${address}`,
    kind: 'other-service',
    service: true,
    confidence: 100,
    basis: 'tag',
    evidence: [],
    contact: null,
    conflicts: [],
  }
}

/** The listed address behind an entity of a trace, or null for any other. */
export function listedAddress(entity: string): string | null {
  return entity.startsWith(PREFIX) ? entity.slice(PREFIX.length) : null
}
