import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { uniqueIds } from '../../../src/screen/lists/unique-ids.ts'

describe('ids that are unique within a file', () => {
  test('number the records under one id, past ids that the list has itself, and leave a repetition out', () => {
    const unique = uniqueIds()
    const given: [string, string][] = [
      ['a', '1'],
      ['a#2', '2'],
      ['a', '3'],
      ['a', '1'],
      ['a#3', '4'],
      ['a', '3'],
      ['a', '5'],
      ['__proto__', '6'],
    ]
    expect(given.map(([id, raw]) => unique(id, raw).id)).toEqual(['a', 'a#2', 'a#3', null, 'a#3#2', null, 'a#4', '__proto__'])
  })

  test('are given to every record but repetitions, whatever the list calls them', () => {
    const listed = fc.constantFrom('a', 'b', 'a#2', 'a#2#2', 'a#3', 'b#2')
    fc.assert(
      fc.property(fc.array(fc.tuple(listed, fc.constantFrom('x', 'y', 'z')), { maxLength: 30 }), (records) => {
        const unique = uniqueIds()
        const ids = records.flatMap(([id, raw]) => unique(id, raw).id ?? [])
        expect(new Set(ids).size).toBe(ids.length)
        expect(ids.length).toBe(new Set(records.map((record) => record.join())).size)
      }),
    )
  })

  test('are found in a time that grows with the number of records under one id', () => {
    const unique = uniqueIds()
    const start = performance.now()
    let last = ''
    for (let k = 1; k <= 20_000; k++) last = unique('1', String(k)).id ?? ''
    // Counting from 2 and looking through all digests each time takes a minute and more.
    expect(performance.now() - start).toBeLessThan(5_000)
    expect(last).toBe('1#20000')
  })
})
