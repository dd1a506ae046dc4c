import { describe, expect, it, vi } from 'vitest'
import type { Tx } from '../../../src/node/database/tx.ts'
import { csrfOf } from '../../../src/node/people/csrf.ts'
import { openSession, SESSION_LIFE } from '../../../src/node/people/sessions.ts'
import { keepSwept } from '../../../src/node/sweep.ts'
import { DATABASES } from '../databases.ts'
import { BEGIN, deskWorld, setClock } from '../freeze/papers.ts'

const DAY_MINUTES = 24 * 60
const DAY_MS = DAY_MINUTES * 60_000

for (const kind of DATABASES)
  describe.skipIf(kind.missing !== null)(`what a node clears away on ${kind.name}`, () => {
    it('is the answers that were kept for 24 hours, and no younger ones', async () => {
      const opened = await kind.open()
      const clock = setClock(BEGIN)
      const world = await deskWorld(clock, { url: opened.url })
      const { database } = world.node.parts
      const kept = () => database.system((tx) => tx.query<{ key: string }>('select key from idempotency order by at'))
      const sweeps = async () => {
        const errors: unknown[] = []
        let began = 0
        const system = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
          began++
          return database.system(work)
        }
        const life = { idle: 7 * DAY_MS, absolute: 7 * DAY_MS }
        const node = { database: { ...database, system }, clock: () => clock.read() }
        const stop = keepSwept(node, life, (error) => errors.push(error), 20)
        await vi.waitFor(() => expect(began).toBeGreaterThan(0))
        await stop()
        expect(errors).toEqual([])
      }
      try {
        const ann = await world.someone('Ann', ['analyst'])
        // Whoever signed in yesterday does so again.
        const make = async (key: string) => {
          const { token } = await database.system((tx) =>
            openSession(tx, ann.id, 'password', { address: '127.0.0.1', agent: 'test' }, SESSION_LIFE, world.node.parts),
          )
          const headers = { cookie: `cordon-session=${token}`, 'sec-fetch-site': 'same-origin', 'x-cordon-csrf': csrfOf(token) }
          return await world.nobody('POST', '/api/v1/cases', { case: { title: key } }, { ...headers, 'idempotency-key': key })
        }
        const first = await make('first-key')
        clock.pass(1)
        const second = await make('second-key')
        clock.pass(DAY_MINUTES - 2)
        await sweeps()
        expect(await kept()).toEqual([{ key: 'first-key' }, { key: 'second-key' }])
        clock.pass(1)
        await sweeps()
        expect(await kept()).toEqual([{ key: 'second-key' }])
        const [again, repeated] = [await make('first-key'), await make('second-key')]
        expect([first, second, again, repeated].map(({ status }) => status)).toEqual([201, 201, 201, 201])
        expect(again.json.id).not.toBe(first.json.id)
        expect(repeated.json.id).toBe(second.json.id)
      } finally {
        await world.close()
        await opened.close()
      }
    })
  })
