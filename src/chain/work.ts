/** How far a long piece of work is. `total` is null while it is unknown. */
export interface Progress {
  /** Present participle for people, e.g. `reading`, `sorting by receiver`. */
  readonly phase: string
  readonly done: number
  readonly total: number | null
  /** Plural noun of what is counted, e.g. `transfers`. */
  readonly unit: string
}

/** What long work receives from its caller: somewhere to report to, and a way to be stopped that leaves everything whole. */
export interface Work {
  readonly progress?: (progress: Progress) => void
  readonly signal?: AbortSignal
}
