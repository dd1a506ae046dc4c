import { createHash } from 'node:crypto'
import type { QueryConfig } from 'pg'

/** A connection keeps no more statements than this; those after them are prepared each time. The node's own statements are some hundreds, and no caller's text is among them. */
const MOST = 1000

const names = new Map<string, string>()

/** A statement as a client sends it. One with values is prepared once a connection, and its plan is kept: the policies of row-level security make planning dearer than running. */
export function statementOf(sql: string, values: readonly unknown[] | undefined): QueryConfig {
  if (values === undefined) return { text: sql }
  const name = names.get(sql) ?? newName(sql)
  return { text: sql, values: values as unknown[], ...(name !== null && { name }) }
}

function newName(sql: string): string | null {
  if (names.size >= MOST) return null
  // By its text: where connections of several processes are shared in spite of all, a name is never another's statement.
  const name = `cordon_${createHash('sha256').update(sql).digest('hex').slice(0, 32)}`
  names.set(sql, name)
  return name
}
