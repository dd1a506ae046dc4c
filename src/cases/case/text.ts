import { CordonError } from '../../chain/index.ts'

/** Control characters, and marks that cannot be seen or that turn the direction of writing: with them one text can be made to look like another. Joiners that some scripts need are left alone. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const FORGES = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\p{Cs}/u
const BREAKS = /[\n\t]/
const SAYS = /[\p{L}\p{N}]/u

/**
 * A text on one line that says something, in normal form C and without blanks around it.
 *
 * @throws CordonError `cases/bad-text` with the field
 */
export function line(text: string, field: string, most: number): string {
  const read = prose(text, field, most)
  if (BREAKS.test(read)) throw bad(field, 'holds a line break or a tab', 'Write it on one line.')
  return read
}

/** A text of one or more lines that says something. Throws `cases/bad-text`. */
export function prose(text: string, field: string, most: number): string {
  const read = text.replace(/\r\n?/g, '\n').normalize('NFC').trim()
  if (FORGES.test(read)) {
    throw bad(
      field,
      'holds a control character or a mark that cannot be seen',
      'Type the text anew; do not paste it from a formatted document.',
    )
  }
  if (!SAYS.test(read)) throw bad(field, 'says nothing', 'Write at least a word, or leave it off.')
  if (read.length > most) throw bad(field, `has more than ${most} characters`, 'Write less, and attach a file with the rest.')
  return read
}

/** As `line`, where nothing may have been said. */
export function lineOrNull(text: string | null | undefined, field: string, most: number): string | null {
  return text === null || text === undefined ? null : line(text, field, most)
}

/** As `prose`, where nothing may have been said. */
export function proseOrNull(text: string | null | undefined, field: string, most: number): string | null {
  return text === null || text === undefined ? null : prose(text, field, most)
}

export function bad(field: string, what: string, remedy: string): CordonError {
  return new CordonError('cases/bad-text', `${field} ${what}`, { place: { field }, remedy })
}
