import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type NodeWorld, nodeWorld, type Someone } from '../world.ts'
import { haveUn, recordOf, serveOwn, serveUn } from './lists-of-tests.ts'

const NAME = '/api/v1/screen/name'
const WALLET = '/api/v1/screen/wallet'
const VESSEL = '/api/v1/screen/vessel'
const BATCH = '/api/v1/screen/batch'

/** Fictitious. */
const OWN = `id,name,kind,aliases,birth_date,nationality,wallet,imo,passport
w1,"HAN, Pyong Chol",person,한병철;韓炳哲,1971-03-09,KP,0x1111111111111111111111111111111111111111,,99887766
v1,Chil Song San 9,vessel,,,KP,,9074729,
`

describe('screening over HTTP', () => {
  let world: NodeWorld
  let compliance: Someone
  let auditor: Someone
  beforeAll(async () => {
    world = await nodeWorld()
    compliance = await world.someone('Cho', ['compliance'])
    auditor = await world.someone('Aud', ['auditor'])
  })
  afterAll(() => world.close())

  it('says that there is no list, and what to do, before one is imported', async () => {
    await world.node.parts.screening.lists.refresh()
    for (const [path, body] of [
      [NAME, { name: 'Han Pyong Chol' }],
      [WALLET, { address: '0x1111111111111111111111111111111111111111' }],
      [VESSEL, { imo: '9074729' }],
      [BATCH, { questions: [{ about: 'name', name: 'Han Pyong Chol' }] }],
    ] as const) {
      const { status, json } = await compliance.ask('POST', path, body)
      expect(status, path).toBe(503)
      expect(json).toMatchObject({ code: 'node/no-lists', remedy: expect.stringContaining('cordon lists import') })
    }
    await serveOwn(world, OWN)
  })

  it('finds a person by name, birth date and paper, and says why in the language that is asked for', async () => {
    const asked = {
      name: '한병철',
      birth: '1971-03-09',
      countries: ['North Korea'],
      papers: [{ kind: 'passport', value: '99887766', country: 'KP' }],
    }
    const { status, json } = await compliance.ask('POST', NAME, { ...asked, language: 'ko' })
    expect(status).toBe(200)
    expect(json).toMatchObject({
      ask: { about: 'name', query: { name: '한병철', countries: ['KP'], birth: { from: '1971-03-09' } } },
      answer: { outcome: 'potential-match', matcher: 'cordon-1', hits: [{ list: 'own-watch', entry: 'w1', alert: true }] },
      explanation: { language: 'ko', hits: [{ standing: '경보' }] },
      screening: null,
    })
    const texts = await Promise.all(
      ['en', 'fr', 'ko', 'ja'].map(async (language) =>
        (await compliance.ask('POST', NAME, { ...asked, language })).json.explanation.hits[0].reasons.join(),
      ),
    )
    expect(new Set(texts).size).toBe(4)
  })

  it('finds a wallet in any letter case, and nobody at another address', async () => {
    const found = await compliance.ask('POST', WALLET, { address: '0x1111111111111111111111111111111111111111', asset: 'ETH' })
    expect(found.json.answer.hits).toMatchObject([{ entry: 'w1', score: 1, alert: true, matched: null }])
    const none = await compliance.ask('POST', WALLET, { address: '0x2222222222222222222222222222222222222222' })
    expect(none.json.answer).toMatchObject({ outcome: 'no-potential-match', hits: [] })
    const no = await compliance.ask('POST', WALLET, { address: 'no address' })
    expect(no.json.answer).toMatchObject({
      outcome: 'not-screened',
      notes: expect.arrayContaining([expect.objectContaining({ code: 'wallet-fault' })]),
    })
  })

  it('finds a ship by number and by name', async () => {
    expect((await compliance.ask('POST', VESSEL, { imo: 'IMO 9074729' })).json.answer.hits).toMatchObject([{ entry: 'v1', alert: true }])
    expect((await compliance.ask('POST', VESSEL, { name: 'CHILSONGSAN 9', flag: 'KP' })).json.answer.hits).toMatchObject([{ entry: 'v1' }])
    const nothing = await compliance.ask('POST', VESSEL, { flag: 'KP' })
    expect(nothing.status).toBe(422)
    expect(nothing.json).toMatchObject({ code: 'screen/bad-query', place: 'imo' })
  })

  it('answers many questions, and tells of each that cannot be asked', async () => {
    const questions = [
      { about: 'name', name: 'Han Pyong-chol', customer: 'C-1' },
      { about: 'wallet', address: '0x1111111111111111111111111111111111111111' },
      { about: 'vessel', flag: 'KP' },
      { about: 'name', name: 'x'.repeat(600) },
      { about: 'name', name: 'Maria Gonzalez' },
      // Empty cells of a table.
      { about: 'name', name: '' },
      { about: 'wallet', address: '' },
      { about: 'vessel', imo: '', name: '', flag: 'KP' },
      { about: 'name', name: 'Han Pyong-chol', family: '', given: '', birth: '' },
    ]
    const { status, json } = await compliance.ask('POST', BATCH, { questions, language: 'ja' })
    expect(status).toBe(200)
    expect(json.totals).toMatchObject({ questions: 9, withHits: 3, clean: 1, refused: 5 })
    expect(json.rows.map((row: { refused: { code: string } | null }) => row.refused?.code ?? null)).toEqual([
      null,
      null,
      'screen/bad-query',
      'screen/name-too-long',
      null,
      'screen/bad-query',
      'screen/bad-query',
      'screen/bad-query',
      null,
    ])
    expect(json.rows[0]).toMatchObject({ number: 1, customer: 'C-1', explanation: { language: 'ja' } })
    const single = await compliance.ask('POST', NAME, { name: 'Han Pyong-chol' })
    expect(json.rows[0].answer.hits).toEqual(single.json.answer.hits)
    expect(json.rows[8].answer.hits).toEqual(single.json.answer.hits)
    for (const [path, body] of [
      [NAME, { name: '' }],
      [WALLET, { address: '' }],
    ] as const)
      expect((await compliance.ask('POST', path, body)).json).toMatchObject({ status: 422, code: 'screen/bad-query' })
  })

  it('answers a thousand questions at once, and not one more', async () => {
    const questions = Array.from({ length: 1_000 }, (_, i) => ({ about: 'wallet', address: `0x${String(i).padStart(40, '0')}` }))
    expect((await compliance.ask('POST', BATCH, { questions })).json.totals).toMatchObject({ questions: 1_000, clean: 1_000 })
    expect((await compliance.ask('POST', BATCH, { questions: [...questions, questions[0]] })).json).toMatchObject({
      code: 'node/bad-request',
    })
  })

  it('takes a setting, chosen lists and the matcher that is asked for', async () => {
    const strict = (await compliance.ask('POST', NAME, { name: 'Han Pyong Chol', setting: { alert: 1 } })).json.answer
    expect(strict).toMatchObject({
      setting: { list: 0.5, alert: 1, limit: 20 },
      hits: [{ entry: 'w1', alert: false, held: 'below-alert' }],
    })
    expect((await compliance.ask('POST', NAME, { name: 'Han Pyong Chol', lists: ['own-watch'] })).json.answer.lists).toMatchObject([
      { list: 'own-watch' },
    ])
    expect((await compliance.ask('POST', NAME, { name: 'Han Pyong Chol', lists: ['un-sc'] })).json).toMatchObject({
      code: 'screen/no-lists',
    })
    expect((await compliance.ask('POST', NAME, { name: 'Han Pyong Chol', matcher: 'cordon-1' })).status).toBe(200)
    expect((await compliance.ask('POST', NAME, { name: 'Han Pyong Chol', matcher: 'cordon-999' })).json).toMatchObject({
      code: 'screen/other-matcher',
    })
  })

  it('refuses a day before any list, and one that is to come', async () => {
    const early = await compliance.ask('POST', NAME, { name: 'Han Pyong Chol', at: '2001-01-01T00:00:00Z' })
    expect(early.json).toMatchObject({ status: 422, code: 'screen/no-lists' })
    expect(early.text).not.toContain(world.data)
    expect((await compliance.ask('POST', NAME, { name: 'Han Pyong Chol', at: '2999-01-01T00:00:00Z' })).json).toMatchObject({
      code: 'list/bad-option',
    })
  })

  it('is open to who may screen, and to nobody else', async () => {
    for (const path of [NAME, WALLET, VESSEL, BATCH, '/api/v1/screen/suppressions', '/api/v1/screen/again']) {
      const body = { name: 'Han', address: 'x', imo: '1', questions: [{ about: 'vessel', imo: '1' }], customer: 'C' }
      const fit =
        { [NAME]: { name: 'Han' }, [WALLET]: { address: 'x' }, [VESSEL]: { imo: '1' }, [BATCH]: { questions: body.questions } }[path] ??
        (path.endsWith('again') ? {} : { customer: 'C' })
      const closed = await auditor.ask('POST', path, fit)
      expect([closed.status, closed.json.code], path).toEqual([403, 'node/forbidden'])
      expect((await world.nobody('POST', path, fit)).status, path).toBe(401)
    }
  })

  it.each([
    ['a number for a name', { name: 5 }],
    ['null for a name', { name: null }],
    ['a property that there is not', { name: 'Han', nmae: 'Han' }],
    ['a prototype', JSON.parse('{"name":"Han","__proto__":{"name":"Kim"}}')],
    ['another kind', { name: 'Han', kind: 'god' }],
    ['an object for countries', { name: 'Han', countries: { KP: true } }],
    ['too many names', { name: 'Han', otherNames: Array.from({ length: 21 }, () => 'Han') }],
    ['a paper of no kind', { name: 'Han', papers: [{ kind: 'library-card', value: '1' }] }],
    ['a score above 1', { name: 'Han', setting: { alert: 1.1 } }],
    ['a limit of none', { name: 'Han', setting: { limit: 0 } }],
    ['another language', { name: 'Han', language: 'de' }],
    ['the path of a list', { name: 'Han', lists: ['../own-watch'] }],
    ['no time', { name: 'Han', at: 'yesterday' }],
    ['a name of a hundred thousand signs', { name: 'x'.repeat(100_000) }],
  ])('refuses %s', async (_what, body) => {
    const { status, json } = await compliance.ask('POST', NAME, body)
    expect([status, json.code]).toEqual([400, 'node/bad-request'])
  })

  it.each([
    ['a name that is too long to compare', { name: '김'.repeat(501) }, 'screen/name-too-long'],
    ['a name with U+0000', { name: 'Han\u0000Pyong' }, 'database/bad-text'],
    ['half of a surrogate pair', { name: 'Han \ud800' }, 'database/bad-text'],
    ['nothing to look for', {}, 'screen/bad-query'],
    ['a given name alone', { name: 'Han', given: 'Pyong' }, 'screen/bad-query'],
    ['a day that does not exist', { name: 'Han', birth: '2001-02-31' }, 'screen/bad-query'],
    ['a country that is none', { name: 'Han', countries: ['Atlantis'] }, 'screen/bad-query'],
  ])('does not answer %s', async (_what, body, code) => {
    const { status, json } = await compliance.ask('POST', NAME, body)
    expect([status, json.code, typeof json.remedy]).toEqual([422, code, 'string'])
  })

  it('refuses a body over the limit', async () => {
    const { status, json } = await compliance.ask('POST', NAME, { name: 'x'.repeat(2_000_000) })
    expect([status, json.code]).toEqual([413, 'node/too-large'])
  })

  it('looks through control characters, signs that reorder text and full-width letters', async () => {
    for (const name of ['Han\u0007 Pyong\u202e Chol', 'ＨＡＮ　ＰＹＯＮＧ　ＣＨＯＬ', 'HAN\r\nPYONG\tCHOL'])
      expect((await compliance.ask('POST', NAME, { name })).json.answer.hits, JSON.stringify(name)).toMatchObject([{ entry: 'w1' }])
  })

  it('keeps of a question in the record its keyed hash, the lists, the matcher and numbers, and neither names nor addresses', async () => {
    await compliance.ask('POST', NAME, { name: 'Zebulon Quartermaine', customer: 'CUSTOMER-77', otherNames: ['제불론'] })
    await compliance.ask('POST', NAME, { name: 'Zebulon Quartermaine', birth: 'Quartermaine' })
    await compliance.ask('POST', WALLET, { address: '0x3333333333333333333333333333333333333333' })
    await compliance.ask('POST', BATCH, { questions: [{ about: 'name', name: 'Zebulon Quartermaine', customer: 'CUSTOMER-77' }] })
    const record = await recordOf(world)
    for (const secret of ['ebulon', 'uartermaine', '제불론', '0x3333', 'CUSTOMER-77', 'Pyong', '한병철', '99887766'])
      expect(record).not.toContain(secret)
    const [plain] = record
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter(({ action, outcome }) => action === 'screen.name' && outcome === 'done')
      .slice(-1)
    expect(plain.detail).toEqual({
      question: expect.stringMatching(/^[0-9a-f]{64}$/),
      questions: 1,
      lists: expect.stringMatching(/^own-watch:undated-[0-9a-f]{16}$/),
      matcher: 'cordon-1',
      hits: 0,
      alerts: 0,
      best: null,
    })
    // Nobody without the node's key finds the question by guessing.
    const query = {
      birth: null,
      countries: [],
      family: null,
      given: null,
      kind: null,
      name: 'Zebulon Quartermaine',
      otherNames: ['제불론'],
      papers: [],
      sex: null,
    }
    expect(plain.detail.question).not.toBe(
      createHmac('sha256', '')
        .update(JSON.stringify([{ about: 'name', query }]))
        .digest('hex'),
    )
    const mark = world.node.parts.screening.mark([{ about: 'name', query }])
    expect(plain.detail.question).toBe(mark)
  })

  it('answers a request with the same Idempotency-Key once', async () => {
    const body = { name: 'Han Pyong Chol', keep: true }
    const headers = { 'idempotency-key': 'screen-once-1' }
    const first = await compliance.ask('POST', NAME, body, headers)
    const second = await compliance.ask('POST', NAME, body, headers)
    expect(first.status).toBe(201)
    expect(second.json).toEqual(first.json)
    expect(second.headers.get('idempotent-replayed')).toBe('true')
  })
})

describe.skipIf(!haveUn)('screening on the list of the UN Security Council', () => {
  let world: NodeWorld
  let compliance: Someone
  beforeAll(async () => {
    world = await nodeWorld()
    compliance = await world.someone('Cho', ['compliance'])
    await serveUn(world)
  })
  afterAll(() => world.close())

  it('finds KPi.024 by its name in Hangul', async () => {
    const { json } = await compliance.ask('POST', NAME, { name: '김영철', kind: 'person', language: 'ko' })
    expect(json.answer.lists).toMatchObject([{ list: 'un-sc', version: '2026-02-27-28e8819f0d7b880e', entries: 1003 }])
    expect(json.answer.hits[0]).toMatchObject({ entry: 'KPi.024', primary: 'KIM YONG CHOL', alert: true, score: 0.99 })
    expect(json.explanation.text).toContain('un-sc 2026-02-27-28e8819f0d7b880e')
  })

  it('finds him by birth date and passport with certainty, as the command line does', async () => {
    const papers = [{ kind: 'passport', value: '472310168', country: 'KP' }]
    const { json } = await compliance.ask('POST', NAME, { name: 'Kim Yong Chol', birth: '1962-02-18', papers })
    expect(json.answer.hits).toMatchObject([{ entry: 'KPi.024', score: 1, alert: true }])
  })

  it('reads an entry, and says on which day it was listed', async () => {
    const entry = await compliance.ask('GET', '/api/v1/lists/un-sc/entries/KPi.024')
    expect(entry.json).toMatchObject({ version: '2026-02-27-28e8819f0d7b880e', entry: { id: 'KPi.024', listedOn: { text: '2016-03-02' } } })
    const before = await compliance.ask('GET', '/api/v1/lists/un-sc/entries/KPi.024/history?on=2016-03-01')
    expect(before.json).toMatchObject({ knew: { version: null }, says: [{ id: 'KPi.024', verdict: 'not-listed' }] })
    const after = await compliance.ask('GET', '/api/v1/lists/un-sc/entries/KPi.024/history?on=2016-03-02')
    expect(after.json.says).toMatchObject([{ id: 'KPi.024', verdict: 'listed' }])
    const named = await compliance.ask('POST', '/api/v1/lists/history', { query: 'yong chol', on: '2020-01-01' })
    expect(named.json.lists).toMatchObject([{ list: 'un-sc', says: expect.arrayContaining([expect.objectContaining({ id: 'KPi.024' })]) }])
    expect(await recordOf(world)).not.toContain('yong chol')
  })
})
