import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { isLoopback, readConfig, showConfig } from '../../../src/node/config/index.ts'
import { ConfigSchema } from '../../../src/node/config/schema.ts'

const folder = mkdtempSync(join(tmpdir(), 'cordon-config-'))
let files = 0
const file = (text: string) => {
  const path = join(folder, `${files++}.yaml`)
  writeFileSync(path, text)
  return path
}

describe('the configuration of a node', () => {
  it('needs none: every setting has a default, and `cordon node config` shows it with what it is for', async () => {
    const config = await readConfig(null, {})
    expect(config).toMatchObject({
      listen: { host: '127.0.0.1', port: 8480 },
      database: { url: null },
      release: { nations: ['JPN', 'KOR', 'USA'] },
    })
    const text = showConfig(config)
    expect(parse(text)).toEqual(config)
    const settings = (schema: { properties?: object }): number =>
      Object.values(schema.properties ?? {}).reduce((sum: number, part) => sum + ('properties' in part ? settings(part) : 1), 0)
    expect(text.split('\n').filter((line) => /^\s*#/.test(line)).length).toBe(settings(ConfigSchema))
    expect(await readConfig(file(text), {})).toEqual(config)
  })

  it('takes defaults, then the file, then the environment', async () => {
    const path = file('listen:\n  port: 9000\nhome: { organisation: kr-npa, nation: KOR }\n')
    expect(await readConfig(path, {})).toMatchObject({
      listen: { host: '127.0.0.1', port: 9000 },
      home: { organisation: 'kr-npa', nation: 'KOR' },
    })
    expect(
      await readConfig(path, {
        CORDON_LISTEN_PORT: '9001',
        CORDON_RELEASE_NATIONS: '["KOR"]',
        CORDON_HOME_NAME: 'Police',
        CORDON_LIMITS_BODY_KIB: '7',
      }),
    ).toMatchObject({
      listen: { port: 9001 },
      release: { nations: ['KOR'] },
      home: { name: 'Police' },
      limits: { bodyKiB: 7 },
    })
    expect((await readConfig(path, { DATABASE_URL: 'postgres://u@h/d' })).database.url).toBe('postgres://u@h/d')
    expect((await readConfig(path, { DATABASE_URL: 'postgres://u@h/d', CORDON_DATABASE_URL: 'postgres://v@h/d' })).database.url).toBe(
      'postgres://v@h/d',
    )
  })

  it('refuses what is wrong, all of it at once, with the path of each', async () => {
    const path = file('listen: { port: 70000, hots: x }\nlimits: { jobs: none }\nunknown: 1\n')
    await expect(readConfig(path, {})).rejects.toMatchObject({
      code: 'node/bad-config',
      message: expect.stringMatching(
        /unknown: there is no such setting.*listen\.hots: there is no such setting.*listen\.port: must be <= 65535.*limits\.jobs: must be integer/,
      ),
      place: { file: path },
    })
    for (const [text, expected] of [
      ['listen: { host: 0.0.0.0 }', /plain HTTP is served on loopback only/],
      ['tls: { certificate: a.pem }', /one is given without the other/],
      ['tls: { requireClientCertificate: true }', /it needs tls\.clientCa/],
      ['home: { nation: FRA }', /the home nation FRA is missing/],
      ['- a', /a mapping of settings is wanted/],
      ['listen: 5', /listen: must be object/],
      ['a: &a [1]\nb: *a', /alias/i],
      ['listen: {port: 1', /./],
    ] as const)
      await expect(readConfig(file(text), {}), text).rejects.toMatchObject({
        code: 'node/bad-config',
        message: expect.stringMatching(expected),
      })
    await expect(readConfig(join(folder, 'none.yaml'), {})).rejects.toMatchObject({ code: 'node/bad-config' })
    await expect(readConfig(null, { CORDON_LISTEN_PORT: 'many' })).rejects.toMatchObject({
      message: expect.stringContaining('CORDON_LISTEN_PORT'),
    })
  })

  it('never shows a secret', async () => {
    const config = await readConfig(
      file(
        'mail: { server: "smtps://u:geheim@h" }\nsignIn:\n  oidc:\n    - { id: a, issuer: "https://i", clientId: c, clientSecret: geheim, organisation: home, rolesClaim: groups, roles: {} }\n',
      ),
      { DATABASE_URL: 'postgres://u:geheim@h/d' },
    )
    expect(JSON.stringify(config)).toContain('geheim')
    expect(showConfig(config)).not.toContain('geheim')
  })

  it('takes live sources of Bitcoin, and refuses those that would show a secret or have a name twice', async () => {
    const core = "{ name: core, kind: core-rpc, url: 'http://127.0.0.1:8332', credentialsFile: /node/.cookie }"
    const path = file(
      `library:\n  bitcoin:\n    - ${core}\n    - { name: own, kind: esplora, url: 'https://e.example/geheim/api', intervalMs: 0 }\n`,
    )
    const config = await readConfig(path, {})
    expect(config.library.bitcoin.map(({ name }) => name)).toEqual(['core', 'own'])
    expect(showConfig(config)).toMatch(/url: "\*\*\*"[\s\S]*url: "\*\*\*"/)
    expect(showConfig(config)).not.toContain('geheim')
    for (const [sources, expected] of [
      [`[${core}, ${core}]`, /core: another source, or a ledger, has this name/],
      ["[{ name: core, kind: core-rpc, url: 'http://u:geheim@h' }]", /core: its url holds a user or a password/],
      ["[{ name: core, kind: core-rpc, url: 'http://h/?key=geheim' }]", /core: its url has a query/],
      ["[{ name: core, kind: core-rpc, url: 'http://geheim:x:y' }]", /core: its url is none/],
      ["[{ name: core, kind: core-rest, url: 'http://h', maxRequests: 5 }]", /are for esplora/],
      ["[{ name: core, kind: electrum, url: 'http://h' }]", /kind: must be equal to one of/],
      ["[{ name: core, kind: core-rpc, url: 'file:///geheim' }]", /url: must match/],
      ["[{ name: ../core, kind: core-rpc, url: 'http://h' }]", /name: must match/],
      ["[{ name: xn--a, kind: core-rpc, url: 'http://h' }]", /name: must match/],
      ["[{ name: core, kind: core-rpc, url: 'http://h', password: geheim }]", /password: there is no such setting/],
    ] as const) {
      const refused = await readConfig(file(`library: { bitcoin: ${sources} }`), {}).catch((error: unknown) => error)
      expect(refused, sources).toMatchObject({ code: 'node/bad-config', message: expect.stringMatching(expected) })
      expect(String(refused)).not.toContain('geheim')
    }
    const both = file(`library: { ledgers: { core: /ledgers/btc }, bitcoin: [${core}] }`)
    await expect(readConfig(both, {})).rejects.toMatchObject({ message: expect.stringContaining('has this name') })
    const broken = await readConfig(null, { CORDON_LIBRARY_BITCOIN: '[{"url":"http://geheim"' }).catch((error: unknown) => error)
    expect(String(broken)).toContain('CORDON_LIBRARY_BITCOIN')
    expect(String(broken)).not.toContain('geheim')
  })

  it('knows loopback by its names and addresses', () => {
    for (const host of ['localhost', '127.0.0.1', '127.8.9.1', '::1']) expect(isLoopback(host)).toBe(true)
    for (const host of ['0.0.0.0', '::', '127.evil.example', '10.0.0.1', '::ffff:127.0.0.1']) expect(isLoopback(host)).toBe(false)
  })
})
