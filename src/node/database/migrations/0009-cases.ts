/** Who works on a case: persons of the caller's own organisation alone can be asked for, so that nobody else's people can be guessed at. */
export const CASES = `
create function cordon_colleagues(wanted uuid[]) returns table (id uuid) stable language sql security definer set search_path = cordon, pg_temp as $$
  select person.id from person where person.id = any(wanted) and not person.disabled and person.organisation = cordon_organisation()
$$;
create index object_case_status on object ((body ->> 'status')) where kind = 'case';
create index change_object on change (object, seq);
`
