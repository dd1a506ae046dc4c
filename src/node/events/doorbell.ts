/** Wakes whoever waits for changes. It carries nothing: each listener reads for itself what it may see. */
export class Doorbell {
  private readonly waiting = new Set<() => void>()

  ring(): void {
    for (const wake of this.waiting) wake()
    this.waiting.clear()
  }

  /** Ends at the next ring, after the time, or when the signal says so. */
  async wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        this.waiting.delete(done)
        resolve()
      }
      const timer = setTimeout(done, milliseconds)
      signal.addEventListener('abort', done, { once: true })
      this.waiting.add(done)
    })
  }
}
