import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freezeSource } from '../../../src/node/alerts/source-freezes.ts'
import { auditRecord } from '../../../src/node/record/audit.ts'
import { REQUEST } from '../../cases/freeze/example.ts'
import { DATABASES } from '../databases.ts'
import { ended, upload } from '../files/work.ts'
import { act as actOnRequest, LBANK, open as openRequest } from '../freeze/papers.ts'
import { serveOwn } from '../screen/lists-of-tests.ts'
import { type SmallWorld, smallWorld } from '../traces/small-world.ts'
import { type NodeWorld, nodeWorld, type Someone } from '../world.ts'
import { alertOf, entriesOf, make, movementRule, onLatest, rule } from './made.ts'

const LIST = (rows: string) => `id,name,kind,birth_date,nationality,passport\n${rows}`

for (const kind of DATABASES)
  describe.skipIf(kind.missing !== null)(`alerts on ${kind.name}`, () => {
    let small: SmallWorld
    let world: NodeWorld
    let ann: Someone
    let sue: Someone
    let kim: Someone
    let close: () => Promise<void>
    let lines: string[]
    let thief: string
    beforeAll(async () => {
      const opened = await kind.open()
      close = opened.close
      small = await smallWorld(2000)
      lines = (await readFile(small.transfers, 'utf8')).trim().split('\n')
      thief = small.seeds[0] as string
      world = await nodeWorld({
        url: opened.url,
        change: (config) => ({
          ...config,
          library: { ...config.library, ledgers: { eth: small.ledger }, tags: [small.tags] },
          limits: { ...config.limits, reserveMiB: 0 },
        }),
      })
      await world.organisation('kr-npa', 'KOR')
      ann = await world.someone('Ann', ['analyst', 'compliance'])
      sue = await world.someone('Sue', ['supervisor', 'releaser'])
      kim = await world.someone('Kim', ['analyst', 'supervisor'], 'kr-npa')
    })
    afterAll(async () => {
      await world?.close()
      await small?.close()
      await close?.()
    })

    const bring = async (who: Someone, ledger: string, way: string, rows: readonly string[]) => {
      const file = await upload(world, who, 'part.csv', [lines[0], ...rows].join('\n'))
      const started = await who.ask('POST', `/api/v1/ledgers/${ledger}/${way}`, { uploads: [file] })
      const job = await ended(who, started.json.id)
      expect(job.body, JSON.stringify(job.body)).toMatchObject({ status: 'done' })
    }
    const touching = (rows: readonly string[]) => rows.filter((row) => row.includes(thief) && row.split(',')[3] !== '0')

    it('tell of transfers of a watched account that come into a ledger, once each, and of none that its rule does not ask for', async () => {
      const blocks = lines.slice(1).filter((row) => row.includes(thief))
      expect(blocks.length).toBeGreaterThan(4)
      const cut = lines.indexOf(blocks[Math.floor(blocks.length / 2)] as string)
      // Whole blocks: an append takes newer ones.
      const block = (row: string) => row.split(',')[6]
      const start = lines.slice(1).findIndex((row) => block(row) === block(lines[cut] as string)) + 1
      const [before, after] = [lines.slice(1, start), lines.slice(start)]
      expect(touching(before).length).toBeGreaterThan(0)
      const watch = await make(ann, 'watch', { subject: { kind: 'account', account: `eip155:1:${thief}` }, note: 'theft 1' })
      const one = await make(ann, 'rule', movementRule({ watches: [watch.id] }))
      const never = await make(ann, 'rule', movementRule({ name: 'Never' }, { assets: { 'eip155:1/slip44:60': `1${'0'.repeat(70)}` } }))
      const theirs = await make(kim, 'rule', movementRule({ name: 'Theirs' }))
      await make(kim, 'watch', { subject: { kind: 'account', account: `eip155:1:${thief}` }, note: 'ours too' })

      const ledger = (await ann.ask('POST', '/api/v1/ledgers', { name: 'case data' })).json.key
      await bring(ann, ledger, 'import', before)
      const sum = async () => {
        const { items } = (await ann.ask('GET', `/api/v1/alerts?rule=${one.id}`)).json
        return items.reduce((total: number, { body }: any) => total + body.seen, 0)
      }
      const alert = await alertOf(ann, one.id, () => true)
      expect(alert).toMatchObject({
        kind: 'alert',
        organisation: 'home',
        createdBy: ann.id,
        label: { originator: 'home' },
        body: { state: 'open', severity: 'high', subject: `account:eip155:1:${thief}`, watches: [watch.id], rule: one.id },
      })
      expect(alert.body.facts[0].text).toMatch(/base units of eip155:1\//)
      await expect.poll(sum, { timeout: 20_000 }).toBe(touching(before).length)

      await bring(ann, ledger, 'append', after)
      await expect.poll(sum, { timeout: 20_000 }).toBe(touching(before).length + touching(after).length)
      // The same rows again: no fact is told twice, nor by a check of what is there.
      await bring(ann, ledger, 'import', [...before, ...after])
      const check = await ann.ask('POST', '/api/v1/watches/check', { ledger })
      expect(check.status, check.text).toBe(202)
      const checked = await ended(ann, check.json.id)
      expect(checked.body).toMatchObject({
        status: 'done',
        result: { facts: touching([...before, ...after]).length, opened: 0, counted: 0, reopened: 0, complete: true },
      })
      expect(await sum()).toBe(touching([...before, ...after]).length)
      expect((await ann.ask('GET', `/api/v1/alerts?rule=${never.id}`)).json.items).toEqual([])
      // Kim's rule and watch are the same, but the ledger is not released to her.
      expect((await kim.ask('GET', '/api/v1/alerts')).json.items).toEqual([])
      expect((await kim.ask('GET', `/api/v1/alerts/${alert.id}`)).status).toBe(404)
      // A ledger of the configuration is hers to look back into.
      const hers = await ended(kim, (await kim.ask('POST', '/api/v1/watches/check', { ledger: 'eth' })).json.id)
      expect(hers.body.result).toMatchObject({ facts: touching([...before, ...after]).length, complete: true })
      expect(hers.body.result.opened).toBeGreaterThan(0)
      expect((await kim.ask('GET', `/api/v1/alerts?rule=${theirs.id}`)).json.items.length).toBe(hers.body.result.opened)
      const raised = await entriesOf(world, 'alert.raise')
      expect(raised.length).toBeGreaterThan(2)
      expect(raised.every(({ actor, objects }) => actor === null && objects.length > 0)).toBe(true)
    }, 120_000)

    it('tell where a trace arrives, when an entity is watched', async () => {
      const one = await make(ann, 'rule', rule({ event: 'trace', changes: ['new-endpoint'], assets: null, kinds: null }))
      const asked = { title: 'Theft 1', ledger: 'eth', seeds: small.seeds, parameters: { policy: 'haircut', maxDepth: 12 } }
      const run = async () => {
        const job = await ended(ann, (await ann.ask('POST', '/api/v1/traces', asked)).json.id)
        return (await ann.ask('GET', `/api/v1/traces/${job.body.result.trace}`)).json
      }
      /** Waits until the node has looked at a trace: what is watched from then on is watched for later ones. */
      const lookedAt = async (trace: string) =>
        await expect
          .poll(
            async () =>
              (
                await world.node.parts.database.system((tx) =>
                  tx.query(
                    `select 1 from alert_position p join change c on c.object = $1 and c.seq <= (p.position ->> 'seq')::bigint where p.source = 'traces'`,
                    [trace],
                  ),
                )
              ).length,
            { timeout: 30_000 },
          )
          .toBe(1)
      const first = await run()
      await lookedAt(first.id)
      const [entity] = first.body.entities
      await make(ann, 'watch', { subject: { kind: 'entity', entity: entity.id }, note: 'where it goes' })
      await make(ann, 'watch', { subject: { kind: 'trace', trace: first.id }, note: 'the trace itself' })
      // The same run again reaches nothing new: no alert. Another question is another trace, and all that it reaches is new.
      await lookedAt((await run()).id)
      expect((await ann.ask('GET', `/api/v1/alerts?rule=${one.id}`)).json.items).toEqual([])
      asked.parameters.maxDepth = 11
      const other = await run()
      const alert = await alertOf(ann, one.id)
      expect(alert.body.subject).toBe(`entity:${entity.id}`)
      expect(alert.body.facts.every(({ id }: any) => id.startsWith(`trace:${other.id}:`))).toBe(true)
      // It is closed as the trace is.
      expect((await ann.ask('GET', `/api/v1/objects/${alert.id}/links`)).text).toContain(other.id)
    }, 120_000)

    it('tell of a watched name that comes onto a list, and that it leaves it', async () => {
      const one = await make(ann, 'rule', rule({ event: 'list', changes: null, lists: null }))
      await make(ann, 'watch', { subject: { kind: 'name', name: 'PAK Jin Hyok' }, note: 'indicted 2018' })
      await serveOwn(world, LIST('w1,Somebody Else,person,,KP,\nw2,Jin Hyok PAK,person,,KP,\n'))
      const alert = await alertOf(ann, one.id)
      expect(alert.body).toMatchObject({ subject: 'name:hyok jin pak', seen: 1 })
      expect(alert.body.facts[0].text).toContain('added')
      await serveOwn(world, LIST('w1,Somebody Else,person,,KP,\nw3,A Third,person,,KP,\n'))
      const again = await alertOf(ann, one.id, ({ body }) => body.facts.some(({ text }: any) => text.includes('removed')))
      expect(again.body.subject).toBe('name:hyok jin pak')
    }, 60_000)

    it('tell of cases that change, to their own organisation alone', async () => {
      const one = await make(sue, 'rule', rule({ event: 'case', changes: ['status', 'content'], cases: null }, { quietSeconds: 2_592_000 }))
      const theirs = await make(kim, 'rule', rule({ event: 'case', changes: null, cases: null }))
      const label = { tlp: 'AMBER', nations: ['KOR', 'USA'] }
      const opened = await ann.ask('POST', '/api/v1/cases', { case: { title: 'Theft', summary: 'Follow it.' }, label })
      const path = `/api/v1/cases/${opened.json.id}`
      expect((await onLatest(ann, path, 'POST', '/status', { action: 'start' })).status).toBe(200)
      expect((await onLatest(ann, path, 'POST', '/status', { action: 'suspend', reason: 'waits' })).status).toBe(200)
      const alert = await alertOf(sue, one.id, ({ body }) => body.seen === 2)
      expect(alert.body).toMatchObject({
        subject: `case:${opened.json.id}`,
        facts: [{ text: 'status.active' }, { text: 'status.suspended' }],
      })
      expect((await kim.ask('GET', path)).status).toBe(200)
      expect((await kim.ask('GET', `/api/v1/alerts?rule=${theirs.id}`)).json.items).toEqual([])
    }, 60_000)

    it('tell of a freeze request that nobody answered, to who is of its team, and as soon as the rule wants', async () => {
      const late = await make(ann, 'rule', rule({ event: 'freeze-clock', overdueSeconds: 0 }))
      const later = await make(ann, 'rule', rule({ event: 'freeze-clock', overdueSeconds: 31_536_000 }))
      const hidden = await make(sue, 'rule', rule({ event: 'freeze-clock', overdueSeconds: 0 }))
      const officer = await world.someone('Olga', ['supervisor', 'releaser'])
      const releaser = await world.someone('Rob', ['releaser'])
      await officer.ask('POST', '/api/v1/exchanges', { entry: { ...LBANK, windows: { ...LBANK.windows, answer: '2 hours' } } })
      const { id } = (await openRequest(ann, { team: [officer, releaser], request: REQUEST })).json
      expect((await actOnRequest(officer, id, { action: 'authorise' })).status).toBe(200)
      const sent = await actOnRequest(releaser, id, { action: 'send' })
      expect(sent.status, sent.text).toBe(200)
      const source = freezeSource({ ...world.node.parts, clock: () => new Date(Date.now() + 3 * 3_600_000) })
      const { signal } = new AbortController()
      await source.look(signal)
      const alert = await alertOf(ann, late.id)
      expect(alert.body.subject).toBe(`request:${id}`)
      expect(alert.body.facts.map(({ id: fact }: any) => fact.split(':').slice(0, 3).join(':'))).toContain(`freeze:${id}:answer`)
      await source.look(signal)
      expect((await ann.ask('GET', `/api/v1/alerts/${alert.id}`)).json.version).toBe(alert.version)
      expect((await ann.ask('GET', `/api/v1/alerts?rule=${later.id}`)).json.items).toEqual([])
      // Sue is not of the team: the request is closed to her, and so is what is told of it.
      expect((await ann.ask('GET', `/api/v1/alerts?rule=${hidden.id}`)).json.items).toEqual([])
      expect((await sue.ask('GET', `/api/v1/alerts/${alert.id}`)).status).toBe(404)
      expect((await officer.ask('GET', `/api/v1/alerts/${alert.id}`)).status).toBe(200)
    }, 60_000)

    it('are written as the record says', async () => {
      const { keys, database } = world.node.parts
      const policy = { origin: keys.record.key.name, logKeys: [keys.record.key], witnesses: [], quorum: 0 }
      expect((await auditRecord(database, policy, [])).findings).toEqual([])
    })
  })
