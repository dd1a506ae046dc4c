import { isOriginalScript, known, mendRomanisation, squeezed, stripped, valuesOf } from './cells.ts'
import type { EntryKind, ListedName } from './entry.ts'

/** Words that stand behind a comma and belong to the name before it. */
const LEGAL_FORM =
  /^(?:co|corp|corporation|inc|incorporated|ltd|limited|llc|plc|gmbh|ag|s\.?a|b\.?v|n\.?v|pte|pvt|bhd|sdn|jsc|ojsc|pjsc|company)\b\.?/i
const ALIAS_LABEL = /^[\s(]*(?:\(?(?:or|and|also)\s+)?(?:a\.?\s?k\.?\s?a\.?|alias(?:es)?|also known as|also spelled)\s*[:.]?\s*/i
const FORMER_LABEL = /^[\s(]*(?:f\.?\s?k\.?\s?a\.?|formerly(?: known as)?|previously)\s*[:.]?\s*/i
const RUN = /(?<=[\s,;(])(?=(?:a\.?k\.?a\.?|f\.?k\.?a\.?|alias|also known as|formerly known as)(?:[\s:.,]|$))/i
const AROUND = new Set(' \t"“”„,;')
const BEFORE_ALIASES = new Set([...AROUND, '(', '‘'])
/** Longer names exist on no list; in such text nothing is looked for. */
const LONGEST = 500

/** Names of an annex row, and what was done to them that a reader should know. */
export interface AnnexNames {
  readonly names: readonly ListedName[]
  readonly mended: readonly string[]
  /** Cells in which a comma may part names or a family name from a given one. */
  readonly unclear: readonly string[]
}

/**
 * The names of a row of an annex. The name cell may hold aliases itself, in brackets or behind `a.k.a.`: `KIM Yong-chun (a.k.a. KIM Yong Chun)`, `O Kuk-Ryol (O Kuk Ryol)`. Alias cells mix `;` and `,`,
 * and runs of `a.k.a.`. A comma does not part what is one name: a legal form behind it (`Co., Ltd`), or a family name before it (`Ri, Yong-gil`, told by a single word on a side). A number before a
 * name (`12.`) goes. One alias is in Chinese characters.
 */
export function annexNames(nameCell: string, aliasCells: readonly string[], kind: EntryKind): AnnexNames {
  const mended: string[] = []
  const unclear: string[] = []
  const names: ListedName[] = []
  const seen = new Set<string>()
  const add = (written: string, type: ListedName['type']) => {
    const closed = mendRomanisation(written)
    if (closed !== written) mended.push(written)
    for (const full of scriptsApart(closed)) {
      if (seen.has(full)) continue
      seen.add(full)
      if (names.length === 0) names.push({ full, ...parts(full, kind), quality: 'primary', type: 'primary' })
      else
        names.push({
          full,
          ...parts(full, kind),
          quality: 'strong',
          type: type === 'aka' && isOriginalScript(full) ? 'original-script' : type,
        })
    }
  }
  const { name, aliases } = opened(
    nameCell
      .trim()
      .replace(/^\d{1,3}[.)]\s*/, '')
      .replace(/\s+/g, ' '),
  )
  if (name !== '') add(name, 'aka')
  for (const run of [...aliases, ...aliasCells].flatMap((cell) => squeezed(cell).split(RUN))) {
    const former = FORMER_LABEL.test(run)
    for (const part of valuesOf(unbracketed(run.replace(ALIAS_LABEL, '').replace(FORMER_LABEL, '')))) {
      const pieces = commaParts(part, kind)
      if (pieces === null) unclear.push(part)
      for (const piece of pieces ?? [part]) {
        const full = known(trimmed(piece.replace(ALIAS_LABEL, '')))
        if (full !== '') add(full, former ? 'fka' : 'aka')
      }
    }
  }
  return { names, mended, unclear }
}

/** The name before brackets or `a.k.a.` and the aliases within or behind them. Brackets that a legal name has (`Bank (Cyprus) Ltd`) are followed by more text and stay. */
function opened(cell: string): { readonly name: string; readonly aliases: readonly string[] } {
  const label = /(?<=[\s,(])(?:a\.?\s?k\.?\s?a\.?|f\.?\s?k\.?\s?a\.?|alias(?:es)?|also known as|formerly(?: known as)?)[\s:.]/i.exec(cell)
  if (label !== null)
    return { name: stripped(cell.slice(0, label.index), BEFORE_ALIASES), aliases: [cell.slice(label.index).replace(/\)\s*$/, '')] }
  const bracketed = /^([^()]+?)\s*\(([^()]+)\)$/.exec(cell)
  if (bracketed !== null) return { name: trimmed(bracketed[1]!), aliases: [bracketed[2]!] }
  const [name = '', ...aliases] = cell.split(/\s*;\s*/)
  return { name: trimmed(name), aliases }
}

/** The names that commas part; null where that cannot be told. */
function commaParts(text: string, kind: EntryKind): string[] | null {
  const pieces: string[] = []
  for (const piece of text.split(/\s*,\s*/).filter((part) => part !== '')) {
    if (pieces.length > 0 && LEGAL_FORM.test(piece)) pieces[pieces.length - 1] += `, ${piece}`
    else pieces.push(piece)
  }
  if (pieces.length < 2 || kind === 'organisation' || pieces.every((piece) => /\s|\p{Script=Han}|\p{Script=Hangul}/u.test(piece)))
    return pieces
  return pieces.length === 2 && !/\s/.test(pieces[0]!) ? [text] : null
}

/** `Jin Tiesan (金铁三)` and `Jin Tiesan 金铁三` are two names in two scripts. */
function scriptsApart(name: string): string[] {
  if (name.length > LONGEST) return [name]
  const found = /^(.*?\p{Script=Latin}.*?)[\s(（]+([\p{Script=Han}\p{Script=Hangul}·\s]+)[)）]?$/u.exec(name)
  if (found !== null) return [found[1]!.trim(), found[2]!.trim()]
  const reversed = /^([\p{Script=Han}\p{Script=Hangul}·]+)[\s(（]+(\p{Script=Latin}.*?)[)）]?$/u.exec(name)
  return reversed === null ? [name] : [reversed[1]!, reversed[2]!.trim()]
}

/** The Official Journal prints family names of persons in capitals: `KIM Yong-chun`. Only that, and a comma, tell them apart. */
function parts(full: string, kind: EntryKind): { readonly family: string | null; readonly given: string | null } {
  const found =
    kind !== 'person' || full.length > LONGEST
      ? null
      : (/^(\p{Lu}[\p{Lu}'’]*)\s+(\p{Lu}[\p{L}'’-]*\p{Ll}[\p{L}'’\s-]*)$/u.exec(full) ?? /^([^,\s]+),\s*([^,]+)$/.exec(full))
  return { family: found?.[1] ?? null, given: found?.[2] ?? null }
}

/** Without the quotation marks and separators around a name, and without a bracket that never closes. */
function trimmed(text: string): string {
  const bare = stripped(text, AROUND)
  return bare.includes(')') ? bare : bare.replace(/^\(\s*/, '')
}

function unbracketed(text: string): string {
  const open = (text.match(/\(/g) ?? []).length
  const closed = (text.match(/\)/g) ?? []).length
  return closed > open ? text.replace(/\)\s*$/, '') : text
}
