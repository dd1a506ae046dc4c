import type { Weigh } from '../names/index.ts'
import type { NameIndex } from './name-index.ts'
import { keyNumber, valuesOf } from './postings.ts'

/** How rare a word is among the names of an index: 1 for one that is not there or once, 0.3 for the commonest. */
export function rarityIn({ words }: NameIndex, names: number): Weigh {
  const rarest = Math.log(1 + names)
  return (token) => {
    const number = keyNumber(words, token.text)
    const count = number < 0 ? 1 : valuesOf(words, number).length
    return Math.max(0.3, 1 - (0.7 * Math.log(count)) / rarest)
  }
}
