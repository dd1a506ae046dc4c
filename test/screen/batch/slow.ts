import type { BatchScreener } from '../../../src/screen/batch/as-of.ts'
import { person } from '../decide/plain-screener.ts'
import { plainScreener } from './batch-screener.ts'

export const NOW = Date.parse('2026-01-05T10:00:00.000Z')

/** A screener that says in each answer how old its list is, as a real one does when a list is stale. */
export function slowScreener(stale = `the list is ${process.hrtime.bigint()} ns old`): BatchScreener {
  const plain = plainScreener(
    Array.from({ length: 30 }, (_, n) => person(String(n), `Customer Number ${n * 7}`)),
    'v1',
    () => NOW,
  )
  const notes = [{ code: 'list-stale', text: stale }] as const
  return { ...plain, notes, screen: (query, setting) => ({ ...plain.screen(query, setting), notes }) }
}
