import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accountJson, accountOf, heistCase, loadRegister, type Register, readRegister } from '../../../src/cases/index.ts'
import { canonicalJson } from '../../../src/chain/index.ts'
import { readSeeds } from '../../../src/trace/index.ts'
import { changed, SMALL } from '../../cases/heists/small.ts'
import { type NodeWorld, nodeWorld, type Someone } from '../world.ts'

describe('heists over HTTP', () => {
  let world: NodeWorld
  let ann: Someone
  let kim: Someone
  let register: Register
  beforeAll(async () => {
    register = await loadRegister()
    world = await nodeWorld()
    await world.organisation('kr-npa', 'KOR')
    ann = await world.someone('Ann', ['analyst'])
    kim = await world.someone('Kim', ['subscriber'], 'kr-npa')
  })
  afterAll(() => world.close())
  const get = async (path: string, by = ann) => await by.ask('GET', `/api/v1/heists${path}`)

  it('are listed by date with the digest of the register, and found by what is known of them', async () => {
    const all = (await get('')).json
    expect(all).toMatchObject({ register: register.digest, asOf: register.asOf.text })
    expect(all.items.map(({ id }: { id: string }) => id)).toEqual(register.heists.map(({ id }) => id))
    const found = async (query: string) => (await get(`?${query}`)).json.items.map(({ id }: { id: string }) => id)
    expect(await found('victim=bybit')).toEqual(['bybit-2025'])
    expect(await found('year=2022&attributedBy=FBI')).toContain('ronin-2022')
    expect(await found('year=1999')).toEqual([])
    expect((await found('chain=eip155:1&standing=official')).length).toBeGreaterThan(3)
    expect((await get('', kim)).json).toEqual(all)
    expect((await get('?year=25')).status).toBe(400)
    expect((await get('?standing=certain')).status).toBe(400)
  })

  it('are read with everything that is claimed, in exact cents, and with the sources that are named', async () => {
    const { json } = await get('/ronin-2022')
    const heist = register.heists.find(({ id }) => id === 'ronin-2022') as Register['heists'][number]
    expect(json.usd).toEqual(heist.usd.map((claim) => ({ ...claim, cents: String(claim.cents) })))
    expect(json.transactions).toEqual(heist.transactions)
    expect(json.attribution).toEqual(heist.attribution)
    expect(json.outcomes).toHaveLength(heist.outcomes.length)
    const named = JSON.stringify(json).matchAll(/"source":"([^"]+)"/g)
    expect(new Set(json.sources.map(({ id }: { id: string }) => id))).toEqual(new Set([...named].map(([, id]) => id)))
    expect((await get('/nowhere-2022')).json).toMatchObject({ status: 404, code: 'cases/no-such-heist' })
    expect((await get('/..%2f..%2fetc')).status).toBe(400)
  })

  it('give seeds that a trace takes', async () => {
    const { json } = await get('/ronin-2022/seeds')
    expect(json).toMatchObject({ heist: 'ronin-2022', chain: 'eip155:1', register: register.digest })
    expect(readSeeds(json.text, 'seeds')).toEqual(json.seeds)
    expect((await get('/ronin-2022/seeds?chain=eip155:10')).json).toMatchObject({
      status: 422,
      code: 'cases/no-seeds',
      remedy: 'Name one of eip155:1.',
    })
    const without = register.heists.find(({ transactions, addresses }) => transactions.length + addresses.length === 0)
    expect((await get(`/${without?.id}/seeds`)).json.code).toBe('cases/no-seeds')
  })

  it('are added up by year: stolen, laundered, frozen, recovered, held', async () => {
    for (const kind of ['lowest', 'highest'] as const)
      expect((await get(`/account?policy=${kind}`)).json).toEqual(accountJson(accountOf(register, { kind })))
    expect((await get('/account')).json.basis).toEqual({ kind: 'lowest' })
    const elliptic = (await get('/account?policy=publisher&by=Elliptic')).json
    expect(elliptic).toEqual(accountJson(accountOf(register, { kind: 'publisher', by: 'Elliptic' })))
    const all = (await get('/account')).json
    const { years, total, digest } = (await get('/account?year=2025')).json
    expect(years).toEqual(all.years.filter(({ year }: { year: string }) => year === '2025'))
    expect(total.sums).toEqual(years[0].sums)
    expect(digest).toBe(register.digest)
    for (const query of ['policy=publisher', 'policy=publisher&by=Nobody', 'policy=lowest&by=FBI'])
      expect((await get(`/account?${query}`)).json).toMatchObject({ status: 422, code: 'cases/bad-basis', place: 'by' })
    expect((await get('/account?policy=mean')).status).toBe(400)
  })

  it('name the record year by each source', async () => {
    const { items } = (await get('/record-year')).json
    expect(items.find(({ by }: { by: string }) => by === 'Chainalysis')).toMatchObject({
      year: '2025',
      saysSo: true,
      cents: expect.stringMatching(/^\d+$/),
    })
    expect(items.find(({ by }: { by: string }) => by === 'TRM Labs')).toMatchObject({ year: '2022' })
  })

  it('open into a case with the seeds, claims and denials, and what they dispute', async () => {
    const heist = register.heists.find(({ disputed }) => disputed.some(({ about }) => about === 'attribution'))
    const expected = heistCase(register, heist as never)
    const opened = await ann.ask('POST', `/api/v1/heists/${heist?.id}/case`, {
      assignees: [ann.id],
      case: { priority: 'high' },
      label: { tlp: 'AMBER', nations: ['KOR'] },
    })
    expect(opened.status, opened.text).toBe(201)
    expect(opened.json.body).toMatchObject({
      title: expected.given.title,
      priority: 'high',
      assignees: [ann.id],
      heist: { id: heist?.id, register: register.digest },
    })
    expect(opened.json.contents).toEqual({ claim: expected.claims.length, denial: expected.denials.length })
    const claims = (await kim.ask('GET', `/api/v1/cases/${opened.json.id}/contents?kind=claim&limit=200`)).status
    // A subscriber is no member, and AMBER is for members.
    expect(claims).toBe(404)
    const { items } = (await ann.ask('GET', `/api/v1/cases/${opened.json.id}/contents?kind=claim&limit=200`)).json
    // Made in one millisecond, they have no order among themselves.
    const told = (bodies: readonly unknown[]) => bodies.map((body) => canonicalJson(body)).sort()
    expect(told(items.map(({ object }: { object: { body: object } }) => object.body))).toEqual(told(expected.claims))
    const attributed = items.find(({ object }: { object: { body: { about: string } } }) => object.body.about === 'attribution').object
    const denials = (await ann.ask('GET', `/api/v1/claims/${attributed.id}/denials`)).json.items
    expect(denials.length).toBeGreaterThan(0)
    expect((await ann.ask('GET', `/api/v1/cases?heist=${heist?.id}`)).json.items.map(({ id }: { id: string }) => id)).toEqual([
      opened.json.id,
    ])
  })

  it('open into a case only for whoever writes cases', async () => {
    expect((await kim.ask('POST', '/api/v1/heists/ronin-2022/case', {})).status).toBe(403)
    expect((await world.nobody('GET', '/api/v1/heists')).status).toBe(401)
    expect((await ann.ask('POST', '/api/v1/heists/nowhere/case', {})).status).toBe(404)
    expect((await ann.ask('POST', '/api/v1/heists/ronin-2022/case', { case: { status: 'closed' } })).status).toBe(400)
  })
})

describe('a register of one’s own', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cordon-register-'))
  })
  afterAll(() => rm(folder, { recursive: true }))
  const withRegister = async (file: string) =>
    await nodeWorld({ change: (config) => ({ ...config, library: { ...config.library, heists: file } }) })

  it('is answered from', async () => {
    const file = join(folder, 'own.yaml')
    await writeFile(file, SMALL)
    const world = await withRegister(file)
    const ann = await world.someone('Ann', ['analyst'])
    const { register, items } = (await ann.ask('GET', '/api/v1/heists')).json
    expect([register, items.length]).toEqual([readRegister(SMALL, file).digest, 2])
    await world.close()
  })

  it('that is wrong, or not there, keeps the node from starting and says where', async () => {
    const file = join(folder, 'bad.yaml')
    await writeFile(file, changed('usd: 900,', 'usd: nine hundred,'))
    await expect(withRegister(file)).rejects.toMatchObject({ code: 'cases/bad-heists', place: { file, line: expect.any(Number) } })
    const absent = join(folder, 'absent.yaml')
    await expect(withRegister(absent)).rejects.toMatchObject({ code: 'node/bad-config', place: { file: absent } })
  })
})
