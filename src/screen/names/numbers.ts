const WORDS: Readonly<Record<string, number>> = {}
const add = (words: string, first: number, step = 1): void => {
  words.split(' ').forEach((word, i) => {
    ;(WORDS as Record<string, number>)[word] = first + i * step
  })
}
add('zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen', 0)
add('first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth', 1)
add('twenty thirty forty fifty sixty seventy eighty ninety', 20, 10)
add('fourty', 40)
add('pervyi vtoroi tretii', 1)
add('primero segundo tercero', 1)
add('premier deuxieme troisieme', 1)

const ROMAN = /^(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})$/
const ORDINAL = /^([0-9]{1,6})(?:st|nd|rd|th|er|eme|ya|y)$/

/** The number that a folded word stands for, without leading zeros, as text; null where it is none. `first`, `1st` and `one` are 1. */
export function numberOf(word: string): string | null {
  const first = word.charCodeAt(0)
  if (first >= 48 && first <= 57) {
    if (/^[0-9]+$/.test(word)) return word.replace(/^0+(?=[0-9])/, '')
    const ordinal = ORDINAL.exec(word)
    return ordinal === null ? null : ordinal[1]!.replace(/^0+(?=[0-9])/, '')
  }
  return Object.hasOwn(WORDS, word) ? String(WORDS[word]) : null
}

/** `forty` and `four` are 44, `forty` and `4` too; null where two numbers are not one. */
export function joinNumbers(tens: string, ones: string): string | null {
  const a = Number(tens)
  const b = Number(ones)
  return tens.length === 2 && a >= 20 && a % 10 === 0 && ones.length === 1 && b > 0 ? String(a + b) : null
}

/** The value of a Roman numeral up to 39, as text; null where the word is none. Only for names of bodies and ships: Xi, Vi, Li and Ix are people. */
export function romanOf(word: string): string | null {
  if (word.length > 7 || !ROMAN.test(word)) return null
  const value: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10 }
  let sum = 0
  for (let i = 0; i < word.length; i++) {
    const here = value[word[i]!]!
    sum += here < (value[word[i + 1] ?? ''] ?? 0) ? -here : here
  }
  return String(sum)
}
