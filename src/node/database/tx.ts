/** One transaction of the database. Values go beside the text as `$1`, `$2` …, never into it. */
export type Tx = {
  /** Runs one statement and gives its rows. */
  query<Row = Record<string, unknown>>(sql: string, values?: readonly unknown[]): Promise<Row[]>
  /** In a caller's transaction: the numbers of the labels that he passes, as the database decided when it began. */
  readonly ring?: readonly number[]
}
