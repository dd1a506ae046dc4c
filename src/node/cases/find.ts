import type { CaseBody, CasePriority, CaseStatus } from '../../cases/index.ts'
import type { Ask } from '../ask.ts'
import { ringBytes, type Wanted, WITHIN, wantedPage } from '../objects/list.ts'
import type { StoredObject } from '../objects/object.ts'
import { addWords } from '../objects/words.ts'

/** Which cases are wanted: all that is given must hold. */
export type CaseFilter = {
  readonly status?: CaseStatus | undefined
  readonly priority?: CasePriority | undefined
  readonly assignee?: string | undefined
  /** In the spelling that cases keep. */
  readonly tag?: string | undefined
  readonly organisation?: string | undefined
  /** Id of a theft of the register. */
  readonly heist?: string | undefined
  /** Words that must all occur in its texts. */
  readonly words?: string | undefined
}

/** How many of the wanted cases have each value, the most frequent first. Of what the caller may read, and of nothing else. */
export type CaseFacets = {
  readonly total: number
  readonly status: Readonly<Record<string, number>>
  readonly priority: Readonly<Record<string, number>>
  readonly organisation: Readonly<Record<string, number>>
  readonly assignees: Readonly<Record<string, number>>
  readonly tags: Readonly<Record<string, number>>
}

const MOST_VALUES = 100

/** A page of cases, newest first. `before`: the last id of the page before. */
export async function findCases(
  ask: Ask,
  filter: CaseFilter,
  page: { readonly limit: number; readonly before: string | undefined },
): Promise<{ readonly cases: StoredObject<CaseBody>[]; readonly more: boolean }> {
  const { objects, more } = await wantedPage<CaseBody>(ask, conditions(ask, filter), page)
  return { cases: objects, more }
}

/** Counts the wanted cases by what they say of themselves. */
export async function caseFacets(ask: Ask, filter: CaseFilter): Promise<CaseFacets> {
  const { where, values } = conditions(ask, filter)
  const rows = await ask.tx.query<{ facet: keyof CaseFacets; value: string; n: number }>(
    `with wanted as materialized (select organisation, body from object where ${where.join(' and ')})
     select 'total' as facet, '' as value, count(*)::int as n from wanted
     union all select 'status', body ->> 'status', count(*)::int from wanted group by 2
     union all select 'priority', body ->> 'priority', count(*)::int from wanted group by 2
     union all select 'organisation', organisation, count(*)::int from wanted group by 2
     union all select 'assignees', item, count(*)::int from wanted, jsonb_array_elements_text(body -> 'assignees') item group by 2
     union all select 'tags', item, count(*)::int from wanted, jsonb_array_elements_text(body -> 'tags') item group by 2
     order by 1, 3 desc, 2`,
    values,
  )
  const of = (name: keyof CaseFacets) =>
    Object.fromEntries(
      rows
        .filter(({ facet }) => facet === name)
        .slice(0, MOST_VALUES)
        .map(({ value, n }) => [value, n]),
    )
  return {
    total: rows.find(({ facet }) => facet === 'total')?.n ?? 0,
    status: of('status'),
    priority: of('priority'),
    organisation: of('organisation'),
    assignees: of('assignees'),
    tags: of('tags'),
  }
}

function conditions(ask: Ask, { status, priority, assignee, tag, organisation, heist, words }: CaseFilter): Wanted {
  const values: unknown[] = [ringBytes(ask.ring)]
  const where = [WITHIN, `kind = 'case'`]
  const add = (value: unknown, condition: (place: string) => string) => {
    if (value === undefined) return
    values.push(value)
    where.push(condition(`$${values.length}`))
  }
  add(status, (place) => `body ->> 'status' = ${place}`)
  add(priority, (place) => `body ->> 'priority' = ${place}`)
  add(assignee, (place) => `jsonb_exists(body -> 'assignees', ${place})`)
  add(tag, (place) => `jsonb_exists(body -> 'tags', ${place})`)
  add(heist, (place) => `body #>> '{heist,id}' = ${place}`)
  add(organisation, (place) => `organisation = ${place}`)
  if (words !== undefined) addWords(words, (condition, value) => add(value, condition))
  return { where, values }
}
