import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  deadLetters,
  disableEndpoint,
  enableEndpoint,
  enqueue,
  listEndpoints,
  type OutboxStore,
  removeEndpoint,
  replayDead,
  rotateSecret,
  webhookSender,
} from '../../../src/node/delivery/index.ts'
import { DATABASES } from '../databases.ts'
import { checked, type Got, HOME, type PostOffice, plainRender, postOffice, Receiver, uuid } from './post-office.ts'

describe.each(DATABASES)('the outbox on $name', ({ name, missing, open }) => {
  if (missing !== null) {
    it.skip(`is not tested: ${missing}`, () => {})
    return
  }
  let office: PostOffice
  let closeServer = async () => {}
  const receivers: Receiver[] = []

  const receiver = async () => {
    const made = await new Receiver().start()
    receivers.push(made)
    return made
  }
  const ids = (got: readonly Got[]) => got.map(({ id }) => id)
  const objects = (got: readonly Got[]) => got.map(({ body }) => (JSON.parse(body) as { data: { alert: string } }).data.alert)
  const until = (what: () => unknown) => expect.poll(what, { timeout: 20_000, interval: 20 })
  const dead = (endpoint: string) => office.database.system((tx) => deadLetters(tx, endpoint, null, 100))

  beforeAll(async () => {
    const { url, close } = await open()
    closeServer = close
    office = await postOffice(url)
  })
  afterEach(async () => {
    await office.clear()
    await Promise.all(receivers.splice(0).map((each) => each.stop()))
  })
  afterAll(async () => {
    await office?.close()
    await closeServer()
  })

  it('delivers each message once, signed, with its content as it is when it is sent', async () => {
    const to = await receiver()
    const { secret } = await office.endpoint(to.url)
    const put = await office.put(20)
    office.work(async (recipient, notice) => ({
      ...(await plainRender(recipient, notice))!,
      data: { alert: notice.object, for: recipient },
    }))
    await until(() => office.settled.length).toBe(20)
    expect(objects(to.seen).sort()).toEqual([...put].sort())
    expect(new Set(ids(to.seen)).size).toBe(20)
    for (const got of to.seen) await checked(got, secret as string, office.clock)
    const { type, timestamp, data } = JSON.parse(to.seen[0]?.body as string)
    expect(type).toBe('alert.opened')
    expect(timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    expect(data.for).toMatchObject({ person: office.person, organisation: HOME })
    expect(await office.states()).toEqual({ delivered: 20 })
  })

  it('holds nothing of a message that was put in by a transaction that failed', async () => {
    const to = await receiver()
    await office.endpoint(to.url)
    const failed = office.database.system(async (tx) => {
      await enqueue(tx, { event: 'alert.opened', object: uuid() }, HOME, office.clock())
      throw new Error('the alert was not kept')
    })
    await expect(failed).rejects.toThrow('the alert was not kept')
    expect(await office.states()).toEqual({})
  })

  it('sends an event to the endpoints of the organisation that want it, and to no other', async () => {
    const [all, cases] = [await receiver(), await receiver()]
    await office.endpoint(all.url)
    const { id } = await office.endpoint(cases.url)
    await office.database.system((tx) => tx.query(`update cordon.delivery_endpoint set events = '{case.changed}' where id = $1`, [id]))
    await office.put(1, 'alert.opened')
    await office.put(1, 'case.changed')
    await office.database.system((tx) => enqueue(tx, { event: 'alert.opened', object: uuid() }, 'exchange', office.clock()))
    office.work(plainRender)
    await until(() => office.settled.length).toBe(3)
    expect([all.seen.length, cases.seen.length]).toEqual([2, 1])
  })

  it('sends again after errors, with the same id and a new signature', async () => {
    const to = await receiver()
    const { secret } = await office.endpoint(to.url)
    const answers = [500, 503, 429, 408, 200]
    to.answer = (_, response) => void response.writeHead(answers[to.seen.length - 1] ?? 200).end()
    await office.put(1)
    office.work(plainRender)
    await until(() => office.states()).toEqual({ delivered: 1 })
    expect(to.seen).toHaveLength(5)
    expect(new Set(ids(to.seen)).size).toBe(1)
    expect(new Set(to.seen.map(({ headers }) => headers['webhook-signature'])).size).toBe(5)
    for (const got of to.seen) await checked(got, secret as string, office.clock)
  })

  it('loses nothing when the receiver is away, hangs up, hangs, and comes back', async () => {
    const to = await receiver()
    await office.endpoint(to.url)
    await to.stop()
    const put = await office.put(30)
    office.work(plainRender)
    await until(() => office.settled.length).toBeGreaterThan(3)
    to.answer = (_, response) => response.destroy()
    await to.start()
    await until(() => to.seen.length).toBeGreaterThan(3)
    to.answer = () => {}
    const before = to.seen.length
    await until(() => to.seen.length).toBeGreaterThan(before + 1)
    await to.stop()
    to.answer = 204
    await to.start()
    await until(() => office.states()).toEqual({ delivered: 30 })
    expect([...new Set(objects(to.taken))].sort()).toEqual([...put].sort())
    expect(new Set(ids(to.seen)).size).toBe(30)
  })

  it('counts a message as delivered when the status says so, whatever follows', async () => {
    const to = await receiver()
    await office.endpoint(to.url)
    to.answer = (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).write(Buffer.alloc(3_000_000))
    await office.put(1)
    office.work(plainRender)
    await until(() => office.states()).toEqual({ delivered: 1 })
    expect(to.seen).toHaveLength(1)
  })

  it('buries what the receiver refuses three times, and sends it again when somebody asks', async () => {
    const to = await receiver()
    const { id } = await office.endpoint(to.url)
    to.answer = 404
    const put = await office.put(3)
    const worker = office.work(plainRender)
    await until(() => office.states()).toEqual({ dead: 3 })
    expect(to.seen).toHaveLength(9)
    const letters = await dead(id)
    expect(letters.map(({ object }) => object).sort()).toEqual([...put].sort())
    expect(letters[0]).toMatchObject({ endpoint: id, event: 'alert.opened', attempts: 3, status: 404, reason: 'the receiver answered 404' })
    to.answer = 200
    const [one] = letters
    const replayed = await office.database.system((tx) => replayDead(tx, id, [one!.id], office.clock()))
    worker.wake()
    await until(() => office.states()).toEqual({ dead: 2, delivered: 1 })
    expect(ids(to.taken)).toEqual([one!.id])
    expect([replayed, await office.database.system((tx) => replayDead(tx, id, null, office.clock()))]).toEqual([1, 2])
    await until(() => office.states()).toEqual({ delivered: 3 })
    expect(await dead(id)).toEqual([])
  })

  it('switches an endpoint off that answers 410, keeps its messages, and sends them when it is on again', async () => {
    const to = await receiver()
    const { id } = await office.endpoint(to.url)
    to.answer = 410
    await office.put(1)
    const worker = office.work(plainRender)
    await until(() => office.states()).toEqual({ dead: 1 })
    await office.put(5)
    worker.wake()
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(to.seen).toHaveLength(1)
    expect(await office.states()).toEqual({ dead: 1, waiting: 5 })
    const [off] = await office.database.system((tx) => listEndpoints(tx))
    expect(off).toMatchObject({ id, disabledReason: 'the receiver answered 410', failures: 1 })
    to.answer = 200
    await office.database.system(async (tx) => {
      await enableEndpoint(tx, id, { now: office.clock(), random: randomBytes })
      await replayDead(tx, id, null, office.clock())
    })
    await until(() => office.states()).toEqual({ delivered: 6 })
  })

  it('does not send to an endpoint that was switched off or removed', async () => {
    const to = await receiver()
    const { id } = await office.endpoint(to.url)
    await office.put(2)
    await office.database.system((tx) => disableEndpoint(tx, id, 'moving house', { now: office.clock(), random: randomBytes }))
    office.work(plainRender)
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(to.seen).toEqual([])
    await office.database.system((tx) => removeEndpoint(tx, id, { now: office.clock(), random: randomBytes }))
    await office.put(1)
    expect(await office.states()).toEqual({ waiting: 2 })
    await office.database.system(async (tx) => {
      await expect(enableEndpoint(tx, id, { now: office.clock(), random: randomBytes })).rejects.toMatchObject({
        code: 'delivery/no-endpoint',
      })
      await expect(rotateSecret(tx, id, { now: new Date(), random: () => Buffer.alloc(32), seal: office.seal })).rejects.toMatchObject({
        code: 'delivery/no-endpoint',
      })
      expect(await tx.query('select secret, previous_secret as previous from cordon.delivery_endpoint')).toEqual([
        { secret: null, previous: null },
      ])
    })
  })

  it('drops what the recipient may not see any more, and says so', async () => {
    const to = await receiver()
    await office.endpoint(to.url)
    const [hidden] = await office.put(2)
    office.work(async (recipient, notice) => (notice.object === hidden ? null : plainRender(recipient, notice)))
    await until(() => office.states()).toEqual({ delivered: 1, dropped: 1 })
    expect(objects(to.seen)).not.toContain(hidden)
    const rows = await office.database.system((tx) => tx.query(`select object, reason from cordon.delivery where state = 'dropped'`))
    expect(rows).toEqual([{ object: hidden, reason: 'the recipient may not see it' }])
  })

  it('asks again before each attempt: what was tightened in between is not sent', async () => {
    const to = await receiver()
    await office.endpoint(to.url)
    to.answer = 503
    await office.put(1)
    let open = true
    office.work(async (recipient, notice) => (open ? plainRender(recipient, notice) : null))
    await until(() => to.seen.length).toBe(1)
    open = false
    await until(() => office.states()).toEqual({ dropped: 1 })
    const sent = to.seen.length
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(to.seen).toHaveLength(sent)
  })

  it('tries later when the content cannot be made, and tells nothing of why to the endpoint’s owner', async () => {
    const to = await receiver()
    await office.endpoint(to.url)
    await office.put(1)
    let tries = 0
    office.work(async (recipient, notice) => {
      if (tries++ === 0) throw new Error('row of case SECRET is locked')
      return plainRender(recipient, notice)
    })
    await until(() => office.states()).toEqual({ delivered: 1 })
    expect(office.settled[0]).toMatchObject({ state: 'waiting', reason: 'the attempt failed (Error)' })
  })

  it('sends again what a worker sent and died before it could say so, under the same id', async () => {
    const to = await receiver()
    const { secret } = await office.endpoint(to.url)
    const put = await office.put(10)
    const killed: OutboxStore = { claim: office.store.claim, settle: () => new Promise(() => {}) }
    office.work(plainRender, { lease: 100 }, killed)
    await until(() => to.taken.length).toBeGreaterThan(3)
    expect(await office.states()).toEqual({ waiting: 10 })
    office.work(plainRender)
    await until(() => office.states()).toEqual({ delivered: 10 })
    expect([...new Set(objects(to.taken))].sort()).toEqual([...put].sort())
    expect(to.seen.length).toBeGreaterThan(10)
    expect(new Set(ids(to.seen)).size).toBe(10)
    for (const got of to.seen.slice(-3)) await checked(got, secret as string, office.clock)
  })

  it('keeps what was delivered even when the worker that did it had lost its claim to another', async () => {
    const to = await receiver()
    await office.endpoint(to.url)
    await office.put(1)
    const now = office.clock()
    const claim = (at: Date) => ({ now: at, until: new Date(at.getTime() + 60_000), lease: uuid(), limit: 10, perEndpoint: 4, failing: 5 })
    const result = { due: null, refusals: 0, status: null, reason: 'x', disable: false } as const
    const [slow] = await office.store.claim(claim(now))
    expect(await office.store.claim(claim(now))).toEqual([])
    const later = new Date(now.getTime() + 61_000)
    const [second] = await office.store.claim(claim(later))
    expect(second).toMatchObject({ id: slow!.id, attempts: 2 })
    // What the first says of a failure does not count any more.
    await office.store.settle([{ ...result, message: slow!, state: 'dead' }], later)
    expect(await office.states()).toEqual({ waiting: 1 })
    await office.store.settle([{ ...result, message: second!, state: 'dead' }], later)
    expect(await office.states()).toEqual({ dead: 1 })
    await office.store.settle([{ ...result, message: slow!, state: 'delivered' }], later)
    expect(await office.states()).toEqual({ delivered: 1 })
    await office.store.settle([{ ...result, message: second!, state: 'waiting', due: later.toISOString() }], later)
    expect(await office.states()).toEqual({ delivered: 1 })
  })

  it('gives up a message that takes its worker down each time', async () => {
    const to = await receiver()
    await office.endpoint(to.url)
    await office.put(1)
    await office.database.system((tx) => tx.query('update cordon.delivery set attempts = 25'))
    office.work(plainRender)
    await until(() => office.states()).toEqual({ dead: 1 })
    expect(to.seen).toEqual([])
    expect(office.settled[0]?.reason).toBe('no worker finished an attempt')
  })

  it('loses no result when the database fails while it is kept', async () => {
    const to = await receiver()
    await office.endpoint(to.url)
    await office.put(5)
    let failures = 0
    const shaky: OutboxStore = {
      claim: office.store.claim,
      settle: async (settled, now) => {
        if (failures++ === 0) throw new Error('connection lost')
        await office.store.settle(settled, now)
      },
    }
    office.work(plainRender, {}, shaky)
    await until(() => office.states()).toEqual({ delivered: 5 })
    expect(office.errors).toHaveLength(1)
    expect(to.seen).toHaveLength(5)
  })

  it('lets four workers share the work without sending anything twice', async () => {
    const to = [await receiver(), await receiver(), await receiver()]
    for (const each of to) await office.endpoint(each.url)
    await office.put(100)
    for (let i = 0; i < 4; i++) office.work(plainRender, { perEndpoint: 8 })
    await until(() => office.states()).toEqual({ delivered: 300 })
    for (const each of to) expect(new Set(ids(each.seen)).size).toBe(each.seen.length)
    expect(to.map(({ seen }) => seen.length)).toEqual([100, 100, 100])
  })

  it('has no more on the way to one endpoint than it may, over all workers', async () => {
    const to = await receiver()
    await office.endpoint(to.url)
    let [open, most] = [0, 0]
    to.answer = (_, response) => {
      open++
      most = Math.max(most, open)
      setTimeout(() => {
        open--
        response.writeHead(200).end()
      }, 20)
    }
    await office.put(60)
    for (let i = 0; i < 3; i++) office.work(plainRender, { perEndpoint: 4 })
    await until(() => office.states()).toEqual({ delivered: 60 })
    expect(most).toBeLessThanOrEqual(4)
    expect(most).toBeGreaterThan(1)
  })

  it('does not let endpoints that hang hold up one that works', async () => {
    const hanging = await Promise.all(Array.from({ length: 12 }, receiver))
    for (const each of hanging) {
      each.answer = () => {}
      await office.endpoint(each.url)
    }
    // They have failed before: now each gets one attempt at a time, and all of them half of the worker.
    await office.database.system((tx) => tx.query('update cordon.delivery_endpoint set failures = 3'))
    await office.put(20)
    const good = await receiver()
    await office.endpoint(good.url)
    const patient = webhookSender({ ...office.rules, timeout: 60_000 }, office.clock)
    office.work(plainRender, { concurrency: 8 }, office.store, { webhook: patient })
    const called = () => hanging.reduce((sum, { seen }) => sum + seen.length, 0)
    await until(called).toBe(4)
    await office.put(50)
    await until(() => good.taken.length).toBe(50)
    expect(called()).toBe(4)
  })

  it('keeps secrets sealed, and signs with the old one beside the new one for a day', async () => {
    const to = await receiver()
    const { id, secret } = await office.endpoint(to.url)
    const next = await office.database.system((tx) =>
      rotateSecret(tx, id, { now: office.clock(), random: (n) => Buffer.alloc(n, 7), seal: office.seal }),
    )
    const text = JSON.stringify(await office.database.system((tx) => tx.query('select * from cordon.delivery_endpoint')))
    for (const plain of [secret as string, next]) for (const part of [plain, plain.slice(6, 30)]) expect(text).not.toContain(part)
    await office.put(1)
    office.work(plainRender)
    await until(() => office.states()).toEqual({ delivered: 1 })
    await checked(to.seen[0]!, secret as string, office.clock)
    await checked(to.seen[0]!, next, office.clock)
    await office.database.system((tx) =>
      tx.query('update cordon.delivery_endpoint set previous_until = $1', [office.clock().toISOString()]),
    )
    await office.put(1)
    await until(() => office.states()).toEqual({ delivered: 2 })
    await checked(to.seen[1]!, next, office.clock)
    await expect(checked(to.seen[1]!, secret as string, office.clock)).rejects.toMatchObject({ code: 'webhook/signature' })
  })

  it('holds up one endpoint and no other when a sealed secret cannot be read, or is another row’s', async () => {
    const [first, second] = [await receiver(), await receiver()]
    const { id } = await office.endpoint(first.url)
    await office.endpoint(second.url)
    await office.database.system((tx) =>
      tx.query('update cordon.delivery_endpoint set secret = (select secret from cordon.delivery_endpoint where id <> $1) where id = $1', [
        id,
      ]),
    )
    await office.put(3)
    office.work(plainRender)
    await until(() => second.taken.length).toBe(3)
    await until(() => office.settled.some(({ reason }) => reason === "the endpoint's secret cannot be read")).toBe(true)
    expect(first.seen).toEqual([])
  })

  it('refuses endpoints that the node would not call, and addresses that are none', async () => {
    const refused = async (target: string, channel: 'webhook' | 'mail', code: string) =>
      await expect(office.endpoint(target, channel), target).rejects.toMatchObject({ code })
    await refused('https://169.254.169.254/latest', 'webhook', 'outbound/address')
    await refused('https://[::1]/', 'webhook', 'outbound/address')
    await refused('https://user@receiver.example/', 'webhook', 'outbound/url')
    for (const target of [
      'desk',
      'a@b@c',
      'a b@agency.example',
      'desk@agency.example\r\nBcc: x@y.example',
      '"a b"@agency.example',
      '<desk@agency.example>',
      'a@agency.example,b@agency.example',
      `${'a'.repeat(65)}@agency.example`,
    ]) {
      await refused(target, 'mail', 'mail/address')
    }
    expect(await office.database.system((tx) => listEndpoints(tx))).toEqual([])
  })

  it('does not call an endpoint whose name has moved into the node’s own network since', async () => {
    const to = await receiver()
    const { id } = await office.endpoint('https://receiver.example/')
    const rules = { ...office.rules, allow: [], resolve: async () => ['127.0.0.1'] }
    await office.put(1)
    office.work(plainRender, {}, office.store, { webhook: webhookSender(rules, office.clock) })
    await until(() => office.states()).toEqual({ dead: 1 })
    expect(to.seen).toEqual([])
    expect((await dead(id))[0]?.reason).toBe('the host lies at a loopback address, which this node does not call')
  })

  it('ends cleanly: what is on its way is finished, nothing more is begun', async () => {
    const to = await receiver()
    await office.endpoint(to.url)
    to.answer = (_, response) => void setTimeout(() => response.writeHead(200).end(), 100)
    await office.put(20)
    const worker = office.work(plainRender, { perEndpoint: 4 })
    await until(() => to.seen.length).toBe(4)
    await worker.stop()
    expect(await office.states()).toEqual({ delivered: 4, waiting: 16 })
    expect(to.seen).toHaveLength(4)
  })

  it('is open to its owner alone, and to him only where he may see the object', async () => {
    const to = await receiver()
    const { id } = await office.endpoint(to.url)
    await office.put(2)
    const other = uuid()
    await office.database.system(async (tx) => {
      await tx.query(`insert into cordon.person (id, organisation, name, created_at) values ($1, $2, 'Lee', now())`, [other, HOME])
      await tx.query(`update cordon.delivery set state = 'dead', ended_at = now(), reason = 'x'`)
    })
    const seenBy = (person: string) =>
      office.database.as(person, office.clock(), async (tx) => ({
        endpoints: (await listEndpoints(tx)).length,
        letters: (await deadLetters(tx, id, null, 10)).length,
        replayed: await replayDead(tx, id, null, office.clock()),
      }))
    // The objects do not exist for anybody: the messages about them do not either.
    expect(await seenBy(office.person)).toEqual({ endpoints: 1, letters: 0, replayed: 0 })
    expect(await seenBy(other)).toEqual({ endpoints: 0, letters: 0, replayed: 0 })
    const as = (work: string, values: unknown[]) => office.database.as(other, office.clock(), (tx) => tx.query(work, values))
    await expect(as('update cordon.delivery_endpoint set target = $1 where id = $2', ['https://evil.example/', id])).rejects.toThrow()
    await expect(
      as('insert into cordon.delivery (endpoint, event, object, enqueued_at, due_at) values ($1, $2, $3, now(), now())', [id, 'x', uuid()]),
    ).rejects.toThrow()
    await expect(
      as(
        `insert into cordon.delivery_endpoint (id, organisation, person, channel, target, events, created_at) values ($1, $2, $3, 'mail', 'a@b.example', '{}', now())`,
        [uuid(), HOME, office.person],
      ),
    ).rejects.toThrow()
    await expect(
      office.database.as(other, office.clock(), (tx) => enqueue(tx, { event: 'x', object: uuid() }, HOME, office.clock())),
    ).rejects.toThrow()
    await office.database.system((tx) => tx.query('delete from cordon.person where id = $1', [other]))
  })

  it('brings thousands of messages through receivers that fail at random, each at least once under one id, after the dead letters were replayed', {
    timeout: 600_000,
  }, async () => {
    const to = await Promise.all(Array.from({ length: 4 }, receiver))
    const endpoints = []
    for (const [i, each] of to.entries()) {
      let state = 1 + i
      // A small generator of our own, so that a failing run can be repeated.
      const chance = () => {
        state = (state * 48_271) % 2_147_483_647
        return state / 2_147_483_647
      }
      each.answer = (_, response) => {
        const drawn = chance()
        if (drawn < 0.04) response.destroy()
        else if (drawn < 0.08) response.writeHead(200).end(() => response.destroy())
        else if (drawn < 0.16) response.writeHead(503).end()
        else if (drawn < 0.18) response.writeHead(400).end()
        else response.writeHead(200).end()
      }
      endpoints.push((await office.endpoint(each.url)).id)
    }
    // 10,000 where the database is the one that comes with the node.
    const put = await office.put(name === 'the embedded database' ? 2_500 : 500)
    const workers = [0, 1].map(() =>
      office.work(plainRender, {
        concurrency: 64,
        perEndpoint: 16,
        retries: { first: 5, longest: 20, attempts: 5, refusals: 1, longestAsked: 1 },
      }),
    )
    const began = performance.now()
    let replays = 0
    for (;;) {
      const { waiting = 0, dead = 0 } = await office.states()
      if (waiting + dead === 0) break
      for (const endpoint of endpoints) replays += await office.database.system((tx) => replayDead(tx, endpoint, null, office.clock()))
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    const seconds = (performance.now() - began) / 1000
    const attempts = to.reduce((sum, { seen }) => sum + seen.length, 0)
    console.log(`${4 * put.length} messages in ${seconds.toFixed(1)} s: ${attempts} attempts, ${replays} dead letters replayed`)
    expect(await office.states()).toEqual({ delivered: 4 * put.length })
    expect(replays).toBeGreaterThan(put.length / 25)
    for (const each of to) {
      expect([...new Set(objects(each.taken))].sort()).toEqual([...put].sort())
      expect(new Set(ids(each.seen)).size).toBe(put.length)
      const names = new Map<string, string>()
      for (const got of each.seen) {
        const object = objects([got])[0] as string
        expect(names.get(object) ?? got.id).toBe(got.id)
        names.set(object, got.id)
      }
    }
    await Promise.all(workers.map((worker) => worker.stop()))
  })
})
