import { stringify } from 'yaml'
import type { Tag } from './tag.ts'
import type { TagPack } from './tagpack.ts'

/**
 * A TagPack as YAML that readers of YAML 1.1 and 1.2 understand alike (hex addresses and dates are quoted). What all tags share stands once, in the header.
 * Reading it back gives the same tags, except for the pack's title and the file's name where those differ.
 */
export function writeTagPack(pack: TagPack): string {
  const rows = pack.tags.map(fieldsOf)
  const shared: Record<string, unknown> = {}
  const first = rows[0]
  if (first !== undefined && rows.length > 1) {
    for (const [field, value] of Object.entries(first)) {
      if (field === 'address' || field === 'tx_hash') continue
      const text = JSON.stringify(value)
      if (rows.every((row) => JSON.stringify(row[field]) === text)) shared[field] = value
    }
  }
  return stringify(
    {
      title: pack.title,
      creator: pack.creator,
      ...(pack.description === null ? {} : { description: pack.description }),
      ...shared,
      tags: rows.map((row) => Object.fromEntries(Object.entries(row).filter(([field]) => !Object.hasOwn(shared, field)))),
    },
    { version: '1.1', schema: 'yaml-1.1', lineWidth: 0, aliasDuplicateObjects: false },
  )
}

function fieldsOf(tag: Tag): Record<string, unknown> {
  const all: Record<string, unknown> = {
    address: tag.address === '' ? null : tag.address,
    tx_hash: tag.txHash,
    label: tag.label,
    source: tag.source,
    currency: tag.currency,
    network: tag.network,
    confidence: tag.confidence,
    is_cluster_definer: tag.isClusterDefiner ? true : null,
    lastmod: tag.lastmod,
    category: tag.category,
    concepts: tag.concepts.length === 0 ? null : tag.concepts,
    abuse: tag.abuse,
    actor: tag.actor,
    tag_type: tag.tagType === 'actor' ? null : tag.tagType,
    context: tag.context,
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null))
}
