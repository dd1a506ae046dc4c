/** Who there is, and the labels that were ever given. Labels are immutable rows: what a reader passes can be cached by their number. */
export const ORGANISATIONS = `
create table organisation (
  code text primary key check (code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'),
  name text not null,
  nation text not null check (nation ~ '^[A-Z]{3}$'),
  kind text not null
);

create table person (
  id uuid primary key,
  organisation text not null references organisation,
  name text not null,
  email text,
  roles text[] not null default '{}',
  caveats text[] not null default '{}',
  disabled boolean not null default false,
  created_at timestamptz not null,
  version int not null default 1
);
create index person_organisation on person (organisation);

grant select on organisation to cordon_app;

create table clause (
  id int primary key generated always as identity,
  key bytea not null unique,
  policy text not null,
  tlp text not null,
  nations text[] not null,
  organisations text[] not null,
  caveats text[] not null,
  persons uuid[] not null,
  originator text not null,
  expires timestamptz
);

-- The caller of this transaction. Without one, or with one that is not there, every policy that asks gets null and opens nothing.
create function cordon_person() returns uuid stable language sql as $$
  select case when current_setting('cordon.person', true) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then current_setting('cordon.person', true)::uuid end
$$;

create function cordon_organisation() returns text stable language sql security definer set search_path = cordon, pg_temp as $$
  select organisation from person where id = cordon_person() and not disabled
$$;

create function cordon_has_role(wanted text) returns boolean stable language sql security definer set search_path = cordon, pg_temp as $$
  select coalesce((select wanted = any(roles) from person where id = cordon_person() and not disabled), false)
$$;

-- The number of a label: the same label always has the same number.
create function cordon_clause(policy text, tlp text, nations text[], organisations text[], caveats text[], persons uuid[], originator text, expires timestamptz)
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
  return found;
end $$;
`
