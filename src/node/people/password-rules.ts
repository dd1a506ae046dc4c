import { CordonError } from '../../chain/index.ts'
import { COMMON_PASSWORDS } from './common-passwords.ts'
import { normalised } from './password-hash.ts'

/** Characters (code points). SP 800-63B asks for at least 8, and for room for at least 64; nothing is cut off. */
export const SHORTEST_PASSWORD = 12
export const LONGEST_PASSWORD = 256

/** So many characters must come from nobody's list: fewer are tried in a second. */
const OWN_CHARACTERS = 5

/** Rows in which fingers and minds run; each also backwards. */
const RUNS = ['01234567890', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'qwertzuiop', 'azertyuiop']
const RUN_LENGTH = 3

const COMMON = new Set(COMMON_PASSWORDS)
const LONGEST_COMMON = Math.max(...COMMON_PASSWORDS.map((word) => word.length))

/**
 * Refuses a password that is too short or too easily guessed (SP 800-63B, section 5.1.1.2: length and a blocklist with words of the context; no rules of composition).
 *
 * The blocklist works on what a password is made of: words of the list, runs (`4567`, `tyui`, `cba`), repetitions, years and the person's own names are taken away, and at least 5 characters must remain.
 *
 * @param own the person's login, name and the like
 * @throws CordonError `people/weak-password`; the password is never in it
 */
export function checkNewPassword(password: string, own: readonly string[]): void {
  const text = normalised(password)
  const length = [...text].length
  if (length < SHORTEST_PASSWORD) throw weak(`it has ${length} characters and needs ${SHORTEST_PASSWORD}`)
  if (length > LONGEST_PASSWORD) throw weak(`it has ${length} characters and may have ${LONGEST_PASSWORD}`)
  if (/\p{Cc}/u.test(text)) throw weak('it contains a control character')
  if (ownCharacters(text, own) < OWN_CHARACTERS) throw weak('it is made of commonly used passwords, runs, repetitions or your own names')
}

/** How many characters of a password are not explained by the blocklist, by a run, a repetition, a year or the person's own names: the least over all ways to explain it. */
export function ownCharacters(password: string, own: readonly string[]): number {
  const characters = [...normalised(password).toLowerCase()]
  const names = new Set(
    own
      .flatMap((name) =>
        name
          .normalize('NFKC')
          .toLowerCase()
          .split(/[^\p{L}\p{N}]+/u),
      )
      .filter((part) => [...part].length >= 3),
  )
  const longestName = Math.max(0, ...[...names].map((name) => [...name].length))
  // least[end]: of the first `end` characters, how many stay unexplained.
  const least = [0]
  for (let end = 1; end <= characters.length; end++) {
    let best = least[end - 1]! + 1
    const reach = Math.max(LONGEST_COMMON, longestName)
    for (let start = Math.max(0, end - reach); start < end; start++) {
      const part = characters.slice(start, end).join('')
      if (least[start]! < best && (COMMON.has(part) || names.has(part) || /^(?:19|20)\d\d$/.test(part) || isRun(part))) best = least[start]!
    }
    for (const start of repetitionsEndingAt(characters, end)) best = Math.min(best, least[start]!)
    least.push(best)
  }
  return least[characters.length]!
}

function isRun(part: string): boolean {
  if (part.length < RUN_LENGTH) return false
  const reversed = [...part].reverse().join('')
  return RUNS.some((run) => run.includes(part) || run.includes(reversed))
}

/**
 * Where text begins that ends at `end` and says again what stands before it: the second `abcd` of `abcdabcd`, the `aaa` after an `a`.
 */
function repetitionsEndingAt(characters: readonly string[], end: number): readonly number[] {
  const starts: number[] = []
  for (let size = 1; size * 2 <= end; size++) {
    let same = true
    for (let at = end - size; same && at < end; at++) same = characters[at] === characters[at - size]
    if (same) starts.push(end - size)
  }
  return starts
}

function weak(why: string): CordonError {
  return new CordonError('people/weak-password', `this password cannot be used: ${why}`, {
    place: { field: 'password' },
    remedy: `Take ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters that nobody would guess: four or five unrelated words, or what a password manager makes.`,
  })
}
