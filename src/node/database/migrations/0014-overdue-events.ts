/**
 * Deadlines of freeze requests that were missed are events, as changes of objects are: by the place of their entry in the record, for whoever may read the request. What was noted before this step has no place, and is told nobody anew.
 */
export const OVERDUE_EVENTS = `
alter table freeze_overdue add column seq bigint unique, add column version int;

alter table freeze_overdue enable row level security;
create policy overdue_read on freeze_overdue for select using (cordon_visible(request));
grant select on freeze_overdue to cordon_app;

-- What events tell of, under the reader's own rights. The numbers are indices of entries of the record, so they are in the order of commits and none occurs twice.
create view happening with (security_invoker = true) as
  select seq, object, version, kind, action, at from change
  union all
  select seq, request, version, 'request', 'overdue-' || deadline, noted_at from freeze_overdue where seq is not null;
grant select on happening to cordon_app;
`
