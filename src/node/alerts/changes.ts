import type { NodeParts } from '../parts.ts'
import { movePosition, positionOf } from './position.ts'

/** A change of an object, by its place in the record. */
export type Changed = {
  readonly seq: number
  readonly object: string
  readonly version: number
  readonly action: string
  readonly at: string
}

type ChangePosition = { readonly seq: number }

/** The next changes of a kind that a source has not looked at, in order, and its position. */
export async function nextChanges(
  node: NodeParts,
  source: string,
  kind: string,
  most: number,
): Promise<{ readonly from: ChangePosition | null; readonly changes: readonly Changed[] }> {
  const from = await positionOf<ChangePosition>(node, source)
  const changes = await node.database.system((tx) =>
    tx.query<Changed>('select seq, object, version, action, at from change where kind = $1 and seq > $2::bigint order by seq limit $3', [
      kind,
      from?.seq ?? -1,
      most,
    ]),
  )
  return { from, changes }
}

/** No rule asks for changes of this kind: what there is until now is passed over. */
export async function passOver(node: NodeParts, source: string, kind: string, from: ChangePosition | null): Promise<void> {
  const [last] = await node.database.system((tx) => tx.query<{ seq: number }>('select max(seq) as seq from change where kind = $1', [kind]))
  if (last !== undefined) await movePosition(node, { source, from, to: { seq: last.seq } })
}
