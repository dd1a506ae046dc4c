import { commaName } from './comma-name.ts'
import { listedCountry } from './countries.ts'
import { parseListedDate } from './dates.ts'
import type { EntryKind, ListedDate, NameType } from './entry.ts'
import { lookUp } from './look-up.ts'
import { featureUse, labelOf } from './ofac-features.ts'
import { addFact, type LabelledFact, noRemarkFacts, type RemarkFacts } from './ofac-remark-facts.ts'

/** A list's remarks, read. */
export interface OfacRemarks {
  readonly facts: RemarkFacts
  /** Remarks whose meaning is known, whether they have a field of their own or stay among the remarks. */
  readonly understood: readonly string[]
  /** Remarks that are not understood; each stands in `facts.remarks` word for word. */
  readonly unread: readonly string[]
}

const ALIAS = /^(?:alt\. )?([afn]\.k\.a\.|d\.b\.a\.) (['"])([\s\S]+)\2\.?$/
const ALIAS_OPEN = /^(?:alt\. )?(?:[afn]\.k\.a\.|d\.b\.a\.) '/
const ALIAS_TYPES: Readonly<Record<string, NameType>> = { 'a.k.a.': 'aka', 'f.k.a.': 'fka', 'n.k.a.': 'nka', 'd.b.a.': 'aka' }

/** An address of the network without a label, or with one that is not set off. */
const BARE_EMAIL = /^(?:e-?mail:\s*)?([^\s@:]+@[^\s@]+\.[a-z]{2,})(?: \(e-?mail\))?\.?$/i
const BARE_WEBSITE = /^((?:https?:\/\/|www\.)\S+?)(?: \(website\))?\.?$/i

/** The longest remark of 2024 has some 450 characters. Longer ones are kept unread, so that no expression here meets a text on which it would take long. */
const LONGEST = 1000

/** Posts and ranks that stand without a label. */
const POST =
  /^(?:(?:an?|the|former|deputy|vice|acting|senior|first|chief|commanding|honorary|assistant|also|chief of)[ -])*(?:member|minister|president|prime minister|vice president|chairman|chairwoman|chairperson|director|managing director|general manager|general|brigadier|colonel|major|lieutenant|captain|admiral|rear admiral|commander|commissioner|governor|secretary|ambassador|judge|mayor|head|chief|officer|advis[eo]r|presidential|prosecutor|attorney|professor|imam|sheikh|spokesman|representative|coordinator|dealer|businessman|division general|police|leader|founder|owner)\b/i

/** Labels that we have no use of their own for, recognised by their last word: `SRE Permit No. 1909004`. */
const UNKNOWN_LABEL =
  /^([A-Z][^();:]{1,60}?(?:No\.?|Number|#|ID|I\.D\.|Code|Card|Certificate|Licen[cs]e|Document|Permit|Passport|Registry):?) (?=(?:[A-Z]{1,4} )?\S*\d)/

/**
 * The remarks of OFAC's CSV files, separated by `;` and closed by a full stop (the Treasury's "SDN Data Formats"): birth dates and places, nationalities, papers with country and dates, IMO numbers, wallets,
 * weak aliases in single quotes, links, sanctions that hang on the entry. A semicolon within brackets or within a quoted alias separates nothing.
 *
 * Nothing is lost: what is not understood stands in `facts.remarks` word for word.
 *
 * @param titles posts that the entry has in a column of its own; remarks that repeat one are understood and add nothing
 * @param cut whether the text was cut off in the middle (OFAC cuts at 1,000 characters): the last remark is then only kept, not read, as half a wallet address would look like a whole one
 */
export function parseRemarks(text: string, entry: EntryKind, titles: readonly string[] = [], cut = false): OfacRemarks {
  const facts = noRemarkFacts()
  const understood: string[] = []
  const unread: string[] = []
  const known = new Set(titles.map((title) => withoutStop(title).toLowerCase()))
  const remarks = splitRemarks(text)
  for (const [index, remark] of remarks.entries()) {
    const half = cut && index === remarks.length - 1
    if (!half && remark.length <= LONGEST && (known.has(withoutStop(remark).toLowerCase()) || readRemark(facts, remark, entry)))
      understood.push(remark)
    else {
      unread.push(remark)
      facts.remarks.push(remark)
    }
  }
  return { facts, understood, unread }
}

/** The remarks of a text, trimmed, empty ones left out. `(Linked To: A; Linked To: B)`, as older files and the Consolidated Screening List have it, is two. */
export function splitRemarks(text: string): string[] {
  const pieces = splitOutsideBrackets(text)
  const remarks: string[] = []
  for (let at = 0; at < pieces.length; at++) {
    let remark = (pieces[at] ?? '').trim()
    if (ALIAS_OPEN.test(remark) && !ALIAS.test(remark)) {
      // A semicolon within the quotes: the alias goes on in what follows, as far as that is no remark of its own.
      for (let to = at + 1, whole = remark; to < pieces.length && to <= at + 3; to++) {
        const next = pieces[to] ?? ''
        if (ALIAS_OPEN.test(next.trim()) || labelOf(withoutAlt(next.trim())) !== null) break
        whole += `;${next}`
        if (!ALIAS.test(whole)) continue
        remark = whole
        at = to
        break
      }
    }
    const linked = /^\((Linked To: [\s\S]*)\)\.?$/.exec(remark)?.[1]
    const parts = linked === undefined ? [remark] : splitOutsideBrackets(linked).map((part) => part.trim())
    remarks.push(...parts.filter((part) => part !== ''))
  }
  return remarks
}

function splitOutsideBrackets(text: string): string[] {
  const pieces: string[] = []
  let depth = 0
  let start = 0
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]
    if (sign === '(') depth++
    else if (sign === ')') depth = Math.max(0, depth - 1)
    else if (sign === ';' && depth === 0) {
      pieces.push(text.slice(start, at))
      start = at + 1
    }
  }
  // A bracket that is never closed says nothing about the semicolons behind it.
  return depth > 0 ? text.split(';') : [...pieces, text.slice(start)]
}

/** Adds what a remark says to `facts`; false where it is not understood. */
function readRemark(facts: RemarkFacts, remark: string, entry: EntryKind): boolean {
  const alias = ALIAS.exec(remark)
  if (alias !== null) {
    const name = (alias[3] ?? '').trim()
    if (name === '') return false
    facts.names.push(commaName(name, entry, 'weak', lookUp(ALIAS_TYPES, alias[1] ?? '') ?? 'aka'))
    return true
  }
  const plain = withoutAlt(remark)
  const label = labelOf(plain)
  const use = label === null ? null : featureUse(label)
  if (label !== null && use !== null) return addFact(facts, factFrom(label, use, plain, remark), entry)
  const email = BARE_EMAIL.exec(plain)?.[1]
  const website = BARE_WEBSITE.exec(plain)?.[1]
  const bare = email ?? website
  if (bare !== undefined) {
    facts.identifiers.push({
      kind: email === undefined ? 'website' : 'email',
      value: bare,
      country: null,
      issued: null,
      expires: null,
      note: null,
    })
    return true
  }
  if (/^all (?:offices|branches) worldwide\.?$/i.test(plain)) {
    facts.remarks.push(remark)
    return true
  }
  const unknown = UNKNOWN_LABEL.exec(plain)?.[1]
  if (unknown !== undefined) return addFact(facts, factFrom(unknown, { field: 'identifier', kind: 'other' }, plain, remark), entry)
  if (entry !== 'person' || !POST.test(remark) || remark.length > 200) return false
  facts.titles.push(withoutStop(remark))
  return true
}

function factFrom(label: string, use: LabelledFact['use'], remark: string, written: string): LabelledFact {
  const text = withoutStop(remark.slice(label.length).trim(), use.field !== 'link' && use.field !== 'birthplace' && use.field !== 'title')
  const none = { country: null, issued: null, expires: null, rest: null }
  if (use.field === 'listed')
    return { label, use, ...none, value: text.replace(/^\([^)]*\):?\s*/, '').replace(/^:\s*/, ''), written: withoutStop(written) }
  if (use.field !== 'identifier') return { label, use, ...none, value: text, written: withoutStop(written) }
  const dated = /^(.*?)\s+((?:issued|expires|expired)\b.*)$/.exec(text)
  const dates = paperDates(dated?.[2] ?? '')
  const head = dated?.[1] ?? text
  const bracketed = /^(.*\S)\s*\(([^()]*[A-Za-z][^()]*)\)$/.exec(head)
  const country = bracketed === null || /\d/.test(bracketed[2] ?? '') ? null : listedCountry(bracketed[2] ?? '')
  return { label, use, value: country === null ? head : (bracketed?.[1] ?? head), country, ...dates, written }
}

/** `issued 14 Mar 1990 expires 14 Mar 2000`, or what else stands behind a number that speaks of its issue. */
function paperDates(text: string): {
  readonly issued: ListedDate | null
  readonly expires: ListedDate | null
  readonly rest: string | null
} {
  const found = /^(?:issued ([\s\S]+?))??\s*(?:expires ([\s\S]+))?$/.exec(text)
  const issued = found?.[1] === undefined ? null : parseListedDate(found[1])
  const expires = found?.[2] === undefined ? null : parseListedDate(found[2])
  const dates = [issued, expires].filter((date) => date !== null)
  if (text === '' || (dates.length > 0 && dates.every((date) => date.from !== null))) return { issued, expires, rest: null }
  return { issued: null, expires: null, rest: text }
}

function withoutAlt(remark: string): string {
  return remark.replace(/^alt\. /i, '')
}

/**
 * Without the full stop that closes a text. OFAC writes none twice, so behind a last name that ends in an abbreviation it is either's: it stays where the name has other such dots (`CO., LTD.`, `S.A.`) and goes
 * where it has none (`CHONGBONG SHIPPING CO LTD.`), unless `always`.
 */
function withoutStop(text: string, always = false): string {
  const abbreviated = /(?:^|[\s.,(&])(?:[a-z]|co|ltd|inc|corp|jr|sr|bros|mfg|pte|pvt|est|dept|govt|intl|univ|st)\.$/i
  const others = text.slice(0, -1).includes('.')
  return !always && others && abbreviated.test(text) ? text : text.replace(/\s*\.$/, '')
}
