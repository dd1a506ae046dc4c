import { CLAUSES_CHECK, VISIBLE } from '../../../share/index.ts'

/**
 * Objects of work, every version of them, how they hang together, and what changed when. All of it is under row-level security by the label (`share/release`), whatever the statement.
 * Nothing here can be deleted by the application's role.
 */
export const OBJECTS = `
create table object (
  id uuid primary key,
  kind text not null,
  version int not null check (version > 0),
  organisation text not null references organisation,
  created_by uuid not null references person,
  created_at timestamptz not null,
  changed_by uuid not null references person,
  changed_at timestamptz not null,
  label int not null references clause,
  clauses int[] not null ${CLAUSES_CHECK},
  body jsonb not null,
  hash bytea not null,
  -- What a container holds closes it further; its own label always does.
  check (label = any (clauses)),
  search tsvector not null generated always as (jsonb_to_tsvector('simple', body, '["string"]')) stored
);
create index object_kind on object (kind, id desc);
create index object_search on object using gin (search);

create table object_version (
  id uuid not null references object,
  version int not null,
  organisation text not null,
  kind text not null,
  changed_by uuid not null,
  changed_at timestamptz not null,
  label int not null references clause,
  body jsonb not null,
  hash bytea not null,
  primary key (id, version)
);

create table link (
  source uuid not null references object,
  target uuid not null references object,
  kind text not null,
  contains boolean not null,
  created_by uuid not null references person,
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (source, target, kind)
);
create index link_target on link (target);

create table change (
  -- The index of the entry in the record that says so.
  seq bigint primary key,
  object uuid not null references object,
  version int not null,
  kind text not null,
  action text not null,
  at timestamptz not null
);
create unique index change_version on change (object, version);

-- A container takes the strictest of its content: the labels of everything in it, at whatever depth, each of which a reader must pass.
-- Owners of content need not see the container, so this does not run as the caller.
create function cordon_spread(changed uuid) returns void language sql security definer set search_path = cordon, pg_temp as $$
  update object set clauses = (
    with recursive inside(id) as (
      select object.id
      union
      select link.target from link join inside on link.source = inside.id where link.contains and link.ended_at is null
    )
    select array_agg(distinct held.label order by held.label) from inside join object held on held.id = inside.id
  )
  where id in (
    with recursive above(id) as (
      select changed
      union
      select link.source from link join above on link.target = above.id where link.contains and link.ended_at is null
    )
    select id from above
  )
$$;

-- Begins a caller's transaction: from here on it is the application's role that asks, for this person, at this time. Gives the labels that he passes.
create function cordon_begin(person text, at text, app text) returns int[] language plpgsql as $$
begin
  perform set_config('search_path', 'cordon, pg_temp', true), set_config('cordon.person', person, true), set_config('cordon.now', at, true), set_config('role', app, true);
  return cordon.cordon_ring();
end $$;

create function cordon_visible(wanted uuid) returns boolean stable language sql as $$
  select exists (select 1 from object where object.id = wanted)
$$;

alter table object enable row level security;
create policy object_read on object for select using (${VISIBLE});
create policy object_write on object for insert
  with check (organisation = (select cordon_organisation()) and created_by = (select cordon_person()) and clauses <@ (select cordon_ring()));
create policy object_change on object for update
  using (organisation = (select cordon_organisation()) and ${VISIBLE})
  with check (organisation = (select cordon_organisation()) and changed_by = (select cordon_person()));

-- An earlier version is open to whoever passes its own label and today's: a label that was tightened closes the past too, one that was widened opens only what it was put on.
alter table object_version enable row level security;
create policy version_read on object_version for select using (array[label] <@ (select cordon_ring()) and cordon_visible(id));
create policy version_write on object_version for insert
  with check (organisation = (select cordon_organisation()) and changed_by = (select cordon_person()));

-- A link shows nothing of an end that is closed.
alter table link enable row level security;
create policy link_read on link for select using (cordon_visible(source) and cordon_visible(target));
create policy link_write on link for insert
  with check (created_by = (select cordon_person()) and cordon_visible(source) and cordon_visible(target)
    and exists (select 1 from object where object.id = source and object.organisation = (select cordon_organisation())));
create policy link_end on link for update using (cordon_visible(source) and cordon_visible(target)
    and exists (select 1 from object where object.id = source and object.organisation = (select cordon_organisation())));

alter table change enable row level security;
create policy change_read on change for select using (cordon_visible(object));
create policy change_write on change for insert with check (cordon_visible(object));

grant select, insert, update on object to cordon_app;
grant select, insert on object_version, change to cordon_app;
grant select, insert, update on link to cordon_app;
grant select on clause to cordon_app;
`
