/**
 * Files on their way in, what a job was asked to do and for whom, and what the record says of a file.
 * A job itself is an object of kind `job`: it has a label, versions and events as everything else. What only the node needs of it is here.
 */
export const WORK = `
create table upload (
  id uuid primary key,
  person uuid not null references person,
  name text not null,
  media_type text,
  -- As announced; as found once it is complete.
  bytes bigint,
  sha256 text,
  sniffed text,
  state text not null check (state in ('open', 'complete', 'used', 'ended')),
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index upload_person on upload (person, state);
create index upload_expires on upload (expires_at) where state in ('open', 'complete');
alter table upload enable row level security;
create policy upload_own on upload using (person = (select cordon_person())) with check (person = (select cordon_person()));
grant select, insert, update on upload to cordon_app;

create table job_run (
  job uuid primary key references object,
  -- For whom it runs, and what he showed when he asked.
  person uuid not null references person,
  credential jsonb not null,
  task jsonb not null
);
alter table job_run enable row level security;
create policy job_run_read on job_run for select using (cordon_visible(job));
create policy job_run_write on job_run for insert with check (person = (select cordon_person()) and cordon_visible(job));
create policy job_run_change on job_run for update using (cordon_visible(job)) with check (person = (select cordon_person()));
grant select, insert, update on job_run to cordon_app;
create index object_job_status on object ((body ->> 'status')) where kind = 'job';
create index object_tag_address on object ((body ->> 'address')) where kind = 'tag';

create function cordon_files_of(entry text) returns uuid[] immutable parallel safe language sql as $$
  select coalesce(array_agg(distinct (item ->> 'id')::uuid), '{}') from jsonb_array_elements(entry::jsonb -> 'objects') item where item ->> 'kind' = 'file'
$$;
create index log_files on log using gin (cordon_files_of(entry)) where entry like '%"kind":"file"%';

-- The record is the auditors'. Of a file that the caller may read, this gives what was done with it: all to its owner's people, to others what the owner and their own organisation did.
create function cordon_custody(wanted uuid, after bigint, most int) returns table (index bigint, entry text) stable language sql security definer set search_path = cordon, pg_temp as $$
  select log.index, log.entry
  from log, object
  where object.id = wanted and object.kind = 'file' and cardinality(object.clauses) > 0 and object.clauses <@ (select cordon_ring())
    and log.entry like '%"kind":"file"%' and cordon_files_of(log.entry) @> array[wanted] and log.index > after
    and log.entry::jsonb ->> 'action' not in ('file.list', 'object.version')
    and (object.organisation = cordon_organisation() or log.entry::jsonb #>> '{actor,organisation}' in (object.organisation, cordon_organisation()))
  order by log.index
  limit most
$$;
`
