import { statfs } from 'node:fs/promises'
import { type Reporter, reportOnce } from '../report-once.ts'
import type { Tx } from './tx.ts'

const LOOK_MS = 10_000
/** The length of the write-ahead log at which it is cut. */
const CHECKPOINT_AFTER_BYTES = 32 * 2 ** 20
/** A checkpoint that comes upon a full disk half way leaves PGlite in an endless loop (0.5.16): none is begun with less room than this. */
const CHECKPOINT_ROOM_BYTES = 2 * 2 ** 20
/** Vacuuming and statistics write, so they wait for room. */
const UPKEEP_ROOM_BYTES = 128 * 2 ** 20

/** As a server's autovacuum: a table's turn comes when so many rows and so great a part of it were changed, or are dead (PostgreSQL, section 24.1.6). */
const DUE = `select format('%I.%I', schemaname, relname) as name,
    n_dead_tup > 50 + 0.2 * greatest(n_live_tup, 0) as dead,
    n_mod_since_analyze > 50 + 0.1 * greatest(n_live_tup, 0) as changed
  from pg_stat_user_tables
  where n_dead_tup > 50 + 0.2 * greatest(n_live_tup, 0) or n_mod_since_analyze > 50 + 0.1 * greatest(n_live_tup, 0)
  order by relid`

/**
 * What a server does in processes of its own, and PGlite does not: checkpoints, without which the write-ahead log and the time to start after a crash would grow for as long as the node runs; statistics, without which the planner
 * takes the wrong index; and the clearing away of dead rows. Each table has a turn of its own between the callers' transactions.
 */
export class Upkeep {
  private readonly db: Tx
  private readonly folder: string
  private readonly reporter: Reporter
  private readonly timer: NodeJS.Timeout
  private looking: Promise<void> | null = null

  constructor(db: Tx, folder: string, report: (error: unknown) => void) {
    this.db = db
    this.folder = folder
    this.reporter = reportOnce(report)
    this.timer = setInterval(() => {
      this.looking ??= this.look().finally(() => {
        this.looking = null
      })
    }, LOOK_MS).unref()
  }

  async stop(): Promise<void> {
    clearInterval(this.timer)
    await this.looking
  }

  private async look(): Promise<void> {
    try {
      const { bavail, bsize } = await statfs(this.folder)
      const room = bavail * bsize
      if (room > CHECKPOINT_ROOM_BYTES) await this.cutLog()
      if (room <= UPKEEP_ROOM_BYTES || (await this.tidy())) this.reporter.succeeded()
    } catch (error) {
      // The next look tries again.
      this.reporter.failed(error)
    }
  }

  /** Whether every table that was due had its turn; one that fails keeps no other from it. */
  private async tidy(): Promise<boolean> {
    let well = true
    const due = await this.db.query<{ name: string; dead: boolean; changed: boolean }>(DUE)
    for (const { name, dead, changed } of due) {
      try {
        if (dead) await this.db.query(`vacuum ${name}`)
        if (changed) await this.db.query(`analyze ${name}`)
      } catch (error) {
        well = false
        this.reporter.failed(error)
      }
    }
    return well
  }

  private async cutLog(): Promise<void> {
    const [row] = await this.db.query<{ unsaved: number }>(
      'select pg_wal_lsn_diff(pg_current_wal_lsn(), redo_lsn)::float8 as unsaved from pg_control_checkpoint()',
    )
    if ((row as { unsaved: number }).unsaved > CHECKPOINT_AFTER_BYTES) await this.db.query('checkpoint')
  }
}
