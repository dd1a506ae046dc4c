import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Holding, meetings, notices, roundAfter } from '../../../src/share/blind/index.ts'

const holding = (token: string, organisation: string): Holding => ({ token, organisation })

describe('holdings of teams', () => {
  it('meet where two organisations hold the same, and only for what is filed now', () => {
    const held = [holding('t1', 'NPA'), holding('t2', 'NPA'), holding('t2', 'FBI'), holding('t3', 'FBI')]
    expect(meetings([holding('t1', 'FBI'), holding('t4', 'FBI')], held)).toEqual([{ token: 't1', organisations: ['FBI', 'NPA'] }])
    expect(meetings([holding('t1', 'NPA'), holding('t3', 'FBI')], held)).toEqual([])
    expect(meetings([holding('t2', 'KNPA')], held)).toEqual([{ token: 't2', organisations: ['FBI', 'KNPA', 'NPA'] }])
    expect(meetings([holding('t9', 'A'), holding('t9', 'B')], [])).toEqual([{ token: 't9', organisations: ['A', 'B'] }])
  })

  it('are told of exactly to those who hold what another holds, whatever the order', () => {
    const one = fc.record({ token: fc.constantFrom('1', '2', '3', '4', '5'), organisation: fc.constantFrom('A', 'B', 'C', 'D') })
    fc.assert(
      fc.property(fc.array(one, { maxLength: 20 }), fc.nat(), (all, cut) => {
        const at = all.length === 0 ? 0 : cut % all.length
        const told = [...meetings(all.slice(0, at), []), ...meetings(all.slice(at), all.slice(0, at))].flatMap(
          ({ organisations }) => organisations,
        )
        const sharing = all.filter((a) => all.some((b) => b.token === a.token && b.organisation !== a.organisation))
        expect(new Set(told)).toEqual(new Set(sharing.map(({ organisation }) => organisation)))
      }),
    )
  })

  it('give one notice a round, without account, token, number or name of the other', () => {
    const met = [
      { token: 'abcd.1', organisations: ['FBI', 'NPA'] },
      { token: 'abcd.2', organisations: ['FBI', 'NPA'] },
      { token: 'abcd.3', organisations: ['FBI', 'KNPA'] },
    ]
    const round = '2026-03-01T12:15Z'
    const sent = notices(met, round, 'desk@node.example')
    expect(sent.map(({ to }) => to)).toEqual(['FBI', 'KNPA', 'NPA'])
    for (const notice of sent) {
      expect(notice.text).toBe('Another team works on something that you hold. Ask the desk: desk@node.example.')
      expect(notice).toEqual({ to: notice.to, round, contact: 'desk@node.example', text: notice.text })
    }
    expect(notices(met.slice(0, 1), round, 'x').find(({ to }) => to === 'FBI')).toEqual(
      notices(met, round, 'x').find(({ to }) => to === 'FBI'),
    )
  })

  it('wait for the next round', () => {
    expect(roundAfter('2026-03-01T12:00:00.000Z', 15)).toBe('2026-03-01T12:15Z')
    expect(roundAfter('2026-03-01T12:14:59.999Z', 15)).toBe('2026-03-01T12:15Z')
    expect(roundAfter('2026-02-28T23:59:00Z', 1440)).toBe('2026-03-01T00:00Z')
    for (const minutes of [0, -1, 7, 1.5, 2880]) {
      expect(() => roundAfter('2026-03-01T12:00:00Z', minutes)).toThrow(expect.objectContaining({ code: 'blind/bad-round' }))
    }
    expect(() => roundAfter('2026-03-01', 15)).toThrow(expect.objectContaining({ code: 'blind/bad-time' }))
  })
})
