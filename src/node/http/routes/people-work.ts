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
  let made: T
  try {
    made = await work(ask.tx)
    ask.people.push(...(await changedPersons(ask.tx)))
  } catch (error) {
    // In a transaction that a statement has failed no other runs: it is rolled back, and the role with it. What the work itself refused is told, whatever becomes of this.
    await takeRole(ask.tx, APP_ROLE).catch(() => {})
    throw error
  }
  // Not taken back, it would have the rest of the transaction run past row-level security.
  await takeRole(ask.tx, APP_ROLE)
  return made
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
