/** What a person is in the node. A person may hold several; see `FORBIDDEN_PAIRS`. */
export const ROLES = ['analyst', 'supervisor', 'releaser', 'compliance', 'administrator', 'auditor', 'subscriber'] as const

export type Role = (typeof ROLES)[number]

/**
 * What a caller may do. A scope opens a door; which records are behind it is the release label's matter, for everybody alike: no role reads past a label.
 */
export const SCOPES = [
  'cases:read',
  'cases:write',
  'objects:read',
  'objects:write',
  'release:change',
  'exports:make',
  'traces:run',
  'ledgers:read',
  'ledgers:import',
  'lists:read',
  'lists:import',
  'screen:ask',
  'screen:decide',
  'screen:second',
  'alerts:read',
  'alerts:write',
  'rules:write',
  'freeze:draft',
  'freeze:authorise',
  'freeze:send',
  'freeze:answer',
  'directory:write',
  'deconflict:ask',
  'events:read',
  'webhooks:manage',
  'people:read',
  'people:manage',
  'record:read',
  'record:export',
  'node:manage',
  'keys:own',
] as const

export type Scope = (typeof SCOPES)[number]

/** What everybody needs who reads the work of others. */
const READER: readonly Scope[] = ['cases:read', 'objects:read', 'alerts:read', 'events:read', 'lists:read', 'keys:own']

/**
 * Least privilege, by the work of each:
 * - analyst: follows money, writes cases, watches, drafts a freeze request, notes the answer;
 * - supervisor: the same without importing ledgers, and authorises requests, is the second person of a screening decision, keeps the directory of exchanges, sets rules and receivers;
 * - releaser: reads what is to be released, changes its label, makes exports, sends a freeze request that others drafted and authorised, notes the answer; writes nothing else, so that nobody releases what he wrote unless he was given both roles;
 * - compliance: screens and decides, keeps the lists, works through alerts, answers freeze requests;
 * - administrator: people, receivers, the node itself; no content at all;
 * - auditor: the record and who is who; no content;
 * - subscriber: reads.
 */
const OF_ROLE: Readonly<Record<Role, readonly Scope[]>> = {
  analyst: [
    ...READER,
    'cases:write',
    'objects:write',
    'exports:make',
    'traces:run',
    'ledgers:read',
    'ledgers:import',
    'screen:ask',
    'alerts:write',
    'rules:write',
    'freeze:draft',
    'freeze:answer',
    'deconflict:ask',
  ],
  supervisor: [
    ...READER,
    'cases:write',
    'objects:write',
    'exports:make',
    'traces:run',
    'ledgers:read',
    'screen:ask',
    'screen:second',
    'alerts:write',
    'rules:write',
    'freeze:draft',
    'freeze:authorise',
    'freeze:send',
    'freeze:answer',
    'directory:write',
    'deconflict:ask',
    'webhooks:manage',
  ],
  releaser: [...READER, 'release:change', 'exports:make', 'freeze:send', 'freeze:answer'],
  compliance: [
    ...READER,
    'objects:write',
    'ledgers:read',
    'lists:import',
    'screen:ask',
    'screen:decide',
    'alerts:write',
    'rules:write',
    'freeze:answer',
    'webhooks:manage',
  ],
  administrator: ['people:read', 'people:manage', 'node:manage', 'webhooks:manage', 'keys:own'],
  auditor: ['record:read', 'record:export', 'people:read', 'keys:own'],
  subscriber: READER,
}

/**
 * Roles that one person never holds together: an administrator could otherwise release what others keep, or audit himself.
 */
export const FORBIDDEN_PAIRS: readonly (readonly [Role, Role])[] = [
  ['administrator', 'releaser'],
  ['administrator', 'auditor'],
]

/** What no key may do: acts that need a person who signed in (to make keys, to change people, to be the second pair of eyes). */
export const NEVER_BY_KEY: readonly Scope[] = ['keys:own', 'people:manage', 'freeze:authorise', 'screen:second']

export function isRole(text: unknown): text is Role {
  return (ROLES as readonly unknown[]).includes(text)
}

export function isScope(text: unknown): text is Scope {
  return (SCOPES as readonly unknown[]).includes(text)
}

/** The scopes of a person with these roles, in the order of `SCOPES`. A role that this version does not know gives nothing. */
export function scopesOf(roles: readonly string[]): readonly Scope[] {
  const held = new Set(roles.filter(isRole).flatMap((role) => OF_ROLE[role]))
  return SCOPES.filter((scope) => held.has(scope))
}

/** The roles that have a scope. */
export function rolesWith(scope: Scope): readonly Role[] {
  return ROLES.filter((role) => OF_ROLE[role].includes(scope))
}

/** What a key can do now: what it was made for, as far as its owner can still do it. */
export function scopesOfKey(scopes: readonly string[], roles: readonly string[]): readonly Scope[] {
  return scopesOf(roles).filter((scope) => scopes.includes(scope) && !NEVER_BY_KEY.includes(scope))
}

/** The first pair of roles that one person may not hold together, or null. */
export function forbiddenPair(roles: readonly Role[]): readonly [Role, Role] | null {
  return FORBIDDEN_PAIRS.find((pair) => pair.every((role) => roles.includes(role))) ?? null
}
