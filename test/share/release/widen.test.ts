import { describe, expect, it } from 'vitest'
import { defaultLabel, type Label, loosens, mayRead, TLPS, widens } from '../../../src/share/release/index.ts'
import { audience, smallLabel } from './small-world.ts'
import { nearLabel, randomFrom, randomLabel, randomReader } from './world.ts'

const BORN = defaultLabel('KNPA')

describe('whether a label widens another', () => {
  it('is decided exactly: it does where a reader exists whom the one lets in and the other does not', () => {
    const random = randomFrom(62)
    const labels = Array.from({ length: 600 }, () => smallLabel(random))
    const audiences = labels.map(audience)
    let within = 0
    for (const [i, from] of labels.entries())
      for (const [j, to] of labels.entries()) {
        const before = audiences[i]!
        const exists = audiences[j]!.some((passes, at) => passes === 1 && before[at] === 0)
        if (widens(from, to) !== exists) expect.unreachable(`${JSON.stringify({ from, to })} should be ${exists}`)
        if (!exists) within++
      }
    expect(within).toBeGreaterThan(4_000)
  })

  it('holds for random readers of a large world: where it says no, nobody is let in anew', () => {
    const random = randomFrom(63)
    let within = 0
    for (let round = 0; round < 40_000; round++) {
      const from = randomLabel(random)
      const to = nearLabel(random, from)
      if (widens(from, to)) continue
      within++
      for (let turn = 0; turn < 12; turn++) {
        const reader = { ...randomReader(random), caveats: to.caveats }
        const now = new Date(to.expires ?? from.expires ?? '2026-01-01T00:00:00.000Z')
        for (const at of [now, new Date(now.getTime() - 1)]) {
          if (mayRead(reader, to, at) && !mayRead(reader, from, at)) expect.unreachable(JSON.stringify({ from, to, reader, at }))
        }
      }
    }
    expect(within).toBeGreaterThan(4_000)
  })

  it('takes an organisation for no part of its nation: directories change', () => {
    expect(widens({ ...BORN, tlp: 'AMBER', nations: ['USA'] }, { ...BORN, tlp: 'AMBER', organisations: ['FBI'] })).toBe(true)
  })

  it('knows that an unsound label lets nobody in', () => {
    const unsound = { ...BORN, tlp: 'WHITE' } as unknown as Label
    expect(widens(unsound, BORN)).toBe(true)
    expect(widens(BORN, unsound)).toBe(false)
    expect(widens(unsound, unsound)).toBe(false)
  })

  it('is apart from loosening: a lower TLP is a release, though the node shows it to the same people', () => {
    const strict: Label = { ...BORN, organisations: ['FBI'] }
    const amber: Label = { ...strict, tlp: 'AMBER' }
    expect(widens(strict, amber)).toBe(false)
    expect(loosens(strict, amber)).toBe(true)
    expect(loosens(amber, strict)).toBe(false)
    for (const tlp of TLPS) expect(loosens({ ...BORN, tlp, persons: [] }, { ...BORN, tlp, persons: [] })).toBe(false)
  })
})
