import { CordonError } from '../chain/index.ts'
import { type Ask, readerOf } from './ask.ts'
import type { Tx } from './database/tx.ts'
import type { NodeParts } from './parts.ts'
import type { Caller } from './people/caller.ts'
import { append } from './record/append.ts'
import { type Action, entryText, type Touched } from './record/entry.ts'

/** Where and as what somebody acts. */
export type Acting = {
  readonly door: string
  readonly action: string
  /** True for what writes nothing but its entry in the record: it goes on while the disk is full. */
  readonly reads?: boolean
}

/**
 * Answers somebody in one transaction: under row-level security, with the labels that he passes, its changes and its entry in the record committed together or not at all.
 * Listeners are woken after the commit.
 */
export async function transact<T>(node: NodeParts, caller: Caller, acting: Acting, work: (ask: Ask) => Promise<T>): Promise<T> {
  if (acting.reads !== true) await node.space.admitWrite()
  const now = node.clock()
  let changed = false
  let spread = false
  const value = await node.database.as(caller.person, now, async (tx) => {
    const ask = beginAsk(node, caller, tx, now, await node.labels.ring(tx, readerOf(caller), now))
    const made = await work(ask)
    await writeAct(ask, acting, caller)
    changed = ask.changes.length > 0
    spread = ask.spread
    return made
  })
  // Not waited for: how long an answer takes would tell whether others' containers hold the object.
  if (spread) node.containers.tell()
  if (changed) node.doorbell.ring()
  return value
}

/** A request that has touched nothing yet. */
export function beginAsk(node: Pick<NodeParts, 'random' | 'labels'>, caller: Caller, tx: Tx, now: Date, ring: number[]): Ask {
  return {
    caller,
    tx,
    now,
    random: node.random,
    labels: node.labels,
    ring,
    touched: [],
    changes: [],
    links: [],
    people: [],
    locked: false,
    spread: false,
    detail: {},
  }
}

/** Writes what was done into the record, as the last statements of its transaction. `actor` is null for what the node does by itself. */
export async function writeAct(
  ask: Pick<Ask, 'tx' | 'now' | 'random' | 'touched' | 'changes' | 'links' | 'people' | 'detail'>,
  { door, action }: Acting,
  actor: Caller | null,
): Promise<void> {
  const { tx, now, random, touched, changes, links, people, detail } = ask
  const entry: Action = {
    door,
    action,
    outcome: 'done',
    objects: touched,
    ...(links.length > 0 && { links }),
    ...(people.length > 0 && { people }),
    detail,
  }
  // Each version has an entry of its own that names nothing else, so that it can be proven to whoever may read that object alone.
  const versions = changes.map(({ object }) => entryText(versionEntry(object), null, now, random))
  const first = await append(tx, [entryText(entry, actor, now, random), ...versions])
  if (changes.length === 0) return
  await tx.query(
    `insert into change (seq, object, version, kind, action, at)
     select $1::bigint + n - 1, object, version, kind, action, $2
     from unnest($3::uuid[], $4::int[], $5::text[], $6::text[]) with ordinality as made(object, version, kind, action, n)`,
    [
      first + 1,
      now.toISOString(),
      changes.map(({ object }) => object.id),
      changes.map(({ object }) => object.version),
      changes.map(({ object }) => object.kind),
      changes.map(({ action: made }) => made),
    ],
  )
}

function versionEntry(object: Touched): Action {
  return { door: 'node', action: 'object.version', outcome: 'done', objects: [object], detail: {} }
}

/** Nothing can be recorded then. Refusals for want of room are counted, and the record says how many there were once there is some. */
const UNRECORDED: ReadonlySet<string> = new Set(['database/disk-full', 'node/disk-full', 'database/lost', 'database/not-opened'])

/** Records that somebody was refused. What keeps the record itself from being written (a full disk) is not allowed to hide the refusal from the caller. */
export async function refused(node: NodeParts, caller: Caller, acting: Acting, error: unknown): Promise<void> {
  const code = error instanceof CordonError ? error.code : 'node/internal'
  if (UNRECORDED.has(code)) return
  const entry: Action = { door: acting.door, action: acting.action, outcome: 'refused', objects: [], detail: { code } }
  await node.database.system((tx) => append(tx, [entryText(entry, caller, node.clock(), node.random)]))
}
