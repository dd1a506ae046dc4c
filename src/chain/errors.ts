/** Where something went wrong, as far as it is known. */
export interface ErrorPlace {
  readonly file?: string
  /** 1-based. */
  readonly line?: number
  readonly field?: string
}

/**
 * An error that a user can act on: what happened, where, and what to do.
 * `code` is stable and machine-readable, e.g. `ledger/not-a-ledger`; commands map it to exit codes.
 */
export class CordonError extends Error {
  override readonly name = 'CordonError'
  readonly code: string
  readonly place: ErrorPlace
  readonly remedy: string | null

  constructor(
    code: string,
    message: string,
    details: { readonly place?: ErrorPlace; readonly remedy?: string; readonly cause?: unknown } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    this.place = details.place ?? {}
    this.remedy = details.remedy ?? null
  }
}
