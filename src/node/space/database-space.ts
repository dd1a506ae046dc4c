import { randomBytes } from 'node:crypto'
import { CordonError } from '../../chain/index.ts'
import type { Database } from '../database/database.ts'
import { type Reporter, reportOnce } from '../report-once.ts'
import type { SpaceState } from './disk-space.ts'

const MIB = 2 ** 20
/** A full server is tried again this often, milliseconds. */
const TRY_MS = 5000
/** So much more than what is kept must fit before writing goes on: else the disk would be full again at once. */
const MARGIN = 1.5

/**
 * Watches over the room of a database server, whose disk cannot be looked at from here: it is full when it says so (SQLSTATE 53100).
 * A table that is nothing but room is dropped then, so that the record of what is read still fits; writes are refused until it could be filled again.
 */
export class DatabaseSpace {
  private readonly database: Database
  private readonly bytes: number
  private readonly changed: (state: SpaceState, refused: number) => void
  private readonly tries: Reporter
  private state: SpaceState = 'enough'
  private refused = 0
  /** Whether the room that is kept has been given up. */
  private emptied = false
  private timer: NodeJS.Timeout | null = null
  private working: Promise<unknown> = Promise.resolve()

  /**
   * `bytes`: the room that is kept. `changed` is told of every change, with the writes that were refused since the last.
   * `report` is told when the room cannot be filled or given up: of each cause once, until it could be filled again.
   */
  constructor(database: Database, bytes: number, changed: (state: SpaceState, refused: number) => void, report: (error: unknown) => void) {
    this.database = database
    this.bytes = bytes
    this.changed = changed
    this.tries = reportOnce(report)
  }

  start(): void {
    this.working = this.tried(this.fill(this.bytes)).then((error) => this.failed(error))
  }

  async stop(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer)
    await this.working
  }

  /** Lets a change begin. Throws CordonError `database/disk-full`. */
  async admitWrite(): Promise<void> {
    if (this.state === 'enough') return
    this.refused++
    throw new CordonError('database/disk-full', 'the disk of the database is full', {
      remedy: 'Nothing was changed, and reading goes on. Ask the operator to free space, then send it again.',
    })
  }

  /** Takes note of a failure of the database; of others it knows nothing. */
  failed(error: unknown): void {
    if (!(error instanceof CordonError) || error.code !== 'database/disk-full' || this.state === 'full') return
    this.state = 'full'
    this.emptied = false
    this.working = this.tried(this.working.then(() => this.empty()))
    this.timer = setInterval(() => {
      this.working = this.tried(this.working.then(() => this.again()))
    }, TRY_MS).unref()
  }

  /** Reports what went wrong, and gives it; null where nothing did. */
  private async tried(work: Promise<void>): Promise<unknown> {
    try {
      await work
      return null
    } catch (error) {
      this.tries.failed(error)
      return error
    }
  }

  private async empty(): Promise<void> {
    await this.drop()
    this.emptied = true
    this.changed('full', 0)
  }

  private async again(): Promise<void> {
    if (this.state === 'enough') return
    if (!this.emptied) return await this.empty()
    await this.fill(this.bytes * MARGIN)
    await this.drop()
    await this.fill(this.bytes)
    if (this.timer !== null) clearInterval(this.timer)
    this.timer = null
    this.state = 'enough'
    const { refused } = this
    this.refused = 0
    this.changed('enough', refused)
  }

  /** Takes no room itself: emptying the table would, for its new files. */
  private async drop(): Promise<void> {
    await this.database.system((tx) => tx.query('drop table if exists reserve'))
  }

  /** Fills what is missing; all of it or nothing. */
  private async fill(wanted: number): Promise<void> {
    await this.database.system(async (tx) => {
      // Not logged: it takes room of the tables alone, is never copied to a standby, and is empty after a crash.
      await tx.query('create unlogged table if not exists reserve (part bytea not null)')
      await tx.query('alter table reserve alter column part set storage external')
      const [there] = await tx.query<{ bytes: number }>('select coalesce(sum(length(part)), 0)::bigint as bytes from reserve')
      for (let bytes = there?.bytes ?? 0; bytes < wanted; bytes += MIB)
        await tx.query('insert into reserve values ($1)', [randomBytes(MIB)])
    })
    this.tries.succeeded()
  }
}
