/**
 * What is left of a word when scripts that do not write all vowels, or write foreign sounds with other ones, meet Latin: its consonants, and for each place before,
 * between and after them which kind of vowel stands there.
 */
export interface Skeleton {
  /** Classes of consonants: `S` is sh and ch, `h` all h and kh, `k` also q and c, `f` also v, `b` also p. */
  readonly consonants: string
  /** One character for each of the consonants.length + 1 places: `0` plus 1 for a, 2 for e, i, y, 4 for o, u, w, 8 where it is long. */
  readonly vowels: string
}

const CLASSES: Readonly<Record<string, string>> = {
  b: 'b',
  c: 'k',
  d: 'd',
  f: 'f',
  g: 'g',
  h: 'h',
  j: 'j',
  k: 'k',
  l: 'l',
  m: 'm',
  n: 'n',
  p: 'b',
  q: 'k',
  r: 'r',
  s: 's',
  t: 't',
  v: 'f',
  x: 's',
  z: 'z',
}
const PAIRS: Readonly<Record<string, string>> = {
  sh: 'S',
  ch: 'S',
  kh: 'h',
  gh: 'g',
  th: 't',
  dh: 'd',
  ph: 'f',
  zh: 'j',
  ts: 's',
  tz: 's',
  ck: 'k',
}
const KINDS: Readonly<Record<string, number>> = { a: 1, e: 2, i: 2, y: 2, o: 4, u: 4, w: 4 }

/** The skeleton of a word in Latin letters (a-z). */
export function skeletonOf(text: string): Skeleton {
  let consonants = ''
  let vowels = ''
  let kind = 0
  let length = 0
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!
    const vowel = KINDS[char]
    if (vowel !== undefined) {
      kind |= vowel
      length += 1
      continue
    }
    let consonant = PAIRS[text.slice(i, i + 2)]
    if (consonant !== undefined) i++
    else consonant = CLASSES[char]
    if (consonant === undefined) continue
    // The last h of Abdullah, Fatimah is silent, and Arabic writes it or not.
    if (consonant === 'h' && i === text.length - 1 && consonants.length > 0) continue
    if (length === 0 && consonants.endsWith(consonant)) continue
    vowels += place(kind, length)
    consonants += consonant
    kind = 0
    length = 0
  }
  return { consonants, vowels: vowels + place(kind, length) }
}

function place(kind: number, length: number): string {
  return String.fromCharCode(48 + kind + (length > 1 ? 8 : 0))
}

/** Consonants that one script writes for another's, both ways: ج for g, b for v in kana, r for l. */
const SOFT = new Set(['gj', 'gk', 'dz', 'st', 'bf', 'Ss', 'lr', 'dj', 'Sj', 'Sk', 'fh', 'sz'])

/**
 * How well two skeletons fit: 0 for no fit, up to 1. `written` says that the places of `a` hold only the vowels that Arabic and Hebrew write (the long ones), so that an empty
 * place may be any short vowel of `b` but not a long one, and a written one must be there.
 */
export function fitSkeletons(a: Skeleton, b: Skeleton, written: boolean): number {
  const n = a.consonants.length
  if (n !== b.consonants.length || n === 0) return 0
  let soft = 0
  for (let i = 0; i < n; i++) {
    const x = a.consonants[i]!
    const y = b.consonants[i]!
    if (x === y) continue
    if (!SOFT.has(x < y ? x + y : y + x)) return 0
    soft += 1
  }
  if (soft > 0 && soft * 3 > n) return 0
  let odd = 0
  for (let i = 0; i < n; i++) {
    const x = a.vowels.charCodeAt(i) - 48
    const y = b.vowels.charCodeAt(i) - 48
    if (written) {
      if (x === 0) odd += i > 0 && y & 8 ? 1 : 0
      else if (i > 0 && (x & 6) !== 0 && (x & y & 6) === 0) odd += 1
      else if (i > 0 && x === 1 && y !== 0 && (y & 1) === 0) odd += 1
    } else if (x !== 0 && y !== 0 && (x & y & 7) === 0) odd += 1
  }
  // A final i or u that is written is heard (Hamidi is not Hamid); other final vowels come and go.
  if (written && (a.vowels.charCodeAt(n) - 48) & 6 && !((a.vowels.charCodeAt(n) - 48) & (b.vowels.charCodeAt(n) - 48) & 6)) odd += 2
  if (odd > 1 + (n > 4 ? 1 : 0)) return 0
  const base = n >= 3 ? 0.93 : n === 2 ? 0.86 : 0.75
  return base - 0.07 * odd - 0.06 * soft
}
