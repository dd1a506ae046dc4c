import { randomBytes } from 'node:crypto'
import type { Config } from '../config/index.ts'
import type { Database } from '../database/database.ts'
import { append } from '../record/append.ts'
import { entryText } from '../record/entry.ts'
import { DatabaseSpace } from './database-space.ts'
import { DiskSpace, type SpaceState } from './disk-space.ts'

const MIB = 2 ** 20

/** The room that a node has for what it is told, on its own disk and on that of its database. */
export type Space = {
  /**
   * Lets a change begin.
   *
   * @throws CordonError `node/disk-full`, `database/disk-full`
   */
  admitWrite(): Promise<void>
  /** The database as the node uses it: no transaction begins where there is no room for its entry in the record. */
  readonly database: Database
  stop(): Promise<void>
}

/** Watches over the room of a node. What changes goes into the record; `report` is told of failures to say so, and of what keeps the reserves from being filled. */
export async function watchSpace(
  { data, limits }: Config,
  database: Database,
  clock: () => Date,
  report: (error: unknown) => void,
): Promise<Space> {
  const changed = (where: string) => (state: SpaceState, refused: number) => {
    const action = state === 'full' ? 'node.disk-full' : 'node.disk-free'
    const detail = { where, ...(state === 'enough' && { refused }) }
    const entry = entryText({ door: 'node', action, outcome: 'done', objects: [], detail }, null, clock(), randomBytes)
    database.system((tx) => append(tx, [entry])).catch(report)
  }
  const ballast = limits.ballastMiB * MIB
  const disk = new DiskSpace({ folder: data, writesBelow: limits.writesBelowMiB * MIB, ballast, changed: changed('data folder'), report })
  const server = database.kind === 'server' ? new DatabaseSpace(database, ballast, changed('database server'), report) : null
  await disk.start()
  server?.start()
  const guard = async <T>(work: () => Promise<T>): Promise<T> => {
    await disk.admitAny()
    try {
      return await work()
    } catch (error) {
      server?.failed(error)
      throw error
    }
  }
  return {
    admitWrite: async () => {
      await disk.admitWrite()
      await server?.admitWrite()
    },
    database: {
      ...database,
      as: (person, now, work) => guard(() => database.as(person, now, work)),
      system: (work) => guard(() => database.system(work)),
      alone: { query: (sql, values) => guard(() => database.alone.query(sql, values)) },
    },
    stop: async () => {
      await disk.stop()
      await server?.stop()
    },
  }
}
