import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DATABASES } from '../databases.ts'
import { type NodeWorld, nodeWorld, type Reply, type Someone } from '../world.ts'
import { recordOf, serveOwn } from './lists-of-tests.ts'

/** Fictitious. */
const OWN = (birth: string, more = '') => `id,name,kind,birth_date,nationality,passport
w1,Han Pyong Chol,person,${birth},KP,99887766
w2,Ryang Gwang Sop,person,,KP,
w3,Orion Byssus Trading Co,organisation,,KP,
${more}`

const DECISIONS = '/api/v1/screen/decisions'

for (const kind of DATABASES)
  describe.skipIf(kind.missing !== null)(`decisions on ${kind.name}${kind.missing === null ? '' : ` (skipped: ${kind.missing})`}`, () => {
    let world: NodeWorld
    let compliance: Someone
    let supervisor: Someone
    let both: Someone
    let seoul: Someone
    let close: () => Promise<void>
    beforeAll(async () => {
      const opened = await kind.open()
      close = opened.close
      world = await nodeWorld({ url: opened.url })
      await world.organisation('kr-npa', 'KOR')
      compliance = await world.someone('Cho', ['compliance'])
      supervisor = await world.someone('Sup', ['supervisor'])
      both = await world.someone('Both', ['compliance', 'supervisor'])
      seoul = await world.someone('Kim', ['compliance', 'supervisor'], 'kr-npa')
      await serveOwn(world, OWN('1971-03-09'))
    })
    afterAll(async () => {
      await world.close()
      await close()
    })

    const screen = (body: object, by = compliance): Promise<Reply> => by.ask('POST', '/api/v1/screen/name', body)
    const keep = async (customer: string, body: object, by = compliance): Promise<string> =>
      (await screen({ customer, keep: true, ...body }, by)).json.screening
    const decide = (screening: string, body: object, by = compliance): Promise<Reply> =>
      by.ask('POST', DECISIONS, { screening, version: 1, reason: 'looked at', ...body })
    const second = (decision: Reply, agrees: boolean, by = supervisor): Promise<Reply> =>
      by.ask(
        'POST',
        `${DECISIONS}/${decision.json.id}/second`,
        { agrees, reason: 'seen' },
        { 'if-match': decision.headers.get('etag') ?? '' },
      )
    const held = async (body: object): Promise<unknown> => (await screen(body)).json.answer.hits[0]?.held

    it('keeps a screening with its label, for its originator alone', async () => {
      const made = await screen({ name: 'Han Pyong Chol', customer: 'C-1', keep: true })
      expect(made.status).toBe(201)
      const path = `/api/v1/screen/screenings/${made.json.screening}`
      expect(made.headers.get('location')).toBe(path)
      const read = await compliance.ask('GET', path)
      expect(read.json).toMatchObject({
        kind: 'screening',
        label: { tlp: 'AMBER+STRICT', originator: 'home', nations: [] },
        body: {
          customer: 'C-1',
          ask: { about: 'name', query: { name: 'Han Pyong Chol' } },
          entries: [{ list: 'own-watch', id: 'w1', hash: expect.stringMatching(/^[0-9a-f]{64}$/) }],
        },
      })
      expect(read.json.body.answer).toEqual(made.json.answer)
      expect((await seoul.ask('GET', path)).status).toBe(404)
      expect((await seoul.ask('GET', '/api/v1/screen/screenings')).json).toEqual({ items: [] })
      expect((await seoul.ask('POST', `${path}/again`, {})).status).toBe(404)
      expect((await decide(made.json.screening, { decision: 'undecided' }, seoul)).json).toMatchObject({
        status: 404,
        code: 'node/not-found',
      })
    })

    it('shows a screening that was released, and lets its owner alone decide on it', async () => {
      const label = { tlp: 'AMBER', nations: ['KOR'] }
      const id = await keep('C-2', { name: 'Ryang Gwang Sop', label })
      expect((await seoul.ask('GET', `/api/v1/screen/screenings/${id}`)).status).toBe(200)
      expect((await seoul.ask('POST', `/api/v1/screen/screenings/${id}/again`, {})).json).toMatchObject({ version: 1, changes: [] })
      expect((await decide(id, { decision: 'undecided' }, seoul)).json).toMatchObject({ status: 403, code: 'node/not-owner' })
      // A decision is its own object: the screening's label does not open it.
      const decision = await decide(id, { decision: 'escalated', entry: { list: 'own-watch', id: 'w2' } })
      expect((await seoul.ask('GET', `${DECISIONS}/${decision.json.id}`)).status).toBe(404)
    })

    it('closes a decision as its screening is closed, whatever label it was given', async () => {
      const id = await keep('C-3', { name: 'Ryang Gwang Sop' })
      const decision = await decide(id, {
        decision: 'escalated',
        entry: { list: 'own-watch', id: 'w2' },
        label: { tlp: 'GREEN', nations: ['KOR'] },
      })
      expect(decision.status).toBe(201)
      expect((await seoul.ask('GET', `${DECISIONS}/${decision.json.id}`)).status).toBe(404)
      expect((await seoul.ask('GET', DECISIONS)).json.items.map(({ id: shown }: { id: string }) => shown)).not.toContain(decision.json.id)
    })

    it('lets a false positive of two persons hold back the hit, until the customer changes', async () => {
      const asked = { name: 'Han Pyong Chol', customer: 'C-10' }
      const made = await decide(await keep('C-10', { name: asked.name }), {
        decision: 'false-positive',
        entry: { list: 'own-watch', id: 'w1' },
      })
      expect(made.json.body).toMatchObject({
        state: 'waiting',
        by: compliance.id,
        second: null,
        needs: expect.stringContaining('0.9 or above'),
      })
      expect(await held(asked)).toBeNull()
      const agreed = await second(made, true)
      expect(agreed.json).toMatchObject({ version: 2, body: { state: 'standing', second: { by: supervisor.id, agrees: true } } })
      expect(await held(asked)).toBe('suppressed')
      const { json } = await screen(asked)
      expect(json.decisions).toEqual([{ record: 1, decision: made.json.id }])
      expect(json.answer.hits[0].reasons.at(-1)).toMatchObject({
        about: 'decision',
        rule: 'decision-suppresses',
        query: expect.stringContaining('#1 '),
      })
      // Another customer, another organisation, and the same customer with other data are not held back.
      expect(await held({ ...asked, customer: 'C-11' })).toBeNull()
      expect((await screen(asked, seoul)).json.answer.hits[0].held).toBeNull()
      const changed = await screen({ ...asked, birth: '1971-03-09' })
      expect(changed.json.answer.hits[0]).toMatchObject({ held: null, alert: true })
      expect(changed.json.answer.hits[0].reasons.map(({ rule }: { rule: string }) => rule)).toContain('decision-lapsed-customer-changed')
      const batch = await compliance.ask('POST', '/api/v1/screen/batch', { questions: [{ about: 'name', ...asked }] })
      expect(batch.json.totals).toMatchObject({ suppressed: 1, alerts: 0 })
      expect((await compliance.ask('POST', '/api/v1/screen/suppressions', { customer: 'C-10' })).json.suppressions).toMatchObject([
        { decision: made.json.id, list: 'own-watch', entry: 'w1', by: compliance.id, second: supervisor.id, entryNow: 'same' },
      ])
      expect((await seoul.ask('POST', '/api/v1/screen/suppressions', { customer: 'C-10' })).json.suppressions).toEqual([])
    })

    it('keeps the answer of the lists, so that a released screening tells nothing of decisions', async () => {
      const id = await keep('C-10', { name: 'Han Pyong Chol', label: { tlp: 'AMBER', nations: ['KOR'] } })
      const text = (await seoul.ask('GET', `/api/v1/screen/screenings/${id}`)).text
      expect(text).not.toContain('suppressed')
      expect(text).not.toContain(supervisor.id)
    })

    it('refuses the first person as the second, even with both roles', async () => {
      const made = await decide(
        await keep('C-20', { name: 'Han Pyong Chol' }, both),
        { decision: 'true-match', entry: { list: 'own-watch', id: 'w1' } },
        both,
      )
      expect(made.json.body.state).toBe('waiting')
      for (const agrees of [true, false])
        expect((await second(made, agrees, both)).json).toMatchObject({ status: 403, code: 'screen/four-eyes' })
      expect(
        (
          await compliance.ask(
            'POST',
            `${DECISIONS}/${made.json.id}/second`,
            { agrees: true, reason: 'x' },
            { 'if-match': made.headers.get('etag') ?? '' },
          )
        ).json,
      ).toMatchObject({
        status: 403,
        code: 'node/forbidden',
      })
      expect((await second(made, true, seoul)).status).toBe(404)
      expect((await supervisor.ask('POST', `${DECISIONS}/${made.json.id}/second`, { agrees: true, reason: 'x' })).status).toBe(428)
      expect((await second(made, true)).json.body.state).toBe('standing')
      expect((await second(made, true)).status).toBe(412)
    })

    it('takes the word of one person where the rules ask for no more, and of a second who wants to look', async () => {
      const id = await keep('C-30', { name: 'Ryang Gwang Sop' })
      const made = await decide(id, { decision: 'escalated', entry: { list: 'own-watch', id: 'w2' } })
      expect(made.json.body).toMatchObject({ state: 'standing', needs: null })
      const looked = await second(made, true)
      expect(looked.json.body).toMatchObject({ state: 'standing', second: { by: supervisor.id } })
      const again = await supervisor.ask(
        'POST',
        `${DECISIONS}/${made.json.id}/second`,
        { agrees: false, reason: 'x' },
        { 'if-match': looked.headers.get('etag') ?? '' },
      )
      expect(again.json).toMatchObject({ status: 409, code: 'node/conflict' })
    })

    it('counts what a second person refused, and any later doubt, against a suppression', async () => {
      const asked = { name: 'Orion Byssus Trading Co', customer: 'C-40' }
      const about = { entry: { list: 'own-watch', id: 'w3' } }
      await second(await decide(await keep('C-40', { name: asked.name }), { decision: 'false-positive', ...about }), true)
      expect(await held(asked)).toBe('suppressed')
      // A true match that still waits for its second person is a doubt already.
      await decide(await keep('C-40', { name: asked.name }), { decision: 'true-match', ...about })
      expect(await held(asked)).toBeNull()
      await second(await decide(await keep('C-40', { name: asked.name }), { decision: 'false-positive', ...about }), true)
      expect(await held(asked)).toBe('suppressed')
      await second(await decide(await keep('C-40', { name: asked.name }), { decision: 'false-positive', ...about }), false)
      expect(await held(asked)).toBeNull()
    })

    it.each([
      ['a hit that the answer has not', { decision: 'false-positive', entry: { list: 'own-watch', id: 'w3' } }, 422, 'screen/bad-decision'],
      ['no hit where there are hits', { decision: 'no-hit' }, 422, 'screen/bad-decision'],
      ['a true match of nobody', { decision: 'true-match' }, 422, 'screen/bad-decision'],
      ['a reason without a word', { decision: 'undecided', reason: ' …' }, 422, 'screen/bad-decision'],
      [
        'a day that does not exist',
        { decision: 'false-positive', entry: { list: 'own-watch', id: 'w1' }, expires: '2027-02-31' },
        422,
        'screen/bad-decision',
      ],
      [
        'a true match that expires',
        { decision: 'true-match', entry: { list: 'own-watch', id: 'w1' }, expires: '2027-01-31' },
        422,
        'screen/bad-decision',
      ],
      ['another version of the screening', { decision: 'undecided', version: 2 }, 412, 'node/changed'],
      ['a decision that there is not', { decision: 'shrug' }, 400, 'node/bad-request'],
      ['a second person by name', { decision: 'undecided', second: 'Kim' }, 400, 'node/bad-request'],
    ])('refuses %s', async (_what, body, status, code) => {
      const { json } = await decide(await keep('C-50', { name: 'Han Pyong Chol' }), body)
      expect(json).toMatchObject({ status, code })
    })

    it('lets nobody decide who may not', async () => {
      const id = await keep('C-51', { name: 'Han Pyong Chol' })
      expect((await decide(id, { decision: 'undecided' }, supervisor)).json).toMatchObject({ status: 403, code: 'node/forbidden' })
      expect((await world.nobody('POST', DECISIONS, { screening: id, version: 1, decision: 'undecided', reason: 'x' })).status).toBe(401)
    })

    it('lists decisions by state, by decision and by screening', async () => {
      const id = await keep('C-60', { name: 'Han Pyong Chol' })
      const made = await decide(id, { decision: 'true-match', entry: { list: 'own-watch', id: 'w1' } })
      const listed = async (query: string) =>
        (await compliance.ask('GET', `${DECISIONS}?${query}`)).json.items.map((item: { id: string }) => item.id)
      expect(await listed(`screening=${id}`)).toEqual([made.json.id])
      expect(await listed(`screening=${id}&state=standing`)).toEqual([])
      expect(await listed('decision=true-match&state=waiting')).toContain(made.json.id)
      const page = await compliance.ask('GET', `${DECISIONS}?limit=1`)
      expect((await compliance.ask('GET', `${DECISIONS}?limit=1&cursor=${page.json.next}`)).json.items).toHaveLength(1)
      expect((await supervisor.ask('GET', `${DECISIONS}?limit=1&cursor=${page.json.next}`)).status).toBe(400)
    })

    it('asks kept questions again after the lists changed: what lapsed, what is new, what is gone', async () => {
      const asked = { name: 'Han Pyong Chol', customer: 'C-70' }
      const id = await keep('C-70', { name: asked.name })
      const fresh = await keep('C-71', { name: 'Vesper Quillon Maritime' })
      await second(await decide(id, { decision: 'false-positive', entry: { list: 'own-watch', id: 'w1' } }), true)
      expect((await compliance.ask('POST', `/api/v1/screen/screenings/${id}/again`, {})).json).toMatchObject({
        changes: [],
        answer: { hits: [{ held: 'suppressed' }] },
      })
      const then = new Date().toISOString()
      await serveOwn(world, OWN('1972-03-09', 'w4,Vesper Quillon Maritime,organisation,,KP,\n'))
      // The entry is another now: the decision does not hold any more.
      expect(await held(asked)).toBeNull()
      const again = await compliance.ask('POST', `/api/v1/screen/screenings/${id}/again`, { language: 'fr' })
      expect(again.json.explanation.language).toBe('fr')
      expect(again.json.changes).toMatchObject([
        { kind: 'alert-changed' },
        { kind: 'suppression-lapsed', cause: 'entry', lapse: { record: 1, why: 'entry-changed' } },
      ])
      const ask = async (path: string, body: object) => (await compliance.ask('POST', `/api/v1/screen/${path}again`, body)).json
      // As the lists were, nothing had come and nothing lapsed.
      for (const path of [`screenings/${id}/`, `screenings/${fresh}/`]) expect((await ask(path, { at: then })).changes).toEqual([])
      expect((await ask(`screenings/${id}/`, { at: then })).answer.hits).toMatchObject([{ held: 'suppressed' }])
      expect((await ask(`screenings/${fresh}/`, { lists: ['own-watch'] })).changes).toMatchObject([{ kind: 'new-hit' }])
      const asThen = (await ask('', { at: then, limit: 50 })).items.map(({ screening }: { screening: string }) => screening)
      for (const same of [id, fresh]) expect(asThen).not.toContain(same)
      const page = await ask('', { lists: ['own-watch'], limit: 1 })
      expect(page).toMatchObject({ screenings: 1, next: expect.any(String) })
      // A page of other lists is another question.
      expect((await ask('', { limit: 1, cursor: page.next })).status).toBe(400)
      for (const path of ['', `screenings/${fresh}/`]) {
        expect((await ask(path, { at: then, keep: true })).code).toBe('node/bad-request')
        expect((await ask(path, { lists: ['no-such'] })).code).toBe('screen/no-lists')
        expect((await ask(path, { at: '2999-01-01T00:00:00Z' })).code).toBe('list/bad-option')
        expect((await ask(path, { matcher: 'cordon-999' })).code).toBe('screen/other-matcher')
      }
      const etag = (await compliance.ask('GET', `/api/v1/screen/screenings/${fresh}`)).headers.get('etag') ?? ''
      expect((await compliance.ask('POST', `/api/v1/screen/screenings/${fresh}/again`, { keep: true })).status).toBe(428)
      const kept = await compliance.ask('POST', `/api/v1/screen/screenings/${fresh}/again`, { keep: true }, { 'if-match': etag })
      expect(kept.json).toMatchObject({ version: 2, changes: [{ kind: 'new-hit', list: 'own-watch', entry: 'w4', cause: 'list' }] })
      expect((await compliance.ask('GET', `/api/v1/screen/screenings/${fresh}`)).json).toMatchObject({
        version: 2,
        body: { customer: 'C-71', entries: [{ id: 'w4' }] },
      })

      const pages: { screening: string }[] = []
      let cursor: string | undefined
      let screenings = 0
      do {
        const { json } = await compliance.ask('POST', '/api/v1/screen/again', { limit: 7, keep: true, ...(cursor && { cursor }) })
        pages.push(...json.items)
        screenings += json.screenings
        cursor = json.next
      } while (cursor !== undefined)
      expect(screenings).toBeGreaterThan(14)
      expect(pages.map(({ screening }) => screening)).toContain(id)
      expect(pages.map(({ screening }) => screening)).not.toContain(fresh)
      // What was kept is up to date: the second time nothing differs.
      expect((await compliance.ask('POST', '/api/v1/screen/again', { limit: 50, keep: true })).json.items).toEqual([])
      expect((await seoul.ask('POST', '/api/v1/screen/again', { keep: true })).json).toMatchObject({ screenings: 0, items: [] })
    })

    it('keeps names, customers and reasons out of the record', async () => {
      const record = await recordOf(world)
      for (const secret of ['Pyong', 'Ryang', 'Byssus', 'Quillon', 'C-10', 'C-70', 'looked at', 'seen'])
        expect(record).not.toContain(secret)
      expect(record).toContain('"action":"decision.second"')
    })
  })
