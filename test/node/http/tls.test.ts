import { writeFileSync } from 'node:fs'
import { Agent, request } from 'node:https'
import { join } from 'node:path'
import { connect, type TLSSocket } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../../../src/node/config/index.ts'
import { csrfOf } from '../../../src/node/people/csrf.ts'
import { type NodeWorld, nodeWorld, type Someone } from '../world.ts'
import { Authority, NO_OPENSSL, type Pair } from './certificates.ts'
import { raw } from './raw.ts'

type Answer = { status: number; json: any; headers: Record<string, string | string[] | undefined>; resumed: boolean }

describe.skipIf(NO_OPENSSL !== null)('TLS and mutual TLS', () => {
  const servers = new Authority('servers')
  const clients = new Authority('clients')
  const strangers = new Authority('strangers')
  const files = servers.sign('localhost', { alternatives: 'DNS:localhost,IP:127.0.0.1' })
  let world: NodeWorld
  let admin: Someone
  let machine: { id: string; pair: Pair }

  const settings = (requireClientCertificate: boolean) => ({
    certificate: join(servers.folder, 'server.pem'),
    key: join(servers.folder, 'server.key'),
    clientCa: join(clients.folder, 'ca.pem'),
    requireClientCertificate,
  })

  beforeAll(async () => {
    writeFileSync(join(servers.folder, 'server.pem'), files.cert)
    writeFileSync(join(servers.folder, 'server.key'), files.key)
    world = await nodeWorld({ change: (config) => ({ ...config, tls: settings(false) }) })
    admin = await world.someone('Ada Min', ['administrator'])
    const { id } = await world.someone('Ma Chine', ['analyst'])
    machine = { id, pair: clients.sign('machine') }
    const registered = await ask({
      method: 'POST',
      path: `/api/v1/persons/${id}/certificates`,
      body: { certificate: machine.pair.cert },
      headers: asAdmin(),
    })
    expect(registered.status).toBe(201)
  }, 60_000)
  afterAll(async () => {
    await world.close()
    for (const authority of [servers, clients, strangers]) authority.end()
  })

  const asAdmin = () => {
    const token = admin.cookie.split('=')[1]!
    return { cookie: `__Host-cordon-session=${token}`, 'x-cordon-csrf': csrfOf(token) }
  }

  async function ask(
    {
      method = 'GET',
      path = '/api/v1/me',
      body,
      headers = {},
    }: { method?: string; path?: string; body?: object; headers?: Record<string, string> },
    options: { pair?: Pair; agent?: Agent; url?: string } = {},
  ): Promise<Answer> {
    const { pair, url = world.node.url, agent = new Agent({ ca: servers.cert, ...pair }) } = options
    return await new Promise<Answer>((resolve, reject) => {
      const sent = request(
        new URL(path, url),
        { method, agent, headers: { ...(body && { 'content-type': 'application/json' }), ...headers } },
        (response) => {
          let text = ''
          response.on('data', (part) => {
            text += part
          })
          response.on('end', () => {
            const isJson = response.headers['content-type']?.includes('json') ?? false
            resolve({
              status: response.statusCode!,
              json: isJson ? JSON.parse(text) : null,
              headers: response.headers,
              resumed: (response.socket as TLSSocket).isSessionReused(),
            })
          })
        },
      )
      sent.on('error', reject)
      sent.end(body === undefined ? undefined : JSON.stringify(body))
    })
  }

  const handshake = (options: object) =>
    new Promise<string>((resolve) => {
      const { port } = new URL(world.node.url)
      const socket: TLSSocket = connect(
        { host: '127.0.0.1', port: Number(port), servername: 'localhost', ca: servers.cert, ...options },
        () => {
          resolve(socket.getProtocol()!)
          socket.destroy()
        },
      )
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    })

  test('It speaks TLS 1.2 and 1.3 and nothing older', async () => {
    expect(await handshake({})).toBe('TLSv1.3')
    expect(await handshake({ maxVersion: 'TLSv1.2' })).toBe('TLSv1.2')
    for (const version of ['TLSv1.1', 'TLSv1'])
      expect(await handshake({ minVersion: version, maxVersion: version, ciphers: 'DEFAULT:@SECLEVEL=0' })).toMatch(
        /VERSION|ALERT|ECONNRESET/,
      )
  })

  test('Plain HTTP at its port gets nothing', async () => {
    const answer = await raw(world.node.url, ['GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n'])
    expect(answer).not.toContain('alive')
  })

  test('A node that listens beyond loopback does not start without TLS', async () => {
    for (const host of ['0.0.0.0', '::', '192.0.2.1', 'node.example'])
      await expect(readConfig(null, { CORDON_LISTEN_HOST: host })).rejects.toThrow(/plain HTTP is served on loopback only/)
  })

  test('Cookies are Secure and tied to the host, and HSTS is said', async () => {
    const reply = await ask({ method: 'POST', path: '/api/v1/sign-out', headers: { cookie: '__Host-cordon-session=x' } })
    expect(reply.headers['strict-transport-security']).toMatch(/^max-age=63072000/)
    const someone = await world.someone('Out', ['analyst'])
    const token = someone.cookie.split('=')[1]!
    const out = await ask({
      method: 'POST',
      path: '/api/v1/sign-out',
      headers: { cookie: `__Host-cordon-session=${token}`, 'x-cordon-csrf': csrfOf(token) },
    })
    expect(out.headers['set-cookie']).toEqual([
      expect.stringMatching(/^__Host-cordon-session=; Path=\/; .*HttpOnly; Secure; SameSite=Strict$/),
    ])
    // Without its prefix the cookie of a session is none.
    expect((await ask({ headers: { cookie: someone.cookie } })).status).toBe(401)
  })

  test('Who shows a registered certificate of a known authority is its person, also on a resumed connection', async () => {
    const first = await ask({}, { pair: machine.pair })
    expect(first.json).toMatchObject({ person: machine.id, credential: { kind: 'certificate' }, csrf: null })
    const agent = new Agent({ ca: servers.cert, ...machine.pair, keepAlive: false, maxCachedSessions: 10 })
    const resumed = []
    for (let i = 0; i < 3; i++) {
      const answer = await ask({}, { agent })
      expect(answer.json).toMatchObject({ person: machine.id })
      resumed.push(answer.resumed)
    }
    expect(resumed).toEqual([false, true, true])
    const written = await ask({ method: 'POST', path: '/api/v1/cases', body: { case: { title: 'By machine' } } }, { pair: machine.pair })
    expect(written.status).toBe(201)
  })

  test('A certificate of an unknown authority, one that is not registered, one that has ended, and none are nobody', async () => {
    for (const pair of [strangers.sign('machine'), clients.sign('machine'), clients.sign('machine', { days: -1 }), undefined])
      expect((await ask({}, pair === undefined ? {} : { pair })).status).toBe(401)
    expect((await ask({ path: '/health' }, { pair: strangers.sign('machine') })).status).toBe(200)
  })

  test('A certificate that a header names is nobody’s', async () => {
    const fingerprint = 'a'.repeat(64)
    for (const name of ['x-client-cert', 'x-ssl-client-cert', 'x-forwarded-client-cert', 'ssl-client-verify'])
      expect((await ask({ headers: { [name]: fingerprint } })).status).toBe(401)
  })

  test('Another site cannot make a browser use the certificate that it adds by itself', async () => {
    const body = { case: { title: 'Forged' } }
    for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }, { origin: 'null' }])
      expect((await ask({ method: 'POST', path: '/api/v1/cases', body, headers }, { pair: machine.pair })).json.code).toBe(
        'people/cross-site',
      )
  })

  test('Nobody registers a certificate for himself, one stands for one person, and a removed one for nobody', async () => {
    const pair = clients.sign('other')
    const own = await ask({
      method: 'POST',
      path: `/api/v1/persons/${admin.id}/certificates`,
      body: { certificate: pair.cert },
      headers: asAdmin(),
    })
    expect([own.status, own.json.code]).toEqual([403, 'people/own-privileges'])
    const path = `/api/v1/persons/${machine.id}/certificates`
    const again = await ask({ method: 'POST', path, body: { certificate: machine.pair.cert }, headers: asAdmin() })
    expect(again.json.code).toBe('people/bad-certificate')
    const withKey = await ask({ method: 'POST', path, body: { certificate: pair.key + pair.cert }, headers: asAdmin() })
    expect(withKey.json.detail).toMatch(/private key/)
    const { json } = await ask({ method: 'POST', path, body: { certificate: pair.cert }, headers: asAdmin() })
    expect((await ask({}, { pair })).status).toBe(200)
    expect((await ask({ method: 'DELETE', path: `${path}/${json.fingerprint}`, headers: asAdmin() })).status).toBe(204)
    expect((await ask({}, { pair })).status).toBe(401)
    expect((await ask({ path, headers: asAdmin() })).json.items).toMatchObject([{ subject: 'CN=machine' }])
  })

  test('Where a certificate is required, nobody without one of a known authority gets so far as to ask', async () => {
    const strict = await nodeWorld({ change: (config) => ({ ...config, tls: settings(true) }) })
    try {
      const url = strict.node.url
      await expect(ask({ path: '/health' }, { url })).rejects.toThrow()
      await expect(ask({ path: '/health' }, { url, pair: strangers.sign('machine') })).rejects.toThrow()
      expect((await ask({ path: '/health' }, { url, pair: machine.pair })).status).toBe(200)
    } finally {
      await strict.close()
    }
  }, 30_000)
})
