import { describe, expect, it } from 'vitest'
import { CordonError } from '../../../src/chain/index.ts'
import {
  canonicalLabel,
  defaultLabel,
  isSound,
  type Known,
  type Label,
  labelAtBirth,
  labelHash,
  parseLabel,
} from '../../../src/share/release/index.ts'
import { PERSONS, pick, randomFrom, randomLabel } from './world.ts'

const NOW = new Date('2026-06-01T00:00:00.000Z')
const KNOWN: Known = {
  nations: new Set(['USA', 'JPN', 'KOR']),
  organisations: new Set(['FBI', 'NPA', 'KNPA']),
  caveats: new Set(['LAZARUS', 'SINBAD']),
}
const OFFER = { tlp: 'AMBER', nations: ['USA'], originator: 'KNPA' }

function refusal(value: unknown): CordonError {
  try {
    parseLabel(value, KNOWN, NOW)
  } catch (error) {
    if (error instanceof CordonError) return error
    throw error
  }
  return expect.unreachable(`${JSON.stringify(value)} was taken`)
}

describe('a label that somebody wrote', () => {
  it('is read into its one spelling', () => {
    expect(
      parseLabel(
        {
          policy: 'cordon-1',
          tlp: 'AMBER',
          nations: ['USA', 'JPN'],
          organisations: ['NPA', 'KNPA'],
          caveats: ['SINBAD', 'LAZARUS'],
          originator: 'KNPA',
          expires: '2027-01-31T12:00:00Z',
        },
        KNOWN,
        NOW,
      ),
    ).toEqual({
      policy: 'cordon-1',
      tlp: 'AMBER',
      nations: ['JPN', 'USA'],
      organisations: ['NPA'],
      caveats: ['LAZARUS', 'SINBAD'],
      persons: [],
      originator: 'KNPA',
      expires: '2027-01-31T12:00:00.000Z',
    })
  })

  it.each([
    ['nothing', null, 'label'],
    ['a text', 'TLP:RED', 'label'],
    ['a list', [OFFER], 'label'],
    ['a field that labels do not have', { ...OFFER, distribution: 3 }, 'label'],
    ['a prototype in a field', JSON.parse('{"__proto__": {"tlp": "CLEAR"}, "tlp": "AMBER", "originator": "KNPA"}'), 'label'],
    ['another policy', { ...OFFER, policy: 'cordon-2' }, 'policy'],
    ['no TLP', { ...OFFER, tlp: undefined }, 'tlp'],
    ['a TLP of version 1', { ...OFFER, tlp: 'WHITE' }, 'tlp'],
    ['a TLP in small letters', { ...OFFER, tlp: 'amber' }, 'tlp'],
    ['a TLP with a blank', { ...OFFER, tlp: 'AMBER + STRICT' }, 'tlp'],
    ['a nation of two letters', { ...OFFER, nations: ['US'] }, 'nations'],
    ['a nation with a Cyrillic letter', { ...OFFER, nations: ['USА'] }, 'nations'],
    ['a nation that does not take part', { ...OFFER, nations: ['PRK'] }, 'nations'],
    ['a wildcard', { ...OFFER, nations: ['*'] }, 'nations'],
    ['an alliance', { ...OFFER, nations: ['FVEY'] }, 'nations'],
    ['a nation twice', { ...OFFER, nations: ['USA', 'USA'] }, 'nations'],
    ['a text for a list', { ...OFFER, nations: 'USA' }, 'nations'],
    ['a list in a list', { ...OFFER, organisations: [['FBI']] }, 'organisations'],
    ['an organisation that is not known', { ...OFFER, organisations: ['fbi'] }, 'organisations'],
    ['an organisation that every object has', { ...OFFER, organisations: ['constructor'] }, 'organisations'],
    ['a caveat that is not known', { ...OFFER, caveats: ['NOFORN'] }, 'caveats'],
    ['null for a set', { ...OFFER, caveats: null }, 'caveats'],
    ['a person by name', { ...OFFER, persons: ['Kim'] }, 'persons'],
    ['a person in capitals', { ...OFFER, persons: ['0190C2F0-0000-7000-8000-00000000000A'] }, 'persons'],
    ['no originator', { ...OFFER, originator: undefined }, 'originator'],
    ['an originator that is not known', { ...OFFER, originator: 'LAZARUS' }, 'originator'],
    ['an end that is a number', { ...OFFER, expires: 1_800_000_000 }, 'expires'],
    ['an end that is a day', { ...OFFER, expires: '2027-01-31' }, 'expires'],
    ['an end with another zone', { ...OFFER, expires: '2027-01-31T00:00:00+09:00' }, 'expires'],
    ['an end that is no day', { ...OFFER, expires: '2027-02-31T00:00:00Z' }, 'expires'],
    ['an end that has passed', { ...OFFER, expires: '2026-05-31T23:59:59Z' }, 'expires'],
    ['an end that is now', { ...OFFER, expires: '2026-06-01T00:00:00Z' }, 'expires'],
    ['an end of nothing', { tlp: 'AMBER', originator: 'KNPA', expires: '2027-01-31T00:00:00Z' }, 'expires'],
    ['RED that names nobody', { tlp: 'RED', originator: 'KNPA' }, 'persons'],
    ['RED for a nation', { tlp: 'RED', originator: 'KNPA', persons: [PERSONS[0]], nations: ['USA'] }, 'nations'],
    ['RED for an organisation', { tlp: 'RED', originator: 'KNPA', persons: [PERSONS[0]], organisations: ['FBI'] }, 'organisations'],
    ['AMBER+STRICT for a nation', { ...OFFER, tlp: 'AMBER+STRICT' }, 'nations'],
    ['GREEN for named persons', { ...OFFER, tlp: 'GREEN', persons: [PERSONS[0]] }, 'persons'],
    ['CLEAR with a caveat', { ...OFFER, tlp: 'CLEAR', caveats: ['LAZARUS'] }, 'caveats'],
    ['CLEAR with an end', { ...OFFER, tlp: 'CLEAR', expires: '2027-01-31T00:00:00Z' }, 'expires'],
    [
      'a thousand persons',
      { ...OFFER, persons: Array.from({ length: 1000 }, (_, at) => `0190c2f0-0000-7000-8000-${String(at).padStart(12, '0')}`) },
      'persons',
    ],
  ])('is refused with %s', (_, value, field) => {
    const error = refusal(value)
    expect(error.code).toBe('release/bad-label')
    expect(error.place.field).toBe(field)
    expect(error.remedy).not.toBeNull()
  })

  it('is refused without telling which organisations and caveats there are, and without repeating a long text', () => {
    for (const value of [
      { ...OFFER, organisations: ['X'] },
      { ...OFFER, caveats: ['X'] },
      { ...OFFER, originator: 'X' },
    ]) {
      const { message, remedy } = refusal(value)
      expect(`${message} ${String(remedy)}`).not.toMatch(/FBI|NPA|LAZARUS|SINBAD/)
    }
    expect(refusal({ ...OFFER, organisations: ['x'.repeat(1_000_000)] }).message.length).toBeLessThan(200)
  })

  it('either becomes a sound label that is read again to the same, or is refused with its field, whatever it holds', () => {
    const random = randomFrom(69)
    const junk: readonly unknown[] = [
      null,
      undefined,
      0,
      Number.NaN,
      '',
      'USA',
      [],
      ['USA'],
      ['USA', 'USA'],
      {},
      [null],
      [{}],
      true,
      '2027-01-01T00:00:00Z',
    ]
    let taken = 0
    for (let round = 0; round < 20_000; round++) {
      const value: Record<string, unknown> = { ...randomLabel(random) }
      if (random() < 0.5) value[pick(random, [...Object.keys(value), 'more'])] = pick(random, junk)
      try {
        const label = parseLabel(value, KNOWN, NOW)
        taken++
        expect(isSound(label)).toBe(true)
        expect(canonicalLabel(label)).toEqual(label)
        expect(parseLabel(label, KNOWN, NOW)).toEqual(label)
      } catch (error) {
        expect(error).toMatchObject({ code: 'release/bad-label', place: { field: expect.any(String) } })
      }
    }
    expect(taken).toBeGreaterThan(100)
  })
})

describe('a label at birth', () => {
  it('is the originator’s alone where nothing was said', () => {
    expect(labelAtBirth(undefined, 'KNPA', KNOWN, NOW)).toEqual(defaultLabel('KNPA'))
    expect(labelAtBirth({ tlp: 'AMBER+STRICT' }, 'KNPA', KNOWN, NOW)).toEqual(defaultLabel('KNPA'))
  })

  it('has the organisation of its maker for an originator, whatever he writes', () => {
    expect(labelAtBirth({ tlp: 'AMBER', nations: ['USA'] }, 'KNPA', KNOWN, NOW).originator).toBe('KNPA')
    expect(() => labelAtBirth({ ...OFFER, originator: 'FBI' }, 'KNPA', KNOWN, NOW)).toThrow(
      expect.objectContaining({ code: 'release/bad-label', place: { field: 'originator' } }),
    )
  })
})

describe('the hash of a label', () => {
  it('is the same for whatever order and repeats, and another for anything else', () => {
    const label: Label = { ...defaultLabel('KNPA'), organisations: ['FBI', 'NPA'] }
    expect(labelHash({ ...label, organisations: ['NPA', 'KNPA', 'FBI', 'NPA'] })).toBe(labelHash(label))
    const others: Label[] = [
      defaultLabel('KNPA'),
      { ...label, originator: 'FBI' },
      { ...label, tlp: 'AMBER' },
      { ...label, organisations: ['FBI,NPA'] },
      { ...label, organisations: [], caveats: ['FBI', 'NPA'] },
      { ...label, expires: '2027-01-31T00:00:00.000Z' },
    ]
    expect(new Set([label, ...others].map(labelHash)).size).toBe(7)
  })
})
