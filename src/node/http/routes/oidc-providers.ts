import { CordonError } from '../../../chain/index.ts'
import type { Config } from '../../config/index.ts'
import { notFound } from '../../objects/errors.ts'
import { customFetch, OUTBOUND, parseAllow } from '../../outbound/index.ts'
import { discoverProvider, type OidcProvider, type OidcSettings } from '../../people/oidc.ts'
import { type ClaimRule, checkRules } from '../../people/oidc-claims.ts'
import type { Role } from '../../people/roles.ts'
import type { Clock } from '../../people/world.ts'

type Configured = Config['signIn']['oidc'][number]

/** A provider's metadata (its keys are asked for anew each time) is read again after so long. */
const KNOWN_MS = 3_600_000
const SCOPE = 'openid profile email'

/**
 * The configured identity providers. Their metadata is read when somebody first signs in, so that the node starts without them; every request to one goes through the guard against the node's own network.
 */
export class Providers {
  readonly #configured: ReadonlyMap<string, Configured>
  readonly #fetch: ReturnType<typeof customFetch>
  readonly #clock: Clock
  readonly #known = new Map<string, { readonly at: number; readonly provider: Promise<OidcProvider> }>()

  /** @throws CordonError `people/bad-claim-rule`, `outbound/allow`, `node/bad-config` for a configuration that cannot work */
  constructor({ signIn, outbound }: Config, clock: Clock) {
    this.#configured = new Map(signIn.oidc.map((each) => [each.id, each]))
    if (this.#configured.size < signIn.oidc.length)
      throw new CordonError('node/bad-config', 'signIn.oidc: two providers have the same id', { remedy: 'Give each its own.' })
    for (const each of signIn.oidc) checkRules(rulesOf(each), `signIn.oidc.${each.id}.roles`)
    this.#fetch = customFetch({ ...OUTBOUND, allow: parseAllow(outbound.allow), timeout: outbound.seconds * 1000 })
    this.#clock = clock
  }

  /**
   * A provider as a browser at `origin` is sent to it and comes back.
   *
   * @throws CordonError `node/not-found`; `people/bad-provider` where its metadata cannot be had or does not do
   */
  async get(id: string, origin: string): Promise<OidcProvider> {
    const configured = this.#configured.get(id)
    if (configured === undefined) throw notFound('identity provider', id)
    const settings = settingsOf(configured, origin)
    const now = this.#clock().getTime()
    const known = this.#known.get(id)
    if (known !== undefined && now - known.at < KNOWN_MS) return { ...(await known.provider), settings }
    const provider = discoverProvider(settings, this.#fetch)
    this.#known.set(id, { at: now, provider })
    // What failed is tried again next time.
    provider.catch(() => this.#known.delete(id))
    return { ...(await provider), settings }
  }
}

function settingsOf(configured: Configured, origin: string): OidcSettings {
  const { id, issuer, clientId, clientSecret, scope = SCOPE } = configured
  return { id, issuer, clientId, clientSecret, scope, redirectUri: `${origin}/sign-in/oidc/${id}`, rules: rulesOf(configured) }
}

/** All of a provider's people belong to one organisation; what they may do follows from one claim. */
function rulesOf({ issuer, organisation, rolesClaim, roles, caveats = {} }: Configured): readonly ClaimRule[] {
  return [
    { claim: 'iss', equals: issuer, organisation },
    ...Object.entries(roles).map(([equals, given]) => ({ claim: rolesClaim, equals, roles: given as readonly Role[] })),
    ...Object.entries(caveats).map(([equals, given]) => ({ claim: rolesClaim, equals, caveats: given })),
  ]
}
