import { NO_POSTGRES, startPostgres } from './postgres.ts'

/** A kind of database that the same tests run on. `open` gives the URL of an empty one (null: embedded) and what ends it. */
export type DatabaseKind = {
  readonly name: string
  readonly missing: string | null
  open(): Promise<{ url: string | null; close(): Promise<void> }>
}

/** Both kinds of database: `describe.each(DATABASES)`, skipped with its reason where the server cannot be had. */
export const DATABASES: readonly DatabaseKind[] = [
  { name: 'the embedded database', missing: null, open: async () => ({ url: null, close: async () => {} }) },
  {
    name: 'a PostgreSQL server',
    missing: NO_POSTGRES,
    open: async () => {
      const server = await startPostgres()
      return { url: server.url, close: server.stop }
    },
  },
]
