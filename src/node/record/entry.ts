import { canonicalJson } from '../../chain/index.ts'
import type { Caller } from '../people/caller.ts'
import type { Random } from '../uuid.ts'

/** An object that an action touched, as it was then. */
export type Touched = {
  readonly id: string
  readonly kind: string
  readonly version: number /** Hex SHA-256 of the version's content. */
  readonly hash: string
}

/** A link that was made or ended. */
export type LinkChange = { readonly source: string; readonly target: string; readonly link: string; readonly ended: boolean }

/** What a person may do and see, after it was changed. */
export type PersonState = {
  readonly id: string
  readonly version: number
  readonly organisation: string
  readonly roles: readonly string[]
  readonly caveats: readonly string[]
  readonly disabled: boolean
}

/** What was written to a row of a table that is no object (`rows.ts`). */
export type RowWritten = {
  readonly table: string
  /** Which row, in words that tell no secret. */
  readonly key: string
  /** The columns that were written, all of them where the row was made; null where it was taken away. */
  readonly wrote: Readonly<Record<string, string | number | boolean | null | readonly string[]>> | null
}

/** One thing that somebody did. It names objects and never holds their content, so that an auditor need not be cleared for it. */
export type Entry = {
  readonly v: 1
  /** UTC, milliseconds. */
  readonly time: string
  /** The person and by which credential; null for the node itself. */
  readonly actor: { readonly person: string; readonly organisation: string; readonly credential: string } | null
  /** The door: `api`, `events`, `delivery`, `cli`, `node`. */
  readonly door: string
  /** What was done, e.g. `case.read`. */
  readonly action: string
  readonly outcome: 'done' | 'refused'
  readonly objects: readonly Touched[]
  /** Links that were made or ended, if any. */
  readonly links?: readonly LinkChange[]
  /** Persons who were made or changed, if any. */
  readonly people?: readonly PersonState[]
  /** Rows that were written, if any. */
  readonly rows?: readonly RowWritten[]
  /** What else an auditor needs: a query's hash, counts, an error's code. */
  readonly detail: Readonly<Record<string, string | number | boolean | null>>
  /** Chance: a leaf's hash is public to witnesses, and what was done could be guessed from it. */
  readonly nonce: string
}

/** What an action says of itself; the rest of an entry is known. */
export type Action = Pick<Entry, 'door' | 'action' | 'outcome' | 'objects' | 'links' | 'people' | 'rows' | 'detail'>

/** The bytes of an entry (canonical JSON), which are what the tree holds. */
export function entryText(action: Action, caller: Caller | null, now: Date, random: Random): string {
  const entry: Entry = {
    v: 1,
    time: now.toISOString(),
    actor: caller && {
      person: caller.person,
      organisation: caller.organisation,
      credential: `${caller.credential.kind}:${caller.credential.id}`,
    },
    ...action,
    nonce: random(16).toString('base64url'),
  }
  return canonicalJson(entry)
}
