import type { Tx } from '../database/tx.ts'
import type { Caller, Credential } from '../people/caller.ts'
import { isRole, scopesOf } from '../people/roles.ts'

type Row = { person: string; name: string; organisation: string; nation: string; roles: string[]; caveats: string[] }

/** Somebody for whom the node works while he may be away: as he is now, with the credential that he had shown. Null where he is not let in any more. */
export async function actorOf(tx: Tx, person: string, credential: Pick<Credential, 'kind' | 'id'>): Promise<Caller | null> {
  const [row] = await tx.query<Row>(
    `select p.id as person, p.name, p.organisation, o.nation, p.roles, p.caveats
     from person p join organisation o on o.code = p.organisation where p.id = $1 and not p.disabled`,
    [person],
  )
  if (row === undefined) return null
  return { ...row, roles: row.roles.filter(isRole), scopes: scopesOf(row.roles), credential: { ...credential, usedAt: null } as Credential }
}
