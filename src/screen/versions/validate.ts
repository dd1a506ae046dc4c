import type { ListEntry } from '../lists/entry.ts'
import type { ReadNote } from '../lists/reader.ts'

/** No name on any list comes near this: it is a file read wrongly, or an attack on the matcher. */
const NAME_CHARACTERS = 2000
const ID_CHARACTERS = 200
/** The longest record of a real list has some 30,000 characters. */
const ENTRY_CHARACTERS = 8_000_000

/** An entry as a line of entries.jsonl, or why there is none. */
export type Checked = { readonly entry: ListEntry; readonly line: string } | null

/**
 * Checks what a reader gives before it becomes part of a version. A bad name is left out, and an entry left without any name with it; the rest of the list is not held up. Everything left
 * out is noted.
 *
 * @param seen ids of the version so far; the entry's own is added
 */
export function checkEntry(entry: ListEntry, seen: Set<string>, note: (note: ReadNote) => void): Checked {
  const refuse = (field: string, reason: string, text: string): null => {
    note({
      file: entry.place.file,
      line: entry.place.line,
      field,
      entry: shorten(entry.id),
      severity: 'refused',
      reason,
      text: shorten(text),
    })
    return null
  }
  if (entry.id.trim() === '') return refuse('id', 'entry without an id', entry.names[0]?.full ?? '')
  if (entry.id.length > ID_CHARACTERS) return refuse('id', `id over ${ID_CHARACTERS} characters`, entry.id)
  if (seen.has(entry.id)) return refuse('id', 'id given twice; the first entry stays', entry.names[0]?.full ?? '')
  const names = entry.names.filter(({ full }) => {
    const why = full.trim() === '' ? 'empty name' : full.length > NAME_CHARACTERS ? `name over ${NAME_CHARACTERS} characters` : null
    if (why !== null) refuse('names', why, full)
    return why === null
  })
  if (names.length === 0) return refuse('names', 'entry without a name', entry.raw)
  const checked = names.length === entry.names.length ? entry : { ...entry, names }
  const line = JSON.stringify(checked)
  if (line.length > ENTRY_CHARACTERS) return refuse('raw', `entry over ${ENTRY_CHARACTERS} characters`, names[0]?.full ?? '')
  seen.add(entry.id)
  return { entry: checked, line }
}

/** Text cut to the 200 characters that a note may hold, or to another length. */
export function shorten(text: string, most = 200): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`
}
