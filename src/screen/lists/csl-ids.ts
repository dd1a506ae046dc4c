import { listedCountry } from './countries.ts'
import { parseListedDate } from './dates.ts'
import type { EntryKind } from './entry.ts'
import { featureUse, isLabelLike } from './ofac-features.ts'
import { addFact, type LabelledFact, type RemarkFacts } from './ofac-remark-facts.ts'

/** Beyond this no label is waited for. */
const LONGEST = 2000

/**
 * Reads the `ids` column of the Consolidated Screening List, which has the facts of OFAC's remarks the other way round, the label last: `IR, M38523792, Passport; Male, Gender; NI, 2022-02-02, 2012-02-02, A0008826, Passport`.
 * A code of two letters in front is the country; two dates are the expiry and the issue, in this order. One date alone may be either (the list writes both so) and is kept in the note.
 *
 * What is not understood goes to the remarks word for word.
 */
export function addCslIds(facts: RemarkFacts, text: string, entry: EntryKind): void {
  for (const written of piecesOf(text)) {
    const comma = written.lastIndexOf(', ')
    const label = comma < 0 ? '' : written.slice(comma + 2)
    const value = written.slice(0, Math.max(0, comma))
    const use = featureUse(label) ?? (isLabelLike(label) ? ({ field: 'identifier', kind: 'other' } as const) : null)
    if (use === null || !addFact(facts, factOf(label, use, value), entry)) facts.remarks.push(written)
  }
}

/** Facts are separated by `; `; one that does not end with a label is the beginning of one whose text has a semicolon. */
function piecesOf(text: string): string[] {
  const pieces: string[] = []
  let open = ''
  for (const piece of text.split(/;\s+/)) {
    const whole = open === '' ? piece : `${open}; ${piece}`
    const label = whole.slice(whole.lastIndexOf(', ') + 2)
    if (whole.includes(', ') && (featureUse(label) !== null || isLabelLike(label))) {
      pieces.push(whole.trim())
      open = ''
    } else if (whole.length > LONGEST) {
      pieces.push(whole.trim())
      open = ''
    } else open = whole
  }
  return [...pieces, open.trim()].filter((piece) => piece !== '')
}

function factOf(label: string, use: LabelledFact['use'], value: string): LabelledFact {
  const written = `${label} ${value}`
  if (use.field !== 'identifier') return { label, use, value, country: null, issued: null, expires: null, rest: null, written }
  const parts = value.split(', ')
  const country = parts.length > 1 && /^[A-Z]{2}$/.test(parts[0] ?? '') ? listedCountry(parts.shift() ?? '') : null
  const dates: string[] = []
  while (parts.length > 1 && dates.length < 2 && /^\d{4}-\d\d-\d\d$/.test(parts[0] ?? '')) dates.push(parts.shift() ?? '')
  const [first, second] = dates
  const both = first !== undefined && second !== undefined && first >= second
  return {
    label,
    use,
    value: parts.join(', ').replace(/^# /, ''),
    country,
    expires: both ? parseListedDate(first) : null,
    issued: both ? parseListedDate(second) : null,
    rest: both || dates.length === 0 ? null : `dated ${dates.join(', ')}`,
    written,
  }
}
