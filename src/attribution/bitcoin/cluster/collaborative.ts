import { mayBeCoinJoin } from '../coinjoin/index.ts'
import { isCollaborative } from '../collaborative.ts'
import { shapeOf } from '../shape.ts'
import type { CollaborativeTest } from './walk.ts'

const NO_SCRIPT = new Uint8Array(0)

/**
 * CoinJoins of the known families, and what has the shape of one (see `isCollaborative`). The cheap filter goes first; what passes it is put together from the
 * columns and looked at closely. Neither its block nor what its OP_RETURN outputs say is in the columns: no collaborative family is told by them. A table without times is
 * judged by the present form of each family.
 */
export const collaborativeByCoinJoin: CollaborativeTest = (table, run, k) => {
  if (!mayBeCoinJoin(run, k)) return false
  const shape = shapeOf(table, run, k)
  const time = table.timeOf?.(shape.tx) ?? Number.MAX_SAFE_INTEGER
  const data = shape.outputs.flatMap(({ index, script }) => (script === 'data' ? [{ index, script: NO_SCRIPT }] : []))
  return isCollaborative({ ...shape, block: 0, time, data })
}
