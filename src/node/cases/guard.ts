import { type Clauses, type Label, showClauses, strictest } from '../../share/index.ts'
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
