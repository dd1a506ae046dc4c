/**
 * The decision a second time, for the database: written from the invariant (`docs/release.md`), not from `decide.ts`, so that a slip in one is caught by the other. Statements for PostgreSQL 15 or newer, for the
 * schema `cordon`, after its tables
 *
 *     organisation (code text primary key, nation text, …)
 *     person       (id uuid primary key, organisation text, roles text[], caveats text[], disabled boolean, …)
 *     clause       (id int primary key, policy text, tlp text, nations text[], organisations text[], caveats text[], persons uuid[], originator text, expires timestamptz, …)
 *
 * and before the policies that ask `cordon_ring()`. Everything that is null or unknown closes.
 *
 * - `cordon_now()`: the setting `cordon.now`, else the time of the transaction. Null for a setting that is no instant in UTC.
 * - `cordon_may_read(…)`: the decision over one clause.
 * - `cordon_ring()`: the numbers of the clauses that the person in the setting `cordon.person` passes at `cordon_now()`; `'{}'` for nobody, somebody unknown, and somebody disabled. It runs as its owner, since the
 *   caller's role may read neither `person` nor `clause`; ask it as `(select cordon_ring())`, once a statement.
 * - `cordon_ring_bytes()`: the same with one byte a clause, 1 at the numbers in the ring, for `VISIBLE`.
 *
 * `KEPT_RING_SQL` comes after it.
 */
export const RELEASE_SQL = `
alter table cordon.clause
  add constraint clause_policy check (policy = 'cordon-1'),
  add constraint clause_tlp check (tlp in ('CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED')),
  add constraint clause_red_names check (tlp <> 'RED' or cardinality(persons) > 0),
  add constraint clause_originator check (originator <> ''),
  add constraint clause_expires check (isfinite(expires)),
  add constraint clause_no_null check (array_position(nations, null) is null and array_position(organisations, null) is null
    and array_position(caveats, null) is null and array_position(persons, null) is null);

-- A clause names persons, organisations and caveats. Its label is shown to those who pass it.
alter table cordon.clause enable row level security;

create function cordon.cordon_now() returns timestamptz stable parallel safe language sql as $$
  select case
    when coalesce(current_setting('cordon.now', true), '') = '' then now()
    when current_setting('cordon.now', true) ~ '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?Z$' then current_setting('cordon.now', true)::timestamptz
  end
$$;

create function cordon.cordon_may_read(
  reader uuid, member_of text, nation text, read_into text[], subscriber boolean,
  policy text, tlp text, nations text[], organisations text[], caveats text[], persons uuid[], originator text, expires timestamptz,
  at timestamptz
) returns boolean immutable parallel safe language sql as $$
  select coalesce(
    at is not null
    and policy = 'cordon-1'
    and tlp in ('CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED')
    and originator <> ''
    and caveats <@ read_into
    and case when cardinality(persons) = 0 then tlp <> 'RED' else reader = any (persons) end
    and nations is not null
    and organisations is not null
    and (
      member_of = originator
      or (
        coalesce(at < expires, true)
        and (
          tlp = 'RED'
          or member_of = any (organisations)
          or (nation = any (nations) and (tlp in ('GREEN', 'CLEAR') or (tlp = 'AMBER' and not subscriber)))
        )
      )
    ),
    false)
$$;

create function cordon.cordon_ring() returns int[] stable parallel safe language sql security definer set search_path = cordon, pg_temp as $$
  with reader as materialized (
    select person.id, person.organisation, organisation.nation, person.caveats,
      coalesce(cardinality(person.roles) = 0 or 'subscriber' = any (person.roles), true) as subscriber,
      cordon_now() as at
    from person join organisation on organisation.code = person.organisation
    where person.disabled is false
      and person.id = case
        when current_setting('cordon.person', true) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then current_setting('cordon.person', true)::uuid
      end
  )
  select coalesce(array_agg(clause.id order by clause.id), '{}')
  from reader join clause on cordon_may_read(
    reader.id, reader.organisation, reader.nation, reader.caveats, reader.subscriber,
    clause.policy, clause.tlp, clause.nations, clause.organisations, clause.caveats, clause.persons, clause.originator, clause.expires,
    reader.at)
$$;

create function cordon.cordon_ring_bytes() returns bytea stable parallel safe language sql security definer set search_path = cordon, pg_temp as $$
  select coalesce(string_agg(case when passed.id is null then '\\x00'::bytea else '\\x01'::bytea end, ''::bytea order by number), ''::bytea)
  from (select unnest(cordon_ring()) as id) passed
  right join generate_series(1, (select max(id) from clause)) number on number = passed.id
$$;

create policy clause_read on cordon.clause for select using (id = any (array(select unnest(cordon.cordon_ring()))));
`

/**
 * The condition of a row-level policy on a table with a column `clauses int[]`: what `cardinality(clauses) > 0 and clauses <@ (select cordon_ring())` says, many times faster over a large table, where that would
 * look through the whole ring for each row.
 *
 * The empty set is within every ring: a row that lost its clauses would be open to everybody. So the number is asked for as well, here and in `CLAUSES_CHECK`. A number that no clause has lies beyond the bytes and
 * closes its row.
 */
export const VISIBLE = `cardinality(clauses) > 0 and case cardinality(clauses)
  when 1 then substr((select cordon.cordon_ring_bytes()), clauses[1], 1) = '\\x01'
  else not exists (select from unnest(clauses) as clause_id where substr((select cordon.cordon_ring_bytes()), clause_id, 1) is distinct from '\\x01')
end`

/** The check of such a table's column. */
export const CLAUSES_CHECK = `check (clauses is not null and cardinality(clauses) > 0 and array_position(clauses, null) is null)`
