import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runBatch, runRescreen } from '../../../src/screen/batch/index.ts'
import { logIn, recordMany } from '../decide/decisions.ts'
import { folders, person } from '../decide/plain-screener.ts'
import { plainScreener } from './batch-screener.ts'

const fresh = folders()
const THEN = Date.parse('2024-05-03T10:00:00.000Z')
const NOW = Date.parse('2026-01-05T10:00:00.000Z')
const listed = person('1', 'Name 1')
const added = person('2', 'Name 4321')
const after = plainScreener([listed, added], 'v2', () => NOW)

async function book(customers: number): Promise<string> {
  const folder = fresh()
  const input = join(folder, 'customers.csv')
  writeFileSync(input, `id,name\n${Array.from({ length: customers }, (_, n) => `C-${n},Name ${n}`).join('\n')}\n`)
  await runBatch({ input, screener: plainScreener([listed], 'v1', () => THEN), out: join(folder, 'then'), clock: () => THEN })
  return join(folder, 'then', 'answers.jsonl')
}

const lines = (path: string) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))

describe('screening all customers again', () => {
  it('finds the one of five thousand whom a change concerns, and says since when he could have been', async () => {
    const before = await book(5_000)
    const out = join(fresh(), 'again')
    const report = await runRescreen({ before, screener: after, out, clock: () => NOW, changed: ['test-list:2'] })
    expect(report.totals).toEqual({
      subjects: 5_000,
      asks: 5_000,
      differing: 1,
      changes: { 'new-hit': 1, 'gone-hit': 0, 'score-changed': 0, 'alert-changed': 0, 'suppression-lapsed': 0 },
    })
    expect(lines(join(out, 'changes.jsonl'))).toMatchObject([{ kind: 'new-hit', customer: 'C-4321', entry: '2', cause: 'entry' }])
    expect(lines(join(out, 'changes.jsonl'))[0].statement).toMatch(
      /^Customer C-4321 \(Name 4321\), screened on 2024-05-03T10:00:00.000Z against test-list v1 by cordon-1, would now hit test-list 2/,
    )
    // Its answers are what the next one goes on from: nothing is new any more.
    const next = await runRescreen({ before: join(out, 'answers.jsonl'), screener: after, out: join(fresh(), 'next'), clock: () => NOW })
    expect(next.totals.differing).toBe(0)
  })

  it('stopped, goes on with the same bytes; with other lists or other earlier answers it does not', async () => {
    const before = await book(5_000)
    const whole = join(fresh(), 'whole')
    await runRescreen({ before, screener: after, out: whole, clock: () => NOW })
    const out = join(fresh(), 'stopped')
    const stop = new AbortController()
    const running = runRescreen({
      before,
      screener: after,
      out,
      clock: () => NOW,
      signal: stop.signal,
      progress: ({ done }) => done >= 2_500 && stop.abort(),
    })
    await expect(running).rejects.toMatchObject({ name: 'AbortError' })
    await expect(runRescreen({ before, screener: plainScreener([listed], 'v3'), out, clock: () => NOW })).rejects.toMatchObject({
      code: 'screen/other-batch',
    })
    expect((await runRescreen({ before, screener: after, out, clock: () => NOW + 9 })).resumedAt).toBe(4_000)
    for (const name of ['changes.jsonl', 'answers.jsonl', 'checkpoint.json'])
      expect(readFileSync(join(out, name)).equals(readFileSync(join(whole, name))), name).toBe(true)
    await expect(runBatch({ input: before, screener: after, out, clock: () => NOW })).rejects.toMatchObject({ code: 'screen/not-empty' })
  })

  it('takes a log of decisions as earlier answers too', async () => {
    const log = logIn(fresh())
    await recordMany(log, 4)
    const now = plainScreener([person('7', 'KIM Yong Chol'), person('8', 'Yong Chol KIM')], 'v2', () => NOW)
    const out = join(fresh(), 'again')
    const { totals } = await runRescreen({ before: log.file, screener: now, out, clock: () => NOW })
    expect(totals).toMatchObject({ subjects: 4, changes: { 'new-hit': 3 } })
  })

  it('refuses a line that is no answer, with its number', async () => {
    const before = await book(3)
    appendFileSync(before, '{"customer":"C-9","asks":[{"ask":{"about":"name"},"answer":')
    await expect(runRescreen({ before, screener: after, out: join(fresh(), 'again'), clock: () => NOW })).rejects.toMatchObject({
      code: 'screen/not-answers',
      place: { line: 4 },
    })
  })
})
