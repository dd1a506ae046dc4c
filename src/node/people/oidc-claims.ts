import { CordonError } from '../../chain/index.ts'
import { forbiddenPair, isRole, ROLES, type Role } from './roles.ts'

/**
 * One rule of the configuration: whoever's claim is (or, for a list, contains) this value gets this organisation, these roles and these caveats.
 * A claim inside another is named with dots: `realm_access.roles`. Upper and lower case matter.
 */
export type ClaimRule = {
  readonly claim: string
  readonly equals: string
  readonly organisation?: string
  readonly roles?: readonly Role[]
  readonly caveats?: readonly string[]
}

/** What the rules make of a subject. */
export type Mapped = {
  readonly organisation: string
  readonly roles: readonly Role[]
  readonly caveats: readonly string[]
}

/** Why the rules make nothing of a subject. */
export type Unmapped = { readonly unmapped: 'no-organisation' | 'two-organisations' | 'no-role' | 'forbidden-roles' }

/** Applies the rules. Nothing is given by default: without a rule for the organisation and one for a role nobody comes in. */
export function mapClaims(claims: Readonly<Record<string, unknown>>, rules: readonly ClaimRule[]): Mapped | Unmapped {
  const matching = rules.filter(({ claim, equals }) => holds(claims, claim, equals))
  const organisations = new Set(matching.flatMap(({ organisation }) => organisation ?? []))
  const given = new Set(matching.flatMap(({ roles }) => roles ?? []))
  const [organisation, ...others] = organisations
  if (organisation === undefined) return { unmapped: 'no-organisation' }
  if (others.length > 0) return { unmapped: 'two-organisations' }
  const roles = ROLES.filter((role) => given.has(role))
  if (roles.length === 0) return { unmapped: 'no-role' }
  if (forbiddenPair(roles) !== null) return { unmapped: 'forbidden-roles' }
  return { organisation, roles, caveats: [...new Set(matching.flatMap(({ caveats }) => caveats ?? []))].sort() }
}

/**
 * Checks the rules of a configuration.
 *
 * @throws CordonError `people/bad-claim-rule` with its place
 */
export function checkRules(rules: readonly ClaimRule[], place: string): void {
  rules.forEach((rule, at) => {
    const bad = (message: string, remedy: string) =>
      new CordonError('people/bad-claim-rule', message, { place: { field: `${place}[${at}]` }, remedy })
    if (rule.claim === '' || rule.equals === '')
      throw bad('a rule needs a claim and a value', 'Say e.g. claim: groups, equals: investigators.')
    const unknown = rule.roles?.find((role) => !isRole(role))
    if (unknown !== undefined) throw bad(`${JSON.stringify(unknown)} is no role`, `Roles are ${ROLES.join(', ')}.`)
    if (rule.organisation === undefined && (rule.roles ?? []).length === 0 && (rule.caveats ?? []).length === 0)
      throw bad('a rule that gives nothing', 'Let it give an organisation, roles or caveats.')
  })
}

function holds(claims: Readonly<Record<string, unknown>>, name: string, value: string): boolean {
  const claim = claimAt(claims, name)
  return Array.isArray(claim) ? claim.includes(value) : claim === value
}

function claimAt(claims: Readonly<Record<string, unknown>>, name: string): unknown {
  // A claim whose own name has dots (a URL, say) goes before one inside another.
  if (Object.hasOwn(claims, name)) return claims[name]
  let value: unknown = claims
  for (const part of name.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    value = (value as Record<string, unknown>)[part]
  }
  return value
}
