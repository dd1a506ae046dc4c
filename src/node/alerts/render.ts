import type { AlertBody } from '../../cases/index.ts'
import { CordonError } from '../../chain/index.ts'
import { readerOf } from '../ask.ts'
import { guardOf } from '../cases/guard.ts'
import type { Rendered } from '../delivery/index.ts'
import { actorOf } from '../jobs/actor.ts'
import type { StoredObject } from '../objects/object.ts'
import { readObject } from '../objects/read.ts'
import type { NodeParts } from '../parts.ts'
import type { Touched } from '../record/entry.ts'
import { beginAsk } from '../transact.ts'
import { ALERT } from './kept.ts'
import { BY_NODE, recordAsNode } from './node-ask.ts'

/** Facts that a message names: the latest. All of them are at the door. */
const MOST_FACTS = 20
const LONGEST_SUBJECT = 200

/** A message, and the version of the alert that it tells of. */
export type Told = { readonly content: Rendered; readonly object: Touched }

/**
 * Makes the message about an alert for somebody, of what he may see at this moment, and puts that it goes to him into the record before it leaves. Null where he may not see it any more, may not read alerts, or is not let in.
 */
export async function tellOf(
  node: Pick<NodeParts, 'database' | 'clock' | 'labels' | 'random'>,
  { endpoint, person, organisation }: { readonly endpoint: string; readonly person: string; readonly organisation: string },
  { event, object: id }: { readonly event: string; readonly object: string },
): Promise<Told | null> {
  const reader = await node.database.system((tx) => actorOf(tx, person, BY_NODE))
  if (reader === null || reader.organisation !== organisation || !reader.scopes.includes('alerts:read')) return null
  const now = node.clock()
  return await node.database.as(reader.person, now, async (tx) => {
    const ask = beginAsk(node, reader, tx, now, await node.labels.ring(tx, readerOf(reader), now))
    const alert = await readObject<AlertBody>(ask, ALERT, id).catch((error: unknown) => {
      if (error instanceof CordonError && error.code === 'node/not-found') return null
      throw error
    })
    if (alert === null) return null
    const { marking } = await guardOf(ask, id)
    await recordAsNode(node, tx, { door: 'delivery', action: 'delivery.send', detail: { endpoint, event, person } }, [ask], now)
    const { kind, version, hash } = alert
    return { content: contentOf(alert, marking), object: { id, kind, version, hash } }
  })
}

function contentOf({ id, version, organisation, body }: StoredObject<AlertBody>, marking: string): Rendered {
  const { facts, state, severity, rule, ruleName, subject, watches, window, seen, firstSeen, lastSeen } = body
  const latest = facts.slice(-MOST_FACTS)
  const lines = [
    marking,
    '',
    `${severity}: ${ruleName}`,
    `Subject: ${subject}`,
    `State: ${state}`,
    `Seen: ${seen}, from ${firstSeen} to ${lastSeen}`,
    '',
    ...latest.map(({ at, text }) => `${at}  ${oneLine(text)}`),
    ...(seen > latest.length ? [`and ${seen - latest.length} before`] : []),
    '',
    `Alert ${id}, version ${version}`,
  ]
  return {
    subject: oneLine(`[Cordon] ${severity}: ${ruleName}`).slice(0, LONGEST_SUBJECT),
    text: `${lines.join('\n')}\n`,
    data: {
      id,
      version,
      organisation,
      marking,
      state,
      severity,
      rule,
      ruleName,
      subject,
      watches,
      window,
      seen,
      firstSeen,
      lastSeen,
      facts: latest,
    },
  }
}

/** Names come from tags and from people; a line of a message is one line. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
}
