import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DelimitedOptions, type DelimitedRow, delimitedRows, splitRow } from '../../../src/screen/lists/delimited.ts'
import { madeFile } from './us-files.ts'

async function rowsOf(content: string | Uint8Array, options: DelimitedOptions = {}, chunk?: number): Promise<DelimitedRow[]> {
  const rows: DelimitedRow[] = []
  for await (const row of delimitedRows(madeFile('list.csv', content, chunk), options)) rows.push(row)
  return rows
}

const bytes = (...parts: (string | readonly number[])[]) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : part)))

describe('rows of delimited files (RFC 4180)', () => {
  test('quoted fields hold delimiters, doubled quotes and line ends; rows keep the line on which they start', async () => {
    const rows = await rowsOf('a,"b, ""c""",d\r\n"two\r\nlines",,\r\n\nlast')
    expect(rows.map((row) => [row.line, row.fields])).toEqual([
      [1, ['a', 'b, "c"', 'd']],
      [2, ['two\r\nlines', '', '']],
      [5, ['last']],
    ])
    expect(rows[1]?.raw).toBe('"two\r\nlines",,')
  })

  test('the byte order mark and the DOS end-of-file mark of OFAC are no text', async () => {
    expect((await rowsOf(bytes([0xef, 0xbb, 0xbf], 'a,b\r\n', [0x1a]))).map((row) => row.fields)).toEqual([['a', 'b']])
    expect(await rowsOf('')).toEqual([])
  })

  test('blanks around a quoted field are let pass, and a quote within an unquoted field is text', async () => {
    expect((await rowsOf('-0- , "x, y" ,5" pipe\n'))[0]).toMatchObject({ fields: ['-0- ', 'x, y', '5" pipe'], fault: null })
  })

  test('a tab is a blank around a quoted field, unless it parts the fields', async () => {
    expect((await rowsOf('a,\t"b, c"\t,d\n'))[0]).toMatchObject({ fields: ['a', 'b, c', 'd'], fault: null })
    const rows = await rowsOf('1\tKIM Yong Chol\t\t\t"person"\t1975-01-02\n\t "a ""b"" c" \t\n', { delimiter: '\t' })
    expect(rows.map(({ fields, fault }) => [fields, fault])).toEqual([
      [['1', 'KIM Yong Chol', '', '', 'person', '1975-01-02'], null],
      [['', 'a "b" c', ''], null],
    ])
  })

  test('a quoted field behind a tab holds line ends and tabs', async () => {
    const rows = await rowsOf('1\t"two\nlines\tand a tab"\tx\n2\ty\n', { delimiter: '\t' })
    expect(rows.map(({ line, fields }) => [line, fields])).toEqual([
      [1, ['1', 'two\nlines\tand a tab', 'x']],
      [3, ['2', 'y']],
    ])
  })

  test('a row of 80,000 tabs is split in a time that grows with its length', () => {
    const start = performance.now()
    expect(splitRow('\t'.repeat(80_000), '\t').fields).toHaveLength(80_001)
    // Looking through the rest of the row at every field takes half a minute.
    expect(performance.now() - start).toBeLessThan(5_000)
  })

  test('a quote that is never closed, and text behind a closing one, are faults of their row', async () => {
    expect((await rowsOf('a,"b\nc\n')).map((row) => row.fault)).toEqual(['quote never closed'])
    expect((await rowsOf('a,"b"c,d\ne,f,g\n')).map((row) => row.fault)).toEqual(['text behind a closing quote', null])
  })

  test('where a format has no line ends in fields, an unmatched quote costs one row and not those behind it', async () => {
    const rows = await rowsOf('1,"a\n2,"b"\n3,c\n', { multiline: false })
    expect(rows.map((row) => [row.line, row.fault])).toEqual([
      [1, 'quote never closed'],
      [2, null],
      [3, null],
    ])
  })

  test('a field of 10 MB is refused, with its line and what to do', async () => {
    await expect(rowsOf(`a,b\n1,"${'x'.repeat(10_000_000)}"\n`)).rejects.toMatchObject({
      code: 'list/row-size',
      place: { file: 'list.csv', line: 2 },
    })
    await expect(rowsOf(`a,b\n1,"${'x'.repeat(10_000_000)}"\n`, {}, 1 << 25)).rejects.toMatchObject({ code: 'list/row-size' })
  })

  test('bytes that are no UTF-8 are an error unless a legacy encoding is given; rows read in it say so', async () => {
    const mixed = bytes('a\n', [0x4d, 0xfc, 0x6c], '\nü\n')
    await expect(rowsOf(mixed)).rejects.toMatchObject({ code: 'list/encoding', place: { line: 2 } })
    expect((await rowsOf(mixed, { legacy: 'windows-1252' })).map((row) => [row.raw, row.legacy])).toEqual([
      ['a', false],
      ['Mül', true],
      ['ü', false],
    ])
    await expect(rowsOf(bytes([0x82, 0x20], '\n'), { legacy: 'shift_jis' })).rejects.toMatchObject({ code: 'list/encoding' })
  })

  test('the lone surrogate that some tools write as three bytes is no UTF-8', async () => {
    await expect(rowsOf(bytes('a,', [0xed, 0xa0, 0x80], '\n'))).rejects.toMatchObject({ code: 'list/encoding' })
  })

  test('UTF-16 is recognised by its mark or its NUL bytes', async () => {
    await expect(rowsOf(bytes([0xff, 0xfe, 0x61, 0x00]))).rejects.toMatchObject({ code: 'list/encoding' })
    await expect(rowsOf(bytes([0x61, 0x00, 0x2c, 0x00, 0x62, 0x00]), { legacy: 'windows-1252' })).rejects.toMatchObject({
      code: 'list/encoding',
    })
  })

  test('an aborted reading stops', async () => {
    const stop = new AbortController()
    stop.abort(new Error('stop'))
    await expect(rowsOf('a\n', { signal: stop.signal })).rejects.toThrow('stop')
  })

  test('what is written as RFC 4180 says is read back, wherever the chunks are cut', async () => {
    const field = fc
      .oneof(fc.string(), fc.stringMatching(/^[",\n\r\t a]{0,6}$/), fc.string({ unit: 'grapheme' }))
      .map((text) => text.replace(/\0/g, ''))
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { maxLength: 5 }),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom(',', ';', '\t'),
        async (rows, chunk, delimiter) => {
          const text = rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(delimiter)).join('\r\n')
          const read = await rowsOf(text, { delimiter }, chunk)
          expect(read.map((row) => row.fields)).toEqual(rows)
          expect(read.map((row) => row.raw).join('\r\n')).toBe(text)
          expect(read.every((row) => row.fault === null)).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('no bytes make it hang or throw anything but its own errors, and no line but a blank one goes without a row', async () => {
    const noise = fc.array(fc.constantFrom(0x22, 0x2c, 0x0a, 0x0d, 0x20, 0x61, 0xc3, 0xa9), { maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(noise, fc.boolean(), fc.integer({ min: 1, max: 7 }), async (content, multiline, chunk) => {
        const rows = await rowsOf(Uint8Array.from(content), { multiline, legacy: 'windows-1252' }, chunk)
        const held = rows.reduce((sum, row) => sum + row.raw.split('\n').filter((line) => line.replace(/\r+$/, '') !== '').length, 0)
        const lines = new TextDecoder('windows-1252').decode(Uint8Array.from(content)).split('\n')
        expect(held).toBe(lines.filter((line) => line.replace(/\r+$/, '') !== '').length)
      }),
      { numRuns: 500 },
    )
  })
})
