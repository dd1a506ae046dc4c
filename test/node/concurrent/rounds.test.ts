import { expect, it, vi } from 'vitest'
import { sweepRounds } from '../../../src/node/deconflict/index.ts'
import { BEGIN, deskWorld, open, REQUEST, setClock } from '../freeze/papers.ts'
import { NO_POSTGRES, startPostgres } from '../postgres.ts'
import type { Someone } from '../world.ts'

vi.setConfig({ testTimeout: 60_000 })

it.skipIf(NO_POSTGRES !== null)(
  `what is filed while a round is compared, and was in time for it, is compared by the next look${NO_POSTGRES === null ? '' : ` (skipped: ${NO_POSTGRES})`}`,
  async () => {
    const server = await startPostgres()
    const clock = setClock(BEGIN)
    const world = await deskWorld(clock, { url: server.url })
    try {
      await world.organisation('jp-npa', 'JPN')
      await world.organisation('kr-npa', 'KOR')
      const tokyo = await world.someone('Sato', ['analyst'], 'jp-npa')
      const seoul = await world.someone('Kim', ['analyst'], 'kr-npa')
      const request = async (who: Someone) => (await open(who, { request: { ...REQUEST, points: [REQUEST.points[0]] } })).json.id as string
      const file = async (who: Someone, object: string) => await who.ask('POST', '/api/v1/deconflict/holdings', { object })
      const [ours, theirs] = [await request(tokyo), await request(seoul)]
      expect((await file(tokyo, ours)).json).toMatchObject({ filed: 1 })
      const intime = clock.now
      clock.pass(24 * 60)
      const { parts } = world.node
      let late = false
      const system: typeof parts.database.system = (work) =>
        parts.database.system((tx) =>
          work({
            ...tx,
            query: async (sql, values) => {
              if (!late && sql.startsWith('update holding set compared')) {
                late = true
                const now = clock.now
                clock.now = intime
                expect((await file(seoul, theirs)).json).toMatchObject({ filed: 1 })
                clock.now = now
              }
              return await tx.query(sql, values)
            },
          }),
        )
      expect(await sweepRounds({ ...parts, database: { ...parts.database, system } })).toBe(0)
      expect(late).toBe(true)
      expect(await sweepRounds(parts)).toBe(1)
    } finally {
      await world.close()
      await server.stop()
    }
  },
)
