/** Something in the database that is not as the record has it. */
export type RecordFinding = {
  /** Where: a table with the key of the row and, where it is known, the column, e.g. `object_version 0190…/2 body`. */
  readonly where: string
  readonly what: string
}

/** Most findings that are listed; more are counted. */
export const MOST_FINDINGS = 1000
