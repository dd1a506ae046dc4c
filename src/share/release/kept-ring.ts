/**
 * The second step of the decision in the database, after `RELEASE_SQL`: it is taken once a transaction. Row-level security asks in every statement, and a decision over some hundred labels costs more than reading a row.
 *
 * - `cordon_decide()`: decides, as its owner.
 * - `cordon_keep_ring()`: decides, or takes what was decided before as long as it holds, and keeps it for the rest of the transaction in settings that say for whom and when. Whoever can send statements of his own as the
 *   application's role can write these settings, as he can write `cordon.person`, and is let in by them beyond what any person may read: no input ever becomes part of a statement.
 * - `cordon_ring()` and `cordon_ring_bytes()`: what is kept for this person at this time, or else decided.
 */
export const KEPT_RING_SQL = `
-- The person of the setting; null for what is none.
create function cordon.cordon_asking() returns uuid stable parallel safe language sql as $$
  select case
    when current_setting('cordon.person', true) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then current_setting('cordon.person', true)::uuid
  end
$$;

-- Decides over every clause for a reader at a time: which he passes, as numbers and as bytes; until when that holds; and which clauses there were: all numbers up to the last, but for the gaps.
-- A reader that is null passes nothing. Runs as its owner: the caller's role may read neither person nor clause.
create function cordon.cordon_decide(reader uuid, member_of text, nation text, read_into text[], subscriber boolean, at timestamptz,
  out ring int[], out bytes bytea, out until timestamptz, out last int, out gaps int[])
stable parallel safe language plpgsql security definer set search_path = cordon, pg_temp as $$
begin
  last := coalesce((select max(clause.id) from clause), 0);
  select coalesce(array_agg(c.number) filter (where c.passed), '{}'),
    coalesce(string_agg(case when c.passed then '\\x01'::bytea else '\\x00'::bytea end, ''::bytea), ''::bytea),
    coalesce(min(c.expires) filter (where c.expires > cordon_decide.at), 'infinity'),
    coalesce(array_agg(c.number) filter (where c.id is null), '{}')
  into ring, bytes, until, gaps
  from (
    select number, clause.id, clause.expires,
      cordon_decide.reader is not null and cordon_may_read(
        cordon_decide.reader, cordon_decide.member_of, cordon_decide.nation, cordon_decide.read_into, cordon_decide.subscriber,
        clause.policy, clause.tlp, clause.nations, clause.organisations, clause.caveats, clause.persons, clause.originator, clause.expires,
        cordon_decide.at) as passed
    from generate_series(1, cordon_decide.last) number left join clause on clause.id = number
    order by number
  ) c;
end $$;

-- Else anybody could try invented nations and caveats on all labels.
revoke execute on function cordon.cordon_decide(uuid, text, text, text[], boolean, timestamptz) from public;

-- For whom and when a ring may be kept: nobody but this person, at no other time.
create function cordon.cordon_kept_for() returns text stable parallel safe language sql as $$
  select current_setting('cordon.person', true) || '@' || nullif(current_setting('cordon.now', true), '')
$$;

-- Decides once for the rest of the transaction, for this person at this time. A clause that is made later in the transaction is decided then (cordon_clause).
-- What was decided is remembered on this connection for the transactions after it, in one of 64 places, and holds while the reader is as he was, the time is not before that of the decision and no label has expired since, and there is no
-- clause that it did not see: clauses are never changed.
create function cordon.cordon_keep_ring() returns int[] language plpgsql security definer set search_path = cordon, pg_temp as $$
declare
  asked uuid := cordon_asking();
  at timestamptz := cordon_now();
  reader record;
  place text;
  known text;
  had text[];
  decided record;
begin
  select person.id, person.organisation, organisation.nation, person.caveats,
    coalesce(cardinality(person.roles) = 0 or 'subscriber' = any (person.roles), true) as subscriber
  into reader
  from person join organisation on organisation.code = person.organisation
  where person.disabled is false and person.id = asked;
  if reader.id is null or at is null then
    had := array['', '', '', '', '', '{}', ''];
  else
    place := 'cordon.decided_' || (hashtext(asked::text) & 63);
    known := encode(sha256(convert_to(reader::text, 'UTF8')), 'hex');
    had := string_to_array(current_setting(place, true), '|');
    if had[1] is distinct from known or at < had[2]::timestamptz or at >= had[3]::timestamptz
      or exists (select from clause where id > had[4]::int)
      or (had[5] <> '{}' and exists (select from clause where id = any (had[5]::int[]))) then
      select * into decided from cordon_decide(reader.id, reader.organisation, reader.nation, reader.caveats, reader.subscriber, at);
      had := array[known, at::text, decided.until::text, decided.last::text, decided.gaps::text, decided.ring::text, encode(decided.bytes, 'hex')];
      perform set_config(place, array_to_string(had, '|'), false);
    end if;
  end if;
  perform set_config('cordon.kept_for', coalesce(cordon_kept_for(), ''), true),
    set_config('cordon.kept_ring', had[6], true),
    set_config('cordon.kept_bytes', had[7], true);
  return had[6]::int[];
end $$;

-- What is not kept is decided anew.
create function cordon.cordon_decide_anew(out ring int[], out bytes bytea) stable parallel safe language plpgsql security definer set search_path = cordon, pg_temp as $$
begin
  select decided.ring, decided.bytes into cordon_decide_anew.ring, cordon_decide_anew.bytes
  from person join organisation on organisation.code = person.organisation,
    cordon_decide(person.id, person.organisation, organisation.nation, person.caveats,
      coalesce(cardinality(person.roles) = 0 or 'subscriber' = any (person.roles), true), cordon_now()) decided
  where person.disabled is false and person.id = cordon_asking();
  ring := coalesce(ring, '{}');
  bytes := coalesce(bytes, '');
end $$;

create or replace function cordon.cordon_ring() returns int[] stable parallel safe language plpgsql as $$
begin
  if current_setting('cordon.kept_for', true) = cordon.cordon_kept_for() then
    return current_setting('cordon.kept_ring')::int[];
  end if;
  return (select ring from cordon.cordon_decide_anew());
end $$;

create or replace function cordon.cordon_ring_bytes() returns bytea stable parallel safe language plpgsql as $$
begin
  if current_setting('cordon.kept_for', true) = cordon.cordon_kept_for() then
    return decode(current_setting('cordon.kept_bytes'), 'hex');
  end if;
  return (select bytes from cordon.cordon_decide_anew());
end $$;
`
