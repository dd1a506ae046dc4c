import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importLedger } from '../../../src/ledger/index.ts'
import { address, hash } from '../../trace/world.ts'
import { ended, upload } from '../files/work.ts'
import { type NodeWorld, nodeWorld, type Someone } from '../world.ts'
import { recordOf, serveOwn } from './lists-of-tests.ts'

const [WALLET, LISTED, EXCHANGE] = [1, 9, 20]
const TOKEN = `0x${'aa'.repeat(20)}`
/** From the listed account over another to the wallet, with as much again from elsewhere. */
const MOVES: readonly (readonly [number, number, bigint])[] = [
  [LISTED, 3, 50n],
  [3, WALLET, 50n],
  [EXCHANGE, WALLET, 50n],
]
/** Fictitious. */
const OWN = (more = '') => `id,name,kind,wallet\nw1,Orion Byssus,person,ETH:${address(LISTED)}\n${more}`

const CUSTOMERS = `customer id,name,wallet
C-1,Orion Byssus,
C-2,Vesper Quillon,
C-3,,${address(LISTED)}
C-4,,
`

describe('screening files, and wallets over a ledger', () => {
  let root: string
  let world: NodeWorld
  let compliance: Someone
  let supervisor: Someone
  let seoul: Someone
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'cordon-screen-files-'))
    const rows = MOVES.map(([from, to, value], i) =>
      [TOKEN, address(from), address(to), value, hash(i + 1), 0, 17_000_000 + i, `2023-04-08 04:26:${10 + i} UTC`].join(','),
    )
    const header = 'token_address,from_address,to_address,value,transaction_hash,log_index,block_number,block_timestamp'
    await writeFile(join(root, 'transfers.csv'), `${[header, ...rows].join('\n')}\n`)
    await importLedger({ paths: [join(root, 'transfers.csv')], directory: join(root, 'ledger'), genesis: true })
    world = await nodeWorld({
      change: (config) => ({
        ...config,
        library: { ...config.library, ledgers: { eth: join(root, 'ledger') } },
        limits: { ...config.limits, reserveMiB: 0 },
      }),
    })
    await world.organisation('kr-npa', 'KOR')
    compliance = await world.someone('Cho', ['compliance'])
    supervisor = await world.someone('Sup', ['supervisor'])
    seoul = await world.someone('Kim', ['compliance'], 'kr-npa')
    await serveOwn(world, OWN())
  })
  afterAll(async () => {
    await world?.close()
    await rm(root, { recursive: true, force: true })
  })

  const run = async (path: string, body: object) => {
    const started = await compliance.ask('POST', path, body)
    expect(started.status, started.text).toBe(202)
    return await ended(compliance, started.json.id)
  }
  const content = async (file: string): Promise<string> => (await compliance.ask('GET', `/api/v1/files/${file}/content`)).text

  it('screens a file by a job, whose results are files with the job’s label', async () => {
    const job = await run('/api/v1/screen/files', { upload: await upload(world, compliance, 'customers.csv', CUSTOMERS), language: 'fr' })
    expect(job.body, JSON.stringify(job.body.error)).toMatchObject({
      status: 'done',
      result: {
        matcher: 'cordon-1',
        lists: [{ list: 'own-watch' }],
        totals: { rows: 4, subjects: 3, withHits: 2, clean: 1, refusedRows: 1 },
      },
    })
    const { files } = job.body.result
    const answers = (await content(files['answers.jsonl']))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(answers.map(({ customer, asks }) => [customer, asks[0].answer.hits.map(({ entry }: { entry: string }) => entry)])).toEqual([
      ['C-1', ['w1']],
      ['C-2', []],
      ['C-3', ['w1']],
    ])
    expect(await content(files['refused.jsonl'])).toContain('names nobody')
    expect(await content(files['summary.csv'])).toContain('C-1')
    for (const file of Object.values(files)) expect((await seoul.ask('GET', `/api/v1/files/${file}`)).status).toBe(404)
  })

  it('holds back what two persons found to be false, and asks a batch again after the lists changed', async () => {
    const kept = await compliance.ask('POST', '/api/v1/screen/name', { name: 'Orion Byssus', customer: 'C-1', keep: true })
    const decision = await compliance.ask('POST', '/api/v1/screen/decisions', {
      screening: kept.json.screening,
      version: 1,
      decision: 'false-positive',
      entry: { list: 'own-watch', id: 'w1' },
      reason: 'another',
    })
    await supervisor.ask(
      'POST',
      `/api/v1/screen/decisions/${decision.json.id}/second`,
      { agrees: true, reason: 'seen' },
      { 'if-match': decision.headers.get('etag') ?? '' },
    )
    const { body } = await run('/api/v1/screen/files', { upload: await upload(world, compliance, 'customers.csv', CUSTOMERS) })
    expect(body.result.totals).toMatchObject({ hits: 2, suppressed: 1, alerts: 1 })

    const then = new Date().toISOString()
    await serveOwn(world, OWN('w2,Vesper Quillon,person,\n'))
    const again = await run('/api/v1/screen/files/again', { file: body.result.files['answers.jsonl'] })
    expect(again.body, JSON.stringify(again.body.error)).toMatchObject({
      status: 'done',
      result: { totals: { subjects: 3, differing: 1, changes: { 'new-hit': 1 } } },
    })
    const [change] = (await content(again.body.result.files['changes.jsonl']))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(change).toMatchObject({ kind: 'new-hit', customer: 'C-2', entry: 'w2', cause: 'entry' })

    const path = '/api/v1/screen/files/again'
    const file = body.result.files['answers.jsonl']
    const asThen = await run(path, { file, at: then, lists: ['own-watch'] })
    expect(asThen.body.result, JSON.stringify(asThen.body.error)).toMatchObject({ totals: { subjects: 3, differing: 0 } })
    const strict = await run(path, { file, setting: { limit: 1, alert: 1 } })
    expect(strict.body.status, JSON.stringify(strict.body.error)).toBe('done')
    const [now] = (await content(strict.body.result.files['answers.jsonl'])).split('\n', 1)
    expect(JSON.parse(now as string).asks[0].answer.setting).toMatchObject({ limit: 1, alert: 1 })
    const none = await compliance.ask('POST', path, { file, lists: ['no-such'] })
    expect((await ended(compliance, none.json.id)).body.error).toMatchObject({ code: 'screen/no-lists' })
    for (const [more, code] of [
      [{ matcher: 'cordon-999' }, 'screen/other-matcher'],
      [{ at: '2999-01-01T00:00:00Z' }, 'list/bad-option'],
    ] as const)
      expect((await compliance.ask('POST', path, { file, ...more })).json.code).toBe(code)
  })

  it('traces what reached a wallet back to a listed party', async () => {
    const job = await run('/api/v1/screen/exposures', { ledger: 'eth', wallet: address(WALLET), language: 'ja' })
    expect(job.body, JSON.stringify(job.body.error)).toMatchObject({
      status: 'done',
      subject: { ledger: 'eth' },
      result: { itself: 0, counterparties: 0 },
    })
    expect(job.body.result.headline).not.toBeNull()
    const exposure = JSON.parse(await content(job.body.result.file))
    expect(exposure).toMatchObject({
      format: 'cordon-exposure',
      assets: [{ reached: '100', fromListed: { numerator: '50', denominator: '100' } }],
    })
    expect(JSON.stringify(job.body.subject) + job.body.title).not.toContain(address(WALLET))
  })

  it('screens a file by the lists as they were, and by the matcher that is asked for', async () => {
    const body = { upload: await upload(world, compliance, 'customers.csv', CUSTOMERS), matcher: 'cordon-1' }
    const before = await compliance.ask('POST', '/api/v1/screen/files', { ...body, at: '2001-01-01T00:00:00Z' })
    expect((await ended(compliance, before.json.id)).body).toMatchObject({ status: 'failed', error: { code: 'screen/no-lists' } })
    const again = { ...body, upload: await upload(world, compliance, 'customers.csv', CUSTOMERS) }
    const job = await run('/api/v1/screen/files', { ...again, at: new Date().toISOString() })
    expect(job.body.result, JSON.stringify(job.body.error)).toMatchObject({ matcher: 'cordon-1', totals: { withHits: 3 } })
    for (const [more, code] of [
      [{ matcher: 'cordon-999' }, 'screen/other-matcher'],
      [{ at: '2999-01-01T00:00:00Z' }, 'list/bad-option'],
    ] as const)
      expect((await compliance.ask('POST', '/api/v1/screen/files', { file: again.upload, ...more })).json.code).toBe(code)
  })

  it.each([
    ['no file', '/api/v1/screen/files', {}, 'jobs/no-input'],
    ['an upload of nobody', '/api/v1/screen/files', { upload: '01900000-0000-7000-8000-000000000000' }, null],
    ['a column for what there is not', '/api/v1/screen/files', { columns: { shoe: ['x'] } }, 'node/bad-request'],
    ['a ledger that there is not', '/api/v1/screen/exposures', { ledger: 'btc', wallet: 'x' }, 'node/not-found'],
    ['one hop', '/api/v1/screen/exposures', { ledger: 'eth', wallet: 'x', parameters: { maxHops: 1 } }, 'node/bad-request'],
  ])('refuses %s', async (_what, path, body, code) => {
    const { status, json } = await compliance.ask('POST', path, body)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
    if (code !== null) expect(json.code).toBe(code)
  })

  it('fails by what is wrong with the file or the wallet, without a path', async () => {
    const bad = await run('/api/v1/screen/files', { upload: await upload(world, compliance, 'customers.csv', 'a,b\n1,2\n') })
    expect(bad.body).toMatchObject({ status: 'failed', error: { code: 'screen/no-columns' } })
    const wallet = await run('/api/v1/screen/exposures', { ledger: 'eth', wallet: 'no address' })
    expect(wallet.body).toMatchObject({ status: 'failed', error: { code: 'screen/not-an-account' } })
    expect(JSON.stringify([bad.body, wallet.body])).not.toContain(world.data)
  })

  it('keeps customers and wallets out of the record', async () => {
    const record = await recordOf(world)
    for (const secret of ['Byssus', 'Quillon', 'C-1"', address(WALLET), address(LISTED)]) expect(record).not.toContain(secret)
  })
})
