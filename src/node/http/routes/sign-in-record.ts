import type { Config } from '../../config/index.ts'
import type { Tx } from '../../database/tx.ts'
import type { NodeParts } from '../../parts.ts'
import { authenticate } from '../../people/authenticate.ts'
import type { Caller } from '../../people/caller.ts'
import type { SessionLife } from '../../people/sessions.ts'
import type { TransactWorld } from '../../people/world.ts'
import { append } from '../../record/append.ts'
import { type Action, entryText } from '../../record/entry.ts'
import { changedPersons } from './people-work.ts'

/** How long sessions live here. */
export function sessionLife({ signIn }: Config): SessionLife {
  return { idle: signIn.idleMinutes * 60_000, absolute: signIn.absoluteHours * 3_600_000 }
}

/** What the record is told of: who did it, null for somebody who is not let in, and how it ended. */
export type Event = { readonly caller: Caller | null; readonly outcome: Action['outcome']; readonly detail?: Action['detail'] }

/**
 * The world for work that takes several transactions (a password is hashed, a provider asked in between). The transaction in which it succeeds writes the entry of the record too, and so does any that changes the standing of a person, so that neither is ever without the other.
 *
 * @param eventOf what the value of a transaction means; null for one that is only on the way
 */
export function recordedWorld(node: NodeParts, action: string, eventOf: (value: unknown, tx: Tx) => Promise<Event | null>): TransactWorld {
  return {
    clock: node.clock,
    random: node.random,
    transact: (work) =>
      node.database.system(async (tx) => {
        const value = await work(tx)
        const people = await changedPersons(tx)
        const event = await eventOf(value, tx)
        if (event !== null || people.length > 0) await write(node, tx, action, event, people)
        return value
      }),
  }
}

/** Records that somebody was not let in. */
export async function recordRefusal(node: NodeParts, action: string, detail: Action['detail']): Promise<void> {
  await node.database.system((tx) => write(node, tx, action, { caller: null, outcome: 'refused', detail }, []))
}

async function write(node: NodeParts, tx: Tx, action: string, event: Event | null, people: NonNullable<Action['people']>): Promise<void> {
  const entry: Action = {
    door: 'api',
    action,
    outcome: event?.outcome ?? 'done',
    objects: [],
    ...(people.length > 0 && { people }),
    detail: event?.detail ?? {},
  }
  await append(tx, [entryText(entry, event?.caller ?? null, node.clock(), node.random)])
}

/** Who has just come in, by the session that was opened for him in this transaction. */
export async function callerBySession(node: NodeParts, tx: Tx, token: string): Promise<Caller | null> {
  return await authenticate(tx, { authorization: null, session: token, certificate: null }, sessionLife(node.config), node.clock)
}
