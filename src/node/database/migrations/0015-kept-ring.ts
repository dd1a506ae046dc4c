import { KEPT_RING_SQL } from '../../../share/index.ts'

/**
 * Who may read what is decided once a transaction, and what policies ask for each row is in PL/pgSQL, whose plans are kept: a function in SQL is planned at each call (before PostgreSQL 18).
 */
export const KEPT_RING = `
${KEPT_RING_SQL}
create or replace function cordon_begin(person text, at text, app text) returns int[] language plpgsql as $$
begin
  perform set_config('search_path', 'cordon, pg_temp', true), set_config('cordon.person', person, true), set_config('cordon.now', at, true), set_config('role', app, true);
  return cordon.cordon_keep_ring();
end $$;

create or replace function cordon_clause(policy text, tlp text, nations text[], organisations text[], caveats text[], persons uuid[], originator text, expires timestamptz)
returns int language plpgsql security definer set search_path = cordon, pg_temp as $$
declare
  wanted bytea := sha256(convert_to(jsonb_build_array(policy, tlp, nations, organisations, caveats, persons, originator,
    to_char(expires at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'))::text, 'UTF8'));
  found int;
begin
  select id into found from clause where clause.key = wanted;
  if found is null then
    insert into clause (key, policy, tlp, nations, organisations, caveats, persons, originator, expires)
    values (wanted, policy, tlp, nations, organisations, caveats, persons, originator, expires)
    on conflict (key) do nothing returning id into found;
    if found is null then select id into found from clause where clause.key = wanted; end if;
  end if;
  -- Who gives a label that is new, or that somebody else made after this transaction had begun, reads what he puts it on.
  -- Two questions, one after the other: in the node's own transactions nothing is kept, and the second would fail.
  if coalesce(current_setting('cordon.kept_for', true), '') <> '' then
    if found <> all (current_setting('cordon.kept_ring')::int[]) then
      perform cordon_keep_ring();
    end if;
  end if;
  return found;
end $$;

create or replace function cordon_visible(wanted uuid) returns boolean stable language plpgsql as $$
begin
  return exists (select 1 from object where object.id = wanted);
end $$;

create or replace function cordon_organisation() returns text stable language plpgsql security definer set search_path = cordon, pg_temp as $$
begin
  return (select organisation from person where id = cordon_person() and not disabled);
end $$;

create or replace function cordon_has_role(wanted text) returns boolean stable language plpgsql security definer set search_path = cordon, pg_temp as $$
begin
  return coalesce((select wanted = any(roles) from person where id = cordon_person() and not disabled), false);
end $$;

create or replace function cordon_held(container uuid) returns table (id uuid, attached_at timestamptz, attached_by uuid)
stable language plpgsql security definer set search_path = cordon, pg_temp as $$
begin
  return query select link.target, link.created_at, link.created_by from link
    where link.source = container and link.kind = 'holds' and link.ended_at is null
      and exists (select 1 from object where object.id = container and cardinality(object.clauses) > 0 and object.clauses <@ (select cordon_ring()));
end $$;
`
