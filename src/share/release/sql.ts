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
 * - `cordon_decide()`: the numbers of the clauses that the person in the setting `cordon.person` passes at `cordon_now()`; `'{}'` for nobody, somebody unknown, and somebody disabled. It runs as its owner, since the
 *   caller's role may read neither `person` nor `clause`.
 * - `cordon_keep_ring()`: decides, and keeps it for the rest of the transaction in settings that say for whom and when: row-level security asks in every statement, and the decision over some hundred labels costs more
 *   than reading a row. Who could write these settings could write `cordon.person` too: they add nothing to what is trusted.
 * - `cordon_ring()`: what is kept, or else decided; ask it as `(select cordon_ring())`, once a statement.
 * - `cordon_ring_bytes()`: the same with one byte a clause, 1 at the numbers in the ring, for `VISIBLE`.
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

-- Decides over every clause. Runs as its owner: the caller's role may read neither person nor clause.
create function cordon.cordon_decide(out ring int[], out bytes bytea) stable parallel safe language sql security definer set search_path = cordon, pg_temp as $$
  with reader as materialized (
    select person.id, person.organisation, organisation.nation, person.caveats,
      coalesce(cardinality(person.roles) = 0 or 'subscriber' = any (person.roles), true) as subscriber,
      cordon_now() as at
    from person join organisation on organisation.code = person.organisation
    where person.disabled is false
      and person.id = case
        when current_setting('cordon.person', true) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then current_setting('cordon.person', true)::uuid
      end
  ), passed as materialized (
    select clause.id
    from reader join clause on cordon_may_read(
      reader.id, reader.organisation, reader.nation, reader.caveats, reader.subscriber,
      clause.policy, clause.tlp, clause.nations, clause.organisations, clause.caveats, clause.persons, clause.originator, clause.expires,
      reader.at)
  )
  select coalesce(array_agg(passed.id order by number) filter (where passed.id is not null), '{}'),
    coalesce(string_agg(case when passed.id is null then '\\x00'::bytea else '\\x01'::bytea end, ''::bytea order by number), ''::bytea)
  from generate_series(1, (select max(id) from clause)) number left join passed on passed.id = number
$$;

-- For whom and when a ring may be kept: nobody but this person, at no other time.
create function cordon.cordon_kept_for() returns text stable parallel safe language sql as $$
  select current_setting('cordon.person', true) || '@' || nullif(current_setting('cordon.now', true), '')
$$;

-- Decides once for the rest of the transaction, for this person at this time. A clause that is made later in the transaction is decided then (cordon_clause).
create function cordon.cordon_keep_ring() returns int[] language plpgsql as $$
declare
  decided record;
begin
  select * into decided from cordon.cordon_decide();
  perform set_config('cordon.kept_for', coalesce(cordon.cordon_kept_for(), ''), true),
    set_config('cordon.kept_ring', decided.ring::text, true),
    set_config('cordon.kept_bytes', encode(decided.bytes, 'hex'), true);
  return decided.ring;
end $$;

create function cordon.cordon_ring() returns int[] stable parallel safe language plpgsql as $$
begin
  if current_setting('cordon.kept_for', true) = cordon.cordon_kept_for() then
    return current_setting('cordon.kept_ring')::int[];
  end if;
  return (select ring from cordon.cordon_decide());
end $$;

create function cordon.cordon_ring_bytes() returns bytea stable parallel safe language plpgsql as $$
begin
  if current_setting('cordon.kept_for', true) = cordon.cordon_kept_for() then
    return decode(current_setting('cordon.kept_bytes'), 'hex');
  end if;
  return (select bytes from cordon.cordon_decide());
end $$;

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
