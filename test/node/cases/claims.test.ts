import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type NodeWorld, nodeWorld, type Someone } from '../world.ts'

const KOREA = { tlp: 'AMBER', nations: ['KOR'] }
const source = { title: 'Statement', publisher: 'FBI', url: 'https://www.fbi.gov/x', read: '2026-01-02', reliability: 'A', credibility: 2 }
const claim = {
  claimant: 'FBI',
  about: 'attribution',
  subject: 'bybit-2025',
  says: 'It was done by TraderTraitor.',
  when: '2025-02-26',
  confidence: 'confirmed',
  source,
}
const denial = { by: 'Foreign Ministry of the DPRK', says: 'It was not us.', source: { title: 'KCNA' } }

describe('claims and denials', () => {
  let world: NodeWorld
  let ann: Someone
  let kim: Someone
  let id: string
  beforeAll(async () => {
    world = await nodeWorld()
    await world.organisation('kr-npa', 'KOR')
    ann = await world.someone('Ann', ['analyst'])
    kim = await world.someone('Kim', ['analyst'], 'kr-npa')
    id = (await ann.ask('POST', '/api/v1/cases', { case: { title: 'Bybit' }, label: KOREA })).json.id
  })
  afterAll(() => world.close())

  it('say who says what, when, of what, how firmly, and where it was read, graded by the Admiralty Code', async () => {
    const made = await ann.ask('POST', `/api/v1/cases/${id}/claims`, { claim, label: KOREA })
    expect(made.status, made.text).toBe(201)
    expect(made.json.body).toEqual({
      ...claim,
      note: null,
      source: { ...source, original: null, published: null, readAs: null, sha256: null },
    })
    expect((await ann.ask('GET', `/api/v1/claims/${made.json.id}`)).json).toEqual(made.json)
    expect((await ann.ask('GET', `/api/v1/cases/${id}`)).json.contents).toEqual({ claim: 1 })
    const regraded = await ann.ask(
      'PUT',
      `/api/v1/claims/${made.json.id}`,
      { ...claim, source: { title: 'Statement' } },
      { 'if-match': made.headers.get('etag') as string },
    )
    expect(regraded.json).toMatchObject({ version: 2, body: { source: { reliability: 'F', credibility: 6, url: null } } })
    expect((await ann.ask('PUT', `/api/v1/claims/${made.json.id}`, claim, { 'if-match': made.headers.get('etag') as string })).status).toBe(
      412,
    )
  })

  it('are disputed by denials, of which a reader sees those that are his to see', async () => {
    const said = (await ann.ask('POST', `/api/v1/cases/${id}/claims`, { claim, label: KOREA })).json
    const deny = async (by: Someone, label?: object) =>
      (await by.ask('POST', `/api/v1/cases/${id}/denials`, { denial, disputes: [said.id], ...(label && { label }) })).json
    const open = await deny(ann, KOREA)
    const hidden = await deny(kim)
    const denials = async (by: Someone) =>
      (await by.ask('GET', `/api/v1/claims/${said.id}/denials`)).json.items.map(({ id: of }: { id: string }) => of)
    expect(await denials(ann)).toEqual([open.id])
    expect(await denials(kim)).toEqual([hidden.id, open.id])
    expect((await ann.ask('GET', `/api/v1/denials/${hidden.id}`)).status).toBe(404)
    expect((await kim.ask('GET', `/api/v1/denials/${open.id}`)).json.body).toMatchObject({ by: denial.by, when: null })
    expect((await kim.ask('PUT', `/api/v1/denials/${open.id}`, denial, { 'if-match': '*' })).json.code).toBe('node/not-owner')
    const own = (await ann.ask('POST', '/api/v1/cases', { case: { title: 'Ours' } })).json
    const secret = (await ann.ask('POST', `/api/v1/cases/${own.id}/claims`, { claim })).json
    expect((await kim.ask('POST', `/api/v1/cases/${id}/denials`, { denial, disputes: [secret.id] })).json).toMatchObject({
      status: 404,
      detail: `there is no claim ${secret.id}`,
    })
  })

  it.each([
    ['when', { ...claim, when: '2025-02-30' }, 422],
    ['when', { ...claim, when: 'yesterday' }, 422],
    ['source.url', { ...claim, source: { title: 'x', url: 'javascript:alert(1)' } }, 422],
    ['source.sha256', { ...claim, source: { title: 'x', sha256: 'abc' } }, 422],
    ['says', { ...claim, says: '...' }, 422],
    ['claimant', { ...claim, claimant: 'FBI\nverified' }, 422],
    [undefined, { ...claim, confidence: 'certain' }, 400],
    [undefined, { ...claim, source: { title: 'x', reliability: 'G' } }, 400],
    [undefined, { ...claim, source: undefined }, 400],
    [undefined, { ...claim, disputedBy: [] }, 400],
  ])('are refused where %s is wrong', async (place, body, status) => {
    const reply = await ann.ask('POST', `/api/v1/cases/${id}/claims`, { claim: body })
    expect(reply.status).toBe(status)
    if (place !== undefined) expect(reply.json.place).toBe(place)
  })
})
