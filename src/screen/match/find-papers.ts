import {
  DOCUMENT_KINDS,
  type DocumentKind,
  type ExactIndex,
  findCallSign,
  findCompany,
  findDocument,
  findMmsi,
  findShip,
} from '../identifiers/index.ts'
import type { AnswerNote, Reason } from './answer.ts'
import { FACTOR } from './evidence.ts'
import { type FoundEntries, NOT_FOUND } from './found.ts'
import type { Listed } from './listed.ts'
import type { Paper } from './query.ts'

interface Located {
  readonly ordinal: number
  /** Which of the entry's identifiers. */
  readonly item: number
}

/**
 * Finds entries by the number of a document or register and adds them to what was found before.
 *
 * @returns whether it was a number that could be looked for
 */
export function findPapers(listed: Listed, paper: Paper, found: FoundEntries, notes: AnswerNote[]): boolean {
  const hits = locate(listed.index.identifiers, paper)
  if (hits === null) {
    const shown = `${paper.kind} ${JSON.stringify(paper.value.slice(0, 80))}`
    notes.push({ code: 'paper-not-understood', text: `${shown} is no such number: it was not looked for` })
    return false
  }
  for (const { ordinal, item } of hits) {
    const reason: Reason = {
      about: 'paper',
      rule: 'paper-same',
      query: `${paper.kind} ${paper.value}`,
      listed: listed.card(ordinal).identifiers[item]?.value ?? '',
      effect: 'agrees',
      weight: FACTOR['paper-same'],
    }
    found.set(ordinal, { ...(found.get(ordinal) ?? NOT_FOUND), paper: reason })
  }
  if (paper.kind === 'imo-ship') noteShipNumber(listed.index.identifiers, paper.value, notes)
  return true
}

function noteShipNumber(identifiers: ExactIndex, value: string, notes: AnswerNote[]): void {
  const { imo } = findShip(identifiers, value)
  if (imo === null || imo.shipValid) return
  const whose = imo.companyValid ? 'a company’s' : 'wrong, so a digit may be mistyped'
  notes.push({ code: 'imo-fault', text: `${imo.number} is not a ship’s number: its check digit is ${whose}; it was looked up as written` })
}

/** Where a number stands on the lists; null where it is no number of its kind. */
function locate(identifiers: ExactIndex, { kind, value, country }: Paper): readonly Located[] | null {
  switch (kind) {
    case 'imo-ship': {
      const { imo, hits } = findShip(identifiers, value)
      return imo && hits
    }
    case 'imo-company': {
      const { imo, hits } = findCompany(identifiers, value)
      return imo && hits
    }
    case 'mmsi': {
      const { mmsi, hits } = findMmsi(identifiers, value)
      return mmsi && hits
    }
    case 'call-sign': {
      const { sign, hits } = findCallSign(identifiers, value)
      return sign === null ? null : hits
    }
    default: {
      const document = (DOCUMENT_KINDS as readonly string[]).includes(kind) ? (kind as DocumentKind) : null
      const { number, hits } = findDocument(identifiers, { number: value, kind: document, country })
      return number === null ? null : hits
    }
  }
}
