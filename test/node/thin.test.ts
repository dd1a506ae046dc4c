import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type NodeWorld, nodeWorld } from './world.ts'

describe('a node', () => {
  let world: NodeWorld
  beforeAll(async () => {
    world = await nodeWorld()
  })
  afterAll(() => world.close())

  it('keeps a case with its label from birth, and shows it to its originator alone', async () => {
    await world.organisation('kr-npa', 'KOR')
    const analyst = await world.someone('Ann', ['analyst'])
    const other = await world.someone('Kim', ['analyst'], 'kr-npa')
    const made = await analyst.ask('POST', '/api/v1/cases', { case: { title: 'Bybit' } })
    if (made.status !== 201) console.log(made.text)
    expect(made.status).toBe(201)
    expect(made.json).toMatchObject({
      kind: 'case',
      version: 1,
      body: { title: 'Bybit' },
      label: { tlp: 'AMBER+STRICT', originator: 'home' },
    })
    const path = `/api/v1/cases/${made.json.id}`
    expect((await analyst.ask('GET', path)).json).toEqual(made.json)
    expect((await other.ask('GET', path)).status).toBe(404)
    expect((await other.ask('GET', '/api/v1/cases?q=bybit')).json).toEqual({ items: [] })
    expect((await analyst.ask('GET', '/api/v1/cases?q=bybit')).json.items).toHaveLength(1)
    let t = performance.now()
    for (let i = 0; i < 200; i++) await analyst.ask('GET', path)
    console.log('read', (performance.now() - t) / 200)
    t = performance.now()
    for (let i = 0; i < 200; i++) await analyst.ask('POST', '/api/v1/cases', { case: { title: `B${i}` } })
    console.log('create', (performance.now() - t) / 200)
    expect((await world.nobody('GET', path)).status).toBe(401)
    console.log((await world.nobody('GET', '/openapi.json')).text.length)
  })
})
