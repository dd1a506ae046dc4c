import { describe, expect, it } from 'vitest'
import {
  type Actor,
  checkRelabelling,
  defaultLabel,
  type Label,
  loosens,
  mayRead,
  type Relabelling,
} from '../../../src/share/release/index.ts'
import { nearLabel, PERSONS, pick, randomFrom, randomLabel, randomReader, some } from './world.ts'

const NOW = new Date('2026-06-01T00:00:00.000Z')
const CREATOR: Actor = {
  person: PERSONS[0]!,
  organisation: 'KNPA',
  nation: 'KOR',
  caveats: [],
  community: 'member',
  disabled: false,
  roles: ['analyst'],
}
const RELEASER: Actor = { ...CREATOR, person: PERSONS[1]!, roles: ['releaser'] }
const SUPERVISOR: Actor = { ...CREATOR, person: PERSONS[2]!, roles: ['supervisor'] }
const PARTNER: Actor = { ...CREATOR, person: PERSONS[3]!, organisation: 'FBI', nation: 'USA', roles: ['releaser', 'supervisor'] }
const BORN = defaultLabel('KNPA')
const SHARED: Label = { ...BORN, tlp: 'AMBER', nations: ['USA'] }

function change(actor: Actor, from: Label, to: Label, more: Partial<Relabelling> = {}): string {
  try {
    return checkRelabelling({ actor, owner: 'KNPA', createdBy: CREATOR.person, authors: [CREATOR.person], from, to, ...more }, NOW)
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe('a change of label', () => {
  it('that opens more is made by a releaser of the originator and by nobody else', () => {
    expect(change(RELEASER, BORN, SHARED)).toBe('release')
    expect(change(CREATOR, BORN, SHARED)).toBe('release/needs-releaser')
    expect(change(SUPERVISOR, BORN, SHARED)).toBe('release/needs-releaser')
    expect(change(PARTNER, SHARED, { ...SHARED, nations: ['JPN', 'USA'] })).toBe('release/needs-releaser')
    expect(change(PARTNER, SHARED, { ...SHARED, nations: ['JPN', 'USA'] }, { owner: 'FBI' })).toBe('release/needs-releaser')
  })

  it('that opens more is never made by one who wrote the record, whatever his roles', () => {
    const both: Actor = { ...CREATOR, roles: ['analyst', 'supervisor', 'releaser', 'administrator'] }
    expect(change(both, BORN, SHARED)).toBe('release/own-record')
    expect(change(RELEASER, BORN, SHARED, { authors: [CREATOR.person, RELEASER.person] })).toBe('release/own-record')
    expect(change(both, BORN, SHARED, { authors: [] })).toBe('release/own-record')
  })

  it.each<[string, Label, Label]>([
    ['takes a caveat off', { ...BORN, caveats: ['LAZARUS'] }, BORN],
    ['names one person more', { ...BORN, persons: [RELEASER.person] }, { ...BORN, persons: [RELEASER.person, CREATOR.person] }],
    ['names nobody any more', { ...BORN, persons: [RELEASER.person] }, BORN],
    ['puts the end off', { ...SHARED, expires: '2026-07-01T00:00:00.000Z' }, { ...SHARED, expires: '2026-08-01T00:00:00.000Z' }],
    ['lowers the TLP', { ...BORN, organisations: ['FBI'] }, { ...BORN, tlp: 'AMBER', organisations: ['FBI'] }],
    ['adds one nation and takes another away', SHARED, { ...SHARED, nations: ['JPN'] }],
  ])('that %s opens more', (_, from, to) => {
    const releaser: Actor = { ...RELEASER, caveats: ['LAZARUS'] }
    expect(change(releaser, from, to)).toBe('release')
    expect(change({ ...releaser, roles: ['supervisor'] }, from, to)).toBe('release/needs-releaser')
  })

  it('that closes is made by the creator alone, or a supervisor or releaser of the house', () => {
    for (const actor of [CREATOR, SUPERVISOR, RELEASER]) expect(change(actor, SHARED, BORN)).toBe('restriction')
    expect(change({ ...SUPERVISOR, person: PERSONS[4]!, roles: ['analyst', 'compliance'] }, SHARED, BORN)).toBe('release/not-yours')
    expect(change(PARTNER, SHARED, BORN)).toBe('release/not-yours')
  })

  it('that says the same is no change', () => {
    expect(change(CREATOR, SHARED, { ...SHARED, organisations: ['KNPA'] })).toBe('same')
  })

  it('keeps the originator', () => {
    expect(change(RELEASER, SHARED, { ...SHARED, originator: 'FBI' })).toBe('release/originator-is-fixed')
  })

  it('is refused to one who may not read the record as if there were none', () => {
    expect(change(PARTNER, BORN, SHARED)).toBe('release/not-found')
    expect(change({ ...RELEASER, disabled: true }, BORN, SHARED)).toBe('release/not-found')
    expect(change(RELEASER, { ...BORN, caveats: ['LAZARUS'] }, BORN)).toBe('release/not-found')
  })

  it('to a label that says nothing is refused', () => {
    expect(change(RELEASER, SHARED, { ...SHARED, tlp: 'RED' })).toBe('release/garbled-label')
  })

  it('never opens anything but by a releaser of the originator who did not write it', () => {
    const random = randomFrom(70)
    let released = 0
    for (let round = 0; round < 60_000; round++) {
      const from = randomLabel(random)
      const to = nearLabel(random, from)
      const actor: Actor = {
        ...randomReader(random),
        ...(random() < 0.7 ? { organisation: from.originator, caveats: from.caveats } : {}),
        roles: some(random, ['analyst', 'supervisor', 'releaser', 'administrator', 'subscriber']),
      }
      const createdBy = pick(random, PERSONS)
      const outcome = change(actor, from, to, { createdBy, authors: [createdBy], owner: pick(random, ['KNPA', 'FBI', from.originator]) })
      if (outcome === 'release') {
        released++
        expect(actor.roles).toContain('releaser')
        expect(actor.organisation).toBe(from.originator)
        expect(actor.person).not.toBe(createdBy)
      }
      if (outcome === 'restriction' || outcome === 'same') expect(loosens(from, to)).toBe(false)
      if (!mayRead(actor, from, NOW)) expect(outcome).toBe('release/not-found')
    }
    expect(released).toBeGreaterThan(100)
  })
})
