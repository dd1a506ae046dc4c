import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TextsBuilder, textAt } from '../../../src/screen/match/texts.ts'

function textsOf(all: readonly string[]) {
  const builder = new TextsBuilder()
  for (const text of all) builder.add(text)
  return builder.finish()
}

describe('texts by number', () => {
  it('come back as they went in', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 50 }), { maxLength: 50 }), (all) => {
        const texts = textsOf(all)
        for (const [i, text] of all.entries()) expect(textAt(texts, i)).toBe(text)
      }),
    )
  })

  it('may be longer than the room that was made for them', () => {
    const all = ['x', '김'.repeat(100_000), '', '\u{1f600}'.repeat(50_000), 'y']
    const texts = textsOf(all)
    expect(all.map((_, i) => textAt(texts, i))).toEqual(all)
  })

  it('have the replacement character for half a surrogate pair, which UTF-8 cannot hold, and lose nothing beside it', () => {
    const texts = textsOf(['a\ud800b', '\ufeffKim'])
    expect(textAt(texts, 0)).toBe('a\ufffdb')
    expect(textAt(texts, 1)).toBe('\ufeffKim')
  })
})
