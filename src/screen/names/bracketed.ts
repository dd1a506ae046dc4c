import { legalFormAt } from './legal-forms.ts'
import { piecesOf } from './pieces.ts'
import { isStop } from './words.ts'

const BRACKETED = /[([]\s*(\p{Lu}{3,8})\s*[)\]]/gu

/**
 * Acronyms that stand in brackets right behind the words that they are of, as written: `DCB` in `Daedong Credit Bank (DCB)`. They say nothing that the words do not, and other lists and customers
 * leave them out. Legal forms and articles may be left out of the acronym.
 *
 * @param text a cleaned name
 */
export function bracketedAcronyms(text: string): readonly string[] {
  const found: string[] = []
  for (const match of text.matchAll(BRACKETED)) {
    const acronym = match[1]!
    const { pieces } = piecesOf(text.slice(0, match.index))
    if (
      spells(
        acronym.toLowerCase(),
        pieces.map(({ original }) => original.toLowerCase()),
      )
    )
      found.push(acronym)
  }
  return found
}

function spells(acronym: string, words: readonly string[]): boolean {
  let letter = acronym.length - 1
  for (let i = words.length - 1; i >= 0 && letter >= 0; i--) {
    const word = words[i]!
    if (word.startsWith(acronym[letter]!)) letter--
    else if (!isStop(word) && word !== '&' && legalFormAt([word], 0) === null) return false
  }
  return letter < 0
}
