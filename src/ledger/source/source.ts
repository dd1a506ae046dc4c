import type { Reading, Table } from '../formats/format.ts'
import type { Sniffed } from './sniff.ts'

/** A recognised file: what it is and what its columns mean. */
export interface Source extends Sniffed {
  /** Its number: the order in which files were given, which breaks ties. */
  readonly number: number
  readonly table: Table
  readonly reading: Reading
}
