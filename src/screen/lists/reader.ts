import type { ListEntry } from './entry.ts'

/** A file given to a reader. Readers stream it; nobody holds a whole list's text. */
export interface SourceFile {
  readonly path: string
  /** Name without folders, as reports show it. */
  readonly name: string
  readonly bytes: number
  /** A fresh stream of its bytes from the beginning. A ZIP archive is opened before readers see it: they get its members. */
  open(): AsyncIterable<Uint8Array>
  /** The first bytes (at most 64 KiB), for recognition. */
  readonly head: Uint8Array
}

/** Something that a reader saw and a person should know: a row refused, a field not understood, an alias of no entry. Nothing is dropped without one. */
export interface ReadNote {
  readonly file: string
  /** 1-based; null where the format has no lines. */
  readonly line: number | null
  readonly field: string | null
  /** The entry it concerns, where known. */
  readonly entry: string | null
  readonly severity: 'refused' | 'note'
  /** Short and the same for all notes of a kind, so that they can be counted; particulars go into `text`. */
  readonly reason: string
  /** The offending text, cut to 200 characters. */
  readonly text: string
}

/** What a reader hears and says besides entries. */
export interface ReadContext {
  /** The list that the caller says this is; readers of one list ignore it, readers of own lists take it as the id. */
  readonly list: string
  note(note: ReadNote): void
  /** The list's own date of publication (ISO date or time), once the reader finds it. */
  published(time: string): void
  /** Stops the reading when aborted. */
  readonly signal?: AbortSignal
}

/** One format of one list. One file in this folder each, and one line in registry.ts. */
export interface ListReader {
  /** e.g. `ofac-csv`. */
  readonly format: string
  /** What it is in a line, for `cordon lists import --help`. */
  readonly title: string
  /** True where these files, together, are what this reader reads: by headers and root elements, never by file names alone. */
  recognises(files: readonly SourceFile[]): boolean
  /** The ids of the lists that files of this format hold; an empty array: the caller names the list. */
  readonly lists: readonly string[]
  /**
   * Entries in the order of the file.
   *
   * @throws CordonError `list/schema` where a root, header, column or required element differs from what the format promises (with what was expected and found);
   * `list/xml` where XML is malformed or holds a DTD or an entity declaration
   */
  read(files: readonly SourceFile[], context: ReadContext): AsyncIterable<ListEntry>
}
