import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LoadedTags, loadTags } from '../../../src/attribution/index.ts'
import { openLedger } from '../../../src/ledger/index.ts'
import { flowsCsv, parseTrace, readSeeds, renderReport, runTrace, serialize, toGexf } from '../../../src/trace/index.ts'
import { ended, sha256, upload } from '../files/work.ts'
import { type NodeWorld, nodeWorld, type Someone } from '../world.ts'
import { type SmallWorld, smallWorld } from './small-world.ts'

let small: SmallWorld
let world: NodeWorld
let ann: Someone
let kim: Someone
let seeds: string[]
beforeAll(async () => {
  small = await smallWorld()
  seeds = [...small.seeds]
  world = await nodeWorld({
    change: (config) => ({
      ...config,
      library: { ...config.library, ledgers: { eth: small.ledger }, tags: [small.tags] },
      limits: { ...config.limits, reserveMiB: 0 },
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

async function traced(who: Someone, asked: object) {
  const started = await who.ask('POST', '/api/v1/traces', { title: 'Theft 1', ledger: 'eth', seeds, ...asked })
  expect(started.status, started.text).toBe(202)
  const job = await ended(who, started.json.id)
  expect(job.body, JSON.stringify(job.body)).toMatchObject({ status: 'done', kind: 'trace.run' })
  return (await who.ask('GET', `/api/v1/traces/${job.body.result.trace}`)).json
}

describe('a trace', () => {
  it('is what the library finds, byte for byte, with its report, flows and graph', async () => {
    const trace = await traced(ann, { parameters: { policy: 'haircut', maxDepth: 12 } })
    const document = await runTrace({
      ledger: await openLedger(small.ledger),
      tags: await loadTags([small.tags]),
      seeds: readSeeds(seeds.join('\n')),
      parameters: { policy: 'haircut', maxDepth: 12 },
    })
    const path = `/api/v1/traces/${trace.id}`
    const text = (await ann.ask('GET', `${path}/document`)).text
    expect(text).toBe(serialize(document))
    expect(parseTrace(text)).toEqual(document)
    expect((await ann.ask('GET', `${path}/flows.csv`)).text).toBe(flowsCsv(document))
    expect((await ann.ask('GET', `${path}/graph.gexf`)).text).toBe(toGexf(document))
    const report = await ann.ask('GET', `${path}/report`)
    expect(report.text).toBe(renderReport(document))
    expect(report.headers.get('cordon-marking'), 'the bytes are kept by their hash and cannot say it').toBe(trace.marking)
    expect(report.headers.get('content-security-policy')).toBe(
      "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    )
    expect(trace.body).toMatchObject({
      title: 'Theft 1',
      seedCount: seeds.length,
      ledger: { key: 'eth', hash: document.ledger.hash },
      counts: { flows: document.flows.length, entities: document.entities.length },
      parts: { document: { sha256: sha256(text) } },
    })
    expect(trace.body.entities.map(({ label, amounts }: any) => [label, amounts])).toEqual(
      document.entities.map(({ label, amounts }) => [label, amounts]),
    )
    expect((await ann.ask('GET', `/api/v1/traces?q=theft`)).json.items[0].id).toBe(trace.id)
  })

  it('is run again to the same bytes by a job, and one that the disk has changed is not', async () => {
    const trace = await traced(ann, { title: 'To verify' })
    const verified = await ended(ann, (await ann.ask('POST', `/api/v1/traces/${trace.id}/verify`)).json.id)
    expect(verified.body).toMatchObject({ status: 'done', result: { same: true, differences: [], trace: trace.id } })
    const { sha256: name } = trace.body.parts.document
    const path = join(world.data, 'files', 'sha256', name.slice(0, 2), name.slice(2, 4), name)
    const text = await readFile(path, 'utf8')
    expect(createHash('sha256').update(text).digest('hex')).toBe(name)
  })

  it('takes own tags along, and is then closed as they are', async () => {
    const open = await traced(ann, { title: 'Open', label: { tlp: 'AMBER', nations: ['KOR'] } })
    expect((await kim.ask('GET', `/api/v1/traces/${open.id}`)).status).toBe(200)
    const document = parseTrace((await ann.ask('GET', `/api/v1/traces/${open.id}/document`)).text)
    const mule = document.accounts.find(({ role }) => role === 'passed')!.account
    const tag = {
      address: mule,
      label: 'Secret Exchange',
      source: 'informant',
      currency: 'ETH',
      confidence: 'ownership',
      concepts: ['exchange'],
    }
    const secret = await ann.ask('POST', '/api/v1/tags', { tag })
    expect(secret.status, secret.text).toBe(201)
    const closed = await traced(ann, { title: 'With own tags', ownTags: true, label: { tlp: 'AMBER', nations: ['KOR'] } })
    expect(closed.body.entities.map(({ label }: any) => label)).toContain('Secret Exchange')
    expect(closed.body.tags.map(({ title }: any) => title)).toContain('Tags of this node')
    for (const path of ['', '/document', '/report', '/flows.csv', '/graph.gexf'])
      expect((await kim.ask('GET', `/api/v1/traces/${closed.id}${path}`)).status).toBe(404)
    expect((await kim.ask('GET', `/api/v1/jobs/${closed.body.job}`)).status).toBe(404)
    expect((await kim.ask('GET', '/api/v1/traces')).json.items.map(({ id }: any) => id)).not.toContain(closed.id)
    const verified = await ended(ann, (await ann.ask('POST', `/api/v1/traces/${closed.id}/verify`)).json.id)
    expect(verified.body.result, JSON.stringify(verified.body)).toMatchObject({ same: true })
  })

  it('takes files of tags along', async () => {
    const pack = `title: Mine\ncreator: me\ntags:\n- address: '${seeds[0]}'\n  label: The thief\n  source: own\n  currency: ETH\n  confidence: ownership\n  abuse: hacking\n`
    const file = await ann.ask('POST', '/api/v1/files', { upload: await upload(world, ann, 'mine.yaml', pack) })
    const trace = await traced(ann, { title: 'With a pack', tagFiles: [file.json.id] })
    expect(trace.body.tags).toContainEqual({ file: '1.yaml', title: 'Mine', sha256: sha256(pack), tags: 1 })
    const verified = await ended(ann, (await ann.ask('POST', `/api/v1/traces/${trace.id}/verify`)).json.id)
    expect(verified.body.result).toMatchObject({ same: true })
    expect((await kim.ask('POST', '/api/v1/traces', { title: 'x', ledger: 'eth', seeds, tagFiles: [file.json.id] })).status).toBe(404)
  })

  it('of elsewhere is run again from its document, with the files of tags that it was made with and no others', async () => {
    const ledger = await openLedger(small.ledger)
    const tags = await loadTags([small.tags])
    const document = await runTrace({ ledger, tags, seeds: readSeeds(seeds.join('\n')), parameters: {} })
    await ledger.close()
    const tagFiles: string[] = []
    for (const name of await readdir(small.tags)) {
      const content = await readFile(join(small.tags, name))
      tagFiles.push((await ann.ask('POST', '/api/v1/files', { upload: await upload(world, ann, `mine ${name}`, content) })).json.id)
    }
    const verified = async (text: string, more: object) => {
      const body = { ledger: 'eth', upload: await upload(world, ann, 'trace.json', text), ...more }
      const started = await ann.ask('POST', '/api/v1/traces/verify', body)
      expect(started.status, started.text).toBe(202)
      return (await ended(ann, started.json.id)).body
    }
    const text = serialize(document)
    const found = await verified(text, { tagFiles })
    expect(found.result, JSON.stringify(found.error)).toMatchObject({ same: true, differences: [], document: sha256(text) })
    const without = (await verified(text, {})).result
    expect([without.same, without.differences[0]]).toEqual([false, expect.stringMatching(/^tags: /)])
    const [pack] = document.tags
    const hostile = serialize({ ...document, tags: [{ ...pack!, file: '../../../escaped.yaml' }, ...document.tags.slice(1)] })
    expect((await verified(hostile, { tagFiles })).result.same).toBe(false)
    const named = (name: string) =>
      serialize({ ...document, tags: document.tags.map((each, i) => ({ ...each, file: i === 0 ? 'a' : name })) })
    // Names that no disk takes are not tried; those that clash are told.
    for (const name of ['a/'.repeat(5_000), `${'\u{1f4b0}'.repeat(100)}.yaml`, 'x/..', '.hidden.yaml'])
      expect((await verified(named(name), { tagFiles })).result).toMatchObject({ same: false })
    for (const name of ['a', 'a/b.yaml'])
      expect(await verified(named(name), { tagFiles })).toMatchObject({
        status: 'failed',
        error: { code: 'trace/not-a-trace', place: '1.json:tags' },
      })
    expect(await verified('{"format":', {})).toMatchObject({ status: 'failed', error: { code: expect.stringMatching(/^trace\//) } })
    const id = await upload(world, ann, 'trace.json', text)
    for (const body of [{ ledger: 'eth' }, { ledger: 'eth', upload: id, file: tagFiles[0] }])
      expect((await ann.ask('POST', '/api/v1/traces/verify', body)).json.code).toBe('node/bad-request')
    expect((await kim.ask('POST', '/api/v1/traces/verify', { ledger: 'eth', file: tagFiles[0] })).status).toBe(404)
  })

  it.each([
    [{ seeds: ['nonsense'] }, 'trace/bad-seed'],
    [{ seeds: [`${'0x'.padEnd(42, 'a')}\n0x00`] }, 'trace/bad-seed'],
    [{ seeds: ['["../../etc/passwd"]'] }, 'trace/bad-seed'],
    [{ seeds: [{ account: '0x12', amount: '5' }] }, 'trace/bad-seed'],
    [{ parameters: { until: 'soon' } }, 'trace/bad-parameter'],
    [{ parameters: { minShare: '1/0' } }, /trace\//],
    [{ parameters: { bitcoin: { mixing: 'follow' } } }, 'trace/bad-parameter'],
    [{ parameters: { policy: 'luck' } }, 'node/bad-request'],
    [{ parameters: { maxDepth: 0 } }, 'node/bad-request'],
    [{ parameters: { surprise: 1 } }, 'node/bad-request'],
    [{ seeds: [] }, 'node/bad-request'],
    [{ ledger: 'nothing' }, 'node/not-found'],
    [{ ledger: '../../etc' }, 'node/bad-request'],
  ])('with %j is refused at once', async (asked, code) => {
    const { json } = await ann.ask('POST', '/api/v1/traces', { title: 'x', ledger: 'eth', seeds, ...asked })
    expect(json.code).toMatch(code)
  })

  it('from a seed that the ledger does not hold fails, and says so', async () => {
    const started = await ann.ask('POST', '/api/v1/traces', { title: 'x', ledger: 'eth', seeds: [`0x${'ab'.repeat(20)}`] })
    expect((await ended(ann, started.json.id)).body).toMatchObject({ status: 'failed', error: { code: 'trace/seed-not-found' } })
  })

  it('needs the right to run one, and what reads one the right to read', async () => {
    const subscriber = await world.someone('Sub', ['subscriber'])
    const releaser = await world.someone('Rel', ['releaser'])
    expect((await subscriber.ask('POST', '/api/v1/traces', { title: 'x', ledger: 'eth', seeds })).status).toBe(403)
    expect((await releaser.ask('POST', '/api/v1/ledgers/eth/deposits', {})).status).toBe(403)
    expect((await world.nobody('GET', '/api/v1/traces')).status).toBe(401)
  })
})

describe('looking ahead', () => {
  it('reaches at least every account that a trace opens', async () => {
    const { json } = await ann.ask('POST', '/api/v1/ledgers/eth/reach', {
      from: seeds.map((address) => ({ address })),
      hubTransfers: 5000,
      limit: 10_000,
    })
    const trace = await traced(ann, { title: 'inside', parameters: { opening: 'clean', bounds: false } })
    const document = parseTrace((await ann.ask('GET', `/api/v1/traces/${trace.id}/document`)).text)
    const reached = new Set(json.accounts.map(({ account }: any) => account))
    expect(document.accounts.filter(({ account }) => !reached.has(account))).toEqual([])
    expect((await ann.ask('POST', '/api/v1/ledgers/eth/reach', { from: [{ address: `0x${'ab'.repeat(20)}` }] })).json.code).toBe(
      'ledger/unknown-account',
    )
  })
})

async function loaded(yaml: string): Promise<LoadedTags> {
  const folder = await mkdtemp(join(tmpdir(), 'cordon-pack-'))
  try {
    await writeFile(join(folder, 'tags.yaml'), yaml)
    return await loadTags([folder])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

describe('tags', () => {
  it('say who is behind an address, by the files of the node and own tags, each with its source', async () => {
    const tags = await loadTags([small.tags])
    const address = tags.addresses()[0] as string
    const { json } = await ann.ask('GET', `/api/v1/tags/look-up/${address.toUpperCase().replace('0X', '0x')}`)
    expect(json.entity).toMatchObject({ label: tags.entityOf(address)!.label, confidence: tags.entityOf(address)!.confidence })
    expect(json.tags).toHaveLength(tags.tagsOf(address).length)
    await ann.ask('POST', '/api/v1/tags', {
      tag: { address, label: 'Somebody else', source: 'own work', currency: 'ETH', confidence: 'ownership', concepts: ['exchange'] },
    })
    const own = await ann.ask('GET', `/api/v1/tags/look-up/${address}`)
    expect(own.json.entity.label).toBe('Somebody else')
    expect(own.json.entity.conflicts).toHaveLength(1)
    expect((await kim.ask('GET', `/api/v1/tags/look-up/${address}`)).json).toEqual(json)
    expect((await ann.ask('GET', `/api/v1/tags/look-up/0x${'ab'.repeat(20)}`)).json).toMatchObject({ entity: null, tags: [] })
    expect((await ann.ask('GET', '/api/v1/tags/library')).json).toMatchObject({ addresses: tags.addresses().length, refused: 0 })
  })

  it('of one’s own are changed in versions, and not by others', async () => {
    const tag = { address: `0x${'cd'.repeat(20)}`, label: 'A', source: 's', currency: 'ETH', confidence: 'forensic' }
    const made = await ann.ask('POST', '/api/v1/tags', { tag, label: { tlp: 'AMBER', nations: ['KOR'] } })
    const path = `/api/v1/tags/${made.json.id}`
    const changed = await ann.ask('PUT', path, { ...tag, label: 'B' }, { 'if-match': made.headers.get('etag') as string })
    expect(changed.json).toMatchObject({ version: 2, body: { label: 'B', network: 'ETH', concepts: [] } })
    expect((await ann.ask('PUT', path, { ...tag, label: 'C' }, { 'if-match': made.headers.get('etag') as string })).status).toBe(412)
    expect((await kim.ask('PUT', path, { ...tag, label: 'C' }, { 'if-match': '*' })).status).toBe(403)
    expect((await kim.ask('GET', path)).json.body.label).toBe('B')
    expect((await ann.ask('POST', '/api/v1/tags', { tag: { ...tag, confidence: 'gut feeling' } })).status).toBe(400)
    expect((await ann.ask('POST', '/api/v1/tags', { tag: { ...tag, address: '0xAb5801a7D398351b8bE11C439e05C5B3259aeC9B' } })).status).toBe(
      201,
    )
    expect(
      (await ann.ask('POST', '/api/v1/tags', { tag: { ...tag, address: '0xAb5801a7D398351b8bE11C439e05C5B3259aeC9b' } })).json.code,
    ).toBe('tags/bad-address')
  })

  it('that one may read are taken elsewhere as a TagPack, which says how they are marked', async () => {
    const sub = await world.someone('Reader', ['subscriber'])
    const fresh = await world.someone('Lee', ['analyst'], 'kr-npa')
    const tag = { address: `0x${'ef'.repeat(20)}`, label: "no: 'x' # y\\n- z", source: 's: #', currency: 'ETH', confidence: 'forensic' }
    const label = { tlp: 'AMBER', nations: ['KOR'] }
    expect((await ann.ask('POST', '/api/v1/tags', { tag, label })).status).toBe(201)
    const path = '/api/v1/tags/tagpack.yaml'
    const { text, headers } = await ann.ask('GET', path)
    expect(headers.get('content-type')).toContain('application/yaml')
    expect(headers.get('content-disposition')).toContain('attachment')
    const released = await fresh.ask('GET', path)
    const [all, some] = [await loaded(text), await loaded(released.text)]
    expect(all.report.tags).toBeGreaterThan(some.report.tags)
    expect([all.report.refused, some.report.refused]).toEqual([[], []])
    expect(some.tagsOf(tag.address)).toMatchObject([tag])
    expect(text).toContain('Somebody else')
    expect(released.text).not.toContain('Somebody else')
    expect(released.text).toMatch(/^description: .*Marked: .*KOR/m)
    expect((await sub.ask('GET', path)).status).toBe(403)
    expect((await world.nobody('GET', path)).status).toBe(401)
    await world.organisation('jp-npa', 'JPN')
    const hana = await world.someone('Hana', ['analyst'], 'jp-npa')
    expect((await hana.ask('GET', path)).json).toMatchObject({ status: 404, code: 'tags/none' })
  })

  it('of a file are checked: what they hold, what was refused, with line and reason', async () => {
    const pack = `title: Mixed\ncreator: me\nsource: own\ncurrency: ETH\ntags:\n- address: '0x${'ab'.repeat(20)}'\n  label: good\n- address: nonsense with spaces\n  label: bad\n`
    const started = await ann.ask('POST', '/api/v1/tags/check', { uploads: [await upload(world, ann, 'mixed.yaml', pack)] })
    const job = await ended(ann, started.json.id)
    expect(job.body, JSON.stringify(job.body)).toMatchObject({ status: 'done', result: { tags: 1, refused: 1 } })
    const report = JSON.parse((await ann.ask('GET', `/api/v1/files/${job.body.result.file}/content`)).text)
    expect(report.refused).toMatchObject([{ file: '1.yaml', line: 8, field: 'address' }])
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
      .split('')
      .map((k, i) => `${k}: &${k} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(',')}]`)
      .join('\n')}\ntags: []\n`
    const exploded = await ann.ask('POST', '/api/v1/tags/check', { uploads: [await upload(world, ann, 'bomb.yaml', bomb)] })
    expect((await ended(ann, exploded.json.id)).body).toMatchObject({ status: 'failed', error: { code: 'attribution/yaml' } })
  })

  it('are found in a ledger: deposit addresses and look-alikes, as files', async () => {
    const deposits = await ended(ann, (await ann.ask('POST', '/api/v1/ledgers/eth/deposits', {})).json.id)
    expect(deposits.body, JSON.stringify(deposits.body)).toMatchObject({ status: 'done' })
    const { found } = JSON.parse((await ann.ask('GET', `/api/v1/files/${deposits.body.result.file}/content`)).text)
    expect(found).toHaveLength(deposits.body.result.found)
    expect(found.length).toBeGreaterThan(0)
    const pack = deposits.body.result.tagPack
    const written = (await ann.ask('GET', `/api/v1/files/${pack}/content`)).text
    expect((await loaded(written)).addresses().toSorted()).toEqual(found.map(({ address }: any) => address).sort())
    expect((await kim.ask('GET', `/api/v1/files/${pack}`)).status).toBe(404)
    // Named as a file of tags, what was found is known and not found again.
    const again = await ended(ann, (await ann.ask('POST', '/api/v1/ledgers/eth/deposits', { tagFiles: [pack] })).json.id)
    expect(again.body.result, JSON.stringify(again.body)).toMatchObject({ found: 0 })
    expect(again.body.result).not.toHaveProperty('tagPack')
    const looked = await ended(ann, (await ann.ask('POST', '/api/v1/ledgers/eth/look-alikes', {})).json.id)
    expect(looked.body).toMatchObject({ status: 'done', result: { passedOver: expect.any(Number) } })
    const bitcoin = await ended(ann, (await ann.ask('POST', '/api/v1/ledgers/eth/clusters', {})).json.id)
    expect(bitcoin.body).toMatchObject({ status: 'failed', error: { code: expect.stringMatching(/^(ledger|bitcoin)\//) } })
  })
})
