import { chmod, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ended, upload } from '../files/work.ts'
import { type NodeWorld, nodeWorld, type Reply, type Someone } from '../world.ts'
import { recordOf } from './lists-of-tests.ts'

/** Fictitious. */
const rows = (count: number, from = 1): string =>
  `id,name,kind\n${Array.from({ length: count }, (_, i) => `w${from + i},Byssus ${'abcdefghij'[i % 10]}${'klmnopqrst'[(i / 10) | 0]}ion,organisation\n`).join('')}`

describe('lists over HTTP', () => {
  let world: NodeWorld
  let keeper: Someone
  let other: Someone
  let third: Someone
  let seoul: Someone
  let auditor: Someone
  beforeAll(async () => {
    world = await nodeWorld({ change: (config) => ({ ...config, limits: { ...config.limits, reserveMiB: 0 } }) })
    await world.organisation('kr-npa', 'KOR')
    keeper = await world.someone('Cho', ['compliance'])
    other = await world.someone('Sato', ['compliance'])
    third = await world.someone('Lee', ['compliance'])
    seoul = await world.someone('Kim', ['compliance'], 'kr-npa')
    auditor = await world.someone('Aud', ['auditor'])
  })
  afterAll(() => world.close())

  const imported = async (text: string, more: object = {}, who = keeper): Promise<any> => {
    const started = await who.ask('POST', '/api/v1/lists/imports', {
      uploads: [await upload(world, who, 'watch.csv', text)],
      list: 'own-watch',
      ...more,
    })
    expect(started.status, started.text).toBe(202)
    return await ended(who, started.json.id)
  }
  const status = async (): Promise<Reply> => keeper.ask('GET', '/api/v1/lists/own-watch')

  it('are none at first, and unknown ones are not there', async () => {
    await world.node.parts.screening.lists.refresh()
    expect((await keeper.ask('GET', '/api/v1/lists')).json).toMatchObject({
      screening: { state: 'none', matcher: null, lists: [] },
      items: [],
    })
    for (const path of ['own-watch', 'own-watch/diff', 'own-watch/entries/w1', 'own-watch/entries/w1/history?on=2024-01-01'])
      expect((await keeper.ask('GET', `/api/v1/lists/${path}`)).json, path).toMatchObject({ status: 404, code: 'node/not-found' })
    expect((await keeper.ask('GET', '/api/v1/lists/..%2Fkeys')).status).toBe(400)
  })

  it('are imported by a job, and in service when it is done', async () => {
    const { body } = await imported(rows(80))
    expect(body).toMatchObject({
      status: 'done',
      subject: { list: 'own-watch' },
      result: { outcome: 'imported', list: 'own-watch', entries: 80, changes: null },
    })
    expect(body.result.sources).toMatchObject([{ name: 'watch.csv' }])
    const { json, text } = await keeper.ask('GET', '/api/v1/lists')
    expect(json).toMatchObject({
      screening: { state: 'ready', matcher: 'cordon-1', lists: [{ list: 'own-watch', entries: 80 }] },
      items: [
        { list: 'own-watch', inService: { version: body.result.version, by: `home/${keeper.id}`, counts: { entries: 80 } }, alarms: [] },
      ],
    })
    expect(text).not.toContain(world.data)
    expect((await keeper.ask('GET', '/api/v1/lists?maxAgeDays=0&at=2999-01-01T00:00:00Z')).json.items[0].alarms).toMatchObject([
      { code: 'stale' },
    ])
    expect((await seoul.ask('GET', '/api/v1/lists')).json.items).toHaveLength(1)
    expect((await keeper.ask('POST', '/api/v1/screen/name', { name: 'Byssus akion' })).json.answer.hits[0]).toMatchObject({ entry: 'w1' })
  })

  it('say what changed against the version before', async () => {
    const { body } = await imported(rows(81, 2))
    expect(body.result).toMatchObject({ outcome: 'imported', changes: { added: 2, removed: 1, changed: 79 } })
    const { json } = await keeper.ask('GET', '/api/v1/lists/own-watch/diff')
    expect(json).toMatchObject({ list: 'own-watch', to: { version: body.result.version, entries: 81 } })
    const back = await keeper.ask('GET', `/api/v1/lists/own-watch/diff?from=${json.to.version}&to=${json.from.version}`)
    expect(back.json.removed).toEqual(json.added)
    expect((await imported(rows(81, 2))).body.result).toMatchObject({ outcome: 'confirmed-unchanged', changes: null })
    const absent = await keeper.ask('GET', '/api/v1/lists/own-watch/diff?from=undated-0000000000000000')
    expect(absent.json).toMatchObject({ status: 404, code: 'list/no-version' })
    expect(absent.text).not.toContain(world.data)
    expect((await keeper.ask('GET', '/api/v1/lists/own-watch/diff?from=../../keys')).json).toMatchObject({
      status: 422,
      code: 'list/bad-option',
    })
    expect((await status()).json.log.map(({ kind }: { kind: string }) => kind)).toEqual(['imported', 'imported', 'confirmed-unchanged'])
  })

  it('keep the version before where files are refused, name every refusal, and are overruled by two persons for these very files', async () => {
    const shrunken = rows(20, 2)
    const { body } = await imported(shrunken)
    expect(body).toMatchObject({
      status: 'failed',
      error: { code: 'list/refused', message: expect.stringContaining('shrunken: entries fell from 81 to 20') },
    })
    const { json: standing } = await status()
    expect(standing).toMatchObject({ inService: { counts: { entries: 81 } }, alarms: [{ code: 'import-refused' }] })
    const refusedAt = standing.lastRefusal.time

    const propose = (more: object, who = keeper) =>
      who.ask('POST', '/api/v1/overrulings', { list: 'own-watch', refusedAt, codes: ['shrunken'], reason: 'mass delisting', ...more })
    expect((await propose({ codes: ['schema'] })).json).toMatchObject({ status: 422, code: 'list/bad-option' })
    expect((await propose({ codes: ['older'] })).json).toMatchObject({ status: 422, code: 'list/bad-option' })
    expect((await propose({ refusedAt: '2020-01-01T00:00:00Z' })).json).toMatchObject({ status: 422, code: 'list/bad-option' })
    expect((await propose({}, seoul)).json).toMatchObject({ status: 403, code: 'node/forbidden' })
    const proposed = await propose({})
    expect(proposed.json.body).toMatchObject({ state: 'proposed', by: keeper.id, sources: [{ name: 'watch.csv' }] })
    const overruling = proposed.json.id

    const early = await keeper.ask('POST', '/api/v1/lists/imports', {
      uploads: [await upload(world, keeper, 'w.csv', shrunken)],
      overruling,
    })
    expect(early.json).toMatchObject({ status: 403, code: 'list/four-eyes' })
    const approve = (who: Someone) =>
      who.ask(
        'POST',
        `/api/v1/overrulings/${overruling}/approve`,
        { reason: 'compared with the notice' },
        { 'if-match': proposed.headers.get('etag') ?? '' },
      )
    expect((await approve(keeper)).json).toMatchObject({ status: 403, code: 'list/four-eyes' })
    expect((await approve(seoul)).status).toBe(403)
    expect((await approve(other)).json.body).toMatchObject({ state: 'approved', approved: { by: other.id } })
    expect((await approve(third)).status).toBe(412)

    const stranger = await third.ask('POST', '/api/v1/lists/imports', {
      uploads: [await upload(world, third, 'w.csv', shrunken)],
      overruling,
    })
    expect(stranger.json).toMatchObject({ status: 403, code: 'list/four-eyes' })
    expect((await imported(rows(19, 2), { overruling, list: undefined })).body.error).toMatchObject({ code: 'list/other-files' })
    expect((await imported(shrunken, { overruling, list: undefined })).body).toMatchObject({
      status: 'done',
      result: { outcome: 'imported', entries: 20 },
    })
    const { json: after } = await status()
    expect(after.log.at(-1)).toMatchObject({
      kind: 'imported',
      by: `home/${keeper.id}`,
      overruled: { reason: 'mass delisting', approvedBy: `home/${other.id}` },
    })
    expect((await seoul.ask('GET', `/api/v1/overrulings/${overruling}`)).status).toBe(404)
    expect((await seoul.ask('GET', '/api/v1/overrulings')).json.items).toEqual([])
    expect((await third.ask('GET', '/api/v1/overrulings')).json.items).toHaveLength(1)
  })

  it('are imported by the organisation that runs the node alone, and by who may', async () => {
    const foreign = await seoul.ask('POST', '/api/v1/lists/imports', { uploads: [await upload(world, seoul, 'w.csv', rows(30))] })
    expect(foreign.json).toMatchObject({ status: 403, code: 'node/forbidden' })
    expect((await auditor.ask('GET', '/api/v1/lists')).status).toBe(403)
    expect((await auditor.ask('GET', '/api/v1/lists/own-watch/diff')).status).toBe(403)
    for (const path of ['/lists', '/lists/own-watch', '/lists/own-watch/diff', '/lists/own-watch/entries/w1', '/overrulings'])
      expect((await world.nobody('GET', `/api/v1${path}`)).status, path).toBe(401)
  })

  it('have whatever id they like, also one that is a word of the interface', async () => {
    const list = 'overrulings'
    expect((await imported(rows(30), { list })).body.result).toMatchObject({ outcome: 'imported', list })
    expect((await keeper.ask('GET', `/api/v1/lists/${list}`)).json).toMatchObject({ list, inService: { counts: { entries: 30 } } })
  })

  it.each([
    ['a file that is no list', 'PK\u0003\u0004 not an archive', 'list/archive'],
    ['an unknown format', 'hello', 'list/unknown-format'],
    ['XML with an entity', '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><CONSOLIDATED_LIST>&b;</CONSOLIDATED_LIST>', null],
  ])('refuse %s', async (_what, text, code) => {
    const { body } = await imported(text, { list: undefined })
    expect(body.status).toBe('failed')
    if (code !== null) expect(body.error.code).toBe(code)
    expect(JSON.stringify(body.error)).not.toContain(world.data)
  })

  it('are compared with their hashes by a job, which names what is not as it was written', async () => {
    const verified = async (who: Someone) => {
      const started = await who.ask('POST', '/api/v1/lists/verify')
      expect(started.status, started.text).toBe(202)
      return (await ended(who, started.json.id)).body
    }
    expect((await verified(seoul)).result).toMatchObject({ sound: true, problems: [] })
    const store = world.node.parts.config.library.lists
    const files = await readdir(join(store, 'own-watch'), { recursive: true, withFileTypes: true })
    const entries = files.find((file) => file.isFile() && file.name.startsWith('entries'))!
    const path = join(entries.parentPath, entries.name)
    const was = await readFile(path)
    await chmod(path, 0o600)
    await writeFile(path, Buffer.concat([was.subarray(0, -1), Buffer.of((was.at(-1) as number) ^ 1)]))
    const { result } = await verified(keeper)
    expect(result).toMatchObject({ sound: false, problems: [{ list: 'own-watch', file: expect.stringContaining(entries.name) }] })
    expect(JSON.stringify(result)).not.toContain(world.data)
    await writeFile(path, was)
    expect((await world.nobody('POST', '/api/v1/lists/verify')).status).toBe(401)
  })

  it('leave in the record what was imported, by hash', async () => {
    const record = await recordOf(world)
    expect(record).toContain('"action":"overruling.approve"')
    expect(record).not.toContain('mass delisting')
    expect(record).not.toContain('Byssus')
  })
})
