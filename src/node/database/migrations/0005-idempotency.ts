/** What was answered to a request that carried an Idempotency-Key: a repetition gets the same answer, and does nothing. A key belongs to the person who sent it. */
export const IDEMPOTENCY = `
create table idempotency (
  person uuid not null references person,
  key text not null,
  fingerprint bytea not null,
  status int,
  headers jsonb,
  body text,
  objects uuid[] not null default '{}',
  at timestamptz not null,
  primary key (person, key)
);
create index idempotency_at on idempotency (at);
alter table idempotency enable row level security;
create policy idempotency_own on idempotency using (person = (select cordon_person())) with check (person = (select cordon_person()));
grant select, insert, update on idempotency to cordon_app;
`
