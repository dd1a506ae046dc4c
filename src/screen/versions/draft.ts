import { closeSync, createReadStream, openSync, writeFileSync } from 'node:fs'
import { unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Progress } from '../../chain/index.ts'
import type { EntryKind, ListEntry } from '../lists/entry.ts'
import type { ListReader, ReadNote, SourceFile } from '../lists/reader.ts'
import { GzipFile, type StoredFile } from './files.ts'
import type { Counts, NotesRecord, ReasonCount } from './manifest.ts'
import { ENTRIES, NOTES } from './store.ts'
import { checkEntry, shorten } from './validate.ts'

/** What a reader gave, written into a staging folder as a version's files; not in service, and perhaps never. */
export interface Draft {
  readonly published: string | null
  readonly publishedBy: 'list' | 'operator' | null
  readonly counts: Counts
  readonly kinds: Readonly<Record<EntryKind, number>>
  readonly entries: StoredFile
  readonly notes: NotesRecord
  /** Lists that entries say they are of, which are neither the one imported nor another that files of the format may hold. */
  readonly otherLists: readonly string[]
}

export interface DraftOptions {
  readonly list: string
  readonly reader: ListReader
  readonly files: readonly SourceFile[]
  readonly folder: string
  readonly signal?: AbortSignal
  readonly progress?: (progress: Progress) => void
}

const FIRST_NOTES = 50
const OTHER_LISTS = 10
const BATCH_CHARACTERS = 1 << 16

/** Streams entries and notes to disk. Throws what the reader throws, and `list/disk-full`. */
export async function writeDraft(options: DraftOptions): Promise<Draft> {
  const { list, reader, files, folder, signal, progress } = options
  const entriesFile = new GzipFile(join(folder, ENTRIES))
  const notesFile = new GzipFile(join(folder, NOTES))
  const notes = new Notes(join(folder, 'notes.jsonl'))
  try {
    const dates: string[] = []
    const seen = new Set<string>()
    const otherLists = new Set<string>()
    const kinds: Record<EntryKind, number> = { person: 0, organisation: 0, vessel: 0, aircraft: 0, unknown: 0 }
    let [names, wallets, identifiers, births] = [0, 0, 0, 0]
    let lines = ''
    const context = { list, note: notes.add, published: (time: string) => void dates.push(time), ...(signal && { signal }) }
    for await (const given of reader.read(files, context)) {
      signal?.throwIfAborted()
      if (given.list !== list) {
        if (reader.lists.includes(given.list)) notes.add(ofOtherList(given))
        else if (otherLists.size < OTHER_LISTS) otherLists.add(shorten(given.list))
        continue
      }
      const checked = checkEntry(given, seen, notes.add)
      if (checked !== null) {
        const entry: ListEntry = checked.entry
        kinds[entry.kind]++
        names += entry.names.length
        wallets += entry.wallets.length
        identifiers += entry.identifiers.length
        births += entry.births.length
        lines += `${checked.line}\n`
        if (seen.size % 500 === 0) progress?.({ phase: 'reading', done: seen.size, total: null, unit: 'entries' })
      }
      if (lines.length > BATCH_CHARACTERS) {
        await entriesFile.write(lines)
        lines = ''
      }
    }
    const published = publishedDate(dates, files[0]?.name ?? '', notes.add)
    await entriesFile.write(lines)
    const entries = await entriesFile.close()
    const notesRecord = await notes.pack(notesFile)
    const counts = { entries: seen.size, names, wallets, identifiers, births }
    const publishedBy = published === null ? null : 'list'
    return { published, publishedBy, counts, kinds, entries, notes: notesRecord, otherLists: [...otherLists] }
  } finally {
    notes.close()
    await entriesFile.abandon()
    await notesFile.abandon()
  }
}

/** One file may hold several lists; each is imported by itself. */
function ofOtherList({ list, id, names, place }: ListEntry): ReadNote {
  const { file, line } = place
  return {
    file,
    line,
    field: null,
    entry: shorten(id),
    severity: 'note',
    reason: `entry of the list ${list}`,
    text: shorten(names[0]?.full ?? ''),
  }
}

/** The date that the reader found; a second, different one or one that is no date is noted. */
function publishedDate(dates: readonly string[], file: string, note: (note: ReadNote) => void): string | null {
  const about = { file, line: null, field: 'published', entry: null, severity: 'note' } as const
  for (const date of dates) if (!isDate(date)) note({ ...about, reason: 'date of publication is no ISO date', text: shorten(date) })
  const good = [...new Set(dates.filter(isDate))]
  for (const other of good.slice(1)) note({ ...about, reason: 'second date of publication; the first one stays', text: other })
  return good[0] ?? null
}

/** True for `YYYY-MM-DD` and for an ISO 8601 time, of a day that exists. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?$/.test(text)) return false
  const day = text.slice(0, 10)
  const parsed = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day) && !Number.isNaN(Date.parse(text))
}

/** True for an ISO 8601 time that tells its zone: it is the same moment on every machine. */
export function isMoment(text: string): boolean {
  return isDate(text) && ZONED.test(text)
}

const ZONED = /T.*(?:Z|[+-]\d\d:?\d\d)$/

/** Milliseconds since 1970 of a date of publication. A day is its beginning, a time without a zone is UTC. */
export function publishedTime(text: string): number {
  return Date.parse(ZONED.test(text) || text.length === 10 ? text : `${text}Z`)
}

/**
 * Notes on their way to the disk: counted by reason, the first of them kept. Readers note without waiting, and a file of nothing but bad rows has millions of notes: so they are written at
 * once, as they are, and packed at the end.
 */
class Notes {
  private readonly path: string
  private fd: number | null
  private readonly reasons = new Map<string, ReasonCount>()
  private readonly first: ReadNote[] = []
  private lines = ''
  private total = 0
  private refused = 0

  constructor(path: string) {
    this.path = path
    this.fd = openSync(path, 'wx')
  }

  readonly add = (note: ReadNote): void => {
    const { severity, reason } = note
    const key = `${severity} ${reason}`
    this.total++
    if (severity === 'refused') this.refused++
    this.reasons.set(key, { severity, reason, count: (this.reasons.get(key)?.count ?? 0) + 1 })
    if (this.first.length < FIRST_NOTES) this.first.push(note)
    this.lines += `${JSON.stringify(note)}\n`
    if (this.lines.length > BATCH_CHARACTERS) this.flush()
  }

  private flush(): void {
    if (this.fd !== null) writeFileSync(this.fd, this.lines)
    this.lines = ''
  }

  /** Moves all notes into a gzip file, and tells what they are. */
  async pack(file: GzipFile): Promise<NotesRecord> {
    this.flush()
    this.close()
    for await (const chunk of createReadStream(this.path) as AsyncIterable<Uint8Array>) await file.write(chunk)
    await unlink(this.path)
    const byReason = [...this.reasons.values()].sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1))
    return { file: await file.close(), total: this.total, refused: this.refused, byReason, first: this.first }
  }

  close(): void {
    if (this.fd !== null) closeSync(this.fd)
    this.fd = null
  }
}
