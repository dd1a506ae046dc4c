import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readerOf } from '../../../src/node/ask.ts'
import { sweepRounds } from '../../../src/node/deconflict/index.ts'
import { createObject } from '../../../src/node/objects/create.ts'
import { HOLDS, linkObjects } from '../../../src/node/objects/links.ts'
import { transact } from '../../../src/node/transact.ts'
import type { TraceDocument } from '../../../src/trace/index.ts'
import { ended } from '../files/work.ts'
import { open, REQUEST } from '../freeze/papers.ts'
import { type SmallWorld, smallWorld } from '../traces/small-world.ts'
import { type NodeWorld, nodeWorld, type Someone } from '../world.ts'

describe('what a team files of its objects', () => {
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
        limits: { ...config.limits, reserveMiB: 0 },
        deconflict: { ...config.deconflict, roundMinutes: 1, accountsPerDay: 2000 },
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

  const file = async (who: Someone, object: string, accounts?: readonly string[]) =>
    await who.ask('POST', '/api/v1/deconflict/holdings', { object, ...(accounts && { accounts }) })
  /** Makes objects as somebody, with the label of one's own. */
  const make = async (who: Someone, kind: string, body: object, holds: readonly string[] = []): Promise<string> => {
    const [, session] = who.cookie.split('=')
    const caller = await world.node.parts.authenticate({ authorization: null, session: session as string, certificate: null })
    if (caller === null) throw new Error('not signed in')
    expect(readerOf(caller).person).toBe(who.id)
    return await transact(world.node.parts, caller, { door: 'test', action: 'test.make' }, async (ask) => {
      const { id } = await createObject(ask, { kind, body })
      for (const each of holds) await linkObjects(ask, id, each, HOLDS)
      return id
    })
  }

  it('are the end points of a trace, as its document has them, and only those', async () => {
    const started = await ann.ask('POST', '/api/v1/traces', { title: 'Theft 1', ledger: 'eth', seeds: [...small.seeds] })
    const { result } = (await ended(ann, started.json.id)).body
    const document: TraceDocument = JSON.parse((await ann.ask('GET', `/api/v1/traces/${result.trace}/document`)).text)
    const ends = [...new Set(document.endpoints.map(({ account }) => `${document.ledger.chain}:${account}`))]
    expect(ends.length).toBeGreaterThan(0)
    if (ends.length > 256) expect(await file(ann, result.trace)).toMatchObject({ status: 422, json: { code: 'blind/too-many' } })
    const some = ends.slice(0, 40)
    expect((await file(ann, result.trace, some)).json).toMatchObject({ filed: some.length, before: 0 })
    if (ends.length <= 256)
      expect((await file(ann, result.trace)).json).toMatchObject({ filed: ends.length - some.length, before: some.length })
    const inner = document.accounts.map(({ account }) => `${document.ledger.chain}:${account}`).find((account) => !ends.includes(account))
    if (inner !== undefined)
      expect(await file(ann, result.trace, [inner])).toMatchObject({ status: 403, json: { code: 'blind/not-yours' } })
  })

  it('are the accounts that a watch watches, and what a case holds', async () => {
    const account = `eip155:1:${REQUEST.points[0]?.to.toLowerCase()}`
    const watch = await make(kim, 'watch', { subject: { kind: 'account', account }, note: 'why', case: null })
    expect((await file(kim, watch)).json).toMatchObject({ filed: 1 })
    expect(
      await file(kim, await make(kim, 'watch', { subject: { kind: 'entity', entity: 'lazarus' }, note: 'why', case: null })),
    ).toMatchObject({
      status: 422,
      json: { code: 'blind/no-accounts' },
    })
    const { id: request } = (await open(kim)).json
    const whole = await make(kim, 'case', { title: 'holds both' }, [watch, request])
    expect((await file(kim, whole)).json).toMatchObject({ filed: 2, before: 0 })
    const tag = await make(kim, 'tag', { address: REQUEST.points[0]?.to })
    expect(await file(kim, tag)).toMatchObject({ status: 422, json: { code: 'blind/no-accounts' } })
  })

  it('meet whatever kind of object they are of', async () => {
    const { id } = (await open(ann)).json
    expect((await file(ann, id)).json.filed).toBe(2)
    await world.node.parts.database.system((tx) => tx.query(`update holding set round = now() - interval '1 minute'`))
    expect(await sweepRounds(world.node.parts)).toBe(2)
    expect((await kim.ask('GET', '/api/v1/deconflict/notices')).json.items).toHaveLength(1)
    expect((await ann.ask('GET', '/api/v1/deconflict/notices')).json.items).toHaveLength(1)
  })

  it('are more than a handful without holding the node up', async () => {
    const points = Array.from({ length: 250 }, (_, n) => ({
      ...REQUEST.points[0],
      id: `p${n}`,
      to: `0x${'a'.repeat(30)}${(n + 1).toString(16).padStart(10, '0')}`,
    }))
    const { id } = (await open(ann, { request: { ...REQUEST, points } })).json
    let isFiled = false
    const filed = file(ann, id).then((answer) => {
      isFiled = true
      return answer
    })
    let answered = 0
    while (!isFiled) {
      await ann.ask('GET', '/api/v1/health')
      if (!isFiled) answered++
    }
    expect((await filed).json).toMatchObject({ filed: 250 })
    expect(answered).toBeGreaterThan(5)
  })
})
