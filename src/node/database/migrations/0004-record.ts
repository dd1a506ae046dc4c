/**
 * The record of everything that anybody did: an append-only log, a Merkle tree over it (RFC 6962, section 2.1) and the checkpoints that were signed.
 * `log_node` holds the hash of every complete subtree, level 0 being the leaves, so that a proof is a handful of look-ups; hashes are no secret, since every entry holds chance.
 * The application's role appends through `cordon_append` and by no other way.
 */
export const RECORD = `
create table log (
  index bigint primary key,
  entry text not null
);

create table log_node (
  level int not null,
  index bigint not null,
  hash bytea not null,
  primary key (level, index)
);

create table log_head (
  one boolean primary key default true check (one),
  size bigint not null
);
insert into log_head (size) values (0);

-- The last checkpoint of every hour. Each vouches for everything before it.
create table checkpoint (
  hour timestamptz primary key,
  size bigint not null,
  note text not null,
  at timestamptz not null
);

create function cordon_append(entries text[]) returns bigint language plpgsql security definer set search_path = cordon, pg_temp as $$
declare
  first bigint;
  position bigint;
  item text;
  node bytea;
  sibling bytea;
  at_level int;
  at_index bigint;
begin
  -- The head's row is locked until commit, so entries are numbered without gaps in the order of their commits.
  update log_head set size = size + cardinality(entries) returning size - cardinality(entries) into first;
  position := first;
  foreach item in array entries loop
    node := sha256('\\x00'::bytea || convert_to(item, 'UTF8'));
    insert into log (index, entry) values (position, item);
    insert into log_node (level, index, hash) values (0, position, node);
    at_level := 0;
    at_index := position;
    -- A right child that is complete closes its parent.
    while at_index % 2 = 1 loop
      select hash into strict sibling from log_node where level = at_level and index = at_index - 1;
      node := sha256('\\x01'::bytea || sibling || node);
      at_level := at_level + 1;
      at_index := at_index / 2;
      insert into log_node (level, index, hash) values (at_level, at_index, node);
    end loop;
    position := position + 1;
  end loop;
  return first;
end $$;

-- The entry that says that a version was written, for whoever may read the object. It names nothing else.
create function cordon_version_entry(wanted uuid, of_version int) returns table (index bigint, entry text)
stable language sql security definer set search_path = cordon, pg_temp as $$
  select log.index, log.entry from change join log on log.index = change.seq
  where change.object = wanted and change.version = of_version
    and exists (select 1 from object where object.id = wanted and cardinality(object.clauses) > 0 and object.clauses <@ (select cordon_ring()))
$$;

alter table log enable row level security;
create policy log_read on log for select using ((select cordon_has_role('auditor')));
grant select on log to cordon_app;
grant select on log_head, log_node, checkpoint to cordon_app;
`
