import type { Span } from './span.ts'

/** How sure a line of the directory is: read from a stored copy of the page that it names, or written down from memory. */
export const READ_AS = ['stored copy', 'recalled'] as const
export type ReadAs = (typeof READ_AS)[number]

/**
 * `page`: the exchange's own page that gives the address (open it; we do not copy an address that we could not read there). `registered-office`: no channel is published, domestic service on the
 * company. `central-authority`: the exchange takes requests only through its country's central authority.
 */
export const CHANNEL_KINDS = ['portal', 'email', 'form', 'page', 'registered-office', 'central-authority'] as const

export type ExchangeChannel = {
  readonly id: string
  readonly kind: (typeof CHANNEL_KINDS)[number]
  /** E-mail address, URL, or words. */
  readonly address: string
  readonly source: string
  readonly readAs: ReadAs
  readonly note: string | null
}

export const EXCHANGE_KINDS = ['exchange', 'issuer', 'swap-service', 'broker'] as const

export type ExchangeEntry = {
  readonly id: string
  readonly name: string
  readonly legalName: string
  readonly kind: (typeof EXCHANGE_KINDS)[number]
  /** ISO 3166-1 alpha-3 of the country whose orders bind it; null where its contracting entity depends on the customer or is not published. */
  readonly jurisdiction: string | null
  readonly website: string
  readonly channels: readonly ExchangeChannel[]
  /** What its guide asks for. */
  readonly asks: readonly string[]
  /** What its guide says of time; null where it says nothing. */
  readonly windows: {
    /** From receipt to its answer. */
    readonly answer: Span | null
    /** To let an agency into its portal: do that before there is a case. */
    readonly access: Span | null
    readonly preserves: Span | null
    /** When it releases by itself where no end is named. */
    readonly holdEnds: Span | null
  }
  /** Languages that it asks for, by code; empty where it does not say. */
  readonly languages: readonly string[]
  readonly notes: readonly string[]
  /** ISO 8601 day on which the sources were read. */
  readonly read: string
  /** Whether the operator wrote it, rather than Cordon. */
  readonly own: boolean
}

/** Whom not to ask: a request would warn the thief. */
export type NotAsked = { readonly id: string; readonly name: string; readonly why: string; readonly source: string }

/** The exchanges that can be asked, by id, and those that must not be. */
export class ExchangeDirectory {
  readonly #exchanges: ReadonlyMap<string, ExchangeEntry>
  readonly #notAsked: ReadonlyMap<string, NotAsked>

  constructor(exchanges: readonly ExchangeEntry[], notAsked: readonly NotAsked[]) {
    this.#exchanges = new Map(exchanges.map((entry) => [entry.id, entry]))
    this.#notAsked = new Map(notAsked.map((entry) => [entry.id, entry]))
  }

  exchange(id: string): ExchangeEntry | null {
    return this.#exchanges.get(id) ?? null
  }

  notAsked(id: string): NotAsked | null {
    return this.#notAsked.get(id) ?? null
  }

  /** All entries in the order of their ids. */
  list(): readonly ExchangeEntry[] {
    return [...this.#exchanges.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  }

  listNotAsked(): readonly NotAsked[] {
    return [...this.#notAsked.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  }

  /** This directory with an operator's entries in place of those of the same id. What must not be asked stays so. */
  with(own: ExchangeDirectory): ExchangeDirectory {
    return new ExchangeDirectory([...this.#exchanges.values(), ...own.list()], [...own.listNotAsked(), ...this.#notAsked.values()])
  }
}
