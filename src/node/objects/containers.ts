import type { Ask } from '../ask.ts'
import { renewRing } from './ring.ts'

/**
 * Waits until nobody else changes who may read containers, up to the end of this transaction: before the first row of one is locked, so that no two wait for each other. What follows then sees what the others have done.
 */
export async function lockContainers(ask: Ask): Promise<void> {
  if (ask.locked) return
  await ask.tx.query('select cordon_lock_containers()')
  ask.locked = true
  await renewRing(ask)
}

/** Closes or opens an object, and all that contains it, as everything in them is now. Containers that are opened or closed by that are told of after the commit. */
export async function spread(ask: Ask, changed: string): Promise<void> {
  const [row] = await ask.tx.query<{ others: boolean }>('select cordon_spread($1) as others', [changed])
  ask.spread ||= row?.others === true
}
