import { join } from 'node:path'
import type { Database } from './database.ts'
import { openEmbedded } from './embedded.ts'
import { openServer } from './server.ts'

/** The database of a node: the server of `url` where there is one, else the embedded one in the data folder. Throws `database/not-opened`, `database/too-old`. */
export async function openDatabase(where: {
  readonly data: string
  readonly url: string | null
  readonly connections: number
  /** Hears of upkeep of an embedded database that failed; without it there is no upkeep, as for a command that ends soon. */
  readonly report?: (error: unknown) => void
}): Promise<Database> {
  return where.url === null
    ? await openEmbedded(join(where.data, 'database'), where.report)
    : await openServer(where.url, where.connections)
}
