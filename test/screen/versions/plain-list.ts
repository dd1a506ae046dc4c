import { createHash } from 'node:crypto'
import { CordonError } from '../../../src/chain/index.ts'
import { type EntryKind, emptyEntry, type ListEntry } from '../../../src/screen/lists/entry.ts'
import type { SourceFile } from '../../../src/screen/lists/reader.ts'
import type { VersionedReader } from '../../../src/screen/lists/registry.ts'
import { type ImportListOptions, type ImportListResult, importList } from '../../../src/screen/versions/index.ts'

/** A file in memory. */
export function file(content: string | Uint8Array, name = 'list.txt'): SourceFile {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  return {
    path: name,
    name,
    bytes: bytes.length,
    head: bytes.subarray(0, 65_536),
    async *open() {
      for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000)
    },
  }
}

/**
 * A plain list: `published DATE`, then an entry a line: `id|kind|listedOn|name|name…`. `?reason` refuses a line, `!schema` is a schema error, `@list` sets the list of what follows.
 */
export const plain: VersionedReader = {
  format: 'plain',
  version: 1,
  title: 'a plain list, for tests',
  lists: [],
  recognises: () => true,
  async *read(files, context) {
    for (const source of files) {
      let text = ''
      for await (const chunk of source.open()) text += Buffer.from(chunk).toString('utf8')
      let { list } = context
      for (const [index, line] of text.split('\n').entries()) {
        const place = { file: source.name, line: index + 1 }
        if (line === '') continue
        if (line.startsWith('published ')) context.published(line.slice(10))
        else if (line.startsWith('@')) list = line.slice(1)
        else if (line.startsWith('!'))
          throw new CordonError('list/schema', `${line.slice(1)} was found where an entry must be`, { place, remedy: 'fetch it again' })
        else if (line.startsWith('?'))
          context.note({ ...place, field: null, entry: null, severity: 'refused', reason: 'cannot be read', text: line.slice(1) })
        else yield entryOf(list, line, place)
      }
    }
  },
}

function entryOf(list: string, line: string, place: ListEntry['place']): ListEntry {
  const [id = '', kind = 'person', on = '', ...names] = line.split('|')
  const named = names.map((full, i) => ({
    full,
    family: null,
    given: null,
    quality: i === 0 ? ('primary' as const) : ('strong' as const),
    type: i === 0 ? ('primary' as const) : ('aka' as const),
  }))
  const listedOn = on === '' ? null : { from: on, to: on, circa: false, text: on }
  return { ...emptyEntry(list, id, kind as EntryKind, named, line, place), listedOn }
}

/** Text of a plain list of persons `1`…`count`, all of one spelling. */
export function persons(count: number, published: string | null = null, spelling = 'Person'): string {
  const lines = Array.from({ length: count }, (_, i) => `${i + 1}|person||${spelling} ${i + 1}`)
  return `${published === null ? '' : `published ${published}\n`}${lines.join('\n')}\n`
}

export const DAY = 86_400_000
export const START = Date.parse('2025-01-01T00:00:00.000Z')

/** Imports text as the list `test-list` at a time in days since START. */
export function importText(
  store: string,
  text: string | readonly string[],
  day: number,
  options: Partial<ImportListOptions> = {},
): Promise<ImportListResult> {
  const texts = typeof text === 'string' ? [text] : text
  return importList({
    formats: null,
    store,
    list: 'test-list',
    files: texts.map((content, i) => file(content, `list-${i}.txt`)),
    reader: plain,
    clock: () => START + day * DAY,
    by: 'Kim',
    ...options,
  })
}

export function hashOf(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}
