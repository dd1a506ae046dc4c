/**
 * The freeze desk's alarms that were given, and deconfliction: who holds something that is known by a token alone.
 *
 * A token is made with a key that is kept in the data folder (`share/blind`), so whoever has the database and not that folder cannot try accounts against it. Nothing here holds an account.
 */
export const DESK = `
create index object_request_state on object ((body ->> 'state')) where kind = 'request';
create index object_directory_entry on object (organisation) where kind = 'directory-entry';

-- The node's own: it notes each alarm once.
create table freeze_overdue (
  request uuid not null references object,
  deadline text not null,
  -- Empty for the whole request.
  point text not null,
  at timestamptz not null,
  noted_at timestamptz not null,
  primary key (request, deadline, point, at)
);

create table holding (
  token text not null check (token ~ '^[0-9a-f]{8}\\.[0-9a-f]{64}$'),
  organisation text not null references organisation,
  object uuid not null references object,
  added_by uuid not null references person,
  added_at timestamptz not null,
  -- When it is compared with what others hold, and whether it was.
  round timestamptz not null,
  compared boolean not null default false,
  primary key (organisation, object, token)
);
create index holding_token on holding (token);
create index holding_due on holding (round) where not compared;

-- Only of one's own organisation, and only of objects that one sees: what a colleague keeps to himself is not told by what he files.
alter table holding enable row level security;
create policy holding_own on holding for select using (organisation = (select cordon_organisation()) and cordon_visible(object));
create policy holding_file on holding for insert
  with check (organisation = (select cordon_organisation()) and added_by = (select cordon_person()) and not compared
    and exists (select 1 from object where object.id = holding.object and object.organisation = (select cordon_organisation())));
create policy holding_withdraw on holding for delete using (organisation = (select cordon_organisation()) and cordon_visible(object));
grant select, insert, delete on holding to cordon_app;

-- That something of an object met something of another team's, in a round. With whom is nowhere.
create table holding_notice (
  organisation text not null references organisation,
  round timestamptz not null,
  object uuid not null references object,
  primary key (organisation, round, object)
);
alter table holding_notice enable row level security;
create policy notice_own on holding_notice for select using (organisation = (select cordon_organisation()) and cordon_visible(object));
grant select on holding_notice to cordon_app;

create table holding_budget (
  organisation text primary key references organisation,
  day date not null,
  accounts int not null check (accounts > 0)
);
alter table holding_budget enable row level security;
create policy budget_own on holding_budget using (organisation = (select cordon_organisation())) with check (organisation = (select cordon_organisation()));
grant select, insert, update on holding_budget to cordon_app;
`
