import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyWebhook } from '../../../src/node/delivery/index.ts'
import { type Got, Receiver } from '../delivery/post-office.ts'
import { type NodeWorld, nodeWorld, type Someone } from '../world.ts'
import { alertOf, entriesOf, make, onLatest, rule, until } from './made.ts'

/** A case that changes, and the rule that asks for it. */
async function happen(who: Someone, label?: object) {
  const opened = await who.ask('POST', '/api/v1/cases', { case: { title: 'Theft', summary: 'Follow it.' }, ...(label && { label }) })
  const path = `/api/v1/cases/${opened.json.id}`
  const made = await make(who, 'rule', rule({ event: 'case', changes: ['status.active'], cases: [opened.json.id] }), label)
  expect((await onLatest(who, path, 'POST', '/status', { action: 'start' })).status).toBe(200)
  return { case: opened.json.id as string, rule: made.id as string }
}

describe('alerts that are sent to others', () => {
  let world: NodeWorld
  let receiver: Receiver
  let mail: SMTPServer
  const mails: string[] = []
  let ann: Someone
  let sue: Someone
  let kim: Someone
  beforeAll(async () => {
    receiver = await new Receiver().start()
    mail = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData(stream, _session, done) {
        const parts: Buffer[] = []
        stream.on('data', (part: Buffer) => parts.push(part))
        stream.on('end', () => {
          mails.push(Buffer.concat(parts).toString())
          done()
        })
      },
    })
    await new Promise<void>((resolve) => mail.listen(0, '127.0.0.1', () => resolve()))
    const { port } = mail.server.address() as AddressInfo
    world = await nodeWorld({
      change: (config) => ({
        ...config,
        outbound: { ...config.outbound, allow: [`http://127.0.0.1:${receiver.port}`], seconds: 2 },
        mail: { server: `smtp://127.0.0.1:${port}?security=none`, from: 'cordon@agency.example' },
      }),
    })
    await world.organisation('kr-npa', 'KOR')
    ann = await world.someone('Ann', ['analyst'])
    sue = await world.someone('Sue', ['supervisor', 'releaser'])
    kim = await world.someone('Kim', ['analyst', 'supervisor'], 'kr-npa')
  })
  afterAll(async () => {
    await world?.close()
    await receiver?.stop()
    mail?.close()
  })

  /** Ends every endpoint of somebody, and forgets what was received. */
  const clean = async (who: Someone) => {
    for (const { id } of (await who.ask('GET', '/api/v1/webhooks')).json.items)
      expect((await who.ask('DELETE', `/api/v1/webhooks/${id}`)).status).toBe(204)
    receiver.answer = 200
    receiver.seen.length = 0
    receiver.taken.length = 0
  }
  const hook = async (who: Someone, events: string[] = []) => {
    const made = await who.ask('POST', '/api/v1/webhooks', { channel: 'webhook', url: receiver.url, events })
    expect(made.status, made.text).toBe(201)
    return { id: made.json.endpoint.id as string, secret: made.json.secret as string }
  }
  const verified = async (got: Got, secret: string) => {
    const headers = Object.fromEntries(Object.entries(got.headers).map(([name, value]) => [name, String(value)]))
    await verifyWebhook(headers, got.body, [secret], { now: Date.now() / 1000 })
    return JSON.parse(got.body)
  }
  it('go to a webhook, signed, as its maker may see them, and to nobody of another organisation', async () => {
    const mine = await hook(sue)
    await hook(kim)
    const { rule: ruled } = await happen(sue)
    const alert = await alertOf(sue, ruled)
    const [got] = await until('a webhook', async () => receiver.taken.length > 0 && receiver.taken)
    const told = await verified(got as Got, mine.secret)
    expect(told).toMatchObject({
      type: 'alert.opened',
      data: { id: alert.id, severity: 'high', seen: 1, marking: expect.stringContaining('home ONLY'), facts: [{ text: 'status.active' }] },
    })
    await expect(verified(got as Got, `whsec_${Buffer.alloc(32).toString('base64')}`)).rejects.toThrow('no signature')
    expect(receiver.seen.length).toBe(1)
    // Both ends are in the record: that it goes, before it went, and that it arrived.
    const [sent] = await entriesOf(world, 'delivery.send')
    const [arrived] = await until('the entry', async () => {
      const entries = await entriesOf(world, 'delivery.delivered')
      return entries.length > 0 && entries
    })
    expect(sent).toMatchObject({
      actor: null,
      door: 'delivery',
      objects: [{ id: alert.id, version: 1, hash: alert.hash }],
      detail: { endpoint: mine.id },
    })
    expect(arrived).toMatchObject({
      actor: null,
      detail: { message: (got as Got).id, status: 200, attempts: 1 },
      objects: [{ id: alert.id }],
    })
    expect((await kim.ask('GET', `/api/v1/webhooks/${mine.id}`)).status).toBe(404)
    expect((await sue.ask('GET', `/api/v1/webhooks/${mine.id}`)).json.messages).toEqual({ waiting: 0, delivered: 1, dead: 0, dropped: 0 })
    expect((await sue.ask('GET', '/api/v1/webhooks')).text).not.toContain('whsec_')

    const acted = await onLatest(sue, `/api/v1/alerts/${alert.id}`, 'POST', '/actions', { action: 'acknowledge' })
    expect(acted.status, acted.text).toBe(200)
    const next = await until('the next', async () => receiver.taken[1])
    expect(await verified(next, mine.secret)).toMatchObject({ type: 'alert.acknowledged', data: { state: 'acknowledged' } })
    // A new secret: for a day both are good.
    const { secret } = (await sue.ask('POST', `/api/v1/webhooks/${mine.id}/secret`)).json
    await onLatest(sue, `/api/v1/alerts/${alert.id}`, 'POST', '/actions', { action: 'close', reason: 'acted', note: 'frozen in time' })
    const last = await until('the last', async () => receiver.taken[2])
    for (const each of [secret, mine.secret]) expect((await verified(last, each)).type).toBe('alert.closed')
    await clean(sue)
    await clean(kim)
  }, 60_000)

  it('have a life of their own, that changes nothing without its precondition and nothing of others', async () => {
    const { rule: ruled } = await happen(sue, { tlp: 'AMBER', nations: ['KOR', 'USA'] })
    const { id } = await alertOf(sue, ruled)
    const path = `/api/v1/alerts/${id}`
    const act = (who: Someone, body: object) => onLatest(who, path, 'POST', '/actions', body)
    expect((await sue.ask('POST', `${path}/actions`, { action: 'acknowledge' })).status).toBe(428)
    expect((await sue.ask('POST', `${path}/actions`, { action: 'acknowledge' }, { 'if-match': '"x"' })).status).toBe(412)
    expect((await act(sue, { action: 'escalate', to: kim.id, note: 'look' })).status).toBe(422)
    expect((await act(sue, { action: 'escalate', to: '1; drop table object', note: 'look' })).status).toBe(400)
    expect((await act(sue, { action: 'escalate', to: ann.id, note: 'look' })).json.body.state).toBe('escalated')
    expect((await act(sue, { action: 'close', reason: 'acted', note: ' ' })).json.code).toBe('alerts/note')
    expect((await act(sue, { action: 'close', reason: 'false-positive', note: 'a test transfer' })).json.body.state).toBe('closed')
    expect((await act(sue, { action: 'acknowledge' })).status).toBe(409)
    const found = async (who: Someone, query: string) => (await who.ask('GET', `/api/v1/alerts?rule=${ruled}&${query}`)).json.items.length
    expect([
      await found(sue, 'state=closed'),
      await found(sue, 'state=open'),
      await found(sue, 'severity=high'),
      await found(sue, 'severity=low'),
    ]).toEqual([1, 0, 1, 0])
    // Released by its rule's label, and readable by another nation; what it may not do is change it.
    expect((await kim.ask('GET', path)).status).toBe(200)
    expect((await act(kim, { action: 'reopen', note: 'again' })).status).toBe(403)
    const auditor = await world.someone('Ida', ['auditor'])
    expect((await auditor.ask('GET', '/api/v1/alerts')).status).toBe(403)
    expect((await world.nobody('GET', '/api/v1/alerts')).status).toBe(401)
  }, 60_000)

  it('are not sent once what they are about was closed to the receiver, and the record says so', async () => {
    const mine = await hook(sue)
    expect((await sue.ask('POST', `/api/v1/webhooks/${mine.id}/disable`)).json.disabledReason).toBe('switched off by hand')
    // A colleague's case, closed after the alert was raised.
    const label = { tlp: 'AMBER' }
    const { case: subject, rule: ruled } = await happen(ann, label)
    const alert = await alertOf(ann, ruled)
    expect((await sue.ask('GET', `/api/v1/alerts/${alert.id}`)).status).toBe(200)
    const tightened = await onLatest(ann, `/api/v1/objects/${subject}`, 'PUT', '/label', {
      label: { tlp: 'AMBER+STRICT', persons: [ann.id] },
      reason: 'a source is in danger',
    })
    expect(tightened.status, tightened.text).toBe(200)
    expect((await sue.ask('GET', `/api/v1/alerts/${alert.id}`)).status).toBe(404)
    await sue.ask('POST', `/api/v1/webhooks/${mine.id}/enable`)
    const dropped = await until('the entry', async () => (await entriesOf(world, 'delivery.dropped'))[0])
    expect(dropped).toMatchObject({
      actor: null,
      objects: [],
      detail: { object: alert.id, endpoint: mine.id, reason: 'the recipient may not see it' },
    })
    expect(receiver.seen).toEqual([])
    // Nor does a count tell of it.
    expect((await sue.ask('GET', `/api/v1/webhooks/${mine.id}`)).json.messages).toEqual({ waiting: 0, delivered: 0, dead: 0, dropped: 0 })
    await clean(sue)
  }, 60_000)

  it('wait for a receiver that is away, and die only of its own word; then they are sent again', async () => {
    const mine = await hook(sue, ['alert.opened'])
    receiver.answer = 503
    await happen(sue)
    await until('a failed attempt', async () => receiver.seen[0])
    receiver.answer = 200
    const got = await until('what waited', async () => receiver.taken[0], 30)
    expect(got.id).toBe(receiver.seen[0]?.id)
    expect((await entriesOf(world, 'delivery.retry')).at(-1)).toMatchObject({ detail: { status: 503, attempts: 1 } })

    receiver.answer = 410
    await happen(sue)
    const off = await until('that it is off', async () => {
      const { json } = await sue.ask('GET', `/api/v1/webhooks/${mine.id}`)
      return json.disabledAt !== null && json
    })
    expect(off).toMatchObject({ disabledReason: 'the receiver answered 410', messages: { dead: 1 } })
    const [dead] = (await sue.ask('GET', `/api/v1/webhooks/${mine.id}/dead-letters`)).json.items
    expect(dead).toMatchObject({ event: 'alert.opened', status: 410, attempts: 1 })
    receiver.answer = 200
    const before = receiver.taken.length
    expect((await sue.ask('POST', `/api/v1/webhooks/${mine.id}/ping`)).json.code).toBe('delivery/disabled')
    await sue.ask('POST', `/api/v1/webhooks/${mine.id}/enable`)
    expect((await sue.ask('POST', `/api/v1/webhooks/${mine.id}/replay`, { messages: [dead.id] })).json).toEqual({ replayed: 1 })
    const again = await until('the dead letter', async () => receiver.taken[before])
    expect(again.id).toBe(dead.id)
    expect((await sue.ask('GET', `/api/v1/webhooks/${mine.id}/dead-letters`)).json.items).toEqual([])
    expect((await sue.ask('POST', `/api/v1/webhooks/${mine.id}/ping`)).json).toEqual({ outcome: 'delivered', status: 200, reason: null })
    await clean(sue)
  }, 90_000)

  it('go by mail, where the node has a server', async () => {
    const made = await sue.ask('POST', '/api/v1/webhooks', { channel: 'mail', address: 'desk@agency.example', events: ['alert.opened'] })
    expect(made.json).toMatchObject({ secret: null, endpoint: { channel: 'mail', target: 'desk@agency.example' } })
    await happen(sue)
    const text = await until('a mail', async () => mails[0])
    expect(text).toContain('Subject: [Cordon] high: Stolen ether moves')
    expect(text).toContain('status.active')
    expect((await sue.ask('POST', '/api/v1/webhooks', { channel: 'mail', address: 'Desk <desk@agency.example>' })).json.code).toBe(
      'mail/address',
    )
    await clean(sue)
  }, 60_000)

  it('come of the eyes of a rule’s author: without him it says that it does not look, until a colleague takes it over', async () => {
    const bob = await world.someone('Bob', ['supervisor'])
    const opened = await sue.ask('POST', '/api/v1/cases', { case: { title: 'Handed on', summary: 'x' } })
    const path = `/api/v1/cases/${opened.json.id}`
    const given = rule({ event: 'case', changes: ['status'], cases: [opened.json.id] })
    const made = await make(bob, 'rule', given)
    expect(made.looks).toBe(true)
    const { database } = world.node.parts
    await database.system((tx) => tx.query('update person set disabled = true where id = $1', [bob.id]))
    expect((await sue.ask('GET', `/api/v1/rules/${made.id}`)).json.looks).toBe(false)
    expect((await sue.ask('GET', '/api/v1/rules')).json.items.find(({ id }: any) => id === made.id).looks).toBe(false)
    const taken = await onLatest(sue, `/api/v1/rules/${made.id}`, 'PUT', '', given)
    expect(taken.json).toMatchObject({ looks: true, version: 2, body: { author: sue.id } })
    await onLatest(sue, path, 'POST', '/status', { action: 'start' })
    expect((await alertOf(sue, made.id)).createdBy).toBe(sue.id)
  }, 60_000)

  it('are set up by those who may, with secrets that are shown once', async () => {
    const url = receiver.url
    expect((await ann.ask('POST', '/api/v1/webhooks', { channel: 'webhook', url })).status).toBe(403)
    const keeper = await world.someone('Adam', ['administrator'])
    expect((await keeper.ask('POST', '/api/v1/webhooks', { channel: 'webhook', url })).json.code).toBe('delivery/no-reader')
    const key = { 'idempotency-key': crypto.randomUUID() }
    expect((await sue.ask('POST', '/api/v1/webhooks', { channel: 'webhook', url }, key)).status).toBe(400)
    expect((await sue.ask('POST', '/api/v1/webhooks', { channel: 'webhook', url, events: ['Alert!'] })).json.code).toBe('delivery/event')
    const absent = '01900000-0000-7000-8000-000000000000'
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['POST', '/secret'],
      ['POST', '/enable'],
      ['POST', '/ping'],
      ['GET', '/dead-letters'],
    ] as const)
      expect((await sue.ask(method, `/api/v1/webhooks/${absent}${path}`)).status, `${method} ${path}`).toBe(404)
    const mine = await hook(sue)
    expect((await kim.ask('DELETE', `/api/v1/webhooks/${mine.id}`)).status).toBe(404)
    expect((await keeper.ask('GET', '/api/v1/webhooks')).json.items.map(({ id }: any) => id)).toContain(mine.id)
    await clean(sue)
  }, 60_000)

  it('come of rules and watches that can be used, and end with them', async () => {
    const wrong = async (given: object, code: string) =>
      expect((await sue.ask('POST', '/api/v1/rules', { rule: given })).json.code).toBe(code)
    await wrong(rule({ event: 'case', changes: null, cases: ['x'] }), 'alerts/rule')
    await wrong(rule({ event: 'case', changes: null, cases: null }, { name: '—' }), 'alerts/rule')
    await wrong(rule({ event: 'movement', direction: 'sideways' }), 'node/bad-request')
    const absent = '01900000-0000-7000-8000-000000000000'
    await wrong(rule({ event: 'case', changes: null, cases: [absent] }), 'node/not-found')
    await wrong({ ...rule({ event: 'list', changes: null, lists: null }), watches: [absent] }, 'node/not-found')
    const bad = await sue.ask('POST', '/api/v1/watches', {
      watch: { subject: { kind: 'account', account: 'eip155:1:0xABC' }, note: 'why' },
    })
    expect(bad.json.code).toBe('alerts/account')
    const watch = await make(sue, 'watch', { subject: { kind: 'name', name: 'Park' }, note: 'why' })
    expect((await onLatest(sue, `/api/v1/watches/${watch.id}`, 'DELETE')).json.body.ended).not.toBeNull()
    expect((await onLatest(kim, `/api/v1/watches/${watch.id}`, 'DELETE')).status).toBe(404)

    const opened = await sue.ask('POST', '/api/v1/cases', { case: { title: 'Quiet', summary: 'x' } })
    const path = `/api/v1/cases/${opened.json.id}`
    const made = await make(sue, 'rule', rule({ event: 'case', changes: null, cases: [opened.json.id] }))
    expect((await onLatest(sue, `/api/v1/rules/${made.id}`, 'DELETE')).json.body).toMatchObject({ enabled: false })
    const other = await make(sue, 'rule', rule({ event: 'case', changes: ['status'], cases: [opened.json.id] }))
    await onLatest(sue, path, 'POST', '/status', { action: 'start' })
    await alertOf(sue, other.id)
    expect((await sue.ask('GET', `/api/v1/alerts?rule=${made.id}`)).json.items).toEqual([])
  }, 60_000)
})

describe('a node that allows no exception', () => {
  let world: NodeWorld
  let sue: Someone
  beforeAll(async () => {
    world = await nodeWorld()
    sue = await world.someone('Sue', ['supervisor'])
  })
  afterAll(() => world?.close())

  it('is not made to call into its own network, neither when a URL is written nor when it is called', async () => {
    for (const url of [
      'http://127.0.0.1:1/',
      'https://127.0.0.1/',
      'https://169.254.169.254/latest/meta-data/',
      'https://10.0.0.1/',
      'https://192.168.1.1/',
      'https://[::1]/',
      'https://[fd00::1]/',
      'https://2130706433/',
      'https://user:secret@example.org/',
      'http://example.org/',
      'file:///etc/passwd',
    ]) {
      const made = await sue.ask('POST', '/api/v1/webhooks', { channel: 'webhook', url })
      expect(made.status, url).toBe(422)
      expect(made.json.code, url).toMatch(/^outbound\//)
    }
    expect((await sue.ask('GET', '/api/v1/webhooks')).json.items).toEqual([])
    // A name that lies on the public internet when it is written can lie elsewhere when it is called.
    const made = await sue.ask('POST', '/api/v1/webhooks', { channel: 'webhook', url: 'https://localhost/in' })
    expect(made.status).toBe(201)
    const ping = await sue.ask('POST', `/api/v1/webhooks/${made.json.endpoint.id}/ping`)
    expect(ping.json).toMatchObject({ outcome: 'refused', status: null, reason: expect.stringContaining('loopback') })
    await happen(sue)
    const refused = await until('the entry', async () =>
      (await entriesOf(world, 'delivery.retry')).find(({ detail }) => detail.endpoint === made.json.endpoint.id),
    )
    expect(refused.detail.reason).toContain('loopback')
  }, 60_000)

  it('says that it has no mail server', async () => {
    const made = await sue.ask('POST', '/api/v1/webhooks', { channel: 'mail', address: 'desk@agency.example' })
    expect([made.status, made.json.code]).toEqual([422, 'mail/not-configured'])
  })
})
