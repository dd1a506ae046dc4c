import { CordonError } from '../../chain/index.ts'
import type { EntryPlace, ListedName } from './entry.ts'
import type { ReadContext, ReadNote, SourceFile } from './reader.ts'
import type { uniqueIds } from './unique-ids.ts'
import type { XmlElement } from './xml-element.ts'

/** The one file that a format consists of. @throws CordonError `list/schema` where there are more or none */
export function onlyFile(files: readonly SourceFile[], format: string): SourceFile {
  const [file, second] = files
  if (file !== undefined && second === undefined) return file
  throw new CordonError(
    'list/schema',
    `${format} is one file, and ${files.length} were given: ${files.map((one) => one.name).join(', ')}`,
    {
      remedy: 'import one file at a time',
    },
  )
}

export function schemaError(file: SourceFile, message: string, line: number | null = null): CordonError {
  return new CordonError('list/schema', `${file.name}: ${message}`, {
    place: { file: file.name, ...(line === null ? {} : { line }) },
    remedy:
      'check that the file is of the format named; if its publisher has changed the format, this reader must be changed before the file is used',
  })
}

/** Notes about one place, with the text cut as ReadNote wants it. */
export interface Noter {
  note(severity: ReadNote['severity'], reason: string, field: string | null, text: string, element?: XmlElement): void
}

export function noterFor(context: ReadContext, place: EntryPlace, entry: string | null): Noter {
  return {
    note: (severity, reason, field, text, element) =>
      context.note({ file: place.file, line: element?.line ?? place.line, field, entry, severity, reason, text: text.slice(0, 200) }),
  }
}

/**
 * The id of an entry within its list: a number used a second time for another record gets a suffix, and a record that stands there twice word for word is left out; both are noted.
 * Null: leave it out.
 */
export function idWithin(ids: ReturnType<typeof uniqueIds>, number: string, raw: string, noter: Noter): string | null {
  const unique = ids(number, raw)
  if (unique.id === null) noter.note('refused', 'entry repeated word for word', null, number)
  else if (unique.again) noter.note('note', 'id used twice', null, number)
  return unique.id
}

/** Names with the primary one first. Where the list marks none, the first takes its place, and that is noted. */
export function primaryFirst(names: readonly ListedName[], noter: Noter): ListedName[] {
  const sorted = names.toSorted((one, other) => Number(other.type === 'primary') - Number(one.type === 'primary'))
  const [first, ...rest] = sorted
  if (first === undefined || first.type === 'primary') return sorted
  noter.note('note', 'no primary name', null, first.full)
  return [{ ...first, quality: 'primary', type: 'primary' }, ...rest]
}

/** Each value once, in the order of their first. */
export function distinct<T>(values: readonly T[]): T[] {
  const found = new Map(values.map((value) => [typeof value === 'string' ? value : JSON.stringify(value), value]))
  return [...found.values()]
}
