import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { namesNobody, samePerson } from '../../src/screen/same-person.ts'

describe('two names', () => {
  it.each([
    ['Kim Minji', 'KIM  MIN-JI'],
    ['m e', 'm  e'],
    ['Ｋｉｍ', 'kim'],
    ['José', 'Jose\u0301'],
    ['José', 'Jose'],
    ['김민지', '김민지'.normalize('NFD')],
    ['李俊鎬', '李 俊鎬\u200b'],
    ['O’Neill', "O'Neill"],
  ])('%j and %j are one person', (a, b) => {
    expect(samePerson(a, b)).toBe(true)
    expect(samePerson(b, a)).toBe(true)
  })

  it.each([
    ['Kim Minji', 'Kim Minju'],
    ['김민지', '김민주'],
    ['Lee 1', 'Lee 2'],
  ])('%j and %j are two', (a, b) => {
    expect(samePerson(a, b)).toBe(false)
  })

  it('stay one person whatever blanks, marks and case stand between the letters', () => {
    const noise = fc.constantFrom('', ' ', '  ', '\u00a0', '\u200b', '-', '.', ', ')
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'aZé김李9'), minLength: 1 }), fc.array(noise), (name, noises) => {
        const spelt = [...name].map((letter, at) => `${letter}${noises[at] ?? ''}`).join('')
        expect(samePerson(name, spelt.toUpperCase())).toBe(true)
      }),
    )
  })
})

it('a name without letter or digit names nobody', () => {
  for (const name of ['', ' ', '--', '\u200b', '…']) expect(namesNobody(name)).toBe(true)
  for (const name of ['김', 'x', ' 7 ']) expect(namesNobody(name)).toBe(false)
})
