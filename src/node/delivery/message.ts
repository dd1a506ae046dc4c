/** What a message is about. It holds no content: that is made when it is sent, of what the recipient may see then. */
export type Notice = {
  /** What happened, in dotted words, e.g. `alert.opened`. */
  readonly event: string
  /** The object (uuid) that it happened to. */
  readonly object: string
}

export type Channel = 'webhook' | 'mail'

/** Whom a message is for. The release decision asks for the person. */
export type Recipient = { readonly endpoint: string; readonly person: string; readonly organisation: string }

/** A message that a worker holds for a while. */
export type ClaimedMessage = Notice &
  Recipient & {
    /** UUID, the same in every attempt: `webhook-id`, and the left part of `Message-ID`. */
    readonly id: string
    /** ISO 8601 UTC. */
    readonly enqueuedAt: string
    readonly channel: Channel
    /** URL or mail address. */
    readonly target: string
    /** Newest first; empty for mail. */
    readonly secrets: readonly string[]
    /** Attempts including the one that is now to be made. */
    readonly attempts: number
    /** Refusals before it. */
    readonly refusals: number
    /** Names the hold: a worker whose hold has ended cannot put a message off or bury it. */
    readonly lease: string
    /** Whether the endpoint failed last. */
    readonly failing: boolean
  }

/** The content of a message, made for one recipient. */
export type Rendered = {
  /** One line. */
  readonly subject: string
  /** Plain text. */
  readonly text: string
  /** JSON that a webhook carries as `data`. */
  readonly data: unknown
}

/**
 * Makes the content at the moment of sending, asking the release decision again; null where the recipient may not see the object any more.
 */
export type Render = (recipient: Recipient, notice: Notice) => Promise<Rendered | null>
