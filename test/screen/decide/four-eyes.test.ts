import { describe, expect, it } from 'vitest'
import { type MadeDecision, recordDecision } from '../../../src/screen/decide/index.ts'
import { parseListedDate } from '../../../src/screen/lists/dates.ts'
import type { ListEntry } from '../../../src/screen/lists/entry.ts'
import { nameQuery } from '../../../src/screen/match/query.ts'
import { logIn } from './decisions.ts'
import { folders, person, plainScreener } from './plain-screener.ts'

const fresh = folders()
const birth = parseListedDate('1964-07-17')
const passport = { kind: 'passport', value: '836110035', country: null } as const
const entries: readonly ListEntry[] = [
  person('7', 'KIM Yong Chol', {
    births: [birth],
    identifiers: [{ ...passport, issued: null, expires: null, note: null }],
    wallets: [{ asset: 'ETH', address: '0xAB' }],
  }),
]
const screener = plainScreener(entries)

/** A false positive on the only entry; score 0.85 by name alone, 0.95 with the birth date, 1 by paper or wallet. */
function made(more: Partial<MadeDecision> = {}, query = nameQuery('Kim Yong Chol')): MadeDecision {
  return {
    customer: 'C-1',
    ask: { about: 'name', query },
    answer: screener.screen(query),
    entry: { list: 'test-list', id: '7', version: 'v1', hash: null },
    decision: 'false-positive',
    reason: 'born 1991 in Busan',
    by: 'Kim Minji',
    second: null,
    expires: null,
    ...more,
  }
}

describe('four eyes', () => {
  it('one person may dismiss a weak hit, and needs a second from the set score on', async () => {
    const log = logIn(fresh())
    await expect(recordDecision(log, made())).resolves.toMatchObject({ record: 1 })
    const strong = made({}, { ...nameQuery('Kim Yong Chol'), birth })
    await expect(recordDecision(log, strong)).rejects.toMatchObject({ code: 'screen/four-eyes' })
    await expect(recordDecision({ ...log, rules: { secondFrom: 0.96 } }, strong)).resolves.toMatchObject({ record: 2 })
    await expect(recordDecision({ ...log, rules: { secondFrom: 0 } }, made())).rejects.toMatchObject({ code: 'screen/four-eyes' })
    await expect(recordDecision(log, { ...strong, second: 'Sato Ken' })).resolves.toMatchObject({ second: 'Sato Ken' })
  })

  it('a true match always needs a second person, an escalation never', async () => {
    const log = logIn(fresh())
    await expect(recordDecision(log, made({ decision: 'true-match' }))).rejects.toMatchObject({ code: 'screen/four-eyes' })
    await expect(recordDecision(log, made({ decision: 'true-match', second: 'Sato Ken' }))).resolves.toBeTruthy()
    await expect(recordDecision(log, made({ decision: 'escalated' }))).resolves.toBeTruthy()
  })

  it('a paper or a wallet that agrees cannot be dismissed by one person, whatever the set score', async () => {
    const log = { ...logIn(fresh()), rules: { secondFrom: 2 } }
    await expect(recordDecision(log, made({}, { ...nameQuery('Somebody Else'), papers: [passport] }))).rejects.toMatchObject({
      code: 'screen/four-eyes',
    })
    const wallet = made({ ask: { about: 'wallet', address: '0xab', asset: null }, answer: screener.wallet('0xab', null) })
    await expect(recordDecision(log, wallet)).rejects.toMatchObject({ code: 'screen/four-eyes' })
    await expect(recordDecision(log, { ...wallet, second: 'Sato Ken' })).resolves.toBeTruthy()
  })

  it('the same person under another spelling is no second person', async () => {
    for (const second of ['Kim Minji', 'KIM MINJI', ' kim  minji ', 'Ｋｉｍ Minji', 'Kim-Minji']) {
      await expect(recordDecision(logIn(fresh()), made({ second }))).rejects.toMatchObject({ code: 'screen/four-eyes' })
    }
  })
})

describe('a decision that does not fit its answer is refused, and nothing is written', () => {
  const clean = screener.screen(nameQuery('Nobody'))
  const cases: Readonly<Record<string, Partial<MadeDecision>>> = {
    'an entry that the answer does not have': { entry: { list: 'test-list', id: '8', version: 'v1', hash: null } },
    'another version than the answer’s': { entry: { list: 'test-list', id: '7', version: 'v2', hash: null } },
    'no entry for a false positive': { entry: null },
    'no-hit on an answer with hits': { decision: 'no-hit', entry: null },
    'no-hit with an entry': { decision: 'no-hit', answer: clean },
    'an empty reason': { reason: ' \u200b ' },
    'nobody who decides': { by: '' },
    'a second person without a name': { second: '--' },
    'a customer without a number': { customer: ' ' },
    'a reason of a megabyte': { reason: 'a'.repeat(1 << 20) },
    'a day that does not exist': { expires: '2027-02-30' },
    'a word for a day': { expires: 'next year' },
    'an end for an escalation': { decision: 'escalated', expires: '2027-01-31' },
    'a decision that there is not': { decision: 'cleared' as never },
  }
  for (const [name, more] of Object.entries(cases)) {
    it(name, async () => {
      const log = logIn(fresh())
      await expect(recordDecision(log, made(more))).rejects.toMatchObject({ code: 'screen/bad-decision' })
      expect((await import('node:fs')).existsSync(log.file)).toBe(false)
    })
  }
})
