import type { ListEntry } from '../../../src/screen/lists/entry.ts'
import type { ListReader, ReadNote, SourceFile } from '../../../src/screen/lists/reader.ts'

/** A file in memory, handed out in chunks of the size given. */
export function fileOf(content: string | Uint8Array, name = 'list.xml', chunk = 1_000): SourceFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return {
    path: `/tmp/${name}`,
    name,
    bytes: bytes.length,
    head: bytes.subarray(0, 65_536),
    async *open() {
      for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk)
    },
  }
}

export interface Heard {
  readonly entries: ListEntry[]
  readonly notes: ReadNote[]
  readonly published: string[]
}

/** Everything that a reader gives, in the end or before the error that it throws. */
export async function readAll(reader: ListReader, files: readonly SourceFile[]): Promise<Heard> {
  const heard: Heard = { entries: [], notes: [], published: [] }
  const context = { list: 'any', note: (note: ReadNote) => heard.notes.push(note), published: (time: string) => heard.published.push(time) }
  for await (const entry of reader.read(files, context)) heard.entries.push(entry)
  return heard
}

export function counted<T>(values: Iterable<T>): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const value of values) counts[String(value)] = (counts[String(value)] ?? 0) + 1
  return counts
}

/** What a stream gives, in the end or before the error that it throws. */
export async function gather<T>(stream: AsyncIterable<T> | Iterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const one of stream) all.push(one)
  return all
}
