import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { directoryFor, type OverdueFreeze, overdueFreezes, sweepFreezes } from '../../../src/node/freeze/index.ts'
import { transact } from '../../../src/node/transact.ts'
import { DATABASES } from '../databases.ts'
import type { NodeWorld } from '../world.ts'
import { act, BEGIN, deskWorld, house, LBANK, open, type SetClock, setClock } from './papers.ts'

for (const kind of DATABASES)
  describe.skipIf(kind.missing !== null)(`the clock of the desk on ${kind.name}`, () => {
    let world: NodeWorld
    let clock: SetClock
    let people: Awaited<ReturnType<typeof house>>
    let id: string
    let close: () => Promise<void>
    beforeAll(async () => {
      const opened = await kind.open()
      close = opened.close
      clock = setClock(BEGIN)
      world = await deskWorld(clock, { url: opened.url })
      people = await house(world)
      const { analyst, supervisor, releaser } = people
      await supervisor.ask('POST', '/api/v1/exchanges', {
        entry: { ...LBANK, windows: { ...LBANK.windows, answer: '2 hours', holdEnds: '4 hours' } },
      })
      id = (await open(analyst, { team: [supervisor, releaser] })).json.id
      await act(supervisor, id, { action: 'authorise' })
      await act(releaser, id, { action: 'send' })
    })
    afterAll(async () => {
      await world?.close()
      await close?.()
    })

    const named = (found: readonly OverdueFreeze[]) => found.map(({ request, deadline }) => [request, deadline])
    const sweep = async () => named(await sweepFreezes(world.node.parts))

    it('raises each deadline once, when it has passed, with the organisation’s own windows', async () => {
      expect(await sweep()).toEqual([])
      clock.pass(31)
      const { version } = (await people.analyst.ask('GET', `/api/v1/requests/${id}`)).json
      const told: OverdueFreeze[] = []
      await sweepFreezes(world.node.parts, async (tx, found) => {
        told.push(...found)
        expect(await tx.query('select 1 as one')).toEqual([{ one: 1 }])
      })
      expect(told).toMatchObject([
        { request: id, version, organisation: 'home', deadline: 'acknowledgement', point: null, at: '2026-02-21T15:40:00.000Z' },
      ])
      expect(await sweep()).toEqual([])
      clock.pass(90)
      expect(await sweep()).toEqual([[id, 'answer']])
      expect(await sweep()).toEqual([])
      const clockShown = (await people.releaser.ask('GET', `/api/v1/requests/${id}/clock`)).json
      expect(clockShown.overdue.map((each: { id: string }) => each.id)).toEqual(['acknowledgement', 'answer'])
      expect(clockShown.next.id).toBe('treaty-network')
    })

    it('tells again when a hold was extended and lapses anew, and lets nothing expire before its end', async () => {
      const at = clock.now.toISOString()
      const until = new Date(clock.now.getTime() + 60 * 60_000).toISOString()
      await act(people.analyst, id, {
        action: 'answer',
        answer: { status: 'held', at, reference: 'x', until, amounts: [{ point: 'p1', amount: '1' }] },
      })
      expect((await sweep()).map(([, deadline]) => deadline)).toEqual(['hold-warning', 'hold-last-warning'])
      expect(await act(people.analyst, id, { action: 'expire' })).toMatchObject({ status: 409 })
      clock.pass(61)
      expect(await sweep()).toEqual([[id, 'hold-end']])
      await act(people.analyst, id, {
        action: 'extend',
        until: new Date(clock.now.getTime() + 60 * 60_000).toISOString(),
        reference: 'x-2',
      })
      clock.pass(61)
      expect((await sweep()).map(([, deadline]) => deadline)).toEqual(['hold-warning', 'hold-last-warning', 'hold-end'])
      expect((await act(people.analyst, id, { action: 'expire' })).json.body.state).toBe('expired')
      expect(await sweep()).toEqual([])
    })

    it('is in the record, without a person, and tells nothing when what hears of it fails', async () => {
      const { id: another } = (await open(people.analyst, { team: [people.supervisor, people.releaser] })).json
      await act(people.supervisor, another, { action: 'authorise' })
      await act(people.releaser, another, { action: 'send' })
      clock.pass(31)
      const failing = sweepFreezes(world.node.parts, async () => {
        throw new Error('mail is down')
      })
      await expect(failing).rejects.toThrow('mail is down')
      expect(await sweep()).toEqual([[another, 'acknowledgement']])
      const auditor = await world.someone('Aud', ['auditor'])
      const { items } = (await auditor.ask('GET', '/api/v1/record/entries?from=0&limit=1000')).json
      const entries = items
        .map(({ entry }: { entry: string }) => JSON.parse(entry))
        .filter(({ action }: { action: string }) => action === 'request.overdue')
      expect(entries).toHaveLength(9)
      expect(entries.at(-1)).toMatchObject({
        actor: null,
        door: 'node',
        objects: [{ id: another, kind: 'request' }],
        detail: { deadline: 'acknowledgement', point: null },
      })
    })

    it('tells a caller only of what he may see', async () => {
      const of = async (who: (typeof people)['analyst']) => {
        const [, session] = who.cookie.split('=')
        const caller = await world.node.parts.authenticate({ authorization: null, session: session as string, certificate: null })
        if (caller === null) throw new Error('not signed in')
        return await transact(world.node.parts, caller, { door: 'test', action: 'test.overdue' }, async (ask) => {
          await directoryFor(ask, world.node.parts.exchanges)
          return named(await overdueFreezes(ask.tx, ask.now, world.node.parts.exchanges))
        })
      }
      expect((await of(people.analyst)).length).toBeGreaterThan(0)
      expect(await of(people.colleague)).toEqual([])
    })
  })
