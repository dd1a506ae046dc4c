import fc from 'fast-check'
import { expect, test } from 'vitest'
import { editDistance, isSwap } from '../../../src/screen/names/distance.ts'

/** Optimal string alignment distance, the whole table: Damerau 1964 without edits inside a swap. */
function wholeTable(a: string, b: string): number {
  const d = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)))
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      d[i]![j] = Math.min(d[i - 1]![j]! + 1, d[i]![j - 1]! + 1, d[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d[i]![j] = Math.min(d[i]![j]!, d[i - 2]![j - 2]! + 1)
    }
  }
  return d[a.length]![b.length]!
}

test('The distance within its limit is that of the whole table, and above it the limit plus one', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 9 })
  fc.assert(
    fc.property(word, word, fc.integer({ min: 0, max: 9 }), (a, b, most) => {
      expect(editDistance(a, b, most)).toBe(Math.min(wholeTable(a, b), most + 1))
    }),
    { numRuns: 5000 },
  )
})

test('A swap of neighbours is one edit and is known as a swap', () => {
  expect(editDistance('donald', 'donlad', 2)).toBe(1)
  expect(isSwap('donald', 'donlad')).toBe(true)
  expect(isSwap('donald', 'donalt')).toBe(false)
  expect(isSwap('donald', 'donal')).toBe(false)
})
