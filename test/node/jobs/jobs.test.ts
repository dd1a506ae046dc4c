import { readdirSync, readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startNode } from '../../../src/node/start.ts'
import { ended, upload } from '../files/work.ts'
import { type SmallWorld, smallWorld } from '../traces/small-world.ts'
import { type NodeWorld, nodeWorld, type Someone } from '../world.ts'

let small: SmallWorld
let world: NodeWorld
let ann: Someone
let kim: Someone
beforeAll(async () => {
  small = await smallWorld()
  world = await nodeWorld({
    change: (config) => ({
      ...config,
      library: { ...config.library, ledgers: { eth: small.ledger }, tags: [small.tags] },
      limits: { ...config.limits, reserveMiB: 0, jobsPerPerson: 4, requestsPerMinute: 100_000 },
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

async function start(who: Someone, more: object = {}): Promise<string> {
  const { status, text, json } = await who.ask('POST', '/api/v1/traces', { title: 'Theft', ledger: 'eth', seeds: small.seeds, ...more })
  expect(status, text).toBe(202)
  return json.id
}

const statusOf = async (job: string) => (await ann.ask('GET', `/api/v1/jobs/${job}`)).json.body.status

/** Processes of jobs that this one has started. */
function jobProcesses(): number[] {
  const children = readdirSync('/proc/self/task').flatMap((task) => {
    try {
      return readFileSync(`/proc/self/task/${task}/children`, 'utf8').trim().split(' ')
    } catch {
      return []
    }
  })
  return children.filter((pid) => pid !== '' && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('node/jobs/worker')).map(Number)
}

describe('a job', () => {
  it('gives what it makes the label that it has by then', async () => {
    const { files } = world.node.parts
    const adopt = files.adopt.bind(files)
    let id = ''
    let restricted: Promise<unknown> | undefined
    const restrict = async () => {
      const etag = (await ann.ask('GET', `/api/v1/objects/${id}`)).headers.get('etag') as string
      const label = { label: { tlp: 'AMBER' }, reason: 'a source' }
      expect((await ann.ask('PUT', `/api/v1/objects/${id}/label`, label, { 'if-match': etag })).status).toBe(200)
      expect(await statusOf(id)).toBe('running')
    }
    // After its process has ended, and before what it made is written.
    files.adopt = async (path) => {
      restricted ??= restrict()
      await restricted
      return await adopt(path)
    }
    try {
      id = await start(ann, { label: { tlp: 'AMBER', nations: ['KOR'] } })
      const { trace } = (await ended(ann, id)).body.result
      expect(restricted).toBeDefined()
      expect((await ann.ask('GET', `/api/v1/traces/${trace}`)).json.label.nations).toEqual([])
      expect((await kim.ask('GET', `/api/v1/traces/${trace}`)).status).toBe(404)
    } finally {
      files.adopt = adopt
    }
  })

  it('waits, runs and is done, and each step is an event and a version', async () => {
    const id = await start(ann)
    const job = await ended(ann, id)
    expect(job.body).toMatchObject({
      status: 'done',
      attempts: 1,
      error: null,
      subject: { ledger: 'eth' },
      result: { trace: expect.any(String) },
    })
    const actions = await world.node.parts.database.system((tx) =>
      tx.query<{ action: string }>('select action from change where object = $1 order by seq', [id]),
    )
    expect(actions.map(({ action }) => action)).toEqual(['created', 'running', 'done'])
    await expect.poll(() => readdir(join(world.data, 'jobs'))).toEqual([])
  })

  it('says how far it is while it runs', async () => {
    const id = await start(ann)
    const seen = new Set<string>()
    for (;;) {
      const { body, progress } = (await ann.ask('GET', `/api/v1/jobs/${id}`)).json
      if (progress !== null) seen.add(progress.phase)
      if (body.status === 'done') break
      expect(['queued', 'running']).toContain(body.status)
    }
    expect(seen.size).toBeGreaterThan(0)
  })

  it('is cancelled where it waits, at once, and where it runs when its process has ended; then it is resumed', async () => {
    const [first, second] = [await start(ann), await start(ann)]
    expect((await ann.ask('POST', `/api/v1/jobs/${second}/cancel`)).json.body.status).toBe('cancelled')
    await expect.poll(() => statusOf(first), { timeout: 10_000 }).toBe('running')
    expect((await ann.ask('POST', `/api/v1/jobs/${first}/cancel`)).json.body.status).toBe('stopping')
    expect((await ended(ann, first)).body).toMatchObject({ status: 'cancelled', result: null, error: null })
    expect(jobProcesses()).toEqual([])
    expect((await ann.ask('POST', `/api/v1/jobs/${first}/cancel`)).json.code).toBe('jobs/ended')
    expect((await ann.ask('POST', `/api/v1/jobs/${first}/resume`)).json.body).toMatchObject({ status: 'queued', attempts: 0 })
    expect((await ended(ann, first)).body.status).toBe('done')
    expect((await ann.ask('POST', `/api/v1/jobs/${first}/resume`)).json.code).toBe('jobs/not-resumable')
  })

  it('whose process dies fails alone: the node goes on, and the job is resumed', async () => {
    const ledger = (await ann.ask('POST', '/api/v1/ledgers', { name: 'mine' })).json.key
    const made = await ann.ask('POST', `/api/v1/ledgers/${ledger}/import`, {
      uploads: [await upload(world, ann, 't.csv', readFileSync(small.transfers))],
    })
    await expect.poll(jobProcesses, { timeout: 10_000, interval: 5 }).toHaveLength(1)
    process.kill(jobProcesses()[0] as number, 'SIGKILL')
    expect((await ended(ann, made.json.id)).body).toMatchObject({ status: 'failed', error: { code: 'jobs/died' } })
    await ann.ask('POST', `/api/v1/jobs/${made.json.id}/resume`)
    expect((await ended(ann, made.json.id)).body).toMatchObject({ status: 'done', result: { transfers: 4000 } })
  })

  it('is not there for another organisation: not to read, list, cancel or resume', async () => {
    const id = await start(ann)
    for (const [method, path] of [
      ['GET', ''],
      ['POST', '/cancel'],
      ['POST', '/resume'],
    ] as const)
      expect((await kim.ask(method, `/api/v1/jobs/${id}${path}`)).status).toBe(404)
    expect((await kim.ask('GET', '/api/v1/jobs')).json.items.map((job: any) => job.id)).not.toContain(id)
    expect((await ann.ask('GET', '/api/v1/jobs?kind=trace.run')).json.items.map((job: any) => job.id)).toContain(id)
    await ended(ann, id)
    const shown = await start(ann, { label: { tlp: 'AMBER', nations: ['KOR'] } })
    expect((await kim.ask('GET', `/api/v1/jobs/${shown}`)).status).toBe(200)
    expect((await kim.ask('POST', `/api/v1/jobs/${shown}/cancel`)).status).toBe(403)
    await ended(ann, shown)
  })

  it('writes nothing for somebody who is not let in any more', async () => {
    const carl = await world.someone('Carl', ['analyst'])
    const id = await start(carl)
    await world.node.parts.database.system((tx) => tx.query('update person set disabled = true where id = $1', [carl.id]))
    expect((await ended(ann, id)).body).toMatchObject({ status: 'failed', result: null, error: { code: 'jobs/not-allowed' } })
    expect((await ann.ask('POST', `/api/v1/jobs/${id}/resume`)).status).toBe(200)
    const job = await ended(ann, id)
    expect(job.body.status).toBe('done')
    expect((await ann.ask('GET', `/api/v1/traces/${job.body.result.trace}`)).json.createdBy).toBe(ann.id)
  })

  it('is one of so many that one person has waiting', async () => {
    const ids = []
    for (let i = 0; i < 4; i++) ids.push(await start(ann))
    const over = await ann.ask('POST', '/api/v1/traces', { title: 'x', ledger: 'eth', seeds: small.seeds })
    expect([over.status, over.json.code]).toEqual([429, 'jobs/too-many'])
    expect((await kim.ask('POST', '/api/v1/traces', { title: 'x', ledger: 'eth', seeds: small.seeds })).status).toBe(202)
    for (const id of ids) await ann.ask('POST', `/api/v1/jobs/${id}/cancel`)
    for (const id of ids) await ended(ann, id)
  })

  it('that is asked for twice with one Idempotency-Key is one job', async () => {
    const body = { title: 'Once', ledger: 'eth', seeds: small.seeds }
    const [a, b] = [
      await ann.ask('POST', '/api/v1/traces', body, { 'idempotency-key': 'trace-once-1' }),
      await ann.ask('POST', '/api/v1/traces', body, { 'idempotency-key': 'trace-once-1' }),
    ]
    expect(b.json.id).toBe(a.json.id)
    await ended(ann, a.json.id)
  })

  it('lets others be answered while it works', async () => {
    const id = await start(ann)
    const times: number[] = []
    while ((await statusOf(id)) !== 'done') {
      const began = performance.now()
      await ann.ask('GET', '/api/v1/cases')
      times.push(performance.now() - began)
    }
    times.sort((x, y) => x - y)
    expect(times[Math.floor(times.length / 2)]).toBeLessThan(250)
  })

  it('goes back into the queue of a node that stops in order, and that was no attempt', async () => {
    const id = await start(ann)
    await expect.poll(() => statusOf(id), { timeout: 10_000, interval: 10 }).toBe('running')
    await world.node.stop()
    const again = await startNode({ config: world.node.parts.config })
    const read = async () => (await (await fetch(`${again.url}/api/v1/jobs/${id}`, { headers: { cookie: ann.cookie } })).json()) as any
    await expect.poll(async () => (await read()).body.status, { timeout: 20_000, interval: 100 }).toBe('done')
    expect((await read()).body).toMatchObject({ attempts: 1, error: null })
    await again.stop()
  })
})
