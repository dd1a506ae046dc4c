import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditRecord } from '../../../src/node/record/audit.ts'
import { signRecord } from '../../../src/node/record/checkpoints.ts'
import { DATABASES } from '../databases.ts'
import { upload } from '../files/work.ts'
import { type NodeWorld, nodeWorld, type Reply, type Someone } from '../world.ts'
import { made } from './made.ts'

const ABSENT = '01900000-0000-7000-8000-000000000000'
const KOREA = { tlp: 'AMBER', nations: ['KOR'] }
const BOTH = { tlp: 'AMBER', nations: ['JPN', 'KOR'] }

for (const kind of DATABASES)
  describe.skipIf(kind.missing !== null)(`cases on ${kind.name}${kind.missing === null ? '' : ` (skipped: ${kind.missing})`}`, () => {
    let world: NodeWorld
    let ann: Someone
    let bob: Someone
    let kim: Someone
    let sato: Someone
    let close: () => Promise<void>
    beforeAll(async () => {
      const opened = await kind.open()
      close = opened.close
      world = await nodeWorld({ url: opened.url })
      await world.organisation('kr-npa', 'KOR')
      await world.organisation('jp-npa', 'JPN')
      ann = await world.someone('Ann', ['analyst'])
      bob = await world.someone('Bob', ['supervisor'])
      kim = await world.someone('Kim', ['analyst'], 'kr-npa')
      sato = await world.someone('Sato', ['analyst'], 'jp-npa')
    })
    afterAll(async () => {
      await world.close()
      await close()
    })

    const open = async (title: string, label?: object, more: object = {}, by = ann) => {
      const reply = await by.ask('POST', '/api/v1/cases', { case: { title, ...more }, ...(label && { label }) })
      expect(reply.status, reply.text).toBe(201)
      return reply.json
    }
    const note = async (id: string, text: string, label?: object, by = ann) => {
      const reply = await by.ask('POST', `/api/v1/cases/${id}/notes`, { note: { text }, ...(label && { label }) })
      expect(reply.status, reply.text).toBe(201)
      return reply.json
    }
    const at = (id: string, rest = '') => `/api/v1/cases/${id}${rest}`
    const act = async (id: string, body: object, by = ann) => {
      const etag = (await by.ask('GET', at(id))).headers.get('etag') as string
      return await by.ask('POST', at(id, '/status'), body, { 'if-match': etag })
    }
    const assign = async (id: string, assignees: string[], by = ann): Promise<Reply> => {
      const etag = (await by.ask('GET', at(id))).headers.get('etag') as string
      return await by.ask('PUT', at(id, '/assignees'), { assignees }, { 'if-match': etag })
    }

    it('has words, tags, the numbers of authorities and people, in one spelling', async () => {
      const made = await open('  Harbour  ', undefined, {
        summary: 'line one\r\nline two',
        priority: 'high',
        tags: ['Lazarus ', 'ＬＡＺＡＲＵＳ', 'eth'],
        references: [{ authority: 'FBI', number: 'SF-1' }],
        assignees: [ann.id],
      })
      expect(made).toMatchObject({ kind: 'case', version: 1, contents: {}, actions: ['start', 'suspend', 'close'] })
      expect(made.body).toEqual({
        title: 'Harbour',
        summary: 'line one\nline two',
        priority: 'high',
        tags: ['eth', 'lazarus'],
        references: [{ authority: 'FBI', number: 'SF-1' }],
        status: 'open',
        outcome: null,
        assignees: [ann.id],
        heist: null,
        history: [],
      })
    })

    it('is found by status, people, priority, tag and words, and counted by each', async () => {
      const tag = 'found-here'
      const [first, second] = [
        await open('Alpha found', KOREA, { tags: [tag], priority: 'urgent' }),
        await open('Beta found', undefined, { tags: [tag, 'beta'] }),
      ]
      await act(second.id, { action: 'start' })
      expect((await assign(second.id, [bob.id])).json.body.assignees).toEqual([bob.id])
      const found = async (query: string, by = ann) =>
        (await by.ask('GET', `/api/v1/cases?tag=${tag}&${query}`)).json.items.map(({ id }: { id: string }) => id)
      expect(await found('')).toEqual([second.id, first.id])
      expect(await found('status=active')).toEqual([second.id])
      expect(await found('priority=urgent')).toEqual([first.id])
      expect(await found(`assignee=${bob.id}`)).toEqual([second.id])
      expect(await found('q=beta')).toEqual([second.id])
      expect(await found('status=closed')).toEqual([])
      expect(await found('', kim)).toEqual([first.id])
      const facets = async (by: Someone) => (await by.ask('GET', `/api/v1/cases/facets?tag=${tag}`)).json
      expect(await facets(ann)).toEqual({
        total: 2,
        status: { active: 1, open: 1 },
        priority: { normal: 1, urgent: 1 },
        organisation: { home: 2 },
        assignees: { [bob.id]: 1 },
        tags: { [tag]: 2, beta: 1 },
      })
      const nothing = { total: 0, status: {}, priority: {}, organisation: {}, assignees: {}, tags: {} }
      expect(await facets(kim)).toEqual({
        ...nothing,
        total: 1,
        status: { open: 1 },
        priority: { urgent: 1 },
        organisation: { home: 1 },
        tags: { [tag]: 1 },
      })
      expect(await facets(sato)).toEqual(nothing)
    })

    it('is started, suspended, closed with an outcome, and reopened: each with a reason where one is due', async () => {
      const { id } = await open('Life')
      expect((await act(id, { action: 'resume' })).json).toMatchObject({
        status: 409,
        code: 'cases/not-now',
        remedy: 'It can take: start, suspend, close.',
      })
      expect((await act(id, { action: 'start' })).json.body.status).toBe('active')
      expect((await act(id, { action: 'suspend' })).json).toMatchObject({ code: 'cases/bad-text', place: 'reason' })
      await act(id, { action: 'suspend', reason: 'waits for the exchange' })
      await act(id, { action: 'resume' })
      expect((await act(id, { action: 'close', reason: 'done' })).json).toMatchObject({ code: 'cases/bad-text', place: 'outcome' })
      expect((await act(id, { action: 'start', outcome: 'resolved' })).status).toBe(409)
      const closed = await act(id, { action: 'close', reason: 'paid back', outcome: 'resolved' })
      expect(closed.json).toMatchObject({ body: { status: 'closed', outcome: 'resolved' }, actions: ['reopen'] })
      expect((await ann.ask('POST', at(id, '/notes'), { note: { text: 'late' } })).json.code).toBe('cases/closed')
      expect((await ann.ask('PUT', at(id), { title: 'late' }, { 'if-match': '*' })).json.code).toBe('cases/closed')
      expect((await assign(id, [bob.id])).json.code).toBe('cases/closed')
      const reopened = await act(id, { action: 'reopen', reason: 'a new lead' })
      expect(reopened.json.body).toMatchObject({ status: 'reopened', outcome: null })
      expect(
        reopened.json.body.history.map(({ action, from, to, by, reason }: Record<string, string>) => [action, from, to, by, reason]),
      ).toEqual([
        ['start', 'open', 'active', ann.id, null],
        ['suspend', 'active', 'suspended', ann.id, 'waits for the exchange'],
        ['resume', 'suspended', 'active', ann.id, null],
        ['close', 'active', 'closed', ann.id, 'paid back'],
        ['reopen', 'closed', 'reopened', ann.id, 'a new lead'],
      ])
    })

    it('keeps what a closed case holds as it was', async () => {
      const { id } = await open('Kept')
      const written = await note(id, 'first')
      const file = (await ann.ask('POST', '/api/v1/files', { upload: await upload(world, ann, 'page.html', 'seen') })).json.id
      expect((await ann.ask('POST', at(id, '/contents'), { object: file })).status).toBe(200)
      await act(id, { action: 'close', reason: 'over', outcome: 'unfounded' })
      const provenance = { tool: 'a browser' }
      expect((await ann.ask('PUT', `/api/v1/files/${file}/provenance`, provenance, { 'if-match': '*' })).json.code).toBe('cases/closed')
      expect((await ann.ask('PUT', `/api/v1/notes/${written.id}`, { text: 'second' }, { 'if-match': '*' })).json.code).toBe('cases/closed')
      expect((await ann.ask('DELETE', at(id, `/contents/${written.id}`))).json.code).toBe('cases/closed')
      await act(id, { action: 'reopen', reason: 'to mend a word' })
      expect((await ann.ask('PUT', `/api/v1/notes/${written.id}`, { text: 'second' }, { 'if-match': '*' })).json.body.text).toBe('second')
    })

    it('is worked on by people of its owner who are there', async () => {
      const { id } = await open('People')
      for (const person of [kim.id, ABSENT]) {
        const refused = await assign(id, [person])
        expect(refused.json).toMatchObject({
          status: 422,
          code: 'cases/no-such-person',
          detail: `there is no person ${person} in your organisation`,
        })
      }
      expect((await ann.ask('PUT', at(id, '/assignees'), { assignees: [] })).status).toBe(428)
      expect((await assign(id, [bob.id, ann.id, bob.id])).json.body.assignees).toEqual([ann.id, bob.id].sort())
    })

    it('closes with what it holds, and opens again when that is taken out', async () => {
      const { id } = await open('Shared', BOTH)
      expect([(await kim.ask('GET', at(id))).status, (await sato.ask('GET', at(id))).status]).toEqual([200, 200])
      // A finding of Korea's that Japan is not to see, put into the American case.
      const theirs = await open('Korean finding', { tlp: 'AMBER', nations: ['USA'] }, {}, kim)
      const attached = await ann.ask('POST', at(id, '/contents'), { object: theirs.id })
      expect(attached.json).toMatchObject({ version: 2, contents: { case: 1 } })
      expect((await kim.ask('GET', at(id))).status).toBe(200)
      expect((await sato.ask('GET', at(id))).status).toBe(404)
      expect((await sato.ask('GET', '/api/v1/cases?q=shared')).json).toEqual({ items: [] })
      expect((await sato.ask('GET', '/api/v1/cases/facets?q=shared')).json.total).toBe(0)
      const guard = (await ann.ask('GET', at(id, '/guard'))).json
      expect(guard.clauses.map(({ originator }: { originator: string }) => originator).sort()).toEqual(['home', 'kr-npa'])
      expect(guard.marking).not.toContain('JPN')
      // Whose labels they are: what is to be released for the case to open.
      expect(guard.objects).toEqual([
        { id, kind: 'case', organisation: 'home', marking: expect.stringContaining('JPN') },
        { id: theirs.id, kind: 'case', organisation: 'kr-npa', marking: 'TLP:AMBER · REL TO USA' },
      ])
      expect(guard.objectsLeftOut).toBe(false)
      const again = await ann.ask('POST', at(id, '/contents'), { object: theirs.id })
      expect(again.json.version).toBe(2)
      const detached = await ann.ask('DELETE', at(id, `/contents/${theirs.id}`))
      expect(detached.json).toMatchObject({ version: 3, contents: {} })
      expect((await sato.ask('GET', at(id))).status).toBe(200)
      expect((await ann.ask('DELETE', at(id, `/contents/${theirs.id}`))).status).toBe(404)
    })

    it('closes when a note is written to it without a label: originator only', async () => {
      const { id } = await open('Quietly closed', KOREA)
      const open_ = await note(id, 'for Korea too', KOREA)
      expect((await kim.ask('GET', at(id))).json.contents).toEqual({ note: 1 })
      expect((await kim.ask('GET', `/api/v1/notes/${open_.id}`)).status).toBe(200)
      const closed = await note(id, 'for us alone')
      expect((await kim.ask('GET', at(id))).status).toBe(404)
      expect((await kim.ask('GET', `/api/v1/notes/${closed.id}`)).json.detail).toBe(`there is no note ${closed.id}`)
      // The note that was open stays open by itself.
      expect((await kim.ask('GET', `/api/v1/notes/${open_.id}`)).status).toBe(200)
    })

    it('takes a note of another organisation as a reference, until its owner attaches it', async () => {
      const { id } = await open('Joint', KOREA)
      const theirs = await note(id, 'seen in Seoul', { tlp: 'AMBER', nations: ['USA'] }, kim)
      expect((await ann.ask('GET', at(id))).json).toMatchObject({ version: 1, contents: {} })
      expect((await ann.ask('GET', `/api/v1/objects/${id}/links`)).json.from).toMatchObject([{ link: 'refers', id: theirs.id }])
      expect((await kim.ask('POST', at(id, '/contents'), { object: theirs.id })).json).toMatchObject({
        status: 403,
        code: 'node/not-owner',
      })
      expect((await ann.ask('POST', at(id, '/contents'), { object: theirs.id })).json.contents).toEqual({ note: 1 })
      const unseen = await note(id, 'for Korea alone', undefined, kim)
      expect((await ann.ask('GET', `/api/v1/objects/${id}/links`)).json.from.map(({ id: of }: { id: string }) => of)).not.toContain(
        unseen.id,
      )
      expect((await ann.ask('POST', at(id, '/contents'), { object: unseen.id })).status).toBe(404)
    })

    it('holds what it holds in pages, by kind', async () => {
      const { id } = await open('Pages')
      const notes = []
      for (let i = 0; i < 3; i++) notes.push(await note(id, `note ${i}`))
      const inner = await open('Inner')
      await ann.ask('POST', at(id, '/contents'), { object: inner.id })
      const first = (await ann.ask('GET', at(id, '/contents?limit=2'))).json
      expect(first.items.map(({ object }: { object: { id: string } }) => object.id)).toEqual([inner.id, notes[2].id])
      expect(first.items[1]).toMatchObject({
        object: { kind: 'note', body: { text: 'note 2' }, marking: expect.any(String) },
        attachedBy: ann.id,
      })
      const second = (await ann.ask('GET', at(id, `/contents?limit=2&cursor=${encodeURIComponent(first.next)}`))).json
      expect(second.items.map(({ object }: { object: { id: string } }) => object.id)).toEqual([notes[1].id, notes[0].id])
      expect(second.next).toBeUndefined()
      expect((await ann.ask('GET', at(id, '/contents?kind=case'))).json.items).toHaveLength(1)
      expect((await ann.ask('GET', at(inner.id, `/contents?limit=2&cursor=${encodeURIComponent(first.next)}`))).json.code).toBe(
        'node/bad-token',
      )
      expect((await ann.ask('POST', at(inner.id, '/contents'), { object: id })).json.code).toBe('node/circle')
    })

    it('keeps every attachment of two who attach at once', async () => {
      const { id } = await open('Crowded')
      const others = await Promise.all([0, 1, 2, 3].map((i) => open(`Other ${i}`)))
      const replies = await Promise.all(
        others.map((other, i) => (i % 2 ? ann : bob).ask('POST', at(id, '/contents'), { object: other.id })),
      )
      expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200])
      expect((await ann.ask('GET', at(id))).json).toMatchObject({ version: 5, contents: { case: 4 } })
    })

    it('tells what happened to it and in it, of the versions that the reader may read', async () => {
      const { id } = await open('Told', KOREA)
      const written = await note(id, 'one', KOREA)
      await ann.ask('PUT', `/api/v1/notes/${written.id}`, { text: 'two' }, { 'if-match': '*' })
      await act(id, { action: 'start' })
      const lines = async (by: Someone, query = '') => (await by.ask('GET', at(id, `/timeline${query}`))).json
      const all = await lines(ann)
      expect(all.items.map(({ kind, version, action, about }: Record<string, unknown>) => [kind, version, action, about])).toEqual([
        ['case', 3, 'active', []],
        ['note', 2, 'changed', []],
        ['case', 2, 'attached', [written.id]],
        ['note', 1, 'created', []],
        ['case', 1, 'created', []],
      ])
      expect(all.items[0]).toMatchObject({ person: ann.id, organisation: 'home' })
      expect(await lines(kim)).toEqual(all)
      const first = await lines(ann, '?limit=2')
      expect((await lines(ann, `?limit=10&cursor=${encodeURIComponent(first.next)}`)).items).toEqual(all.items.slice(2))
      expect((await sato.ask('GET', at(id, '/timeline'))).status).toBe(404)
      // A note that Korea wrote for itself refers to the case, and is no part of it.
      await note(id, 'unseen', undefined, kim)
      expect(await lines(ann)).toEqual(all)
    })

    it('tells nothing of a version that was closed before it was opened', async () => {
      const releaser = await world.someone('Rel', ['releaser'])
      const { id } = await open('Opened later')
      const etag = (await ann.ask('GET', at(id))).headers.get('etag') as string
      await releaser.ask('PUT', `/api/v1/objects/${id}/label`, { label: KOREA, reason: 'joint work' }, { 'if-match': etag })
      const seen = (await kim.ask('GET', at(id, '/timeline'))).json.items
      expect(seen.map(({ version, action }: Record<string, unknown>) => [version, action])).toEqual([[2, 'released']])
      expect((await ann.ask('GET', at(id, '/timeline'))).json.items).toHaveLength(2)
    })

    it('is opened from a trace, which it holds and comes from', async () => {
      const trace = await made(world, ann, 'trace', { title: 'a trace' })
      const opened = await ann.ask('POST', `/api/v1/traces/${trace}/case`, { case: { title: 'From a trace' } })
      expect(opened.json).toMatchObject({ contents: { trace: 1 }, body: { title: 'From a trace' } })
      expect(opened.headers.get('location')).toBe(at(opened.json.id))
      expect((await ann.ask('GET', `/api/v1/objects/${opened.json.id}/links`)).json.to.map(({ link }: { link: string }) => link)).toEqual([
        'comes-from',
        'holds',
      ])
      expect((await kim.ask('POST', `/api/v1/traces/${trace}/case`, { case: { title: 'x' } })).status).toBe(404)
      expect((await ann.ask('POST', `/api/v1/traces/${opened.json.id}/case`, { case: { title: 'x' } })).status).toBe(404)
    })

    it('is closed to whoever may not', async () => {
      const { id } = await open('Doors')
      const reader = await world.someone('Sub', ['subscriber'])
      const written = await note(id, 'x')
      const doors: [string, string, object?][] = [
        ['POST', '/api/v1/cases', { case: { title: 'x' } }],
        ['PUT', at(id), { title: 'x' }],
        ['POST', at(id, '/status'), { action: 'start' }],
        ['PUT', at(id, '/assignees'), { assignees: [] }],
        ['POST', at(id, '/contents'), { object: written.id }],
        ['DELETE', at(id, `/contents/${written.id}`)],
        ['POST', at(id, '/notes'), { note: { text: 'x' } }],
        ['PUT', `/api/v1/notes/${written.id}`, { text: 'x' }],
        ['GET', at(id, '/export')],
        ['POST', `/api/v1/traces/${id}/case`, { case: { title: 'x' } }],
      ]
      const reads = ['', '/contents', '/timeline', '/guard', '/custody', '/custody/text'].map((rest): [string, string] => [
        'GET',
        at(id, rest),
      ])
      for (const [method, path, body] of [...doors, ...reads])
        expect((await world.nobody(method, path, body)).status, `${method} ${path}`).toBe(401)
      for (const [method, path, body] of doors)
        expect((await reader.ask(method, path, body, { 'if-match': '*' })).status, `${method} ${path}`).toBe(403)
      for (const [method, path, body] of [...doors.slice(1), ...reads])
        expect((await kim.ask(method, path, body, { 'if-match': '*' })).status, `${method} ${path}`).toBe(404)
      for (const [method, path] of reads) {
        const absent = await kim.ask(method, path.replace(id, ABSENT))
        const hidden = await kim.ask(method, path)
        expect({ ...hidden.json, detail: '', instance: '' }).toEqual({ ...absent.json, detail: '', instance: '' })
      }
    })

    it.each([
      [{ case: { title: '' } }, 400],
      [{ case: { title: ' ' } }, 422],
      [{ case: { title: 'a\u202eb' } }, 422],
      [{ case: { title: 'a\u0000b' } }, 422],
      [{ case: { title: 'a\nb' } }, 422],
      [{ case: { title: 'x'.repeat(201) } }, 400],
      [{ case: { title: 'x', status: 'closed' } }, 400],
      [{ case: { title: 'x', tags: ['\u200b'] } }, 422],
      [{ case: { title: 'x', references: [{ authority: 'FBI' }] } }, 400],
      [{ case: { title: 'x', assignees: ['me'] } }, 400],
      [{ case: { title: 'x', priority: 'extreme' } }, 400],
      [{ case: { title: 'x' }, label: { tlp: 'PINK' } }, 400],
      [{ case: { title: 'x' }, label: { tlp: 'AMBER', nations: ['PRK'] } }, 422],
    ])('refuses %j', async (body, status) => {
      expect((await ann.ask('POST', '/api/v1/cases', body)).status).toBe(status)
    })

    it('leaves a record that is sound: attached, taken out and attached again', async () => {
      const { id } = await open('Audited')
      const inner = await open('In and out')
      for (const method of ['POST', 'DELETE', 'POST']) {
        const path = at(id, method === 'POST' ? '/contents' : `/contents/${inner.id}`)
        expect((await ann.ask(method, path, method === 'POST' ? { object: inner.id } : undefined)).status).toBe(200)
      }
      const { keys, database, config, clock } = world.node.parts
      await signRecord({ database, keys, data: config.data, clock }, -1)
      const audit = await auditRecord(database, { origin: keys.record.key.name, logKeys: [keys.record.key], witnesses: [], quorum: 0 }, [])
      expect(audit.findings.filter(({ where }) => !where.startsWith('checkpoint'))).toEqual([])
    })

    it.each([`'; drop table object; --`, `" or 1=1`, '%_\\', '{{7*7}}'])('takes %s as the text that it is', async (text) => {
      const { id } = await open(`T ${text}`, undefined, { tags: [`t ${text}`] })
      const found = (await ann.ask('GET', `/api/v1/cases?tag=${encodeURIComponent(`t ${text}`)}`)).json.items
      expect(found.map((each: { id: string }) => each.id)).toEqual([id])
      expect(found[0].body.title).toBe(`T ${text}`)
      expect((await ann.ask('GET', `/api/v1/cases?assignee=${encodeURIComponent(text)}`)).status).toBe(400)
    })
  })
