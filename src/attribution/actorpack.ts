import { stringify } from 'yaml'
import type { Actor } from './actors.ts'
import { CONCEPTS } from './concepts.ts'
import { conceptsOf, contextOf, textOf } from './fields.ts'
import type { ReadingNotes } from './report.ts'
import type { YamlFile, YamlMap, YamlValue } from './yaml.ts'

const FIELDS = ['id', 'label', 'uri', 'categories', 'jurisdictions', 'aliases', 'context', 'lastmod']
const HEADER = ['title', 'creator', 'description', 'is_public', 'owner', 'actors', 'header']

export interface ActorPack {
  readonly title: string
  readonly creator: string
  readonly description: string | null
  readonly actors: readonly Actor[]
}

/**
 * An ActorPack (GraphSense, `actorpack_schema.yaml`). Fields other than the id may be given once in the header, as packs do with `lastmod`.
 * Actors without id or label are refused.
 */
export function readActorPack(yaml: YamlFile, notes: ReadingNotes): ActorPack {
  const root = yaml.value as YamlMap
  const nested = root.header
  const header: YamlMap =
    typeof nested === 'object' && nested !== null && !Array.isArray(nested) ? { ...root, ...(nested as YamlMap) } : root
  const title = textOf(header.title) ?? notes.file
  for (const key of Object.keys(header)) {
    if (!HEADER.includes(key) && !FIELDS.includes(key))
      notes.note(yaml.lineOf([key]), key, `"${key}" is no header field of the schema; not used`)
  }
  const actors: Actor[] = []
  const seen = new Set<string>()
  const list = header.actors
  if (!Array.isArray(list)) notes.refuse(yaml.lineOf(['actors']), 'actors', 'is not a list')
  for (const [i, item] of (Array.isArray(list) ? (list as readonly YamlValue[]) : []).entries()) {
    const line = (field: string): number => yaml.lineOf(['actors', i, field])
    if (typeof item !== 'object' || item === null || Array.isArray(item)) {
      notes.refuse(yaml.lineOf(['actors', i]), 'actors', 'is not a mapping of fields')
      continue
    }
    const own = item as YamlMap
    for (const key of Object.keys(own))
      if (!FIELDS.includes(key)) notes.note(line(key), key, `"${key}" is no actor field of the schema; not used`)
    const id = textOf(own.id)
    const label = textOf(own.label ?? header.label)
    if (id === null || label === null) {
      notes.refuse(line(id === null ? 'id' : 'label'), id === null ? 'id' : 'label', 'is missing')
      continue
    }
    if (seen.has(id)) {
      notes.refuse(line('id'), 'id', `"${id}" stands twice in the pack`)
      continue
    }
    const lists = (['categories', 'jurisdictions', 'aliases'] as const).map(
      (field) => [field, conceptsOf(own[field] ?? header[field])] as const,
    )
    const bad = lists.find(([, names]) => names === null)
    if (bad !== undefined) {
      notes.refuse(line(bad[0]), bad[0], 'is not a list of names')
      continue
    }
    const [categories, jurisdictions, aliases] = lists.map(([, names]) => names as string[]) as [string[], string[], string[]]
    for (const name of categories)
      if (!CONCEPTS.has(name)) notes.note(line('categories'), 'categories', `"${name}" is no concept of the schema; kept, not used`)
    const context = contextOf(own.context)
    if (context === undefined) {
      notes.refuse(line('context'), 'context', 'is too long')
      continue
    }
    const uri = textOf(own.uri ?? header.uri)
    if (uri === null) notes.note(line('uri'), 'uri', 'no web address, which the schema asks for')
    seen.add(id)
    actors.push({
      id,
      label,
      uri: uri ?? '',
      categories,
      jurisdictions,
      aliases,
      context,
      lastmod: textOf(own.lastmod ?? header.lastmod),
      pack: title,
      file: notes.file,
    })
  }
  return { title, creator: textOf(header.creator) ?? '', description: textOf(header.description), actors }
}

/** An ActorPack as YAML that readers of YAML 1.1 and 1.2 understand alike. */
export function writeActorPack(pack: ActorPack): string {
  return stringify(
    {
      title: pack.title,
      creator: pack.creator,
      ...(pack.description === null ? {} : { description: pack.description }),
      actors: pack.actors.map((actor) => ({
        id: actor.id,
        label: actor.label,
        uri: actor.uri,
        categories: actor.categories,
        jurisdictions: actor.jurisdictions,
        ...(actor.aliases.length === 0 ? {} : { aliases: actor.aliases }),
        ...(actor.context === null ? {} : { context: contextValue(actor.context) }),
        ...(actor.lastmod === null ? {} : { lastmod: actor.lastmod }),
      })),
    },
    { version: '1.1', schema: 'yaml-1.1', lineWidth: 0, aliasDuplicateObjects: false },
  )
}

/** Contexts of actors are mappings in the schema; text that is not JSON stays text. */
function contextValue(context: string): unknown {
  try {
    const value: unknown = JSON.parse(context)
    return typeof value === 'object' && value !== null && JSON.stringify(value) === context ? value : context
  } catch {
    return context
  }
}
