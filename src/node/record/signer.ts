import { type CheckpointParts, signRecord } from './checkpoints.ts'

/** Signs the record again and again while the node runs. */
export class RecordSigner {
  private readonly parts: CheckpointParts
  private readonly report: (error: unknown) => void
  private last = -1
  private timer: NodeJS.Timeout | null = null
  private running: Promise<void> = Promise.resolve()

  /** `report` is told when signing fails (a full disk): the record goes on, and the next signature covers what this one missed. */
  constructor(parts: CheckpointParts, report: (error: unknown) => void) {
    this.parts = parts
    this.report = report
  }

  start(seconds: number): void {
    this.timer = setInterval(() => void this.sign(), seconds * 1000)
    this.timer.unref()
  }

  /** Signs now, after any signature that is being made. */
  async sign(): Promise<void> {
    this.running = this.running.then(async () => {
      try {
        this.last = (await signRecord(this.parts, this.last))?.size ?? this.last
      } catch (error) {
        this.report(error)
      }
    })
    await this.running
  }

  /** Signs a last time and ends. */
  async stop(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer)
    await this.sign()
  }
}
