import { describe, expect, it } from 'vitest'
import { type Clauses, defaultLabel, type Label, labelHash, mayReadAll, strictest } from '../../../src/share/release/index.ts'
import { EVERYBODY, smallLabel } from './small-world.ts'
import { nearLabel, pick, type Random, randomFrom, randomLabel, randomReader } from './world.ts'

const BORN = defaultLabel('KNPA')

function several(random: Random, label: () => Label): Clauses {
  return Array.from({ length: 1 + Math.floor(random() * 3) }, label)
}

const hashes = (clauses: Clauses) => clauses.map(labelHash)

describe('the strictest of several labels', () => {
  it('is passed by exactly those who pass each: every reader of a small world', () => {
    const random = randomFrom(64)
    for (let round = 0; round < 800; round++) {
      const [a, b] = [several(random, () => smallLabel(random)), several(random, () => smallLabel(random))]
      const both = strictest(a, b)
      for (const { reader, now } of EVERYBODY) {
        const expected = mayReadAll(reader, a, now) && mayReadAll(reader, b, now)
        if (mayReadAll(reader, both, now) !== expected) expect.unreachable(JSON.stringify({ a, b, both, reader, now }))
      }
    }
  })

  it('is passed by exactly those who pass each: readers of a large world', () => {
    const random = randomFrom(65)
    for (let round = 0; round < 6_000; round++) {
      const seed = randomLabel(random)
      const [a, b] = [several(random, () => nearLabel(random, seed)), several(random, () => nearLabel(random, seed))]
      const both = strictest(a, b)
      for (let turn = 0; turn < 10; turn++) {
        const reader = { ...randomReader(random), caveats: seed.caveats }
        const now = new Date(pick(random, [...a, ...b]).expires ?? '2026-01-01T00:00:00.000Z')
        expect(mayReadAll(reader, both, now)).toBe(mayReadAll(reader, a, now) && mayReadAll(reader, b, now))
      }
    }
  })

  it('is the same in whatever order and grouping, and twice is once', () => {
    const random = randomFrom(66)
    for (let round = 0; round < 2_000; round++) {
      const seed = smallLabel(random)
      const [a, b, c] = [0, 1, 2].map(() => several(random, () => nearLabel(random, seed))) as [Clauses, Clauses, Clauses]
      const all = hashes(strictest(a, b, c))
      expect(hashes(strictest(c, a, b))).toEqual(all)
      expect(hashes(strictest(strictest(a, b), c))).toEqual(all)
      expect(hashes(strictest(a, strictest(b, c)))).toEqual(all)
      expect(hashes(strictest(strictest(a, b, c), a))).toEqual(all)
    }
  })

  it('says what no single label can: (the USA or Tokyo’s police) and (Korea or the FBI)', () => {
    const one: Label = { ...BORN, originator: 'UN', tlp: 'AMBER', nations: ['USA'], organisations: ['NPA'] }
    const other: Label = { ...BORN, originator: 'UN', tlp: 'AMBER', nations: ['KOR'], organisations: ['FBI'] }
    expect(strictest([one], [other])).toHaveLength(2)
  })

  it('leaves out a clause that another implies', () => {
    const wide: Label = { ...BORN, tlp: 'AMBER', nations: ['JPN', 'USA'] }
    const narrow: Label = { ...BORN, tlp: 'AMBER', nations: ['USA'] }
    expect(strictest([wide], [narrow], [BORN])).toEqual([BORN])
    expect(strictest([wide], [narrow])).toEqual([narrow])
  })

  it('keeps a clause whose TLP asks more of the reader, or whose originator is another, though it keeps nobody out', () => {
    const amber: Label = { ...BORN, tlp: 'AMBER', organisations: ['FBI', 'NPA'] }
    const green: Label = { ...BORN, tlp: 'GREEN', organisations: ['FBI'] }
    expect(strictest([amber], [green])).toHaveLength(2)
    const theirs: Label = { ...amber, originator: 'NPA', organisations: ['FBI', 'KNPA'] }
    expect(strictest([{ ...amber, organisations: ['NPA'] }], [theirs])).toHaveLength(2)
  })

  it('refuses a record without a label, and one whose label is garbled', () => {
    expect(() => strictest()).toThrow(expect.objectContaining({ code: 'release/no-label' }))
    expect(() => strictest([BORN], [])).toThrow(expect.objectContaining({ code: 'release/no-label' }))
    expect(() => strictest([BORN], [{ ...BORN, tlp: 'RED' }])).toThrow(expect.objectContaining({ code: 'release/garbled-label' }))
  })
})
