import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NodeWorld } from '../world.ts'
import { act, BEGIN, change, deskWorld, house, LBANK, open, REQUEST, type SetClock, setClock } from './papers.ts'

describe('the life of a request', () => {
  let world: NodeWorld
  let clock: SetClock
  let people: Awaited<ReturnType<typeof house>>
  beforeAll(async () => {
    clock = setClock(BEGIN)
    world = await deskWorld(clock)
    people = await house(world)
    expect((await people.supervisor.ask('POST', '/api/v1/exchanges', { entry: LBANK })).status).toBe(201)
  })
  afterAll(() => world.close())

  it('goes through three hands: drafted, authorised, sent, acknowledged, held, frozen, seized', async () => {
    const { analyst, supervisor, releaser } = people
    const opened = await open(analyst, { team: [supervisor, releaser] })
    expect(opened.status).toBe(201)
    const { id } = opened.json
    expect(opened.headers.get('location')).toBe(`/api/v1/requests/${id}`)
    expect(opened.json).toMatchObject({
      kind: 'request',
      label: { tlp: 'AMBER+STRICT', persons: [analyst.id, supervisor.id, releaser.id].sort() },
      marking: 'TLP:AMBER+STRICT · home ONLY · NAMED PERSONS ONLY',
      body: { state: 'draft', request: REQUEST },
    })
    const gate = await analyst.ask('GET', `/api/v1/requests/${id}/gate`)
    expect(gate.json).toMatchObject({
      passed: true,
      faults: [],
      points: [
        { id: 'p1', confirmation: null },
        { id: 'p2', confirmation: null },
      ],
    })

    clock.pass(1)
    const authorised = await act(supervisor, id, { action: 'authorise', reason: 'looked at' })
    expect(authorised.json.body.state).toBe('authorised')
    expect((await releaser.ask('GET', `/api/v1/requests/${id}/clock`)).json.possible).toEqual(['withdraw-authorisation', 'send'])
    clock.pass(1)
    const sent = await act(releaser, id, { action: 'send' })
    expect(sent.json.body).toMatchObject({ state: 'sent', sent: { at: clock.now.toISOString(), channel: 'email' } })
    clock.pass(10)
    expect((await act(analyst, id, { action: 'acknowledge', reference: 'LB-1', at: clock.now.toISOString() })).json.body.state).toBe(
      'received',
    )
    clock.pass(10)
    const answer = { status: 'held', at: clock.now.toISOString(), reference: 'LB-1', amounts: [{ point: 'p1', amount: '1000000000000' }] }
    const held = await act(analyst, id, { action: 'answer', answer })
    expect(held.json.body).toMatchObject({ state: 'held', answers: [{ ...answer, by: analyst.id, until: null, more: null }] })
    const standing = (await analyst.ask('GET', `/api/v1/requests/${id}/standing`)).json
    expect(standing.points).toEqual([
      { id: 'p1', asked: '1250000000000', held: '1000000000000', frozen: '0', short: '250000000000' },
      { id: 'p2', asked: '1234567890', held: '0', frozen: '0', short: '1234567890' },
    ])
    clock.pass(60)
    const more = { status: 'frozen', at: clock.now.toISOString(), reference: 'LB-1', amounts: [{ point: 'p1', amount: '1250000000000' }] }
    expect((await act(releaser, id, { action: 'answer', answer: more })).json.body.state).toBe('frozen')
    clock.pass(60)
    expect(
      (await act(supervisor, id, { action: 'seize', reference: '2026 (Mu) 200', reason: 'Tokyo District Court' })).json.body.state,
    ).toBe('seized')
    const history = (await analyst.ask('GET', `/api/v1/requests/${id}/history`)).json
    expect(history.steps.map(({ action, by, to }: { action: string; by: string; to: string }) => [action, by, to])).toEqual([
      ['open', analyst.id, 'draft'],
      ['authorise', supervisor.id, 'authorised'],
      ['send', releaser.id, 'sent'],
      ['acknowledge', analyst.id, 'received'],
      ['answer-held', analyst.id, 'held'],
      ['answer-frozen', releaser.id, 'frozen'],
      ['seize', supervisor.id, 'seized'],
    ])
    expect(history.answers).toHaveLength(2)
  })

  it('does not leave incomplete: the gate says at once what is missing', async () => {
    const { analyst, supervisor } = people
    const [point] = REQUEST.points
    const poor = {
      ...REQUEST,
      caseNumber: '',
      authority: { ...REQUEST.authority, basis: '' },
      order: null,
      points: [{ ...point, txHash: '0x46deef…7882', to: point?.to.toLowerCase(), time: '2026-02-21' }],
    }
    const { id } = (await open(analyst, { team: [supervisor], request: poor })).json
    const gate = (await analyst.ask('GET', `/api/v1/requests/${id}/gate`)).json
    expect(gate.passed).toBe(false)
    const fields = gate.faults.map(({ field, code }: { field: string; code: string }) => `${field} ${code}`)
    expect(fields).toEqual(
      expect.arrayContaining([
        'caseNumber missing',
        'authority.basis missing',
        'order missing',
        'points[0].txHash shortened',
        'points[0].to no-checksum',
      ]),
    )
    expect(fields.some((field: string) => field.startsWith('points[0].time'))).toBe(true)
    expect(gate.faults.find(({ code }: { code: string }) => code === 'no-checksum').remedy).toContain(point?.to)
    const refused = await act(supervisor, id, { action: 'authorise' })
    expect(refused).toMatchObject({ status: 422, json: { code: 'cases/freeze-incomplete' } })
    expect(refused.json.detail).toContain('points[0].txHash')
    expect((await analyst.ask('GET', `/api/v1/requests/${id}`)).json.body.state).toBe('draft')
  })

  it('is never authorised by who drafted or changed it, and loses its authorisation by a change', async () => {
    const { supervisor, colleague } = people
    const other = await world.someone('Sam', ['supervisor'])
    const { id } = (await open(supervisor, { team: [other, colleague] })).json
    expect(await act(supervisor, id, { action: 'authorise' })).toMatchObject({ status: 403, json: { code: 'cases/four-eyes' } })
    clock.pass(1)
    expect((await act(other, id, { action: 'authorise' })).json.body.state).toBe('authorised')
    clock.pass(1)
    const changed = await change(colleague, id, { ...REQUEST, caseNumber: '2026-CY-0418' })
    expect(changed.json.body.state).toBe('draft')
    expect(await act(supervisor, id, { action: 'send' })).toMatchObject({ status: 409, json: { code: 'cases/freeze-state' } })
    expect(await act(colleague, id, { action: 'authorise' })).toMatchObject({ status: 403, json: { code: 'cases/four-eyes' } })
    clock.pass(1)
    expect((await act(other, id, { action: 'authorise' })).json.body.state).toBe('authorised')
    const held = await act(other, id, { action: 'withdraw-authorisation', reason: 'wait' })
    expect(held.json.body.state).toBe('draft')
  })

  it('is authorised by nobody’s key, though a key may send it', async () => {
    const { analyst, supervisor } = people
    const { id } = (await open(analyst, { team: [supervisor] })).json
    const expiresAt = new Date(clock.now.getTime() + 86_400_000).toISOString()
    const scopes = ['objects:read', 'freeze:draft', 'freeze:send', 'freeze:answer']
    const wish = (asked: readonly string[]) => supervisor.ask('POST', '/api/v1/me/keys', { name: 'robot', scopes: asked, expiresAt })
    expect((await wish([...scopes, 'freeze:authorise'])).status).toBe(422)
    const { key } = (await wish(scopes)).json
    const robot = {
      ...supervisor,
      ask: (method: string, path: string, body?: unknown, headers = {}) =>
        world.nobody(method, path, body, { authorization: `Bearer ${key}`, ...headers }),
    }
    expect(await act(robot, id, { action: 'authorise' })).toMatchObject({ status: 403, json: { code: 'node/forbidden' } })
    clock.pass(1)
    expect((await act(supervisor, id, { action: 'authorise' })).status).toBe(200)
    clock.pass(1)
    expect((await act(robot, id, { action: 'send' })).json.body.state).toBe('sent')
  })

  it('is changed by who has read it, and by nobody without the scope', async () => {
    const { analyst, supervisor, releaser } = people
    const { id } = (await open(analyst, { team: [supervisor, releaser] })).json
    expect(await analyst.ask('POST', `/api/v1/requests/${id}/actions`, { action: 'send' })).toMatchObject({ status: 403 })
    expect(await supervisor.ask('POST', `/api/v1/requests/${id}/actions`, { action: 'authorise' })).toMatchObject({ status: 428 })
    const stale = { 'if-match': '"00000000000000000000000000000000"' }
    expect(await supervisor.ask('POST', `/api/v1/requests/${id}/actions`, { action: 'authorise' }, stale)).toMatchObject({ status: 412 })
    expect(await act(releaser, id, { action: 'authorise' })).toMatchObject({ status: 403, json: { code: 'node/forbidden' } })
    expect(await change(releaser, id, { ...REQUEST, caseNumber: 'x' })).toMatchObject({ status: 403 })
    expect(await open(releaser)).toMatchObject({ status: 403 })
    expect(await world.nobody('GET', `/api/v1/requests/${id}`)).toMatchObject({ status: 401 })
    expect(await act(supervisor, id, { action: 'seize', reason: 'x' })).toMatchObject({
      status: 422,
      json: { code: 'cases/freeze-action', place: 'reference' },
    })
    expect(await act(supervisor, id, { action: 'send', reason: 'x' })).toMatchObject({
      status: 422,
      json: { code: 'cases/freeze-action', place: 'reason' },
    })
    expect(await act(supervisor, id, { action: 'expire' })).toMatchObject({ status: 409, json: { code: 'cases/freeze-state' } })
  })

  it('takes nothing that forges lines, is too much, or is not of its shape', async () => {
    const { analyst } = people
    const summary = 'a\u202eb'
    expect(await open(analyst, { request: { ...REQUEST, incident: { ...REQUEST.incident, summary } } })).toMatchObject({
      status: 422,
      json: { code: 'cases/freeze-shape', place: 'incident.summary' },
    })
    const points = Array.from({ length: 501 }, () => REQUEST.points[0])
    expect(await open(analyst, { request: { ...REQUEST, points } })).toMatchObject({ status: 422, json: { code: 'cases/freeze-shape' } })
    for (const request of [{ ...REQUEST, extra: 1 }, { ...REQUEST, caseNumber: 5 }, null, [], 'x'])
      expect(await open(analyst, { request })).toMatchObject({ status: 400 })
    expect(await open(analyst, { label: { tlp: 'AMBER+STRICT' } } as never)).toMatchObject({ status: 422, json: { place: 'team' } })
    expect(
      await analyst.ask('POST', '/api/v1/requests', { request: REQUEST, label: { tlp: 'RED', persons: [people.colleague.id] } }),
    ).toMatchObject({
      status: 422,
      json: { code: 'node/would-close-it' },
    })
  })

  it('is found by state, exchange, number, words and what is overdue', async () => {
    const { analyst, supervisor, releaser } = people
    const ids: string[] = []
    for (const caseNumber of ['F-1', 'F-2', 'F-3']) {
      clock.pass(1)
      ids.push((await open(analyst, { team: [supervisor, releaser], request: { ...REQUEST, caseNumber } })).json.id)
    }
    const [one, two] = ids as [string, string, string]
    for (const id of [one, two]) {
      await act(supervisor, id, { action: 'authorise' })
      await act(releaser, id, { action: 'send' })
    }
    await act(analyst, two, { action: 'acknowledge', reference: 'r', at: clock.now.toISOString() })
    const list = async (query: string) =>
      (await analyst.ask('GET', `/api/v1/requests?${query}`)).json.items.map(({ id }: { id: string }) => id)
    expect(await list('state=received')).toEqual([two])
    expect(await list('caseNumber=F-1')).toEqual([one])
    expect(await list('exchange=lbank&caseNumber=F-2')).toEqual([two])
    expect(await list('exchange=binance')).toEqual([])
    expect(await list('q=0xdD90071D52F20e85c89802e5Dc1eC0A7B6475f92&caseNumber=F-1')).toEqual([one])
    expect(await list('overdue=true&caseNumber=F-1')).toEqual([])
    clock.pass(31)
    expect(await list('overdue=true&caseNumber=F-1')).toEqual([one])
    expect(await list('overdue=true&caseNumber=F-2')).toEqual([])
    const [item] = (await analyst.ask('GET', '/api/v1/requests?overdue=true&limit=1')).json.items
    expect(item).toMatchObject({
      state: 'sent',
      caseNumber: 'F-1',
      exchange: 'lbank',
      kind: 'freeze',
      points: 2,
      overdue: ['acknowledgement'],
      next: { id: 'second-channel' },
    })
    const first = (await analyst.ask('GET', '/api/v1/requests?limit=2')).json
    expect(first.items).toHaveLength(2)
    const rest = (await analyst.ask('GET', `/api/v1/requests?limit=2&cursor=${first.next}`)).json
    expect(rest.items[0].id < first.items[1].id).toBe(true)
  })
})
