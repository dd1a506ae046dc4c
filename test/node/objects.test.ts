import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultLabel, type Label } from '../../src/share/index.ts'
import { DATABASES } from './databases.ts'
import { listen } from './events/listen.ts'
import { type NodeWorld, nodeWorld, type Someone } from './world.ts'

for (const kind of DATABASES)
  describe.skipIf(kind.missing !== null)(`objects on ${kind.name}${kind.missing === null ? '' : ` (skipped: ${kind.missing})`}`, () => {
    let world: NodeWorld
    let analyst: Someone
    let releaser: Someone
    let seoul: Someone
    let close: () => Promise<void>
    beforeAll(async () => {
      const opened = await kind.open()
      close = opened.close
      world = await nodeWorld({ url: opened.url })
      await world.organisation('kr-npa', 'KOR')
      analyst = await world.someone('Ann', ['analyst'])
      releaser = await world.someone('Rel', ['releaser'])
      seoul = await world.someone('Kim', ['analyst'], 'kr-npa')
    })
    afterAll(async () => {
      await world.close()
      await close()
    })

    const opened = async (title: string, by = analyst) => (await by.ask('POST', '/api/v1/cases', { case: { title } })).json

    it('has a label from birth, and is there for its originator alone', async () => {
      const made = await opened('Bybit')
      expect(made).toMatchObject({
        kind: 'case',
        version: 1,
        body: { title: 'Bybit' },
        marking: expect.stringContaining('TLP:AMBER+STRICT'),
      })
      const path = `/api/v1/cases/${made.id}`
      expect((await analyst.ask('GET', path)).json).toEqual(made)
      const hidden = await seoul.ask('GET', path)
      const absent = await seoul.ask('GET', '/api/v1/cases/01900000-0000-7000-8000-000000000000')
      expect(hidden.status).toBe(404)
      expect(hidden.json).toMatchObject({ ...absent.json, detail: hidden.json.detail, instance: hidden.json.instance })
      expect((await seoul.ask('GET', '/api/v1/cases?q=bybit')).json).toEqual({ items: [] })
      expect((await seoul.ask('GET', '/api/v1/objects/counts')).json).toEqual({})
    })

    it('finds Korean and Japanese words inside what people wrote, and of Latin ones whole words', async () => {
      const korean = await opened('거래소에서 도난당한 자금을 추적')
      const japanese = await opened('暗号資産取引所から盗まれた資金 Bitbank')
      const literal = await opened('a 100%_금 "인용" 표시')
      const found = async (q: string, path = '/api/v1/cases', by = analyst) => {
        const { status, json } = await by.ask('GET', `${path}?q=${encodeURIComponent(q)}`)
        expect(status, q).toBe(200)
        return json.items.map(({ id }: { id: string }) => id)
      }
      expect(await found('거래소')).toEqual([korean.id])
      expect(await found(' 자금 도난 ')).toEqual([korean.id])
      expect(await found('자금 없음')).toEqual([])
      expect(await found('取引所')).toEqual([japanese.id])
      expect(await found('資金 bitbank')).toEqual([japanese.id])
      expect(await found('資金 bitban')).toEqual([])
      expect(await found('bitbank')).toEqual([japanese.id])
      expect(await found('取引所', '/api/v1/objects')).toEqual([japanese.id])
      // Nothing in a question is a pattern.
      expect(await found('%금')).toEqual([])
      expect(await found('100%_금')).toEqual([literal.id])
      expect(await found('100__금')).toEqual([])
      expect(await found('"인용"')).toEqual([literal.id])
      expect(await found('\\금')).toEqual([])
      expect(await found(' ')).toEqual([])
      expect(await found('거래소', '/api/v1/cases', seoul)).toEqual([])
      expect((await seoul.ask('GET', `/api/v1/cases/facets?q=${encodeURIComponent('거래소')}`)).json.total).toBe(0)
      expect((await analyst.ask('GET', `/api/v1/cases/facets?q=${encodeURIComponent('거래소')}`)).json.total).toBe(1)
    })

    // The embedded database has one transaction at a time.
    if (kind.name !== 'the embedded database')
      it('takes a label that somebody else made after its transaction had begun', async () => {
        const { database, labels } = world.node.parts
        const label: Label = { ...defaultLabel(world.node.parts.config.home.organisation), expires: '2041-01-01T00:00:00.000Z' }
        await database.as(analyst.id, new Date(), async (mine) => {
          const number = await database.as(releaser.id, new Date(), (theirs) => labels.number(theirs, label))
          const passes = async () =>
            (await mine.query<{ passes: boolean }>('select $1 = any (cordon_ring()) as passes', [number]))[0]?.passes
          expect(mine.ring).not.toContain(number)
          expect(await passes()).toBe(false)
          expect(await labels.number(mine, label)).toBe(number)
          expect(await passes()).toBe(true)
        })
      })

    it('is released by a releaser who did not write it, and by nobody else', async () => {
      const made = await opened('Released')
      const path = `/api/v1/objects/${made.id}`
      const etag = (await analyst.ask('GET', path)).headers.get('etag') as string
      const wide = { label: { tlp: 'AMBER', nations: ['KOR'] }, reason: 'joint work' }
      expect((await analyst.ask('PUT', `${path}/label`, wide, { 'if-match': etag })).json.code).toBe('release/needs-releaser')
      expect((await seoul.ask('PUT', `${path}/label`, wide, { 'if-match': etag })).status).toBe(404)
      expect((await releaser.ask('PUT', `${path}/label`, wide)).status).toBe(428)
      const released = await releaser.ask('PUT', `${path}/label`, wide, { 'if-match': etag })
      expect(released.status).toBe(200)
      expect(released.json).toMatchObject({ version: 2, marking: expect.stringContaining('REL TO') })
      expect((await seoul.ask('GET', path)).json.body).toMatchObject({ title: 'Released' })
      expect((await seoul.ask('GET', `${path}/versions`)).json.items.map(({ version }: { version: number }) => version)).toEqual([2])
      const again = await releaser.ask(
        'PUT',
        `${path}/label`,
        { label: { tlp: 'AMBER+STRICT' }, reason: 'over' },
        { 'if-match': released.headers.get('etag') as string },
      )
      expect(again.status).toBe(200)
      expect((await seoul.ask('GET', path)).status).toBe(404)
    })

    it('changes only for whom has read what he changes', async () => {
      const made = await opened('First')
      const path = `/api/v1/cases/${made.id}`
      const { headers } = await analyst.ask('GET', path)
      const etag = headers.get('etag') as string
      expect((await analyst.ask('PUT', path, { title: 'Second' })).status).toBe(428)
      expect((await analyst.ask('PUT', path, { title: 'Second' }, { 'if-match': etag })).json.version).toBe(2)
      expect((await analyst.ask('PUT', path, { title: 'Third' }, { 'if-match': etag })).status).toBe(412)
      const versions = `/api/v1/objects/${made.id}/versions`
      const { items, next } = (await analyst.ask('GET', `${versions}?limit=1`)).json
      const rest = (await analyst.ask('GET', `${versions}?cursor=${encodeURIComponent(next)}`)).json
      expect([items, rest.items].map((each) => each.map(({ version }: { version: number }) => version))).toEqual([[1], [2]])
      expect(rest.next).toBeUndefined()
      const other = await opened('Other')
      expect((await analyst.ask('GET', `/api/v1/objects/${other.id}/versions?cursor=${encodeURIComponent(next)}`)).status).toBe(400)
      expect((await analyst.ask('GET', path, undefined, { 'if-none-match': etag })).status).toBe(200)
    })

    it('is made once by a request that is sent twice', async () => {
      const key = { 'idempotency-key': 'made-once-only' }
      const first = await analyst.ask('POST', '/api/v1/cases', { case: { title: 'Once' } }, key)
      const second = await analyst.ask('POST', '/api/v1/cases', { case: { title: 'Once' } }, key)
      expect(second.json).toEqual(first.json)
      expect(second.headers.get('idempotent-replayed')).toBe('true')
      expect((await analyst.ask('POST', '/api/v1/cases', { case: { title: 'Other' } }, key)).status).toBe(409)
      const both = await Promise.all(
        [1, 2, 3].map(() => analyst.ask('POST', '/api/v1/cases', { case: { title: 'Race' } }, { 'idempotency-key': 'made-in-a-race' })),
      )
      expect(new Set(both.map(({ json }) => json.id)).size).toBe(1)
    })

    it('comes in pages whose cursors are of one caller and one question', async () => {
      for (let i = 0; i < 5; i++) await opened(`Paged ${i}`)
      const page = await analyst.ask('GET', '/api/v1/cases?q=paged&limit=2')
      expect(page.json.items.map(({ body }: { body: { title: string } }) => body.title)).toEqual(['Paged 4', 'Paged 3'])
      const cursor = encodeURIComponent(page.json.next)
      expect((await analyst.ask('GET', `/api/v1/cases?q=paged&limit=2&cursor=${cursor}`)).json.items).toHaveLength(2)
      expect((await analyst.ask('GET', `/api/v1/cases?q=other&limit=2&cursor=${cursor}`)).json.code).toBe('node/bad-token')
      expect((await seoul.ask('GET', `/api/v1/cases?q=paged&limit=2&cursor=${cursor}`)).json.code).toBe('node/bad-token')
    })

    it('shows no link to what is closed to the reader', async () => {
      const [a, b] = [await opened('From'), await opened('To')]
      expect((await analyst.ask('POST', `/api/v1/objects/${a.id}/links`, { target: b.id })).status).toBe(204)
      expect((await analyst.ask('GET', `/api/v1/objects/${a.id}/links`)).json.to).toMatchObject([{ link: 'refers', id: b.id }])
      const etag = (await analyst.ask('GET', `/api/v1/objects/${a.id}`)).headers.get('etag') as string
      await releaser.ask(
        'PUT',
        `/api/v1/objects/${a.id}/label`,
        { label: { tlp: 'GREEN', nations: ['KOR'] }, reason: 'x' },
        { 'if-match': etag },
      )
      expect((await seoul.ask('GET', `/api/v1/objects/${a.id}/links`)).json).toEqual({ to: [], from: [] })
    })

    it('tells of changes as they happen, to those who may know, and again from where a listener was', async () => {
      const heard = await listen(seoul, world.node.url)
      const quiet = await opened('Quiet')
      const made = await opened('Told')
      const etag = (await analyst.ask('GET', `/api/v1/objects/${made.id}`)).headers.get('etag') as string
      await releaser.ask(
        'PUT',
        `/api/v1/objects/${made.id}/label`,
        { label: { tlp: 'GREEN', nations: ['KOR'] }, reason: 'x' },
        { 'if-match': etag },
      )
      const own = await opened('Own', seoul)
      const events = await heard.until((all) => all.some(({ data }) => data.object === own.id))
      expect(events.map(({ data }) => [data.object, data.action])).toEqual([
        [made.id, 'released'],
        [own.id, 'created'],
      ])
      expect(JSON.stringify(events)).not.toContain(quiet.id)
      heard.close()
      const later = await listen(seoul, world.node.url, events[0]?.id)
      expect((await later.until((all) => all.length > 0)).map(({ data }) => data.object)).toEqual([own.id])
      later.close()
      expect((await analyst.ask('GET', `/api/v1/events?after=${encodeURIComponent(events[0]?.id ?? '')}`)).status).toBe(400)
    })
  })
