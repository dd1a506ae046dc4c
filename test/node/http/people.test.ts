import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { auditRecord } from '../../../src/node/record/audit.ts'
import { DATABASES } from '../databases.ts'
import { type NodeWorld, nodeWorld, type Someone } from '../world.ts'
import { Browser } from './browser.ts'

const PASSWORD = 'green tulip vexing marmot 9'

for (const kind of DATABASES)
  describe.skipIf(kind.missing !== null)(`people on ${kind.name}`, () => {
    let world: NodeWorld
    let close: () => Promise<void>
    let url: string
    let admin: Browser
    let auditor: Someone
    beforeAll(async () => {
      const database = await kind.open()
      world = await nodeWorld({ url: database.url })
      url = world.node.url
      close = async () => {
        await world.close()
        await database.close()
      }
      await world.organisation('npa', 'JPN')
      admin = new Browser(url)
      auditor = await world.someone('Aud Itor', ['auditor'])
    }, 60_000)
    afterAll(() => close())

    const entries = async (action: string) => {
      const { json } = await auditor.ask('GET', '/api/v1/record/entries?from=0&limit=1000')
      return json.items
        .map((item: { entry: string }) => JSON.parse(item.entry))
        .filter((entry: { action: string }) => entry.action === action)
    }
    const audit = async () => {
      const { database, keys } = world.node.parts
      return (await auditRecord(database, { origin: keys.record.key.name, logKeys: [keys.record.key], witnesses: [], quorum: 0 }, []))
        .findings
    }
    const invited = async (person: { id: string }): Promise<Browser> => {
      const { json } = await admin.ask('POST', `/persons/${person.id}/invitation`)
      const browser = new Browser(url)
      expect((await browser.ask('POST', '/welcome', { token: json.link.split('#')[1] })).status).toBe(200)
      return browser
    }

    test('The printed link makes the first administrator, once; with a password he signs in from then on', async () => {
      const [, token] = world.node.administratorLink!.split('#')
      expect(world.node.administratorLink).toMatch(/^http:\/\/localhost:\d+\/welcome#/)
      expect((await admin.ask('POST', '/welcome/link', { token })).json).toEqual({ kind: 'administrator', name: null, login: null })
      // A name that does not do leaves the link good.
      expect((await admin.ask('POST', '/welcome', { token, name: ' ' })).json.code).toBe('people/bad-person')
      const opened = await admin.ask('POST', '/welcome', { token, name: 'Ada Min', email: 'ada@example.org' })
      expect(opened.status).toBe(200)
      expect((await new Browser(url).ask('POST', '/welcome/link', { token })).status).toBe(410)
      expect((await new Browser(url).ask('POST', '/welcome', { token, name: 'Eve' })).status).toBe(410)
      expect((await admin.ask('PUT', '/me/password', { login: 'Ada@example.org', password: 'password1234' })).json.code).toBe(
        'people/weak-password',
      )
      expect((await admin.ask('PUT', '/me/password', { login: 'Ada@example.org', password: PASSWORD })).status).toBe(200)
      expect((await admin.ask('POST', '/sign-out')).status).toBe(204)
      expect(admin.cookies.has('cordon-session')).toBe(false)
      expect((await admin.ask('GET', '/me')).status).toBe(401)
      admin.csrf = null
      const came = await admin.ask('POST', '/sign-in/password', { login: 'ada@EXAMPLE.org', password: PASSWORD })
      expect(came.status).toBe(200)
      expect((await admin.ask('GET', '/me')).json).toMatchObject({
        person: came.json.person,
        name: 'Ada Min',
        organisation: 'home',
        nation: 'USA',
        roles: ['administrator'],
        scopes: ['webhooks:manage', 'people:read', 'people:manage', 'node:manage', 'keys:own'],
        credential: { kind: 'session' },
        csrf: came.json.csrf,
      })
    })

    test('The first administrator sees no content, and makes the people who do', async () => {
      expect((await admin.ask('GET', '/cases')).status).toBe(403)
      const made = await admin.ask('POST', '/persons', { name: 'Han Alyst', email: 'han@example.org', roles: ['analyst'] })
      expect(made.status).toBe(201)
      expect(made.headers.get('etag')).toBe('"1"')
      expect(made.headers.get('location')).toBe(`/api/v1/persons/${made.json.id}`)
      const han = await invited(made.json)
      expect((await han.ask('PUT', '/me/password', { login: 'han@example.org', password: `${PASSWORD} han` })).status).toBe(200)
      expect((await han.ask('POST', '/cases', { case: { title: 'Bridge' } })).status).toBe(201)
    })

    test('An invitation says for whom it is, ends the one before, and is good once', async () => {
      const { json: person } = await admin.ask('POST', '/persons', { name: 'In Vited', email: 'in@example.org', roles: [] })
      const [first, second] = [
        await admin.ask('POST', `/persons/${person.id}/invitation`),
        await admin.ask('POST', `/persons/${person.id}/invitation`),
      ].map(({ json }) => json.link.split('#')[1])
      const guest = new Browser(url)
      expect((await guest.ask('POST', '/welcome/link', { token: first })).status).toBe(410)
      expect((await guest.ask('POST', '/welcome/link', { token: second })).json).toEqual({
        kind: 'invitation',
        name: 'In Vited',
        login: 'in@example.org',
      })
      expect((await guest.ask('POST', '/welcome', { token: second, name: 'somebody else' })).status).toBe(200)
      // Even who has no role sets a password, and keeps his name.
      expect((await guest.ask('PUT', '/me/password', { login: 'in@example.org', password: PASSWORD })).status).toBe(200)
      expect((await guest.ask('GET', '/me')).json).toMatchObject({ name: 'In Vited', scopes: [] })
      expect((await new Browser(url).ask('POST', '/welcome', { token: second })).status).toBe(410)
    })

    test('A change names the version that was read; privileges that changed sign out', async () => {
      const { json: person, headers } = await admin.ask('POST', '/persons', { name: 'Sup Ervisor', roles: ['analyst'] })
      const guest = await invited(person)
      const change = (etag: string | null, body: object) =>
        admin.ask('PATCH', `/persons/${person.id}`, body, etag === null ? {} : { 'if-match': etag })
      expect((await change(null, { name: 'X' })).status).toBe(428)
      expect((await change('"7"', { name: 'X' })).status).toBe(412)
      const renamed = await change(headers.get('etag'), { name: 'Sup Ervisor II' })
      expect([renamed.status, renamed.headers.get('etag')]).toEqual([200, '"2"'])
      expect((await guest.ask('GET', '/me')).status).toBe(200)
      expect((await change('"2"', { roles: ['supervisor'] })).json.roles).toEqual(['supervisor'])
      expect((await guest.ask('GET', '/me')).status).toBe(401)
      expect((await change('"3"', { disabled: true })).json.disabled).toBe(true)
      expect((await admin.ask('POST', `/persons/${person.id}/invitation`)).json.code).toBe('people/disabled')
    })

    test('The list goes on by cursors; administrators of another organisation see and change their own people alone', async () => {
      for (const name of ['Aiko', 'Botan', 'Chie']) await admin.ask('POST', '/persons', { name, roles: ['analyst'], organisation: 'npa' })
      const npa = await world.someone('Dai Kanri', ['administrator'], 'npa')
      const names: string[] = []
      for (let path = '/api/v1/persons?limit=2'; path !== ''; ) {
        const { json } = await npa.ask('GET', path)
        names.push(...json.items.map(({ name }: { name: string }) => name))
        path = json.next ? `/api/v1/persons?limit=2&cursor=${json.next}` : ''
      }
      expect(names).toEqual(['Aiko', 'Botan', 'Chie', 'Dai Kanri'])
      const { person: ada } = (await admin.ask('GET', '/me')).json
      const missing = await npa.ask('GET', '/api/v1/persons/01980000-0000-7000-8000-000000000000')
      const foreign = await npa.ask('GET', `/api/v1/persons/${ada}`)
      expect([foreign.status, foreign.json.detail]).toEqual([404, missing.json.detail])
      expect((await npa.ask('PATCH', `/api/v1/persons/${ada}`, { disabled: true }, { 'if-match': '*' })).status).toBe(404)
      expect((await npa.ask('POST', `/api/v1/persons/${ada}/invitation`)).status).toBe(404)
      expect((await npa.ask('POST', '/api/v1/persons', { name: 'Eve', roles: [], organisation: 'home' })).status).toBe(403)
      expect((await npa.ask('POST', '/api/v1/organisations', { code: 'x', name: 'X', nation: 'JPN', kind: 'team' })).status).toBe(403)
      expect((await admin.ask('GET', '/persons?limit=200')).json.items.length).toBeGreaterThan(5)
    })

    test('Who works on cases finds the ids of his own people, and of nobody else; keys and other scopes go no further', async () => {
      const yon = await world.someone('Yon Analyst', ['analyst'], 'npa')
      await world.someone('Zed Releaser', ['releaser'], 'npa')
      const found: { name: string; id: string }[] = []
      for (let path = '/api/v1/colleagues?limit=1'; path !== ''; ) {
        const { json } = await yon.ask('GET', path)
        found.push(...json.items)
        path = json.next ? `/api/v1/colleagues?limit=1&cursor=${json.next}` : ''
      }
      const names = found.map(({ name }) => name)
      expect(names).toEqual(names.toSorted())
      expect(names).toEqual(expect.arrayContaining(['Aiko', 'Yon Analyst', 'Zed Releaser']))
      expect(names).not.toContain('Ada Min')
      expect(found.find(({ name }) => name === 'Yon Analyst')).toEqual({
        id: yon.id,
        name: 'Yon Analyst',
        roles: ['analyst'],
        disabled: false,
      })
      const opened = await yon.ask('POST', '/api/v1/cases', {
        case: { title: 'Given to Aiko', assignees: [found.find(({ name }) => name === 'Aiko')?.id] },
      })
      expect(opened.status, opened.text).toBe(201)
      // Who may not is told who may; whose key is not good, that it was seen.
      const refused = await admin.ask('GET', '/colleagues')
      expect([refused.status, refused.json.remedy]).toEqual([
        403,
        'Ask an administrator for a role that has it (analyst, supervisor, releaser, compliance, subscriber), or use a credential that has the scope.',
      ])
      const detail = async (headers: Record<string, string>) =>
        ((await (await fetch(`${url}/api/v1/colleagues`, { headers })).json()) as { detail: string }).detail
      expect(await detail({})).toBe('nothing in the request shows who sends it')
      expect(await detail({ authorization: 'Bearer no-such-key' })).toBe(
        'the key, session or certificate that was sent is not good, or not any more',
      )
    })

    test('Organisations are registered by the home organisation and seen by everybody who is signed in', async () => {
      const made = await admin.ask('POST', '/organisations', { code: 'upbit', name: 'Upbit', nation: 'KOR', kind: 'exchange' })
      expect(made.status).toBe(201)
      expect((await admin.ask('POST', '/organisations', { code: 'UPBIT', name: 'Other', nation: 'KOR', kind: 'exchange' })).status).toBe(
        409,
      )
      const reader = await world.someone('Sub Scriber', ['subscriber'])
      const codes = (await reader.ask('GET', '/api/v1/organisations')).json.items.map(({ code }: { code: string }) => code)
      expect(codes).toEqual(['home', 'npa', 'upbit'])
      expect((await reader.ask('POST', '/api/v1/organisations', { code: 'x', name: 'X', nation: 'JPN', kind: 'team' })).status).toBe(403)
      expect((await world.nobody('GET', '/api/v1/organisations')).status).toBe(401)
    })

    test('A key is shown once, does what it was made for, and nothing after it was revoked', async () => {
      const analyst = await world.someone('Key Owner', ['analyst'])
      const expiresAt = new Date(Date.now() + 3_600_000).toISOString()
      const wish = { name: 'script', scopes: ['cases:read'], expiresAt }
      expect((await analyst.ask('POST', '/api/v1/me/keys', wish, { 'idempotency-key': 'a'.repeat(20) })).status).toBe(400)
      const made = await analyst.ask('POST', '/api/v1/me/keys', wish)
      expect(made.status).toBe(201)
      const bearer = { authorization: `Bearer ${made.json.key}` }
      expect((await world.nobody('GET', '/api/v1/cases', undefined, bearer)).status).toBe(200)
      expect((await world.nobody('POST', '/api/v1/cases', { case: { title: 'x' } }, bearer)).status).toBe(403)
      expect((await world.nobody('POST', '/api/v1/me/keys', wish, bearer)).status).toBe(403)
      expect((await world.nobody('GET', '/api/v1/me', undefined, bearer)).json).toMatchObject({ scopes: ['cases:read'], csrf: null })
      for (const [method, path, body] of [
        ['GET', '/api/v1/me/sessions'],
        ['POST', '/api/v1/sign-out'],
        ['PUT', '/api/v1/me/password', { login: 'key-owner', password: PASSWORD }],
      ] as const)
        expect((await world.nobody(method, path, body, bearer)).json.code).toBe('people/no-session')
      const listed = await analyst.ask('GET', '/api/v1/me/keys')
      expect(listed.json.items).toMatchObject([{ id: made.json.id, name: 'script', revokedAt: null }])
      expect(listed.text).not.toContain(made.json.key.slice(-20))
      const stored = await world.node.parts.database.system((tx) => tx.query('select api_key::text as row from cordon.api_key'))
      expect(JSON.stringify(stored)).not.toContain(made.json.key.split('_')[2].slice(0, 20))
      expect((await analyst.ask('DELETE', `/api/v1/me/keys/${made.json.id}`)).status).toBe(204)
      expect((await world.nobody('GET', '/api/v1/cases', undefined, bearer)).status).toBe(401)
      const other = await world.someone('Other', ['analyst'])
      expect((await other.ask('DELETE', `/api/v1/me/keys/${made.json.id}`)).status).toBe(404)
    })

    test('Sessions are listed for their owner, who ends one, or all but the one that asks', async () => {
      const { json: person } = await admin.ask('POST', '/persons', { name: 'Many Places', roles: ['analyst'] })
      const home = await invited(person)
      await home.ask('PUT', '/me/password', { login: 'many-places', password: PASSWORD })
      const [office, train] = [new Browser(url), new Browser(url)]
      for (const browser of [office, train])
        await browser.ask('POST', '/sign-in/password', { login: 'many-places', password: PASSWORD }, { 'user-agent': 'Netscape' })
      const listed = (await office.ask('GET', '/me/sessions')).json.items
      expect(listed.map(({ how, current }: { how: string; current: boolean }) => [how, current])).toEqual(
        expect.arrayContaining([
          ['password', true],
          ['password', false],
          ['link', false],
        ]),
      )
      expect(listed.find(({ current }: { current: boolean }) => current)).toMatchObject({ address: '127.0.0.1', agent: 'Netscape' })
      const first = listed.find(({ how }: { how: string }) => how === 'link')
      expect((await office.ask('DELETE', `/me/sessions/${first.id}`)).status).toBe(204)
      expect((await home.ask('GET', '/me')).status).toBe(401)
      expect((await office.ask('DELETE', '/me/sessions')).json).toEqual({ ended: 1 })
      expect((await train.ask('GET', '/me')).status).toBe(401)
      expect((await office.ask('GET', '/me')).status).toBe(200)
      expect((await admin.ask('DELETE', `/me/sessions/${listed[0].id}`)).status).toBe(404)
    })

    test('A password changes with the old one, all other sessions end, and the old cookie with them', async () => {
      const { json: person } = await admin.ask('POST', '/persons', { name: 'Pass Word', roles: ['analyst'] })
      const browser = await invited(person)
      await browser.ask('PUT', '/me/password', { login: 'pass-word', password: PASSWORD })
      const before = browser.cookies.get('cordon-session')
      expect((await browser.ask('PUT', '/me/password', { login: 'pass-word', password: `${PASSWORD} 2` })).json.code).toBe(
        'people/wrong-password',
      )
      expect(
        (await browser.ask('PUT', '/me/password', { login: 'ada@example.org', password: `${PASSWORD} 2`, current: PASSWORD })).status,
      ).toBe(409)
      expect((await browser.ask('PUT', '/me/password', { login: 'pass-word', password: `${PASSWORD} 2`, current: PASSWORD })).status).toBe(
        200,
      )
      expect(browser.cookies.get('cordon-session')).not.toBe(before)
      expect((await world.nobody('GET', '/api/v1/me', undefined, { cookie: `cordon-session=${before}` })).status).toBe(401)
      expect((await browser.ask('GET', '/me')).status).toBe(200)
    })

    test('Every sign-in, failed sign-in, sign-out and change of a person is in the record, which holds no secret, and the audit finds nothing amiss', async () => {
      const wrong = await new Browser(url).ask('POST', '/sign-in/password', { login: 'ada@example.org', password: 'hunter2 hunter2' })
      expect(wrong.status).toBe(401)
      const { person } = (await admin.ask('GET', '/me')).json
      const tries = await entries('sign-in.password')
      expect(
        tries.find(({ outcome, actor }: { outcome: string; actor: { person: string } }) => outcome === 'done' && actor.person === person),
      ).toBeDefined()
      expect(tries.at(-1)).toMatchObject({ outcome: 'refused', actor: null, detail: { person } })
      expect((await entries('welcome.open'))[0]).toMatchObject({
        actor: { person },
        detail: { link: 'administrator' },
        people: [{ id: person, roles: ['administrator'], version: 1 }],
      })
      expect((await entries('sign-out'))[0]).toMatchObject({ actor: { person }, outcome: 'done' })
      expect((await entries('password.set')).map(({ outcome }: { outcome: string }) => outcome)).toContain('refused')
      expect((await entries('person.change')).filter(({ outcome }: { outcome: string }) => outcome === 'done').at(-1).people).toMatchObject(
        [{ disabled: true, version: 4 }],
      )
      for (const action of ['person.create', 'person.invite', 'key.create', 'key.revoke', 'organisation.create', 'session.end'])
        expect((await entries(action)).length, action).toBeGreaterThan(0)
      const all = (await auditor.ask('GET', '/api/v1/record/entries?from=0&limit=1000')).text
      for (const secret of [PASSWORD, 'hunter2', admin.cookies.get('cordon-session')!, world.node.administratorLink!.split('#')[1]!])
        expect(all).not.toContain(secret)
      expect(await audit()).toEqual([])
    })

    test('A person whom somebody wrote into the table is found', async () => {
      await world.node.parts.database.system((tx) => tx.query(`update cordon.person set roles = '{administrator}' where name = 'Aiko'`))
      expect(await audit()).toMatchObject([{ what: 'organisation, roles, caveats or standing are not what the record says' }])
    })
  })
