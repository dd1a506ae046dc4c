import type { SignedIn } from './torture-people.ts'

/** What the node has acknowledged of one object, and what was asked of it without an answer. */
export type Known = {
  readonly id: string
  version: number
  hash: string
  etag: string
  /** The title that the last acknowledged version has. */
  title: string
  /** A change that may or may not have happened: the connection broke before its answer. */
  unsure: { readonly title: string } | null
}

/** A request whose answer never came. It is sent again with the same key. */
export type Unanswered = {
  readonly who: SignedIn
  readonly path: string
  readonly body: unknown
  readonly key: string
  /** The word by which what it makes is found, for a creation; null for a link. */
  readonly word: string | null
}

/** Everything that the writers were told, which the node must still know after any death. */
export type Memory = {
  /** Every acknowledged version of every object: `id/version` to its hash. */
  readonly versions: Map<string, string>
  /** Acknowledged links: `source target`. */
  readonly links: Set<string>
  /** Objects that were touched since the last look. */
  readonly touched: Set<Known>
  /** Sources of links that were made since the last look. */
  readonly linked: Set<string>
  readonly unanswered: Unanswered[]
  /** Acknowledged creations, to be repeated with their key now and then: the same object must come back. */
  readonly keys: { readonly request: Unanswered; readonly id: string }[]
  /** Every checkpoint that the node has shown. */
  readonly notes: Set<string>
  acknowledged: number
}

export function emptyMemory(): Memory {
  return {
    versions: new Map(),
    links: new Set(),
    touched: new Set(),
    linked: new Set(),
    unanswered: [],
    keys: [],
    notes: new Set(),
    acknowledged: 0,
  }
}

/** Takes an acknowledged version in. */
export function acknowledge(memory: Memory, known: Known, version: number, hash: string, etag: string, title: string): void {
  Object.assign(known, { version, hash, etag, title, unsure: null })
  memory.versions.set(`${known.id}/${version}`, hash)
  memory.touched.add(known)
}
