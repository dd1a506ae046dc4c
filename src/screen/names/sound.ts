const VOWELS = 'aeiou'
const isVowel = (char: string | undefined): boolean => char !== undefined && (VOWELS.includes(char) || char === 'y')

/** Letter groups that spell one sound, longest first; capitals are sounds of their own (S sh, C ch) and stand in no folded text. */
const GROUPS: readonly (readonly [string, string])[] = [
  ['schtsch', 'S'],
  ['shtsh', 'S'],
  ['shch', 'S'],
  ['chtch', 'S'],
  ['tsch', 'C'],
  ['sch', 'S'],
  ['tch', 'C'],
  ['dzh', 'j'],
  ['chr', 'kr'],
  ['sh', 'S'],
  ['ch', 'C'],
  ['cz', 'C'],
  ['ck', 'k'],
  ['kh', 'h'],
  ['gh', 'g'],
  ['dh', 'd'],
  ['dj', 'j'],
  ['th', 't'],
  ['ts', 'z'],
  ['tz', 'z'],
  ['zh', 'j'],
  ['ph', 'f'],
  ['bh', 'b'],
  ['rh', 'r'],
  ['wh', 'v'],
]

/** Groups of vowels that romanisations write in several ways; those of words of five letters or more only, as short words would become each other (Hai, He). */
const LONG_VOWELS: readonly (readonly [string, string])[] = [
  ['ae', 'e'],
  ['ai', 'e'],
  ['ay', 'e'],
  ['ei', 'e'],
  ['ey', 'e'],
  ['ej', 'e'],
  ['oe', 'o'],
  ['ue', 'u'],
  ['ie', 'i'],
  ['ye', 'i'],
]

/**
 * One spelling for all romanisations of a word: й = y = i = j, х = kh = h, ц = ts = tz, щ = shch = schtsch, w = v, ou = oo = u, doubled letters once, initial ye = e, final -iy = -y =
 * -i, ff = v in Smirnoff. Two words with the same sound are the same word in another transliteration, or sound alike in any case.
 *
 * @param text lower-case a-z and 0-9
 */
export function soundOf(text: string): string {
  const long = text.length >= 5
  let out = ''
  let i = 0
  while (i < text.length) {
    const at = i
    const char = text[i]!
    const before = text[i - 1]
    const next = text[i + 1]
    let sound: string | null = null
    if (isVowel(char) || char === 'j') {
      if (i === 0 && next === 'e' && (char === 'y' || char === 'i')) {
        sound = 'e'
        i += 2
      } else {
        const pair = char + (next ?? '')
        if (pair === 'ou' || pair === 'oo') {
          sound = 'u'
          i += 2
        } else if (pair === 'ee') {
          sound = 'i'
          i += 2
        } else if (long) {
          for (const [letters, one] of LONG_VOWELS) {
            if (letters !== pair) continue
            sound = one
            i += 2
            break
          }
        }
      }
      if (sound === null) {
        sound = char === 'y' ? 'i' : char === 'j' ? (at === 0 || (isVowel(before) && isVowel(next)) ? 'j' : 'i') : char
        i += 1
      }
    } else {
      for (const [letters, one] of GROUPS) {
        if (letters.charCodeAt(0) !== text.charCodeAt(i) || !text.startsWith(letters, i)) continue
        sound = one
        i += letters.length
        break
      }
      if (sound === null) {
        sound = single(char, before, next, text, i)
        i += char === 'q' && next === 'u' && isVowel(text[i + 2]) ? 2 : 1
      }
    }
    for (const one of sound) if (!out.endsWith(one) || one <= '9') out += one
  }
  return out
}

function single(char: string, before: string | undefined, next: string | undefined, text: string, i: number): string {
  switch (char) {
    case 'c':
      return next === 'e' || next === 'i' || next === 'y' ? 's' : 'k'
    case 'q':
      return 'k'
    case 'w':
      return 'v'
    case 'x':
      return i === 0 ? 'S' : 'ks'
    case 'f':
      return before === 'f' && i === text.length - 1
        ? ''
        : next === 'f' && i === text.length - 2 && (before === 'o' || before === 'e')
          ? 'v'
          : 'f'
    case 'h':
      return isVowel(before) && (next === undefined || next === 'n' || next === 'l') ? '' : 'h'
    default:
      return char
  }
}

/** The consonants of a sound. */
export function consonantsOf(sound: string): string {
  let out = ''
  for (const char of sound) if (!VOWELS.includes(char)) out += char
  return out
}

const ALIKE: Readonly<Record<string, string>> = { b: 'p', d: 't', g: 'k', v: 'f', z: 's', S: 's', C: 's', j: 's', n: 'm', h: '' }

/** Coarser than the sound: voiced and voiceless consonants are one, vowels and h count only at the start. For words that were heard rather than read. */
export function phoneticOf(sound: string): string {
  let out = ''
  for (let i = 0; i < sound.length; i++) {
    const char = sound[i]!
    const code = VOWELS.includes(char) ? (i === 0 ? 'a' : '') : (ALIKE[char] ?? char)
    if (code !== '' && !out.endsWith(code)) out += code
  }
  return out
}

/** A set of the letters of a word in one integer: bit 0-25 for a-z, 26 for any digit, 27-28 for S and C. Words that differ in many letters differ in many bits. */
export function lettersOf(sound: string): number {
  let mask = 0
  for (let i = 0; i < sound.length; i++) {
    const code = sound.charCodeAt(i)
    if (code >= 97) mask |= 1 << (code - 97)
    else mask |= code < 58 ? 1 << 26 : code === 83 ? 1 << 27 : 1 << 28
  }
  return mask
}
