/** What a command knows of the outside: injected, so that commands can be tested without a process. */
export interface Terminal {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** Width of the terminal behind `err`, or null when nobody is looking: then there is no progress line. */
  readonly columns: () => number | null
  /** Milliseconds of any steady clock. */
  readonly now: () => number
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal
}
