import { communityOf, type Reader } from '../share/index.ts'
import type { Tx } from './database/tx.ts'
import type { LabelBook } from './objects/labels.ts'
import type { Caller } from './people/caller.ts'
import type { LinkChange, PersonState, Touched } from './record/entry.ts'
import type { Random } from './uuid.ts'

/** One request while it is answered: who asks, in which transaction, and what it has touched so far. */
export type Ask = {
  readonly caller: Caller
  readonly tx: Tx
  readonly now: Date
  readonly random: Random
  readonly labels: LabelBook
  /** The labels that the caller passes, by the decision point. Every statement that reads objects asks for them. */
  readonly ring: number[]
  /** What was read or changed: it goes into the record, and after the commit to those who listen. */
  readonly touched: Touched[]
  /** What was changed, for the events. */
  readonly changes: Change[]
  /** Links that were made or ended. */
  readonly links: LinkChange[]
  /** Persons who were made or changed. */
  readonly people: PersonState[]
  /** True once nobody else changes who may read containers, up to the end. */
  locked: boolean
  /** True once a container of something was opened or closed by what became of that. */
  spread: boolean
  /** What else the record should say. */
  readonly detail: Record<string, string | number | boolean | null>
}

/** The caller as the decision point sees him: he was let in, so he is enabled. */
export function readerOf({ person, organisation, nation, caveats, roles }: Caller): Reader {
  return { person, organisation, nation, caveats, community: communityOf(roles), disabled: false }
}

/** One change of an object, as events tell it. */
export type Change = { readonly object: Touched; readonly action: string }
