import { forward } from './honest/exchanges.ts'
import { closingAct, genesis, honestAct, RESERVE } from './honest/traffic.ts'
import { sizesFor } from './sizes.ts'
import { BATCH, createColumns, type TransferColumns } from './tape.ts'
import { planThefts } from './theft/heist.ts'
import { createWorld, remaining, type World } from './world.ts'

export interface WorldOptions {
  /** Transfers in the world, exactly. */
  readonly transfers: number
  /** Same seed, same world, on every machine. */
  readonly seed: number | string
  /** Thefts; by default 3 at 10^4 transfers, 10 at 10^6, 40 at 10^8. */
  readonly thefts?: number
}

/**
 * A world, not yet begun. Its transfers come from `transfersOf`; its truth is complete when they have all been read.
 *
 * @throws CordonError `simulate/size`.
 */
export function openWorld(options: WorldOptions): World {
  const seed = String(options.seed)
  const world = createWorld(seed, sizesFor(options.transfers, options.thefts))
  planThefts(world, seed)
  return world
}

/** All transfers of a world in chain order, in batches of fresh columns. To be read once. */
export function* transfersOf(w: World): Generator<TransferColumns> {
  genesis(w)
  const perTransfer = w.sizes.blocks / w.sizes.transfers
  while (remaining(w) > 0) {
    const now = Math.floor(w.emitted * perTransfer)
    if (w.queue.next <= now && remaining(w) > RESERVE) {
      // A task bears the block that it was due at, unless the chain is already further.
      w.block = Math.max(w.block, w.queue.next)
      const task = w.queue.pop()
      if (task.kind === 'forward') forward(w, task.deposit, task.asset)
      else task.run()
    } else {
      w.block = Math.max(w.block, now)
      if (remaining(w) > RESERVE) honestAct(w)
      else closingAct(w)
    }
    if (w.columns.length >= BATCH) {
      const full = w.columns
      w.columns = createColumns()
      yield full
    }
  }
  if (w.columns.length > 0) yield w.columns
}
