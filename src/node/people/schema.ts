const TABLES = [
  'credential_password',
  'known_device',
  'passkey',
  'passkey_challenge',
  'subject',
  'sign_in',
  'session',
  'api_key',
  'setup_link',
  'sign_in_attempt',
  'certificate',
] as const

/**
 * Migration `0002-people`: how people prove who they are. Run after the migration that makes `cordon.organisation` and `cordon.person`.
 *
 * Of every random secret only the SHA-256 is kept (base64url), of a password an argon2id hash. Times are those of the node's clock.
 * The application's role has no rights here: signing in runs as the owner. Row-level security without a policy stands behind that, so that a grant made by mistake still opens no row.
 */
export const PEOPLE_SCHEMA = `
create table cordon.credential_password (
  person uuid primary key references cordon.person (id) on delete cascade,
  login text not null unique,
  hash text not null,
  changed_at timestamptz not null
);

create table cordon.known_device (
  hash text primary key,
  person uuid not null references cordon.person (id) on delete cascade,
  expires_at timestamptz not null
);
create index known_device_person on cordon.known_device (person);

create table cordon.passkey (
  id text primary key,
  person uuid not null references cordon.person (id) on delete cascade,
  name text not null,
  public_key text not null,
  counter bigint not null,
  transports text[] not null,
  device_type text not null,
  backed_up boolean not null,
  created_at timestamptz not null,
  used_at timestamptz,
  suspended_at timestamptz
);
create index passkey_person on cordon.passkey (person);

create table cordon.passkey_challenge (
  hash text primary key,
  purpose text not null check (purpose in ('register', 'sign-in')),
  person uuid references cordon.person (id) on delete cascade,
  expires_at timestamptz not null,
  check ((purpose = 'register') = (person is not null))
);

create table cordon.subject (
  issuer text not null,
  subject text not null,
  person uuid not null references cordon.person (id) on delete cascade,
  managed boolean not null,
  linked_at timestamptz not null,
  primary key (issuer, subject)
);
create index subject_person on cordon.subject (person);

create table cordon.sign_in (
  state_hash text primary key,
  provider text not null,
  nonce text not null,
  verifier text not null,
  browser_hash text not null,
  return_to text not null,
  person uuid references cordon.person (id) on delete cascade,
  expires_at timestamptz not null
);

create table cordon.session (
  id uuid primary key,
  token_hash text not null unique,
  person uuid not null references cordon.person (id) on delete cascade,
  how text not null check (how in ('password', 'passkey', 'oidc', 'link')),
  address text not null,
  agent text not null,
  created_at timestamptz not null,
  used_at timestamptz not null,
  expires_at timestamptz not null
);
create index session_person on cordon.session (person);

create table cordon.api_key (
  id text primary key,
  person uuid not null references cordon.person (id) on delete cascade,
  name text not null,
  secret_hash text not null,
  scopes text[] not null,
  per_minute integer not null check (per_minute > 0),
  burst integer not null check (burst > 0),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz,
  check (expires_at <= created_at + interval '366 days')
);
create index api_key_person on cordon.api_key (person);

create table cordon.setup_link (
  hash text primary key,
  kind text not null check (kind in ('administrator', 'invitation')),
  person uuid references cordon.person (id) on delete cascade,
  organisation text references cordon.organisation (code),
  roles text[] not null,
  created_by uuid references cordon.person (id) on delete set null,
  expires_at timestamptz not null,
  check ((kind = 'invitation') = (person is not null)),
  check ((kind = 'administrator') = (organisation is not null))
);

create table cordon.sign_in_attempt (
  key text primary key,
  failures integer not null,
  last_at timestamptz not null,
  until timestamptz not null
);

create table cordon.certificate (
  fingerprint text primary key,
  person uuid not null references cordon.person (id) on delete cascade,
  subject text not null,
  registered_by uuid references cordon.person (id) on delete set null,
  registered_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index certificate_person on cordon.certificate (person);

${TABLES.map((table) => `revoke all on cordon.${table} from public;\nalter table cordon.${table} enable row level security;`).join('\n')}
do $$
begin
  if exists (select from pg_roles where rolname = 'cordon_app') then
    revoke all on ${TABLES.map((table) => `cordon.${table}`).join(', ')} from cordon_app;
  end if;
end
$$;
`
