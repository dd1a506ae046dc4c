import type { DenialBody } from '../../cases/index.ts'
import type { Ask } from '../ask.ts'
import { linkObjects, REFERS } from '../objects/links.ts'
import type { StoredObject } from '../objects/object.ts'
import { readObject } from '../objects/read.ts'
import { COLUMNS, fromRow, type Row } from '../objects/rows.ts'

/** Says which claims a denial of the caller's disputes: he has made or read it in this transaction. Throws `node/not-found` for a claim that is closed to him. */
export async function dispute(ask: Ask, denial: string, claims: readonly string[]): Promise<void> {
  for (const claim of new Set(claims)) {
    await readObject(ask, 'claim', claim)
    await linkObjects(ask, denial, claim, REFERS)
  }
}

/** The denials that dispute a claim, of what the caller may read: newest first. */
export async function denialsOf(
  ask: Ask,
  claim: string,
  page: { readonly limit: number; readonly before: string | undefined },
): Promise<{ readonly denials: StoredObject<DenialBody>[]; readonly more: boolean }> {
  const rows = await ask.tx.query<Row>(
    `select ${COLUMNS} from object where kind = 'denial' and clauses <@ $2::int[] and ($4::uuid is null or id < $4)
       and id in (select source from link where target = $1 and kind = $3 and ended_at is null)
     order by id desc limit $5`,
    [claim, ask.ring, REFERS.kind, page.before ?? null, page.limit + 1],
  )
  const denials = await Promise.all(rows.slice(0, page.limit).map((row) => fromRow<DenialBody>(ask, row)))
  for (const { id, kind, version, hash } of denials) ask.touched.push({ id, kind, version, hash })
  return { denials, more: rows.length > page.limit }
}
