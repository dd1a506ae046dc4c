/**
 * Alerts: how far each source of events was looked at, so that a node that was killed goes on where it was. Positions are the node's own.
 * The unique index keeps two workers from making two alerts of one.
 */
export const ALERTS = `
create unique index object_alert_key on object ((body ->> 'key')) where kind = 'alert';
create index change_kind on change (kind, seq);

create table alert_position (
  source text primary key,
  position jsonb not null,
  moved_at timestamptz not null
);

-- What the authors of rules may do now: of the caller's own organisation alone, and of who is let in.
create function cordon_authors(wanted uuid[]) returns table (id uuid, roles text[]) stable language sql security definer set search_path = cordon, pg_temp as $$
  select person.id, person.roles from person where person.id = any(wanted) and not person.disabled and person.organisation = cordon_organisation()
$$;
`
