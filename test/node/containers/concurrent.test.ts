import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { DATABASES } from '../databases.ts'
import { type NodeWorld, nodeWorld, type Someone } from '../world.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

const KOREA = { tlp: 'AMBER', nations: ['KOR'] }

for (const kind of DATABASES)
  describe.skipIf(kind.missing !== null)(
    `containers whose contents change at the same time, on ${kind.name}${kind.missing === null ? '' : ` (skipped: ${kind.missing})`}`,
    () => {
      let world: NodeWorld
      let ann: Someone
      let kim: Someone
      let close: () => Promise<void>
      beforeAll(async () => {
        const opened = await kind.open()
        close = opened.close
        world = await nodeWorld({ url: opened.url })
        await world.organisation('nis', 'KOR')
        ann = await world.someone('Ann', ['analyst'])
        kim = await world.someone('Kim', ['analyst'], 'nis')
      })
      afterAll(async () => {
        await world?.close()
        await close?.()
      })

      const opened = async () => (await ann.ask('POST', '/api/v1/cases', { case: { title: 'Joint' }, label: KOREA })).json.id as string
      const noted = async (id: string, label?: object) =>
        await ann.ask('POST', `/api/v1/cases/${id}/notes`, { note: { text: 'x' }, ...(label && { label }) })
      const closed = async (id: string) => {
        const etag = (await ann.ask('GET', `/api/v1/notes/${id}`)).headers.get('etag') as string
        return await ann.ask('PUT', `/api/v1/objects/${id}/label`, { label: { tlp: 'AMBER' }, reason: 'a source' }, { 'if-match': etag })
      }

      it('are closed as all of it is, whichever came first', async () => {
        for (let round = 0; round < 8; round++) {
          const id = await opened()
          const notes: string[] = []
          for (let n = 0; n < 6; n++) notes.push((await noted(id, KOREA)).json.id)
          expect((await kim.ask('GET', `/api/v1/cases/${id}`)).status).toBe(200)
          const answers = await Promise.all([
            ...notes.map(closed),
            noted(id, KOREA),
            noted(id),
            ann.ask('PUT', `/api/v1/cases/${id}/assignees`, { assignees: [ann.id] }),
            ann.ask('DELETE', `/api/v1/cases/${id}/contents/${notes[0]}`),
          ])
          for (const { status, text } of answers) expect([200, 201, 204, 412, 428], text).toContain(status)
          expect(answers.slice(0, 6).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200])
          expect((await kim.ask('GET', `/api/v1/cases/${id}`)).status).toBe(404)
        }
        const wrong = await world.node.parts.database.system((tx) =>
          tx.query(
            `select o.id from object o where o.clauses <> (
             with recursive inside(id) as (
               select o.id union select link.target from link join inside on link.source = inside.id where link.contains and link.ended_at is null)
             select array_agg(distinct held.label order by held.label) from inside join object held on held.id = inside.id)`,
          ),
        )
        expect(wrong).toEqual([])
      })
    },
  )
