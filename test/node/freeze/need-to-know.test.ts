import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changesSince } from '../../../src/node/events/changes.ts'
import type { NodeWorld, Someone } from '../world.ts'
import { act, BEGIN, change, deskWorld, house, LBANK, open, REQUEST, type SetClock, setClock } from './papers.ts'

const ADDRESS = REQUEST.points[0]?.to as string

describe('a request is need-to-know', () => {
  let world: NodeWorld
  let clock: SetClock
  let people: Awaited<ReturnType<typeof house>>
  let tokyo: Someone
  beforeAll(async () => {
    clock = setClock(BEGIN)
    world = await deskWorld(clock)
    await world.organisation('jp-npa', 'JPN')
    people = await house(world)
    tokyo = await world.someone('Sato', ['analyst', 'supervisor', 'releaser'], 'jp-npa')
    await people.supervisor.ask('POST', '/api/v1/exchanges', { entry: LBANK })
  })
  afterAll(() => world.close())

  const callerOf = async (who: Someone) => {
    const [, session] = who.cookie.split('=')
    return (await world.node.parts.authenticate({ authorization: null, session: session as string, certificate: null })) as NonNullable<
      Awaited<ReturnType<typeof world.node.parts.authenticate>>
    >
  }
  /** Everything that somebody is told at every door that could tell of requests. */
  const everything = async (who: Someone): Promise<string> => {
    const doors = [
      '/requests',
      '/requests?overdue=true',
      `/requests?q=${ADDRESS}`,
      '/requests?state=draft',
      '/objects',
      `/objects?q=${ADDRESS}`,
      '/objects?kind=request',
      '/objects/counts',
      `/objects/counts?q=${REQUEST.caseNumber}`,
      '/cases',
      '/deconflict/holdings',
      '/deconflict/notices',
      '/exchanges',
    ]
    const told = []
    for (const door of doors) told.push(`${door} ${(await who.ask('GET', `/api/v1${door}`)).text}`)
    return told.join('\n')
  }

  it('whose maker alone sees it where he names nobody, a supervisor of his own house included', async () => {
    const { analyst, supervisor, colleague } = people
    const before = { colleague: await everything(colleague), supervisor: await everything(supervisor), tokyo: await everything(tokyo) }
    const start = await changesSince(world.node.parts, await callerOf(colleague), null, [])
    const { id } = (await open(analyst)).json
    await analyst.ask('POST', '/api/v1/deconflict/holdings', { object: id })
    await change(analyst, id, { ...REQUEST, caseNumber: 'NTK-1' })
    clock.pass(6 * 60)
    expect({ colleague: await everything(colleague), supervisor: await everything(supervisor), tokyo: await everything(tokyo) }).toEqual(
      before,
    )
    expect((await changesSince(world.node.parts, await callerOf(colleague), start.at, [])).told).toEqual([])
    for (const who of [supervisor, colleague, tokyo]) {
      const not = await who.ask('GET', '/api/v1/requests/019c80c5-9b80-74be-ae72-8700079b0b28')
      for (const door of ['', '/gate', '/clock', '/standing', '/history', '/document', '/document?format=pdf']) {
        const answer = await who.ask('GET', `/api/v1/requests/${id}${door}`)
        expect({ ...answer.json, instance: 0, detail: 0 }).toEqual({ ...not.json, instance: 0, detail: 0 })
      }
      for (const [method, door, body] of [
        ['POST', 'actions', { action: 'withdraw-authorisation', reason: 'x' }],
        ['PUT', 'team', { add: [who.id], reason: 'x' }],
        ['PUT', '', { request: REQUEST, reason: 'x' }],
      ] as const)
        expect(await who.ask(method, `/api/v1/requests/${id}/${door}`.replace(/\/$/, ''), body, { 'if-match': '*' })).toMatchObject({
          status: 404,
          json: { code: 'node/not-found' },
        })
      expect(await who.ask('GET', `/api/v1/objects/${id}`)).toMatchObject({ status: 404 })
      expect(await who.ask('GET', `/api/v1/objects/${id}/versions`)).toMatchObject({ status: 404 })
      expect(await who.ask('GET', `/api/v1/objects/${id}/links`)).toMatchObject({ status: 404 })
      expect(await who.ask('GET', `/api/v1/objects/${id}/proof`)).toMatchObject({ status: 404 })
      expect(await who.ask('POST', '/api/v1/deconflict/holdings', { object: id })).toMatchObject({ status: 404 })
      expect(await who.ask('DELETE', `/api/v1/deconflict/holdings/${id}`)).toMatchObject({ status: 404 })
    }
  })

  it('opens to those whom its maker names later, by name and within the house, from then on and not before', async () => {
    const { analyst, supervisor, colleague } = people
    const { id } = (await open(analyst)).json
    await change(analyst, id, { ...REQUEST, caseNumber: 'NTK-2' })
    const team = async (who: Someone, body: object) => {
      const read = await who.ask('GET', `/api/v1/requests/${id}`)
      return await who.ask(
        'PUT',
        `/api/v1/requests/${id}/team`,
        { reason: 'to authorise it', ...body },
        { 'if-match': read.headers.get('etag') ?? '*' },
      )
    }
    expect(await team(analyst, { add: [tokyo.id] })).toMatchObject({ status: 422, json: { code: 'cases/no-such-person' } })
    expect(await team(analyst, { add: ['019c80c5-9b80-74be-ae72-8700079b0b28'] })).toMatchObject({
      status: 422,
      json: { code: 'cases/no-such-person' },
    })
    const named = await team(analyst, { add: [supervisor.id] })
    expect(named.json.label.persons).toEqual([analyst.id, supervisor.id].sort())
    expect((await supervisor.ask('GET', `/api/v1/requests/${id}`)).json.body.request.caseNumber).toBe('NTK-2')
    expect(
      (await supervisor.ask('GET', `/api/v1/objects/${id}/versions`)).json.items.map(({ version }: { version: number }) => version),
    ).toEqual([3])
    expect(await colleague.ask('GET', `/api/v1/requests/${id}`)).toMatchObject({ status: 404 })
    expect(await team(supervisor, { add: [colleague.id] })).toMatchObject({ status: 403, json: { code: 'cases/not-creator' } })
    expect((await act(supervisor, id, { action: 'authorise' })).json.body.state).toBe('authorised')
    expect(await team(supervisor, { remove: [supervisor.id] })).toMatchObject({ status: 422, json: { code: 'node/would-close-it' } })
    expect((await team(analyst, { remove: [supervisor.id] })).status).toBe(200)
    expect(await supervisor.ask('GET', `/api/v1/requests/${id}`)).toMatchObject({ status: 404 })
    const auditor = await world.someone('Aud', ['auditor'])
    const entries = (await auditor.ask('GET', '/api/v1/record/entries?from=0&limit=1000')).json.items.map(({ entry }: { entry: string }) =>
      JSON.parse(entry),
    )
    expect(
      entries.filter(({ action, outcome }: { action: string; outcome: string }) => action === 'request.team' && outcome === 'done'),
    ).toMatchObject([{ detail: { added: 1, removed: 0, reason: 'to authorise it' } }, { detail: { added: 0, removed: 1 } }])
  })

  it('is not to be had by a team of strangers, nor with a label that opens nothing to its maker', async () => {
    const { analyst } = people
    expect(await open(analyst, { team: [tokyo] })).toMatchObject({ status: 422, json: { code: 'cases/no-such-person', place: 'team' } })
    expect(await open(tokyo, { team: [analyst] })).toMatchObject({ status: 422 })
  })

  it('closes the case that holds it to whoever is not of the team, and a case of another is not to be had', async () => {
    const { analyst, colleague, supervisor } = people
    const { id: held } = (await analyst.ask('POST', '/api/v1/cases', { case: { title: 'the theft' } })).json
    const { id: theirs } = (await tokyo.ask('POST', '/api/v1/cases', { case: { title: 'another' } })).json
    expect((await colleague.ask('GET', `/api/v1/cases/${held}`)).status).toBe(200)
    expect(await open(analyst, { case: theirs } as never)).toMatchObject({ status: 404 })
    const { id } = (await open(analyst, { team: [supervisor], case: held } as never)).json
    expect((await supervisor.ask('GET', `/api/v1/objects/${held}/links`)).json.to).toMatchObject([{ link: 'holds', id, kind: 'request' }])
    expect((await colleague.ask('GET', `/api/v1/cases/${held}`)).status).toBe(404)
  })

  it('may be opened wider by a label of its own: another nation reads it, and does nothing with it', async () => {
    const { analyst, colleague } = people
    const opened = await analyst.ask('POST', '/api/v1/requests', { request: REQUEST, label: { tlp: 'AMBER', nations: ['JPN'] } })
    const { id } = opened.json
    expect((await tokyo.ask('GET', `/api/v1/requests/${id}`)).status).toBe(200)
    expect((await tokyo.ask('GET', `/api/v1/requests/${id}/clock`)).json.possible).toEqual([])
    expect((await tokyo.ask('GET', `/api/v1/requests/${id}/document?format=text`)).text).toContain(REQUEST.points[0]?.txHash)
    for (const action of ['authorise', 'send', 'expire'])
      expect(await act(tokyo, id, { action })).toMatchObject({ status: 403, json: { code: 'node/not-owner' } })
    expect(await change(tokyo, id, { ...REQUEST, caseNumber: 'x' })).toMatchObject({ status: 403 })
    expect(await tokyo.ask('POST', '/api/v1/deconflict/holdings', { object: id })).toMatchObject({ status: 403 })
    expect(
      await colleague.ask('PUT', `/api/v1/requests/${id}/team`, { add: [analyst.id], reason: 'x' }, { 'if-match': '*' }),
    ).toMatchObject({
      status: 422,
      json: { code: 'cases/no-team' },
    })
  })
})
