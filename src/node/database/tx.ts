/** One transaction of the database. Values go beside the text as `$1`, `$2` …, never into it. */
export type Tx = {
  /** Runs one statement and gives its rows. */
  query<Row = Record<string, unknown>>(sql: string, values?: readonly unknown[]): Promise<Row[]>
}
