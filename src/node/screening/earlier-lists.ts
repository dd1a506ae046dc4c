import { CordonError } from '../../chain/index.ts'
import { listStatus, openScreener, type Screener } from '../../screen/index.ts'
import { buildBeside } from './build-beside.ts'
import { hideStore } from './hide-store.ts'

/** Screeners over other lists or days that stay open, the newest: each takes as much memory as the one in service. */
const OPEN = 2

/** Which lists, as they were when. */
export type AsOf = { readonly lists?: readonly string[] | undefined; readonly at?: string | undefined }

/**
 * Screeners over chosen lists or an earlier day, for who repeats an answer. One is opened at a time, its index made beside the thread that answers; that takes seconds the first time, and the last ones stay open.
 */
export class EarlierLists {
  private readonly store: string
  private readonly clock: () => Date
  private readonly stopped = new AbortController()
  private readonly open = new Map<string, Screener>()
  private queue: Promise<unknown> = Promise.resolve()

  constructor({ store, clock }: { readonly store: string; readonly clock: () => Date }) {
    this.store = store
    this.clock = clock
  }

  /**
   * The screener of some lists at some time.
   *
   * @throws CordonError `screen/no-lists`, `list/bad-option`, `list/corrupt`; what aborting throws
   */
  at({ lists, at }: AsOf): Promise<Screener> {
    const mine = this.queue.then(() => this.opened(lists, at))
    this.queue = mine.catch(() => undefined)
    return mine
  }

  /** Ends what is being opened, and forgets what was. */
  async close(): Promise<void> {
    this.stopped.abort()
    await this.queue
    this.open.clear()
  }

  private async opened(lists: readonly string[] | undefined, at: string | undefined): Promise<Screener> {
    this.stopped.signal.throwIfAborted()
    const { store, clock } = this
    const names = lists === undefined ? undefined : [...new Set(lists)].sort()
    const wanted = { store, ...(names && { lists: names }), ...(at !== undefined && { at }) }
    try {
      if (at !== undefined && Date.parse(at) > clock().getTime())
        throw new CordonError('list/bad-option', `${at} is to come`, {
          place: { field: 'at' },
          remedy: 'Leave it off to ask of the lists as they are.',
        })
      // Without a day it is today's versions that are meant, which change.
      const standing = await listStatus({ store, at: at ?? clock().toISOString(), ...(names && { lists: names }) })
      const key = JSON.stringify([
        at ?? null,
        standing.map(({ list, inService, alarms }) => [list, inService?.version, inService?.confirmed, alarms.map(({ code }) => code)]),
      ])
      const kept = this.open.get(key)
      if (kept !== undefined) return kept
      await buildBeside(wanted, clock, this.stopped.signal)
      const screener = await openScreener({ ...wanted, clock })
      this.open.set(key, screener)
      for (const old of [...this.open.keys()].slice(0, -OPEN)) this.open.delete(old)
      return screener
    } catch (error) {
      throw hideStore(error, store)
    }
  }
}
