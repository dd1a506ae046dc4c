import { CordonError } from '../../chain/index.ts'
import { type LiveScreener, listStatus, liveScreener, type Screener } from '../../screen/index.ts'
import { isAbort } from '../abort.ts'
import { buildBeside } from './build-beside.ts'

/** How often the folder of the lists is looked at: somebody may import by the command line. */
const LOOK_EVERY_MS = 30_000

/** How the lists of a node stand. */
export type ListsStanding = {
  /** `none`: no list was imported. `failed`: they cannot be opened; `problem` says why. With an index in service both still answer by it. */
  readonly state: 'opening' | 'ready' | 'none' | 'failed'
  readonly problem: string | null
}

/**
 * The lists that a node screens against. They are opened in the background, so that the node starts at once; new versions, whoever imported them, are put into service without an answer waiting for them.
 */
export class LiveLists {
  private readonly store: string
  private readonly clock: () => Date
  private readonly stopped = new AbortController()
  private live: LiveScreener | null = null
  private standing: ListsStanding = { state: 'opening', problem: null }
  /** The versions of the index that was made last. */
  private built = ''
  private running: Promise<void> | null = null
  private again = false
  private timer: NodeJS.Timeout | null = null

  constructor({ store, clock }: { readonly store: string; readonly clock: () => Date }) {
    this.store = store
    this.clock = clock
  }

  /** Begins to open the lists and to look for new ones. */
  start(everyMs: number = LOOK_EVERY_MS): void {
    void this.refresh()
    this.timer = setInterval(() => void this.refresh(), everyMs)
    this.timer.unref()
  }

  /**
   * What answers now. Take it anew for each question.
   *
   * @throws CordonError `node/no-lists` while there is none
   */
  get current(): Screener {
    if (this.live !== null) return this.live.current
    const { state, problem } = this.standing
    if (state === 'opening')
      throw new CordonError('node/no-lists', 'the lists are being made ready', {
        remedy: 'Ask again in some seconds. GET /api/v1/lists says how they stand.',
      })
    if (state === 'none')
      throw new CordonError('node/no-lists', 'no sanctions list was imported into this node', {
        remedy: 'Import one: upload its files, or run `cordon lists import FILES --store DIR` with the folder of library.lists.',
      })
    throw new CordonError('node/no-lists', `the lists cannot be opened: ${problem}`, {
      remedy: 'GET /api/v1/lists names each list and what is wrong with it.',
    })
  }

  /** How the lists stand. */
  get status(): ListsStanding {
    return this.standing
  }

  /** Puts new versions into service where there are any. It never fails: what is wrong is told by `status`. A call while another runs waits for one that begins after it. */
  refresh(): Promise<void> {
    if (this.running !== null) {
      this.again = true
      return this.running
    }
    this.running = this.looks().finally(() => {
      this.running = null
    })
    return this.running
  }

  /** Stops looking, and ends what is being made. */
  async close(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer)
    this.stopped.abort()
    await this.running
  }

  private async looks(): Promise<void> {
    do {
      this.again = false
      await this.look()
    } while (this.again && !this.stopped.signal.aborted)
  }

  private async look(): Promise<void> {
    const { store, clock } = this
    try {
      const versions = await this.versions()
      if (versions !== '' && versions !== this.built) await buildBeside({ store }, clock, this.stopped.signal)
      this.stopped.signal.throwIfAborted()
      if (this.live === null) this.live = await liveScreener({ store, clock })
      else await this.live.refresh()
      this.built = versions
      this.standing = { state: 'ready', problem: null }
    } catch (error) {
      if (isAbort(error) || this.stopped.signal.aborted) return
      const none = error instanceof CordonError && error.code === 'screen/no-lists'
      this.standing = none
        ? { state: 'none', problem: null }
        : { state: 'failed', problem: (error as Error).message.replaceAll(`${store}/`, '').replaceAll(store, 'lists') }
    }
  }

  private async versions(): Promise<string> {
    const statuses = await listStatus({ store: this.store, at: this.clock().toISOString() })
    return statuses.flatMap(({ list, inService }) => (inService === null ? [] : [`${list}:${inService.version}`])).join()
  }
}
