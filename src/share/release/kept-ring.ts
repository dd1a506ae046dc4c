/**
 * The second step of the decision in the database, after `RELEASE_SQL`: it is taken once a transaction. Row-level security asks in every statement, and a decision over some hundred labels costs more than reading a row.
 *
 * - `cordon_decide()`: decides, as its owner.
 * - `cordon_keep_ring()`: decides, and keeps it for the rest of the transaction in settings that say for whom and when. Who could write these settings could write `cordon.person` too: they add nothing to what is trusted.
 * - `cordon_ring()` and `cordon_ring_bytes()`: what is kept for this person at this time, or else decided.
 */
export const KEPT_RING_SQL = `
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

create or replace function cordon.cordon_ring() returns int[] stable parallel safe language plpgsql as $$
begin
  if current_setting('cordon.kept_for', true) = cordon.cordon_kept_for() then
    return current_setting('cordon.kept_ring')::int[];
  end if;
  return (select ring from cordon.cordon_decide());
end $$;

create or replace function cordon.cordon_ring_bytes() returns bytea stable parallel safe language plpgsql as $$
begin
  if current_setting('cordon.kept_for', true) = cordon.cordon_kept_for() then
    return decode(current_setting('cordon.kept_bytes'), 'hex');
  end if;
  return (select bytes from cordon.cordon_decide());
end $$;
`
