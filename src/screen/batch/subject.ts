import type { Ask } from '../decide/index.ts'

/** Whom a row is about, and what is to be asked. */
export interface Subject {
  /** The asker's own number of the customer; null where the row gives none. */
  readonly customer: string | null
  /** Which party of a payment: `originator 1`, `beneficiary VASP`; null in a customer file. */
  readonly role: string | null
  readonly asks: readonly Ask[]
  /** Fields that could not be understood: they are not looked at, everything else is. */
  readonly faults: readonly FieldFault[]
}

export interface FieldFault {
  readonly field: string
  readonly reason: string
  /** The offending text, cut to 200 characters. */
  readonly text: string
}

/** What one row, line or element of an input holds. */
export interface InputRow {
  /** 1-based number among the rows, refused ones counted. */
  readonly record: number
  /** 1-based line where it starts; null where the format has no lines. */
  readonly line: number | null
  /** Usually one; the parties of a payment are several. */
  readonly subjects: readonly Subject[]
  /** Why nothing of the row could be read; null where it could. Then there are no subjects. */
  readonly refused: FieldFault | null
  /** Names of columns or properties that stand for nothing that is looked at. */
  readonly unused: readonly string[]
}

export function fault(field: string, reason: string, text: string): FieldFault {
  return { field, reason, text: cut(text) }
}

/** At most 200 characters, without half of a surrogate pair at the end. */
export function cut(text: string): string {
  return text.length <= 200 ? text : text.slice(0, 200).replace(/[\ud800-\udbff]$/, '')
}
