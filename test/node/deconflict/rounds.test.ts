import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sweepRounds } from '../../../src/node/deconflict/index.ts'
import { DATABASES } from '../databases.ts'
import { BEGIN, deskWorld, open, REQUEST, type SetClock, setClock } from '../freeze/papers.ts'
import type { NodeWorld, Someone } from '../world.ts'

const [P1, P2] = REQUEST.points as readonly [(typeof REQUEST.points)[number], (typeof REQUEST.points)[number]]

/** An address of its own for each number. */
function point(n: number) {
  return { ...P1, id: `p${n}`, to: `0x${n.toString(16).padStart(40, '1')}` }
}

for (const kind of DATABASES)
  describe.skipIf(kind.missing !== null)(`deconfliction on ${kind.name}`, () => {
    let world: NodeWorld
    let clock: SetClock
    let close: () => Promise<void>
    let tokyo: Someone
    let seoul: Someone
    let fbi: Someone
    beforeAll(async () => {
      const opened = await kind.open()
      close = opened.close
      clock = setClock(BEGIN)
      world = await deskWorld(clock, {
        url: opened.url,
        change: (config) => ({ ...config, deconflict: { accountsPerDay: 12, roundMinutes: 15, contact: 'desk@node.example' } }),
      })
      for (const [code, nation] of [
        ['jp-npa', 'JPN'],
        ['kr-npa', 'KOR'],
        ['us-fbi', 'USA'],
      ] as const)
        await world.organisation(code, nation)
      tokyo = await world.someone('Sato', ['analyst'], 'jp-npa')
      seoul = await world.someone('Kim', ['analyst'], 'kr-npa')
      fbi = await world.someone('Smith', ['supervisor'], 'us-fbi')
    })
    afterAll(async () => {
      await world?.close()
      await close?.()
    })

    const request = async (who: Someone, points: readonly unknown[]) =>
      (await open(who, { request: { ...REQUEST, points } })).json.id as string
    const file = async (who: Someone, object: string, accounts?: readonly string[]) =>
      await who.ask('POST', '/api/v1/deconflict/holdings', { object, ...(accounts && { accounts }) })
    const rounds = async (who: Someone) => {
      const { json } = await who.ask('GET', '/api/v1/deconflict/notices')
      return json.items.map(({ round }: { round: string }) => round)
    }
    const endRound = async () => {
      clock.pass(15)
      return await sweepRounds(world.node.parts)
    }

    it('tells two teams that both hold something at the end of the round, and nothing else', async () => {
      const ours = await request(tokyo, [P1, P2])
      const theirs = await request(seoul, [point(1), { ...P1, to: P1.to.toLowerCase() }])
      expect((await file(tokyo, ours)).json).toEqual({ filed: 2, before: 0, round: '2026-02-21T15:15:00.000Z' })
      expect((await file(seoul, theirs)).json).toEqual({ filed: 2, before: 0, round: '2026-02-21T15:15:00.000Z' })
      await file(fbi, await request(fbi, [point(2)]))
      expect([await rounds(tokyo), await rounds(seoul), await rounds(fbi)]).toEqual([[], [], []])
      expect(await sweepRounds(world.node.parts)).toBe(0)
      expect(await endRound()).toBe(1)
      const notice = {
        round: '2026-02-21T15:15:00.000Z',
        contact: 'desk@node.example',
        text: 'Another team works on something that you hold. Ask the desk: desk@node.example.',
      }
      for (const who of [tokyo, seoul]) {
        const { text, json } = await who.ask('GET', '/api/v1/deconflict/notices')
        expect(json).toEqual({ items: [notice] })
        for (const told of [P1.to, P1.to.toLowerCase(), P2.to, ours, theirs, 'kr-npa', 'jp-npa']) expect(text).not.toContain(told)
      }
      expect(await rounds(fbi)).toEqual([])
      expect(await endRound()).toBe(0)
      expect(await rounds(tokyo)).toHaveLength(1)
    })

    it('tells a third team and both others in one round, however much met, and in the same words', async () => {
      expect((await file(fbi, await request(fbi, [P1, P2, point(3)]))).json.filed).toBe(3)
      expect(await endRound()).toBe(2)
      const round = '2026-02-21T15:45:00.000Z'
      expect([(await rounds(tokyo))[0], (await rounds(seoul))[0], (await rounds(fbi))[0]]).toEqual([round, round, round])
      expect(await rounds(fbi)).toEqual([round])
    })

    it('files accounts of one’s own objects alone: not somebody else’s, nor what the object does not have', async () => {
      const ours = await request(seoul, [point(4)])
      const foreign = await file(seoul, ours, [`eip155:1:${P2.from}`, `eip155:1:${point(5).to}`])
      expect(foreign).toMatchObject({ status: 422 })
      expect(await file(seoul, ours, [`eip155:1:${point(5).to}`])).toMatchObject({ status: 403, json: { code: 'blind/not-yours' } })
      expect((await file(seoul, ours, [`eip155:1:${point(5).to}`])).text).not.toContain(point(5).to)
      expect(await file(tokyo, ours)).toMatchObject({ status: 404 })
      expect(await file(seoul, ours, ['nonsense'])).toMatchObject({ status: 422, json: { code: 'blind/not-an-account' } })
      // A sender may be named; by itself it is not filed.
      expect((await file(seoul, ours, [`eip155:1:${P1.from.toUpperCase().replace('0X', '0x')}`])).json).toMatchObject({ filed: 1 })
      expect((await file(seoul, ours)).json).toMatchObject({ filed: 1, before: 0 })
      expect((await file(seoul, ours)).json).toMatchObject({ filed: 0, before: 1 })
      const { id: note } = (await seoul.ask('POST', '/api/v1/cases', { case: { title: 'nothing' } })).json
      expect(await file(seoul, note)).toMatchObject({ status: 422, json: { code: 'blind/no-accounts' } })
      expect(await file(await world.someone('Com', ['compliance'], 'kr-npa'), ours)).toMatchObject({ status: 403 })
      expect((await world.nobody('GET', '/api/v1/deconflict/notices')).status).toBe(401)
    })

    it('shows a team how much it filed and never a token, and takes it back', async () => {
      const ours = await request(fbi, [P1])
      await file(fbi, ours)
      const { json, text } = await fbi.ask('GET', '/api/v1/deconflict/holdings')
      expect(json.items.find(({ object }: { object: string }) => object === ours)).toMatchObject({ kind: 'request', accounts: 1 })
      expect(text).not.toMatch(/[0-9a-f]{8}\.[0-9a-f]{64}/)
      expect((await tokyo.ask('GET', '/api/v1/deconflict/holdings')).text).not.toContain(ours)
      expect((await fbi.ask('DELETE', `/api/v1/deconflict/holdings/${ours}`)).json).toEqual({ withdrawn: 1 })
      expect(await tokyo.ask('DELETE', `/api/v1/deconflict/holdings/${ours}`)).toMatchObject({ status: 404 })
      expect((await fbi.ask('DELETE', `/api/v1/deconflict/holdings/${ours}`)).json).toEqual({ withdrawn: 0 })
    })

    it('counts against the day’s budget of the organisation, and files nothing where it does not reach', async () => {
      const many = await request(
        tokyo,
        Array.from({ length: 11 }, (_, n) => point(100 + n)),
      )
      expect(await file(tokyo, many)).toMatchObject({ status: 429, json: { code: 'blind/budget' } })
      expect((await tokyo.ask('GET', '/api/v1/deconflict/holdings')).text).not.toContain(many)
      // Accounts that the team holds already cost nothing.
      expect((await file(tokyo, await request(tokyo, [P1, P2]))).json).toMatchObject({ filed: 2 })
      expect(
        (
          await file(
            tokyo,
            await request(
              tokyo,
              Array.from({ length: 10 }, (_, n) => point(100 + n)),
            ),
          )
        ).json,
      ).toMatchObject({ filed: 10 })
      expect(await file(tokyo, await request(tokyo, [point(200)]))).toMatchObject({ status: 429 })
      clock.now = new Date('2026-02-22T00:01:00.000Z')
      expect((await file(tokyo, await request(tokyo, [point(200)]))).json).toMatchObject({ filed: 1 })
    })

    it('tells a colleague nothing of what he may not see, and him of what he filed himself', async () => {
      await endRound()
      const colleague = await world.someone('Ito', ['analyst'], 'jp-npa')
      expect((await colleague.ask('GET', '/api/v1/deconflict/notices')).json).toEqual({ items: [] })
      expect((await colleague.ask('GET', '/api/v1/deconflict/holdings')).json).toEqual({ items: [] })
      await file(colleague, await request(colleague, [P1]))
      const before = { tokyo: await rounds(tokyo), seoul: await rounds(seoul) }
      await endRound()
      expect(await rounds(colleague)).toHaveLength(1)
      // The team had met the others on it before: nobody else is told anew.
      expect({ tokyo: await rounds(tokyo), seoul: await rounds(seoul) }).toEqual(before)
    })

    it('keeps no account where it keeps tokens, and no row of another organisation is open below', async () => {
      const { database } = world.node.parts
      const dump = await database.system(async (tx) =>
        JSON.stringify([
          await tx.query('select * from holding'),
          await tx.query('select * from holding_notice'),
          await tx.query('select * from holding_budget'),
        ]),
      )
      expect(dump).toMatch(/[0-9a-f]{8}\.[0-9a-f]{64}/)
      for (const { to, from } of [P1, P2, point(1), point(100)])
        for (const address of [to, from]) expect(dump.toLowerCase()).not.toContain(address.toLowerCase().replace(/^0x/, ''))
      const rows = await database.as(seoul.id, clock.now, (tx) => tx.query<{ organisation: string }>('select organisation from holding'))
      expect(new Set(rows.map(({ organisation }) => organisation))).toEqual(new Set(['kr-npa']))
      await expect(database.as(seoul.id, clock.now, (tx) => tx.query('update holding set compared = true'))).rejects.toMatchObject({
        code: 'database/refused',
      })
      await expect(
        database.as(seoul.id, clock.now, (tx) => tx.query(`insert into holding_notice values ('jp-npa', now(), $1)`, [seoul.id])),
      ).rejects.toMatchObject({ code: 'database/refused' })
    })

    it('has in the record which objects met, for auditors, and who filed how many', async () => {
      const auditor = await world.someone('Aud', ['auditor'])
      const { items } = (await auditor.ask('GET', '/api/v1/record/entries?from=0&limit=1000')).json
      const entries = items.map(({ entry }: { entry: string }) => JSON.parse(entry))
      const met = entries.filter(({ action }: { action: string }) => action === 'deconflict.meet')
      expect(met[0]).toMatchObject({ actor: null, detail: { organisations: 2, objects: 2, round: '2026-02-21T15:15:00.000Z' } })
      expect(met[0].objects).toHaveLength(2)
      const filed = entries.filter(
        ({ action, outcome }: { action: string; outcome: string }) => action === 'deconflict.file' && outcome === 'done',
      )
      expect(filed[0]).toMatchObject({ actor: { organisation: 'jp-npa' }, detail: { filed: 2, counted: 2 } })
      expect(
        items
          .map(({ entry }: { entry: string }) => entry)
          .join()
          .toLowerCase(),
      ).not.toContain(P1.to.toLowerCase())
    })
  })
