import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { listedDate, monthNumber, parseListedDate } from '../../../src/screen/lists/dates.ts'

describe('dates of the lists', () => {
  test.each([
    ['17 Jul 1964', '1964-07-17', '1964-07-17'],
    ['17 July 1964.', '1964-07-17', '1964-07-17'],
    ['July 17, 1964', '1964-07-17', '1964-07-17'],
    ['Jul 1964', '1964-07-01', '1964-07-31'],
    ['Feb 1964', '1964-02-01', '1964-02-29'],
    ['1964', '1964-01-01', '1964-12-31'],
    ['1964 to 1966', '1964-01-01', '1966-12-31'],
    ['1964-1966', '1964-01-01', '1966-12-31'],
    ['01 Jan 1960 to 31 Dec 1965', '1960-01-01', '1965-12-31'],
    ['Jul 1964 to Sep 1964', '1964-07-01', '1964-09-30'],
    ['between 1960 and 1965', '1960-01-01', '1965-12-31'],
    ['1960s', '1960-01-01', '1969-12-31'],
    ['1964-07-17', '1964-07-17', '1964-07-17'],
    ['1964-07-17T00:00:00', '1964-07-17', '1964-07-17'],
    ['2011-11-30-05:00', '2011-11-30', '2011-11-30'],
    ['1964-07', '1964-07-01', '1964-07-31'],
    ['1964/7/17', '1964-07-17', '1964-07-17'],
    ['16.7.2009', '2009-07-16', '2009-07-16'],
    ['1/1/1960', '1960-01-01', '1960-01-01'],
    ['2/1/1960', '1960-01-02', '1960-01-02'],
    ['00/00/1964', '1964-01-01', '1964-12-31'],
    ['1964年7月17日', '1964-07-17', '1964-07-17'],
    ['１９６４年７月', '1964-07-01', '1964-07-31'],
    ['昭和39年7月17日', '1964-07-17', '1964-07-17'],
    ['平成元年', '1989-01-01', '1989-12-31'],
    ['1964년 7월 17일', '1964-07-17', '1964-07-17'],
  ])('%s is from %s to %s', (text, from, to) => {
    expect(parseListedDate(text)).toEqual({ from, to, circa: false, text })
  })

  test.each(['circa 1960', 'Approximately 1960', 'c. 1960', '1960年頃'])('%s is the year, and says that it is not sure', (text) => {
    expect(parseListedDate(text)).toEqual({ from: '1960-01-01', to: '1960-12-31', circa: true, text })
  })

  test.each([
    '31 Feb 1960',
    '29 Feb 1900',
    '1960-13-01',
    '32.1.1960',
    '0000',
    '00 Jul',
    '1966 to 1964',
    '12/31/1960',
    '17 Jul 64',
    'unknown',
    '',
    '平成99年',
    '昭和80年',
    '1964-07-17 or 1965',
    '9'.repeat(500),
  ])('"%s" is no date: nothing is made of it, and its words stay', (text) => {
    expect(parseListedDate(text)).toEqual({ from: null, to: null, circa: false, text })
  })

  test('parts that a list keeps apart are checked like written dates', () => {
    expect(listedDate(1964, null, null, '1964', true)).toEqual({ from: '1964-01-01', to: '1964-12-31', circa: true, text: '1964' })
    expect(listedDate(2024, 2, 29, 'x').from).toBe('2024-02-29')
    expect(listedDate(2023, 2, 29, 'x')).toEqual({ from: null, to: null, circa: false, text: 'x' })
    expect(listedDate(1964, null, 5, 'x').from).toBeNull()
    expect(listedDate(1964.5, 1, 1, 'x').from).toBeNull()
  })

  test('months have short and long names', () => {
    expect(['Jan', 'september', 'Sept.', 'May', 'Mai', ''].map(monthNumber)).toEqual([1, 9, 9, 5, null, null])
  })

  test('every day of the calendar is read in every form that names it, and no other day is', () => {
    const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
    fc.assert(
      fc.property(
        fc.integer({ min: 1000, max: 2999 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 31 }),
        (year, month, day) => {
          const at = new Date(Date.UTC(year, month - 1, day))
          const iso = at.getUTCMonth() === month - 1 ? at.toISOString().slice(0, 10) : null
          const two = (part: number) => String(part).padStart(2, '0')
          for (const text of [
            `${two(day)} ${months[month - 1]} ${year}`,
            `${year}-${two(month)}-${two(day)}`,
            `${day}.${month}.${year}`,
            `${day}/${month}/${year}`,
            `${year}年${month}月${day}日`,
          ]) {
            expect(parseListedDate(text)).toEqual({ from: iso, to: iso, circa: false, text })
          }
        },
      ),
    )
  })

  test('no text makes it throw or yields half a range or one that runs backwards', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9 .\-/a-zA-Z年月日]{0,24}$/)), (text) => {
        const { from, to } = parseListedDate(text)
        expect((from === null) === (to === null)).toBe(true)
        if (from !== null && to !== null) expect(from <= to).toBe(true)
      }),
    )
  })
})
