import { readAddress } from './address.ts'
import { CONCEPTS } from './concepts.ts'
import { confidenceLevel, isConfidence, LOWEST_CONFIDENCE } from './confidence.ts'
import type { ReadingNotes } from './report.ts'
import type { Tag } from './tag.ts'
import type { YamlValue } from './yaml.ts'

/** One tag as a file has it, before any check. */
export interface Fields {
  readonly pack: string
  /** Line of a field, or of the tag where the field is inherited or missing. */
  readonly line: (field: string) => number | null
  readonly address: YamlValue
  readonly txHash: YamlValue
  readonly label: YamlValue
  readonly source: YamlValue
  readonly currency: YamlValue
  readonly network: YamlValue
  readonly confidence: YamlValue
  readonly concepts: YamlValue
  readonly category: YamlValue
  readonly abuse: YamlValue
  readonly actor: YamlValue
  readonly tagType: YamlValue
  readonly isClusterDefiner: YamlValue
  readonly context: YamlValue
  readonly lastmod: YamlValue
}

const MAX_TEXT = 4_096
const MAX_CONTEXT = 65_536
const TAG_TYPES = new Set(['actor', 'event', 'attribute', 'mention'])
const YES = new Set(['true', 'yes', 'on', 'y'])
const NO = new Set(['false', 'no', 'off', 'n'])

/**
 * Check one tag. What the schema makes mandatory and is missing refuses the tag; what is there but unknown (a confidence or concept that is not in the
 * schema) stays as written, counts for nothing more than the lowest, and is noted. Nothing is changed in silence.
 */
export function toTag(fields: Fields, notes: ReadingNotes): Tag | null {
  const { line } = fields
  const refuse = (field: string, reason: string): null => {
    notes.refuse(line(field), field, reason)
    return null
  }
  const text = new Map<string, string | null>()
  for (const [field, value] of Object.entries({
    address: fields.address,
    tx_hash: fields.txHash,
    label: fields.label,
    source: fields.source,
    currency: fields.currency,
    network: fields.network,
    confidence: fields.confidence,
    category: fields.category,
    abuse: fields.abuse,
    actor: fields.actor,
    tag_type: fields.tagType,
    is_cluster_definer: fields.isClusterDefiner,
    lastmod: fields.lastmod,
  })) {
    if (value !== null && typeof value !== 'string') return refuse(field, 'is not text')
    if (value !== null && value.length > MAX_TEXT) return refuse(field, `is longer than ${MAX_TEXT} characters`)
    if (value?.includes('\0')) return refuse(field, 'contains NUL characters')
    text.set(field, textOf(value))
  }
  const get = (field: string): string | null => text.get(field) ?? null

  const txHash = get('tx_hash')
  let address = ''
  if (get('address') !== null) {
    const read = readAddress(get('address') as string, get('currency'))
    if (typeof read === 'string') return refuse('address', read)
    if (read.note !== null) notes.note(line('address'), 'address', read.note)
    address = read.address
  } else if (txHash === null) return refuse('address', 'is missing; a tag needs an address or a transaction')
  for (const field of ['label', 'source', 'currency'] as const)
    if (get(field) === null) return refuse(field, 'is missing in the tag and in the header')

  const confidence = get('confidence')
  if (confidence === null)
    notes.note(line('confidence'), 'confidence', `no confidence given; counted as ${LOWEST_CONFIDENCE}, the lowest of the scale`)
  else if (!isConfidence(confidence))
    notes.note(line('confidence'), 'confidence', `"${confidence}" is not on the scale; kept, and counted as ${LOWEST_CONFIDENCE}`)

  const concepts = conceptsOf(fields.concepts)
  if (concepts === null) return refuse('concepts', 'is not a list of names')
  for (const [field, names] of [
    ['concepts', concepts],
    ['category', [get('category')]],
    ['abuse', [get('abuse')]],
  ] as const) {
    for (const name of names) {
      if (name !== null && !CONCEPTS.has(name))
        notes.note(line(field), field, `"${name}" is no concept of the schema; kept, and says nothing about who it is`)
    }
  }
  const tagType = get('tag_type') ?? 'actor'
  if (!TAG_TYPES.has(tagType))
    notes.note(line('tag_type'), 'tag_type', `"${tagType}" is no tag type of the schema; kept, and not used to say who it is`)

  const definer = get('is_cluster_definer')?.toLowerCase() ?? null
  if (definer !== null && !YES.has(definer) && !NO.has(definer))
    return refuse('is_cluster_definer', `is "${definer}", neither true nor false`)
  const lastmod = get('lastmod')
  if (lastmod !== null && Number.isNaN(Date.parse(lastmod.replace(' ', 'T'))))
    notes.note(line('lastmod'), 'lastmod', `"${lastmod}" is not a date; kept as written`)
  const context = contextOf(fields.context)
  if (context === undefined) return refuse('context', `is longer than ${MAX_CONTEXT} characters`)

  return {
    address,
    txHash,
    currency: get('currency') as string,
    network: get('network') ?? (get('currency') as string),
    label: get('label') as string,
    source: get('source') as string,
    confidence: confidence ?? LOWEST_CONFIDENCE,
    confidenceLevel: confidenceLevel(confidence ?? LOWEST_CONFIDENCE),
    concepts,
    abuse: get('abuse'),
    actor: get('actor'),
    category: get('category'),
    tagType,
    isClusterDefiner: definer !== null && YES.has(definer),
    context,
    lastmod,
    pack: fields.pack,
    file: notes.file,
  }
}

/** Trimmed text, or null for nothing. */
export function textOf(value: YamlValue | undefined): string | null {
  if (typeof value !== 'string') return null
  const trimmed = value.trim()
  return trimmed === '' ? null : trimmed
}

/** A list of names as a file has it: a list, one name, or nothing. Null when it is something else. */
export function conceptsOf(value: YamlValue | undefined): string[] | null {
  if (value === null || value === undefined || value === '') return []
  if (typeof value === 'string') return [value.trim()]
  if (!Array.isArray(value) || value.length > 1_000) return null
  const names: string[] = []
  for (const item of value as readonly YamlValue[]) {
    if (typeof item !== 'string' || item.length > MAX_TEXT) return null
    names.push(item.trim())
  }
  return names
}

/** Context is free: text as it is, anything else as JSON. Undefined when it is too long. */
export function contextOf(value: YamlValue | undefined): string | null | undefined {
  if (value === null || value === undefined || value === '') return null
  if (typeof value === 'string') return value.length > MAX_CONTEXT ? undefined : value
  let budget = MAX_CONTEXT
  // Shared anchors may unfold to more than memory holds: count before writing.
  const fits = (part: YamlValue): boolean => {
    budget -= typeof part === 'string' ? part.length + 3 : 2
    if (budget < 0) return false
    if (part === null || typeof part === 'string') return true
    for (const [key, item] of Object.entries(part)) {
      budget -= key.length + 3
      if (!fits(item as YamlValue)) return false
    }
    return true
  }
  return fits(value) ? JSON.stringify(value) : undefined
}
