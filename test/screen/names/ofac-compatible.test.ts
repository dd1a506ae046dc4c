import { expect, test } from 'vitest'
import { jaroWinkler, ofacCompatibleScore } from '../../../src/screen/names/ofac-compatible.ts'

test('Jaro-Winkler gives the values of its textbook examples', () => {
  expect(jaroWinkler('MARTHA', 'MARHTA', 0.7)).toBeCloseTo(0.9611, 4)
  expect(jaroWinkler('DWAYNE', 'DUANE', 0.7)).toBeCloseTo(0.84, 4)
  expect(jaroWinkler('DIXON', 'DICKSONX', 0.7)).toBeCloseTo(0.8133, 4)
})

/** Scores that OpenSanctions read off the live tool (nomenklatura, plans/ofac-name-matcher.md, 2026-05-01); they report 95.7 % within 5 points for this method. */
test.each([
  ['GEORGE BUSH', 'HASWANI, George', 50],
  ['KIM JONG UN', 'KIM, Jong Sik', 100],
  ['VLADIMIR PUTIN', 'VLADIMIROVKA ADVANCED WEAPONS AND RESEARCH COMPLEX', 82],
])('%s against %s is within 5 points of what the tool said', (query, listed, said) => {
  expect(Math.abs(ofacCompatibleScore(query, listed) - said)).toBeLessThanOrEqual(5)
})

test('Equal names are 100, the order of the parts does not matter, nothing in common is 0', () => {
  expect(ofacCompatibleScore('Vladimir Putin', 'PUTIN, Vladimir')).toBe(100)
  expect(ofacCompatibleScore('Xyz', 'Abd')).toBe(0)
  expect(ofacCompatibleScore('!!!', 'Abd')).toBe(0)
  expect(ofacCompatibleScore('김정은', 'KIM, Jong Un')).toBe(0)
})
