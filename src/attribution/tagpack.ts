import { type Fields, textOf, toTag } from './fields.ts'
import type { ReadingNotes } from './report.ts'
import type { Tag } from './tag.ts'
import type { YamlFile, YamlMap, YamlValue } from './yaml.ts'

/** Fields of the TagPack schema that a header may give for all of its tags. */
const TAG_FIELDS = [
  'label',
  'source',
  'currency',
  'network',
  'context',
  'confidence',
  'is_cluster_definer',
  'lastmod',
  'category',
  'abuse',
  'address',
  'tx_hash',
  'actor',
  'concepts',
  'tag_type',
] as const
const HEADER_FIELDS = ['title', 'creator', 'description', 'owner', 'is_public', 'tags', 'header']

export interface TagPack {
  readonly title: string
  readonly creator: string
  readonly description: string | null
  readonly tags: readonly Tag[]
}

/**
 * A TagPack (GraphSense, `tagpack_schema.yaml`): what the header says of label, source, confidence and so on holds for each tag that does not say otherwise.
 * Tags that lack a mandatory field are refused with line and field.
 */
export function readTagPack(yaml: YamlFile, notes: ReadingNotes): TagPack {
  const root = yaml.value as YamlMap
  const nested = asMap(root.header ?? null)
  const header: YamlMap = nested === null ? root : { ...root, ...nested }
  for (const key of Object.keys(header)) {
    if (!HEADER_FIELDS.includes(key) && !(TAG_FIELDS as readonly string[]).includes(key))
      notes.note(yaml.lineOf([key]), key, `"${key}" is no header field of the schema; not used`)
  }
  const title = textOf(header.title)
  const creator = textOf(header.creator)
  if (title === null) notes.note(1, 'title', 'the pack has no title, which the schema asks for; its file name stands in')
  if (creator === null) notes.note(1, 'creator', 'the pack has no creator, which the schema asks for')
  const pack = title ?? notes.file

  const tags: Tag[] = []
  const list = header.tags
  if (!Array.isArray(list)) {
    notes.refuse(yaml.lineOf(['tags']), 'tags', 'is not a list')
    return { title: pack, creator: creator ?? '', description: textOf(header.description), tags }
  }
  for (const [i, item] of (list as readonly YamlValue[]).entries()) {
    const own = asMap(item)
    const line = (field: string): number => yaml.lineOf(own !== null && Object.hasOwn(own, field) ? ['tags', i, field] : ['tags', i])
    if (own === null) {
      notes.refuse(line(''), 'tags', 'is not a mapping of fields')
      continue
    }
    for (const key of Object.keys(own)) {
      if (!(TAG_FIELDS as readonly string[]).includes(key)) notes.note(line(key), key, `"${key}" is no tag field of the schema; not used`)
    }
    const value = (field: (typeof TAG_FIELDS)[number]): YamlValue => own[field] ?? header[field] ?? null
    const fields: Fields = {
      pack,
      line,
      address: value('address'),
      txHash: value('tx_hash'),
      label: value('label'),
      source: value('source'),
      currency: value('currency'),
      network: value('network'),
      confidence: value('confidence'),
      concepts: value('concepts'),
      category: value('category'),
      abuse: value('abuse'),
      actor: value('actor'),
      tagType: value('tag_type'),
      isClusterDefiner: value('is_cluster_definer'),
      context: value('context'),
      lastmod: value('lastmod'),
    }
    const tag = toTag(fields, notes)
    if (tag !== null) tags.push(tag)
  }
  return { title: pack, creator: creator ?? '', description: textOf(header.description), tags }
}

function asMap(value: YamlValue): YamlMap | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as YamlMap) : null
}
