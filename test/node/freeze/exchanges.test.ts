import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type NodeWorld, nodeWorld, type Someone } from '../world.ts'
import { LBANK, open, REQUEST } from './papers.ts'

describe('the directory of exchanges', () => {
  let world: NodeWorld
  let supervisor: Someone
  let analyst: Someone
  let tokyo: Someone
  beforeAll(async () => {
    world = await nodeWorld()
    await world.organisation('jp-npa', 'JPN')
    supervisor = await world.someone('Sue', ['supervisor'])
    analyst = await world.someone('Ann', ['analyst'])
    tokyo = await world.someone('Sato', ['supervisor'], 'jp-npa')
  })
  afterAll(() => world.close())

  const match = async (who: Someone, id: string) => ({
    'if-match': (await who.ask('GET', `/api/v1/exchanges/${id}/own`)).headers.get('etag') ?? '"x"',
  })

  it('is Cordon’s, and says whom not to ask', async () => {
    const { items, notAsked } = (await analyst.ask('GET', '/api/v1/exchanges')).json
    expect(items.length).toBeGreaterThan(20)
    expect(items.map(({ id }: { id: string }) => id)).toEqual(items.map(({ id }: { id: string }) => id).toSorted())
    expect(notAsked.length).toBeGreaterThan(0)
    expect((await analyst.ask('GET', '/api/v1/exchanges?q=BINANCE')).json.items.map(({ id }: { id: string }) => id)).toContain('binance')
    expect(
      (await analyst.ask('GET', '/api/v1/exchanges?jurisdiction=JPN')).json.items.every(
        ({ jurisdiction }: { jurisdiction: string }) => jurisdiction === 'JPN',
      ),
    ).toBe(true)
    expect((await analyst.ask('GET', '/api/v1/exchanges/binance')).json).toMatchObject({ id: 'binance', own: false, object: null })
    expect(await analyst.ask('GET', '/api/v1/exchanges/no-such')).toMatchObject({ status: 404 })
    expect((await world.nobody('GET', '/api/v1/exchanges')).status).toBe(401)
  })

  it('takes entries of one’s own, for one’s own organisation and nobody else’s', async () => {
    const entry = { ...LBANK, id: 'binance', name: 'Binance (our contact)', windows: { ...LBANK.windows, answer: '2 hours' } }
    expect(await analyst.ask('POST', '/api/v1/exchanges', { entry })).toMatchObject({ status: 403 })
    const made = await supervisor.ask('POST', '/api/v1/exchanges', { entry, label: { tlp: 'AMBER', nations: ['JPN'] } })
    expect(made).toMatchObject({ status: 201, json: { kind: 'directory-entry', body: { entry, withdrawn: false } } })
    expect((await analyst.ask('GET', '/api/v1/exchanges/binance')).json).toMatchObject({
      ...entry,
      own: true,
      object: { id: made.json.id, version: 1 },
    })
    // Even an entry that Tokyo may read does not say where Tokyo's requests go.
    expect((await tokyo.ask('GET', `/api/v1/objects/${made.json.id}`)).status).toBe(200)
    expect((await tokyo.ask('GET', '/api/v1/exchanges/binance')).json).toMatchObject({ own: false, name: 'Binance', object: null })
    expect(await tokyo.ask('GET', '/api/v1/exchanges/binance/own')).toMatchObject({ status: 404 })
    expect(await supervisor.ask('POST', '/api/v1/exchanges', { entry })).toMatchObject({ status: 409 })
    const changed = await supervisor.ask(
      'PUT',
      '/api/v1/exchanges/binance/own',
      { ...entry, name: 'B' },
      await match(supervisor, 'binance'),
    )
    expect(changed.json).toMatchObject({ version: 2, body: { entry: { name: 'B' } } })
    expect(await supervisor.ask('PUT', '/api/v1/exchanges/binance/own', entry, { 'if-match': '"old"' })).toMatchObject({ status: 412 })
    expect(
      (await supervisor.ask('DELETE', '/api/v1/exchanges/binance/own', undefined, await match(supervisor, 'binance'))).json.body.withdrawn,
    ).toBe(true)
    expect((await analyst.ask('GET', '/api/v1/exchanges/binance')).json).toMatchObject({ name: 'Binance', own: false })
  })

  it('is what the gate goes by', async () => {
    const entry = { ...LBANK, id: 'our-exchange' }
    const { id } = (await open(analyst, { request: { ...REQUEST, exchange: 'our-exchange' } })).json
    const fields = async () =>
      (await analyst.ask('GET', `/api/v1/requests/${id}/gate`)).json.faults.map(({ field }: { field: string }) => field)
    expect(await fields()).toContain('exchange')
    expect((await supervisor.ask('POST', '/api/v1/exchanges', { entry })).status).toBe(201)
    expect(await fields()).not.toContain('exchange')
  })

  it('takes nothing that could lead a request astray', async () => {
    const channel = LBANK.channels[0]
    const bad = [
      [{ ...LBANK, website: 'javascript:alert(1)' }, 422, 'website'],
      [{ ...LBANK, channels: [{ ...channel, address: 'not an address' }] }, 422, 'address'],
      [{ ...LBANK, channels: [channel, channel] }, 422, 'channels'],
      [{ ...LBANK, windows: { ...LBANK.windows, answer: 'soon' } }, 422, 'answer_within'],
      [{ ...LBANK, jurisdiction: 'jp' }, 422, 'jurisdiction'],
      [{ ...LBANK, name: 'a\u202eb' }, 422, 'name'],
      [{ ...LBANK, id: 'Not An Id' }, 400, ''],
      [{ ...LBANK, owner: 'x' }, 400, ''],
      [{ ...LBANK, read: '2026-02-31' }, 422, 'read'],
    ] as const
    for (const [entry, status, place] of bad) {
      const answer = await supervisor.ask('POST', '/api/v1/exchanges', { entry })
      expect([answer.status, answer.json.place ?? ''], JSON.stringify(entry)).toEqual([status, expect.stringContaining(place)])
    }
    const { notAsked } = (await analyst.ask('GET', '/api/v1/exchanges')).json
    expect(await supervisor.ask('POST', '/api/v1/exchanges', { entry: { ...LBANK, id: notAsked[0].id } })).toMatchObject({
      status: 422,
      json: { code: 'cases/exchanges' },
    })
  })

  it('is read at the start: a file that is wrong keeps the node from starting and says where', async () => {
    const file = join(world.data, 'bad.yaml')
    await writeFile(file, 'exchanges:\n  - id: x\n    name: X\n    kind: bank\n')
    await expect(nodeWorld({ change: (config) => ({ ...config, library: { ...config.library, exchanges: file } }) })).rejects.toMatchObject(
      {
        code: 'cases/exchanges',
        place: { file, line: expect.any(Number) },
      },
    )
  })
})
