import { type Holding, meetings } from '../../share/index.ts'
import type { Tx } from '../database/tx.ts'
import type { NodeParts } from '../parts.ts'
import { append } from '../record/append.ts'
import { entryText, type RowWritten, type Touched } from '../record/entry.ts'
import { HOLDING, HOLDING_NOTICE, tellRows, written } from '../record/rows.ts'

/** Objects that one entry of the record names. */
const MOST_NAMED = 500

type Row = Holding & { readonly object: string; readonly compared: boolean }
type Met = { readonly round: string; readonly organisations: number; readonly objects: readonly string[] }

/**
 * Compares what was filed for rounds that are over with what others hold, and notes for each team's objects that they met something. Gives how many tokens met.
 *
 * All that was filed within a round is compared at its end, in one go: a team that is told of a meeting learns neither which of its accounts met nor which of its filings brought it about, and two teams learn of it at the same time.
 * The record has for each meeting which objects it was, for auditors alone: that is where the desk finds whom to bring together.
 */
export async function sweepRounds({ database, clock, random }: Pick<NodeParts, 'database' | 'clock' | 'random'>): Promise<number> {
  const now = clock()
  return await database.system(async (tx) => {
    await tx.query('select pg_advisory_xact_lock(7305012)')
    const due = await tx.query<{ round: string }>('select distinct round from holding where not compared and round <= $1 order by round', [
      now.toISOString(),
    ])
    const met: Met[] = []
    const rows: RowWritten[] = []
    for (const { round } of due) {
      const compared = await compare(tx, round)
      met.push(...compared.met)
      rows.push(...compared.written)
    }
    await tellRows(tx, rows, { now, random })
    if (met.length === 0) return 0
    const entries = []
    for (const { round, organisations, objects } of met)
      entries.push(
        entryText(
          {
            door: 'node',
            action: 'deconflict.meet',
            outcome: 'done',
            objects: await touchedOf(tx, objects),
            detail: { round, organisations, objects: objects.length },
          },
          null,
          now,
          random,
        ),
      )
    await append(tx, entries)
    return met.length
  })
}

async function compare(tx: Tx, round: string): Promise<{ readonly met: readonly Met[]; readonly written: readonly RowWritten[] }> {
  const rows = await tx.query<Row>(
    `select token, organisation, object, compared from holding
     where token in (select token from holding where round = $1 and not compared) and (compared or round = $1) order by token, organisation, object`,
    [round],
  )
  // These and no others: what was filed for this round and is committed from here on is compared by the next sweep.
  const mine = rows.filter(({ compared }) => !compared)
  const found = meetings(
    mine,
    rows.filter(({ compared }) => compared),
  )
  const compared = await tx.query<RowWritten>(
    `update holding set compared = true from unnest($2::text[], $3::text[], $4::uuid[]) as mine (by_token, by_organisation, by_object)
     where round = $1 and not compared and (token, organisation, object) = (by_token, by_organisation, by_object) returning ${written(HOLDING, ['compared'])}`,
    [round, mine.map(({ token }) => token), mine.map(({ organisation }) => organisation), mine.map(({ object }) => object)],
  )
  const byToken = Map.groupBy(rows, ({ token }) => token)
  const anew = new Set(found.map(({ token }) => token))
  // What a team files of a second object meets nobody anew; but who works on that object need not know of the first, and is told.
  const told = [...byToken.values()].flatMap((holders) =>
    new Set(holders.map(({ organisation }) => organisation)).size > 1
      ? holders.filter(({ token, compared }) => !compared || anew.has(token))
      : [],
  )
  const noticed = await tx.query<RowWritten>(
    `insert into holding_notice (organisation, round, object)
     select organisation, $3, object from unnest($1::text[], $2::uuid[]) as held (organisation, object) on conflict do nothing
     returning ${written(HOLDING_NOTICE)}`,
    [told.map(({ organisation }) => organisation), told.map(({ object }) => object), round],
  )
  const met = found.map(({ token, organisations }) => ({
    round,
    organisations: organisations.length,
    objects: [...new Set(byToken.get(token)?.map(({ object }) => object))],
  }))
  return { met, written: [...compared, ...noticed] }
}

async function touchedOf(tx: Tx, objects: readonly string[]): Promise<Touched[]> {
  return await tx.query<Touched>(
    `select id, kind, version, encode(hash, 'hex') as hash from object where id = any($1::uuid[]) order by id`,
    [objects.slice(0, MOST_NAMED)],
  )
}
