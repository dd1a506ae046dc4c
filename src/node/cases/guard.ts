import { canonicalJson } from '../../chain/index.ts'
import { type Clauses, type Label, showClauses, showLabel, strictest } from '../../share/index.ts'
import type { Ask } from '../ask.ts'

/** What guards an object that holds others: its own label and those of all that it holds, each of which a reader must pass. */
export type Guard = { readonly marking: string; readonly clauses: Clauses }

/** What guards an object that the caller has read in this transaction: he passes all of it, so nothing in it is new to him. */
export async function guardOf({ tx, labels }: Ask, id: string): Promise<Guard> {
  const [row] = await tx.query<{ clauses: number[] }>('select clauses from object where id = $1', [id])
  const found: Label[] = []
  for (const clause of row?.clauses ?? []) found.push(await labels.label(tx, clause))
  const clauses = strictest(found)
  const organisations = await tx.query<{ code: string; nation: string }>('select code, nation from organisation')
  return { clauses, marking: showClauses(clauses, new Map(organisations.map(({ code, nation }) => [code, nation]))) }
}

/** An object that keeps a container as closed as it is. */
export type Keeper = { readonly id: string; readonly kind: string; readonly organisation: string; readonly marking: string }

const MOST_KEEPERS = 200

/**
 * The objects in a container, at whatever depth and itself included, whose own labels are its clauses, oldest first: these are to be released for it to open. What a trace was made from is among them, which the container does not hold itself.
 * The caller has read the container in this transaction, and so may read each.
 */
export async function keepersOf(
  ask: Ask,
  id: string,
  clauses: Clauses,
): Promise<{ readonly objects: readonly Keeper[]; readonly objectsLeftOut: boolean }> {
  const rows = await ask.tx.query<Omit<Keeper, 'marking'> & { version: number; label: number; hash: string }>(
    `select id, kind, organisation, version, label, encode(hash, 'hex') as hash from object
     where id in (select inside.id from cordon_inside($1) as inside) and clauses <@ $2::int[] order by id`,
    [id, ask.ring],
  )
  const wanted = new Set(clauses.map(canonicalJson))
  const labels = new Map<number, Label | null>()
  for (const label of new Set(rows.map((row) => row.label))) {
    const found = await ask.labels.label(ask.tx, label)
    labels.set(label, wanted.has(canonicalJson(found)) ? found : null)
  }
  const keepers = rows.flatMap((row) => {
    const label = labels.get(row.label) ?? null
    return label === null ? [] : [{ row, marking: showLabel(label) }]
  })
  const told = keepers.slice(0, MOST_KEEPERS)
  for (const { row } of told) ask.touched.push({ id: row.id, kind: row.kind, version: row.version, hash: row.hash })
  return {
    objects: told.map(({ row: { id: object, kind, organisation }, marking }) => ({ id: object, kind, organisation, marking })),
    objectsLeftOut: keepers.length > told.length,
  }
}
