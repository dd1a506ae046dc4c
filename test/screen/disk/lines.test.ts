import fc from 'fast-check'
import { expect, it } from 'vitest'
import { byteLines, linesOf } from '../../../src/screen/disk/lines.ts'
import { all } from '../versions/plain-list.ts'

async function* chunks(text: string, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text)
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? 1
    yield bytes.subarray(at, at + size)
    at += size
  }
}

const texts = fc.string({ unit: fc.constantFrom('a', '\n', '\r', '김', '𠮷', '\ufeff', '\0') })
const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 })

it('lines are what stands between line feeds, wherever the chunks are cut; nothing follows a last line feed', async () => {
  await fc.assert(
    fc.asyncProperty(texts, sizes, async (text, cuts) => {
      const expected = text.split('\n')
      if (expected.at(-1) === '') expected.pop()
      expect(await all(linesOf(chunks(text, cuts)))).toEqual(expected)
    }),
  )
})

it('a line is held up to a limit, and its whole length and end are told', async () => {
  await fc.assert(
    fc.asyncProperty(texts, sizes, fc.integer({ min: 1, max: 6 }), async (text, cuts, most) => {
      const expected = text.split('\n').map((line) => Buffer.from(line))
      const ends = expected.map((_, i) => i < expected.length - 1)
      if (expected.at(-1)?.length === 0) expected.pop()
      const found = await all(byteLines(chunks(text, cuts), most))
      expect(found.map(({ length }) => length)).toEqual(expected.map(({ length }) => length))
      expect(found.map(({ ended }) => ended)).toEqual(ends.slice(0, expected.length))
      expect(found.map(({ bytes }) => Buffer.from(bytes).toString('hex'))).toEqual(
        expected.map((line) => line.subarray(0, most).toString('hex')),
      )
    }),
  )
})

it('a line that is no UTF-8 does not make the next one unreadable', async () => {
  const bytes = Buffer.concat([Buffer.from([0xea, 0xb9, 0x0a]), Buffer.from('김\n')])
  const lines = await all(
    linesOf(
      (async function* () {
        yield bytes
      })(),
    ),
  )
  expect(lines).toEqual(['\ufffd', '김'])
})
