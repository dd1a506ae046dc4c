import type { EventEmitter } from 'node:events'

/** Two signals within this time are one Ctrl-C: the process that started this one may pass on what the terminal has already sent. */
const SAME_KEY_MS = 300

export interface StopOptions {
  /** `process`, or something that emits signals like it. */
  readonly signals: Pick<EventEmitter, 'on'>
  readonly now: () => number
  /** Tells the user that the work is stopping. */
  readonly say: (text: string) => void
  /** Ends the process at once. */
  readonly kill: () => void
}

/**
 * The first Ctrl-C asks the work to stop and leave everything whole; a second one ends the process at once.
 * A ledger is whole even then: what was being written lies beside it and is not looked at.
 */
export function stopOnSignals({ signals, now, say, kill }: StopOptions): AbortSignal {
  const controller = new AbortController()
  let first: number | null = null
  const stop = (): void => {
    if (first === null) {
      first = now()
      say('\ncordon: stopping; press Ctrl-C again to stop at once\n')
      controller.abort()
    } else if (now() - first > SAME_KEY_MS) {
      kill()
    }
  }
  for (const signal of ['SIGINT', 'SIGTERM']) signals.on(signal, stop)
  return controller.signal
}
