/**
 * Migration for deliveries: where messages go, and every message with what became of it. Run after the migrations that make `cordon.organisation`, `cordon.person` and `cordon.object`.
 *
 * A message names an object and holds nothing of it. Its row is seen only by whoever may see the object, so that neither waiting nor dropped messages tell of what a reader may not know. Callers cannot write messages:
 * `cordon_enqueue` does, in the transaction of what happened, and the worker does, as the owner.
 */
export const DELIVERY_TABLES = `
create table cordon.delivery_endpoint (
  id uuid primary key,
  organisation text not null references cordon.organisation,
  person uuid not null references cordon.person,
  channel text not null check (channel in ('webhook', 'mail')),
  target text not null,
  -- Events that it wants; all where there are none.
  events text[] not null,
  secret text check ((secret is null) = (channel = 'mail' or removed_at is not null)),
  previous_secret text,
  previous_until timestamptz,
  -- Attempts in a row that failed.
  failures int not null default 0,
  created_at timestamptz not null,
  disabled_at timestamptz,
  disabled_reason text,
  removed_at timestamptz
);
create index delivery_endpoint_organisation on cordon.delivery_endpoint (organisation);

create table cordon.delivery (
  id uuid primary key default gen_random_uuid(),
  endpoint uuid not null references cordon.delivery_endpoint,
  event text not null,
  object uuid not null,
  enqueued_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'dead', 'dropped')),
  due_at timestamptz not null,
  attempts int not null default 0,
  refusals int not null default 0,
  lease uuid,
  leased_until timestamptz,
  attempted_at timestamptz,
  status int,
  reason text,
  ended_at timestamptz,
  replays int not null default 0
);
create index delivery_waiting on cordon.delivery (endpoint, due_at, id) where state = 'waiting';
create index delivery_held on cordon.delivery (endpoint, leased_until) where state = 'waiting' and leased_until is not null;
create index delivery_ended on cordon.delivery (endpoint, state, id) where state <> 'waiting';

-- One message for each endpoint of the organisation that wants the event. It gives nothing back: how many endpoints others have is not the caller's business.
create function cordon.cordon_enqueue(event text, object uuid, organisation text, at timestamptz) returns void
language plpgsql security definer set search_path = cordon, pg_temp as $$
begin
  if cordon_person() is not null and not exists (
    select 1 from object o where o.id = cordon_enqueue.object and cardinality(o.clauses) > 0 and o.clauses <@ (select cordon_ring())
  ) then
    raise exception 'no such object' using errcode = 'no_data_found';
  end if;
  insert into delivery (endpoint, event, object, enqueued_at, due_at)
  select e.id, cordon_enqueue.event, cordon_enqueue.object, cordon_enqueue.at, cordon_enqueue.at from delivery_endpoint e
  where e.organisation = cordon_enqueue.organisation and e.removed_at is null
    and (cardinality(e.events) = 0 or cordon_enqueue.event = any(e.events));
end $$;

alter table cordon.delivery_endpoint enable row level security;
create policy endpoint_read on cordon.delivery_endpoint for select using (
  organisation = (select cordon.cordon_organisation()) and (person = (select cordon.cordon_person()) or (select cordon.cordon_has_role('administrator'))));
-- What is sent is what the endpoint's person may see: nobody makes one in another's name.
create policy endpoint_make on cordon.delivery_endpoint for insert
  with check (organisation = (select cordon.cordon_organisation()) and person = (select cordon.cordon_person()));
create policy endpoint_change on cordon.delivery_endpoint for update using (
  organisation = (select cordon.cordon_organisation()) and (person = (select cordon.cordon_person()) or (select cordon.cordon_has_role('administrator'))));
grant select, insert on cordon.delivery_endpoint to cordon_app;
grant update (events, secret, previous_secret, previous_until, failures, disabled_at, disabled_reason, removed_at) on cordon.delivery_endpoint to cordon_app;

alter table cordon.delivery enable row level security;
create policy delivery_read on cordon.delivery for select
  using (cordon.cordon_visible(object) and exists (select 1 from cordon.delivery_endpoint e where e.id = endpoint));
create policy delivery_change on cordon.delivery for update
  using (cordon.cordon_visible(object) and exists (select 1 from cordon.delivery_endpoint e where e.id = endpoint));
grant select on cordon.delivery to cordon_app;
grant update (state, due_at, attempts, refusals, reason, ended_at, replays) on cordon.delivery to cordon_app;
`
