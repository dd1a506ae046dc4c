import { CordonError } from '../../chain/index.ts'

/** Longest name taken, in UTF-16 units after trimming and after normalisation. The longest on the OFAC, UN and US consolidated lists of 2022 to 2026 has 383. */
export const LONGEST_NAME = 500

/** More combining marks on one letter than any script needs are an attack on whoever displays or compares the text. */
const MOST_MARKS = 4

/** What was changed in a name before it was compared; each code stands once, in the order of the steps. */
export type CleaningNote = 'lone-surrogate' | 'bidi-control' | 'zero-width' | 'control' | 'combining-marks'

export interface CleanName {
  readonly text: string
  readonly notes: readonly CleaningNote[]
}

const MARK = /\p{M}/u

/**
 * A name fit to be compared: well-formed, NFKC (half-width kana become full-width, ligatures letters), without controls, bidirectional controls, zero-width characters
 * and floods of combining marks, and with single spaces. Time and memory are proportional to the name's length, and a name that is too long is refused before
 * anything is done with it.
 *
 * @throws CordonError `screen/name-too-long` where more than 500 characters are left after trimming or after NFKC, which can make one character eighteen
 */
export function cleanName(text: string): CleanName {
  const trimmed = text.trim()
  refuseLong(trimmed)
  const notes = new Set<CleaningNote>()
  if (!trimmed.isWellFormed()) notes.add('lone-surrogate')
  const normal = trimmed.toWellFormed().normalize('NFKC')
  refuseLong(normal)
  if (isPlain(normal)) return { text: normal, notes: [] }

  let out = ''
  let marks = 0
  let space = false
  for (const char of normal) {
    const code = char.codePointAt(0)!
    if (isSpace(code)) {
      space = out !== ''
      continue
    }
    const note = unwanted(code)
    if (note !== null) {
      notes.add(note)
      continue
    }
    if (code >= 0x300 && MARK.test(char)) {
      marks += 1
      if (marks > MOST_MARKS) {
        notes.add('combining-marks')
        continue
      }
    } else marks = 0
    if (space) out += ' '
    space = false
    out += char
  }
  return { text: out, notes: [...notes] }
}

function refuseLong(text: string): void {
  if (text.length <= LONGEST_NAME) return
  throw new CordonError(
    'screen/name-too-long',
    `a name of ${text.length} characters: "${text.slice(0, 40).toWellFormed()}…"; at most ${LONGEST_NAME} are taken`,
    {
      remedy: 'give the name alone, without address or remarks',
    },
  )
}

/** Printable ASCII with single spaces, as most names are: nothing to do. */
function isPlain(text: string): boolean {
  let before = 0x20
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x20 || code > 0x7e || (code === 0x20 && before === 0x20)) return false
    before = code
  }
  return true
}

function isSpace(code: number): boolean {
  return (
    code === 0x20 ||
    (code >= 9 && code <= 13) ||
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  )
}

/** Why a code point has no business in a name; null where it has. */
function unwanted(code: number): CleaningNote | null {
  if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) return 'control'
  if (code < 0xad) return null
  if (code === 0x61c || code === 0x200e || code === 0x200f || (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069))
    return 'bidi-control'
  if (
    code === 0xad ||
    code === 0x34f ||
    code === 0x115f ||
    code === 0x1160 ||
    code === 0x180e ||
    (code >= 0x200b && code <= 0x200d) ||
    (code >= 0x2060 && code <= 0x2065) ||
    code === 0x3164 ||
    (code >= 0xfe00 && code <= 0xfe0f) ||
    code === 0xfeff ||
    (code >= 0xe0000 && code <= 0xe0fff)
  )
    return 'zero-width'
  if ((code >= 0x206a && code <= 0x206f) || (code >= 0xfff0 && code <= 0xfffb)) return 'control'
  return null
}
