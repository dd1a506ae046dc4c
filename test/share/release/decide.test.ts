import { describe, expect, it } from 'vitest'
import { defaultLabel, isSound, type Label, mayRead, mayReadAll, type Reader, whyNot } from '../../../src/share/release/index.ts'
import { CLOCK, NATION_OF, PERSONS, pick, randomFrom, randomLabel, randomReader } from './world.ts'

const NOW = new Date('2026-06-01T00:00:00.000Z')
const KIM: Reader = { person: PERSONS[0]!, organisation: 'KNPA', nation: 'KOR', caveats: [], community: 'member', disabled: false }
const SMITH: Reader = { ...KIM, person: PERSONS[1]!, organisation: 'FBI', nation: 'USA' }
const SATO: Reader = { ...KIM, person: PERSONS[2]!, organisation: 'NPA', nation: 'JPN' }
const DESK: Reader = { ...KIM, person: PERSONS[3]!, organisation: 'UPBIT-CO', community: 'subscriber' }
const BORN = defaultLabel('KNPA')

function reads(label: Partial<Label>): string {
  const readers = { KIM, SMITH, SATO, DESK }
  return Object.entries(readers)
    .filter(([, reader]) => mayRead(reader, { ...BORN, ...label }, NOW))
    .map(([name]) => name)
    .join(' ')
}

/**
 * A referee of another build: it writes down, as text, everything that a label grants and takes away, and looks the reader up in it. It knows nothing of how the room decides.
 */
function referee(label: Label): (reader: Reader, at: number) => boolean {
  const grants = new Set([`organisation:${label.originator}`])
  const ends = new Set<string>()
  const release = (grant: string) => {
    if (!grants.has(grant)) ends.add(grant)
  }
  if (label.tlp === 'RED') release('everybody')
  else for (const organisation of label.organisations) release(`organisation:${organisation}`)
  const communities = { CLEAR: ['member', 'subscriber'], GREEN: ['member', 'subscriber'], AMBER: ['member'], 'AMBER+STRICT': [], RED: [] }[
    label.tlp
  ]
  for (const nation of label.nations) for (const community of communities) release(`${community}-of:${nation}`)
  const end = label.expires === null ? Number.POSITIVE_INFINITY : Date.parse(label.expires)
  const named = new Set(label.persons)
  return (reader, at) => {
    if (reader.disabled) return false
    const caveats = new Set(reader.caveats)
    if (label.caveats.filter((caveat) => !caveats.has(caveat)).length > 0) return false
    if (named.size > 0 && !named.has(reader.person)) return false
    const claims = ['everybody', `organisation:${reader.organisation}`, `${reader.community}-of:${String(reader.nation)}`]
    return claims.some((claim) => grants.has(claim) || (ends.has(claim) && end > at))
  }
}

describe('the decision', () => {
  it('opens a record about which nothing was said to its originator alone', () => {
    expect(reads({})).toBe('KIM')
  })

  it('says "the USA or the Tokyo police"', () => {
    expect(reads({ tlp: 'AMBER', nations: ['USA'], organisations: ['NPA'] })).toBe('KIM SMITH SATO')
  })

  it('lets a nation open to its members under AMBER, and to its subscribers from GREEN on', () => {
    expect(reads({ originator: 'NPA', tlp: 'AMBER', nations: ['KOR'] })).toBe('KIM SATO')
    expect(reads({ originator: 'NPA', tlp: 'GREEN', nations: ['KOR'] })).toBe('KIM SATO DESK')
    expect(reads({ originator: 'NPA', tlp: 'CLEAR', nations: ['KOR'] })).toBe('KIM SATO DESK')
  })

  it('lets nations open nothing under AMBER+STRICT, and named organisations everything', () => {
    expect(reads({ nations: ['USA', 'JPN', 'KOR'] })).toBe('KIM')
    expect(reads({ organisations: ['NPA', 'UPBIT-CO'] })).toBe('KIM SATO DESK')
  })

  it('has no wildcard: CLEAR without a set is the originator’s alone', () => {
    expect(reads({ tlp: 'CLEAR' })).toBe('KIM')
  })

  it('opens RED to those who are named, of whatever organisation, and not to the rest of the originator', () => {
    expect(reads({ tlp: 'RED', persons: [SMITH.person] })).toBe('SMITH')
    expect(reads({ tlp: 'RED', persons: [SMITH.person], nations: ['JPN'], organisations: ['NPA'] })).toBe('SMITH')
  })

  it('narrows every other label by the persons that it names', () => {
    expect(reads({ tlp: 'AMBER', nations: ['USA', 'JPN'], persons: [SATO.person] })).toBe('SATO')
  })

  it('asks everybody for every caveat, the originator too', () => {
    expect(reads({ caveats: ['LAZARUS'] })).toBe('')
    const label = { ...BORN, caveats: ['LAZARUS', 'SINBAD'] }
    expect(mayRead({ ...KIM, caveats: ['LAZARUS'] }, label, NOW)).toBe(false)
    expect(mayRead({ ...KIM, caveats: ['SINBAD', 'LAZARUS'] }, label, NOW)).toBe(true)
  })

  it('ends a release at the very instant, and leaves the record to its originator', () => {
    const label: Label = { ...BORN, organisations: ['FBI'], expires: '2026-06-01T00:00:00.000Z' }
    expect(mayRead(SMITH, label, new Date(NOW.getTime() - 1))).toBe(true)
    expect(mayRead(SMITH, label, NOW)).toBe(false)
    expect(mayRead(KIM, label, NOW)).toBe(true)
  })

  it.each([
    ['a policy of tomorrow', { policy: 'cordon-2' }],
    ['a TLP in small letters', { tlp: 'green' }],
    ['TLP 1’s WHITE', { tlp: 'WHITE' }],
    ['RED that names nobody', { tlp: 'RED' }],
    ['a set that is a text', { organisations: 'KNPA' }],
    ['a set that is missing', { nations: undefined }],
    ['a caveat that is null', { caveats: [null] }],
    ['a person in capitals', { persons: [PERSONS[0]!.toUpperCase()] }],
    ['no originator', { originator: '' }],
    ['an end that is a day', { expires: '2027-01-01' }],
    ['an end that is no day', { expires: '2027-02-31T00:00:00.000Z' }],
    ['an end without a zone', { expires: '2027-01-01T00:00:00.000' }],
  ])('opens to nobody, the originator included, under %s', (_, change) => {
    const label = { ...BORN, ...change } as unknown as Label
    expect(isSound(label)).toBe(false)
    expect(mayRead(KIM, label, NOW)).toBe(false)
    expect(whyNot(KIM, label, NOW)).toEqual(['unsound-label'])
  })

  it.each([[null], [undefined], ['KNPA'], [[]], [{}]])('opens to nobody under a label that is %j', (label) => {
    expect(mayRead(KIM, label as unknown as Label, NOW)).toBe(false)
  })

  it('opens to nobody without a time, or without a clause', () => {
    expect(mayRead(KIM, BORN, new Date(Number.NaN))).toBe(false)
    expect(mayReadAll(KIM, [], NOW)).toBe(false)
  })

  it('takes somebody of an unknown community for no member', () => {
    const stranger = { ...SMITH, community: 'Member' } as unknown as Reader
    expect(mayRead(stranger, { ...BORN, tlp: 'AMBER', nations: ['USA'] }, NOW)).toBe(false)
  })

  it('tells those who set a label what keeps a reader out', () => {
    const label: Label = {
      ...BORN,
      tlp: 'AMBER',
      nations: ['USA'],
      caveats: ['LAZARUS'],
      persons: [KIM.person],
      expires: '2026-01-01T00:00:00.000Z',
    }
    expect(whyNot({ ...SATO, disabled: true }, label, NOW)).toEqual(['disabled', 'caveats', 'not-named', 'expired', 'not-released'])
  })

  it('agrees with the referee in a million random decisions, at the instants where releases end and between', () => {
    const random = randomFrom(61)
    const readers = Array.from({ length: 400 }, () => randomReader(random))
    let open = 0
    let decisions = 0
    while (decisions < 1_000_000) {
      const label = randomLabel(random)
      const judge = referee(label)
      const at = pick(random, CLOCK)
      const now = new Date(at)
      for (const reader of readers) {
        const expected = judge(reader, at)
        if (mayRead(reader, label, now) !== expected || (whyNot(reader, label, now).length === 0) !== expected) {
          expect.unreachable(`${JSON.stringify({ reader, label, now })} should be ${expected}`)
        }
        decisions++
        if (expected) open++
      }
    }
    // Otherwise the generator would prove nothing.
    expect(open / decisions).toBeGreaterThan(0.05)
    expect(open / decisions).toBeLessThan(0.6)
  })

  it('agrees with the referee for every reader of a small world, one by one', () => {
    const random = randomFrom(7)
    for (let round = 0; round < 60; round++) {
      const label = randomLabel(random)
      const judge = referee(label)
      for (const person of PERSONS.slice(0, 3))
        for (const [organisation, nation] of NATION_OF)
          for (const community of ['member', 'subscriber'] as const)
            for (const caveats of [[], ['LAZARUS'], ['LAZARUS', 'SINBAD', 'WIRETAP', 'lazarus', 'LAZARUS ']])
              for (const at of CLOCK) {
                const reader: Reader = { person, organisation, nation, caveats, community, disabled: false }
                if (mayRead(reader, label, new Date(at)) !== judge(reader, at)) expect.unreachable(JSON.stringify({ reader, label, at }))
              }
    }
  })

  it('never opens more to others at a later time', () => {
    const random = randomFrom(11)
    for (let round = 0; round < 20_000; round++) {
      const [label, reader] = [randomLabel(random), randomReader(random)]
      const answers = CLOCK.map((at) => mayRead(reader, label, new Date(at)))
      const closed = answers.indexOf(false)
      if (closed >= 0) expect(answers.slice(closed)).not.toContain(true)
      if (reader.organisation === label.originator) expect(new Set(answers).size).toBe(1)
    }
  })
})
