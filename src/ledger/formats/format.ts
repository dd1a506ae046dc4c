/**
 * What a public format is to Cordon: tables that are recognised by the names of their columns, and SQL that says which column means what.
 * A new format is one file beside this one and one line in the registry.
 */

/** The columns of one file as its header or schema gives them. Names are matched exactly, order never matters. */
export interface Columns {
  /** Name to DuckDB type; every column of a text file is VARCHAR. */
  readonly types: ReadonlyMap<string, string>
  readonly names: readonly string[]
}

/**
 * What the rows of a table are:
 * - `token`: token transfers, one a row; `log`: event logs, of which some are token transfers
 * - `transaction`: transactions, of which the value moves unless traces say better; `receipt`: what became of them
 * - `trace`: the call tree, complete for its blocks; `native`: movements that another tool took from the call tree; `internal`: the call tree without its roots
 * - `flow`: movements that people wrote down
 * - `block`: when blocks were; `name`: what tokens call themselves
 */
export type Role = 'token' | 'log' | 'transaction' | 'receipt' | 'trace' | 'native' | 'internal' | 'flow' | 'block' | 'name'

/** How a value is written: base units as decimal integer, as 0x-hexadecimal, as floating point, or as a decimal number of dollars. */
export type ValueForm = 'decimal' | 'hex' | 'double' | 'dollars'

/** What a row means, as SQL expressions over the file's columns. Hashes and addresses are texts beginning with 0x. */
export interface Reading {
  readonly block: string
  readonly hash: string
  readonly txIndex?: string | undefined
  /** Log index or trace index; must order the rows of a transaction. */
  readonly index?: string | undefined
  /** True when `index` counts through the whole block, so that block and index alone are the chain's order. */
  readonly blockWide?: boolean
  readonly time?: Time | undefined
  readonly from?: string
  readonly to?: string
  /** The token's contract, or what else moves. */
  readonly asset?: { readonly token: string } | 'native' | 'usd'
  readonly value?: { readonly sql: string; readonly form: ValueForm }
  /** Which rows move value; the others are read and counted only. */
  readonly moves?: string
  /** Rows that look like a movement and are none, to be counted for people: a condition, and what they are. */
  readonly counted?: { readonly sql: string; readonly what: string }
  /** Logs that move a numbered token, which token transfers beside may show as an amount. */
  readonly numbered?: string
  /** Rows that another table of the same blocks does not carry, although it carries the others (`log` beside `token`). */
  readonly alone?: string
  /** Position in the call tree, `0_2_1`; empty at the root. */
  readonly path?: string
  /** True where the call itself failed. */
  readonly failed?: string
  /** The sender's nonce, from which the address of a created contract follows. */
  readonly nonce?: string
  /** 1 or true succeeded, 0 or false failed, NULL unknown. */
  readonly status?: string | undefined
  readonly gasUsed?: string | undefined
  readonly gasPrice?: string | undefined
  readonly created?: string | undefined
  /** What a token calls itself; for display only, since names are spoofed. */
  readonly described?: { readonly decimals: string; readonly symbol: string }
}

/** Unix seconds as BIGINT, and the text that a bad one is reported with. */
export interface Time {
  readonly seconds: string
  readonly text: string
}

export interface Table {
  /** `format/table`, as the manifest names it. */
  readonly id: string
  readonly role: Role
  /** Columns that it must have; more is fine. */
  readonly needs: readonly string[]
  /** Further conditions, where names alone do not tell two formats apart. */
  readonly also?: (columns: Columns) => boolean
  /** What the file does not carry. */
  readonly lacks: (columns: Columns) => readonly string[]
  readonly lossy?: (columns: Columns) => boolean
  readonly read: (columns: Columns, context: { readonly chain: string }) => Reading
}

export function has(columns: Columns, name: string): boolean {
  return columns.types.has(name)
}

/** The first of the names that the file has. */
export function firstOf(columns: Columns, ...names: readonly string[]): string | undefined {
  return names.find((name) => columns.types.has(name))
}

export function isFloat(columns: Columns, name: string): boolean {
  const type = columns.types.get(name)
  return type === 'DOUBLE' || type === 'FLOAT'
}

/** The names that are missing, said in words. */
export function lacking(columns: Columns, wanted: Readonly<Record<string, readonly string[]>>): string[] {
  return Object.entries(wanted)
    .filter(([, names]) => firstOf(columns, ...names) === undefined)
    .map(([words]) => words)
}
