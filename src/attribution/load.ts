import { createHash } from 'node:crypto'
import type { Dirent } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, extname, join, relative, sep } from 'node:path'
import { CordonError } from '../chain/index.ts'
import { readActorPack } from './actorpack.ts'
import { type Actor, ActorIndex } from './actors.ts'
import { isTagCsv, readCsvTags } from './csv.ts'
import { ETHERSCAN_TITLE, isEtherscanLabels, readEtherscanLabels } from './etherscan.ts'
import { ReadingNotes, type TagFile } from './report.ts'
import { type LoadedTags, tagStore } from './store.ts'
import type { Tag } from './tag.ts'
import { readTagPack } from './tagpack.ts'
import { readYaml } from './yaml.ts'

/** YAML takes about a hundred times its size in memory while it is parsed. */
const MAX_YAML_BYTES = 32 * 1024 * 1024
const MAX_BYTES = 512 * 1024 * 1024

interface Found {
  readonly path: string
  /** As it stands in reports and documents: relative to the given folder, with forward slashes. */
  readonly file: string
  /** Named by the user: then it must be readable, while a folder may hold other things. */
  readonly named: boolean
}

interface Opened extends Found {
  readonly text: string
  readonly bytes: number
  readonly sha256: string
  readonly notes: ReadingNotes
}

/**
 * Load TagPacks, ActorPacks (YAML), Etherscan labels (JSON) and plain lists (CSV). Folders are read with all that is in them; files in them that are none of
 * these are listed as skipped. Tags that cannot be taken in are refused one by one in the report, with file, line, field and reason. The order of the
 * arguments does not matter.
 *
 * @throws CordonError `attribution/not-found`, `attribution/unreadable`, `attribution/too-large`, and for a file that is named itself
 * `attribution/unknown-format` or the error of its reader
 */
export async function loadTags(paths: readonly string[]): Promise<LoadedTags> {
  const skipped: { file: string; reason: string }[] = []
  const found = (await Promise.all(paths.map((path) => collect(path, skipped)))).flat()
  found.sort((a, b) => compare(a.file, b.file) || compare(a.path, b.path))

  const files: TagFile[] = []
  const actors: Actor[] = []
  const tags: Tag[] = []
  const readings: ReadingNotes[] = []
  const later: { opened: Opened; json: unknown; at: number }[] = []
  const seen = new Set<string>()
  const done = (
    opened: Opened,
    format: TagFile['format'],
    title: string,
    counts: { tags?: readonly Tag[]; actors?: readonly Actor[] },
  ): void => {
    readings.push(opened.notes)
    for (const tag of counts.tags ?? []) tags.push(tag)
    for (const actor of counts.actors ?? []) actors.push(actor)
    files.push({
      file: opened.file,
      title,
      format,
      bytes: opened.bytes,
      sha256: opened.sha256,
      tags: counts.tags?.length ?? 0,
      actors: counts.actors?.length ?? 0,
    })
  }

  for (const one of found) {
    const opened = await open(one)
    // One file reached by two of the paths counts once.
    if (seen.has(`${opened.file}\0${opened.sha256}`)) continue
    seen.add(`${opened.file}\0${opened.sha256}`)
    try {
      const read = readFileOf(opened)
      if (read === null) {
        if (one.named) throw unknownFormat(opened.file)
        skipped.push({ file: opened.file, reason: 'holds neither tags nor actors' })
      } else if (read.format === 'etherscan-labels') later.push({ opened, json: read.json, at: files.length })
      else done(opened, read.format, read.title, read)
    } catch (error) {
      if (one.named || !(error instanceof CordonError)) throw error
      opened.notes.refuse(error.place.line ?? null, error.place.field ?? '', error.message)
      readings.push(opened.notes)
    }
  }

  // Etherscan's labels name actors only by resembling them: they are read when all actors are known.
  const index = new ActorIndex(actors)
  for (const { opened, json } of later)
    done(opened, 'etherscan-labels', ETHERSCAN_TITLE, { tags: readEtherscanLabels(json, opened.text, index, opened.notes) })
  noteActors(actors, tags, index, readings)

  files.sort((a, b) => compare(a.file, b.file) || compare(a.sha256, b.sha256))
  readings.sort((a, b) => compare(a.file, b.file))
  skipped.sort((a, b) => compare(a.file, b.file))
  return tagStore(tags, actors, {
    files,
    tags: tags.length,
    actors: index.size,
    repeated: repeats(tags),
    refused: readings.flatMap((reading) => reading.refused),
    notes: readings.flatMap((reading) => reading.notes),
    skipped,
  })
}

type Read =
  | { readonly format: 'tagpack' | 'csv'; readonly title: string; readonly tags: readonly Tag[] }
  | { readonly format: 'actorpack'; readonly title: string; readonly actors: readonly Actor[] }
  | { readonly format: 'etherscan-labels'; readonly json: unknown }

function readFileOf(opened: Opened): Read | null {
  const { file, text, notes } = opened
  switch (extname(file).toLowerCase()) {
    case '.yaml':
    case '.yml': {
      const yaml = readYaml(text, file)
      for (const { line, text: warning } of yaml.warnings) notes.note(line, '', warning)
      const root = yaml.value
      if (typeof root !== 'object' || root === null || Array.isArray(root)) return null
      if ('actors' in root) {
        const pack = readActorPack(yaml, notes)
        return { format: 'actorpack', title: pack.title, actors: pack.actors }
      }
      if ('tags' in root) {
        const pack = readTagPack(yaml, notes)
        return { format: 'tagpack', title: pack.title, tags: pack.tags }
      }
      return null
    }
    case '.json': {
      let json: unknown
      try {
        json = JSON.parse(text)
      } catch (cause) {
        throw new CordonError('attribution/json', `${file} is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`, {
          place: { file },
          cause,
        })
      }
      return isEtherscanLabels(json) ? { format: 'etherscan-labels', json } : null
    }
    case '.csv':
    case '.tsv':
      return isTagCsv(text) ? { format: 'csv', title: basename(file), tags: readCsvTags(text, basename(file), notes) } : null
    default:
      return null
  }
}

async function collect(path: string, skipped: { file: string; reason: string }[]): Promise<Found[]> {
  const info = await stat(path).catch((cause: unknown) => {
    throw new CordonError('attribution/not-found', `no file or folder ${path}`, {
      place: { file: path },
      remedy: 'Give a TagPack, or a folder of them.',
      cause,
    })
  })
  if (info.isFile()) return [{ path, file: basename(path), named: true }]
  if (!info.isDirectory())
    throw new CordonError('attribution/unreadable', `${path} is neither a file nor a folder`, { place: { file: path } })
  const entries: Dirent[] = await readdir(path, { recursive: true, withFileTypes: true })
  const found: Found[] = []
  for (const entry of entries) {
    const full = join(entry.parentPath, entry.name)
    const file = relative(path, full).split(sep).join('/')
    if (entry.isDirectory() || file.split('/').some((part) => part.startsWith('.'))) continue
    if (!/\.(?:ya?ml|json|csv|tsv)$/i.test(file)) skipped.push({ file, reason: 'is not YAML, JSON or CSV' })
    else if (
      !entry.isFile() &&
      !(await stat(full).then(
        (target) => target.isFile(),
        () => false,
      ))
    )
      skipped.push({ file, reason: 'is not a file' })
    else found.push({ path: full, file, named: false })
  }
  return found
}

async function open(found: Found): Promise<Opened> {
  const { size } = await stat(found.path)
  const limit = /\.ya?ml$/i.test(found.file) ? MAX_YAML_BYTES : MAX_BYTES
  if (size > limit) {
    throw new CordonError('attribution/too-large', `${found.file} has ${size} bytes; at most ${limit} are read`, {
      place: { file: found.file },
      remedy: 'Split the pack into several files.',
    })
  }
  const bytes = await readFile(found.path).catch((cause: unknown) => {
    throw new CordonError(
      'attribution/unreadable',
      `${found.file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        place: { file: found.file },
        cause,
      },
    )
  })
  return {
    ...found,
    text: bytes.toString('utf8'),
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    notes: new ReadingNotes(found.file),
  }
}

/** Tags that name an actor which no pack knows, and packs that define one actor twice. */
function noteActors(actors: readonly Actor[], tags: readonly Tag[], index: ActorIndex, readings: readonly ReadingNotes[]): void {
  const reading = new Map(readings.map((one) => [one.file, one]))
  for (const actor of actors) {
    if (index.get(actor.id) !== actor)
      reading.get(actor.file)?.note(null, 'id', `actor "${actor.id}" is already defined in ${index.get(actor.id)?.file}; that one counts`)
  }
  if (index.size === 0) return
  for (const tag of tags) {
    if (tag.actor !== null && index.named(tag.actor) === undefined) {
      reading.get(tag.file)?.note(null, 'actor', `actor "${tag.actor}" is in no loaded actor pack; kept, without contact or categories`)
    }
  }
}

function repeats(tags: readonly Tag[]): number {
  const seen = new Set<string>()
  for (const tag of tags) seen.add(JSON.stringify({ ...tag, file: '', pack: '' }))
  return tags.length - seen.size
}

function unknownFormat(file: string): CordonError {
  return new CordonError('attribution/unknown-format', `${file} holds neither tags nor actors`, {
    place: { file },
    remedy:
      'Known are TagPack and ActorPack YAML, Etherscan labels as JSON {address: {name, labels}}, and CSV with the columns address and label.',
  })
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
