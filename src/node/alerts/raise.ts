import { type AlertBody, type AlertChange, deduplicate, type Raised } from '../../cases/index.ts'
import type { Ask } from '../ask.ts'
import type { Tx } from '../database/tx.ts'
import { enqueue } from '../delivery/index.ts'
import { storable } from '../jobs/index.ts'
import { changeObject } from '../objects/change.ts'
import { lockContainers } from '../objects/containers.ts'
import { createObject } from '../objects/create.ts'
import { linkAll } from '../objects/link-all.ts'
import type { LinkKind } from '../objects/links.ts'
import { COLUMNS, fromRow, type Row } from '../objects/rows.ts'
import type { NodeParts } from '../parts.ts'
import type { Caller } from '../people/caller.ts'
import { beginAsk } from '../transact.ts'
import { ALERT, RULE } from './kept.ts'
import { recordAsNode } from './node-ask.ts'
import { type Move, movePosition } from './position.ts'

/** An alert holds what it is about, so that it is never more open than that, whenever it is closed further. */
const ABOUT: LinkKind = { kind: 'about', contains: true }

/** Alerts that one transaction writes: the embedded database has one connection. */
const AT_ONCE = 50

/** What rules that look with somebody's eyes said. */
export type Finding = {
  readonly eyes: Caller
  readonly raised: readonly Raised[]
  /** Objects that one of these is about. */
  readonly about: (raised: Raised) => readonly string[]
}

/** How many alerts were opened, counted up and opened again. */
export type RaisedCounts = Readonly<Record<Exclude<AlertChange, 'known'>, number>>

/**
 * Writes what rules said into their alerts, with a message for each that was opened into the outbox, and afterwards how far the source was looked at. A node that is killed in between looks again, and finds facts that the alerts have.
 */
export async function raiseAlerts(node: NodeParts, findings: readonly Finding[], move: Move | null): Promise<RaisedCounts> {
  const counts = { opened: 0, counted: 0, reopened: 0 }
  for (const part of findings.flatMap(partsOf)) {
    await node.space.admitWrite()
    const now = node.clock()
    const { changes, spread } = await node.database.system((tx) => writePart(node, tx, part, now))
    for (const change of changes) counts[change]++
    if (changes.length === 0) continue
    node.doorbell.ring()
    node.deliveries.wake()
    if (spread) node.containers.tell()
  }
  if (move !== null) await movePosition(node, move)
  return counts
}

/** What is said of a few alerts at a time; all of one alert is together, so that it gets one version. */
function partsOf({ eyes, raised, about }: Finding): Finding[] {
  const keys = [...new Set(raised.map(({ key }) => key))]
  const parts: Finding[] = []
  for (let at = 0; at < keys.length; at += AT_ONCE) {
    const mine = new Set(keys.slice(at, at + AT_ONCE))
    parts.push({ eyes, raised: raised.filter(({ key }) => mine.has(key)), about })
  }
  return parts
}

async function writePart(
  node: NodeParts,
  tx: Tx,
  { eyes, raised, about }: Finding,
  now: Date,
): Promise<{ readonly changes: readonly Exclude<AlertChange, 'known'>[]; readonly spread: boolean }> {
  // One writer at a time, also between processes: two that make the same alert would stop each other at the unique index.
  await tx.query('select pg_advisory_xact_lock(7305013)')
  const ask = beginAsk(node, eyes, tx, now, [])
  await lockContainers(ask)
  const keys = [...new Set(raised.map(({ key }) => key))]
  const rows = await tx.query<Row>(
    `select ${COLUMNS} from object where kind = 'alert' and body ->> 'key' = any($1::text[]) order by id for update`,
    [keys],
  )
  const known = await Promise.all(rows.map((row) => fromRow<AlertBody>(ask, row)))
  const before = new Map(known.map((object) => [object.body.key, object]))
  const bodies = new Map(known.map(({ body }) => [body.key, body]))
  const changes: Exclude<AlertChange, 'known'>[] = []
  for (const [key, { alert, owner, change }] of deduplicate(bodies, raised, now.toISOString())) {
    if (change === 'known') continue
    const mine = raised.filter((each) => each.key === key)
    const body = storable(alert)
    const earlier = before.get(key)
    const object =
      earlier === undefined
        ? await createObject(ask, { kind: ALERT, body, label: await labelOf(ask, alert.rule) })
        : await changeObject(ask, earlier, { body }, change)
    await holdAll(ask, object.id, [alert.rule, ...alert.watches, ...mine.flatMap(about)])
    if (change !== 'counted') await enqueue(tx, { event: `alert.${change}`, object: object.id }, owner, now)
    changes.push(change)
  }
  if (changes.length > 0)
    await recordAsNode(
      node,
      tx,
      { door: 'node', action: 'alert.raise', detail: { alerts: changes.length, facts: raised.length } },
      [ask],
      now,
    )
  return { changes, spread: ask.spread }
}

/** An alert is labelled as its rule is, and closed further by what it is about. */
async function labelOf({ tx, labels }: Ask, rule: string) {
  const [row] = await tx.query<{ label: number }>('select label from object where id = $1 and kind = $2', [rule, RULE])
  return await labels.label(tx, (row as { label: number }).label)
}

async function holdAll(ask: Ask, alert: string, targets: readonly string[]): Promise<void> {
  const held = await ask.tx.query<{ target: string }>('select target from link where source = $1 and kind = $2 and ended_at is null', [
    alert,
    ABOUT.kind,
  ])
  const there = new Set(held.map(({ target }) => target))
  await linkAll(
    ask,
    alert,
    targets.filter((target) => !there.has(target)),
    ABOUT,
  )
}
