import { CordonError } from '../chain/index.ts'
import { type Ask, type Change, readerOf } from './ask.ts'
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
  const changes: Change[] = []
  const value = await node.database.as(caller.person, now, async (tx) => {
    const touched: Touched[] = []
    const ask: Ask = {
      caller,
      tx,
      now,
      random: node.random,
      labels: node.labels,
      ring: await node.labels.ring(tx, readerOf(caller), now),
      touched,
      changes,
      links: [],
      people: [],
      detail: {},
    }
    const made = await work(ask)
    const entry: Action = {
      door: acting.door,
      action: acting.action,
      outcome: 'done',
      objects: touched,
      ...(ask.links.length > 0 && { links: ask.links }),
      ...(ask.people.length > 0 && { people: ask.people }),
      detail: ask.detail,
    }
    // Each version has an entry of its own that names nothing else, so that it can be proven to whoever may read that object alone.
    const versions = changes.map(({ object }) => entryText(versionEntry(object), null, now, node.random))
    const first = await append(tx, [entryText(entry, caller, now, node.random), ...versions])
    await writeChanges(tx, first + 1, changes, now)
    return made
  })
  if (changes.length > 0) node.doorbell.ring()
  return value
}

function versionEntry(object: Touched): Action {
  return { door: 'node', action: 'object.version', outcome: 'done', objects: [object], detail: {} }
}

async function writeChanges(tx: Tx, first: number, changes: readonly Change[], now: Date): Promise<void> {
  for (const [at, { object, action }] of changes.entries())
    await tx.query('insert into change (seq, object, version, kind, action, at) values ($1, $2, $3, $4, $5, $6)', [
      first + at,
      object.id,
      object.version,
      object.kind,
      action,
      now.toISOString(),
    ])
}

/** Records that somebody was refused. What keeps the record itself from being written (a full disk) is not allowed to hide the refusal from the caller. */
export async function refused(node: NodeParts, caller: Caller, acting: Acting, error: unknown): Promise<void> {
  const code = error instanceof CordonError ? error.code : 'node/internal'
  // Those are counted, and the record says how many there were once there is room.
  if (code === 'database/disk-full' || code === 'node/disk-full') return
  const entry: Action = { door: acting.door, action: acting.action, outcome: 'refused', objects: [], detail: { code } }
  await node.database.system((tx) => append(tx, [entryText(entry, caller, node.clock(), node.random)]))
}
