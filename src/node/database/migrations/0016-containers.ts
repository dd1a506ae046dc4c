/**
 * Containers whose contents change at the same time, and what is told of them.
 *
 * A transaction sees what others had committed when its statement began. Two that changed labels or contents of one container at once each wrote what the other could not see yet, and the container could be left more open than
 * what it holds. So they go one after the other, and what such transactions may have left is computed anew here.
 *
 * A container whose content was released or restricted is an event, since it may have become readable by that: for whoever may read it and that content. The place in the record is given by the node itself afterwards
 * (`events/containers.ts`): who changes a label need not know in what other organisations' containers the object is.
 */
export const CONTAINERS = `
create table container_change (
  id bigint generated always as identity primary key,
  container uuid not null references object,
  -- What was released or restricted in it.
  content uuid not null references object,
  -- Once it is told: the index of its entry in the record, the version that the container had, and when.
  seq bigint unique,
  version int,
  at timestamptz,
  check (num_nulls(seq, version, at) in (0, 3))
);
create index container_change_untold on container_change (id) where seq is null;

create or replace function cordon_lock_containers() returns void language sql as $$
  select pg_advisory_xact_lock(7305014)
$$;

-- A label that is new takes the lock first: two transactions that make the same one wait for each other at its key, and one of them may have the lock that the other wants.
create or replace function cordon_clause(policy text, tlp text, nations text[], organisations text[], caveats text[], persons uuid[], originator text, expires timestamptz)
returns int language plpgsql security definer set search_path = cordon, pg_temp as $$
declare
  wanted bytea := sha256(convert_to(jsonb_build_array(policy, tlp, nations, organisations, caveats, persons, originator,
    to_char(expires at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'))::text, 'UTF8'));
  found int;
begin
  select id into found from clause where clause.key = wanted;
  if found is null then
    perform cordon_lock_containers();
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

drop function cordon_spread(uuid);
-- Gives whether a container of it was opened or closed by that, which is told then. One container after the other, so that each row is found by its id: joined with what is computed, all objects would be read.
create function cordon_spread(changed uuid) returns boolean language plpgsql security definer set search_path = cordon, pg_temp as $$
declare
  container uuid;
  closed int[];
  others boolean := false;
begin
  perform cordon_lock_containers();
  -- Statements of their own: they see what was committed while the lock was waited for.
  for container in
    with recursive above(id) as (
      select changed
      union
      select link.source from link join above on link.target = above.id where link.contains and link.ended_at is null
    )
    select id from above order by id
  loop
    with recursive inside(id) as (
      select container
      union
      select link.target from link join inside on link.source = inside.id where link.contains and link.ended_at is null
    )
    select array_agg(distinct held.label order by held.label) into closed
    from (select (select object.label from object where object.id = inside.id) as label from inside) held;
    update object set clauses = closed where object.id = container and object.clauses is distinct from closed;
    if found and container <> changed then
      insert into container_change (container, content) values (container, changed);
      others := true;
    end if;
  end loop;
  return others;
end $$;

select count(cordon_spread(id)) from object where exists (select 1 from link where link.source = object.id and link.contains);
-- What was put right here was not released or restricted by anybody now.
delete from container_change;

alter table container_change enable row level security;
create policy container_change_read on container_change for select using (cordon_visible(container) and cordon_visible(content));
grant select on container_change to cordon_app;

create or replace view happening with (security_invoker = true) as
  select seq, object, version, kind, action, at from change
  union all
  select seq, request, version, 'request', 'overdue-' || deadline, noted_at from freeze_overdue where seq is not null
  union all
  select c.seq, c.container, c.version, o.kind, 'content-relabelled', c.at from container_change c join object o on o.id = c.container where c.seq is not null;
`
