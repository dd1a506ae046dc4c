import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { EntryKind } from '../../../src/screen/lists/entry.ts'
import { compareNames, scoreNames } from '../../../src/screen/names/compare.ts'
import { foldName } from '../../../src/screen/names/fold.ts'
import { ofacCompatibleScore } from '../../../src/screen/names/ofac-compatible.ts'

const KINDS: EntryKind[] = ['person', 'organisation', 'vessel', 'aircraft', 'unknown']
const kind = fc.constantFrom(...KINDS)
/** Words that meet, nearly meet and pull apart under all rules. */
const word = fc.constantFrom(
  ...'Sergey Sergei Sergej Сергей Lavrov Lawrow Лавров Mohammed Muhammad محمد bin ibn al- Salman سلمان Abdulrahman Abd Rahman J. John Johannes Juan Smith Smyth Ltd Limited LLC AG GmbH Bank Trading 1 2 II III forty four Viktorovich Borisovich Kim Jong-un 김정은 习近平 習近平 Jinping バラク Barack Vander Berg Vanderberg the and & , . JC 2007-AHL1 Dr. Müller Mueller'.split(
    ' ',
  ),
)
const name = fc.oneof(
  fc.array(word, { minLength: 1, maxLength: 7 }).map((words) => words.join(' ')),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
)

test('The score is the same both ways, in [0, 1], and that of the explanation; the explanation turns with it', () => {
  fc.assert(
    fc.property(name, name, kind, kind, (left, right, kindA, kindB) => {
      const a = foldName(left, kindA)
      const b = foldName(right, kindB)
      const one = compareNames(a, b)
      const other = compareNames(b, a)
      expect(one.score).toBe(other.score)
      expect(scoreNames(a, b)).toBe(one.score)
      expect(one.score >= 0 && one.score <= 1).toBe(true)
      expect(one.parts.map((part) => `${part.query}|${part.listed}|${part.rule}|${part.cost}`).sort()).toEqual(
        other.parts.map((part) => `${part.listed}|${part.query}|${part.rule}|${part.cost}`).sort(),
      )
      expect(one.whole).toEqual(other.whole)
    }),
    { numRuns: 3000 },
  )
})

test('A name with a letter or digit is itself, and one without matches nothing, not even itself', () => {
  fc.assert(
    fc.property(name, kind, (text, itsKind) => {
      const folded = foldName(text, itsKind)
      expect(scoreNames(folded, foldName(text, itsKind))).toBe(folded.tokens.length === 0 ? 0 : 1)
    }),
    { numRuns: 2000 },
  )
  const empty = foldName('!!! 😀', 'person')
  expect(empty.tokens).toEqual([])
  fc.assert(
    fc.property(name, (text) => scoreNames(empty, foldName(text, 'person')) === 0 && scoreNames(foldName(text, 'person'), empty) === 0),
  )
})

test('The words of a person in another order cost little', () => {
  const plain = fc.uniqueArray(fc.constantFrom('Sergey', 'Lavrov', 'Maria', 'Hassan', 'Nguyen', 'Obrador', 'Wolfgang', 'Tanaka'), {
    minLength: 2,
    maxLength: 5,
  })
  fc.assert(
    fc.property(
      plain.chain((words) => fc.tuple(fc.constant(words), fc.shuffledSubarray(words, { minLength: words.length }))),
      ([words, turned]) => scoreNames(foldName(words.join(' '), 'person'), foldName(turned.join(' '), 'person')) >= 0.95,
    ),
  )
})

test('Taking away a word that agreed never raises the score', () => {
  const plain = fc.uniqueArray(
    fc.constantFrom('Sergey', 'Lavrov', 'Maria', 'Hassan', 'Nguyen', 'Obrador', 'Wolfgang', 'Tanaka', 'Okonkwo'),
    { minLength: 2, maxLength: 6 },
  )
  fc.assert(
    fc.property(plain, plain, fc.constantFrom<EntryKind>('person', 'organisation'), (left, right, itsKind) => {
      const shared = left.filter((text) => right.includes(text))
      const before = scoreNames(foldName(left.join(' '), itsKind), foldName(right.join(' '), itsKind))
      for (const gone of shared) {
        const less = left.filter((text) => text !== gone)
        expect(scoreNames(foldName(less.join(' '), itsKind), foldName(right.join(' '), itsKind))).toBeLessThanOrEqual(before + 1e-12)
      }
    }),
    { numRuns: 1000 },
  )
})

test('Replacing a word that agreed by a stranger never raises the score', () => {
  const plain = fc.uniqueArray(
    fc.constantFrom('Sergey', 'Lavrov', 'Maria', 'Hassan', 'Nguyen', 'Obrador', 'Wolfgang', 'Tanaka', 'Okonkwo'),
    { minLength: 1, maxLength: 6 },
  )
  fc.assert(
    fc.property(plain, plain, fc.constantFrom<EntryKind>('person', 'organisation'), (left, right, itsKind) => {
      const before = scoreNames(foldName(left.join(' '), itsKind), foldName(right.join(' '), itsKind))
      for (const gone of left.filter((text) => right.includes(text))) {
        const other = left.map((text) => (text === gone ? 'Zzyzx' : text))
        expect(scoreNames(foldName(other.join(' '), itsKind), foldName(right.join(' '), itsKind))).toBeLessThanOrEqual(before + 1e-12)
      }
    }),
    { numRuns: 1000 },
  )
})

test('Two names of 250 words each are compared in well under a tenth of a second', () => {
  const a = foldName(Array.from({ length: 240 }, (_, i) => String.fromCharCode(97 + (i % 26))).join(' '), 'person')
  const b = foldName(Array.from({ length: 240 }, (_, i) => String.fromCharCode(97 + ((i * 7) % 26))).join(' '), 'person')
  scoreNames(a, b)
  const begun = performance.now()
  scoreNames(a, b)
  expect(performance.now() - begun).toBeLessThan(100)
})

test('The OFAC-compatible score is a whole number from 0 to 100 for any two names', () => {
  fc.assert(
    fc.property(name, name, (left, right) => {
      const score = ofacCompatibleScore(left, right)
      expect(Number.isInteger(score) && score >= 0 && score <= 100).toBe(true)
    }),
  )
})
