import type { Ask } from '../../ask.ts'
import { APP_ROLE } from '../../database/database.ts'
import type { Tx } from '../../database/tx.ts'
import type { NodeParts } from '../../parts.ts'
import type { Manager } from '../../people/persons.ts'
import type { World } from '../../people/world.ts'
import type { PersonState } from '../../record/entry.ts'

/** Clock and chance, as people's functions take them. */
export function worldOf({ clock, random }: NodeParts): World {
  return { clock, random }
}

/** A caller as a manager of people. */
export function managerOf({ caller }: Ask, { config }: NodeParts): Manager {
  return { caller, home: config.home.organisation }
}

/**
 * Runs work on people's tables, which are closed to callers' transactions, as their owner but inside the caller's transaction: what is done and its entry in the record are committed together or not at all. Whose standing was changed goes into that entry by itself.
 */
export async function onPeople<T>(ask: Ask, work: (tx: Tx) => Promise<T>): Promise<T> {
  await takeRole(ask.tx, 'none')
  try {
    const made = await work(ask.tx)
    ask.people.push(...(await changedPersons(ask.tx)))
    return made
  } finally {
    // In a transaction that failed no statement runs any more, this one neither: it is rolled back, and the role with it.
    await takeRole(ask.tx, APP_ROLE).catch(() => {})
  }
}

async function takeRole(tx: Tx, role: string): Promise<void> {
  await tx.query(`select set_config('role', $1, true)`, [role])
}

/** The standing of every person whom this transaction has made or changed: rows say themselves which transaction wrote them. */
export async function changedPersons(tx: Tx): Promise<PersonState[]> {
  return await tx.query<PersonState>(
    `select id, version, organisation, roles, caveats, disabled from cordon.person where xmin = pg_current_xact_id()::xid order by id`,
  )
}
