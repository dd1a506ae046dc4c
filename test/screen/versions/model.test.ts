import fc from 'fast-check'
import { expect, it } from 'vitest'
import { listEvents, listStatus, readVersion, verifyStore, versionsOf, wasListed } from '../../../src/screen/versions/index.ts'
import { latestVersions, versionInService } from './in-service.ts'
import { stores } from './places.ts'
import { all, DAY, importText, START } from './plain-list.ts'

const place = stores()
const LIST = 'test-list'

/** Lists that may follow each other in any order: entry 1 to 60, without one or two that are told by the number of the list. */
const GOOD = Array.from({ length: 5 }, (_, n) => {
  const gone = n === 0 ? [] : [n, n * 10]
  const ids = Array.from({ length: 60 }, (_, i) => i + 1).filter((id) => !gone.includes(id))
  return { ids, text: `${ids.map((id) => `${id}|person||Name ${id}`).join('\n')}\n` }
})
const BAD = ['', '1|person||Alone\n', `${GOOD[0]?.text}!schema\n`, `${GOOD[1]?.text}${'?refused\n'.repeat(3)}`]

type Step = { readonly wait: number; readonly good: number | null; readonly bad: number }

const step: fc.Arbitrary<Step> = fc.record({
  wait: fc.constantFrom(0, 0, 0.25, 1, 3.5),
  good: fc.option(fc.nat(GOOD.length - 1), { freq: 3 }),
  bad: fc.nat(BAD.length - 1),
})

/** The store as a list of what came into service when: the last one not after a time answers for it. */
interface Model {
  readonly served: { readonly day: number; readonly good: number }[]
  readonly kinds: string[]
}

function stepModel({ served, kinds }: Model, day: number, { good }: Step): void {
  if (good !== null && served.at(-1)?.good === good) kinds.push('confirmed-unchanged')
  else if (good !== null) {
    served.push({ day, good })
    kinds.push('imported')
  } else kinds.push(served.length === 0 ? 'first' : 'refused')
}

it('at any past time the history answers as a model in memory does, whatever was imported, refused and confirmed', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 10 }),
      fc.array(fc.tuple(fc.double({ min: -1, max: 20, noNaN: true }), fc.integer({ min: 1, max: 60 })), { minLength: 3, maxLength: 6 }),
      async (steps, questions) => {
        const store = place()
        const model: Model = { served: [], kinds: [] }
        const ids = new Map<number, string>()
        let day = 0
        for (const next of steps) {
          day += next.wait
          stepModel(model, day, next)
          // Before the first good version a small list would be good too: only what is refused whatever came before may stand for a bad one.
          const bad = model.served.length === 0 && next.bad === 1 ? 0 : next.bad
          const { event } = await importText(store, next.good === null ? (BAD[bad] as string) : (GOOD[next.good]?.text as string), day)
          const kind = model.kinds.at(-1) === 'first' ? 'refused' : model.kinds.at(-1)
          expect(event.kind).toBe(kind)
          if (event.kind === 'imported' && next.good !== null) {
            expect(event.version).toBe(ids.get(next.good) ?? event.version)
            ids.set(next.good, event.version)
          }
        }
        expect(new Set((await versionsOf(store, LIST)).map(({ version }) => version))).toEqual(new Set(ids.values()))
        for (const [asked, id] of questions) {
          const at = new Date(START + Math.round(asked * DAY)).toISOString()
          const expected = model.served.findLast((one) => START + one.day * DAY <= Date.parse(at)) ?? null
          const version = expected === null ? null : (ids.get(expected.good) as string)
          const [answer] = await wasListed({ store, list: LIST, query: String(id), on: at })
          expect(answer?.knew.version?.version ?? null).toBe(version)
          const listed = expected !== null && (GOOD[expected.good]?.ids.includes(id) as boolean)
          expect(answer?.knew.matches.map((match) => match.id)).toEqual(listed ? [String(id)] : [])
          const [status] = await listStatus({ store, at, lists: [LIST] })
          expect(status?.inService?.version ?? null).toBe(version)
        }
        const last = model.served.at(-1)
        const [now] = await latestVersions(store)
        expect(now?.version).toBe(last && ids.get(last.good))
        if (now !== undefined) {
          const entries = await all(readVersion(store, LIST, now.version))
          expect(entries.map(({ id }) => Number(id))).toEqual(GOOD[last?.good ?? -1]?.ids)
        }
        expect(await listEvents(store, LIST)).toHaveLength(steps.length)
        expect(await verifyStore(store)).toMatchObject({ sound: true, leftovers: [] })
      },
    ),
    { numRuns: 50 },
  )
})

it('a later event never changes the answer for an earlier time', async () => {
  const store = place()
  const answers: string[] = []
  const ask = async (): Promise<string> => {
    const asked = await Promise.all([0.5, 1.5, 2.5].map((day) => versionInService(store, LIST, new Date(START + day * DAY).toISOString())))
    return JSON.stringify(asked)
  }
  for (const [i, good] of GOOD.entries()) {
    await importText(store, good.text, i)
    answers.push(await ask())
  }
  expect(new Set(answers.slice(2)).size).toBe(1)
})
