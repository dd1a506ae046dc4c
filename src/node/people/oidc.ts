import * as client from 'openid-client'
import { CordonError } from '../../chain/index.ts'
import { type ClaimRule, checkRules } from './oidc-claims.ts'
import type { Clock } from './world.ts'

/** A provider as configured. */
export type OidcSettings = {
  /** Short name, part of the redirect address: every provider has its own, so that an answer cannot pass for another provider's (RFC 9700, section 4.4). */
  readonly id: string
  readonly issuer: string
  readonly clientId: string
  /** Null for a public client. */
  readonly clientSecret: string | null
  /** Where the provider sends the browser back to, e.g. `https://node.example/sign-in/oidc/mofa`. */
  readonly redirectUri: string
  /** `openid` and what the rules need, e.g. `openid profile email groups`. */
  readonly scope: string
  readonly rules: readonly ClaimRule[]
}

/** `fetch` behind a guard against requests into networks of our own; every request to a provider goes through it. */
export type GuardedFetch = (url: string, options: client.CustomFetchOptions) => Promise<Response>

/** A provider whose metadata was read. */
export type OidcProvider = {
  readonly settings: OidcSettings
  readonly server: client.ServerMetadata
  readonly fetch: GuardedFetch
}

/** What the provider said of a subject, after all checks. */
export type Subject = {
  readonly issuer: string
  readonly subject: string
  readonly claims: Readonly<Record<string, unknown>>
}

/** What must be known again when the browser comes back. */
export type Expected = {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

/** Seconds by which the provider's clock may differ from ours. */
const TOLERANCE_S = 30
const TIMEOUT_S = 10
/** Signatures that only the provider can make. `none` and those with a shared secret are not among them. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Reads a provider's metadata (OpenID Connect Discovery 1.0) and checks that it is the issuer's own, that all its addresses are HTTPS (plain HTTP on loopback alone), and that it signs its tokens with a key of its own.
 *
 * @throws CordonError `people/bad-provider`, `people/bad-claim-rule`
 */
export async function discoverProvider(settings: OidcSettings, fetch: GuardedFetch): Promise<OidcProvider> {
  const refuse = (what: string, remedy: string, cause?: unknown) =>
    new CordonError('people/bad-provider', `identity provider ${settings.id}: ${what}`, { place: { field: 'issuer' }, remedy, cause })
  checkRules(settings.rules, `${settings.id}.rules`)
  if (!/^[a-z0-9-]{1,40}$/.test(settings.id)) throw refuse('its id is not of a-z, 0-9 and -', 'Give it a short name.')
  if (!isAcceptable(settings.issuer)) throw refuse(`${settings.issuer} is no https address`, 'Give the issuer as the provider states it.')
  if (!settings.scope.split(' ').includes('openid')) throw refuse('its scope lacks openid', 'Add it.')
  let server: client.ServerMetadata
  try {
    const found = await client.discovery(new URL(settings.issuer), settings.clientId, undefined, undefined, {
      [client.customFetch]: fetch,
      timeout: TIMEOUT_S,
      ...(isLoopback(settings.issuer) ? { execute: [client.allowInsecureRequests] } : {}),
    })
    server = found.serverMetadata()
  } catch (cause) {
    throw refuse(`its metadata could not be read: ${failureOf(cause)}`, 'Check the issuer and that this node may reach it.', cause)
  }
  if (server.issuer !== settings.issuer)
    throw refuse(`it calls itself ${server.issuer}`, 'Give the issuer exactly as it states it, also with or without the slash at its end.')
  for (const endpoint of ['authorization_endpoint', 'token_endpoint', 'jwks_uri', 'userinfo_endpoint'] as const) {
    const address = server[endpoint]
    if (address === undefined && endpoint === 'userinfo_endpoint') continue
    if (address === undefined || !isAcceptable(address) || (isLoopback(address) && !isLoopback(settings.issuer)))
      throw refuse(`its ${endpoint} is missing or no https address`, 'Ask who runs it.')
  }
  const signs = (server.id_token_signing_alg_values_supported ?? ['RS256']).filter((each) => ALGORITHMS.includes(each))
  if (signs.length === 0) throw refuse('it does not sign tokens with a key of its own', `It must use one of ${ALGORITHMS.join(', ')}.`)
  return { settings, server: { ...server, id_token_signing_alg_values_supported: signs }, fetch }
}

/** The address to send the browser to: code flow, PKCE S256, state and nonce. */
export async function authorizationUrl(provider: OidcProvider, { state, nonce, verifier }: Expected): Promise<URL> {
  const { settings } = provider
  return client.buildAuthorizationUrl(configure(provider, 0), {
    redirect_uri: settings.redirectUri,
    scope: settings.scope,
    response_type: 'code',
    state,
    nonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  })
}

/**
 * Redeems the code, checks the ID token, and adds what the provider says of the same subject at its userinfo endpoint. Checked are signature by a key of the issuer's, issuer, audience, authorised party, times by our clock, nonce; and state and issuer of the answer itself (RFC 9207).
 *
 * @param query the query of the address to which the browser came back
 * @throws Error of openid-client where anything is amiss; its text is for the record and no reader
 */
export async function redeemCode(provider: OidcProvider, query: string, expected: Expected, clock: Clock): Promise<Subject> {
  const { settings } = provider
  const answer = new URL(settings.redirectUri)
  answer.search = query
  // openid-client measures with the machine's clock; the difference makes it ours.
  const skew = Math.round((clock().getTime() - Date.now()) / 1000)
  const configuration = configure(provider, skew)
  const tokens = await client.authorizationCodeGrant(configuration, answer, {
    expectedState: expected.state,
    expectedNonce: expected.nonce,
    pkceCodeVerifier: expected.verifier,
    idTokenExpected: true,
  })
  const claims = tokens.claims()
  if (claims === undefined) throw new Error('the provider gave no ID token')
  // Many providers state groups and names there and not in the token; what the token states goes before.
  const more =
    provider.server.userinfo_endpoint === undefined ? {} : await client.fetchUserInfo(configuration, tokens.access_token, claims.sub)
  return { issuer: claims.iss, subject: claims.sub, claims: { ...more, ...claims } }
}

function configure({ settings, server, fetch }: OidcProvider, skew: number): client.Configuration {
  const configuration = new client.Configuration(
    server,
    settings.clientId,
    { [client.clockSkew]: skew, [client.clockTolerance]: TOLERANCE_S },
    settings.clientSecret === null ? client.None() : client.ClientSecretBasic(settings.clientSecret),
  )
  configuration[client.customFetch] = fetch
  configuration.timeout = TIMEOUT_S
  // The token comes from the provider's own endpoint, yet its signature is checked: TLS may end at a proxy.
  client.enableNonRepudiationChecks(configuration)
  if (isLoopback(settings.issuer)) client.allowInsecureRequests(configuration)
  return configuration
}

/** What openid-client says of a failure, with what lies below it and the provider's own error code, without any token. */
export function failureOf(error: unknown): string {
  const parts: string[] = []
  for (let at = error; at instanceof Error && parts.length < 4; at = at.cause) {
    const { error: code } = at as { error?: unknown }
    parts.push(typeof code === 'string' ? `${at.message} (${code})` : at.message)
  }
  return parts.join(': ').slice(0, 500)
}

function isAcceptable(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, username, password } = new URL(address)
  return username === '' && password === '' && (protocol === 'https:' || isLoopback(address))
}

/** Plain HTTP to this machine. */
function isLoopback(address: string): boolean {
  const { protocol, hostname } = new URL(address)
  return protocol === 'http:' && LOOPBACK.has(hostname)
}
