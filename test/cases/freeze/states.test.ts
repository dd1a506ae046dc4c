import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type AnswerGiven,
  applyFreezeAction,
  ExchangeDirectory,
  FREEZE_ACTIONS,
  FREEZE_STATES,
  FREEZE_TABLE,
  type FreezeAction,
  type FreezeActor,
  type FreezeBody,
  type FreezeRole,
  freezeGate,
  openFreeze,
  possibleActions,
  readFreezeDocument,
  requestDigest,
} from '../../../src/cases/freeze/index.ts'
import { ANALYST, COMPLIANCE, DESK, DIRECTORY, ID, NOW, RELEASER, REQUEST, SUPERVISOR, sent } from './example.ts'

const ANSWER: AnswerGiven = {
  status: 'held',
  at: '2026-02-21T15:18:00Z',
  reference: 'LB-99120',
  amounts: [
    { point: 'p1', amount: '1250000000000' },
    { point: 'p2', amount: '400000000' },
  ],
  until: '2026-02-24T15:18:00Z',
  reason: null,
  document: null,
  more: null,
}
const step = (body: FreezeBody, action: FreezeAction, actor: FreezeActor, now = NOW): FreezeBody =>
  applyFreezeAction(body, action, actor, now, DESK)
const draft = (): FreezeBody => openFreeze(ID, REQUEST, ANALYST, '2026-02-21T15:10:00.000Z')
const both: FreezeActor = { person: ANALYST.person.toUpperCase(), roles: ['analyst', 'supervisor', 'releaser'] }

describe('A freeze request goes from draft to authorised to sent', () => {
  test('by three persons, and each step is in its history', () => {
    const body = sent()
    expect(body.state).toBe('sent')
    expect(body.history.map(({ action, from, to, by }) => [action, from, to, by])).toEqual([
      ['open', null, 'draft', ANALYST.person],
      ['authorise', 'draft', 'authorised', SUPERVISOR.person],
      ['send', 'authorised', 'sent', RELEASER.person],
    ])
    expect(new Set(body.history.map(({ request }) => request))).toEqual(new Set([requestDigest(REQUEST)]))
  })

  test('and what left the house is kept byte for byte, with its SHA-256', () => {
    const { sent: left } = sent()
    expect(left?.sha256).toBe(
      createHash('sha256')
        .update(left?.json ?? '')
        .digest('hex'),
    )
    expect(readFreezeDocument(left?.json ?? '', null)).toMatchObject({ id: ID, issuedAt: left?.at, caseNumber: REQUEST.caseNumber })
  })

  test('and who worked on it does not leave the house', () => {
    const json = sent().sent?.json ?? ''
    for (const { person } of [ANALYST, SUPERVISOR, RELEASER]) expect(json).not.toContain(person)
  })

  test('and the body that comes in stays as it is', () => {
    const before = draft()
    const copy = structuredClone(before)
    step(before, { do: 'authorise', reason: null }, SUPERVISOR)
    expect(before).toEqual(copy)
  })
})

describe('Two persons', () => {
  test('who drafted a request cannot authorise it, in whatever letter case the id comes', () => {
    expect(() => step(draft(), { do: 'authorise', reason: null }, both)).toThrow(expect.objectContaining({ code: 'cases/four-eyes' }))
  })

  test('who changed it last cannot authorise it either', () => {
    const changed = step(
      draft(),
      { do: 'change', request: { ...REQUEST, caseNumber: '2026-CY-0418' }, reason: 'number corrected' },
      SUPERVISOR,
    )
    expect(() => step(changed, { do: 'authorise', reason: null }, SUPERVISOR)).toThrow(/who drafted or changed/)
    const another: FreezeActor = { person: '55555555-5555-4555-8555-555555555555', roles: ['supervisor'] }
    expect(step(changed, { do: 'authorise', reason: null }, another).state).toBe('authorised')
  })

  test('any change after authorisation returns it to draft', () => {
    const authorised = step(draft(), { do: 'authorise', reason: null }, SUPERVISOR)
    const changed = step(
      authorised,
      { do: 'change', request: { ...REQUEST, caseNumber: '2026-CY-0418' }, reason: 'number corrected' },
      ANALYST,
    )
    expect(changed.state).toBe('draft')
    expect(() => step(changed, { do: 'send' }, RELEASER)).toThrow(/not possible with a request that is draft/)
  })

  test('a body that was altered behind the desk is not sent', () => {
    const authorised = step(draft(), { do: 'authorise', reason: null }, SUPERVISOR)
    const altered = { ...authorised, request: { ...authorised.request, caseNumber: 'other' } }
    expect(() => step(altered, { do: 'send' }, RELEASER)).toThrow(/not the one that a second person authorised/)
    const forged = {
      ...authorised,
      history: authorised.history.map((each) => (each.action === 'authorise' ? { ...each, by: ANALYST.person } : each)),
    }
    expect(() => step(forged, { do: 'send' }, RELEASER)).toThrow(expect.objectContaining({ code: 'cases/four-eyes' }))
  })

  test('after reopening it takes a new authorisation, by somebody else than who reopened it', () => {
    const refused = step(
      sent(),
      { do: 'answer', answer: { ...ANSWER, status: 'refused', amounts: [], until: null, reason: 'no account' } },
      COMPLIANCE,
    )
    const reopened = step(refused, { do: 'reopen', reason: 'the exchange asked for the memo' }, SUPERVISOR)
    expect(reopened.state).toBe('draft')
    expect(() => step(reopened, { do: 'authorise', reason: null }, SUPERVISOR)).toThrow(
      expect.objectContaining({ code: 'cases/four-eyes' }),
    )
  })
})

describe('A refusal says what is possible now', () => {
  test('in this state, with these roles', () => {
    expect(() => step(draft(), { do: 'send' }, SUPERVISOR)).toThrow(
      expect.objectContaining({ code: 'cases/freeze-state', remedy: 'Possible now: change, authorise.' }),
    )
    expect(() => step(draft(), { do: 'authorise', reason: null }, ANALYST)).toThrow(
      expect.objectContaining({ code: 'cases/freeze-role', remedy: 'It takes supervisor.' }),
    )
    expect(() => openFreeze(ID, REQUEST, { person: 'x1', roles: ['auditor', 'administrator'] }, NOW)).toThrow(
      expect.objectContaining({ code: 'cases/freeze-role' }),
    )
  })

  test('an incomplete request is not authorised, and every fault is named at once', () => {
    const poor = openFreeze(ID, { ...REQUEST, caseNumber: '', order: null, points: [] }, ANALYST, NOW)
    expect(() => step(poor, { do: 'authorise', reason: null }, SUPERVISOR)).toThrow(
      /3 things are missing or wrong: caseNumber.*order.*points/,
    )
  })

  test('the gate stands again at the door: what has changed since the authorisation counts', () => {
    const authorised = step(draft(), { do: 'authorise', reason: null }, SUPERVISOR)
    const directory = DIRECTORY.with(
      new ExchangeDirectory([], [{ id: 'lbank', name: 'LBank', why: 'it was listed today', source: 'https://ofac.treasury.gov/' }]),
    )
    expect(() => applyFreezeAction(authorised, { do: 'send' }, RELEASER, NOW, { directory, confirm: null })).toThrow(
      /not to be asked: it was listed today/,
    )
    expect(() => applyFreezeAction(authorised, { do: 'send' }, RELEASER, NOW, { directory: DIRECTORY, confirm: () => 'differs' })).toThrow(
      /the ledger does not have this transaction/,
    )
  })

  test('a clock that runs backwards is refused', () => {
    expect(() => step(sent(), { do: 'acknowledge', reference: 'x1', at: NOW }, COMPLIANCE, '2026-02-21T15:00:00.000Z')).toThrow(
      /before the last step/,
    )
  })
})

describe('The answer moves the request', () => {
  test('received, held, frozen, seized', () => {
    const received = step(sent(), { do: 'acknowledge', reference: 'LB-99120', at: '2026-02-21T15:13:00Z' }, COMPLIANCE)
    expect(received).toMatchObject({ state: 'received', acknowledged: { reference: 'LB-99120' } })
    const held = step(received, { do: 'answer', answer: ANSWER }, COMPLIANCE)
    expect(held).toMatchObject({ state: 'held', until: '2026-02-24T15:18:00Z' })
    expect(held.answers[0]).toMatchObject({ by: COMPLIANCE.person, recordedAt: NOW })
    const frozen = step(held, { do: 'answer', answer: { ...ANSWER, status: 'frozen', until: '2026-04-22T00:00:00Z' } }, COMPLIANCE)
    expect(step(frozen, { do: 'seize', reference: 'Tokyo Dist. Ct. 2026 (Mu) 202', reason: 'confiscation' }, SUPERVISOR).state).toBe(
      'seized',
    )
  })

  test('held, extended, expired once its end has passed and not before', () => {
    const held = step(sent(), { do: 'answer', answer: ANSWER }, COMPLIANCE)
    const extended = step(held, { do: 'extend', until: '2026-03-24T00:00:00Z', reference: 'LB-99120/2' }, ANALYST)
    expect(extended).toMatchObject({ state: 'held', until: '2026-03-24T00:00:00.000Z' })
    expect(() => step(extended, { do: 'extend', until: '2026-03-01T00:00:00Z', reference: 'x1' }, ANALYST)).toThrow(
      /no later than the end that stands/,
    )
    expect(() => step(extended, { do: 'expire' }, ANALYST)).toThrow(/it stands until/)
    expect(step(extended, { do: 'expire' }, ANALYST, '2026-03-24T00:00:00.000Z').state).toBe('expired')
  })

  test('released with a reason, refused with a reason', () => {
    const held = step(sent(), { do: 'answer', answer: ANSWER }, COMPLIANCE)
    expect(() => step(held, { do: 'release', reason: ' ' }, SUPERVISOR)).toThrow(/a reason is missing/)
    expect(step(held, { do: 'release', reason: 'the victim withdrew' }, SUPERVISOR).state).toBe('released')
    expect(() => step(sent(), { do: 'answer', answer: { ...ANSWER, status: 'refused', amounts: [], until: null } }, COMPLIANCE)).toThrow(
      /why the exchange refused/,
    )
  })

  test('records that were produced leave nothing held', () => {
    const disclose = {
      ...REQUEST,
      asked: { ...REQUEST.asked, kind: 'disclose' as const, durationHours: null, records: ['identity' as const] },
    }
    const produced = step(sent(disclose), { do: 'answer', answer: { ...ANSWER, status: 'produced', amounts: [], until: null } }, COMPLIANCE)
    expect(produced).toMatchObject({ state: 'received', until: null })
    expect(() => step(sent(disclose), { do: 'answer', answer: ANSWER }, COMPLIANCE)).toThrow(/held is no answer to a request to disclose/)
  })
})

describe('The table', () => {
  test('reaches every state of the reference, and leads nowhere else', () => {
    const reached = new Set(FREEZE_ACTIONS.map((name) => FREEZE_TABLE[name].to).filter((to) => to !== null))
    expect([...reached].sort()).toEqual([...FREEZE_STATES].sort())
  })

  test('lets auditors, administrators and subscribers do nothing', () => {
    const outside: FreezeRole[] = ['auditor', 'administrator', 'subscriber']
    expect(FREEZE_STATES.flatMap((state) => possibleActions(state, outside))).toEqual([])
  })
})

const PEOPLE: readonly FreezeActor[] = ['a1', 'b2', 'c3'].map((person) => ({
  person,
  roles: ['analyst', 'supervisor', 'releaser', 'compliance'],
}))
const requests = fc.constantFrom(
  REQUEST,
  { ...REQUEST, caseNumber: '2026-CY-0499' },
  { ...REQUEST, caseNumber: '2026-CY-0498' },
  { ...REQUEST, caseNumber: '2026-CY-0500' },
  { ...REQUEST, caseNumber: '' },
  { ...REQUEST, points: [{ ...REQUEST.points[0], to: '0xdd90071d52f20e85c89802e5dc1ec0a7b6475f92' }] },
)
const actions: fc.Arbitrary<FreezeAction> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ do: fc.constant('change' as const), request: requests, reason: fc.constant('because') }) },
  { weight: 3, arbitrary: fc.constantFrom<FreezeAction>({ do: 'authorise', reason: null }, { do: 'send' }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<FreezeAction>(
      { do: 'withdraw-authorisation', reason: 'because' },
      { do: 'acknowledge', reference: 'x1', at: NOW },
      { do: 'answer', answer: { ...ANSWER, status: 'refused', at: NOW, amounts: [], until: null, reason: 'no account' } },
      { do: 'answer', answer: { ...ANSWER, at: NOW } },
      { do: 'release', reason: 'because' },
      { do: 'reopen', reason: 'because' },
    ),
  },
)

describe('No sequence of actions', () => {
  test('reaches sent without two persons and a passed gate', () => {
    let reached = 0
    fc.assert(
      fc.property(requests, fc.array(fc.tuple(fc.nat({ max: 2 }), actions), { minLength: 1, maxLength: 25 }), (request, steps) => {
        let body = openFreeze(ID, request, PEOPLE[0] as FreezeActor, NOW)
        for (const [who, action] of steps) {
          try {
            body = step(body, action, PEOPLE[who] as FreezeActor)
          } catch (error) {
            expect(error).toMatchObject({ name: 'CordonError', code: expect.stringMatching(/^cases\//) })
            continue
          }
          if (action.do !== 'send') continue
          reached++
          expect(freezeGate(body.request, { directory: DIRECTORY, now: NOW, confirm: null }).passed).toBe(true)
          const authorised = body.history.findLast((each) => each.action === 'authorise')
          expect(authorised?.request).toBe(requestDigest(body.request))
          // Whoever wrote the words that were sent is somebody else than who authorised them.
          const wrote = body.history.findLast((each) => each.action === 'change' || each.action === 'open')
          expect(wrote?.by).not.toBe(authorised?.by)
          expect(body.history[0]?.by).not.toBe(authorised?.by)
          expect(readFreezeDocument(body.sent?.json ?? '', null).caseNumber).toBe(body.request.caseNumber)
        }
      }),
      { seed: 20260221, numRuns: 1_500 },
    )
    // The law says nothing where nothing is ever sent.
    expect(reached).toBeGreaterThan(100)
  })
})
