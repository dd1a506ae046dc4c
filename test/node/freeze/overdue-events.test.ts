import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { sweepFreezes } from '../../../src/node/freeze/index.ts'
import { type RunningNode, startNode } from '../../../src/node/start.ts'
import { DATABASES } from '../databases.ts'
import { listen } from '../events/listen.ts'
import { auditOf, findingsAfter } from '../record/audits.ts'
import type { NodeWorld } from '../world.ts'
import { act, BEGIN, deskWorld, house, LBANK, open, type SetClock, setClock } from './papers.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

for (const kind of DATABASES)
  describe.skipIf(kind.missing !== null)(`events of deadlines that were missed, on ${kind.name}`, () => {
    let world: NodeWorld
    let node: RunningNode
    let clock: SetClock
    let people: Awaited<ReturnType<typeof house>>
    let id: string
    let close: () => Promise<void>
    beforeAll(async () => {
      const opened = await kind.open()
      close = opened.close
      clock = setClock(BEGIN)
      world = await deskWorld(clock, { url: opened.url })
      node = world.node
      people = await house(world)
      const { analyst, supervisor, releaser } = people
      await supervisor.ask('POST', '/api/v1/exchanges', { entry: { ...LBANK, windows: { ...LBANK.windows, answer: '2 hours' } } })
      id = (await open(analyst, { team: [supervisor, releaser] })).json.id
      await act(supervisor, id, { action: 'authorise' })
      await act(releaser, id, { action: 'send' })
    })
    afterAll(async () => {
      await node?.stop()
      await world?.close()
      await close?.()
    })

    /** What both hear of the request, from where they were until something that both may read happens. */
    const heardOf = async (from: { readonly team: string; readonly colleague: string }) => {
      const { json } = await people.analyst.ask('POST', '/api/v1/cases', { case: { title: 'both see it' } })
      const heard = async (who: keyof typeof people, after: string) => {
        const stream = await listen(people[who], node.url, after)
        const all = await stream.until((each) => each.some(({ data }) => data.object === json.id))
        stream.close()
        return { actions: all.filter(({ data }) => data.object === id).map(({ data }) => data.action), at: all.at(-1)?.id as string }
      }
      return { team: await heard('releaser', from.team), colleague: await heard('colleague', from.colleague) }
    }

    let from: { team: string; colleague: string }

    it('wake who listens, once each, and nobody who may not read the request', async () => {
      const streams = { team: await listen(people.releaser, node.url), colleague: await listen(people.colleague, node.url) }
      clock.pass(31)
      await sweepFreezes(node.parts)
      const [first] = await streams.team.until((all) => all.length > 0)
      expect(first?.data).toMatchObject({ object: id, kind: 'request', action: 'overdue-acknowledgement' })
      await sweepFreezes(node.parts)
      from = { team: streams.team.begin, colleague: streams.colleague.begin }
      for (const stream of Object.values(streams)) stream.close()
      const { team, colleague } = await heardOf(from)
      expect(team.actions).toEqual(['overdue-acknowledgement'])
      expect(colleague.actions).toEqual([])
    })

    it('are told once of what passed while the node was down, and are there for who comes back', async () => {
      const { config } = node.parts
      const port = Number(new URL(node.url).port)
      await node.stop()
      clock.pass(120)
      node = await startNode({ config: { ...config, listen: { ...config.listen, port } }, clock: () => clock.read() })
      await sweepFreezes(node.parts)
      await sweepFreezes(node.parts)
      const { team, colleague } = await heardOf(from)
      expect(team.actions).toEqual(['overdue-acknowledgement', 'overdue-answer'])
      expect(colleague.actions).toEqual([])
      from = { team: team.at, colleague: from.colleague }
    })

    it('of before he joined the team are not there for who joins it later', async () => {
      const etag = (await people.analyst.ask('GET', `/api/v1/requests/${id}`)).headers.get('etag') as string
      const added = { add: [people.colleague.id], reason: 'takes over' }
      expect((await people.analyst.ask('PUT', `/api/v1/requests/${id}/team`, added, { 'if-match': etag })).status).toBe(200)
      const { team, colleague } = await heardOf(from)
      expect(team.actions).toHaveLength(1)
      expect(colleague.actions).toEqual(team.actions)
    })

    it('are vouched for by the record', async () => {
      expect(await auditOf({ ...world, node })).toMatchObject({ findings: [], sound: true })
      for (const [change, finding] of [
        [`update freeze_overdue set seq = seq + 1000`, /^freeze_overdue \S+ \S+ .*: it is not as entry \d+/],
        [`update freeze_overdue set version = version + 1`, /^freeze_overdue \S+ .*: it is not as entry \d+/],
        [`update freeze_overdue set noted_at = noted_at + interval '1 day'`, /^freeze_overdue \S+ .*: it is not as entry \d+/],
        [`update freeze_overdue set at = at + interval '1 day'`, /^freeze_overdue \S+ .*: the record does not say/],
        [`delete from freeze_overdue where deadline = 'answer'`, /^freeze_overdue \S+ answer .*: the row is missing; entry \d+/],
        ['truncate freeze_overdue', /^freeze_overdue \S+ .*: the row is missing; entry \d+/],
      ] as const)
        expect((await findingsAfter({ ...world, node }, (tx) => tx.query(change))).join('\n'), change).toMatch(finding)
    })

    it('change no version of the request', async () => {
      const { version } = (await people.analyst.ask('GET', `/api/v1/requests/${id}`)).json
      const { items } = (await people.analyst.ask('GET', `/api/v1/objects/${id}/versions`)).json
      expect(items).toHaveLength(version)
    })
  })
