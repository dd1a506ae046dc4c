/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export interface Variant {
  readonly how: string
  readonly text: string
}

/** How romanisations differ: what stands in one for what stands in another. */
const SPELLINGS: readonly (readonly [string, string])[] = [
  ['ou', 'u'],
  ['u', 'oo'],
  ['ee', 'i'],
  ['y', 'i'],
  ['i', 'y'],
  ['kh', 'h'],
  ['q', 'k'],
  ['k', 'g'],
  ['w', 'v'],
  ['ks', 'x'],
  ['zh', 'j'],
  ['dh', 'd'],
  ['ei', 'ey'],
  ['o', 'u'],
  ['e', 'i'],
  ['ch', 'j'],
]

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

/** What a customer's file may have instead of a listed name: typing slips, other orders and romanisations, joined and split words, initials, names left out. */
export function variants(name: string, next: () => number): readonly Variant[] {
  const all: Variant[] = [{ how: 'as listed', text: name }]
  const add = (how: string, text: string): void => {
    if (text.trim() !== '' && text !== name) all.push({ how, text })
  }
  const pick = (below: number): number => Math.floor(next() * below)
  const words = name
    .replaceAll(',', ' ')
    .split(/\s+/)
    .filter((word) => word !== '')
  const latin = /^[\p{Script=Latin}\P{L}]*$/u.test(name)
  const longest = words.reduce((best, word, i) => (word.length > (words[best] as string).length ? i : best), 0)
  const change = (at: number, how: (word: string) => string): string => words.map((word, i) => (i === at ? how(word) : word)).join(' ')
  if (words.length > 1) {
    add('other order', [...words].reverse().join(' '))
    add('first word last', [...words.slice(1), words[0]].join(' '))
    add('joined', words.join(''))
    add(
      'first letters',
      words
        .map((word) => (word.length > 1 ? word[0] : ''))
        .join('')
        .toUpperCase(),
    )
    const at = pick(words.length - 1)
    add('two words joined', words.map((word, i) => (i === at ? `${word}${words[i + 1]}` : i === at + 1 ? '' : word)).join(' '))
    if (words.length > 2) add('a word left out', words.filter((_, i) => i !== 1 + pick(words.length - 1)).join(' '))
  }
  if (latin) {
    const chars = (word: string): readonly string[] => [...word]
    for (const at of [longest, pick(words.length)]) {
      add(
        'a letter left out',
        change(at, (word) => {
          const i = pick(word.length)
          return word.slice(0, i) + word.slice(i + 1)
        }),
      )
      add(
        'another letter',
        change(at, (word) => {
          const i = pick(word.length)
          return word.slice(0, i) + LETTERS[pick(26)] + word.slice(i + 1)
        }),
      )
      add(
        'a letter too many',
        change(at, (word) => {
          const i = pick(word.length)
          return word.slice(0, i) + LETTERS[pick(26)] + word.slice(i)
        }),
      )
      add(
        'letters swapped',
        change(at, (word) => {
          const i = pick(Math.max(1, word.length - 1))
          const c = chars(word)
          return [...c.slice(0, i), c[i + 1] ?? '', c[i], ...c.slice(i + 2)].join('')
        }),
      )
    }
    const spelled = (word: string): string => {
      const lower = word.toLowerCase()
      const fitting = SPELLINGS.filter(([from]) => lower.includes(from))
      const [from, to] = fitting[pick(fitting.length)] ?? ['', '']
      return from === '' ? word : lower.replace(from, to)
    }
    add('another spelling', change(longest, spelled))
    add('other spellings', words.map(spelled).join(' '))
    if (words.length > 1) {
      add(
        'first name an initial',
        change(0, (word) => `${word[0]}.`),
      )
      add('middle initials', words.map((word, i) => (i > 0 && i < words.length - 1 ? `${word[0]}.` : word)).join(' '))
    }
    add(
      'a word split',
      change(longest, (word) => (word.length < 6 ? word : `${word.slice(0, word.length >> 1)} ${word.slice(word.length >> 1)}`)),
    )
    add('capitals', name.toUpperCase())
  }
  return all
}
