import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLedger } from '../../../src/ledger/index.ts'
import { ended, sha256, upload } from '../files/work.ts'
import { type SmallWorld, smallWorld } from '../traces/small-world.ts'
import { type NodeWorld, nodeWorld, type Someone } from '../world.ts'

let small: SmallWorld
let world: NodeWorld
let ann: Someone
let kim: Someone
let csv: string
beforeAll(async () => {
  small = await smallWorld()
  csv = await readFile(small.transfers, 'utf8')
  world = await nodeWorld({
    change: (config) => ({
      ...config,
      library: { ...config.library, ledgers: { eth: small.ledger } },
      limits: { ...config.limits, reserveMiB: 0, jobs: 2 },
    }),
  })
  await world.organisation('kr-npa', 'KOR')
  ann = await world.someone('Ann', ['analyst'])
  kim = await world.someone('Kim', ['analyst'], 'kr-npa')
})
afterAll(async () => {
  await world?.close()
  await small?.close()
})

async function newLedger(who: Someone, more: object = {}): Promise<string> {
  const made = await who.ask('POST', '/api/v1/ledgers', { name: 'case data', ...more })
  expect(made.status, made.text).toBe(201)
  return made.json.key
}

async function imported(who: Someone, ledger: string, name: string, content: Uint8Array | string, more: object = {}, way = 'import') {
  const started = await who.ask('POST', `/api/v1/ledgers/${ledger}/${way}`, { uploads: [await upload(world, who, name, content)], ...more })
  expect(started.status, started.text).toBe(202)
  return await ended(who, started.json.id)
}

describe('a ledger of the configuration', () => {
  it('is there for everybody who may read ledgers, without a path', async () => {
    const { hash } = (await openLedger(small.ledger)).manifest
    for (const who of [ann, kim]) {
      const { json, text } = await who.ask('GET', '/api/v1/ledgers/eth')
      expect(json).toMatchObject({
        key: 'eth',
        imported: false,
        content: { hash, transfers: 4000, genesis: true },
        sources: [{ name: 'part-00000.csv' }],
      })
      expect(text).not.toContain(small.folder)
    }
    expect((await ann.ask('GET', '/api/v1/ledgers')).json.items[0].key).toBe('eth')
    const subscriber = await world.someone('Sub', ['subscriber'])
    expect((await subscriber.ask('GET', '/api/v1/ledgers/eth')).status).toBe(403)
    expect((await world.nobody('GET', '/api/v1/ledgers/eth')).status).toBe(401)
  })

  it('answers what an account had moved and held, to the unit', async () => {
    const ledger = await openLedger(small.ledger)
    const address = small.seeds[0] as string
    const [account] = await ledger.accountIds([address])
    const { json } = await ann.ask('GET', `/api/v1/ledgers/eth/accounts/${address}`)
    const degrees = await ledger.degrees([account as number])
    expect([json.transfersIn, json.transfersOut]).toEqual([degrees.in[0], degrees.out[0]])
    for (const { asset, received, sent, balance } of json.assets) {
      const at = ledger.manifest.assets.findIndex(({ id }) => id === asset)
      expect(BigInt(received) - BigInt(sent)).toBe(BigInt(balance))
      expect(await ledger.balanceAt(account as number, at, ledger.manifest.transfers)).toBe(BigInt(balance))
    }
    await ledger.close()
  })

  it('gives the transfers of an account page by page, each once and in order', async () => {
    const address = small.seeds[0] as string
    const all = (await ann.ask('GET', `/api/v1/ledgers/eth/accounts/${address}/transfers?limit=200`)).json.items
    expect(all.length).toBeGreaterThan(3)
    const paged: unknown[] = []
    let next = ''
    do {
      const { json } = await ann.ask('GET', `/api/v1/ledgers/eth/accounts/${address}/transfers?limit=2${next}`)
      paged.push(...json.items)
      next = json.next === undefined ? '' : `&cursor=${json.next}`
    } while (next !== '')
    expect(paged).toEqual(all)
    const out = (await ann.ask('GET', `/api/v1/ledgers/eth/accounts/${address}/transfers?direction=out&limit=200`)).json.items
    expect(out).toEqual(all.filter(({ from }: any) => from === address.toLowerCase()))
    const later = (await ann.ask('GET', `/api/v1/ledgers/eth/accounts/${address}/transfers?from=${all[2].time}&limit=200`)).json.items
    expect(later).toEqual(all.filter(({ time }: any) => time >= all[2].time))
    const other = await ann.ask('GET', `/api/v1/ledgers/eth/accounts/${small.seeds[0]}/transfers?limit=1`)
    expect((await kim.ask('GET', `/api/v1/ledgers/eth/accounts/${address}/transfers?limit=1&cursor=${other.json.next}`)).json.code).toBe(
      'node/bad-token',
    )
  })

  it('gives a transaction by its hash, and says what it does not hold', async () => {
    const [first] = (await ann.ask('GET', `/api/v1/ledgers/eth/accounts/${small.seeds[0]}/transfers?limit=1`)).json.items
    const { json } = await ann.ask('GET', `/api/v1/ledgers/eth/transactions/${first.transaction}`)
    expect(json.transfers).toContainEqual(first)
    expect(json.bitcoin).toBeNull()
    expect((await ann.ask('GET', `/api/v1/ledgers/eth/transactions/0x${'ab'.repeat(32)}`)).status).toBe(404)
    expect((await ann.ask('GET', `/api/v1/ledgers/eth/accounts/0x${'ab'.repeat(20)}`)).json.code).toBe('ledger/unknown-account')
    expect((await ann.ask('GET', `/api/v1/ledgers/eth/accounts/${small.seeds[0]}?from=yesterday`)).json.code).toBe('trace/bad-parameter')
    expect((await ann.ask('GET', `/api/v1/ledgers/eth/accounts/${small.seeds[0]}/transfers?asset=eip155:1/erc20:0x00`)).json.code).toBe(
      'ledger/unknown-asset',
    )
  })

  it('is verified by a job, and written to by the organisation of the node alone', async () => {
    const started = await kim.ask('POST', '/api/v1/ledgers/eth/verify')
    expect(started.status).toBe(202)
    const job = await ended(kim, started.json.id)
    expect(job.body).toMatchObject({ status: 'done', result: { sound: true, ledger: 'eth' } })
    expect((await ann.ask('GET', `/api/v1/jobs/${job.id}`)).status).toBe(404)
    expect((await kim.ask('POST', '/api/v1/ledgers/eth/append', { uploads: [await upload(world, kim, 'x.csv', csv)] })).status).toBe(403)
  })

  it.each([
    '..',
    '%2e%2e%2f%2e%2e%2fetc',
    'ETH',
    '__proto__',
    'constructor',
    'eth/',
    `${'e'.repeat(40)}`,
    '00000000-0000-7000-8000-000000000000',
  ])('is not found by the key %s', async (key) => {
    expect([400, 404]).toContain((await ann.ask('GET', `/api/v1/ledgers/${key}/accounts/${small?.seeds[0] ?? '0x'}`)).status)
  })
})

describe('an imported ledger', () => {
  it('holds what was uploaded, answers, is appended to, and is exported', async () => {
    const lines = csv.trimEnd().split('\n')
    const header = lines[0] as string
    const block = header.split(',').indexOf('block_number')
    const blockOf = (line: string) => Number(line.split(',')[block])
    const middle = blockOf(lines[2000] as string)
    const key = await newLedger(ann)
    expect((await ann.ask('GET', `/api/v1/ledgers/${key}`)).json).toMatchObject({ imported: true, content: null })
    expect((await ann.ask('GET', `/api/v1/ledgers/${key}/accounts/${small.seeds[0]}`)).json.code).toBe('ledger/empty')
    const early = [header, ...lines.slice(1).filter((line) => blockOf(line) <= middle)].join('\n')
    const job = await imported(ann, key, '../../transfers.csv', early, { genesis: true })
    expect(job.body, JSON.stringify(job.body)).toMatchObject({
      kind: 'ledger.import',
      status: 'done',
      attempts: 1,
      error: null,
      result: { ledger: key, refused: { count: 0 } },
    })
    const late = [header, ...lines.slice(1).filter((line) => blockOf(line) > middle)].join('\n')
    const appended = await imported(ann, key, 'late.csv.gz', gzipSync(late), {}, 'append')
    expect(appended.body.status, JSON.stringify(appended.body)).toBe('done')
    const { json } = await ann.ask('GET', `/api/v1/ledgers/${key}`)
    const { hash } = (await openLedger(small.ledger)).manifest
    expect(json.content).toMatchObject({ hash, transfers: 4000 })
    expect(json.sources).toEqual([
      { name: '../../transfers.csv', sha256: sha256(early), bytes: early.length, file: null },
      { name: 'late.csv.gz', sha256: sha256(gzipSync(late)), bytes: gzipSync(late).length, file: null },
    ])
    expect((await ann.ask('GET', `/api/v1/ledgers/${key}/accounts/${small.seeds[0]}`)).json).toEqual(
      (await ann.ask('GET', `/api/v1/ledgers/eth/accounts/${small.seeds[0]}`)).json,
    )
    const exporting = await ann.ask('POST', `/api/v1/ledgers/${key}/export`, {})
    const exported = await ended(ann, exporting.json.id)
    expect(exported.body, JSON.stringify(exported.body)).toMatchObject({ status: 'done', result: { transfers: 4000 } })
    const files: string[] = exported.body.result.files
    const names = await Promise.all(files.map(async (id) => (await ann.ask('GET', `/api/v1/files/${id}`)).json.body))
    expect(names.find(({ name }) => name.endsWith('.parquet'))).toMatchObject({
      sniffed: 'application/vnd.apache.parquet',
      madeBy: exported.id,
    })
    await expect.poll(() => readdir(join(world.data, 'jobs'))).toEqual([])
  })

  it('is its owner’s alone, in lists, jobs and questions, until its label says otherwise', async () => {
    const key = await newLedger(ann)
    const job = await imported(ann, key, 't.csv', csv)
    for (const path of [
      `/ledgers/${key}`,
      `/ledgers/${key}/accounts/${small.seeds[0]}`,
      `/ledgers/${key}/accounts/${small.seeds[0]}/transfers`,
      `/jobs/${job.id}`,
    ])
      expect((await kim.ask('GET', `/api/v1${path}`)).status).toBe(404)
    expect((await kim.ask('GET', '/api/v1/ledgers')).json.items.map(({ key: k }: any) => k)).not.toContain(key)
    for (const path of ['verify', 'export', 'import', 'deposits', 'peel', 'reach'])
      expect([400, 404]).toContain(
        (await kim.ask('POST', `/api/v1/ledgers/${key}/${path}`, path === 'import' ? { uploads: [] } : {})).status,
      )
    const shared = await newLedger(ann, { label: { tlp: 'AMBER', nations: ['KOR'] } })
    await imported(ann, shared, 't.csv', csv)
    expect((await kim.ask('GET', `/api/v1/ledgers/${shared}/accounts/${small.seeds[0]}`)).status).toBe(200)
    expect((await kim.ask('POST', `/api/v1/ledgers/${shared}/import`, { uploads: [await upload(world, kim, 'x.csv', csv)] })).status).toBe(
      403,
    )
  })

  it('keeps what it held when an import fails, and says what was wrong without a path of the node', async () => {
    const key = await newLedger(ann)
    await imported(ann, key, 't.csv', csv)
    const before = (await ann.ask('GET', `/api/v1/ledgers/${key}`)).json
    const failed = await imported(ann, key, 'what.csv', 'a,b\n1,2\n')
    expect(failed.body).toMatchObject({
      status: 'failed',
      result: null,
      error: { code: 'ledger/unknown-header', place: expect.stringContaining('1.csv') },
    })
    expect(JSON.stringify(failed)).not.toContain(world.data)
    expect((await ann.ask('GET', `/api/v1/ledgers/${key}`)).json.content).toEqual(before.content)
    expect((await ann.ask('POST', `/api/v1/jobs/${failed.id}/resume`)).status).toBe(200)
    expect((await ended(ann, failed.id)).body).toMatchObject({ status: 'failed', error: { code: 'ledger/unknown-header' } })
    expect((await ann.ask('POST', `/api/v1/ledgers/${key}/import`, {})).json.code).toBe('jobs/no-input')
  })

  it.each([
    ['a gzip bomb', 'bomb.csv.gz', () => gzipSync(Buffer.alloc(300 * 2 ** 20), { level: 9 }), 'files/bomb'],
    ['a zstd bomb', 'bomb.csv.zst', () => zstdCompressSync(Buffer.alloc(300 * 2 ** 20)), 'files/bomb'],
    ['bytes that no database keeps', 'nul.csv', () => `a\u0000b,\ud800c,\u0007\n1,2,3\n`, 'ledger/unknown-header'],
    ['a zip archive', 'bomb.zip', () => Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.alloc(1000)]), 'files/archive'],
    ['a broken gzip file', 'x.csv.gz', () => gzipSync(csv).subarray(0, 5000), 'files/damaged'],
  ])('refuses %s', async (_what, name, content, code) => {
    const key = await newLedger(ann)
    const { body } = await imported(ann, key, name, content())
    expect(body.status).toBe('failed')
    expect(body.error.code).toBe(code)
    expect((await ann.ask('GET', `/api/v1/ledgers/${key}`)).json.content).toBeNull()
  })

  it.each([
    [
      'entities of a GEXF file, which would grow without end',
      'x.gexf',
      () => `<!DOCTYPE g [<!ENTITY a "${'x'.repeat(1000)}"><!ENTITY b "${'&a;'.repeat(1000)}">]><gexf>&b;</gexf>`,
    ],
    [
      'a line without end',
      'x.csv',
      () => `token_address,from_address,to_address,value,transaction_hash,log_index,block_number\n${'1'.repeat(30 * 2 ** 20)}`,
    ],
  ])('takes nothing in of %s', async (_what, name, content) => {
    const { body } = await imported(ann, await newLedger(ann), name, content())
    expect(body.status === 'failed' ? 0 : body.result.transfers).toBe(0)
    expect((await ann.ask('GET', '/health')).status).toBe(200)
  })
})
