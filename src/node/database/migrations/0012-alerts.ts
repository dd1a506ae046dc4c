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
`
