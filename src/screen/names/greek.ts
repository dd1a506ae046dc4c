const LETTERS: Readonly<Record<string, string>> = {
  α: 'a',
  β: 'v',
  γ: 'g',
  δ: 'd',
  ε: 'e',
  ζ: 'z',
  η: 'i',
  θ: 'th',
  ι: 'i',
  κ: 'k',
  λ: 'l',
  μ: 'm',
  ν: 'n',
  ξ: 'x',
  ο: 'o',
  π: 'p',
  ρ: 'r',
  σ: 's',
  ς: 's',
  τ: 't',
  υ: 'y',
  φ: 'f',
  χ: 'ch',
  ψ: 'ps',
  ω: 'o',
}

const PAIRS: Readonly<Record<string, string>> = { ου: 'ou', γγ: 'ng', γκ: 'gk', γξ: 'nx', γχ: 'nch', αι: 'ai', ει: 'ei', οι: 'oi' }
const VOICED = new Set('αεηιουωβγδζλμνρ')

/** Lower-case Greek without accents in Latin letters, after ELOT 743 / ISO 843 type 2 (αυ, ευ by the sound that follows), save that ντ at the start is d like μπ is b. */
export function latinOfGreek(word: string): string {
  let out = ''
  for (let i = 0; i < word.length; i++) {
    const two = word.slice(i, i + 2)
    if (i === 0 && (two === 'μπ' || two === 'ντ')) {
      out += two === 'μπ' ? 'b' : 'd'
      i++
    } else if (two === 'αυ' || two === 'ευ' || two === 'ηυ') {
      out += (two === 'αυ' ? 'a' : two === 'ευ' ? 'e' : 'i') + (VOICED.has(word[i + 2] ?? '') ? 'v' : 'f')
      i++
    } else if (PAIRS[two] !== undefined) {
      out += PAIRS[two]
      i++
    } else out += LETTERS[word[i]!] ?? ''
  }
  return out
}
