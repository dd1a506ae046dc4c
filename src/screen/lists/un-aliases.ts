import type { ListedName, NameType } from './entry.ts'
import { oneLine } from './xml-element.ts'

export interface UnAlias {
  readonly text: string
  readonly note: string | null
  readonly quality: 'strong' | 'weak'
  readonly type: NameType
}

export interface UnAliasNames {
  readonly names: readonly ListedName[]
  /** What stands in the alias beside names, e.g. `EL PARA: COMBAT NAME`. */
  readonly remarks: readonly string[]
}

/** Longer aliases are kept as they are. The longest of the real list has 345 signs. */
const LONGEST = 2_000
const FORMERLY = /^(?:previously|formerly) listed as\b[.,;]?\s*/i
const SCRIPT_LABEL = /^(?:original script|in Arabic(?: script)?)\s*:\s*/i
const EPITHET = /^(?:combat name|birth name|nom de guerre|original script)$/i
/** A description in brackets and no part of a name: papers' numbers, whole sentences. */
const DESCRIPTION = /\d{4}|(?:\S+\s+){5}\S/

/**
 * The names that an alias of the UN list packs together. Separated are `A; B`, `A b) B`, a name and the same in another script (`Jin Tiesan (金铁三)`, `حسن غول (Hassan Ghul; Hasan Gul)`, notes
 * like `original script: Бэч`). Quotes around a whole name fall away; apostrophes stay as they are written, ' and ’ alike. Acronyms in brackets belong to their name, as the list has them in names.
 */
export function aliasNames(alias: UnAlias): UnAliasNames {
  const text = oneLine(alias.text)
  if (text === '') return { names: [], remarks: [] }
  const remarks: string[] = []
  const names: ListedName[] = []
  const note = oneLine(alias.note ?? '')
  const type = FORMERLY.test(note) ? 'fka' : alias.type
  const add = (full: string, kind: NameType) => {
    if (full === '' || names.some((one) => one.full === full)) return
    names.push({
      full,
      family: null,
      given: null,
      quality: alias.quality,
      type: kind === 'aka' && scriptOf(full) === 'other' ? 'original-script' : kind,
    })
  }
  if (text.length > LONGEST) add(text, type)
  else for (const piece of pieces(text)) explode(piece, type, add, remarks, text)
  if (note !== '') {
    const rest = note.length > LONGEST ? note : fromNote(note.replace(FORMERLY, ''), add)
    if (rest !== '') remarks.push(`${text}: ${rest}`)
  }
  return { names, remarks }
}

/** A text without the quotes around the whole of it. */
export function unquoted(text: string): string {
  return (
    /^(?:"([^"]+)"|“([^“”]+)”)$/
      .exec(text)
      ?.slice(1)
      .find((inside) => inside !== undefined)
      ?.trim() ?? text
  )
}

/** Parts separated by semicolons outside brackets, or by `b)`, `c)` … */
export function pieces(text: string): string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++
    else if (text[at] === ')') depth = Math.max(0, depth - 1)
    else if (text[at] === ';' && depth === 0) {
      parts.push(text.slice(start, at))
      start = at + 1
    }
  }
  parts.push(text.slice(start))
  return parts
    .flatMap((part) => part.split(/(?:^|\s)[a-z]\)\s+/))
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

type Add = (full: string, type: NameType) => void

function explode(piece: string, type: NameType, add: Add, remarks: string[], whole: string): void {
  const { outside, groups } = brackets(piece)
  const script = scriptOf(outside)
  let own = type
  let name = ''
  const others: string[] = []
  for (const [index, between] of outside.split('\u0000').entries()) {
    name += between
    const group = groups[index]?.trim()
    if (group === undefined) continue
    const inside = scriptOf(group)
    if (FORMERLY.test(group)) own = 'fka'
    else if (SCRIPT_LABEL.test(group)) others.push(group.replace(SCRIPT_LABEL, ''))
    else if (EPITHET.test(group)) {
      if (!/original script/i.test(group)) remarks.push(`${whole}: ${group}`)
    } else if (
      (script === 'latin' && inside !== 'latin' && inside !== 'none') ||
      (script === 'other' && inside !== 'other' && inside !== 'none')
    )
      others.push(...pieces(group))
    else if (DESCRIPTION.test(group)) remarks.push(`${whole}: ${group}`)
    else name += `(${group})`
  }
  const born = /,?\s+born\s+(?:in|on|\d).*$/i.exec(name)
  if (born !== null) {
    remarks.push(`${whole}: ${born[0].replace(/^,?\s+/, '').trim()}`)
    name = name.slice(0, born.index)
  }
  const unit = / - (sub-unit name)$/.exec(name)
  if (unit !== null) {
    remarks.push(`${name}`)
    name = name.slice(0, unit.index)
  }
  for (const part of byScript(name)) add(unquoted(oneLine(part).replace(/^[),;\s]+|[,;\s]+$/g, '')), own)
  for (const other of others) explode(other, type, add, remarks, whole)
}

/** The text with a NUL in the place of each outermost bracket, and what the brackets hold. Brackets that do not close are text. */
function brackets(text: string): { readonly outside: string; readonly groups: readonly string[] } {
  const groups: string[] = []
  let outside = ''
  let depth = 0
  let start = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(' && depth++ === 0) {
      outside += text.slice(start, at)
      start = at
    } else if (text[at] === ')' && depth > 0 && --depth === 0) {
      groups.push(text.slice(start + 1, at))
      outside += '\u0000'
      start = at + 1
    }
  }
  return { outside: outside + text.slice(start), groups }
}

/** `Agha Jan Alizai اغا جان عالیزی`: one change of script between words makes two names; more than one is a name that mixes them. */
function byScript(name: string): string[] {
  const words = name.trim().split(' ')
  const changes = words.flatMap((word, at) => {
    const before = scriptOf(words[at - 1] ?? '')
    const own = scriptOf(word)
    return (before === 'latin' && own === 'other') || (before === 'other' && own === 'latin') ? [at] : []
  })
  return changes.length === 1 ? [words.slice(0, changes[0]).join(' '), words.slice(changes[0]).join(' ')] : [name]
}

/** Takes the names out of a note and gives what is left of it. */
function fromNote(note: string, add: Add): string {
  const labelled = /(?:original script|in Arabic(?: script)?)\s*:\s*([^\p{Script=Latin}\d;:()]+)\.?$/iu.exec(note)
  if (labelled !== null) {
    add(oneLine(labelled[1] ?? '').replace(/[.,\s]+$/, ''), 'aka')
    return note.slice(0, labelled.index).trim()
  }
  const group = /\(([^()]*;[^()]*)\)/.exec(note)
  const list = group?.[1] ?? note
  if (!list.includes(';') || /[\d:]/.test(list)) return note
  for (const name of list.split(';')) add(oneLine(name).replace(/[,.\s]+$/, ''), 'aka')
  return group === null ? '' : oneLine(`${note.slice(0, group.index)} ${note.slice(group.index + group[0].length)}`)
}

function scriptOf(text: string): 'latin' | 'other' | 'mixed' | 'none' {
  const latin = /\p{Script=Latin}/u.test(text)
  const other = /(?!\p{Script=Latin})\p{L}/u.test(text)
  return latin ? (other ? 'mixed' : 'latin') : other ? 'other' : 'none'
}
