import type { Asker } from '../../../src/screen/decide/index.ts'
import { person, plainScreener } from '../decide/plain-screener.ts'

export const NOW = Date.parse('2026-01-05T10:00:00.000Z')

/** A screener that says in each answer how old its list is, as a real one does when a list is stale. */
export function slowScreener(stale = `the list is ${process.hrtime.bigint()} ns old`): Asker {
  const plain = plainScreener(
    Array.from({ length: 30 }, (_, n) => person(String(n), `Customer Number ${n * 7}`)),
    'v1',
    () => NOW,
  )
  return { ...plain, screen: (query, setting) => ({ ...plain.screen(query, setting), notes: [{ code: 'list-stale', text: stale }] }) }
}
