import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { Provider } from 'oidc-provider'

/** Claims of an account, by its `sub`. */
export type Accounts = Record<string, Record<string, unknown>>

/** A real provider (`oidc-provider`) on loopback, whose signing key the test holds so that it can forge with it. */
export class TestProvider {
  readonly issuer: string
  readonly key: JWK
  readonly accounts: Accounts
  readonly #server: Server

  private constructor(issuer: string, key: JWK, accounts: Accounts, server: Server) {
    this.issuer = issuer
    this.key = key
    this.accounts = accounts
    this.#server = server
  }

  static async start(redirectUris: readonly string[], accounts: Accounts): Promise<TestProvider> {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true })
    const key = { ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: 'test-key' }
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const provider = new Provider(issuer, {
      clients: [
        { client_id: 'cordon', client_secret: 'a secret of the client, long enough', redirect_uris: [...redirectUris] },
        { client_id: 'other', client_secret: 'another secret, long enough as well', redirect_uris: ['https://other.example/callback'] },
      ],
      jwks: { keys: [key] },
      cookies: { keys: ['a key for the cookies of the test'] },
      scopes: ['openid', 'groups', 'profile', 'email'],
      claims: { openid: ['sub'], groups: ['groups'], profile: ['name'], email: ['email', 'email_verified'] },
      findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...accounts[sub] }) }),
      pkce: { required: () => true },
      ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, Interaction: 600, Session: 600, Grant: 600 },
    })
    server.on('request', provider.callback())
    return new TestProvider(issuer, key, accounts, server)
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  /** Does what a person does in a browser: follows to the login form, signs in as `sub`, consents. Gives the address to which the browser is sent back. */
  async browse(start: URL, sub: string): Promise<URL> {
    const cookies = new Map<string, string>()
    let address = start
    let form: URLSearchParams | null = null
    for (let step = 0; step < 12; step++) {
      const response: Response = await fetch(address, {
        method: form === null ? 'GET' : 'POST',
        redirect: 'manual',
        headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
        ...(form === null ? {} : { body: form }),
      })
      for (const cookie of response.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!
        cookies.set(name!, value!)
      }
      form = null
      const location = response.headers.get('location')
      if (location !== null) {
        address = new URL(location, address)
        if (address.origin !== this.issuer) return address
        continue
      }
      const page = await response.text()
      const action = /<form[^>]*action="([^"]+)"/.exec(page)
      if (action === null) throw new Error(`${address}: ${response.status} ${page.slice(0, 2000)}`)
      address = new URL(action[1]!, address)
      form = page.includes('name="login"')
        ? new URLSearchParams({ prompt: 'login', login: sub, password: 'whatever' })
        : new URLSearchParams({ prompt: 'consent' })
    }
    throw new Error('the provider did not send the browser back')
  }
}
