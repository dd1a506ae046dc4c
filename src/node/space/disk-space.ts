import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { diskFull } from '../files/index.ts'
import { type Reporter, reportOnce } from '../report-once.ts'
import { ballastLength, cutBallast, fillBallast } from './ballast.ts'

const MIB = 2 ** 20
/** The room is looked at again after this time, milliseconds. */
const FRESH_MS = 100
/** While the disk is full it is looked at this often, so that the node works again without being asked. */
const LOOK_MS = 1000
/** Below this the embedded database would come upon the full disk itself, which it does not always survive: nothing is begun. */
const FLOOR = 4 * MIB
/** Writing begins again only with this much more than it ended with, so that it does not begin and end with every request. */
const AGAIN = 1.25

/** How much room there is. `full`: nothing is written any more but the record of what is read. */
export type SpaceState = 'enough' | 'full'

/** What a watch over the room of a disk takes. Sizes in bytes. */
export type DiskSpaceOptions = {
  readonly folder: string
  /** Free bytes below which writes are refused. */
  readonly writesBelow: number
  /** The length of the file that is given up for the record when the disk is full. */
  readonly ballast: number
  /** Told of every change, with the writes that were refused since the last. */
  readonly changed: (state: SpaceState, refused: number) => void
  /** Told when the ballast cannot be filled, or the disk not be looked at: of each cause once, until it succeeds again. */
  readonly report: (error: unknown) => void
}

/**
 * Watches the room on the disk of the data folder. Every read has an entry in the record, which takes room: so writes are refused while there is some left, and when others have taken that too, a file that was kept for this is given up, piece by piece.
 * When room comes back, the file is filled again and writing goes on.
 */
export class DiskSpace {
  private readonly options: DiskSpaceOptions
  private readonly path: string
  private readonly fills: Reporter
  private readonly looks: Reporter
  private state: SpaceState = 'enough'
  private refused = 0
  private free = Number.POSITIVE_INFINITY
  private lookedAt = Number.NEGATIVE_INFINITY
  private looking: Promise<void> | null = null
  private timer: NodeJS.Timeout | null = null
  private filling: Promise<void> = Promise.resolve()
  private stopped = false

  constructor(options: DiskSpaceOptions) {
    this.options = options
    this.path = join(options.folder, 'reserve')
    this.fills = reportOnce(options.report)
    this.looks = reportOnce(options.report)
  }

  /** Begins to watch; the ballast is filled meanwhile. */
  async start(): Promise<void> {
    await this.look()
    if (this.state === 'enough') this.filling = this.fill()
    this.timer = setInterval(() => {
      this.look().then(
        () => this.looks.succeeded(),
        (error: unknown) => this.looks.failed(error),
      )
    }, LOOK_MS).unref()
  }

  async stop(): Promise<void> {
    this.stopped = true
    if (this.timer !== null) clearInterval(this.timer)
    await this.looking?.catch(() => {})
    await this.filling
  }

  /**
   * Lets a change begin.
   *
   * @throws CordonError `node/disk-full`
   */
  async admitWrite(): Promise<void> {
    await this.fresh()
    if (this.state === 'enough') return
    this.refused++
    throw diskFull()
  }

  /**
   * Lets anything begin that writes at least to the record.
   *
   * @throws CordonError `node/disk-full` where not even that has room
   */
  async admitAny(): Promise<void> {
    await this.fresh()
    if (this.free < FLOOR) throw diskFull()
  }

  private async fresh(): Promise<void> {
    if (performance.now() - this.lookedAt > FRESH_MS) await this.look()
  }

  /** Looks now; whoever asks meanwhile waits for the same look. */
  private async look(): Promise<void> {
    this.looking ??= this.lookOnce().finally(() => {
      this.looking = null
    })
    await this.looking
  }

  private async lookOnce(): Promise<void> {
    const { writesBelow, ballast, folder } = this.options
    this.free = await freeBytes(folder)
    // A piece at a time: whatever fills the disk would take the whole of it at once.
    if (this.free < 2 * FLOOR && (await ballastLength(this.path)) > 0) {
      await cutBallast(this.path, Math.max(2 * FLOOR, ballast / 8))
      this.free = await freeBytes(folder)
    }
    if (this.state === 'enough') {
      if (this.free < writesBelow) this.become('full')
    } else {
      const missing = ballast - (await ballastLength(this.path))
      if (this.free - missing >= writesBelow * AGAIN && !this.stopped) {
        await this.fill()
        this.become('enough')
      }
    }
    this.lookedAt = performance.now()
  }

  private become(state: SpaceState): void {
    this.state = state
    const { refused } = this
    this.refused = 0
    this.options.changed(state, refused)
  }

  private async fill(): Promise<void> {
    try {
      await fillBallast(this.path, this.options.ballast, () => this.stopped)
      this.fills.succeeded()
    } catch (error) {
      // The node works without it; when others fill the disk, its record has that much less room.
      this.fills.failed(error)
    }
  }
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}
