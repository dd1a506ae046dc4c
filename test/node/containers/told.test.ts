import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { tellContainers } from '../../../src/node/events/containers.ts'
import { DATABASES } from '../databases.ts'
import { listen } from '../events/listen.ts'
import { auditOf, findingsAfter } from '../record/audits.ts'
import { type NodeWorld, nodeWorld, type Someone } from '../world.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const KOREA = { tlp: 'AMBER', nations: ['KOR'] }
const JAPAN = { tlp: 'AMBER', nations: ['JPN'] }
const BOTH = { tlp: 'AMBER', nations: ['JPN', 'KOR'] }
const HOME = { tlp: 'AMBER' }

for (const kind of DATABASES)
  describe.skipIf(kind.missing !== null)(
    `containers whose content is released or restricted, on ${kind.name}${kind.missing === null ? '' : ` (skipped: ${kind.missing})`}`,
    () => {
      let world: NodeWorld
      let ann: Someone
      let rel: Someone
      let kim: Someone
      let sato: Someone
      let close: () => Promise<void>
      beforeAll(async () => {
        const opened = await kind.open()
        close = opened.close
        world = await nodeWorld({ url: opened.url })
        await world.organisation('nis', 'KOR')
        await world.organisation('npa', 'JPN')
        ann = await world.someone('Ann', ['analyst'])
        rel = await world.someone('Rel', ['releaser'])
        kim = await world.someone('Kim', ['analyst', 'auditor'], 'nis')
        sato = await world.someone('Sato', ['analyst'], 'npa')
      })
      afterAll(async () => {
        await world?.close()
        await close?.()
      })

      const opened = async (label: object, who = ann) =>
        (await who.ask('POST', '/api/v1/cases', { case: { title: 'Joint' }, label })).json.id
      const noted = async (id: string, label: object) =>
        (await ann.ask('POST', `/api/v1/cases/${id}/notes`, { note: { text: 'x' }, label })).json.id
      const relabelled = async (who: Someone, note: string, label: object) => {
        const etag = (await who.ask('GET', `/api/v1/notes/${note}`)).headers.get('etag') as string
        const answer = await who.ask('PUT', `/api/v1/objects/${note}/label`, { label, reason: 'it is known now' }, { 'if-match': etag })
        expect(answer.status, answer.text).toBe(200)
        // The node does this by itself, and nobody waits for it.
        await tellContainers(world.node.parts)
      }
      const begin = async (who: Someone) => {
        const stream = await listen(who, world.node.url)
        stream.close()
        return stream.begin
      }
      const ends = new Set<string>()
      /** What somebody hears after a cursor, up to a case that everybody may read. */
      const heard = async (who: Someone, after: string) => {
        const last = await opened(BOTH)
        ends.add(last)
        const stream = await listen(who, world.node.url, after)
        const all = await stream.until((each) => each.some(({ data }) => data.object === last))
        stream.close()
        return all.filter(({ data }) => !ends.has(data.object)).map(({ data }) => [data.object, data.kind, data.action])
      }

      it('wake who may read them now, who hears of them by their own name', async () => {
        const id = await opened(KOREA)
        const note = await noted(id, HOME)
        const stream = await listen(kim, world.node.url)
        await relabelled(rel, note, KOREA)
        const all = await stream.until((each) => each.length >= 2)
        stream.close()
        expect(all.map(({ data }) => [data.object, data.kind, data.action])).toEqual([
          [note, 'note', 'released'],
          [id, 'case', 'content-relabelled'],
        ])
        expect(await heard(kim, stream.begin)).toEqual(all.map(({ data }) => [data.object, data.kind, data.action]))
        expect((await kim.ask('GET', `/api/v1/cases/${id}`)).json.version).toBe(2)
      })

      it('are told to nobody who may not read them, and to who may not any more', async () => {
        const id = await opened(BOTH)
        const note = await noted(id, BOTH)
        const from = { kim: await begin(kim), sato: await begin(sato), ann: await begin(ann) }
        await relabelled(ann, note, JAPAN)
        expect(await heard(kim, from.kim)).toEqual([])
        const told = [
          [note, 'note', 'restricted'],
          [id, 'case', 'content-relabelled'],
        ]
        expect(await heard(sato, from.sato)).toEqual(told)
        expect(await heard(ann, from.ann)).toEqual(told)
      })

      it('say nothing of a content that a later reader may not read', async () => {
        const id = await opened(BOTH)
        const note = await noted(id, BOTH)
        const from = await begin(kim)
        await relabelled(ann, note, JAPAN)
        expect((await ann.ask('DELETE', `/api/v1/cases/${id}/contents/${note}`)).status).toBe(200)
        expect(await heard(kim, from)).toEqual([[id, 'case', 'detached']])
      })

      it('are told at whatever height, also in another organisation, of which who relabels hears nothing', async () => {
        const inner = await opened(BOTH)
        const note = await noted(inner, BOTH)
        const outer = await opened(KOREA, kim)
        expect((await kim.ask('POST', `/api/v1/cases/${outer}/contents`, { object: inner })).status).toBe(200)
        const from = { kim: await begin(kim), ann: await begin(ann) }
        await relabelled(ann, note, KOREA)
        const told = await heard(kim, from.kim)
        expect(told.toSorted()).toEqual(
          [
            [note, 'note', 'restricted'],
            [inner, 'case', 'content-relabelled'],
            [outer, 'case', 'content-relabelled'],
          ].toSorted(),
        )
        expect((await heard(ann, from.ann)).map(([object]) => object)).toEqual([note, inner])
      })

      it('are not told where nothing changed for them', async () => {
        const id = await opened(HOME)
        const note = await noted(id, HOME)
        const other = await noted(id, KOREA)
        const from = await begin(ann)
        await relabelled(rel, note, KOREA)
        expect(await heard(ann, from)).toEqual([[note, 'note', 'released']])
        expect(other).not.toBe(note)
      })

      it('are told once by a node that was killed in between', async () => {
        const { database } = world.node.parts
        const id = await opened(KOREA)
        const note = await noted(id, KOREA)
        const from = await begin(kim)
        await database.system((tx) => tx.query('insert into container_change (container, content) values ($1, $2)', [id, note]))
        await Promise.all([tellContainers(world.node.parts), tellContainers(world.node.parts)])
        expect(await heard(kim, from)).toEqual([[id, 'case', 'content-relabelled']])
      })

      it('are vouched for by the record', async () => {
        expect(await auditOf(world)).toMatchObject({ findings: [], sound: true })
        const one = '(select max(seq) from container_change)'
        for (const [change, finding] of [
          [`update container_change set content = container where seq = ${one}`, /^container_change \d+: it is not as entry \d+/],
          [`update container_change set version = 1 where seq = ${one}`, /^container_change \d+: it is not as entry \d+/],
          [`update container_change set at = at + interval '1 day' where seq = ${one}`, /^container_change \d+: it is not as entry \d+/],
          [`update container_change set seq = 0 where seq = ${one}`, /^container_change 0: the record does not say/],
          [`delete from container_change where seq = ${one}`, /^container_change \d+: the row is missing; entry \d+/],
          ['truncate container_change', /^container_change \d+: the row is missing; entry \d+/],
        ] as const) {
          const findings = await findingsAfter(world, (tx) => tx.query(change))
          expect(findings.join('\n'), change).toMatch(finding)
        }
      })
    },
  )
