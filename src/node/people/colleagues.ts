import type { Tx } from '../database/tx.ts'
import type { Person } from './persons.ts'
import { isId } from './secrets.ts'

/** What the people of one organisation know of each other, so that they can name each other for work and see who did what. */
export type Colleague = Pick<Person, 'id' | 'name' | 'roles' | 'disabled'>

/** The people of an organisation, by name; those who have left too, since their work is still there. `afterId` is the last one of the page before. */
export async function listColleagues(
  tx: Tx,
  organisation: string,
  page: { readonly limit: number; readonly afterId: string | null },
): Promise<readonly Colleague[]> {
  return await tx.query<Colleague>(
    `select p.id, p.name, p.roles, p.disabled from cordon.person p
     where p.organisation = $1 and ($2::uuid is null or (p.name, p.id) > (select q.name, q.id from cordon.person q where q.id = $2))
     order by p.name, p.id limit $3`,
    [organisation, isId(page.afterId) ? page.afterId : null, page.limit],
  )
}

/** The names of those among these people who are of an organisation. */
export async function namesOf(tx: Tx, organisation: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.query<{ id: string; name: string }>(
    'select p.id, p.name from cordon.person p where p.organisation = $1 and p.id = any($2::uuid[])',
    [organisation, ids.filter(isId)],
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}
