import { closeSync, createReadStream, openSync, readSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import type { ListEntry } from '../../../src/screen/lists/entry.ts'
import type { ListReader, ReadNote, SourceFile } from '../../../src/screen/lists/reader.ts'
import { DATA } from '../shared.ts'

/** A file of the shared data. */
export function dataFile(path: string): SourceFile {
  const full = DATA + path
  const bytes = statSync(full).size
  const head = new Uint8Array(Math.min(1 << 16, bytes))
  const descriptor = openSync(full, 'r')
  readSync(descriptor, head)
  closeSync(descriptor)
  return { path: full, name: basename(full), bytes, head, open: () => createReadStream(full) }
}

/** A file that exists in memory only, given out in chunks of `chunk` bytes. */
export function madeFile(name: string, content: string | Uint8Array, chunk = 1 << 16): SourceFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return {
    path: `/made/${name}`,
    name,
    bytes: bytes.length,
    head: bytes.subarray(0, 1 << 16),
    async *open() {
      for (let at = 0; at < bytes.length; at += chunk) yield bytes.slice(at, at + chunk)
    },
  }
}

export interface ReadList {
  readonly entries: readonly ListEntry[]
  readonly notes: readonly ReadNote[]
  entry(id: string): ListEntry
  /** How many notes there are of each reason. */
  readonly reasons: Readonly<Record<string, number>>
}

export async function readList(reader: ListReader, files: readonly SourceFile[], list = 'us-ofac-sdn'): Promise<ReadList> {
  const entries: ListEntry[] = []
  const notes: ReadNote[] = []
  const reasons: Record<string, number> = {}
  const note = (one: ReadNote) => {
    notes.push(one)
    reasons[one.reason] = (reasons[one.reason] ?? 0) + 1
  }
  for await (const entry of reader.read(files, { list, note, published: () => undefined })) entries.push(entry)
  const entry = (id: string) => {
    const found = entries.find((one) => one.id === id)
    if (found === undefined) throw new Error(`no entry ${id}`)
    return found
  }
  return { entries, notes, entry, reasons }
}
