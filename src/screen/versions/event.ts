import type { SourceRecord } from './manifest.ts'

/** One line of a list's log. Fields stand in this order. */
export type ListEvent = ImportedEvent | ConfirmedEvent | RefusedEvent

interface EventFacts {
  /** 1-based number of the line. */
  readonly event: number
  /** When it was written, ISO 8601 UTC with milliseconds; never before the event above. */
  readonly time: string
  readonly list: string
  /** Who imported. */
  readonly by: string
  /** When the files were fetched from the authority, where the operator says it (ISO 8601 UTC); otherwise `time` counts. */
  readonly fetchedAt: string | null
  readonly sourceUrl: string | null
  readonly reader: ReaderRecord
  readonly sources: readonly SourceRecord[]
  /** SHA-256 of the line above without its line feed; null on the first line. */
  readonly previous: string | null
  /** What a killed import had left and this one took away, by name. */
  readonly cleared: readonly string[]
}

/** A version came into service: a new one, or one that was in service before and is so again. */
export interface ImportedEvent extends EventFacts {
  readonly kind: 'imported'
  readonly version: string
  readonly published: string | null
  readonly entries: number
  /** SHA-256 of the version's manifest.json. */
  readonly manifest: string
  /** The version that was in service until then. */
  readonly replaces: string | null
  /** What the guard held against it and people overruled, with their reason. */
  readonly overruled: Overruled | null
}

/** The files of the version in service were seen again, unchanged. */
export interface ConfirmedEvent extends EventFacts {
  readonly kind: 'confirmed-unchanged'
  readonly version: string
}

/** The files were refused; the version in service stays. */
export interface RefusedEvent extends EventFacts {
  readonly kind: 'refused'
  readonly refusals: readonly Refusal[]
  /** The version that stays in service; null where there is none. */
  readonly stays: string | null
}

export interface ReaderRecord {
  readonly format: string
  readonly version: number
}

export interface Overruled {
  readonly refusals: readonly Refusal[]
  readonly reason: string
  readonly approvedBy: string
}

export type RefusalCode =
  /** A file of the import holds nothing. */
  | 'empty-file'
  /** The files hold no entry. */
  | 'no-entries'
  /** Entries, names or wallets are far fewer than in the version in service. */
  | 'shrunken'
  /** Persons, bodies, ships and aircraft are mixed very differently. */
  | 'kinds'
  /** Too many rows could not be read. */
  | 'refused-rows'
  /** The list was published before the version in service. */
  | 'older'
  /** The list says that it was published in the future. */
  | 'future'
  /** A list that we know in a format that its authority does not use. */
  | 'other-format'
  /** Entries of another list. Cannot be overruled. */
  | 'other-list'
  /** The reader could not read it at all: schema, XML. Cannot be overruled: there is nothing to put in service. */
  | 'schema'

export interface Refusal {
  readonly code: RefusalCode
  readonly message: string
  readonly remedy: string
}
