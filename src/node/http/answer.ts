/** What a door answers. */
export type Answer = {
  /** 200 unless told otherwise; 204 without a body. */
  readonly status?: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** True where it is an earlier answer given again. */
  readonly replayed?: boolean
}
