/**
 * Cases. A container carries the clauses of everything in it, so whoever may read it may read all of that: the functions here ask once whether the caller may read the container, where row-level security would ask
 * for both ends of every link. What they name is read under row-level security afterwards.
 */
export const CASES = `
-- Who works on a case: persons of the caller's own organisation alone can be asked for, so that nobody else's people can be guessed at.
create function cordon_colleagues(wanted uuid[]) returns table (id uuid) stable language sql security definer set search_path = cordon, pg_temp as $$
  select person.id from person where person.id = any(wanted) and not person.disabled and person.organisation = cordon_organisation()
$$;

create function cordon_held(container uuid) returns table (id uuid, attached_at timestamptz, attached_by uuid)
stable language sql security definer set search_path = cordon, pg_temp as $$
  select link.target, link.created_at, link.created_by from link
  where link.source = container and link.kind = 'holds' and link.ended_at is null
    and exists (select 1 from object where object.id = container and cardinality(object.clauses) > 0 and object.clauses <@ (select cordon_ring()))
$$;

-- The container itself and all that is in it, at whatever depth.
create function cordon_inside(container uuid) returns table (id uuid)
stable language sql security definer set search_path = cordon, pg_temp as $$
  with recursive inside(id) as (
    select object.id from object where object.id = container and cardinality(object.clauses) > 0 and object.clauses <@ (select cordon_ring())
    union
    select link.target from link join inside on link.source = inside.id where link.contains and link.ended_at is null
  )
  select inside.id from inside
$$;

-- What happened to it and in it, newest first, of versions whose own label the caller passes, here and by the node's decision (passes); with what was attached or detached then, as far as he may read it.
create function cordon_timeline(container uuid, passes int[], before bigint, most int)
returns table (seq bigint, at timestamptz, object uuid, kind text, version int, action text, person uuid, organisation text, hash bytea, about uuid[])
stable language sql security definer set search_path = cordon, pg_temp as $$
  with inside as materialized (select cordon_inside.id from cordon_inside(container)),
  ring as materialized (select cordon_ring() as held)
  select c.seq, c.at, c.object, c.kind, c.version, c.action, v.changed_by, v.organisation, v.hash,
    case when c.action in ('attached', 'detached') then array(
      select l.target from link l join object o on o.id = l.target
      where l.source = c.object and l.contains and (l.created_at = c.at or l.ended_at = c.at)
        and cardinality(o.clauses) > 0 and o.clauses <@ (select ring.held from ring) and o.clauses <@ passes order by l.target)
    else '{}' end
  from inside join change c on c.object = inside.id join object_version v on v.id = c.object and v.version = c.version
  where array[v.label] <@ (select ring.held from ring) and v.label = any (passes) and (before is null or c.seq < before)
  order by c.seq desc limit most
$$;

create index object_case_status on object ((body ->> 'status')) where kind = 'case';
create index change_object on change (object, seq);
`
