import { CordonError } from '../../chain/index.ts'
import type { ListEntry } from './entry.ts'
import { type FtmEntity, ftmEntities, valuesOfProperty } from './ftm-entity.ts'
import { ftmEntry, isListedSchema } from './ftm-entry.ts'
import { noSatellites, type Satellites, takeSatellite } from './ftm-satellites.ts'
import { textLines } from './json-lines.ts'
import type { ListReader, ReadContext, SourceFile } from './reader.ts'
import { uniqueIds } from './unique-ids.ts'

/** Things that entries refer to (posts, for links) and no list lists. */
const BACKGROUND = new Set(['Position', 'Address'])

/**
 * FollowTheMoney entities, one JSON object a line: `entities.ftm.json` and the nested `targets.nested.json` of OpenSanctions, or anybody's own export (followthemoney.tech, model 4).
 * Persons, bodies, ships, aircraft and wallets become entries; sanctions, papers, addresses, wallets with a holder and links between entities become part of the entries that they point to.
 *
 * The file is read twice, and a third time where it holds links, as a line may speak of one further down: what is kept between is the satellites and the names at the ends of links, never whole entities.
 * Where an export says which entities are targets, the others (relatives, subsidiaries) only lend their names to links. A wallet whose holder is an entry is that entry's; any other is one of its own.
 */
export const followTheMoney: ListReader = {
  format: 'ftm-json',
  title: 'FollowTheMoney entities as JSON lines, e.g. entities.ftm.json or targets.nested.json of OpenSanctions (own list)',
  lists: [],

  recognises(files) {
    return files.length > 0 && files.every((file) => looksLikeFtm(new TextDecoder().decode(file.head)))
  },

  async *read(files, context) {
    const { around, entries } = await satellites(files, context)
    const linked = await linkedNames(files, around, context)
    const distinct = uniqueIds()
    for (const file of files) {
      for await (const { line, text, whole } of textLines(file, context.signal)) {
        const entity = whole ? rootOf(text) : null
        if (entity === null || !isListedSchema(entity.schema)) continue
        const note = (severity: 'refused' | 'note', reason: string, said: string) =>
          context.note({ file: file.name, line, field: null, entry: entity.id, severity, reason, text: said.slice(0, 200) })
        if (entity.target === false) {
          note('note', 'not a target of the export', `${entity.schema} ${entity.caption ?? entity.id}`)
          continue
        }
        if (entity.schema === 'CryptoWallet' && valuesOfProperty(entity, 'holder').some((holder) => entries.has(holder))) continue
        const entry: ListEntry | null = ftmEntry(context.list, entity, around, linked, text, { file: file.name, line })
        if (entry === null) {
          note('refused', 'entity without a name', text)
          continue
        }
        const unique = distinct(entry.id, text)
        if (unique.id === null) {
          note('refused', 'entity given twice', text)
          continue
        }
        if (unique.again) note('note', 'id used twice', `kept as ${unique.id}`)
        yield { ...entry, id: unique.id }
      }
    }
  },
}

function looksLikeFtm(head: string): boolean {
  return (
    /^\uFEFF?\s*\{/.test(head) && /"schema"\s*:\s*"[A-Z]\w*"/.test(head) && /"properties"\s*:\s*\{/.test(head) && /"id"\s*:\s*"/.test(head)
  )
}

function rootOf(text: string): FtmEntity | null {
  const found = ftmEntities(text)
  return typeof found === 'string' ? null : (found[0] ?? null)
}

/** First reading: what entities say about others, and which ids will be entries. What cannot be read is noted here and passed over in the later readings. */
async function satellites(
  files: readonly SourceFile[],
  context: ReadContext,
): Promise<{ readonly around: Satellites; readonly entries: ReadonlySet<string> }> {
  const around = noSatellites()
  const entries = new Set<string>()
  /** Nested exports repeat satellites in each entity that they touch. */
  const taken = new Set<string>()
  let lastSeen = ''
  let readable = 0
  let first: { readonly file: string; readonly line: number; readonly why: string } | null = null
  for (const file of files) {
    for await (const { line, text, whole } of textLines(file, context.signal)) {
      const found = whole ? ftmEntities(text) : 'is longer than 16 Mi characters'
      if (typeof found === 'string') {
        first ??= { file: file.name, line, why: found }
        context.note({
          file: file.name,
          line,
          field: null,
          entry: null,
          severity: 'refused',
          reason: 'line is no entity',
          text: `${found}: ${text}`.slice(0, 200),
        })
        continue
      }
      readable++
      for (const entity of found) {
        if (entity.lastSeen !== null && entity.lastSeen > lastSeen) lastSeen = entity.lastSeen
        const key = `${entity.schema} ${entity.id}`
        if (taken.has(key)) continue
        const satellite = takeSatellite(entity, around)
        if (satellite) taken.add(key)
        if (!entity.nested && isListedSchema(entity.schema) && entity.schema !== 'CryptoWallet' && entity.target !== false)
          entries.add(entity.id)
        if (!satellite && !isListedSchema(entity.schema) && !BACKGROUND.has(entity.schema)) {
          context.note({
            file: file.name,
            line,
            field: 'schema',
            entry: entity.id,
            severity: 'note',
            reason: 'schema not understood',
            text: entity.schema.slice(0, 200),
          })
        }
      }
    }
  }
  if (readable === 0) {
    const found = first === null ? 'the file is empty' : `line ${first.line} ${first.why}`
    throw new CordonError(
      'list/schema',
      `expected FollowTheMoney entities, one JSON object with id, schema and properties a line; found: ${found}`,
      {
        place: { file: first?.file ?? files[0]?.name ?? '', ...(first === null ? {} : { line: first.line }) },
        remedy: 'Give entities.ftm.json or targets.nested.json, not an index or a statements file.',
      },
    )
  }
  if (lastSeen !== '') context.published(lastSeen)
  return { around, entries }
}

/** Second reading, only where there are links: the names of what stands at their ends. */
async function linkedNames(files: readonly SourceFile[], around: Satellites, context: ReadContext): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>()
  if (around.links.size === 0) return names
  const wanted = new Set([...around.links.values()].flatMap((links) => links.map(({ other }) => other)))
  for (const file of files) {
    for await (const { text, whole } of textLines(file, context.signal)) {
      const found = whole ? ftmEntities(text) : 'too long'
      if (typeof found === 'string') continue
      for (const entity of found) {
        const name = entity.caption ?? valuesOfProperty(entity, 'name', 'alias')[0]
        if (name !== undefined && wanted.has(entity.id) && !names.has(entity.id)) names.set(entity.id, name)
      }
    }
  }
  return names
}
